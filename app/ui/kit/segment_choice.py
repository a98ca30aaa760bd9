"""A field of a form with a few answers side by side: arrows move, digits choose."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from app.ui.kit.segments import Segments


class SegmentChoice(Segments):
    """`value()` is the word of the answer, None while there is none."""

    changed = Signal()

    def __init__(self, words: Sequence[str], value: str = "") -> None:
        super().__init__([(word, f"{n} {word}", word) for n, word in enumerate(words, start=1)])
        self._buttons = list[QPushButton](self.findChildren(QPushButton))
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self._buttons[0])
        self.chosen.connect(lambda _: self.changed.emit())
        self.set_value(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        place = int(digit) - 1 if digit.isdigit() else -1
        if 0 <= place < len(self._buttons):
            self._buttons[place].setFocus()
            self._buttons[place].click()
        else:
            super().keyPressEvent(event)
