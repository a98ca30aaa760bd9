"""Lists of owners (业主清册) from a spreadsheet or pasted: one dwelling a line, sums left out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import DomainError
from app.importing.cells import Cell, Row, at, cell_text
from app.importing.words import plain_text
from app.importing.workbook import read_workbook
from app.values.addresses import join_parts
from app.values.areas import read_area
from app.values.names import clean_name
from app.values.owned_places import owned_place
from app.values.text import compact

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": ("业主号", "业主编号", "户号"),
    "name": ("业主", "业主姓名", "姓名", "产权人", "所有权人", "房主", "权利人", "业主名称"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码"),
    "building": ("楼", "楼号", "楼栋", "幢", "幢号", "栋", "栋号", "楼栋号"),
    "unit": ("单元", "单元号"),
    "room": ("室", "室号", "房间", "房间号", "门牌", "门牌号", "户室"),
    "place": ("房号", "房屋", "房屋坐落", "坐落", "地址", "房屋地址", "住址", "楼室", "房屋号"),
    "area": ("面积", "建筑面积", "专有面积", "专有部分面积", "产权面积", "房屋面积"),
}
_FIELDS = {word: field for field, words in _HEADINGS.items() for word in words}
_UNIT = re.compile(r"[（(【\[].*|㎡|m²|m2|平方米|平米|[:：*]")
_SUM = re.compile(r"^(?:合计|总计|小计|共计)")
_PLACES = ("place", "building", "unit", "room")
_HIGHEST = 20
WANTED = "要有“业主”“房号”“面积”三列；房号也可以分成楼、单元、室三列。"


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """One dwelling with its owner as the list has them; area in 0.01 m², `line` from 1."""

    line: int
    number: str
    name: str
    phone: str
    building: str
    unit: str
    room: str
    area: int


@dataclass(frozen=True, slots=True)
class OwnerFault:
    """A line that cannot be taken over, and why."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class OwnerList:
    rows: tuple[OwnerRow, ...]
    faults: tuple[OwnerFault, ...]

    @property
    def area(self) -> int:
        """Of all rows together, 0.01 m²."""
        return sum(row.area for row in self.rows)


def read_file(path: Path) -> OwnerList:
    """The first sheet that has the columns; raises DomainError where none has."""
    for sheet in read_workbook(path).sheets:
        if not sheet.hidden and _heading(sheet.rows) is not None:
            return read_rows(sheet.rows)
    raise DomainError(f"“{path.name}”里没有找到业主清册：{WANTED}")


def read_rows(rows: Sequence[Row]) -> OwnerList:
    """Every line below the heading; a line without a name belongs to the owner above it.

    Raises DomainError where the columns are missing.
    """
    found = _heading(rows)
    if found is None:
        raise DomainError(f"没有看懂这张表：{WANTED}")
    first, columns = found
    taken: list[OwnerRow] = []
    faults: list[OwnerFault] = []
    for line, row in enumerate(rows[first + 1 :], first + 2):
        if _is_empty(row) or _is_sum(row):
            continue
        try:
            taken.append(_read(line, row, columns, taken[-1] if taken else None))
        except DomainError as error:
            faults.append(OwnerFault(line, str(error)))
    return OwnerList(tuple(taken), tuple(faults))


def _heading(rows: Sequence[Row]) -> tuple[int, dict[str, int]] | None:
    """The line with the headings, and where each field stands."""
    for index, row in enumerate(rows[:_HIGHEST]):
        columns: dict[str, int] = {}
        for column, field in _named(row):
            columns.setdefault(field, column)
        if {"name", "area"} <= columns.keys() and {"room", "place"} & columns.keys():
            return index, columns
    return None


def _named(row: Row) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(row):
        field = _FIELDS.get(_UNIT.sub("", compact(cell_text(cell))))
        if field is not None:
            yield column, field


def _read(line: int, row: Row, columns: Mapping[str, int], above: OwnerRow | None) -> OwnerRow:
    def cell(field: str) -> Cell:
        return at(row, columns[field]) if field in columns else ""

    name = clean_name(plain_text(cell("name")))
    if not name and above is None:
        raise DomainError("没有业主姓名。")
    written = " ".join(filter(None, (plain_text(cell(field)) for field in _PLACES)))
    read = join_parts(cell("building"), cell("unit"), cell("room"), cell("place"))
    place = owned_place(read, written)
    if place is None:
        raise DomainError(f"房号“{written}”看不懂，请写成 3-2-501。" if written else "没有房号。")
    same = above if above is not None and not name else None
    return OwnerRow(
        line=line,
        number=same.number if same else plain_text(cell("number")),
        name=same.name if same else name,
        phone=same.phone if same else plain_text(cell("phone")),
        building=place.building,
        unit=place.unit,
        room=place.room,
        area=read_area(cell_text(cell("area"))),
    )


def _is_empty(row: Row) -> bool:
    return not any(compact(cell_text(cell)) for cell in row)


def _is_sum(row: Row) -> bool:
    """合计 and the like in the first cell that has anything."""
    first: Cell = next((cell for cell in row if cell != ""), "")
    return bool(_SUM.match(compact(cell_text(first))))
