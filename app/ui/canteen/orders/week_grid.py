"""A person's week: periods down, Monday to Sunday across, the letter of what is brought."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models import MealPeriod
from app.services.standing_orders import WEEK
from app.services.standing_views import StandingRow
from app.ui.kit import theme
from app.ui.kit.tokens import COLORS, RADIUS
from app.values.days import WEEKDAYS


class WeekGrid(QWidget):
    """`show_orders` takes the standing orders of one person."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines: dict[MealPeriod, dict[str, str]] = {}

    def show_orders(self, orders: Sequence[StandingRow]) -> None:
        """By period and weekday the letter, with how many where it is more than one."""
        found: dict[MealPeriod, dict[str, str]] = {}
        for one in orders:
            letter = one.set_letter + (str(one.quantity) if one.quantity > 1 else "")
            found.setdefault(one.period, {}).update(dict.fromkeys(one.weekdays, letter))
        self._lines = {period: found[period] for period in MealPeriod if period in found}
        self.setAccessibleName(
            "；".join(f"{one.period.label} {one.days} {one.meal}" for one in orders)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = theme.current().px
        return QSize(px(260), px(20) + px(28) * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = theme.current().px
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        for number, name in enumerate(WEEKDAYS):
            head = self._cell(number, 0)
            painter.drawText(
                QRect(head.x(), 0, head.width(), px(18)), Qt.AlignmentFlag.AlignCenter, name
            )
        for line, (period, days) in enumerate(self._lines.items()):
            self._paint_line(painter, line, period, days)

    def _paint_line(
        self, painter: QPainter, line: int, period: MealPeriod, days: dict[str, str]
    ) -> None:
        first = self._cell(0, line)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        label = QRect(0, first.y(), first.x(), first.height())
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter, period.label)
        for number, day in enumerate(WEEK):
            letter = days.get(day, "")
            ground = COLORS.primary_soft if letter else COLORS.surface
            painter.setPen(QPen(QColor(COLORS.primary_edge if letter else COLORS.hair), 1))
            painter.setBrush(QColor(ground))
            cell = self._cell(number, line)
            painter.drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.setPen(QColor(COLORS.sel_text))
            painter.setFont(theme.font(bold=True))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, letter)

    def _cell(self, number: int, line: int) -> QRect:
        px = theme.current().px
        left, gap = px(38), px(3)
        width = (self.width() - left - gap * (len(WEEK) - 1)) // len(WEEK)
        return QRect(left + number * (width + gap), px(20) + line * px(28), width, px(25))
