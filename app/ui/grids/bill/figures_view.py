"""The figures of a bill at the left of its paper: four tables, of which one is seen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.context import Context
from app.services import happiness_list
from app.services.happiness import Bill
from app.services.happiness_list import SolvedLine
from app.ui.grids.bill.tables import (
    GRID_HEADINGS,
    KIND_HEADINGS,
    LIST_COLUMNS,
    SUM_COLUMNS,
    Line,
    columns,
    sheets,
)
from app.ui.kit import theme
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.segments import Segments
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel

_NAMES = ("汇总", "按网格", "按类别", "问题清单")
_HINTS = ("全部数字", "每个网格一行", "每个类别一行", "勾上的印在账单上")
_TICKED = "勾上的印在账单上。涉及个人的类别不会自动勾上。"


class FiguresView(QWidget):
    """`ticks_changed` when other matters are to stand on the paper."""

    ticks_changed = Signal()
    part_changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: list[list[Line]] = [[], [], []]
        self._showing = False
        self.parts = Segments([(n, _NAMES[n], _HINTS[n]) for n in range(len(_NAMES))])
        self.tables = [
            self._plain(0, PagedTable(self._model(0, SUM_COLUMNS), name="账单汇总")),
            self._grids(),
            self._kinds(),
        ]
        self.matters = self._matters()
        self.told = small(_TICKED, wrap=True)
        self._stack = QStackedWidget()
        self._lay_out()
        self.parts.chosen.connect(self.show_part)
        self.show_part(0)

    @property
    def listed(self) -> tuple[int, ...]:
        """The matters that stand on the paper, in their order."""
        return tuple(self.matters.paged_model.ticked_in_order())

    @property
    def ticking(self) -> bool:
        """Whether the list is seen whose ticks say what stands on the paper."""
        return self._stack.currentIndex() == len(self.tables)

    def kept_ticks(self, ids: Sequence[int], proposed: Sequence[int]) -> list[int]:
        """As somebody ticked them; those that were not there yet as they are proposed."""
        known, on, new = set(self.matters.paged_model.ids), set(self.listed), set(proposed)
        return [one for one in ids if one in (on if one in known else new)]

    def show_part(self, number: object) -> None:
        """汇总, 按网格, 按类别 or 问题清单."""
        place = int(str(number))
        self.parts.show_value(place)
        self._stack.setCurrentIndex(place)
        self.told.setVisible(self.ticking)
        self.setFocusProxy([*self.tables, self.matters][place])
        self.part_changed.emit()

    def show_bill(self, bill: Bill, ids: Sequence[int], ticked: Sequence[int], words: str) -> None:
        """Other figures; `ticked` of the solved `ids` stand on the paper."""
        self._lines = [list(sheet.lines) for sheet in sheets(bill)]
        for table, lines in zip(self.tables, self._lines, strict=True):
            table.paged_model.set_ids(range(len(lines)))
        self._showing = True
        model = self.matters.paged_model
        model.set_ids(list(ids))
        model.tick_all(on=False)
        wanted = set(ticked)
        model.tick((place for place, one in enumerate(ids) if one in wanted), on=True)
        self._showing = False
        for table in (*self.tables, self.matters):
            table.paper.filter_words = lambda: words

    # -- assembling

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().px(10))
        layout.addLayout(row(self.parts, None))
        layout.addWidget(self.told)
        for table in (*self.tables, self.matters):
            unit = "件" if table is self.matters else "行"
            self._stack.addWidget(TableCard(table, TableFoot(table, unit=unit)))
        layout.addWidget(self._stack, 1)

    def _model(self, place: int, shown: Sequence[Column]) -> PagedTableModel:
        return PagedTableModel(shown, lambda ids: [self._lines[place][one] for one in ids])

    def _grids(self) -> PagedTable:
        shown = columns(GRID_HEADINGS, wide="网格")
        return self._plain(1, PagedTable(self._model(1, shown), name="账单按网格"))

    def _kinds(self) -> PagedTable:
        shown = columns(KIND_HEADINGS, wide="类别")
        return self._plain(2, PagedTable(self._model(2, shown), name="账单按类别"))

    def _plain(self, place: int, table: PagedTable) -> PagedTable:
        table.paper.title = f"幸福账单　{_NAMES[place]}"
        table.paper.personal = False
        advice = "换一个时间，或者先在“诉求”里记下来。"
        table.set_empty(EmptyState("chart-bar", "这段时间没有诉求", advice))
        return table

    def _matters(self) -> PagedTable:
        model = PagedTableModel(LIST_COLUMNS, self._fetch, tickable=True)
        table = PagedTable(model, name="问题清单")
        table.paper.title = "问题清单"
        advice = "办结一件，这里就多一件。"
        table.set_empty(EmptyState("clipboard-check-outline", "这段时间没有办结的诉求", advice))
        model.ticks_changed.connect(self._ticked)
        return table

    def _fetch(self, ids: Sequence[int]) -> list[SolvedLine]:
        with self._context.database.lookup() as lookup:
            return happiness_list.lines(lookup, ids)

    def _ticked(self) -> None:
        if not self._showing:
            self.ticks_changed.emit()
