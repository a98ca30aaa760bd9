"""Dates and sentences as papers write them."""

from datetime import date, datetime

from app.reports.clean import one_line


def long_date(day: date) -> str:
    """2026年3月5日, as GB/T 9704-2012 writes dates: no leading noughts."""
    return f"{day.year}年{day.month}月{day.day}日"


def printed(day: date, by: str) -> str:
    """2026年3月5日　赵敏 打印, at the foot of an internal paper."""
    return f"{long_date(day)}　{one_line(by)} 打印"


def short_date(day: date | None) -> str:
    """2026-03-05, as tables write dates; empty for None."""
    return day.isoformat() if day else ""


def moment(time: datetime) -> str:
    """2026年3月5日 09:30."""
    return f"{long_date(time.date())} {time:%H:%M}"


def full_stop(words: str) -> str:
    """What somebody typed, as a sentence; what ends already stays."""
    told = words.rstrip()
    return told if not told or told[-1] in "。！？；：…" else f"{told}。"
