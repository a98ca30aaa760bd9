"""Which months of the books are counted."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.services import periods
from app.services.periods import Period
from app.ui.kit.chips import FilterChip

_YEARS = 3


class MonthsChoice(FilterChip):
    """Whole months, quarters and years; taken off, it is this year again."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("时间", parent)
        self._today = today
        self.set_choices(_usual(today))
        self.set_value(periods.year_of(today))

    @property
    def period(self) -> Period:
        value = self.value
        return value if isinstance(value, Period) else periods.year_of(self._today)

    def choose(self, value: object) -> None:
        """As every filter; there is always a period."""
        super().choose(value or periods.year_of(self._today))

    def _words(self, value: object) -> str:
        return value.words if isinstance(value, Period) else super()._words(value)


def _usual(today: date) -> list[tuple[object, str]]:
    quarter = periods.quarter(today)
    last_quarter = periods.quarter(periods.month_before(quarter.first).first)
    years = [periods.year_of(date(today.year - back, 1, 1)) for back in range(_YEARS)]
    return [
        (periods.month(today), "本月"),
        (periods.month_before(today), "上月"),
        (quarter, "本季度"),
        (last_quarter, "上季度"),
        *((year, year.words) for year in years),
    ]
