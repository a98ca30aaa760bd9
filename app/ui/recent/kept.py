"""What an undo had to leave, row by row, to be read, printed or taken to WPS."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.undone import Kept
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

_LINES = 8
COLUMNS = (
    Column("what", "记录", lambda one: Cell(one.name or "—", sub=one.table_label), 190, bold=True),
    Column("reason", "为什么留着", lambda one: Cell(one.reason), 160),
    Column("by", "后来的改动", lambda one: Cell(one.by, tone="text2"), 260, weight=1),
)


class KeptDialog(Dialog):
    """One line for each record that stayed as it was."""

    def __init__(self, sentence: str, kept: Sequence[Kept], parent: QWidget | None = None) -> None:
        super().__init__("没有退回的记录", parent, width=760)
        self._kept = kept
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="没有退回的记录")
        self.table.setFixedHeight(theme.current().head + _LINES * theme.current().row)
        self.body.addWidget(small(f"{sentence}。要改这些，请打开各自的资料。", wrap=True))
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="条"))
        self.add_button(Button("知道了", kind="primary", cap="Esc"), closes=True)
        self.model.set_ids(range(len(kept)))
        self.table.setFocus()

    def _rows(self, numbers: Sequence[int]) -> list[Kept]:
        return [self._kept[number] for number in numbers]
