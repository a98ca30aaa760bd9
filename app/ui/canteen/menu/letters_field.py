"""In which set meals a dish is: one switch for each letter, worked by the letter's own key."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.canteens import SetView
from app.ui.kit import theme
from app.ui.kit.chips import SwitchChip
from app.ui.kit.labels import row, small


class LettersField(QWidget):
    """`value()` is AB. A letter switches its set; the space bar the one with the focus."""

    changed = Signal()

    def __init__(self, sets: Sequence[SetView], value: str = "") -> None:
        super().__init__()
        letters = sorted({*(one.letter for one in sets), *value})
        self.chips = {letter: SwitchChip(f"{letter} 餐") for letter in letters}
        none = () if letters else (small("这一天没有套餐，只单点"),)
        self.setLayout(row(*self.chips.values(), *none, None, spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(theme.current().control)
        self.set_value(value)
        for chip in self.chips.values():
            chip.changed.connect(lambda _: self.changed.emit())
        if self.chips:
            self.setFocusProxy(next(iter(self.chips.values())))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Enter goes from the first to the next field: the letters reach the others."""
        return tuple(self.chips.values())[:1]

    def value(self) -> str:
        return "".join(letter for letter, chip in self.chips.items() if chip.on)

    def set_value(self, value: str) -> None:
        for letter, chip in self.chips.items():
            chip.show_on(letter in value)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        letter = event.text().upper()
        if letter in self.chips:
            self.set_value(_switched(self.value(), letter))
        else:
            super().keyPressEvent(event)


def _switched(value: str, letter: str) -> str:
    return value.replace(letter, "") if letter in value else value + letter
