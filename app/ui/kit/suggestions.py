"""The list that hangs below a line while somebody types in it; the line keeps the focus."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from app.ui.kit import theme


class Suggestions(QCompleter):
    """Whoever asks the file says what is shown; `activated` carries the line that was taken.

    The open list hands Enter to the line, which asks `is_open` and `chosen`.
    """

    def __init__(self, edit: QLineEdit, *, width: int = 300) -> None:
        """`width` in the pixels of 标准, at least."""
        self._lines = QStringListModel()
        super().__init__(self._lines, edit)
        self._lines.setParent(self)
        self._width = width
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView()
        theme.dress(popup)
        popup.setObjectName("choices")
        self.setPopup(popup)
        self.setWidget(edit)

    @property
    def is_open(self) -> bool:
        return self.popup().isVisible()

    @property
    def chosen(self) -> str | None:
        """The line that the arrows reached; None where nobody went into the list."""
        current = self.popup().currentIndex()
        return str(current.data()) if self.is_open and current.isValid() else None

    def offer(self, lines: Sequence[str]) -> None:
        """Other lines; none closes the list."""
        self._lines.setStringList(list(lines))
        if lines:
            self.complete()
            self.popup().setMinimumWidth(theme.current().px(self._width))
        else:
            self.close()

    def close(self) -> None:
        """Nothing more hangs below the line."""
        self.popup().hide()


def suggest(edit: QLineEdit, lines: Sequence[str]) -> None:
    """Offer the lines that begin with what is typed."""
    completer = QCompleter(list(lines), edit)
    theme.dress(completer.popup())
    edit.setCompleter(completer)
