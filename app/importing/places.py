"""Grid and building out of sheet names, titles, section rows and grid cells."""

import re
from functools import lru_cache

from app.importing.cells import Cell, Row, cell_text, is_blank
from app.values.addresses import parse_address, parse_building
from app.values.text import compact

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_GRID = re.compile(r"(?:第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:号|级)?网格(?!员|长)")
_GRID_AFTER = re.compile(r"网格(?:第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?!人|户)")
_BUILDING = re.compile(
    r"^(?:第)?(?:[A-Za-z]?\d+|[一二三四五六七八九十]+)(?:号楼|栋|幢|#楼?|号楼栋)$"
)
_BUILDING_AND_UNIT = re.compile(
    r"^(?:第)?(?:[A-Za-z]?\d+|[一二三四五六七八九十]+)?(?:号楼|栋|幢|#楼?)?(?:第)?(?:\d+|[一二三四五六七八九十])单元$"
)
_LONGEST_SECTION = 30


@lru_cache(maxsize=1024)
def grid_in(text: str) -> str:
    """第三网格, 三网格, 网格3, 望海社区第三网格居民台账 -> '3'; '' when no grid is named."""
    plain = compact(text)
    match = _GRID.search(plain) or _GRID_AFTER.search(plain)
    return _number(match[1]) if match else ""


@lru_cache(maxsize=4096, typed=True)
def grid_of_cell(cell: Cell) -> str:
    """The grid that a cell names: its number, or the text as it stands (望海一片区)."""
    text = compact(cell_text(cell))
    if text.isdigit():
        return str(int(text))
    return grid_in(text) or (_number(text) if _is_han_number(text) else text)


def unit_in(text: str) -> tuple[str, str]:
    """Building and unit that a section row consists of: 3号楼2单元 -> ('3', '2'), else ''."""
    plain = compact(text)
    if not _BUILDING_AND_UNIT.match(plain):
        return building_in(plain), ""
    address = parse_address(plain)
    return address.building, address.unit


def building_in(text: str) -> str:
    """The building that a sheet name or section row consists of: 3号楼 -> '3', else ''."""
    plain = compact(text)
    return parse_building(plain).building if _BUILDING.match(plain) else ""


def section_of(row: Row) -> tuple[str, str, str]:
    """Grid, building and unit of a row that holds one text only, '' for what it does not tell."""
    texts = [cell_text(cell) for cell in row if not is_blank(cell)]
    if len(texts) != 1 or len(texts[0]) > _LONGEST_SECTION:
        return "", "", ""
    return (grid_in(texts[0]), *unit_in(texts[0]))


def _is_han_number(text: str) -> bool:
    return bool(text) and all(character in "一二三四五六七八九十" for character in text)


def _number(text: str) -> str:
    if text.isdigit():
        return str(int(text))
    tens, ten, units = text.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[character]) for character in units)
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0))
