"""The line of fields under a list: typed for the current row, Enter takes it and goes on."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.kit import theme
from app.ui.kit.labels import Label, row, small

_STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class EntryLine(QWidget):
    """`fields`: label, edit, unit behind it, width in pixels of 标准 (0 takes what is left)."""

    noted = Signal()
    """Enter in a field: the row is done"""
    stepped = Signal(int)
    left = Signal()
    """Esc: back to the list"""

    def __init__(self, fields: Sequence[tuple[str, QLineEdit, str, int]]) -> None:
        super().__init__()
        self.edits = [edit for _, edit, _, _ in fields]
        parts: list[object] = []
        for words, edit, unit, width in fields:
            edit.setAccessibleName(words)
            if width:
                edit.setFixedWidth(theme.current().px(width))
            edit.installEventFilter(self)
            label = Label(words, tone="text2")
            parts += [label, edit if width else (edit, 1), *([small(unit)] if unit else []), 4]
        stretch = [] if any(not width for _, _, _, width in fields) else [None]
        self.setLayout(row(*parts, *stretch, spacing=6))  # type: ignore[arg-type]  # widgets, gaps

    def begin(self, place: int = 0) -> None:
        """Type into the first field that can be typed into, from `place` on."""
        for edit in self.edits[place:]:
            if edit.isEnabled() and not edit.isReadOnly():
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                edit.selectAll()
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.noted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _STEPS and plain:
            self.stepped.emit(_STEPS[event.key()])
        else:
            return False
        return True
