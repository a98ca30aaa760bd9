"""The figures at the left of their paper: five tables, of which one is seen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.reports.points_statistics import Section
from app.services import points_statistics_paper as words
from app.services.points_statistics import Statistics
from app.services.points_statistics_paper import Line
from app.ui.kit import theme
from app.ui.kit.labels import row
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState, counting
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel

NAMES = ("汇总", "类型", "队伍", "年龄", "月份")
SUM_HEADINGS = ("项目", "数", "说明")
TOTAL = "合计"
_QUIET = ("0", "0.0")
_NOT_IN_LARGE = ("笔数",)
_ADVICE = "换一个时间，或者先在“活动”和“台账”里记下来。"
_SUMS = (
    Column("what", "项目", lambda line: Cell(line[0], bold=True), 90),
    Column("count", "数", lambda line: line[1], 110, align="right"),
    Column("words", "说明", lambda line: Cell(line[2], tone="text2"), 220, weight=1),
)


class FiguresView(QWidget):
    """`show_statistics` puts other figures into all five."""

    part_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Sequence[Line]] = [() for _ in NAMES]
        self.parts = Segments([(n, name, f"按{name}") for n, name in enumerate(NAMES)])
        self.tables = [
            PagedTable(self._model(0), name="积分统计 汇总"),
            PagedTable(self._model(1), name="积分统计 类型"),
            PagedTable(self._model(2), name="积分统计 队伍"),
            PagedTable(self._model(3), name="积分统计 年龄"),
            PagedTable(self._model(4), name="积分统计 月份"),
        ]
        self._counted = False
        self._stack = QStackedWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(10))
        layout.addLayout(row(self.parts, None))
        for name, table in zip(NAMES, self.tables, strict=True):
            _dress(table, name)
            self._stack.addWidget(TableCard(table, TableFoot(table)))
        layout.addWidget(self._stack, 1)
        self.parts.chosen.connect(self.show_part)
        self.show_part(0)

    def show_part(self, number: object) -> None:
        """汇总, 类型, 队伍, 年龄 or 月份."""
        place = int(str(number))
        self.parts.show_value(place)
        self._stack.setCurrentIndex(place)
        self.setFocusProxy(self.tables[place])
        self.part_changed.emit()

    def show_statistics(self, found: Statistics) -> None:
        """Of other months, or read anew."""
        if not self._counted:
            self._counted = True
            for table in self.tables:
                table.set_empty(EmptyState("chart-bar", "这段时间没有积分账目", _ADVICE))
        self._lines = [words.summary(found), *map(lines_of, words.sections(found))]
        for table, lines in zip(self.tables, self._lines, strict=True):
            table.paged_model.set_ids(range(len(lines)))
            table.paper.filter_words = lambda: found.period.words

    def _model(self, place: int) -> PagedTableModel:
        columns = _columns(NAMES[place]) if place else _SUMS
        return PagedTableModel(columns, lambda ids: [self._lines[place][one] for one in ids])


def _dress(table: PagedTable, name: str) -> None:
    table.paper.title = f"积分超市统计　{name}"
    table.paper.personal = False
    table.set_empty(counting())


def lines_of(section: Section) -> Sequence[Line]:
    """The lines with their total; none where nothing was booked."""
    return (*section.rows, section.total) if section.rows else ()


def _columns(name: str) -> tuple[Column, ...]:
    first = Column(name, name, lambda line: Cell(line[0], bold=line[0] == TOTAL), 110, weight=1)
    return (first, *(_figure(place, one) for place, one in enumerate(words.FIGURES, start=1)))


def _figure(place: int, heading: str) -> Column:
    """A nought is quiet: real figures stand out."""

    def value(line: Line) -> Cell:
        tone = "placeholder" if line[place] in _QUIET else ""
        return Cell(line[place], bold=line[0] == TOTAL, tone=tone)

    large = heading not in _NOT_IN_LARGE
    return Column(heading, heading, value, 76, align="right", large_mode=large)
