"""The meaning of columns: headings first, then what their content confirms, corrects or adds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from app.importing.cells import Row, cell_text, column_letters
from app.importing.contents import guess, sample_column, share
from app.importing.fields import (
    OTHER_PERSON,
    exact_field,
    is_ignored_heading,
    is_single,
    plain_heading,
    without_count,
)
from app.importing.headings import HeadingBlock

_SAMPLES_SHOWN = 3
_MOSTLY = 0.6
_PLACES = {"building", "room", "address"}
# Names by which a table may also list owners of houses: alone they make no roster of residents.
OWNER_HEADINGS = ("业主", "房主", "租户", "承租")
# 类别 may classify anything: it holds tags only where some of its cells are known tags.
_GENERAL = re.compile(r"(?:人员)?(?:类别|分类)$")


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


def read_column(block: HeadingBlock, data: tuple[Row, ...], index: int) -> Column:
    group, text = block.paths[index]
    samples = tuple(cell_text(cell) for cell in sample_column(data[:50], index)[:_SAMPLES_SHOWN])
    return Column(index, column_letters(index), group, text, block.field(index), "heading", samples)


def drop_doubles_of_head(columns: list[Column]) -> list[Column]:
    """业主姓名 beside 家庭成员姓名 names the household, not a second person."""
    names = [column for column in columns if column.field == "name"]
    owners = [c for c in names if plain_heading(c.heading).startswith(OWNER_HEADINGS)]
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


def side_by_side(columns: list[Column]) -> list[list[Column]]:
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


def by_content(data: tuple[Row, ...], columns: list[Column]) -> list[Column]:
    """Correct headings that content contradicts, name columns without a known heading."""
    columns = _heads_as_people(_with_a_name(data, columns))
    columns = _single_fields_once(_swapped(data, columns))
    told = {column.field for column in columns}
    result = []
    for column in columns:
        field = column.field or _guessed(data, column, told)
        told.add(field)
        source = column.source if field == column.field else "content"
        result.append(replace(column, field=field, source=source))
    return result


def _with_a_name(data: tuple[Row, ...], columns: list[Column]) -> list[Column]:
    """产权人 or 联系人 beside 身份证号 and no other name: the number is theirs."""
    told = {column.field for column in columns}
    if "document_number" not in told or told & {"name", "head_name"}:
        return columns
    others = (column for column in columns if column.field == OTHER_PERSON)
    theirs = next((c for c in others if share("name", sample_column(data, c.index)) >= 0.7), None)
    return [replace(c, field="name") if c is theirs else c for c in columns]


def _guessed(data: tuple[Row, ...], column: Column, told: set[str]) -> str:
    """What the content of an unnamed column tells; document numbers even against its heading."""
    field = guess(sample_column(data, column.index))
    if field in told and (is_single(field) or column.heading):
        return ""
    if field == "document_number" or not column.heading:
        return field
    if field == "address" and not told & _PLACES:
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
        "household_number",
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
    elif field == "name" and "head_name" in told and _lists_several(cells):
        # 户主姓名 with all of 家庭成员 in one cell is a roster of heads.
        field = ""
    elif field in ("document_kind", "name") and "document_number" not in told:
        field = "document_number" if share("document_number", cells) >= 0.6 else field
    elif field == "household_number" and not told & _PLACES and share("address", cells) >= 0.8:
        # 户号 3-2-501 is where the household lives.
        field = "address"
    elif field == "is_party" and share("political_status", cells) >= 0.8:
        field = "political_status"
    return column if field == column.field else replace(column, field=field, source="content")


def _lists_several(cells: Iterable[object]) -> bool:
    """True when most cells hold more than one name."""
    several = [any(sign in str(cell) for sign in "、，,;；/") for cell in cells]
    return sum(several) * 2 > len(several)


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


def only_real_numbers(data: tuple[Row, ...], columns: list[Column]) -> list[Column]:
    """人员ID is no document number where another column holds the real ones."""
    shares = {c.index: share("document_number", sample_column(data, c.index)) for c in columns}
    if max(shares.values(), default=0.0) < _MOSTLY:
        return columns
    return [
        replace(c, field="") if c.field == "document_number" and not shares[c.index] else c
        for c in columns
    ]
