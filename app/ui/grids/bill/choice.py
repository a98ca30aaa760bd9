"""Which period, which grid, which paper: the line above the figures."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services import periods
from app.services.periods import Period
from app.ui.kit.chips import FilterChip
from app.ui.people.period_chip import PeriodDialog

OTHER_DAYS = "自定日期…"
_YEARS = 3


class PeriodChoice(FilterChip):
    """Always a period: taken off, it is this month again."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("时间", parent)
        self._today = today
        self.set_choices(_usual(today))
        self.set_value(periods.month(today))

    @property
    def period(self) -> Period:
        value = self.value
        return value if isinstance(value, Period) else periods.month(self._today)

    def choose(self, value: object) -> None:
        """As every filter; 自定日期 asks for the days first."""
        if value == OTHER_DAYS:
            self._ask()
        else:
            super().choose(value or periods.month(self._today))

    def show_period(self, period: Period) -> None:
        """Put any days in force and announce it."""
        self.set_value(period, period.words)
        self.changed.emit(period)

    def _ask(self) -> None:
        now = self.period
        days = (now.first, min(now.last, self._today))
        dialog = PeriodDialog(self._today, days, self.window())
        if dialog.exec():
            first, last = dialog.days
            last = last or self._today
            self.show_period(periods.between(first or last.replace(month=1, day=1), last))

    def _words(self, value: object) -> str:
        return value.words if isinstance(value, Period) else super()._words(value)


class GridChoice(FilterChip):
    """One grid, or all that the user may see."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("网格", parent)

    @property
    def grid_ids(self) -> tuple[int, ...]:
        return (self.value,) if isinstance(self.value, int) else ()

    def offer(self, names: dict[int, str]) -> None:
        """The grids there are; one that is gone is not in force any more."""
        self.set_choices(list(names.items()))
        self.setVisible(len(names) > 1)
        if self.value is not None:
            self.set_value(self.value if self.value in names else None)


def _usual(today: date) -> list[tuple[object, str]]:
    before = periods.month_before(today)
    quarter = periods.quarter(today)
    years = [periods.year_of(today.replace(year=today.year - n, day=1)) for n in range(_YEARS)]
    return [
        (periods.month(today), "本月"),
        (before, "上月"),
        (quarter, "本季度"),
        (periods.quarter(periods.month_before(quarter.first).first), "上季度"),
        *((year, year.words) for year in years),
        (OTHER_DAYS, OTHER_DAYS),
    ]
