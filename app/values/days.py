"""Days in words, where screens and papers say the same."""

from datetime import date

WEEKDAYS = "一二三四五六日"


def weekday(day: date) -> str:
    """一 to 日: what follows 周 or 星期."""
    return WEEKDAYS[day.weekday()]
