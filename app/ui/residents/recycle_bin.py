"""回收站: deleted residents, and the way back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import resident_forms
from app.services.resident_forms import BinLine
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

KEPT_DAYS = 30


class RecycleBinDialog(Dialog):
    """Ticked people come back, or the current one where nobody is ticked."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("回收站", parent, width=520)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self._context = context
        with context.database.reading() as session:
            self._lines = {line.id: line for line in resident_forms.recycle_bin(session)}
        today = context.clock.today()
        columns = (
            Column("name", "姓名", lambda line: line.name, 140, weight=1, bold=True),
            Column("deleted", "移入", lambda line: Cell(f"{line.deleted_at:%Y-%m-%d %H:%M}"), 150),
            Column("left", "还保留", lambda line: _left(line, today), 100),
        )
        self.model = PagedTableModel(columns, self._rows, tickable=True, parent=self)
        self.table = PagedTable(self.model, name="回收站")
        self.table.set_empty(EmptyState("delete-empty-outline", "回收站是空的"))
        self.table.paper.people = list
        self.table.setFixedHeight(theme.current().head + 8 * theme.current().row)
        self.model.set_ids(list(self._lines))
        self.body.addWidget(small(f"移到这里的人保留 {KEPT_DAYS} 天。"))
        self.body.addWidget(self.table)
        foot = TableFoot(self.table, unit="人")
        foot.setVisible(bool(self._lines))
        self.body.addWidget(foot)
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.restore_button = self.add_button(Button("放回去", kind="primary"))
        self.restore_button.setVisible(bool(self._lines))
        self.restore_button.clicked.connect(self.restore)
        self.table.setFocus()

    def restore(self) -> None:
        """Take the chosen people out of the bin and close."""
        ids = self.model.ticked_in_order() or [self.table.current_id()]
        names = [self._lines[one].name for one in ids if one is not None]
        if not names:
            return
        who = names[0] if len(names) == 1 else f"{names[0]} 等 {len(names):,} 人"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"从回收站放回 {who}") as session:
                said = [line for one in ids for line in resident_forms.restore(session, one)]
            self.sentence = f"已放回 {who}。{''.join(said)}"
            self.accept()

    def _rows(self, ids: Sequence[int]) -> list[BinLine]:
        return [self._lines[one] for one in ids]


def _left(line: BinLine, today: date) -> Cell:
    days = max(0, KEPT_DAYS - (today - line.deleted_at.date()).days)
    return Cell(f"{days} 天", tone="warn" if days <= 3 else "text2")
