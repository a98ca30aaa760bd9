"""月历: what takes place on which day, week by week; the arrows go from day to day."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.activity_views import ActivityRow
from app.ui.kit import paint
from app.ui.points.activities import month_painter
from app.ui.points.activities.month_painter import WEEK, DayLook
from app.ui.points.activities.words import day_words

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -WEEK, Qt.Key.Key_Down: WEEK}


class MonthView(QWidget):
    """`day_changed`: another day, maybe of another month; `chosen`: an activity, None where the
    day has none; `opened`: Enter on one; `wanted`: Enter or a double click on a free day."""

    day_changed = Signal(object)
    chosen = Signal(object)
    opened = Signal(int)
    wanted = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = self.day = today
        self._by_day: dict[date, list[ActivityRow]] = {}
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- contents

    @property
    def first(self) -> date:
        """The Monday that the page begins with."""
        begin = self.day.replace(day=1)
        return begin - timedelta(days=begin.weekday())

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.weeks * WEEK - 1)

    @property
    def weeks(self) -> int:
        begin = self.day.replace(day=1)
        following = (begin + timedelta(days=32)).replace(day=1)
        return ((following - self.first).days + WEEK - 1) // WEEK

    @property
    def current(self) -> ActivityRow | None:
        """The activity that is marked on the day."""
        rows = self._by_day.get(self.day, [])
        return rows[self._at] if self._at < len(rows) else None

    def show_activities(self, rows: list[ActivityRow]) -> None:
        """All of the days from `first` to `last`; what is marked stays so."""
        marked = self.current.id if self.current else None
        self._by_day = {}
        for one in rows:
            self._by_day.setdefault(one.on_date, []).append(one)
        ids = [one.id for one in self._by_day.get(self.day, [])]
        self._at = ids.index(marked) if marked in ids else 0
        self._tell()

    def go(self, day: date, activity_id: int | None = None) -> None:
        """To a day, and to one of its activities."""
        self.day, self._at = day, 0
        self.day_changed.emit(day)
        ids = [one.id for one in self._by_day.get(day, [])]
        self._at = ids.index(activity_id) if activity_id in ids else 0
        self._tell()

    def step_month(self, by: int) -> None:
        """The same day of another month, or its last."""
        month = self.day.month - 1 + by
        begin = date(self.day.year + month // 12, month % 12 + 1, 1)
        length = ((begin + timedelta(days=32)).replace(day=1) - begin).days
        self.go(begin.replace(day=min(self.day.day, length)))

    # -- hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.go(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step_month(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go(self.today)
        elif key == Qt.Key.Key_Space:
            self._next()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        day = self._day_at(place.x(), place.y())
        if day is None:
            return
        line = self._line_at(day, place.y())
        rows = self._by_day.get(day, [])
        self.go(day, rows[line].id if line < len(rows) else None)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        self._open()

    def _next(self) -> None:
        rows = self._by_day.get(self.day, [])
        if rows:
            self._at = (self._at + 1) % len(rows)
            self._tell()

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current.id)
        else:
            self.wanted.emit(self.day)

    def _tell(self) -> None:
        it = self.current
        count = len(self._by_day.get(self.day, []))
        words = f"{it.name}，这天 {count} 次活动" if it else "没有活动"
        self.setAccessibleName(f"月历 {day_words(self.day, self.today)} {words}")
        self.update()
        self.chosen.emit(it.id if it else None)

    # -- places

    def _cell(self, day: date) -> QRect:
        number = (day - self.first).days
        line, column = divmod(number, WEEK)
        left, right = (self.width() * one // WEEK for one in (column, column + 1))
        room = self.height() - month_painter.head_height()
        top, bottom = (
            month_painter.head_height() + room * one // self.weeks for one in (line, line + 1)
        )
        return QRect(left, top, right - left, bottom - top)

    def _day_at(self, x: int, y: int) -> date | None:
        days = (self.first + timedelta(days=n) for n in range(self.weeks * WEEK))
        return next((day for day in days if self._cell(day).contains(x, y)), None)

    def _line_at(self, day: date, y: int) -> int:
        """Which of the activities of a day stands there."""
        below = y - self._cell(day).top() - month_painter.number_height()
        return max(0, below // month_painter.line_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        days = [self.first + timedelta(days=n) for n in range(self.weeks * WEEK)]
        month_painter.week_days(painter, self.width(), [self._cell(day) for day in days[:WEEK]])
        for day in days:
            look = DayLook(
                of_month=day.month == self.day.month,
                is_today=day == self.today,
                marked=self._at if day == self.day else None,
            )
            rows = self._by_day.get(day, [])
            month_painter.day(painter, self._cell(day), day, rows, look, self.today)
        if self.hasFocus():
            paint.focus_ring(painter, self._cell(self.day))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
