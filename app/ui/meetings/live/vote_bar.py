"""The bar of a vote: the figures side by side, and the line that has to be reached."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import theme
from app.ui.kit.tokens import COLORS

PARTS = (
    ("赞成", COLORS.primary, COLORS.surface),
    ("反对", COLORS.warn, COLORS.surface),
    ("弃权", COLORS.text2, COLORS.surface),
    ("无效", COLORS.thumb, COLORS.text),
)
_MARK, _BAR, _THIN, _CLOSE = 20, 20, 18, 5


class VoteBar(QWidget):
    """`show_votes` with the whole against which it is drawn and the least that passes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._votes: Sequence[int] = (0, 0, 0, 0)
        self._whole, self._line, self._words = 0, 0.0, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._above = _MARK
        self._figure: Callable[[int], str] = "{:,}".format
        self.set_compact(False)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(240), self.height())

    def set_figure(self, figure: Callable[[int], str]) -> None:
        """How a number is written in the bar: areas are kept in 0.01 m²."""
        self._figure = figure

    def set_compact(self, on: bool) -> None:
        """Two of them stand closer together, without the words above the line."""
        self._above = _CLOSE if on else _MARK
        self.setFixedHeight(theme.current().px(self._above + (_THIN if on else _BAR) + _CLOSE))
        self.update()

    def show_votes(
        self, votes: Sequence[int], whole: int, line: float = 0.0, words: str = ""
    ) -> None:
        """`line` in the same unit as the votes, 0 for none; `words` stand above it."""
        self._votes, self._whole, self._line, self._words = tuple(votes), whole, line, words
        told = "，".join(
            f"{name} {self._figure(n)}" for (name, *_), n in zip(PARTS, votes, strict=True)
        )
        self.setAccessibleName(f"{told}；{words}" if words else told)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        px = theme.current().px
        painter = QPainter(self)
        bar = QRect(0, px(self._above), self.width(), self.height() - px(self._above + _CLOSE))
        painter.fillRect(bar, QColor(COLORS.neutral_soft))
        self._paint_parts(painter, bar)
        if self._line and self._whole:
            self._paint_line(painter, bar)

    def _paint_parts(self, painter: QPainter, bar: QRect) -> None:
        painter.setFont(theme.font("small", bold=True))
        start, done = bar.x(), 0
        whole = max(self._whole, sum(self._votes), 1)
        for (name, ground, ink), number in zip(PARTS, self._votes, strict=True):
            done += number
            end = bar.x() + round(bar.width() * done / whole)
            place = QRect(start, bar.y(), end - start, bar.height())
            painter.fillRect(place.adjusted(0, 0, -1, 0), QColor(ground))
            words = f"{name} {self._figure(number)}"
            if theme.text_width(words, "small", bold=True) + 8 <= place.width():
                painter.setPen(QColor(ink))
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
            start = end

    def _paint_line(self, painter: QPainter, bar: QRect) -> None:
        whole = max(self._whole, sum(self._votes), 1)
        x = bar.x() + round(bar.width() * min(1.0, self._line / whole))
        painter.setPen(QPen(QColor(COLORS.text), 2))
        painter.drawLine(x, bar.y() - 5, x, bar.bottom() + 5)
        if self._above < _MARK:
            return
        painter.setFont(theme.font("small"))
        width = theme.text_width(self._words, "small")
        left = x + 6 if x + 6 + width <= self.width() else x - 6 - width
        place = QRect(left, 0, width + 2, bar.y() - 2)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._words)
