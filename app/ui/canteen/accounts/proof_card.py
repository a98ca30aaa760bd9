"""账账相符: the lines of the month against the balances that are kept, for all to see."""

from PySide6.QtCore import Signal

from app.services.meal_months import MealProof
from app.services.points_filter import month_words
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, row, rule, small, title
from app.values.money import yuan

_LINES = ("opening", "paid_in", "eaten", "refunded", "closing", "balances")


class ProofCard(Card):
    """`asked` for the window with all months."""

    asked = Signal()

    def __init__(self, *, button: bool = True) -> None:
        super().__init__(margins=(14, 10, 14, 10), spacing=4)
        self.name = title("")
        self.chip = ChipLabel("")
        self.open = Button("月结", size="small", action="meal_months")
        self.open.clicked.connect(self.asked)
        self.body.addLayout(row(self.name, None, self.chip, *((self.open,) if button else ())))
        self._lines = {name: (small(), Label("")) for name in _LINES}
        for name, (label, figure) in self._lines.items():
            if name == "closing":
                self.body.addWidget(rule())
            self.body.addLayout(row(label, None, figure))

    def words(self, name: str) -> str:
        """What stands in a line: label and figure."""
        label, figure = self._lines[name]
        return f"{label.text()} {figure.text()}"

    def show_proof(self, found: MealProof) -> None:
        """The month as it is now."""
        self.name.setText(month_words(found.month))
        self._put("opening", "上月结余", yuan(found.opening))
        self._put("paid_in", "本月收款", _signed("+", found.paid_in))
        self._put("eaten", "本月用餐", _signed("−", found.eaten))
        self._put("refunded", "本月退款", _signed("−", found.refunded))
        self._put("closing", "流水合计", yuan(found.closing))
        self._put("balances", f"{found.accounts:,} 个账户余额合计", yuan(found.balances))
        wrong = Chip(f"不符・差 {yuan(abs(found.difference))}", "danger")
        self.chip.set_chip(Chip("相符・差 0.00", "ok") if found.agrees else wrong)

    def _put(self, name: str, label: str, figure: str) -> None:
        for one, words in zip(self._lines[name], (label, figure), strict=True):
            one.setText(words)
        self._lines[name][1].set_tone("placeholder" if figure == yuan(0) else "text")


def _signed(sign: str, fen: int) -> str:
    return f"{sign} {yuan(fen)}" if fen else yuan(0)
