"""The same requests as a table: sorted by its headings, on paper, into a file, to the clipboard."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.context import Context
from app.services import request_views
from app.services.request_views import (
    ALL,
    RequestFilter,
    RequestOrder,
    RequestOrderKey,
    RequestRow,
)
from app.ui.grids.requests.board_painter import DUE_ICONS, FLAG_ICON, FLAG_WORDS
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel

TITLE = "诉求登记台账"


def _due(row: RequestRow) -> list[Chip]:
    if not row.due.text:
        return []
    return [Chip(row.due.text, row.due.tone, DUE_ICONS.get(row.due.tone, ""))]


def _title(row: RequestRow) -> Cell:
    return Cell(row.title, bold=True)


def _flag(row: RequestRow) -> list[Chip]:
    return [Chip(FLAG_WORDS, "amber", FLAG_ICON)] if row.flagged else []


def _state(row: RequestRow) -> str:
    return row.state.label


def _satisfaction(row: RequestRow) -> str:
    return row.satisfaction.label if row.satisfaction else ""


COLUMNS = (
    Column("number", "编号", lambda row: str(row.number), 66, sortable=True, align="right"),
    Column("title", "事由", _title, 170, weight=3),
    Column("person", "诉求人", lambda row: row.person, 84),
    Column("place", "地点", lambda row: row.place_words, 120, weight=1, sortable=True),
    Column("category", "类别", lambda row: row.category, 88, sortable=True),
    Column("grid", "网格", lambda row: row.grid_name, 88, sortable=True, large_mode=False),
    Column("origin", "来源", lambda row: row.origin.label, 76, large_mode=False),
    Column("came", "来件", lambda row: f"{row.came_on:%m-%d}", 64, sortable=True, large_mode=False),
    Column("state", "状态", _state, 60),
    Column("handler", "承办", lambda row: row.handler, 90, large_mode=False),
    Column("due", "期限", _due, 150, sortable=True),
    Column("flag", "督办", _flag, 84),
)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


# What leaves the program: the whole life of each, in the order in which it is lived.
LEDGER = (
    Column("number", "编号", lambda row: str(row.number), 36, align="right"),
    Column("came", "来件日期", lambda row: _day(row.came_on), 71),
    Column("origin", "来源", lambda row: row.origin.label, 40),
    Column("person", "诉求人", lambda row: row.person, 46),
    Column("phone", "电话", lambda row: row.phone_masked, 56),
    Column("place", "地点", lambda row: row.place_words, 70),
    Column("grid", "网格", lambda row: row.grid_name, 50),
    Column("category", "类别", lambda row: row.category, 50),
    Column("title", "事由", lambda row: row.title, 106),
    Column("urgency", "紧急程度", lambda row: row.urgency.label, 36),
    Column("state", "状态", lambda row: row.state.label, 34),
    Column("level", "在哪一级", lambda row: row.level.label, 40),
    Column("handler", "承办", lambda row: row.handler, 60),
    Column("due_on", "期限", lambda row: _day(row.due_on), 71),
    Column("due", "还剩", lambda row: row.due.text, 74),
    Column("flag", "督办", lambda row: FLAG_WORDS if row.flagged else "", 34),
    Column("answer", "办理结果", lambda row: row.answer, 106),
    Column("done", "办结日期", lambda row: _day(row.done_on), 71),
    Column("called", "回访日期", lambda row: _day(row.called_on), 71),
    Column("content", "满意度", _satisfaction, 46),
    Column("closed", "销号日期", lambda row: _day(row.closed_on), 71),
    Column("reason", "销号原因", lambda row: row.close_reason, 54),
)
_ORDERS = {
    "number": RequestOrderKey.NUMBER,
    "place": RequestOrderKey.PLACE,
    "category": RequestOrderKey.CATEGORY,
    "grid": RequestOrderKey.GRID,
    "came": RequestOrderKey.CAME,
    "due": RequestOrderKey.DUE,
}


class TableView(QWidget):
    """Open requests in the order of the board at first; 含已销号 adds what is closed."""

    current_changed = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chosen: RequestFilter = ALL
        self._order = request_views.BY_BOARD
        self._closed = False
        self.filter_words = ""
        self.model = PagedTableModel(COLUMNS, self._fetch, parent=self)
        self.table = PagedTable(self.model, name="诉求")
        self.table.paper.title = TITLE
        self.table.paper.filter_words = lambda: self.filter_words
        self.table.paper.people = self._people
        self.table.paper.columns = LEDGER
        self.foot = TableFoot(self.table, unit="件")
        self.nothing = EmptyState(
            "clipboard-check-outline",
            "没有这样的诉求",
            "居民来访、来电、日记里发现的，都可以记在这里。",
        )
        self.table.set_empty(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(TableCard(self.table, self.foot))
        self.table.current_changed.connect(self.current_changed)
        self.table.opened.connect(self.opened)
        self.table.sort_requested.connect(self._sort)

    def read(self, chosen: RequestFilter, *, closed: bool) -> None:
        """Read the lines anew; the current one stays current."""
        self._chosen, self._closed = chosen, closed
        current = self.table.current_id()
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            ids = request_views.list_ids(
                lookup, chosen, today=today, closed=closed, order=self._order
            )
        self.model.set_ids(ids)
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)

    def _sort(self, key: str, ascending: bool) -> None:
        self._order = RequestOrder(_ORDERS[key], descending=not ascending)
        self.read(self._chosen, closed=self._closed)

    def _fetch(self, ids: Sequence[int]) -> list[RequestRow]:
        with self._context.database.lookup() as lookup:
            return request_views.rows(lookup, ids, today=self._context.clock.today())

    def _people(self, ids: Sequence[int]) -> Sequence[int]:
        with self._context.database.lookup() as lookup:
            return request_views.people(lookup, ids)
