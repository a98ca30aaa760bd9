"""The line over food safety: which day, which of the four views, which meal."""

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod
from app.ui.canteen.place import PeriodChoice, Place, canteen_beside
from app.ui.kit import keys, theme
from app.ui.kit.buttons import icon_button
from app.ui.kit.labels import Label, box, hide_unless, row
from app.ui.kit.view_switch import ViewSwitch
from app.ui.people.date_line import NearLine, beside_day

SAMPLES, CHECKS, RECEIPTS, BOOKS = "留样", "晨检", "进货", "登记簿"
VIEWS = (SAMPLES, CHECKS, RECEIPTS, BOOKS)


class SafetyBar(QWidget):
    """`moved`: another day is meant; `switched`: another view."""

    moved = Signal()
    switched = Signal()

    def __init__(self, context: Context, place: Place) -> None:
        super().__init__()
        self._today, self._place = context.clock.today(), place
        self._context = context
        self.day = self._today
        self.view = SAMPLES
        self.views = ViewSwitch([(one, one, one) for one in VIEWS], action="switch_safety")
        self.before = icon_button("chevron-left", f"前一天（{keys.cap('safety_day_before')}）")
        self.after = icon_button("chevron-right", f"后一天（{keys.cap('safety_day_after')}）")
        self.line = NearLine(self._today, self._today)
        self.line.setFixedWidth(theme.current().px(100))
        self.line.setAccessibleName("哪一天")
        self.words = Label(bold=True)
        self.period = PeriodChoice(place)
        self.days = box(row(self.before, self.line, self.after, self.words, 8, self.period))
        beside = canteen_beside(place)
        self.setLayout(row(self.views, 10, self.days, None, beside))
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.line.editingFinished.connect(self._typed)
        self.views.chosen.connect(lambda view: self.show_view(str(view)))
        self.show_day(self.day)
        self.show_view(SAMPLES)

    def show_day(self, day: date) -> None:
        """Without announcing it."""
        self.day = day
        blocked = self.line.blockSignals(True)
        self.line.set_value(day)
        self.line.blockSignals(blocked)
        short = theme.current().large
        self.words.setText(beside_day(day, self._context.clock.today(), short=short))
        self.after.setEnabled(day < self._context.clock.today())

    def show_view(self, view: str) -> None:
        """留样, 晨检, 进货 or 登记簿."""
        changed, self.view = view != self.view, view
        self.views.show_value(view)
        hide_unless(view == SAMPLES, self.period)
        self.period.setVisible(view == SAMPLES)
        self.days.setVisible(view != BOOKS)
        if changed:
            self.switched.emit()

    def step(self, by: int) -> None:
        """The day before or after; nothing is written down for days to come."""
        self.go_to(self.day + timedelta(days=by))

    def go_to(self, day: date) -> None:
        if day != self.day and day <= self._context.clock.today():
            self.show_day(day)
            self.moved.emit()

    def step_meal(self, by: int) -> None:
        """The meal before or after, among those that the canteen offers."""
        offered: list[MealPeriod] = [one.period for one in self._place.periods]
        if self._place.period in offered:
            number = offered.index(self._place.period) + by
            if 0 <= number < len(offered):
                self._place.choose_period(offered[number])

    def _typed(self) -> None:
        day = self.line.value()
        if day is not None:
            self.go_to(day)
