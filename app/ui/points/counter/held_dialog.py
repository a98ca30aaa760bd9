"""取单: the baskets that wait, the longest waiting first."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.held_baskets import Held
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

COLUMNS = (
    Column("name", "姓名", lambda held: Cell(held.name, bold=True), 120, weight=1),
    Column("pieces", "件数", lambda held: str(sum(n for _, n in held.lines)), 70, align="right"),
    Column("at", "挂单时间", lambda held: f"{held.held_at:%m-%d %H:%M}", 130),
    Column("by", "经办", lambda held: Cell(held.held_by, tone="text2"), 100),
)
_ROWS = 5


class HeldDialog(Dialog):
    """`chosen` is the one to go on with."""

    def __init__(self, held: Sequence[Held], parent: QWidget | None = None) -> None:
        super().__init__("取单", parent, width=480)
        self._held = {one.id: one for one in held}
        self.chosen: int | None = None
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="挂单的篮子")
        self.table.paper.offered = False
        self.table.paper.people = self._people
        self.table.setFixedHeight(theme.current().head + _ROWS * theme.current().row)
        self.model.set_ids(list(self._held))
        self.table.select_row(0)
        self.table.opened.connect(self._take)
        self.body.addWidget(self.table)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.take = self.add_button(Button("取单", kind="primary", cap=CONFIRM_CAP))
        self.take.clicked.connect(lambda: self._take(self.table.current_id()))
        self.table.setFocus()

    def _take(self, held_id: int | None) -> None:
        if held_id is not None:
            self.chosen = held_id
            self.accept()

    def _people(self, ids: Sequence[int]) -> list[int]:
        found = (self._held[one].resident_id for one in ids)
        return [one for one in found if one is not None]

    def _rows(self, ids: Sequence[int]) -> list[Held]:
        return [self._held[one] for one in ids]
