"""One register: its filters, its lines, and the same lines as spreadsheet and paper."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.services import registers
from app.services.registers import RegisterFilter
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import hide_unless, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.table_paper import SeenTable
from app.ui.papers.registers.books import Book, Line
from app.ui.papers.registers.line_card import LineCard
from app.ui.people.period_chip import PeriodChip
from app.ui.people.table_printing import export_table, print_table
from app.values.rights import Right


class BookView(QWidget):
    """`opened` carries the line of Enter or a double click; Esc without filters leaves."""

    opened = Signal(object)
    left = Signal()

    def __init__(self, context: Context, book: Book, *, kinds: bool) -> None:
        super().__init__()
        self._context = context
        self._book = book
        self._places: dict[int, int] = {}
        self._masked = True
        self._begun = False
        self.model = PagedTableModel(book.shown, self._fetch)
        self.table = PagedTable(self.model, name=book.title)
        self.foot = TableFoot(self.table, unit=book.unit)
        self.card = LineCard(book.headings, book.opening)
        self.search = SearchBox(book.hint, name=f"查找{book.title}")
        self.period = PeriodChip(context.clock.today())
        self.kind = FilterChip("事项")
        self.state = FilterChip("状态")
        self.phones = Button("显示完整电话", kind="ghost", size="small", icon="eye-outline")
        self.export_button = Button("导出", icon="table-arrow-down", action="export")
        self.print_button = Button("打印", icon="printer-outline", action="print")
        offer(context.may(Right.SEE_NUMBERS), self.phones)
        offer(context.may(Right.EXPORT), self.export_button)
        offer(context.may(Right.PRINT), self.print_button)
        self._kinds = kinds
        self._lay_out()
        self._connect()
        # The two buttons above stand for the signs that other tables have at their foot.
        self.table.paper.offered = False

    @property
    def chosen(self) -> RegisterFilter:
        """The filter in force."""
        since, until = self.period.days
        return RegisterFilter(
            year=self.period.year,
            title=str(self.kind.value or ""),
            state=str(self.state.value or ""),
            text=self.search.text(),
            since=since,
            until=until,
        )

    def begin(self, years: Sequence[int], titles: Sequence[str]) -> None:
        """Offer what can be chosen, and read the lines; the year of today is in force at first."""
        self.period.offer(list(years))
        self.kind.set_choices([(title, title) for title in titles])
        self.state.set_choices([(state, state) for state in registers.STATES])
        this_year = self._context.clock.today().year
        if not self._begun and this_year in years:
            self.period.set_value(this_year)
        self._begun = True
        self.refresh()

    def refresh(self) -> None:
        """Read the lines anew; the current one stays current."""
        current = self.table.current_id()
        with self._context.database.reading() as session:
            ids = self._book.ids(session, self.chosen)
        self._places = {key: place for place, key in enumerate(ids, start=1)}
        self.model.set_ids(ids)
        answer = "还没有" if self.chosen == registers.EVERYTHING else "没有这样的"
        self.nothing.set_sentence(answer + self._book.kept)
        for button in (self.export_button, self.print_button):
            button.setEnabled(bool(ids))
        if not self.table.select_id(current):
            self.show_last()
        self._show_line(self.table.current_id())

    def show_last(self) -> None:
        """The latest line is what one mostly looks for."""
        if len(self.model.ids):
            self.table.select_row(len(self.model.ids) - 1)

    def show_phones(self) -> None:
        """Whole numbers instead of masked ones, on screen and on what is taken out of it."""
        ids = list(self.model.ids)
        with self._context.database.transaction(f"查看{self._book.title}里的完整电话") as session:
            people = self._book.people(session, ids)
            registers.note_looked(session, people, self._book.model, ids)
        self._masked = False
        self.phones.setEnabled(False)
        self.model.reload()
        self._show_line(self.table.current_id())

    def rest(self) -> None:
        """Nobody is at the desk: whole numbers are masked again."""
        if not self._masked:
            self._masked = True
            self.phones.setEnabled(True)
            self.model.reload()
            self._show_line(self.table.current_id())

    def seen(self) -> SeenTable:
        """All columns of the lines that are seen, in their order, for the file and the paper."""
        ids = list(self.model.ids)
        with self._context.database.reading() as session:
            rows = self._book.rows(session, ids, masked=self._masked)
            people = self._book.people(session, ids)
        return SeenTable(
            title=self._book.title,
            filter_words=self.chosen.sentence,
            count_words=f"共 {len(rows):,} {self._book.unit}",
            columns=self._book.columns_on_paper(),
            rows=rows,
            people=tuple(people),
        )

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        # With every filter in force the line still fits the smallest screen.
        self.search.setFixedWidth(metrics.px(176 if metrics.large else 210))
        hide_unless(self._kinds, self.kind, self.state)
        hide_unless("联系电话" in self._book.headings, self.phones)
        self.nothing = EmptyState("book-open-blank-variant", "", self._book.advice)
        self.table.set_empty(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.spacing[1])
        self.tools = row(
            self.search,
            self.period,
            self.kind,
            self.state,
            None,
            self.phones,
            self.export_button,
            self.print_button,
        )
        layout.addLayout(self.tools)
        left = TableCard(self.table, self.foot)
        # In 大字 the height of the smallest screen is the limit, not the text.
        left.setMinimumHeight(470 if metrics.large else 510)
        self.card.setFixedWidth(440 if metrics.large else 400)
        layout.addLayout(row((left, 1), self.card, spacing=12), 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _: self.refresh())
        self.search.left_down.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        for chip in (self.period, self.kind, self.state):
            chip.changed.connect(lambda _: self.refresh())
        self.table.opened.connect(self.opened)
        self.table.escaped.connect(self.left)
        self.phones.clicked.connect(self.show_phones)
        self.table.current_changed.connect(self._show_line)
        self.card.open_button.clicked.connect(self._open_current)
        self.export_button.clicked.connect(lambda: export_table(self._context, self.seen(), self))
        self.print_button.clicked.connect(lambda: print_table(self._context, self.seen(), self))
        for button in (self.export_button, self.print_button):
            button.bind(self)
        keys.bind(self, "search", self.search.setFocus)

    def _show_line(self, key: int | None) -> None:
        place = self._places.get(key) if key is not None else None
        if key is None or place is None:
            self.card.show_line(None)
            return
        with self._context.database.reading() as session:
            opens = self._book.opens(session, key)
        self.card.show_line(self.model.row(place - 1), opens=opens)

    def _open_current(self) -> None:
        if (current := self.table.current_id()) is not None:
            self.opened.emit(current)

    def _fetch(self, ids: Sequence[int]) -> list[Line]:
        with self._context.database.reading() as session:
            lines = self._book.rows(session, ids, masked=self._masked)
        # The lines of any ids: each keeps the place that it has in the whole list.
        return [(str(self._places[key]), *line[1:]) for key, line in zip(ids, lines, strict=True)]
