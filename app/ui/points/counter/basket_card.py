"""兑换篮: what is taken, what remains, and the button that books it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.labels import row, small, title
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.totals_line import TotalsLine
from app.ui.points.counter.basket import BasketLine, Lines
from app.ui.points.counter.equation import Equation
from app.ui.points.counter.till import Till


def _left(line: BasketLine) -> Cell:
    return Cell(str(line.left), tone="danger" if line.left < 0 else "")


COLUMNS = (
    Column("number", "行", lambda line: Cell(str(line.number)), 44),
    Column("name", "商品", lambda line: Cell(line.view.name, sub=line.view.spec), 170, weight=1),
    Column("points", "单价", lambda line: Cell(str(line.view.points)), 62, align="right"),
    Column("quantity", "数量", lambda line: Cell(str(line.quantity)), 62, align="right"),
    Column("total", "小计", lambda line: Cell(f"{line.points:,}", bold=True), 76, align="right"),
    Column("left", "兑后库存", _left, 88, align="right"),
)


class BasketCard(Card):
    """Shows a Till; the keys come from the field above it."""

    def __init__(self, till: Till) -> None:
        super().__init__(margins=(1, 8, 1, 1), spacing=6)
        self._till = till
        self._shown = Lines()
        """What stands in the table: a moment longer than it stands in the till"""
        self.model = PagedTableModel(COLUMNS, self._rows, parent=self)
        self.table = PagedTable(self.model, name="兑换篮")
        self.verdict = small()
        self.hold = Button("挂单", action="hold_basket")
        self.resume = Button("取单", action="resume_basket")
        self.sums = TotalsLine(self.table)
        self.equation = Equation(till)
        self._lay_out()

    @property
    def place(self) -> int:
        """The line that + − Del mean; -1 without one."""
        return self.table.currentIndex().row()

    def show_till(self) -> None:
        """Everything anew; the marked line stays marked."""
        till, place = self._till, self.place
        self._shown = till.lines
        self.model.set_ids(list(range(len(till.lines))))
        if len(till.lines):
            self.mark(min(max(place, 0), len(till.lines) - 1))
        verdict = till.verdict
        self.verdict.setText(verdict.words)
        self.verdict.set_tone("ok" if verdict.ok else "danger" if len(till.lines) else "text2")
        self.show_held()
        self._show_sums()
        self.equation.show_till()

    def show_held(self) -> None:
        """What may be put on hold, and how many wait: all that counts while nobody is there."""
        held = self._till.held
        self.hold.setEnabled(len(self._till.lines) > 0)
        self.resume.setEnabled(held > 0)
        self.resume.setText(f"取单 {held} 笔" if held else "取单")

    def mark(self, place: int) -> None:
        """Let this line be the one that the keys mean."""
        self.table.select_row(place)

    def _show_sums(self) -> None:
        lines = self._till.lines
        figures = {"quantity": str(lines.pieces), "total": f"{lines.points:,} 分"}
        some = len(lines) > 0
        self.sums.show_sums(f"合计 {len(lines)} 种" if some else "合计", figures if some else {})

    def _lay_out(self) -> None:
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.paper.offered = False
        self.table.paper.people = lambda _: []
        self.table.set_empty(EmptyState("basket-outline", "选好的商品在这里"))
        buttons = (self.hold, self.resume)
        head = row(title("兑换篮"), self.verdict, None, *buttons, margins=(15, 0, 12, 0))
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.sums)
        self.body.addWidget(self.equation)

    def _rows(self, ids: Sequence[int]) -> list[BasketLine]:
        return [self._shown[one] for one in ids]
