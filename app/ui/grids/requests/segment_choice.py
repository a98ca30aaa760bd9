"""A field of a form with a few answers side by side: arrows move, digits choose."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

from app.ui.kit.segments import Segments


class SegmentChoice(Segments):
    """`value()` is the word of the answer, '' while there is none."""

    changed = Signal()

    def __init__(self, words: Sequence[str], value: str = "") -> None:
        super().__init__([(word, f"{n} {word}", word) for n, word in enumerate(words, start=1)])
        self._words = list(words)
        self._value = ""
        buttons = list[QPushButton](self.findChildren(QPushButton))
        for button in buttons:
            # ←→ choose as they move, as in any row of round buttons; the form has Enter.
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.toggled.connect(self._toggled)
        self._buttons = buttons
        self.setFocusProxy(buttons[0])
        self.set_value(value)

    def value(self) -> str:
        return self._value

    def set_value(self, word: str) -> None:
        """Show an answer without announcing it."""
        self._value = word if word in self._words else ""
        self.show_value(self._value or None)
        if self._value:
            self.setFocusProxy(self._buttons[self._words.index(self._value)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.text().isdigit() and int(event.text()) - 1
        if isinstance(place, int) and 0 <= place < len(self._words):
            self._buttons[place].click()
            self._buttons[place].setFocus()
        else:
            super().keyPressEvent(event)

    def _toggled(self, on: bool) -> None:
        chosen = self.sender()
        if not on or not isinstance(chosen, QPushButton):
            return
        word = self._words[self._buttons.index(chosen)]
        if word != self._value:
            self._value = word
            self.setFocusProxy(chosen)
            self.changed.emit()
