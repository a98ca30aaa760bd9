"""Temperatures in 0.1 ℃: as a clerk writes them, and as they are shown."""

import re

from app.errors import DomainError
from app.values.text import compact

_TYPED = re.compile(r"(-?)(\d{1,3})(?:\.(\d))?(?:℃|度)?")
_TENTHS = 10


def degrees(tenths: int | None) -> str:
    """36.5; '' where nothing was measured."""
    return "" if tenths is None else f"{tenths / _TENTHS:.1f}"


def celsius(tenths: int | None) -> str:
    """36.5 ℃; '' where nothing was measured."""
    return "" if tenths is None else f"{degrees(tenths)} ℃"


def read_degrees(typed: str) -> int | None:
    """Tenths of what was typed, None for nothing; DomainError for what is no temperature."""
    text = compact(typed).replace("。", ".").replace("．", ".")
    if not text:
        return None
    found = _TYPED.fullmatch(text)
    if found is None:
        raise DomainError("温度请写数字，最多一位小数，如 3.5。")
    sign, whole, tenth = found.groups()
    value = int(whole) * _TENTHS + int(tenth or 0)
    return -value if sign else value
