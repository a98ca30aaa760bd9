"""The day of a round, said as people say it: 19, 11-19, 昨天."""

import re
from datetime import date, timedelta

from app.ui.people.date_line import DateLine
from app.values.text import compact

_MONTH_AND_DAY = re.compile(r"(?:(\d{1,2})[-./月])?(\d{1,2})[日号]?")
_DAYS_AGO = {"昨天": 1, "前天": 2}
_LEAP = 4 * 366
"""Days back to the latest 29 February"""


class DayLine(DateLine):
    """A day that was lived: 19, 11-19 and 昨天 are the latest days of these names."""

    def __init__(self, today: date) -> None:
        self._at = today
        super().__init__(today, today, future=True)

    def value(self) -> date | None:
        text = compact(self.text())
        if text in _DAYS_AGO:
            return self._at - timedelta(days=_DAYS_AGO[text])
        if match := _MONTH_AND_DAY.fullmatch(text):
            return self._latest_of(int(match[1]) if match[1] else None, int(match[2]))
        found: date | None = super().value()
        return found

    def _latest_of(self, month: int | None, day: int) -> date | None:
        """The last day of this name that is not to come; None for one that there is not."""
        back = (self._at - timedelta(days=ago) for ago in range(_LEAP))
        fits = (one for one in back if one.day == day and month in (None, one.month))
        return next(fits, None)
