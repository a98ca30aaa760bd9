"""The list of residents: search, filters, table, foot, and the card of the current person."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import search
from app.services.residents import Counts
from app.ui.kit import keys, messages, theme
from app.ui.kit.labels import column, row
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, page_layout
from app.ui.people.person_card import PersonCard
from app.ui.residents import empty_states
from app.ui.residents.filters import FilterBar
from app.ui.residents.listing import Listing
from app.ui.residents.selection import SelectionBar
from app.ui.residents.table import ResidentTable
from app.ui.residents.title_line import TitleLine
from app.values.rights import Right


class ListView(QWidget):
    """Knows who is listed, ticked and current; what is done with them belongs to the page."""

    open_requested = Signal(int)
    new_requested = Signal(str)
    """With the name that was searched in vain, or ''."""
    import_requested = Signal()
    state_changed = Signal()
    """People were ticked or let go: the keys that work now may be others."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._seen = False
        self.title = TitleLine(context.may)
        self.filters = FilterBar(context)
        self.card = PersonCard(context)
        self.listing = Listing(context, self)
        self.table = ResidentTable(self.listing.model, self.card.reveal)
        self.foot = SelectionBar(context.may)
        left = column(self.filters, (TableCard(self.table, self.foot), 1), spacing=10)
        outer = page_layout(self)
        outer.addWidget(self.title)
        outer.addLayout(row((left, 1), self.card, spacing=12), 1)
        self._connect()
        self._bind_keys()
        self._show_columns()
        self.listing.reload()

    # -- for the page

    def chosen_ids(self) -> list[int]:
        """Whom an action of the foot means: the ticked people in the order of the list."""
        return list(self.listing.model.ticked_in_order())

    def meant_ids(self) -> list[int]:
        """Whom 导出 and 打印花名册 mean: the ticked people, or everybody in the list."""
        return self.chosen_ids() or list(self.listing.ids)

    def refresh(self) -> None:
        """Something changed: same filters, same person, same place in the list, new data."""
        place, line = self.table.verticalScrollBar().value(), self.table.currentIndex().row()
        person = self.card.person_id
        self.filters.forget_choices()
        self.listing.refresh()
        if person not in self.listing.ids and self.listing.ids:
            # Whoever moved up into the place of somebody who is gone.
            self.table.select_row(min(max(0, line), len(self.listing.ids) - 1))
        self.table.verticalScrollBar().setValue(place)
        self.card.refresh()

    def show_record(self, resident_id: int) -> None:
        """Show a person wherever filters had hidden him."""
        if not self.table.select_id(resident_id):
            self.title.search.clear()
            self.filters.clear()
            self.table.select_id(resident_id)
        self.card.show_person(resident_id)

    def find_person(self) -> None:
        self.title.search.setFocus()
        self.title.search.selectAll()

    def rest(self) -> None:
        """Nobody is at the desk: nobody is shown or searched any more; ticks and filters stay."""
        if self.card.person_id is None:
            return
        self.title.search.clear()
        # The table would choose somebody again as soon as it had the keys.
        if self.table.hasFocus():
            self.title.search.setFocus()
        self.table.let_go()
        self.card.show_person(None)
        self.card.load()

    # -- search and filters

    def _connect(self) -> None:
        box, table = self.title.search, self.table
        box.searched.connect(self._filter)
        box.submitted.connect(self._submit)
        box.scanned.connect(self._scan)
        box.left_down.connect(table.setFocus)
        self.filters.changed.connect(self._filter)
        self.listing.listed.connect(self._after_listing)
        self.listing.counted.connect(self._show_figures)
        table.sort_requested.connect(lambda key, up: self._sort(key, up))
        table.current_changed.connect(self.card.show_person)
        table.ticks_changed.connect(self._show_ticks)
        table.range_changed.connect(self.foot.show_range)
        table.opened.connect(self.open_requested.emit)
        table.escaped.connect(self._clear_filters)
        self.foot.clear_asked.connect(lambda: self.listing.model.tick_all(on=False))
        self.card.person_requested.connect(self.show_record)
        self.card.open_requested.connect(self.open_requested)
        self.title.new_asked.connect(lambda: self.new_requested.emit(""))
        self.title.import_asked.connect(self.import_requested)

    def _bind_keys(self) -> None:
        self.title.new_button.bind(self)
        for action in ("search", "search_alt"):
            keys.bind(self, action, self.find_person)
        if self._context.may(Right.IMPORT):
            keys.bind(self, "import", self.import_requested.emit)
        keys.bind(self, "reveal", self.card.reveal_all)
        keys.bind(self, "clear_filters", self._clear_filters)

    def _filter(self) -> None:
        with messages.domain_errors_shown(self):
            self.listing.show(self.filters.filter(self.title.search.text()))

    def _sort(self, key: str, ascending: bool) -> None:
        with messages.domain_errors_shown(self):
            self.listing.sort(self.table.order_of(key, ascending))

    def _submit(self, text: str) -> None:
        """Enter in the search box: a whole number opens its person, otherwise the first hit."""
        if not text.strip():
            self.table.setFocus()
            return
        current = self._exact(text) or self.table.current_id()
        if current is not None:
            self.open_requested.emit(current)

    def _scan(self, burst: str) -> None:
        """A scanner's number names one person or nobody; nobody stands in the box to be read."""
        person = self._exact(burst)
        if person is None:
            self.title.search.setText(burst)
            self.find_person()
        else:
            self.open_requested.emit(person)

    def _exact(self, text: str) -> int | None:
        with self._context.database.lookup() as lookup:
            return search.exact_hit(lookup, text)

    def _clear_filters(self) -> None:
        self.filters.clear()
        self.title.search.clear()

    # -- what follows from a new list

    def _after_listing(self) -> None:
        self._show_columns()
        self.table.show_order(None if self.listing.ranked else self.listing.order)
        self.foot.show_ticks(len(self.listing.model.ticked), of=len(self.listing.ids))
        if self.listing.cut:
            self.filters.show_figures(f"只列出前 {len(self.listing.ids)} 人，请再输入")
        if not self.listing.ids:
            # Built after the keystroke: a widget is dearer than a query.
            QTimer.singleShot(0, self, self._show_empty)
            self.card.show_person(None)
        else:
            self._select()

    def _select(self) -> None:
        """The best hit of a search; otherwise the same person as before, or the first."""
        searched, person = self.listing.filter.text.strip(), self.card.person_id
        if searched or person is None or not self.table.select_id(person):
            self.table.select_row(0)
        self.card.show_person(self.table.current_id())

    def _show_columns(self) -> None:
        chosen = self.listing.filter
        self.table.set_column_present(
            "grid", present=len(chosen.grid_ids) != 1 and not chosen.departed
        )
        self.table.set_column_present("departed", present=chosen.departed)
        self.table.set_column_present("residence", present=not chosen.departed)
        narrow = theme.current().large and chosen.departed
        self.table.set_column_present("sex", present=not narrow)

    def _show_figures(self) -> None:
        total, matching = self.listing.total, self.listing.matching
        if total is not None:
            self.title.show_counts(total)
        if not self.listing.cut:
            self.filters.show_figures(self._figures(matching))

    def _figures(self, matching: Counts | None) -> str:
        if matching is None or self.listing.filter.is_empty:
            return ""
        return f"符合 {matching.people:,} 人・{matching.households:,} 户"

    def _show_ticks(self, ticked: int) -> None:
        self.foot.show_ticks(ticked, of=len(self.listing.ids))
        self.state_changed.emit()

    def _show_empty(self) -> None:
        if not self.listing.ids:
            self.table.set_empty(self._empty_state())

    def _empty_state(self) -> EmptyState:
        chosen = self.listing.filter
        if chosen.is_empty:
            may = self._context.may
            return empty_states.nobody_yet(
                self.import_requested.emit if may(Right.IMPORT) else None,
                (lambda: self.new_requested.emit("")) if may(Right.EDIT_PEOPLE) else None,
            )
        if chosen.departed and not chosen.text.strip():
            return empty_states.nobody_left()
        text = chosen.text.strip()
        return empty_states.nobody_found(
            text,
            add=self._adding(text),
            clear_filters=self.filters.clear if self.filters.in_force else None,
            gone=self.listing.departed_matches() if text and not chosen.departed else 0,
            show_gone=lambda: self.filters.departed.choose(True),
        )

    def _adding(self, text: str) -> Callable[[], object] | None:
        if not self._context.may(Right.EDIT_PEOPLE):
            return None
        return lambda: self.new_requested.emit(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._seen:
            self._seen = True
            self.title.search.setFocus()
