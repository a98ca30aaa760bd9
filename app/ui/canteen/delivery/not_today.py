"""今日停送: who usually gets this meal and does not today, why and until when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.delivery_board import Board, NotToday
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel


def _until(one: NotToday) -> Cell:
    if one.until is None:
        return Cell("另行通知", tone="text2")
    return Cell(f"{one.until:%m-%d} 止")


COLUMNS = (
    Column("name", "姓名", lambda one: Cell(one.name, bold=True), 110, weight=1),
    Column("home", "住址", lambda one: one.home, 150, weight=1),
    Column("reason", "原因", lambda one: one.reason, 150, weight=1),
    Column("until", "停到", _until, 100),
)


class NotTodayDialog(Dialog):
    """A list to look at: stops are made and ended in 订餐."""

    def __init__(self, board: Board, parent: QWidget | None = None) -> None:
        day = f"{board.on_date.month}月{board.on_date.day}日 {board.period.label}"
        super().__init__(f"停送　{day}", parent, width=640)
        self._people = {one.resident_id: one for one in board.not_today}
        self.table = PagedTable(PagedTableModel(COLUMNS, self._rows), name="今日停送")
        self.table.paper.people = list
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + (5 if metrics.large else 7) * metrics.row)
        self.table.set_empty(EmptyState("", "这一餐没有人停送"))
        self.body.addWidget(TableCard(self.table, TableFoot(self.table, unit="人")))
        self.body.addWidget(small("停送和恢复，在“订餐”里登记。"))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.table.paged_model.set_ids(list(self._people))
        if self._people:
            self.table.select_row(0)
        self.table.setFocus()

    def _rows(self, ids: Sequence[int]) -> list[NotToday]:
        return [self._people[one] for one in ids]
