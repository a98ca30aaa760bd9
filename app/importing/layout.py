"""The layout of a sheet: where its tables are and what their columns mean."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from app.importing.cells import Row, cell_text, column_letters
from app.importing.contents import guess, sample_column, share
from app.importing.fields import (
    OTHER_PERSON,
    TAG_TICK,
    exact_field,
    is_ignored_heading,
    is_single,
    plain_heading,
    without_count,
)
from app.importing.headings import HeadingBlock, find_blocks
from app.importing.workbook import Sheet, Workbook

_SAMPLES_SHOWN = 3
_MOSTLY = 0.6
# Names by which a table may also list owners of houses: alone they make no roster of residents.
_OWNER_HEADINGS = ("业主", "房主", "租户", "承租")
# 类别 may classify anything: it holds tags only where some of its cells are known tags.
_GENERAL = re.compile(r"(?:人员)?(?:类别|分类)$")
_SAMPLE_SHEET = re.compile(r"示例|样例|样表|范例|填写说明|填表说明|模板说明")
_PERSONAL = {"document_number", "sex", "birth_date", "relation", "is_head", "political_status"}
_USEFUL = _PERSONAL | {"phones", "ethnic_group", "building", "unit", "room", "address", "tags"}


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is '' when unused; `source` is heading, content, user or remembered."""

    index: int
    letters: str
    group: str
    heading: str
    field: str
    source: str
    samples: tuple[str, ...]


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
            column.field == "name" and plain_heading(column.heading).startswith(_OWNER_HEADINGS)
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
    columns = [_column(block, data, index) for index in range(len(block.paths))]
    columns = _only_real_numbers(data, _drop_doubles_of_head(columns))
    rows = tuple(range(block.first, block.last + 1))
    pieces = _side_by_side(columns)
    shared = [
        c for c in pieces[0] if c.field in ("grid", "compound", "building", "unit", "address")
    ]
    tables = []
    for number, piece in enumerate(pieces):
        told = {column.field for column in piece}
        borrowed = [column for column in shared if number and column.field not in told]
        places = told & {"building", "address", "room"}
        known = [*piece, *([] if places else borrowed)]
        tables.append(Table(rows, first, last, tuple(_by_content(data, known))))
    return tables


def _column(block: HeadingBlock, data: tuple[Row, ...], index: int) -> Column:
    group, text = block.paths[index]
    samples = tuple(cell_text(cell) for cell in sample_column(data[:50], index)[:_SAMPLES_SHOWN])
    return Column(index, column_letters(index), group, text, block.field(index), "heading", samples)


def _drop_doubles_of_head(columns: list[Column]) -> list[Column]:
    """业主姓名 beside 家庭成员姓名 names the household, not a second person."""
    names = [column for column in columns if column.field == "name"]
    owners = [c for c in names if plain_heading(c.heading).startswith(_OWNER_HEADINGS)]
    members = [c for c in names if "成员" in c.group + c.heading]
    if len(members) == 1 and len(names) == 2:
        owners = [column for column in names if column not in members]
    if not owners or len(owners) == len(names):
        return columns
    return [replace(c, field="head_name") if c in owners else c for c in columns]


def _heads_as_people(columns: list[Column]) -> list[Column]:
    """A roster of heads alone: what it tells about the head is told about the person."""
    told = {column.field for column in columns}
    if "head_name" not in told or "name" in told:
        return columns
    own = {"head_document": "document_number", "head_phones": "phones"}
    free = {head: person for head, person in own.items() if person not in told}
    return [replace(c, field=free[c.field]) if c.field in free else c for c in columns]


def _side_by_side(columns: list[Column]) -> list[list[Column]]:
    """Cut where fields begin anew: 姓名 性别 证件 | 姓名 性别 证件."""
    columns = _without_odd_names(columns)
    names = [column.index for column in columns if column.field == "name"]
    cuts = [0]
    for before, name in pairwise(names):
        seen = {_sameness(c) for c in columns if cuts[-1] <= c.index <= before} - {""}
        anew = [c.index for c in columns if before < c.index <= name and _sameness(c) in seen]
        cuts.append(anew[0])
    ends = [*cuts[1:], len(columns)]
    return [columns[start:end] for start, end in zip(cuts, ends, strict=True)]


