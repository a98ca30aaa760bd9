"""Who bears a subsidy by weight: 市 4, 区 4, 街道 1."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from app.models import Payer
from app.services.meal_rule_input import MOST_WEIGHT
from app.services.meal_rule_words import SHORT
from app.ui.kit.labels import row


class WeightsField(QWidget):
    """`value()` is by payer the weight; who has none is left out."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.spins = {payer: self._spin(payer, name) for payer in Payer}
        self.stops = tuple(self.spins.values())
        line = row(*((spin, 1) for spin in self.stops), spacing=8)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFocusProxy(self.stops[0])

    def value(self) -> dict[Payer, int]:
        return {payer: spin.value() for payer, spin in self.spins.items() if spin.value()}

    def set_value(self, weights: Mapping[Payer, int]) -> None:
        for payer, spin in self.spins.items():
            spin.setValue(weights.get(payer, 0))

    def _spin(self, payer: Payer, name: str) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(0, MOST_WEIGHT)
        spin.setPrefix(f"{SHORT[payer]} ")
        spin.setSpecialValueText(f"{SHORT[payer]} —")
        spin.setAccessibleName(f"{name} {payer.label}的份额，0 不承担")
        spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        spin.valueChanged.connect(lambda _: self.changed.emit())
        return spin
