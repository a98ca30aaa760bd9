"""The day of a round, said as people say it: 19, 11-19, 昨天."""

from datetime import date, timedelta

from app.ui.people.date_line import DateLine, named_day
from app.values.text import compact

_DAYS_AGO = {"昨天": 1, "前天": 2}


class DayLine(DateLine):
    """A day that was lived: 19, 11-19 and 昨天 are the latest days of these names."""

    def __init__(self, today: date) -> None:
        self._at = today
        super().__init__(today, today, future=True)

    def value(self) -> date | None:
        text = compact(self.text())
        if text in _DAYS_AGO:
            return self._at - timedelta(days=_DAYS_AGO[text])
        named, day = named_day(text, self._at, step=-1)
        return day if named else super().value()
