"""Steps in their order painted: numbers in circles joined by a line, the one that comes filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import icons, theme
from app.ui.kit.tokens import COLORS

_TONES = {"text2": COLORS.text2, "warn": COLORS.warn, "sel": COLORS.sel_text}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class StepLine:
    """`state` is done, now or later; `tone` that of the words beside it."""

    number: int
    title: str
    beside: str
    state: str
    tone: str = "text2"

    @property
    def spoken(self) -> str:
        """第 1 步 复核全部流水，现在，剩 6 笔."""
        states = {"done": "已办", "now": "现在", "later": "还没到"}
        said = (f"第 {self.number} 步 {self.title}", states[self.state], self.beside)
        return "，".join(filter(None, said))


class StepList(QWidget):
    """Read out line by line; it takes no focus, as nothing can be done in it."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[StepLine] = ()
        self._tight = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[StepLine], *, tight: bool = False) -> None:
        """`tight` where more stands below them than usual."""
        self._lines, self._tight = list(lines), tight
        theme.ensure_glyphs("".join(f"{line.title}{line.beside}" for line in lines))
        self.setFixedHeight(len(self._lines) * self._step())
        self.setAccessibleName("；".join(line.spoken for line in lines))
        self.update()

    @property
    def lines(self) -> Sequence[StepLine]:
        return self._lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(COLORS.border), 1.5))
        x, high = self._side() / 2 + 1, self._step()
        painter.drawLine(QPointF(x, high / 2), QPointF(x, (len(self._lines) - 0.5) * high))
        for place, line in enumerate(self._lines):
            self._paint(painter, QRect(0, place * high, self.width(), high), line)

    def _paint(self, painter: QPainter, place: QRect, line: StepLine) -> None:
        self._circle(painter, place, line)
        now = line.state == "now"
        left = place.adjusted(self._side() + theme.current().px(10), 0, 0, 0)
        painter.setFont(theme.font(bold=now))
        painter.setPen(QColor(COLORS.text if line.state != "later" else COLORS.text2))
        painter.drawText(left, _MIDDLE, line.title)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(_TONES[line.tone]))
        painter.drawText(place, _MIDDLE | Qt.AlignmentFlag.AlignRight, line.beside)

    def _circle(self, painter: QPainter, place: QRect, line: StepLine) -> None:
        side = self._side()
        circle = QRectF(1, place.center().y() - side / 2 + 0.5, side, side)
        now, done = line.state == "now", line.state == "done"
        edge = COLORS.primary if now else COLORS.ok if done else COLORS.input_border
        painter.setPen(QPen(QColor(edge), 1.5))
        ground = COLORS.primary if now else COLORS.ok_soft if done else COLORS.surface
        painter.setBrush(QColor(ground))
        painter.drawEllipse(circle)
        if done:
            self._tick(painter, circle)
            return
        painter.setFont(theme.font("small", bold=now))
        painter.setPen(QColor(COLORS.surface if now else COLORS.text2))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(line.number))

    def _tick(self, painter: QPainter, circle: QRectF) -> None:
        inner = self._side() * 2 // 3
        picture = icons.pixmap("check", COLORS.ok, inner, self.devicePixelRatioF())
        place = QRectF(0, 0, inner, inner)
        place.moveCenter(circle.center())
        painter.drawPixmap(place, picture, QRectF(picture.rect()))

    def _step(self) -> int:
        return theme.current().px(26 if self._tight or theme.current().large else 30)

    def _side(self) -> int:
        return theme.current().px(18)
