"""经过 of one paper: every step that was taken with it, who took it and when, from the journal."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import Certificate
from app.services import history
from app.services.history import HistoryLine
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

LINES = 8
COLUMNS = (
    Column("at", "时间", lambda line: Cell(f"{line.at:%Y-%m-%d}", sub=f"{line.at:%H:%M}"), 140),
    Column("what", "做了什么", lambda line: Cell(line.sentence), 300, weight=1),
    Column("who", "经办", lambda line: Cell(line.who, tone="text2"), 90),
)


class PaperHistoryDialog(Dialog):
    """Newest first; a long line is written out below."""

    def __init__(
        self, context: Context, paper_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"经过：{name}", parent, width=760)
        with context.database.reading() as session:
            self._lines = history.of_record(session, Certificate, paper_id)
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="经过")
        self.table.paper.title = f"{name} 的经过"
        self.table.setFixedHeight(theme.current().head + LINES * theme.current().row)
        self.detail = small(wrap=True)
        self.detail.setMinimumHeight(2 * theme.current().px(18))
        self.table.current_changed.connect(self._follow)
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="条"))
        self.body.addWidget(self.detail)
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self.model.set_ids(range(len(self._lines)))
        self.table.select_row(0)
        self.table.setFocus()

    def _rows(self, numbers: Sequence[int]) -> list[HistoryLine]:
        return [self._lines[number] for number in numbers]

    def _follow(self, number: int | None) -> None:
        self.detail.setText("" if number is None else self._lines[number].sentence)
