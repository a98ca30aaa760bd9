"""One register: its filters, its lines, and the same lines as spreadsheet and paper."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.services import registers
from app.services.registers import RegisterFilter
from app.ui.kit import keys, table_paper, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.labels import row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.papers.registers.books import Book, Line, on_paper
from app.ui.people.table_printing import print_table


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
        self.model = PagedTableModel(book.columns, self._fetch)
        self.table = PagedTable(self.model, name=book.title)
        self.foot = TableFoot(self.table, unit=book.unit)
        self.search = SearchBox(book.hint, name=f"查找{book.title}")
        self.year = FilterChip("年份")
        self.kind = FilterChip("事项")
        self.state = FilterChip("状态")
        self.phones = Button("显示完整电话", kind="ghost", size="small", icon="eye-outline")
        self.export_button = Button("导出", icon="table-arrow-down", action="export")
        self.print_button = Button("打印", icon="printer-outline", action="print")
        self._kinds = kinds
        self._lay_out()
        self._connect()
        self._dress_paper()

    @property
    def chosen(self) -> RegisterFilter:
        """The filter in force."""
        year, title, state = self.year.value, self.kind.value, self.state.value
        return RegisterFilter(
            year=year if isinstance(year, int) else None,
            title=str(title or ""),
            state=str(state or ""),
            text=self.search.text(),
        )

    def begin(self, years: Sequence[int], titles: Sequence[str]) -> None:
        """Offer what can be chosen; the year of today is in force."""
        self.year.set_choices([(year, f"{year} 年") for year in years])
        self.kind.set_choices([(title, title) for title in titles])
        self.state.set_choices([(state, state) for state in registers.STATES])
        if self.year.value is None and self._context.clock.today().year in years:
            self.year.set_value(self._context.clock.today().year)
        self.refresh()
        self.show_last()

    def refresh(self) -> None:
        """Read the lines anew; the current one stays current."""
        current = self.table.current_id()
        with self._context.database.reading() as session:
            ids = self._book.ids(session, self.chosen)
        self._places = {key: place for place, key in enumerate(ids, start=1)}
        self.model.set_ids(ids)
        for button in (self.export_button, self.print_button):
            button.setEnabled(bool(ids))
        if not self.table.select_id(current):
            self.show_last()

    def show_last(self) -> None:
        """The latest line is what one mostly looks for."""
        if len(self.model.ids):
            self.table.select_row(len(self.model.ids) - 1)

    def show_phones(self) -> None:
        """Whole numbers instead of masked ones, on screen and on what is taken out of it."""
        ids = list(self.model.ids)
        with self._context.database.transaction(f"查看{self._book.title}里的完整电话") as session:
            registers.note_looked(session, self._book.people(session, ids))
        self._masked = False
        self.phones.setEnabled(False)
        self.model.reload()

    def print_out(self) -> None:
        """The lines that are seen, as a register on paper."""
        seen = on_paper(table_paper.seen(self.table), self._book)
        print_table(self._context, seen, self)

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.search.setFixedWidth(metrics.px(210))
        self.kind.setVisible(self._kinds)
        self.state.setVisible(self._kinds)
        words = EmptyState("book-open-blank-variant", self._book.nothing, self._book.advice)
        self.table.set_empty(words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.spacing[1])
        self.tools = row(
            self.search,
            self.year,
            self.kind,
            self.state,
            None,
            self.phones,
            self.export_button,
            self.print_button,
        )
        layout.addLayout(self.tools)
        card = TableCard(self.table, self.foot)
        # In 大字 the height of the smallest screen is the limit, not the text.
        card.setMinimumHeight(470 if metrics.large else 510)
        layout.addWidget(card, 1)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _: self.refresh())
        self.search.left_down.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        for chip in (self.year, self.kind, self.state):
            chip.changed.connect(lambda _: self.refresh())
        self.table.opened.connect(self.opened)
        self.table.escaped.connect(self.left)
        self.phones.clicked.connect(self.show_phones)
        self.export_button.clicked.connect(lambda: table_paper.export(self.table))
        self.print_button.clicked.connect(self.print_out)
        for button in (self.export_button, self.print_button):
            button.bind(self)
        keys.bind(self, "search", self.search.setFocus)

    def _dress_paper(self) -> None:
        paper = self.table.paper
        paper.title = self._book.title
        # The two buttons above stand for the signs that other tables have at their foot.
        paper.offered = False
        paper.filter_words = lambda: self.chosen.sentence
        paper.people = self._people

    def _people(self, ids: Sequence[Any]) -> Sequence[int]:
        with self._context.database.reading() as session:
            return self._book.people(session, list(ids))

    def _fetch(self, ids: Sequence[int]) -> list[Line]:
        with self._context.database.reading() as session:
            lines = self._book.rows(session, ids, masked=self._masked)
        # The lines of any ids: each keeps the place that it has in the whole list.
        return [(str(self._places[key]), *line[1:]) for key, line in zip(ids, lines, strict=True)]
