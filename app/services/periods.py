"""Periods that offices report by: a month, a quarter, a year, or any days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.errors import DomainError

_QUARTERS = "一二三四"
_MONTHS_OF_QUARTER = 3
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """2026年11月, 2026年第四季度, 2026年; other days as they are."""
        first, year = self.first, self.first.year
        if self == month(first):
            return f"{year}年{first.month}月"
        if self == quarter(first):
            return f"{year}年第{_QUARTERS[first.month // _MONTHS_OF_QUARTER]}季度"
        if self == year_of(first):
            return f"{year}年"
        return f"{_day(first)}至{_day(self.last)}"

    def months(self) -> Sequence[date]:
        """The first day of every month that it touches."""
        found = [self.first.replace(day=1)]
        while (following := _following(found[-1])) <= self.last:
            found.append(following)
        return found


def month(day: date) -> Period:
    """The whole month of a day."""
    return Period(day.replace(day=1), _following(day) - timedelta(days=1))


def month_before(day: date) -> Period:
    """The whole month before that of a day."""
    return month(day.replace(day=1) - timedelta(days=1))


def quarter(day: date) -> Period:
    """The whole quarter of a day."""
    begun = (day.month - 1) // _MONTHS_OF_QUARTER * _MONTHS_OF_QUARTER + 1
    last = month(day.replace(month=begun + _MONTHS_OF_QUARTER - 1, day=1)).last
    return Period(day.replace(month=begun, day=1), last)


def year_of(day: date) -> Period:
    """The whole year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def between(first: date, last: date) -> Period:
    """Any days; raises DomainError where the end lies before the beginning."""
    if last < first:
        raise DomainError("结束的日子在开始之前，请核对。")
    return Period(first, last)


def _following(day: date) -> date:
    """The first day of the next month."""
    if day.month == _DECEMBER:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
