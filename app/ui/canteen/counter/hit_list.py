"""Several people are meant: a list under the field, each with its digit."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.meal_finder import Hit
from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS, RADIUS

_ROW = 30
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = _MIDDLE | Qt.AlignmentFlag.AlignRight


class HitList(QWidget):
    """As many as there is room for; never half a line."""

    chosen = Signal(object)
    """Hit"""

    def __init__(self) -> None:
        super().__init__()
        self.hits: Sequence[Hit] = ()
        self.place = 0
        self._more = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(3 * theme.current().px(_ROW))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def shown(self) -> Sequence[Hit]:
        """Those that have a digit; the last line may say that there are more."""
        room = self.height() // theme.current().px(_ROW)
        if self._more or len(self.hits) > room:
            room -= 1
        return self.hits[: max(1, room)]

    @property
    def current(self) -> Hit | None:
        return self.hits[self.place] if self.place < len(self.shown) else None

    def show_hits(self, hits: Sequence[Hit], *, more: bool) -> None:
        """Others; the first is marked."""
        self.hits, self.place, self._more = hits, 0, more
        words = (f"{number} {one.name} {one.place}" for number, one in enumerate(hits, start=1))
        self.setAccessibleName("找到的人：" + "，".join(words))
        self.update()

    def step(self, by: int) -> None:
        """Mark the next one."""
        self.place = max(0, min(self.place + by, len(self.shown) - 1))
        self.update()

    def choose(self, number: int) -> None:
        """By its digit, counted from 1."""
        if 1 <= number <= len(self.shown):
            self.chosen.emit(self.hits[number - 1])

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(400), self.minimumHeight())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.choose(int(event.position().y()) // theme.current().px(_ROW) + 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, shown = theme.current().px(_ROW), self.shown
        for number, hit in enumerate(shown):
            line = QRect(0, number * height, self.width(), height)
            self._paint_hit(painter, line, number, hit)
        if self._more or len(shown) < len(self.hits):
            line = QRect(0, len(shown) * height, self.width(), height)
            painter.setPen(QColor(COLORS.text2))
            painter.setFont(theme.font("small"))
            painter.drawText(line.adjusted(theme.current().px(10), 0, 0, 0), _MIDDLE, _MORE)

    def _paint_hit(self, painter: QPainter, line: QRect, number: int, hit: Hit) -> None:
        px = theme.current().px
        if number == self.place:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(COLORS.primary_soft))
            painter.drawRoundedRect(line, RADIUS, RADIUS)
        x = px(10)
        x += paint.key_cap(painter, x, line.center().y() + 1, str(number + 1)) + px(10)
        x = self._words(painter, line, x, hit.name, "base", COLORS.text, bold=True) + px(8)
        x = self._words(painter, line, x, hit.sub, "small", COLORS.text2) + px(8)
        if hit.regular:
            side = QRect(x, line.center().y() - theme.current().chip // 2 + 1, 0, 0)
            side.setSize(QSize(paint.chip_width("常来"), theme.current().chip))
            paint.chip(painter, side, "常来", "ok")
            x = side.right() + px(8)
        tail = f"{hit.place}{f'・尾号 {hit.tail}' if hit.tail else ''}"
        painter.setPen(QColor(COLORS.text2))
        painter.setFont(theme.font("base"))
        room = line.adjusted(x, 0, -px(10), 0)
        fitting = painter.fontMetrics().elidedText(tail, Qt.TextElideMode.ElideLeft, room.width())
        painter.drawText(room, _RIGHT, fitting)

    @staticmethod
    def _words(
        painter: QPainter,
        line: QRect,
        x: int,
        words: str,
        role: str,
        color: str,
        *,
        bold: bool = False,
    ) -> int:
        theme.ensure_glyphs(words)
        painter.setPen(QColor(color))
        painter.setFont(theme.font(role, bold=bold))
        painter.drawText(line.adjusted(x, 0, 0, 0), _MIDDLE, words)
        return x + theme.text_width(words, role, bold=bold)


_MORE = "还有同音的人，请继续输入"
