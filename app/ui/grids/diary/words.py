"""Days and lines of the diary as its windows say them."""

from datetime import date

from app.services.diary_views import DiaryRow
from app.values.days import weekday


def short_day(day: date) -> str:
    """11-20 周五."""
    return f"{day:%m-%d} 周{weekday(day)}"


def long_day(day: date) -> str:
    """2026-11-20 周五."""
    return f"{day.year}-{short_day(day)}"


def line_name(line: DiaryRow) -> str:
    """How questions and the journal call a line: 11-20 巡查 3 号楼."""
    what = line.met.partition("、")[0] or line.seen[:12]
    return f"{line.on_date:%m-%d} {line.way} {what}".strip()
