"""登记簿: the samples, the morning checks and the receipts of a period; screen, file and paper."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.services import food_receipts, food_samples, staff_checks
from app.ui.canteen.place import Place
from app.ui.canteen.safety.book_columns import CHECKS, RECEIPTS, SAMPLES
from app.ui.kit import keys, table_paper
from app.ui.kit.labels import column, row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.period_chip import PeriodChip

NAMES = ("留样记录", "晨检记录", "进货台账")
_READ = (food_samples.samples, staff_checks.checks, food_receipts.receipts)
_YEARS = 3


class BooksView(QWidget):
    """One of three at a time; 时间 begins with this month."""

    shown = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._context, self._place = context, place
        today = context.clock.today()
        self.lines: list[dict[int, Any]] = [{} for _ in NAMES]
        self.books = Segments([(number, name, name) for number, name in enumerate(NAMES)])
        self.period = PeriodChip(today)
        self.period.offer([today.year - back for back in range(_YEARS)])
        self.period.set_value((today.replace(day=1), today), "本月")
        self.tables = [
            PagedTable(self._model(0, SAMPLES), name="留样记录"),
            PagedTable(self._model(1, CHECKS), name="晨检记录"),
            PagedTable(self._model(2, RECEIPTS), name="进货台账"),
        ]
        self.stack = QStackedWidget()
        for name, table, unit in zip(NAMES, self.tables, ("样", "人次", "笔"), strict=True):
            table.paper.title = f"{name}表" if name != NAMES[2] else name
            table.paper.personal = False
            table.paper.filter_words = self._words
            table.set_empty(EmptyState("clipboard-text-outline", f"这段时间没有{name}"))
            self.stack.addWidget(TableCard(table, TableFoot(table, unit=unit)))
        bar = row(self.books, 8, self.period, None)
        self.setLayout(column(bar, (self.stack, 1), margins=(0, 0, 0, 0)))
        self.books.show_value(0)
        self.books.chosen.connect(self.show_book)
        self.period.changed.connect(lambda _: self.refresh())
        keys.bind(self, "print", lambda: table_paper.print_out(self.table))
        keys.bind(self, "export", lambda: table_paper.export(self.table))

    @property
    def table(self) -> PagedTable:
        """The one that is seen."""
        return self.tables[self.stack.currentIndex()]

    @property
    def span(self) -> tuple[date, date]:
        first, last = self.period.span
        return first or date.min, last or date.max

    def show_book(self, number: object) -> None:
        """留样记录, 晨检记录 or 进货台账."""
        self.books.show_value(number)
        self.stack.setCurrentIndex(int(str(number)))
        self.refresh()

    def refresh(self) -> None:
        """Read the book that is seen; what one office keeps in a year is a few thousand lines."""
        number = self.stack.currentIndex()
        with self._context.database.lookup() as lookup:
            found = _READ[number](lookup, self._place.canteen_id or 0, *self.span)
        self.lines[number] = {one.id: one for one in found}
        self.table.paged_model.set_ids(list(self.lines[number]))
        self.shown.emit()

    def focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self) -> str:
        canteen = self._place.canteen
        name = canteen.name if canteen is not None else ""
        first, last = self.period.span
        until = f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}" if first and last else self.period.text()
        return f"{name} {until}".strip()

    def _model(self, number: int, columns: Sequence[Any]) -> PagedTableModel:
        return PagedTableModel(
            columns, lambda ids: [self.lines[number][one] for one in ids], parent=self
        )
