"""Grid and home out of sheet names, titles, section rows and grid cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from app.importing.cells import Cell, Row, cell_text, is_blank
from app.importing.fields import exact_field
from app.values.addresses import parse_address, parse_unit
from app.values.text import compact

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_GRID = re.compile(r"(?:第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:号|级)?网格(?!员|长)")
_GRID_AFTER = re.compile(r"网格(?:第)?(\d{1,3}|[一二三四五六七八九十]{1,3})(?!人|户)")
_NUMERAL = r"(?:\d+|[一二三四五六七八九十]+)"
# 3号楼, 3号楼2单元, 3号楼2单元501室 inside a title; 1-3号楼 and 1号楼至5号楼 name no one home.
_HOME = re.compile(
    rf"(?<![\dA-Za-z一二三四五六七八九十~至、,-])(?:[A-Za-z]?\d+|[A-Za-z](?=座|栋|幢)|[一二三四五六七八九十]+)"
    rf"(?:号楼栋?|栋楼?|幢|座|#楼?)(?:第?{_NUMERAL}单元)?(?:-?\d{{3,4}}[A-Z]?(?!年)(?:室|号)?)?"
)
_UNIT_ALONE = re.compile(rf"^第?{_NUMERAL}单元$")
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Section:
    """What a sheet's name, its titles and its section rows tell about the rows below them."""

    grid: str = ""
    building: str = ""
    unit: str = ""
    room: str = ""

    def then(self, later: "Section") -> "Section":
        """This with what a later section tells: another building ends unit and room."""
        grid = later.grid or self.grid
        if later.building not in ("", self.building):
            return replace(later, grid=grid)
        if later.unit not in ("", self.unit):
            return Section(grid, self.building, later.unit, later.room)
        return Section(grid, self.building, self.unit, later.room or self.room)


NOWHERE = Section()


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


@lru_cache(maxsize=4096)
def named_in(text: str) -> Section:
    """Grid and home that a title or section names: 3号楼, 户主：张三 住址：3号楼2单元501室."""
    if len(text) > _LONGEST_TITLE:
        return NOWHERE
    plain = compact(text)
    grid = grid_in(plain)
    if _UNIT_ALONE.match(plain):
        return Section(grid, unit=parse_unit(plain))
    homes = _HOME.findall(plain)
    home = parse_address(homes[0] if len(homes) == 1 else "")
    return Section(grid, home.building, home.unit, home.room)


def section_of(row: Row) -> Section:
    """What a row tells that holds one text only, or labels with values beside them."""
    texts = [cell_text(cell) for cell in row if not is_blank(cell)]
    if len(texts) == 1:
        return named_in(texts[0])
    values = [value for label, value in pairwise(texts) if exact_field(label) == "address"]
    home = parse_address(values[0] if len(values) == 1 else "")
    return Section("", home.building, home.unit, home.room)


def titles_of(rows: Iterable[Row]) -> Section:
    """What the rows above the first table of a sheet tell; the first to name a thing counts."""
    told = NOWHERE
    for row in rows:
        told = section_of(row).then(told)
        for cell in row:
            if isinstance(cell, str) and cell:
                told = named_in(cell).then(told)
    return told


def _is_han_number(text: str) -> bool:
    return bool(text) and all(character in "一二三四五六七八九十" for character in text)


def _number(text: str) -> str:
    if text.isdigit():
        return str(int(text))
    tens, ten, units = text.rpartition("十")
    if not ten:
        return "".join(str(_DIGITS[character]) for character in units)
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[units] if units else 0))
