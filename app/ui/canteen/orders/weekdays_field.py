"""The days of the week as one control: digits 1 to 7 switch them, so does a click."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.standing_orders import WEEK, weekday_words
from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS, RADIUS
from app.values.days import WEEKDAYS


class WeekdaysField(QWidget):
    """`value()` is 12345 for Monday to Friday. ← → move, the space bar switches, so do digits."""

    changed = Signal()

    def __init__(self, weekdays: str = "") -> None:
        super().__init__()
        self._value = ""
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("按 1 到 7 选星期，0 全选或全不选")
        self.set_value(weekdays)

    def value(self) -> str:
        return self._value

    def set_value(self, weekdays: str) -> None:
        self._value = "".join(one for one in WEEK if one in weekdays)
        self.setAccessibleDescription(weekday_words(self._value) if self._value else "还没有选")
        self.update()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(len(WEEK) * self._side() + (len(WEEK) - 1) * self._gap(), self._side())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text()
        if text and text in WEEK:
            self._at = WEEK.index(text)
            self._switch(text)
        elif text == "0":
            self.set_value("" if self._value == WEEK else WEEK)
        elif event.key() == Qt.Key.Key_Space:
            self._switch(WEEK[self._at])
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            self._at = (self._at + step) % len(WEEK)
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, place in enumerate(self._places()):
            if place.contains(event.position().toPoint()):
                self._at = number
                self._switch(WEEK[number])

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, place in enumerate(self._places()):
            on = WEEK[number] in self._value
            painter.setPen(QPen(QColor(COLORS.primary if on else COLORS.input_border), 1))
            painter.setBrush(QColor(COLORS.primary if on else COLORS.surface))
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.setPen(QColor(COLORS.surface if on else COLORS.text))
            painter.setFont(theme.font(bold=on))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, WEEKDAYS[number])
            if self.hasFocus() and number == self._at:
                paint.focus_ring(painter, place, inside=COLORS.surface if on else "")

    def _switch(self, day: str) -> None:
        self.set_value(self._value.replace(day, "") if day in self._value else self._value + day)

    def _places(self) -> list[QRect]:
        side, gap = self._side(), self._gap()
        return [QRect(number * (side + gap), 0, side, side) for number in range(len(WEEK))]

    def _side(self) -> int:
        return theme.current().control

    def _gap(self) -> int:
        return theme.current().px(4)
