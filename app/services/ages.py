"""Ages by 周岁 on a given day, and the birth dates that belong to them."""

from calendar import monthrange
from datetime import date, timedelta


def age_on(birth_date: date | None, today: date) -> int | None:
    """Full years lived; who was born on 29 February turns older on 1 March of other years."""
    if birth_date is None or birth_date > today:
        return None
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (not had_birthday)


def born_between(low: int | None, high: int | None, today: date) -> tuple[date | None, date | None]:
    """First and last birth date of those aged `low` to `high`; None where there is no limit."""
    first = None if high is None else years_later(today, -high - 1) + timedelta(days=1)
    last = None if low is None else years_later(today, -low)
    return first, last


def years_later(day: date, years: int) -> date:
    """The same day of another year; of 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_later(day: date, months: int) -> date:
    """The same day of another month; the last of it where it has no such day."""
    months += day.year * 12 + day.month - 1
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
