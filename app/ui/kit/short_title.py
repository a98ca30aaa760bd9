"""One line that never widens what it stands in: names have up to 60 characters."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.labels import tip_of
from app.ui.kit.tokens import COLORS


class ShortTitle(QWidget):
    """Ends in … where the room ends; the tool tip tells all of it."""

    def __init__(self, role: str = "title", *, bold: bool = True, color: str = COLORS.text) -> None:
        super().__init__()
        self._words = ""
        self._color = color
        self._font = theme.font(role, bold=bold)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(24 if role == "title" else 19))

    def text(self) -> str:
        return self._words

    def setText(self, words: str) -> None:
        theme.ensure_glyphs(words)
        self._words = words
        self.setAccessibleName(words)
        self.setToolTip(tip_of(words))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(60), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(QColor(self._color))
        room = self.rect()
        words = painter.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
