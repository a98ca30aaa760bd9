"""The one input of the counter: a card, letters, a voucher; then one key for set and payment."""

import time

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.kit import theme
from app.ui.kit.search_box import BURST_GAP, SearchBox

PAUSE = 0.3
"""Seconds after a scan or an Enter that brought somebody in which the next Enter logs nothing: a
scanner may send two, and a finger may tremble."""
_LOOK_MS = 60
"""A scanner's letters come faster: nobody is looked for while it types."""
_HOLD_MS = 60
_MORE, _FEWER = ("+", "＋", "="), ("-", "－")
_HINT, _LARGE_HINT = "刷卡，或输入拼音首字母、房号、手机尾号", "刷卡 / 拼音 / 房号 / 手机尾号"


class EaterField(SearchBox):
    """While `leads` is on and nothing is typed, keys are about the meal of who stands there.

    A key that means something is held back for a moment: it may be the first of a scan.
    """

    confirmed = Signal()
    """Enter while nothing is typed"""
    moved = Signal(int)
    lettered = Signal(str)
    """A letter or a digit that is no text"""
    stepped = Signal(int)
    """One portion more or less"""
    held = Signal()
    """Space: whoever is shown stays, and keys are about the meal"""

    def __init__(self) -> None:
        large = theme.current().large
        super().__init__(
            _LARGE_HINT if large else _HINT,
            name="用餐的人",
            action="find_person",
            icon="card-account-details-outline",
            latin_only=True,
        )
        self.leads = False
        self.numbers = False
        """The hits below carry digits"""
        self._entered = 0.0
        self._waiting = ""
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(_HOLD_MS)
        self._hold.timeout.connect(self.act)
        self._pause.setInterval(_LOOK_MS)
        self._grow(theme.current().control if large else theme.current().main)
        self.scanned.connect(lambda _: self.rest())

    def rest(self) -> None:
        """What comes next within a moment logs nothing."""
        self._entered = time.monotonic()

    @property
    def rested(self) -> bool:
        """Whether an Enter now is somebody's own."""
        return time.monotonic() - self._entered > PAUSE

    def _grow(self, height: int) -> None:
        """Higher than the fields of a form: the program's style sheet says how high those are."""
        self.setFont(theme.font("title"))
        free, focused = (
            f"min-height:{one}px; max-height:{one}px" for one in (height - 2, height - 4)
        )
        self.setStyleSheet(f"QLineEdit {{ {free} }} QLineEdit:focus {{ {focused} }}")

    def act(self) -> None:
        """The key that was held back was no scan."""
        self._hold.stop()
        letter, self._waiting = self._waiting, ""
        if letter:
            self.lettered.emit(letter)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._end_waiting(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif not self._is_command(event):
            super().keyPressEvent(event)

    def _end_waiting(self, event: QKeyEvent) -> None:
        """A key right behind another is a scan: what was held back belongs to its text."""
        if not self._waiting:
            return
        if time.monotonic() - self._last_key <= BURST_GAP and event.text().isprintable():
            self._hold.stop()
            first, self._waiting = self._waiting, ""
            self.insert(first)
        else:
            self.act()

    def _is_command(self, event: QKeyEvent) -> bool:
        typed, empty = event.text(), not self.text()
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        if event.key() == Qt.Key.Key_Space:
            self.held.emit()
        elif empty and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._burst = ""
            if self.rested and not event.isAutoRepeat():
                self.confirmed.emit()
        elif empty and self.leads and (typed in _MORE or typed in _FEWER) and typed:
            self.stepped.emit(1 if typed in _MORE else -1)
        elif self._means_something(typed, empty=empty):
            self._note_key(typed)
            self._waiting = typed
            self._hold.start()
        else:
            return False
        return True

    def _means_something(self, typed: str, *, empty: bool) -> bool:
        """Text in front of it makes a key a part of the text; but for the digits of the hits."""
        plain = len(typed) == 1 and typed.isascii()
        if empty:
            return self.leads and plain and typed.isalnum()
        number = plain and typed.isdigit() and typed != "0"
        return self.numbers and number and not self.text()[0].isdigit()
