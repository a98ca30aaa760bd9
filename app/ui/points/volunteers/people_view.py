"""志愿者: everybody who serves, as a list, and the card of who is chosen."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import volunteer_views
from app.services.volunteer_views import VolunteerFilter, VolunteerRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.volunteers import acts
from app.ui.points.volunteers.card import VolunteerCard
from app.ui.points.volunteers.card_printing import print_cards
from app.ui.points.volunteers.columns import REGISTER, columns
from app.ui.points.volunteers.filters import VolunteerFilters
from app.ui.points.volunteers.form_dialog import VolunteerDialog
from app.values.rights import Right


class PeopleView(QWidget):
    """`clear_asked` speaks of the words of the search box."""

    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._text = ""
        self._order = ("number", False)
        self.filters = VolunteerFilters(context)
        shown = columns(context.clock.today)
        self.model = PagedTableModel(shown, self._fetch, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="志愿者登记册")
        self.table.paper.filter_words = self._filter_words
        self.table.paper.people = self._residents
        self.table.paper.columns = REGISTER
        self.foot = TableFoot(self.table, unit="人")
        self.cards_button = Button("打印志愿者卡", size="small", action="volunteer_cards")
        self.foot.add(self.cards_button)
        may = context.may(Right.PRINT) and context.may(Right.RECORD_POINTS)
        offer(may, self.cards_button)
        self.card = VolunteerCard(context)
        metrics = theme.current()
        self.card.setFixedWidth(metrics.px(320 if metrics.large else 390))
        lists = row((TableCard(self.table, self.foot), 1), self.card, spacing=12)
        self.setLayout(column(self.filters, (lists, 1)))
        self._connect()

    @property
    def chosen(self) -> VolunteerFilter:
        return replace(self.filters.chosen, text=self._text)

    def refresh(self) -> None:
        """Read the list anew; who is chosen stays chosen."""
        current = self.table.current_id()
        today = self._context.clock.today()
        order, descending = self._order
        self.filters.offer()
        with self._context.database.lookup() as lookup:
            chosen = self.chosen
            found = volunteer_views.list_ids(
                lookup, chosen, order=order, descending=descending, today=today
            )
            counted = volunteer_views.counts(lookup, chosen, today=today)
        self.filters.say(*counted)
        if not found:
            self.table.set_empty(self._nobody())
        self.model.set_ids(found)
        if found and not (current is not None and self.table.select_id(current)):
            self.table.select_row(0)
        self.card.show_volunteer(self.table.current_id())

    def search(self, text: str) -> None:
        """Only those whom the text means."""
        self._text = text.strip()
        self.refresh()

    def show_volunteer(self, volunteer_id: int) -> None:
        """Somebody whom another page asks for, whatever the filters hide."""
        if not self.table.select_id(volunteer_id):
            self._text = ""
            self.clear_asked.emit()
            self.filters.clear_all()
            if not self.table.select_id(volunteer_id):
                self.filters.left.choose(True)
        if not self.table.select_id(volunteer_id):
            self.filters.clear_all()
            gone = "这位志愿者已经删除，或者不在您的网格里。"
            messages.warn(self._context.signals, gone)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_team(self, team_id: int) -> None:
        """The members of a team."""
        self._text = ""
        self.clear_asked.emit()
        self.filters.show_team(team_id)

    def add(self, resident_id: int | None = None) -> None:
        """Somebody new, who is chosen then."""
        if not self._context.may(Right.RECORD_POINTS):
            return
        dialog = VolunteerDialog(self._context, None, self.window(), resident_id=resident_id)
        if dialog.exec() and dialog.volunteer_id is not None:
            self.show_volunteer(dialog.volunteer_id)

    def act(self, what: str) -> None:
        """One of the buttons of the card, on who is shown."""
        if self.card.line is not None:
            acts.ACTS[what](self._context, self.card.line, self)

    def print_cards(self) -> None:
        """Of who is ticked, or of who is chosen."""
        current = self.table.current_id()
        ids = self.model.ticked_in_order() or ([current] if current is not None else [])
        if ids and not self.cards_button.withheld:
            print_cards(self._context, self, ids)

    # -- inside

    def _connect(self) -> None:
        self.filters.changed.connect(self.refresh)
        self.table.current_changed.connect(self.card.show_volunteer)
        self.table.opened.connect(lambda _: self.act("edit"))
        self.table.escaped.connect(self.clear)
        self.table.sort_requested.connect(self._sort)
        self.table.show_sort("number", ascending=True)
        self.cards_button.clicked.connect(self.print_cards)
        self.cards_button.bind(self)
        self.card.asked.connect(self.act)

    def clear(self) -> None:
        """Everybody again."""
        if self._text or self.filters.narrows:
            self._text = ""
            self.clear_asked.emit()
            self.filters.clear_all()

    def _sort(self, key: str, ascending: bool) -> None:
        self._order = (key, not ascending)
        self.refresh()

    def _nobody(self) -> EmptyState:
        if self._text or self.filters.narrows:
            return not_found("没有这样的志愿者", self.clear)
        may = self._context.may(Right.RECORD_POINTS)
        actions = (("登记志愿者", self.add),) if may else ()
        advice = "可以从居民中选，外来的也可以直接填写。"
        return EmptyState("account-group-outline", "还没有志愿者", advice, actions)

    def _filter_words(self) -> str:
        text = f"查找“{self._text}”" if self._text else ""
        return "，".join(part for part in (self.filters.words, text) if part)

    def _residents(self, ids: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return volunteer_views.residents_of(lookup, ids)

    def _fetch(self, ids: Sequence[int]) -> list[VolunteerRow]:
        with self._context.database.lookup() as lookup:
            return volunteer_views.rows(lookup, ids, today=self._context.clock.today())
