"""The life of a paper as a line of steps, each with the moment it was taken."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.kit import icons, theme
from app.ui.kit.tokens import COLORS


class Step(Protocol):
    """One step: its name, when it was taken (None if it was not), whether it was."""

    @property
    def label(self) -> str: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def done(self) -> bool: ...


class Stepper(QWidget):
    """Ticked circles up to the last step that was taken, which is filled; later ones are empty."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[Step] = ()
        self._today: date | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(52))

    def show_steps(self, steps: Sequence[Step], today: date) -> None:
        """Times of today as 09:06, of other days as 11-20."""
        self._steps, self._today = steps, today
        said = (f"{step.label} {self._when(step)}".strip() for step in steps if step.done)
        self.setAccessibleName(f"走到：{'，'.join(said)}" if steps else "")
        self.update()

    @property
    def current(self) -> int:
        """Number of the last step that was taken, -1 for none."""
        return max((n for n, step in enumerate(self._steps) if step.done), default=-1)

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(360), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._steps) - 1):
            self._paint_joint(painter, number)
        for number in range(len(self._steps)):
            self._paint_step(painter, number)

    def _middle(self, number: int) -> QPointF:
        px = theme.current().px
        edge = px(20)
        pitch = (self.width() - 2 * edge) / max(1, len(self._steps) - 1)
        return QPointF(edge + number * pitch, px(9))

    def _paint_joint(self, painter: QPainter, number: int) -> None:
        gap = QPointF(theme.current().px(9), 0)
        done = self._steps[number + 1].done
        painter.setPen(QPen(QColor(COLORS.primary if done else COLORS.input_border), 1.6))
        painter.drawLine(self._middle(number) + gap, self._middle(number + 1) - gap)

    def _paint_step(self, painter: QPainter, number: int) -> None:
        step, now = self._steps[number], number == self.current
        middle, radius = self._middle(number), theme.current().px(7) - 0.5
        edge = COLORS.primary if step.done else COLORS.input_border
        painter.setPen(QPen(QColor(edge), 1.4))
        painter.setBrush(QColor(COLORS.primary if now else COLORS.surface))
        painter.drawEllipse(middle, radius, radius)
        if step.done and not now:
            box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
            icons.draw(painter, box.toRect().adjusted(2, 2, -1, -1), "check", COLORS.primary)
        self._paint_words(painter, number, step, now)

    def _paint_words(self, painter: QPainter, number: int, step: Step, now: bool) -> None:
        px = theme.current().px
        width, x = px(72), round(self._middle(number).x())
        color = COLORS.text if step.done else COLORS.text2
        painter.setPen(QColor(color))
        painter.setFont(theme.font("small", bold=now))
        center = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(x - width // 2, px(18), width, px(17)), center, step.label)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        painter.drawText(QRect(x - width // 2, px(34), width, px(17)), center, self._when(step))

    def _when(self, step: Step) -> str:
        if step.at is None:
            return ""
        same_day = step.at.date() == self._today
        return f"{step.at:%H:%M}" if same_day else f"{step.at:%m-%d}"
