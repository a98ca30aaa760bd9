"""经过: everything that was done to a record, who did it and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Action, Resident
from app.services import history
from app.services.history import HistoryLine
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

CHANGES, LOOKS = "changes", "looks"
_LOOKS = frozenset({Action.LOOKED, Action.PRINTED, Action.EXPORTED})


def _when(line: HistoryLine) -> Cell:
    return Cell(f"{line.at:%Y-%m-%d}", sub=f"{line.at:%H:%M}")


COLUMNS = (
    Column("at", "时间", _when, 136),
    Column("what", "做了什么", lambda line: Cell(line.sentence), 300, weight=1),
    Column("who", "经办", lambda line: Cell(line.who, tone="text2"), 90),
)


class HistoryDialog(Dialog):
    """Newest first; 改动 and 查看打印 can be seen apart."""

    def __init__(
        self, context: Context, resident_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"经过：{name}", parent, width=760)
        with context.database.reading() as session:
            self._all = history.of_record(session, Resident, resident_id)
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="经过")
        self.table.setFixedHeight(theme.current().head + 10 * theme.current().row)
        self.table.set_empty(EmptyState("history", "还没有这样的记录"))
        self.kind = FilterChip("全部")
        self.kind.set_choices([(CHANGES, "只看改动"), (LOOKS, "只看查看、打印和导出")])
        self.kind.changed.connect(lambda _: self._show())
        self._count = small()
        self.body.addLayout(row(self.kind, None, self._count))
        self.body.addWidget(self.table)
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        wanted = self.kind.value
        self._lines = [
            line
            for line in self._all
            if wanted is None or (line.action in _LOOKS) == (wanted == LOOKS)
        ]
        self.model.set_ids(range(len(self._lines)))
        self._count.setText(f"{len(self._lines):,} 条")

    def _rows(self, numbers: Sequence[int]) -> list[HistoryLine]:
        return [self._lines[number] for number in numbers]
