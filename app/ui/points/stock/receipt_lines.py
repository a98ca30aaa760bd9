"""The lines of a receipt while it is written: article, quantity, price paid for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import goods
from app.services.goods import GoodsView
from app.services.receipts import ReceiptLine
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.labels import Label, column, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_foot import TableCard
from app.ui.kit.table_model import PagedTableModel
from app.ui.points.stock.figures import figure, figure_of, money_of, money_words
from app.ui.points.stock.goods_line import GoodsLine


@dataclass(frozen=True, slots=True)
class Entered:
    """A line that was added."""

    view: GoodsView
    quantity: int
    cost: int | None


def _sum(one: Entered) -> str:
    return "" if one.cost is None else money_words(one.cost * one.quantity)


COLUMNS = (
    Column("number", "货号", lambda one: one.view.number, 74),
    Column("name", "品名", lambda one: Cell(one.view.name, sub=one.view.spec, bold=True), 170, 3),
    Column("quantity", "数量", lambda one: f"{one.quantity:,} {one.view.unit}", 92, align="right"),
    Column("cost", "进价", lambda one: money_words(one.cost), 84, align="right"),
    Column("sum", "金额", _sum, 96, align="right"),
    Column("left", "入库后", lambda one: f"{one.view.on_hand + one.quantity:,}", 76, align="right"),
)


class ReceiptLines(QWidget):
    """Enter goes from article to quantity to price, and adds; Del takes a line out again."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._lines: dict[int, Entered] = {}
        self._picked: GoodsView | None = None
        self._costs = True
        self.goods = GoodsLine(context)
        self.quantity = figure(None, hint="数量", name="数量")
        self.cost = figure(None, hint="进价", name="进价，每件几元")
        self.add_button = Button("加入", cap="Enter")
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="入库的商品")
        self.table.paper.offered = False
        self.sums = Label(bold=True)
        self._lay_out()
        self._connect()
        # Enter in the field before comes to the article.
        self.setFocusProxy(self.goods)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._show()

    @property
    def lines(self) -> tuple[ReceiptLine, ...]:
        """As the service books them."""
        return tuple(
            ReceiptLine(one.view.id, one.quantity, one.cost if self._costs else None)
            for one in self._lines.values()
        )

    def value(self) -> list[list[Any]]:
        """What a draft keeps."""
        return [[one.goods_id, one.quantity, one.cost] for one in self.lines]

    def set_value(self, kept: Sequence[Sequence[Any]]) -> None:
        """Lines of a draft; an article that is gone since is left out."""
        with self._context.database.lookup() as lookup:
            today = self._context.clock.today()
            known = goods.some(lookup, [one for one, *_ in kept or ()], today)
        self._lines = {
            one: Entered(known[one], quantity, cost)
            for one, quantity, cost in kept or ()
            if one in known
        }
        self._show()

    def pick(self, view: GoodsView) -> None:
        """This article is next; one that stands in the list is changed."""
        self._picked = view
        self.goods.show_goods(view)
        before = self._lines.get(view.id)
        self.quantity.setText(str(before.quantity) if before else "")
        self.cost.setText(money_words(before.cost).replace(",", "") if before else "")
        self.quantity.setFocus()
        self.quantity.selectAll()

    def add(self) -> None:
        """The line that was typed joins the list, and the next article can be scanned."""
        if self._picked is None:
            self.goods.setFocus()
            return
        with messages.domain_errors_shown(self):
            quantity = figure_of(self.quantity, "数量", "20")
            cost = money_of(self.cost, "进价")
            if not quantity:
                self.quantity.setFocus()
                return
            self._lines[self._picked.id] = Entered(self._picked, quantity, cost)
            self._begin_anew()

    def remove(self) -> None:
        """The current line goes."""
        current = self.table.current_id()
        if current is not None:
            del self._lines[current]
            self._show()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter walks along the line, before a form around it takes the key."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if watched is self.table and event.key() == Qt.Key.Key_Delete:
            self.remove()
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not plain:
            return False
        if watched is self.quantity and self._costs:
            self.cost.setFocus()
        else:
            self.add()
        return True

    def take_enter(self) -> None:
        """Called after the form watches us: the last filter is asked first."""
        for line in (self.quantity, self.cost, self.table, self.add_button):
            line.installEventFilter(self)
        self.goods.installEventFilter(self.goods)

    def show_cost(self, on: bool) -> None:
        """What was given has no price."""
        self._costs = on
        self.cost.setVisible(on)
        self.table.set_column_present("cost", present=on)
        self.table.set_column_present("sum", present=on)
        self._show()

    # -- inside

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.quantity.setFixedWidth(metrics.px(90))
        self.cost.setFixedWidth(metrics.px(90))
        self.table.setMinimumHeight(metrics.px(44) + 4 * metrics.row)
        line = row((self.goods, 1), self.quantity, self.cost, self.add_button)
        foot = row(self.sums, None, small("Del 去掉一行"), margins=(14, 4, 14, 4))
        holder = QWidget()
        holder.setLayout(foot)
        self.setLayout(column(line, (TableCard(self.table, holder), 1), spacing=6))

    def _connect(self) -> None:
        self.goods.picked.connect(self.pick)
        self.goods.missed.connect(self._tell_missed)
        self.add_button.clicked.connect(self.add)
        self.table.opened.connect(lambda key: self.pick(self._lines[key].view))

    def _begin_anew(self) -> None:
        self._picked = None
        for line in (self.goods, self.quantity, self.cost):
            line.clear()
        self._show()
        self.goods.setFocus()
        self.changed.emit()

    def _show(self) -> None:
        self.model.set_ids(list(self._lines))
        if not self._lines:
            advice = "扫条码，写数量，按 Enter 加入。新商品请先在“商品”里新增。"
            self.table.set_empty(EmptyState("barcode-scan", "还没有商品", advice))
        pieces = sum(one.quantity for one in self._lines.values())
        known = [one.cost * one.quantity for one in self.lines if one.cost is not None]
        paid = f"　金额 {money_words(sum(known))} 元" if known else ""
        self.sums.setText(f"{len(self._lines)} 种　{pieces:,} 件{paid}" if self._lines else "")

    def _tell_missed(self, typed: str) -> None:
        messages.tell(self, f"没有“{typed}”这件商品。请核对，或先在“商品”里新增再入库。")
        self.goods.selectAll()

    def _fetch(self, ids: Sequence[int]) -> list[Entered]:
        return [self._lines[one] for one in ids]
