"""经过: everything that was done to a record, who did it and when; the last steps can go back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import LOOKS as LOOK_ACTIONS
from app.models import Base, Resident
from app.services import history, steps
from app.services.history import HistoryLine, OperationLine
from app.services.undone import Undone, may_undo
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import FilterChip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import hide_unless, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.recent.taking_back import take_back

CHANGES, LOOKS = "changes", "looks"


@dataclass(frozen=True)
class Record:
    """Whose 经过 a button shows: a row of a table, or all rows of some."""

    model: type[Base] | Sequence[type[Base]]
    id: int | None
    name: str


def history_button(context: Context, owner: QWidget, of: Callable[[], Record | None]) -> Button:
    """经过 of what `of` names when it is pressed; nothing where it names nothing."""
    button = Button("经过", kind="ghost", size="small", icon="history")

    def show() -> None:
        record = of()
        if record is not None:
            HistoryDialog(context, record.model, record.id, record.name, owner.window()).exec()

    button.clicked.connect(show)
    return button


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
        self,
        context: Context,
        model: type[Base] | Sequence[type[Base]],
        record_id: int | None,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Of one record, or of all of some tables where `record_id` is None."""
        super().__init__(f"经过：{name}", parent, width=760)
        self._context = context
        self._lines: list[HistoryLine] = []
        self._of_one = record_id is not None
        with context.database.reading() as session:
            if isinstance(model, type):
                model = (model,)
            self._all = (
                history.of_tables(session, model)
                if record_id is None
                else history.of_record(session, model[0], record_id)
            )
        self._make_table(name)
        if record_id is not None and model[0] is Resident:
            self.table.paper.people = lambda _: [record_id]
        self.kind = FilterChip("全部")
        self.kind.set_choices([(CHANGES, "只看改动"), (LOOKS, "只看查看、打印和导出")])
        self.kind.changed.connect(lambda _: self._show())
        hide_unless(any(line.action in LOOK_ACTIONS for line in self._all), self.kind)
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
        """Take the chosen step back, after saying what it touched; closes when it is done."""
        line = self._step()
        if line is None:
            return
        with self._context.database.reading() as session:
            step = steps.step_of(session, line.id)
        if step.undoable:
            take_back(self, self._context, [step], done=self._done)
        else:
            messages.tell(self, f"“{step.sentence}”{step.note}。", "没有撤销")

    def _done(self, _outcome: Undone) -> None:
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

        Not the first of a record: with it the record itself would go, and with an import
        everybody's.
        """
        number = self.table.current_id()
        if number is None or self._lines[number].action in LOOK_ACTIONS:
            return None
        if self._of_one and self._lines[number] is self._all[-1]:
            return None
        with self._context.database.reading() as session:
            after = self._lines[number].operation_id + 1
            found = history.recent(session, limit=1, before_id=after)
        if not found or not found[0].undoable or found[0].details.get("undoes"):
            return None
        return found[0] if may_undo(self._context.user, found[0].who) else None

    def _rows(self, numbers: Sequence[int]) -> list[HistoryLine]:
        return [self._lines[number] for number in numbers]
