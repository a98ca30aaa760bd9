"""并案: choose the request with which this one goes on."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import request_views, requests
from app.services.request_detail import RequestDetail
from app.services.request_due import OPEN
from app.services.request_rows import RequestRow
from app.services.request_views import RequestFilter
from app.ui.grids.requests.board_painter import DUE_ICONS
from app.ui.kit import messages
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.signals import Area
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.merge_into import MergeInto, MergeWords


def _due(row: RequestRow) -> list[Chip]:
    return [Chip(row.due.text, row.due.tone, DUE_ICONS.get(row.due.tone, ""))]


COLUMNS = (
    Column("number", "编号", lambda row: str(row.number), 66, align="right"),
    Column("title", "事由", lambda row: Cell(row.title, bold=True), 150, weight=2),
    Column("person", "诉求人", lambda row: row.person, 84),
    Column("place", "地点", lambda row: row.place_words, 110, weight=1),
    Column("state", "状态", lambda row: row.state.label, 60),
    Column("due", "期限", _due, 150, large_mode=False),
)


class MergeDialog(MergeInto):
    def __init__(
        self, context: Context, detail: RequestDetail, parent: QWidget | None = None
    ) -> None:
        self._detail = detail
        words = MergeWords(
            title=f"并案 {detail.number} {detail.title}",
            hint="编号、姓名、地点、内容",
            search="找要并到的诉求",
            told=f"选一件，{detail.number} 号并到它里面一起办；办结以后两边都要回访。",
            nothing="没有找到",
            advice="同一类、同一处的在办诉求会先列出来。",
        )
        super().__init__(context, detail.id, words, COLUMNS, parent)

    def make_table(self, model: PagedTableModel) -> PagedTable:
        return PagedTable(model, name="可以并案的诉求", parent=self)

    def alike(self) -> Sequence[int]:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            entered, _ = requests.input_of(session, self._detail.id)
            return [one.id for one in requests.similar(session, entered, today=today)]

    def found(self, text: str) -> Sequence[int]:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            ids = request_views.list_ids(lookup, RequestFilter(text=text), today=today)
            rows = request_views.rows(lookup, ids, today=today)
        return [row.id for row in rows if row.state in OPEN]

    def join(self, keep: int, row: RequestRow) -> None:
        numbers = f"{self._detail.number} 并入 {row.number}"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"并案：诉求 {numbers}") as session:
                now = self._context.clock.now()
                requests.merge(session, keep, self._detail.id, now=now)
            messages.notify(self._context.signals, f"已并案：{numbers}")
            self._context.signals.changed.emit(Area.REQUESTS)
            self.accept()

    def rows(self, ids: Sequence[int]) -> list[RequestRow]:
        with self._context.database.lookup() as lookup:
            return request_views.rows(lookup, ids, today=self._context.clock.today())

    def people(self, ids: Sequence[int]) -> Sequence[int]:
        with self._context.database.lookup() as lookup:
            return request_views.people(lookup, ids)
