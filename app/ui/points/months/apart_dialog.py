"""账账不符: the accounts of which lines, balance and unused lots tell different sums."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import points_months
from app.services.points_months import Difference
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.points_wish import ShowAccount

COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.name, bold=True), 120, weight=1),
    Column("entries", "流水合计", lambda one: f"{one.entries:,}", 110, align="right"),
    Column("balance", "余额", lambda one: f"{one.balance:,}", 110, align="right"),
    Column("lots", "未用完的", lambda one: f"{one.lots:,}", 110, align="right"),
)
_LINES = 6


class ApartDialog(Dialog):
    """Enter opens the account."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("账账不符的账户", parent, width=620)
        self._context = context
        with context.database.lookup() as lookup:
            found = points_months.differences(lookup)
        self._found = {one.account_id: one for one in found}
        self.table = PagedTable(PagedTableModel(COLUMNS, self._rows), name="账账不符")
        self.table.paper.title = "账账不符的积分账户"
        self.table.set_empty(EmptyState("check-circle-outline", "每个账户都相符"))
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + _LINES * metrics.row)
        words = "流水不会改，所以以流水为准。请到设置里做数据体检，或者用备份核对。"
        self.body.addWidget(small(words, wrap=True))
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="户"))
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self.table.opened.connect(self._open)
        self.table.paged_model.set_ids(list(self._found))
        self.table.setFocus()

    def _open(self, account_id: int) -> None:
        self.accept()
        self._context.signals.page_requested.emit("points", ShowAccount(account_id))

    def _rows(self, ids: Sequence[int]) -> list[Difference]:
        return [self._found[one] for one in ids]
