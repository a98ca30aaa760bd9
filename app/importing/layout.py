"""The layout of a sheet: where its tables are and what their columns mean."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.importing.cells import column_letters
from app.importing.columns import (
    OWNER_HEADINGS,
    Column,
    by_content,
    drop_doubles_of_head,
    only_real_numbers,
    read_column,
    side_by_side,
)
from app.importing.fields import OTHER_PERSON, TAG_TICK, plain_heading
from app.importing.headings import HeadingBlock, find_blocks
from app.importing.workbook import Sheet, Workbook

__all__ = ["Column", "Layout", "Table", "recognise", "recognise_all", "with_columns"]

_SAMPLE_SHEET = re.compile(r"示例|样例|样表|范例|填写说明|填表说明|模板说明")
_PERSONAL = {"document_number", "sex", "birth_date", "relation", "is_head", "political_status"}
_USEFUL = _PERSONAL | {"phones", "ethnic_group", "building", "unit", "room", "address", "tags"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet. Rows are zero-based; `last` is the last row that may hold data."""

    heading_rows: tuple[int, ...]
    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def is_roster(self) -> bool:
        """True when the columns can describe residents."""
        fields = {column.field for column in self.columns}
        if not fields & {"name", "head_name", "document_number"}:
            return False
        if any(column.source in ("user", "remembered") for column in self.columns):
            return True
        owners = any(
            column.field == "name" and plain_heading(column.heading).startswith(OWNER_HEADINGS)
            for column in self.columns
        )
        ticks = any(field.startswith(TAG_TICK) for field in fields)
        return bool(fields & (_PERSONAL if owners else _USEFUL)) or (ticks and "name" in fields)


@dataclass(frozen=True, slots=True)
class Layout:
    """What was recognised of one sheet; `used` says whether its rows are read."""

    sheet: str
    tables: tuple[Table, ...]
    used: bool
    hidden: bool
    fingerprint: str

    @property
    def columns(self) -> dict[str, str]:
        """Letters -> field of every used column."""
        pairs = {c.letters: c.field for table in self.tables for c in table.columns if c.field}
        return {letters: field for letters, field in pairs.items() if field != OTHER_PERSON}

    @property
    def heading_rows(self) -> tuple[int, ...]:
        """1-based, as WPS shows them."""
        return tuple(sorted({row + 1 for table in self.tables for row in table.heading_rows}))


def recognise_all(
    workbook: Workbook, remembered: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Layout, ...]:
    """A layout for each sheet; `remembered` maps fingerprints to earlier corrections."""
    return tuple(recognise(sheet, remembered) for sheet in workbook.sheets)


def recognise(sheet: Sheet, remembered: Mapping[str, Mapping[str, str]] | None = None) -> Layout:
    """Find the tables of a sheet and the meaning of their columns by heading and content."""
    blocks = _without_repeats(find_blocks(sheet))
    tables = [table for group in _tables(sheet, blocks) for table in group]
    rosters = tuple(table for table in tables if table.is_roster)
    if not rosters and not blocks:
        bare = _bare_table(sheet)
        rosters = (bare,) if bare.is_roster else ()
    shown = rosters or tuple(tables)
    mark = _fingerprint(blocks)
    used = bool(rosters) and not sheet.hidden and not _SAMPLE_SHEET.search(sheet.name)
    layout = Layout(sheet.name, shown, used, sheet.hidden, mark)
    correction = (remembered or {}).get(mark)
    return with_columns(layout, correction, source="remembered") if correction else layout


def with_columns(layout: Layout, mapping: Mapping[str, str], *, source: str = "user") -> Layout:
    """The layout with columns (by letters) given other fields; '' means: do not use."""
    tables = tuple(
        replace(table, columns=tuple(_corrected(c, mapping, source) for c in table.columns))
        for table in layout.tables
    )
    return replace(layout, tables=tables, used=any(table.is_roster for table in tables))


def _corrected(column: Column, mapping: Mapping[str, str], source: str) -> Column:
    field = mapping.get(column.letters, column.field)
    return column if field == column.field else replace(column, field=field, source=source)


def _fingerprint(blocks: list[HeadingBlock]) -> str:
    """Names a layout by its headings alone: the same form filled by another grid is the same."""
    paths = [
        [plain_heading(group), plain_heading(text)]
        for block in blocks[:1]
        for group, text in block.paths
    ]
    text = json.dumps(paths, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16] if paths else ""


def _without_repeats(blocks: list[HeadingBlock]) -> list[HeadingBlock]:
    """Blocks that start a table of their own: a heading repeated on each page starts none."""
    kept: list[HeadingBlock] = []
    for block in blocks:
        if not kept or block.fields != kept[-1].fields:
            kept.append(block)
    return kept


def _tables(sheet: Sheet, blocks: list[HeadingBlock]) -> Iterable[list[Table]]:
    for number, block in enumerate(blocks):
        following = blocks[number + 1].first if number + 1 < len(blocks) else len(sheet.rows)
        yield _tables_of_block(sheet, block, block.last + 1, following - 1)


def _tables_of_block(sheet: Sheet, block: HeadingBlock, first: int, last: int) -> list[Table]:
    """One table, or several that stand side by side under one heading."""
    data = sheet.rows[first : last + 1]
    columns = [read_column(block, data, index) for index in range(len(block.paths))]
    columns = only_real_numbers(data, drop_doubles_of_head(columns))
    rows = tuple(range(block.first, block.last + 1))
    pieces = side_by_side(columns)
    shared = _shared(pieces[0])
    tables = []
    for number, piece in enumerate(pieces):
        told = {column.field for column in piece}
        borrowed = shared if number and not told & {"building", "address", "room"} else []
        known = [*piece, *(column for column in borrowed if column.field not in told)]
        tables.append(Table(rows, first, last, tuple(by_content(data, known))))
    return tables


def _shared(piece: list[Column]) -> list[Column]:
    """Where a line of several people lives: told once, before the first name."""
    first_name = min((column.index for column in piece if column.field == "name"), default=0)
    fields = ("grid", "compound", "building", "unit", "room", "address")
    return [c for c in piece if c.field in fields and c.index < first_name]


def _bare_table(sheet: Sheet) -> Table:
    """A table without any heading: its columns are known by content alone."""
    columns = [Column(i, column_letters(i), "", "", "", "content", ()) for i in range(sheet.width)]
    return Table((), 0, len(sheet.rows) - 1, tuple(by_content(sheet.rows, columns)))
