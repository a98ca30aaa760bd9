"""The field of the goods: a scanner and ten fingers write into it, and its keys lead the basket."""

import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.kit import theme
from app.ui.kit.search_box import SearchBox

PAUSE = 0.3
"""Seconds after an Enter that brought something in which the next one confirms nothing: a scanner
may send two, and a finger may tremble."""
_MORE, _FEWER = ("+", "＋", "="), ("-", "－")


class GoodsField(SearchBox):
    """Enter with text means an article, Enter without it confirms."""

    confirmed = Signal()
    moved = Signal(int)
    """Up or down, in the hits or in the basket"""
    stepped = Signal(int)
    """One more or one less of a line"""
    removed = Signal()

    def __init__(self) -> None:
        super().__init__(
            "扫条码，或输入拼音首字母、货号",
            name="商品",
            action="redeem",
            icon="barcode-scan",
            latin_only=True,
        )
        self.setFixedHeight(theme.current().px(44 if theme.current().large else 34))
        self.setFont(theme.font("title"))
        self._entered = 0.0
        self.scanned.connect(lambda _: self.rest())
        self.submitted.connect(lambda text: self.rest() if text else None)

    def rest(self) -> None:
        """What comes next within a moment is no confirmation."""
        self._entered = time.monotonic()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif self.text() or not self._leads(event):
            super().keyPressEvent(event)

    def _leads(self, event: QKeyEvent) -> bool:
        """What a key means while nothing is typed; False for keys that write."""
        key, typed = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if time.monotonic() - self._entered > PAUSE and not event.isAutoRepeat():
                self.confirmed.emit()
        elif key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif typed in _MORE or typed in _FEWER:
            self.stepped.emit(1 if typed in _MORE else -1)
        else:
            return False
        return True
