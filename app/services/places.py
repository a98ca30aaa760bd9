"""Addresses in words, and the order in which a street walker meets them."""

import re

from app.values.addresses import Address

_NUMBERS = re.compile(r"\d+")
_DIGITS = 6


def short(building: str | None, unit: str | None, room: str | None) -> str:
    """3-2-501; '' for nobody's place."""
    return "-".join(filter(None, (building, unit, room)))


def listed(building: str | None, unit: str | None, room: str | None) -> str:
    """3 号楼 2-501, as tables show it."""
    inside = "-".join(part for part in (unit, room) if part)
    return " ".join(part for part in (Address(building or "").spoken, inside) if part)


def home_words(building: str | None, unit: str | None, room: str | None, other: str | None) -> str:
    """8 号楼 2-401; what was written where somebody lives elsewhere."""
    return listed(building, unit, room) or other or "没有登记住处"


def spoken(building: str | None, unit: str | None, room: str | None) -> str:
    """3 号楼 2 单元 501, as cards and papers show it."""
    return Address(building or "", unit or "", room or "").spoken


def building_label(number: str, name: str | None) -> str:
    """3 号楼, or 3 号楼（望海楼） where the building has a name."""
    spoken_number = Address(number).spoken
    return f"{spoken_number}（{name}）" if name else spoken_number


def natural(text: str) -> str:
    """Digits padded with zeros, so that 10 号楼 comes after 9 号楼."""
    return _NUMBERS.sub(lambda match: match[0].zfill(_DIGITS), text)


def place_order(building: str, unit: str, room: str) -> str:
    """The value of `Dwelling.place_order` (60 characters at most)."""
    return "|".join(natural(part)[:19] for part in (building, unit, room))
