"""疑似重复: people of the file who look alike; merge them, or say that they are two."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import look_alikes
from app.services.residents import ResidentRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableFoot
from app.ui.kit.table_model import PagedTableModel

MOST = 50
Pair = tuple[ResidentRow, ResidentRow]


def _person(row: ResidentRow) -> Cell:
    facts = (row.place, row.document_tail, row.phone_masked)
    return Cell(row.name, sub="・".join(fact for fact in facts if fact), bold=True)


def _why(pair: Pair) -> str:
    same_number = pair[0].document_number and pair[0].document_number == pair[1].document_number
    return "证件号相同" if same_number else "姓名、出生日期相同"


COLUMNS = (
    Column("first", "一条", lambda pair: _person(pair[0]), 260, weight=1),
    Column("second", "另一条", lambda pair: _person(pair[1]), 260, weight=1),
    Column("why", "哪里一样", lambda pair: Cell(_why(pair), tone="warn"), 164),
)


class TwinsDialog(Dialog):
    """`pair` is set when the user wants to compare and merge two people."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("疑似重复的人", parent, width=820)
        self.pair: tuple[int, int] | None = None
        self._context = context
        self._pairs: list[Pair] = []
        self._count = small()
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="疑似重复的人")
        self.table.set_empty(EmptyState("check-circle-outline", "没有疑似重复的人"))
        self.table.setFixedHeight(theme.current().head + 8 * theme.current().row)
        self.table.paper.people = self._people
        self.table.opened.connect(lambda _: self.compare())
        self.body.addWidget(self._count)
        self.body.addWidget(self.table)
        self.body.addWidget(TableFoot(self.table, unit="对"))
        self.add_button(Button("关闭", cap="Esc"), closes=False)
        self.distinct = self.add_button(Button("不是同一人"))
        self.distinct.clicked.connect(self.declare_distinct)
        self.merge = self.add_button(Button("对照合并…", kind="primary"))
        self.merge.clicked.connect(self.compare)
        self._load()
        self.table.setFocus()

    def compare(self) -> None:
        """Close; the page opens the comparison."""
        number = self.table.current_id()
        if number is not None:
            first, second = self._pairs[number]
            self.pair = (first.id, second.id)
            self.accept()

    def declare_distinct(self) -> None:
        """Remember that the two are not the same, and go on with the next pair."""
        number = self.table.current_id()
        if number is None:
            return
        first, second = self._pairs[number]
        sentence = f"{first.name} 与 {second.name} 不是同一人"
        with messages.domain_errors_shown(self):
            with self._context.database.transaction(sentence) as session:
                look_alikes.declare_distinct(
                    session, first.id, second.id, now=self._context.clock.now()
                )
            self._load()
            self.table.setFocus()

    def _people(self, numbers: Sequence[int]) -> list[int]:
        return [one.id for number in numbers for one in self._pairs[number]]

    def _load(self) -> None:
        with self._context.database.reading() as session:
            today = self._context.clock.today()
            self._pairs = look_alikes.pairs(session, today=today, limit=MOST)
        self.model.set_ids(range(len(self._pairs)))
        more = "，处理完再看后面的" if len(self._pairs) == MOST else ""
        self._count.setText(f"{len(self._pairs)} 对{more}" if self._pairs else "")
        for button in (self.distinct, self.merge):
            button.setVisible(bool(self._pairs))
        if self._pairs:
            self.table.select_row(0)

    def _rows(self, numbers: Sequence[int]) -> list[Pair]:
        return [self._pairs[number] for number in numbers]
