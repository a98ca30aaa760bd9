"""经过: everything that was done to a record, who did it and when; the last steps can go back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import LOOKS as LOOK_ACTIONS
from app.models import Resident
from app.services import history
from app.services.history import HistoryLine, OperationLine
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

CHANGES, LOOKS = "changes", "looks"


def _when(line: HistoryLine) -> Cell:
    return Cell(f"{line.at:%Y-%m-%d}", sub=f"{line.at:%H:%M}")


COLUMNS = (
    Column("at", "时间", _when, 140),
    Column("what", "做了什么", lambda line: Cell(line.sentence), 300, weight=1),
    Column("who", "经办", lambda line: Cell(line.who, tone="text2"), 90),
)


class HistoryDialog(Dialog):
    """Newest first; changes and looks can be seen apart. A long line is written out below."""

    def __init__(
        self, context: Context, resident_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(f"经过：{name}", parent, width=760)
        self.sentence = ""
        """What was done, after the dialog was accepted."""
        self._context = context
        self._lines: list[HistoryLine] = []
        with context.database.reading() as session:
            self._all = history.of_record(session, Resident, resident_id)
        self._make_table(name)
        self.kind = FilterChip("全部")
        self.kind.set_choices([(CHANGES, "只看改动"), (LOOKS, "只看查看、打印和导出")])
        self.kind.changed.connect(lambda _: self._show())
        self._count, self.detail = small(), small(wrap=True)
        self.detail.setMinimumHeight(2 * theme.current().px(18))
        self.body.addLayout(row(self.kind, None, self._count))
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="条"))
        self.body.addWidget(self.detail)
        self.undo_button = self.add_button(Button("撤销这一步…"))
        self.undo_button.clicked.connect(self.undo)
        self.add_button(Button("关闭", kind="primary", cap="Esc"), closes=False)
        self._show()
        self.table.setFocus()

    def undo(self) -> None:
        """Take the chosen step back, after saying how much it touched."""
        step = self._step()
        if step is None:
            return
        text = (
            f"这一步改动了 {step.rows:,} 条记录，都恢复成原来的样子；之后又改过的不动，会告诉您。"
        )
        if not messages.confirm(self, f"撤销“{step.sentence}”？", text, "撤销这一步"):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(f"撤销：{step.sentence}"[:300]) as session:
                undone = history.undo(session, step.id)
            self.sentence = undone.sentence
            self.accept()

    def _make_table(self, name: str) -> None:
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="经过")
        self.table.paper.title = f"{name} 的经过"
        self.table.paper.filter_words = lambda: self.kind.text() if self.kind.value else ""
        self.table.setFixedHeight(theme.current().head + 8 * theme.current().row)
        self.table.set_empty(EmptyState("history", "还没有这样的记录"))
        self.table.current_changed.connect(self._follow)

    def _show(self) -> None:
        wanted = self.kind.value
        self._lines = [
            line
            for line in self._all
            if wanted is None or (line.action in LOOK_ACTIONS) == (wanted == LOOKS)
        ]
        self.model.set_ids(range(len(self._lines)))
        self._count.setText(f"{len(self._lines):,} 条")
        if self._lines:
            self.table.select_row(0)
        self._follow(self.table.current_id())

    def _follow(self, number: int | None) -> None:
        self.detail.setText("" if number is None else self._lines[number].sentence)
        self.undo_button.setVisible(self._step() is not None)

    def _step(self) -> OperationLine | None:
        """The chosen step, if it can be taken back.

        Not the first of all: with it the record itself would go, and with an import everybody's.
        """
        number = self.table.current_id()
        if number is None or self._lines[number].action in LOOK_ACTIONS:
            return None
        if self._lines[number] is self._all[-1]:
            return None
        with self._context.database.reading() as session:
            after = self._lines[number].operation_id + 1
            steps = history.recent(session, limit=1, before_id=after)
        return steps[0] if steps and steps[0].undoable else None

    def _rows(self, numbers: Sequence[int]) -> list[HistoryLine]:
        return [self._lines[number] for number in numbers]
