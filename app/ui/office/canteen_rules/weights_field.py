"""Who bears a subsidy by weight: 市财政 4, 区财政 4, 街道 1."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from app.models import Payer
from app.services.meal_rule_changes import MOST_WEIGHT
from app.ui.kit.labels import column, row, small

_SHORT = {
    Payer.CITY: "市财政",
    Payer.DISTRICT: "区财政",
    Payer.STREET: "街道",
    Payer.OPERATOR: "运营单位",
    Payer.DONOR: "慈善捐赠",
}


class WeightsField(QWidget):
    """`value()` is by payer the weight; who has none is left out."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.spins = {payer: self._spin(payer, name) for payer in Payer}
        self.stops = tuple(self.spins.values())
        parts = (
            (column(small(_SHORT[payer]), spin, spacing=2), 1) for payer, spin in self.spins.items()
        )
        line = row(*parts, spacing=8)
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
        spin.setSpecialValueText("—")
        spin.setAccessibleName(f"{name} {payer.label}的份额，0 不承担")
        spin.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        spin.valueChanged.connect(lambda _: self.changed.emit())
        return spin
