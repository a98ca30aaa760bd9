"""Times of day in minutes, lengths of service in half hours: read as typed, said in one way."""

import re
from collections.abc import Iterable
from datetime import datetime

from app.values.text import compact, half_width

DAY = 24 * 60
HALF_HOUR = 30
DAY_HALF_HOURS = DAY // HALF_HOUR
_CLOCK = re.compile(r"(次日)?(\d{1,2})(?:[:：.点时](\d{2}|半)?分?)?")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_HOURS = re.compile(r"(\d{1,2})(?:\.([05]))?(?:小时|h)?")


def read_time(text: str) -> int | None:
    """Minutes of the day of 9, 9:30, 0930, 9点半 or 次日 1:00; None for anything else."""
    plain = half_width(compact(text))
    run = _DIGITS.fullmatch(plain)
    found = _CLOCK.fullmatch(plain)
    if run:
        hour, minute, next_day = int(run[1]), int(run[2]), False
    elif found:
        minute = 30 if found[3] == "半" else int(found[3] or 0)
        hour, next_day = int(found[2]), bool(found[1])
    else:
        return None
    if minute > 59 or hour * 60 + minute > DAY:
        return None
    return hour * 60 + minute + (DAY if next_day else 0)


def minute_of(at: datetime) -> int:
    """Of its day: 690 at 11:30."""
    return at.hour * 60 + at.minute


def time_words(minutes: int) -> str:
    """09:30; a time after midnight is of the day after: 次日 01:00."""
    words = f"{minutes % DAY // 60:02d}:{minutes % 60:02d}"
    return f"次日 {words}" if minutes > DAY else words if minutes < DAY else "24:00"


def until_words(start: datetime, end: datetime) -> str:
    """16:30, 次日 00:30 or 2026-11-28 10:00: an end, told from its beginning."""
    days = (end.date() - start.date()).days
    words = f"{end:%H:%M}"
    return words if not days else f"次日 {words}" if days == 1 else f"{end:%Y-%m-%d} {words}"


def span_words(starts: int, ends: int) -> str:
    """09:00–11:00."""
    return f"{time_words(starts)}–{time_words(ends)}"


def half_hours_between(starts: int, ends: int) -> int:
    """Whole half hours between two times, the rest dropped."""
    return max(0, ends - starts) // HALF_HOUR


def covered(spans: Iterable[tuple[int, int]]) -> int:
    """Minutes that lie in at least one of these spans, each counted once."""
    found, until = 0, 0
    for begin, end in sorted(spans):
        found += max(0, end - max(begin, until))
        until = max(until, end)
    return found


def hours_figure(half_hours: int) -> str:
    """2.0: the figure alone, for columns."""
    return f"{half_hours / 2:,.1f}"


def hours_words(half_hours: int) -> str:
    """2.0 小时."""
    return f"{hours_figure(half_hours)} 小时"


def read_hours(text: str) -> int | None:
    """Half hours of 2, 1.5 or 2小时; None for what is not in steps of half an hour."""
    found = _HOURS.fullmatch(half_width(compact(text)))
    return None if found is None else int(found[1]) * 2 + (found[2] == "5")
