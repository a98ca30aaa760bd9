"""Steps drawn as a strip (across the top) or as a list (down the side) with done, now and next."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import icons, theme
from app.ui.kit.tokens import COLORS


def draw_step(painter: QPainter, circle: QRect, number: int, current: int) -> None:
    """A circle: ticked when done, filled when it is the turn, empty when it comes later."""
    now, done = number == current, number < current
    edge = COLORS.primary if now or done else COLORS.input_border
    painter.setPen(QPen(QColor(edge), 1.2))
    painter.setBrush(QColor(COLORS.primary if now else COLORS.surface))
    painter.drawEllipse(QRectF(circle).adjusted(0.6, 0.6, -0.6, -0.6))
    if done:
        third = circle.width() // 4
        icons.draw(painter, circle.adjusted(third, third, -third, -third), "check", COLORS.primary)
        return
    painter.setFont(theme.font("small", bold=now))
    painter.setPen(QColor(COLORS.surface if now else COLORS.text2))
    painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(number + 1))


class StepStrip(QWidget):
    """① 选择文件 — ② 认出表头 — ③ ...; beside a page title."""

    def __init__(self, names: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._names = tuple(names)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_current(current)

    def set_current(self, current: int) -> None:
        self.current = current
        name = self._names[current]
        self.setAccessibleName(f"第 {current + 1} 步，共 {len(self._names)} 步：{name}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = theme.current()
        names = sum(theme.text_width(name, bold=True) for name in self._names)
        joints = len(self._names) - 1
        width = names + len(self._names) * (self._circle() + metrics.px(8))
        return QSize(width + joints * metrics.px(40), metrics.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() - QSize((len(self._names) - 1) * theme.current().px(28), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spare = self.width() - self.sizeHint().width()
        joint = theme.current().px(40) + min(0, spare) // max(1, len(self._names) - 1)
        x = 0
        for number, name in enumerate(self._names):
            x = self._paint_step(painter, x, number, name)
            if number + 1 < len(self._names):
                self._paint_joint(painter, x, joint)
                x += joint

    def _circle(self) -> int:
        return theme.current().px(22)

    def _paint_step(self, painter: QPainter, x: int, number: int, name: str) -> int:
        size = self._circle()
        draw_step(painter, QRect(x, (self.height() - size) // 2, size, size), number, self.current)
        x += size + theme.current().px(8)
        now = number == self.current
        width = theme.text_width(name, bold=now)
        painter.setFont(theme.font(bold=now))
        painter.setPen(QColor(COLORS.text if now else COLORS.text2))
        place = QRect(x, 0, width + 4, self.height() - 1)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
        return x + width

    def _paint_joint(self, painter: QPainter, x: int, joint: int) -> None:
        middle = self.height() / 2
        gap = min(theme.current().px(8), joint / 4)
        painter.setPen(QPen(QColor(COLORS.border), 1))
        painter.drawLine(QPointF(x + gap, middle), QPointF(x + joint - gap, middle))


class StepList(QWidget):
    """Steps one below the other with a quiet line each, for a wizard that is a window."""

    def __init__(self, steps: Sequence[tuple[str, str]], current: int = 0) -> None:
        super().__init__()
        self._steps = [tuple(step) for step in steps]
        self.setFixedHeight(self._pitch() * len(steps))
        self.set_current(current)

    def set_current(self, current: int) -> None:
        self.current = current
        name = self._steps[current][0]
        self.setAccessibleName(f"第 {current + 1} 步，共 {len(self._steps)} 步：{name}")
        self.update()

    def set_note(self, number: int, note: str) -> None:
        """The quiet line of a step: what was decided in it."""
        self._steps[number] = (self._steps[number][0], note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(200), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (name, note) in enumerate(self._steps):
            self._paint_step(painter, number, name, note)

    def _pitch(self) -> int:
        return theme.current().px(64)

    def _paint_step(self, painter: QPainter, number: int, name: str, note: str) -> None:
        px, pitch = theme.current().px, self._pitch()
        size, y = px(24), number * pitch
        circle = QRect(0, y + px(8), size, size)
        if number + 1 < len(self._steps):
            done = number < self.current
            painter.setPen(QPen(QColor(COLORS.primary if done else COLORS.border), 1.5))
            x = size / 2
            painter.drawLine(QPointF(x, circle.bottom() + 1), QPointF(x, circle.top() + pitch))
        draw_step(painter, circle, number, self.current)
        self._paint_words(painter, QRect(size + px(12), y, self.width(), pitch), number, name, note)

    def _paint_words(
        self, painter: QPainter, place: QRect, number: int, name: str, note: str
    ) -> None:
        px, now = theme.current().px, number == self.current
        width = self.width() - place.x()
        painter.setFont(theme.font(bold=now))
        painter.setPen(QColor(COLORS.text if number <= self.current else COLORS.text2))
        top = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(place.x(), place.y(), width, px(24)), top, name)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        shown = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(place.x(), place.y() + px(22), width, px(18)), top, shown)
