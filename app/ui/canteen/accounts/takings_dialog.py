"""收款日报: what the till must have at the end of a day."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import meal_takings
from app.services.meal_takings import Taking
from app.ui.canteen.accounts import printing
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.date_line import NearLine
from app.values.money import yuan
from app.values.rights import Right

COLUMNS = (
    Column("words", "项目", lambda one: Cell(one.words, bold=True), 150, weight=1),
    Column("tender", "方式", lambda one: one.tender.label, 96),
    Column("times", "笔数", lambda one: f"{one.times:,}", 66, align="right"),
    Column("amount", "金额", lambda one: yuan(one.amount), 104, align="right"),
)


class TakingsDialog(Dialog):
    """The present day first; any other may be typed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("收款日报", parent, width=600)
        self._context = context
        self._lines: tuple[Taking, ...] = ()
        today = context.clock.today()
        self.day = NearLine(today, today)
        self.day.setAccessibleName("日期")
        self.day.setFixedWidth(theme.current().px(130))
        self.cash = Label("", "h2", bold=True, tone="primary")
        self.other = small()
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="收款日报")
        self.table.paper.personal = False
        self.table.set_empty(EmptyState("cash-register", "这一天没有收付款"))
        self.paper = Button("打印交款单", size="small", icon="printer-outline", action="print")
        offer(context.may(Right.PRINT), self.paper)
        self._lay_out()
        self.day.changed.connect(self.read)
        self.paper.clicked.connect(self.print_out)
        keys.bind(self, "print", self.print_out)
        self.read()
        self.table.setFocus()

    def read(self) -> None:
        """The day that is typed; nothing while it is none."""
        day = self.day.value()
        if day is None:
            return
        with self._context.database.lookup() as lookup:
            found = meal_takings.takings(lookup, day)
        self._lines = found.lines
        self.model.set_ids(list(range(len(self._lines))))
        self.cash.setText(f"现金应交 {yuan(found.cash)} 元")
        self.other.setText(f"非现金 {yuan(found.other)} 元" if found.other else "")

    def print_out(self) -> None:
        """交款单 with the lines to sign on."""
        day = self.day.value()
        if day is not None and self._context.may(Right.PRINT):
            printing.print_takings(self._context, self, day)

    def _lay_out(self) -> None:
        self.body.addLayout(row(Label("日期"), self.day, None, self.other, self.cash, spacing=10))
        card = TableCard(self.table, TableFoot(self.table, unit="项"))
        card.setMinimumHeight(theme.current().px(270))
        self.body.addWidget(card, 1)
        self.body.addLayout(row(self.paper, None))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _fetch(self, ids: Sequence[int]) -> list[Taking]:
        return [self._lines[number] for number in ids]
