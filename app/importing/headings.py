"""Finding heading rows: below titles, on two or three levels, repeated, side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from app.importing.cells import Cell, Row, at
from app.importing.fields import TAG_TICK, exact_field, field_of_heading, plain_heading
from app.importing.workbook import MergedRange, Sheet

_MOST_LEVELS = 4
# A merged cell that is wider than this share of the sheet is a title and no group of columns.
_TITLE_WIDTH = 0.7
_LONGEST_HEADING = 24
_HIGHEST = 20


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """Zero-based first and last heading row, and per column its group and its own text."""

    first: int
    last: int
    paths: tuple[tuple[str, str], ...]

    def field(self, column: int) -> str:
        """The field that the heading of a column means, '' when unknown or unused."""
        if column >= len(self.paths):
            return ""
        group, text = self.paths[column]
        found = field_of_heading(text, group)
        if found in ("birth_year", "birth_month", "birth_day"):
            return found if "出生" in plain_heading(group + text) else ""
        return found or (field_of_heading(group) if group and text else "")

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.field(column) for column in range(len(self.paths)))


def find_blocks(sheet: Sheet) -> list[HeadingBlock]:
    """All heading blocks of a sheet in their order; a repeated heading is a block of its own."""
    marked = {index for index, row in enumerate(sheet.rows) if row and is_heading_row(row)}
    if not marked:
        top = enumerate(sheet.rows[:_HIGHEST])
        marked = set(islice((index for index, row in top if _names_people(row)), 1))
    blocks: list[HeadingBlock] = []
    for index in sorted(marked):
        if blocks and index <= blocks[-1].last:
            continue
        blocks.append(_grow(sheet, index, marked))
    return blocks


def _names_people(row: Row) -> bool:
    """姓名 among short texts: the heading of a sheet whose other headings nobody knows."""
    texts = [cell for cell in row if cell != ""]
    if len(texts) < 2 or not all(map(_is_short_text, texts)) or any(map(_looks_like_data, texts)):
        return False
    return any(exact_field(str(text)) == "name" for text in texts)


def is_heading_row(row: Row) -> bool:
    """At least two headings of different fields, and hardly a cell that looks like data."""
    # Most rows of a roster carry a long number: told by that, at a tenth of the cost.
    if any(isinstance(cell, str) and len(cell) >= 15 and cell[:6].isdigit() for cell in row):
        return False
    found = _fields_of(row)
    if len(found) < 2:
        return False
    return sum(map(_looks_like_data, row)) <= len(found) // 4


def _looks_like_data(cell: Cell) -> bool:
    if isinstance(cell, str):
        return sum(map(str.isdigit, cell)) >= 6
    return isinstance(cell, int | float | date | datetime)


def _grow(sheet: Sheet, index: int, marked: set[int]) -> HeadingBlock:
    first = last = index
    own = _fields_of(sheet.rows[index])
    while first > 0 and last - first < _MOST_LEVELS and _is_group_row(sheet, first - 1, own):
        first -= 1
    while last + 1 < len(sheet.rows) and _is_lower_level(sheet, first, last + 1, marked):
        last += 1
    return HeadingBlock(first, last, tuple(_paths(sheet, first, last)))


def _fields_of(row: Row) -> set[str]:
    return {field for cell in row if isinstance(cell, str) and (field := exact_field(cell))}


def _is_group_row(sheet: Sheet, index: int, below: set[str]) -> bool:
    """A row above the headings that names groups of columns, or columns of its own."""
    row = sheet.rows[index]
    texts = [cell for cell in row if cell != ""]
    # One text alone is a title, however wide it is merged.
    if len(texts) < 2 or not all(map(_is_short_text, texts)) or any(map(_looks_like_data, texts)):
        return False
    if _fields_of(row) - below:
        return True
    width = max(sheet.width, 1)
    groups = [m for m in sheet.merged if m.top == index and m.right > m.left]
    return bool(groups) and all(m.right - m.left + 1 < width * _TITLE_WIDTH for m in groups)


def _is_short_text(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST_HEADING and not _is_statement(cell)


def _is_statement(text: str) -> bool:
    """填报单位:望海社区 says something; a heading only names."""
    head, colon, rest = text.replace("：", ":").partition(":")
    return bool(colon and head.strip() and rest.strip())


def _is_lower_level(sheet: Sheet, first: int, index: int, marked: set[int]) -> bool:
    """A row below whose texts all stand where the row above is blank or a group of columns."""
    row = sheet.rows[index]
    above = sheet.rows[index - 1]
    filled = [column for column, cell in enumerate(row) if cell != ""]
    if not filled or any(not _is_short_text(row[column]) for column in filled):
        return False
    if any(map(_looks_like_data, row)):
        return False
    if index in marked and _fields_of(row) - _fields_of(above):
        return True
    named = _named_columns(sheet, first, index - 1)
    if any(column in named for column in filled):
        return False
    return any(_names_a_column(row[column]) for column in filled)


def _names_a_column(cell: Cell) -> bool:
    field = field_of_heading(str(cell))
    return bool(field) and (bool(exact_field(str(cell))) or field.startswith((TAG_TICK, "birth_")))


def _named_columns(sheet: Sheet, first: int, last: int) -> set[int]:
    """Columns that already have a heading of their own, not only that of a group."""
    grouped = {
        (merged.top, column)
        for merged in sheet.merged
        if first <= merged.top <= last and merged.right > merged.left
        for column in range(merged.left, merged.right + 1)
    }
    return {
        column
        for index in range(first, last + 1)
        for column, cell in enumerate(sheet.rows[index])
        if cell != "" and (index, column) not in grouped
    }


def _paths(sheet: Sheet, first: int, last: int) -> Iterator[tuple[str, str]]:
    """Per column: the joined texts of the upper rows, and the lowest text."""
    covering = [m for m in sheet.merged if m.top <= last and m.bottom >= first]
    width = max(len(row) for row in sheet.rows[first : last + 1])
    levels = [_level(sheet, index, last, width, covering) for index in range(first, last + 1)]
    for column in range(width):
        texts = list(dict.fromkeys(level[column] for level in levels if level[column]))
        yield ("".join(texts[:-1]), texts[-1]) if texts else ("", "")


def _level(
    sheet: Sheet, index: int, last: int, width: int, covering: list[MergedRange]
) -> list[str]:
    """Texts of one heading row; merged cells repeat theirs, groups without merging reach right."""
    row = sheet.rows[index]
    texts = [str(at(row, column)).strip() for column in range(width)]
    for merged in covering:
        if merged.top <= index <= merged.bottom:
            text = str(at(sheet.rows[merged.top], merged.left)).strip()
            for column in range(merged.left, min(merged.right + 1, width)):
                texts[column] = texts[column] or text
    if index < last and not covering:
        _reach_right(texts, sheet.rows[index + 1])
    return texts


def _reach_right(texts: list[str], below: Row) -> None:
    group = ""
    for column, text in enumerate(texts):
        if text:
            group = text if at(below, column) != "" else ""
        elif group and at(below, column) != "":
            texts[column] = group
