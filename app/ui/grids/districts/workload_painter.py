"""How a line of the comparison is drawn: name, member, four bars with their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import paint, theme
from app.ui.kit.labels import RIGHT_MIDDLE
from app.ui.kit.tokens import COLORS

if TYPE_CHECKING:
    from app.ui.grids.districts.workload_list import Bar, Line

_NAMES, _MARGIN, _GAP = 0.24, 16, 18
_BAR = 7


def columns(width: int, count: int) -> list[QRect]:
    """x and width of the name and of each bar, in a line of `width` pixels."""
    px = theme.current().px
    inside = width - 2 * px(_MARGIN)
    names = max(round(inside * _NAMES), px(108))
    each = (inside - names - (count - 1) * px(_GAP)) // count
    found = [QRect(px(_MARGIN), 0, names - px(_GAP), 0)]
    x = px(_MARGIN) + names
    for _ in range(count):
        found.append(QRect(x, 0, each, 0))
        x += each + px(_GAP)
    return found


class WorkloadHead(QWidget):
    """The strip with the names of the columns."""

    def __init__(self, heads: tuple[str, ...]) -> None:
        super().__init__()
        self._heads = heads
        self.scroll_bar = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, theme.current().head)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLORS.bg))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(COLORS.border))
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(QColor(COLORS.text2))
        first, *rest = columns(self.width() - self.scroll_bar, len(self._heads))
        painter.drawText(
            QRect(first.x(), 0, first.width(), self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            "网格与网格员",
        )
        for place, words in zip(rest, self._heads, strict=True):
            painter.drawText(QRect(place.x(), 0, place.width(), self.height()), RIGHT_MIDDLE, words)


class AverageLine(QWidget):
    """The last line of the comparison: it never scrolls away."""

    def __init__(self) -> None:
        super().__init__()
        self.line: Line | None = None
        self.scroll_bar = 0

    def show_line(self, line: Line) -> None:
        """The average of the lines above."""
        self.line = line
        self.setAccessibleName(line.spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, QColor(COLORS.border))
        if self.line is not None:
            rect = self.rect().adjusted(0, 0, -self.scroll_bar, 0)
            paint_line(painter, rect, self.line, on=False, focus=False)


def paint_line(painter: QPainter, rect: QRect, line: Line, *, on: bool, focus: bool) -> None:
    """One grid, or the average in grey."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if on:
        painter.fillRect(rect, QColor(COLORS.primary_soft))
        painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(COLORS.hair))
    first, *rest = columns(rect.width(), len(line.bars))
    half = rect.height() // 2
    line_height = min(theme.current().px(22), half - 2)
    upper, lower = rect.y() + half - line_height, rect.y() + half
    names = QRect(rect.x() + first.x(), upper, first.width(), line_height)
    _words(painter, names, line.name, "base", COLORS.sel_text if on else COLORS.text, bold=True)
    _words(painter, names.translated(0, lower - upper), line.member, "small", COLORS.text2)
    for place, bar in zip(rest, line.bars, strict=True):
        room = QRect(rect.x() + place.x(), upper, place.width(), line_height)
        _figure(painter, room, bar)
        _bar(painter, room.translated(0, lower - upper), bar, average=line.grid_id is None)
    if focus:
        paint.focus_ring(painter, rect)


def _words(
    painter: QPainter, room: QRect, words: str, role: str, color: str, *, bold: bool = False
) -> None:
    painter.setFont(theme.font(role, bold=bold))
    painter.setPen(QColor(color))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def _figure(painter: QPainter, room: QRect, bar: Bar) -> None:
    color = COLORS.warn if bar.mark else COLORS.text
    painter.setPen(QColor(color))
    painter.setFont(theme.font(bold=True))
    painter.drawText(room, RIGHT_MIDDLE, bar.words)
    if bar.mark:
        used = theme.text_width(bar.words, bold=True) + theme.current().px(6)
        painter.setFont(theme.font("small"))
        painter.drawText(room.adjusted(0, 0, -used, 0), RIGHT_MIDDLE, bar.mark)


def _bar(painter: QPainter, room: QRect, bar: Bar, *, average: bool) -> None:
    """The track, the bar in it, and the hairline at the average."""
    height = theme.current().px(_BAR)
    track = QRectF(room.x(), room.y() + theme.current().px(5), room.width(), height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLORS.border))
    painter.drawRoundedRect(track, 2, 2)
    done = QRectF(track.x(), track.y(), track.width() * min(1.0, bar.share), height)
    color = COLORS.text2 if average else COLORS.warn if bar.mark else COLORS.primary
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(done, 2, 2)
    x = round(track.x() + track.width() * min(1.0, bar.average))
    reach = theme.current().px(3)
    painter.fillRect(QRectF(x, track.y() - reach, 1, height + 2 * reach), QColor(COLORS.text))
