"""The menu of a week, walked by arrows from dish to dish; whole rows are shown, or none."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.menus import MenuLine
from app.ui.canteen.menu import week_paint as paint
from app.ui.canteen.menu.week_lines import DAYS, WeekLines
from app.ui.kit import keys, table_clipboard, theme
from app.values.days import weekday

_LEAST = 3
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_NO_KEYS = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier


class WeekGrid(QWidget):
    """`moved` when another dish or day is chosen; `lettered` carries a letter that was typed."""

    moved = Signal()
    opened = Signal()
    lettered = Signal(str)
    week_asked = Signal(int)
    """-1 or 1: the arrows went over the edge of the week"""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.week = WeekLines(date.min)
        self._today = date.min
        self._row = self._day = self._top = 0
        keys.bind(self, "copy", self.copy)

    # -- contents

    def show_week(self, week: WeekLines, today: date) -> None:
        """Another week, or the same with other dishes; the chosen one stays where it can."""
        chosen = self.line
        theme.ensure_glyphs("".join(line.name for line in week.cells.values()))
        self.week, self._today = week, today
        place = week.place_of(chosen.id) if chosen is not None else None
        self._row, self._day = place or (week.near(self._row, self._day), self._day)
        self.updateGeometry()
        self._arrived()

    @property
    def line(self) -> MenuLine | None:
        """The dish that is chosen; None on a day without any."""
        return self.week.cells.get((self._row, self._day))

    @property
    def day(self) -> date:
        return self.week.days[self._day]

    def choose_day(self, day: date) -> None:
        """The first dish of a day of this week."""
        if day in self.week.days:
            number = self.week.days.index(day)
            self.go_to(self.week.near(0, number), number)

    def choose_line(self, line_id: int) -> None:
        """This line of the menu."""
        place = self.week.place_of(line_id)
        if place is not None:
            self.go_to(*place)

    def go_to(self, row: int, day: int) -> None:
        if (row, day) != (self._row, self._day):
            self._row, self._day = row, day
            self._arrived()
            self.moved.emit()

    def copy(self) -> None:
        """The whole week for WPS."""
        heads = [f"周{weekday(day)} {day:%m-%d}" for day in self.week.days]
        table_clipboard.copy(["类别", *heads], [self._texts(row) for row in range(self._count())])

    def _texts(self, row: int) -> list[str]:
        cells = [self.week.cells.get((row, day)) for day in range(DAYS)]
        found = [f"{one.name} {one.sets}".strip() if one is not None else "" for one in cells]
        return [self.week.rows[row].label, *found]

    # -- geometry

    def sizeHint(self) -> QSize:
        return QSize(900, paint.head_height() + max(_LEAST, self._count()) * paint.row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(500, paint.head_height() + _LEAST * paint.row_height())

    def cell_rect(self, row: int, day: int) -> QRect:
        """Where a dish stands; null out of sight."""
        if not self._top <= row < self._top + self._room():
            return QRect()
        top = paint.head_height() + (row - self._top) * self._high()
        left, right = self._edge(day), self._edge(day + 1)
        return QRect(left, top, right - left, self._high())

    def _edge(self, day: int) -> int:
        """Where a day begins; all are as wide, to the pixel."""
        left = paint.left_width()
        return left + (self.width() - left - paint.thumb_width()) * day // DAYS

    def _count(self) -> int:
        return len(self.week.rows)

    def _room(self) -> int:
        """How many rows there is room for."""
        return max(1, (self.height() - paint.head_height()) // paint.row_height())

    def _high(self) -> int:
        """A row; those of a week that is longer than its room fill it."""
        if self._count() <= self._room():
            return paint.row_height()
        return (self.height() - paint.head_height()) // self._room()

    def _arrived(self) -> None:
        self._keep_in_sight()
        line = self.line
        words = f"{line.name} {line.sets}" if line is not None else "没有菜"
        self.setAccessibleName(f"菜谱 周{weekday(self.day)} {words}")
        self.update()

    def _keep_in_sight(self) -> None:
        room = self._room()
        self._top = max(min(self._top, self._row), self._row - room + 1)
        self._top = max(0, min(self._top, self._count() - room))

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        for day in range(DAYS):
            if self._edge(day) <= point.x() < self._edge(day + 1):
                row = self._top + (point.y() - paint.head_height()) // self._high()
                filled = (row, day) in self.week.cells
                return (row if filled else self.week.near(row, day)), day
        return None

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, typed = Qt.Key(event.key()), event.text()
        if event.modifiers() & ~_NO_KEYS:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.go_to(self.week.next_row(self._row, self._day, _STEPS[key]), self._day)
        elif key in _SIDEWAYS:
            self._go_sideways(_SIDEWAYS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            day = 0 if key == Qt.Key.Key_Home else DAYS - 1
            self.go_to(self.week.near(self._row, day), day)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif typed.isascii() and typed.isalpha():
            self.lettered.emit(typed.upper())
        else:
            super().keyPressEvent(event)

    def _go_sideways(self, step: int) -> None:
        day = self._day + step
        if 0 <= day < DAYS:
            self.go_to(self.week.near(self._row, day), day)
            return
        # The place is taken there: the other end of the week that is shown then.
        self._day = day % DAYS
        self.week_asked.emit(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().toPoint())
        if found is not None:
            self.go_to(*found)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().toPoint()) is not None:
            self.opened.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = -1 if event.angleDelta().y() > 0 else 1
        self._top = max(0, min(self._top + step, self._count() - self._room()))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._keep_in_sight()

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, day in enumerate(self.week.days):
            left = self._edge(number)
            place = QRect(left, 0, self._edge(number + 1) - left, paint.head_height())
            today = day == self._today
            paint.heading(painter, place, day, today=today, chosen=number == self._day)
        for row in range(self._top, min(self._count(), self._top + self._room())):
            self._paint_row(painter, row)
        paint.line_above(painter, QRect(0, paint.head_height(), self.width(), 1), strong=True)
        if self._count() > self._room():
            self._paint_thumb(painter)
        if self.line is None:
            self._paint_empty_day(painter)

    def _paint_thumb(self, painter: QPainter) -> None:
        wide, top = paint.thumb_width(), paint.head_height()
        track = QRect(self.width() - wide, top, wide, self._room() * self._high())
        shown = (self._top / self._count(), (self._top + self._room()) / self._count())
        paint.thumb(painter, track, *shown)

    def _paint_row(self, painter: QPainter, row: int) -> None:
        first = self.cell_rect(row, 0)
        whole = QRect(0, first.y(), self.width(), first.height())
        begins = self.week.begins(row) or row == self._top
        paint.line_above(painter, whole, strong=begins)
        if begins:
            label = QRect(0, whole.y(), paint.left_width(), whole.height())
            paint.kind(painter, label, self.week.rows[row].label)
        for day in range(DAYS):
            line = self.week.cells.get((row, day))
            if line is not None:
                self._paint_dish(painter, row, day, line)

    def _paint_dish(self, painter: QPainter, row: int, day: int, line: MenuLine) -> None:
        place = self.cell_rect(row, day).adjusted(2, 2, -1, -1)
        chosen = (row, day) == (self._row, self._day)
        if chosen:
            paint.ground(painter, place)
        paint.dish(painter, place, line, chosen=chosen)
        if chosen:
            paint.ring(painter, place, strong=self.hasFocus())

    def _paint_empty_day(self, painter: QPainter) -> None:
        """A day without a dish is chosen as a whole."""
        left, right = self._edge(self._day), self._edge(self._day + 1)
        below = QRect(left, paint.head_height(), right - left, self.height() - paint.head_height())
        paint.ring(painter, below.adjusted(2, 2, -1, -1), strong=self.hasFocus())
