"""The line in which a count is typed: article, how many there are, why it differs."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.goods import GoodsView
from app.services.stocktakes import CountRow
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.forms import choice
from app.ui.kit.labels import row, small
from app.ui.points.stock.figures import figure, figure_of
from app.ui.points.stock.goods_line import GoodsLine
from app.values.figures import signed

REASONS = ["丢失", "破损", "过期", "兑换漏记", "入库漏记", "数错了"]


class CountLine(Card):
    """Scan or type the article, Enter, the number, Enter; a difference asks for its reason."""

    counted = Signal(int, int, str)
    """Article, how many, reason"""
    scanned = Signal(int)
    """An article of which there is one more"""

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(12, 8, 12, 8), spacing=0)
        self._rows: Mapping[int, CountRow] = {}
        self._picked: CountRow | None = None
        self._by_ones = False
        self.goods = GoodsLine(context, name="盘点的商品")
        self.number = figure(None, hint="实盘数", name="实盘数")
        self.reason = choice(REASONS, name="差异原因", editable=True)
        self.hint = small()
        self.enter = Button("录入", cap="Enter")
        self._lay_out()
        self.goods.picked.connect(self._take)
        self.goods.missed.connect(self._tell_missed)
        self.number.returnPressed.connect(self._go_on)
        self.number.textChanged.connect(lambda _: self._show_hint())
        self.reason.setCurrentText("")
        edit = self.reason.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("差异原因")
            edit.returnPressed.connect(self.save)
        self.enter.clicked.connect(self.save)

    def offer(self, rows: Mapping[int, CountRow]) -> None:
        """What there is to count."""
        self._rows = rows

    def count_by_ones(self, on: bool) -> None:
        """Whether a scan alone counts a piece, without a number typed."""
        self._by_ones = on
        for widget in (self.number, self.reason, self.enter):
            widget.setEnabled(not on)
        self.begin()

    def begin(self) -> None:
        """Ready for the next article."""
        self._picked = None
        self.goods.show_goods(None)
        self.number.clear()
        self.reason.setCurrentText("")
        self._show_hint()
        self.goods.setFocus()

    def pick(self, one: CountRow) -> None:
        """This article is counted next."""
        self._picked = one
        self.goods.setText(f"{one.number} {one.name} {one.spec}".strip())
        self.number.setText("" if one.counted is None else str(one.counted))
        self.reason.setCurrentText(one.reason)
        self.number.setFocus()
        self.number.selectAll()
        self._show_hint()

    def save(self) -> None:
        """Hand the count on, once it is whole."""
        if self._picked is None:
            self.goods.setFocus()
            return
        with messages.domain_errors_shown(self):
            number = figure_of(self.number, "实盘数", "12")
            if number is None:
                self.number.setFocus()
                return
            reason = self.reason.currentText().strip()
            self.counted.emit(self._picked.goods_id, number, reason)

    def _go_on(self) -> None:
        """A number that differs is asked for its reason, once."""
        if self._differs() and not self.reason.currentText().strip():
            self.reason.setFocus()
        else:
            self.save()

    def _lay_out(self) -> None:
        px = theme.current().px
        self.number.setFixedWidth(px(96))
        self.reason.setFixedWidth(px(140))
        self.hint.setMinimumWidth(px(110))
        line = row((self.goods, 1), self.number, self.reason, self.enter, self.hint, spacing=8)
        self.body.addLayout(line)
        before: QWidget = self.goods
        for widget in (self.number, self.reason, self.enter):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _take(self, view: GoodsView) -> None:
        one = self._rows.get(view.id)
        if one is None:
            self._tell_missed(view.title)
        elif self._by_ones:
            self.scanned.emit(one.goods_id)
        else:
            self.pick(one)

    def _differs(self) -> bool:
        typed = self.number.text().strip()
        return self._picked is not None and typed.isdecimal() and int(typed) != self._picked.book

    def _show_hint(self) -> None:
        one, typed = self._picked, self.number.text().strip()
        if one is None or not typed.isdecimal():
            self.hint.setText(f"账面 {one.book:,} {one.unit}" if one is not None else "")
            return
        difference = int(typed) - one.book
        self.hint.setText(
            f"账面 {one.book:,}，{f'差 {signed(difference)}' if difference else '相符'}"
        )

    def _tell_missed(self, typed: str) -> None:
        messages.tell(self, f"没有“{typed}”这件商品，或者它已经下架又没有库存。请核对条码或货号。")
        self.goods.selectAll()
