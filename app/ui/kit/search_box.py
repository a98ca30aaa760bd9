"""The search box: icon, key cap, and a scanner that types faster than a hand."""

import time

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.ui.kit import icons, keys, paint, theme

BURST_GAP = 0.035
"""Seconds between two keys of a wedge scanner at most; hands need three times as long."""
BURST_LENGTH = 6
_PAUSE_MS = 150


class SearchBox(QLineEdit):
    """Announces every change at once; a scanner's burst ending in Enter is told apart."""

    searched = Signal(str)
    paused = Signal(str)
    """After a pause in typing: for a list that asks the file, where no keystroke is to wait."""
    scanned = Signal(str)
    submitted = Signal(str)
    left_down = Signal()
    """Down was pressed: the list wants the focus."""

    def __init__(
        self,
        hint: str,
        *,
        name: str,
        action: str = "search",
        icon: str = "magnify",
        latin_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cap = keys.cap(action) if action else ""
        self._icon = icon
        self._burst = ""
        self._last_key = 0.0
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if latin_only:
            self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly)
        metrics = theme.current()
        right = paint.cap_width(self._cap) + metrics.px(6) if self._cap else 0
        self.setTextMargins(metrics.icon + metrics.px(6), 0, right, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.paused.emit(self.text()))
        self.textChanged.connect(self.searched)
        self.textChanged.connect(lambda _: self._pause.start())

    def bind(self, owner: QWidget) -> None:
        """F3 and Ctrl+F come here while `owner` is visible; what stands here is typed over."""
        for action in ("search", "search_alt"):
            keys.bind(owner, action, self._come)

    def settle(self) -> None:
        """Whoever reads at once needs not be told of the pause."""
        self._pause.stop()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and self._has_nothing_to_undo(event):
            # A line edit claims Ctrl+Z whenever it has the focus, as this one has after a start.
            event.ignore()
            return False
        return super().event(event)

    def _has_nothing_to_undo(self, event: QEvent) -> bool:
        undo = QKeySequence.StandardKey.Undo
        return isinstance(event, QKeyEvent) and event.matches(undo) and not self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Ctrl+Enter is the dialog's: it takes what is ticked.
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            elif not event.isAutoRepeat():
                self._enter()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            self._note_key(event.text())
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        metrics = theme.current()
        side = metrics.icon
        place = QRect(metrics.px(9), (self.height() - side) // 2, side, side)
        icons.draw(painter, place, self._icon)
        if self._cap:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x = self.width() - paint.cap_width(self._cap) - metrics.px(9)
            paint.key_cap(painter, x, self.height() / 2, self._cap)

    def _come(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _note_key(self, text: str) -> None:
        now = time.monotonic()
        if now - self._last_key > BURST_GAP:
            self._burst = ""
        self._burst += text if text.isprintable() else ""
        self._last_key = now

    def _enter(self) -> None:
        burst, fast = self._burst, time.monotonic() - self._last_key <= BURST_GAP
        self._burst = ""
        if fast and len(burst) >= BURST_LENGTH:
            self.clear()
            self.scanned.emit(burst)
        else:
            self.submitted.emit(self.text())
