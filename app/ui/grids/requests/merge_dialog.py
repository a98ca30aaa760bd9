"""并案: choose the request with which this one goes on; what is alike comes first."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import request_views, requests
from app.services.request_detail import RequestDetail
from app.services.request_due import OPEN
from app.services.request_rows import RequestRow
from app.services.request_views import RequestFilter
from app.ui.grids.requests.board_painter import DUE_ICONS
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import Area
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

_LINES = 7


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


class MergeDialog(Dialog):
    """Without words the list is what is alike; with words whatever fits them."""

    def __init__(
        self, context: Context, detail: RequestDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"并案 {detail.number} {detail.title}", parent, width=820)
        self._context = context
        self._detail = detail
        self.search = SearchBox("编号、姓名、地点、内容", name="找要并到的诉求", action="")
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="可以并案的诉求")
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.table.paper.people = self._people
        self.table.set_empty(
            EmptyState("content-copy", "没有找到", "同一类、同一处的在办诉求会先列出来。")
        )
        words = f"选一件，{detail.number} 号并到它里面一起办；办结以后两边都要回访。"
        self.body.addWidget(small(words, wrap=True))
        self.body.addWidget(self.search)
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="件"))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button("并到这一件", kind="primary", cap=CONFIRM_CAP))
        self.confirm.clicked.connect(self.merge)
        self.search.searched.connect(lambda _: self.look())
        self.search.left_down.connect(self.table.setFocus)
        self.search.submitted.connect(lambda _: self.merge())
        self.table.opened.connect(lambda _: self.merge())
        self.look()
        self.search.setFocus()

    def look(self) -> None:
        """Read what is alike, or what was asked for."""
        text = self.search.text().strip()
        ids = self._found(text) if text else self._alike()
        self.model.set_ids([one for one in ids if one != self._detail.id])
        if self.model.ids:
            self.table.select_row(0)
        self.confirm.setEnabled(bool(self.model.ids))

    def merge(self) -> None:
        """This one goes on with the chosen one."""
        keep: int | None = self.table.current_id()
        if keep is None:
            return
        numbers = f"{self._detail.number} 并入 {self._number(keep)}"
        try:
            with self._context.database.transaction(f"并案：诉求 {numbers}") as session:
                now = self._context.clock.now()
                requests.merge(session, keep, self._detail.id, now=now)
        except DomainError as error:
            messages.tell(self, str(error))
            return
        messages.notify(self._context.signals, f"已并案：{numbers}")
        self._context.signals.changed.emit(Area.REQUESTS)
        self.accept()

    def _alike(self) -> Sequence[int]:
        today = self._context.clock.today()
        with self._context.database.reading() as session:
            entered, _ = requests.input_of(session, self._detail.id)
            return [one.id for one in requests.similar(session, entered, today=today)]

    def _found(self, text: str) -> Sequence[int]:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            ids = request_views.list_ids(lookup, RequestFilter(text=text), today=today)
            rows = request_views.rows(lookup, ids, today=today)
        return [row.id for row in rows if row.state in OPEN]

    def _number(self, request_id: int) -> int:
        row: RequestRow = self.model.row(list(self.model.ids).index(request_id))
        return row.number

    def _rows(self, ids: Sequence[int]) -> list[RequestRow]:
        with self._context.database.lookup() as lookup:
            return request_views.rows(lookup, ids, today=self._context.clock.today())

    def _people(self, ids: Sequence[int]) -> Sequence[int]:
        with self._context.database.lookup() as lookup:
            return request_views.people(lookup, ids)