def _without_odd_names(columns: list[Column]) -> list[Column]:
    """姓名拼音 after 姓名 is no second person: one has the same heading or fields of his own."""
    names = [column for column in columns if column.field == "name"]
    odd = set()
    for before, name in pairwise(names):
        seen = {c.field for c in columns if c.index < name.index and is_single(c.field)}
        own = {c.field for c in columns if c.index > name.index} & (seen - {"name"})
        if not own and without_count(before.heading) != without_count(name.heading):
            odd.add(name.index)
    return [replace(c, field="") if c.index in odd else c for c in columns]


def _sameness(column: Column) -> str:
    """What makes two columns of side-by-side tables the same one."""
    return column.field if is_single(column.field) else plain_heading(column.heading)


def _by_content(data: tuple[Row, ...], columns: list[Column]) -> list[Column]:
    """Correct headings that content contradicts, name columns without a known heading."""
    columns = _single_fields_once(_swapped(data, _heads_as_people(columns)))
    told = {column.field for column in columns}
    result = []
    for column in columns:
        field = column.field or _guessed(data, column, told)
        told.add(field)
        source = column.source if field == column.field else "content"
        result.append(replace(column, field=field, source=source))
    return result


def _guessed(data: tuple[Row, ...], column: Column, told: set[str]) -> str:
    """What the content of an unnamed column tells; document numbers even against its heading."""
    field = guess(sample_column(data, column.index))
    if field in told and (is_single(field) or column.heading):
        return ""
    if field == "document_number" or not column.heading:
        return field
    # Under an unknown heading a date or a name is anybody's; other shapes speak for themselves.
    unsure = field == "birth_date" or (field == "name" and "head_name" in told)
    return "" if unsure or is_ignored_heading(column.heading) else field


def _swapped(data: tuple[Row, ...], columns: list[Column]) -> list[Column]:
    """A number column under an odd heading, tags under 人员类型, kinds of residence under 类别."""
    return [_recast(data, column, columns) for column in columns]


def _recast(data: tuple[Row, ...], column: Column, columns: list[Column]) -> Column:
    if column.field not in (
        "residence_status",
        "tags",
        "head_name",
        "name",
        "document_kind",
        "is_party",
    ):
        return column
    cells = sample_column(data, column.index)
    told = {other.field for other in columns}
    field = column.field
    if field == "residence_status" and share("tags", cells) > share("residence_status", cells):
        field = "tags"
    elif (
        field == "tags"
        and share("residence_status", cells) >= 0.8
        and "residence_status" not in told
    ):
        field = "residence_status"
    elif field == "tags" and _GENERAL.match(plain_heading(column.heading)):
        field = field if share("tags", cells) or not cells else ""
    elif field == "head_name" and cells and share("name", cells) == 0 and _are_ticks(cells):
        field = "is_head"
    elif field in ("document_kind", "name") and "document_number" not in told:
        field = "document_number" if share("document_number", cells) >= 0.6 else field
    elif field == "is_party" and share("political_status", cells) >= 0.8:
        field = "political_status"
    return column if field == column.field else replace(column, field=field, source="content")


def _are_ticks(cells: Iterable[object]) -> bool:
    return all(len(str(cell).strip()) <= 3 for cell in cells)


def _single_fields_once(columns: list[Column]) -> list[Column]:
    best: dict[str, Column] = {}
    for column in columns:
        known = best.get(column.field)
        if known is None or (_is_exact(column) and not _is_exact(known)):
            best[column.field] = column
    return [
        column
        if not is_single(column.field) or best[column.field] is column
        else replace(column, field="")
        for column in columns
    ]


def _is_exact(column: Column) -> bool:
    return exact_field(column.heading) == column.field


def _only_real_numbers(data: tuple[Row, ...], columns: list[Column]) -> list[Column]:
    """人员ID is no document number where another column holds the real ones."""
    shares = {c.index: share("document_number", sample_column(data, c.index)) for c in columns}
    if max(shares.values(), default=0.0) < _MOSTLY:
        return columns
    return [
        replace(c, field="") if c.field == "document_number" and not shares[c.index] else c
        for c in columns
    ]


def _bare_table(sheet: Sheet) -> Table:
    """A table without any heading: its columns are known by content alone."""
    columns = [Column(i, column_letters(i), "", "", "", "content", ()) for i in range(sheet.width)]
    return Table((), 0, len(sheet.rows) - 1, tuple(_by_content(sheet.rows, columns)))
