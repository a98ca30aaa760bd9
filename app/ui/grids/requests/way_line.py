"""The way of a request through the levels: ticked circles, where it is now, what is to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.request_way import WayStep
from app.ui.grids.requests.board_painter import fitting
from app.ui.kit import icons, theme
from app.ui.kit.tokens import COLORS

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class WayLine(QWidget):
    """Each stop with its name and what happened there, all words beginning below their circle."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: Sequence[WayStep] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.current().px(62))

    def show_steps(self, steps: Sequence[WayStep]) -> None:
        self._steps = tuple(steps)
        for step in steps:
            theme.ensure_glyphs(step.words)
        said = (
            f"{step.label} {words_of(step)}".strip() for step in steps if step.done or step.current
        )
        self.setAccessibleName(f"走到：{'，'.join(said)}" if steps else "")
        self.setToolTip("\n".join(f"{one.label}　{words_of(one)}" for one in steps if one.words))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(600), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(300), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(len(self._steps) - 1):
            self._paint_joint(painter, number)
        for number, step in enumerate(self._steps):
            self._paint_circle(painter, number, step)
            self._paint_words(painter, number, step)

    def _pitch(self) -> float:
        return self.width() / max(1, len(self._steps))

    def _middle(self, number: int) -> QPointF:
        px = theme.current().px
        return QPointF(px(9) + number * self._pitch(), px(10))

    def _paint_joint(self, painter: QPainter, number: int) -> None:
        gap = QPointF(theme.current().px(10), 0)
        # A level that was left out lies on the way all the same.
        reached = any(step.done or step.current for step in self._steps[number + 1 :])
        color = COLORS.primary if reached else COLORS.thumb
        painter.setPen(QPen(QColor(color), 1.6))
        painter.drawLine(self._middle(number) + gap, self._middle(number + 1) - gap)

    def _paint_circle(self, painter: QPainter, number: int, step: WayStep) -> None:
        middle, radius = self._middle(number), theme.current().px(8) - 0.5
        reached = step.done or step.current
        painter.setPen(QPen(QColor(COLORS.primary if reached else COLORS.input_border), 1.4))
        painter.setBrush(QColor(COLORS.primary if step.current else COLORS.surface))
        painter.drawEllipse(middle, radius, radius)
        if step.done and not step.current:
            box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
            icons.draw(painter, box.toRect().adjusted(2, 2, -1, -1), "check", COLORS.primary)

    def _paint_words(self, painter: QPainter, number: int, step: WayStep) -> None:
        px = theme.current().px
        x, width = round(number * self._pitch()), round(self._pitch()) - px(6)
        reached = step.done or step.current
        painter.setPen(QColor(COLORS.text if reached else COLORS.text2))
        painter.setFont(theme.font("base", bold=step.current))
        label = fitting(step.label, width, "base", bold=step.current)
        painter.drawText(QRect(x, px(21), width, px(23)), _LEFT, label)
        painter.setPen(QColor(COLORS.text2))
        painter.setFont(theme.font("small"))
        painter.drawText(QRect(x, px(43), width, px(19)), _LEFT, fitting_words(step, width))


def fitting_words(step: WayStep, width: int) -> str:
    """Where there is no room for what was done, who and when stand whole; the tip has it all."""
    words = words_of(step)
    shorter = words.rpartition(" ")[0] if words.count(" ") > 1 else words
    cut = fitting(words, width, "small")
    return cut if cut == words else fitting(shorter, width, "small")


def words_of(step: WayStep) -> str:
    """孙丽 11-18 交办; the words alone of what is still to come."""
    if step.on is None:
        return step.words
    who, _, what = step.words.partition(" ")
    return " ".join(part for part in (who, f"{step.on:%m-%d}", what) if part)
