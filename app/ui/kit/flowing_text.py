"""Some lines of text in a form that Enter walks through."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from app.ui.kit import theme


class FlowingText(QPlainTextEdit):
    """Some lines of text. Enter goes on to the next field: a line of a ledger has no breaks."""

    passed = Signal(bool)
    """Enter, or Shift+Enter (True)"""

    def __init__(self, *, hint: str, lines: int) -> None:
        super().__init__()
        metrics = theme.current()
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + metrics.px(20))
        self.textChanged.connect(lambda: theme.ensure_glyphs(self.toPlainText()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.passed.emit(back)
            return
        super().keyPressEvent(event)
