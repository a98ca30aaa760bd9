"""Regions behind the first digits of an ID number (GB/T 2260).

The table is a help for people, never a reason to refuse: codes were abolished and renamed, and a
person keeps the code of the place and year of registration.
"""

from functools import cache

from app.values.tables import read_table


@cache
def _regions() -> dict[str, str]:
    return {row["code"]: row["name"] for row in read_table("regions")}


def province_of(code: str) -> str:
    """The province of a region code, '' when its first two digits are no province."""
    return _regions().get(code[:2], "")


def region_name(code: str) -> str:
    """The most exact name known: 210214 -> 辽宁省大连市普兰店区, '' when unknown."""
    parts = [_regions().get(code[:length], "") for length in (2, 4, 6) if len(code) >= length]
    return "".join(parts)
