"""Lines into which a figure or a day is typed, and how it is read."""

from datetime import date

from PySide6.QtWidgets import QLineEdit

from app.errors import DomainError
from app.ui.kit.forms import line_edit
from app.ui.people.date_line import DateLine
from app.values.text import compact

_LONGEST = 6


def figure(value: int | None, *, hint: str = "", name: str = "") -> QLineEdit:
    """A line for a whole number; empty where there is none."""
    return line_edit("" if value is None else str(value), hint=hint, name=name, limit=_LONGEST)


def figure_of(line: QLineEdit, title: str, example: str) -> int | None:
    """The number that was typed, None for nothing; raises DomainError for words."""
    typed = compact(line.text())
    if not typed:
        return None
    if not typed.isdecimal():
        raise DomainError(f"{title}要写成数字，如 {example}。")
    return int(typed)


def day_of(line: DateLine) -> date:
    """The day that was typed; raises DomainError for none, for words, and for a day to come."""
    day = line.value()
    if day is None:
        raise DomainError("请填日期，写成 2026-11-25，不能晚于今天。")
    return day


def money_of(line: QLineEdit, title: str) -> int | None:
    """分, from 元 with at most two places; None for nothing; raises DomainError for words."""
    typed = compact(line.text())
    if not typed:
        return None
    whole, _, part = typed.partition(".")
    if not (whole.isdecimal() and len(part) <= 2 and (not part or part.isdecimal())):
        raise DomainError(f"{title}要写成金额，如 3.50。")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def money_words(cost: int | None) -> str:
    """1,234.50; '' where there is none."""
    return "" if cost is None else f"{cost / 100:,.2f}"
