"""划楼记录: which building went where, with how many people, and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import BuildingMove
from app.services import building_moves
from app.services.building_moves import MoveView
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.history import Record, history_button

COLUMNS = (
    Column("day", "日期", lambda move: f"{move.on_date:%Y-%m-%d}", 104),
    Column("building", "楼", lambda move: Cell(move.building, bold=True), 110, weight=1),
    Column("from", "从", lambda move: move.from_name, 110, weight=1),
    Column("to", "到", lambda move: move.to_name, 110, weight=1),
    Column("people", "跟着走", lambda move: f"{move.people:,} 人", 80, align="right"),
    Column("reason", "原因", lambda move: Cell(move.reason, tone="text2"), 130, weight=2),
    Column("who", "经办", lambda move: Cell(move.who, tone="text2"), 80, large_mode=False),
)
_LINES = 9


class MovesDialog(Dialog):
    """Of one grid, of one building, or of all; the latest first."""

    def __init__(
        self,
        context: Context,
        of: str,
        *,
        building_id: int | None = None,
        grid_id: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"划楼记录：{of}", parent, width=820)
        with context.database.lookup() as lookup:
            found = building_moves.moves(lookup, building_id=building_id, grid_id=grid_id)
        self._moves = {move.id: move for move in found}
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="划楼记录")
        self.table.paper.title = f"{of} 划楼记录"
        metrics = theme.current()
        self.table.setFixedHeight(metrics.head + _LINES * metrics.row)
        self.table.set_empty(
            EmptyState("map-outline", "还没有划过楼", "以后每划一次，这里留一条。")
        )
        self.body.addLayout(row(small("每一次都跟着住户走，历史保留。"), None))
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="次"))
        self._foot.insertWidget(0, history_button(context, self, self._record))
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self.model.set_ids(list(self._moves))
        if self._moves:
            self.table.select_row(0)
        self.table.setFocus()

    def _rows(self, ids: Sequence[int]) -> list[MoveView]:
        return [self._moves[one] for one in ids]

    def _record(self) -> Record | None:
        key = self.table.current_id()
        return Record(BuildingMove, key, self._moves[key].building) if key is not None else None
