"""Figures side by side, each with its word below: as many as the width holds."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.tokens import COLORS

Figure = tuple[int, str]
GAP = 22


class FigureRow(QWidget):
    """`left_out` tells how many figures found no room; those at the front come first."""

    left_out = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._figures: Sequence[Figure] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Numbers with their words, in the order of their weight."""
        self._figures = tuple(figures)
        self.setAccessibleName("，".join(f"{words} {number:,}" for number, words in figures))
        self._count()
        self.update()

    def fitting(self) -> Sequence[Figure]:
        """The figures that are seen."""
        room, found = self.width(), []
        for figure in self._figures:
            room -= _width(figure)
            if room < 0:
                break
            found.append(figure)
            room -= theme.current().px(GAP)
        return found

    def sizeHint(self) -> QSize:
        return QSize(0, theme.current().px(40))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._count()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fitting()
        used = sum(_width(one) for one in shown)
        # Spread like the columns of a table, but never so far that words lose their figures.
        most = theme.current().px(2 * GAP)
        gap = min(most, (self.width() - used) // max(1, len(shown) - 1))
        x = 0
        for figure in shown:
            self._paint(painter, QRect(x, 0, _width(figure), self.height()), figure)
            x += _width(figure) + gap

    def _paint(self, painter: QPainter, place: QRect, figure: Figure) -> None:
        number, words = figure
        painter.setFont(theme.font("title", bold=True))
        painter.setPen(QColor(COLORS.text))
        painter.drawText(place, Qt.AlignmentFlag.AlignTop, f"{number:,}")
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom, words)

    def _count(self) -> None:
        self.left_out.emit(len(self._figures) - len(self.fitting()))


def _width(figure: Figure) -> int:
    number, words = figure
    return max(
        theme.text_width(f"{number:,}", "title", bold=True), theme.text_width(words, "small")
    )
