"""Days in words, where screens and papers say the same."""

from datetime import date

WEEKDAYS = "一二三四五六日"
PROGRAM_BEGAN = date(2020, 1, 1)
"""No PC of an office is older than its program: an empty battery begins with 1970, 2000 or 2009."""


def weekday(day: date) -> str:
    """一 to 日: what follows 周 or 星期."""
    return WEEKDAYS[day.weekday()]


def long_day(day: date) -> str:
    """2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
