"""Filling household cells down: what merging or leaving blank meant, never more than that.

A member takes the number, head and address of the household's first row when the sheet shows that
this is its way of writing: merged cells, or members whose household cells are mostly blank.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.importing.cells import Cell, Row, at, is_blank
from app.importing.kinds import RowKind
from app.importing.layout import Table
from app.importing.workbook import MergedRange
from app.values.addresses import parse_address, parse_building, parse_room, parse_unit
from app.values.codes import HEAD, RELATION
from app.values.text import compact

HOUSE_FIELDS = (
    "household_number",
    "head_name",
    "grid",
    "compound",
    "building",
    "unit",
    "room",
    "address",
    "dwelling_kind",
)
_MARKS = ("household_number", "head_name")
_PLACE_FIELDS = ("building", "unit", "room", "address")
_PLACES = frozenset(_PLACE_FIELDS)
# From this share of blank cells on, blank means 'as above'; below it, blank means unknown.
_BLANK_MEANS_ABOVE = 0.5
_LOOSE_BLANK = 0.25
_UPPER_BLANK = 0.2

HouseCells = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Member:
    """The household cells of one person row after filling down, and which household it is."""

    cells: HouseCells
    own: HouseCells
    household: int


@dataclass(slots=True)
class _Style:
    """How a table writes households, told from all its person rows."""

    by_number: bool
    by_relation: bool
    by_head: bool
    fills_members: bool
    fills_loose: bool
    upper: tuple[str, ...] = ()


@dataclass(slots=True)
class _State:
    current: HouseCells = field(default_factory=dict)
    alive: bool = False
    household: int = 0


class _Sheet:
    """Household cells of a table's rows, merged ranges already read through."""

    def __init__(self, rows: Sequence[Row], table: Table, merged: Sequence[MergedRange]) -> None:
        self._rows = rows
        self.where = {c.field: c.index for c in table.columns if c.field in HOUSE_FIELDS}
        self.told = frozenset(self.where)
        self.marks = self.told.intersection(_MARKS)
        self._places = [self.where[name] for name in _PLACE_FIELDS if name in self.where]
        columns = set(self.where.values())
        self._relation = next((c.index for c in table.columns if c.field == "relation"), -1)
        self._is_head = next((c.index for c in table.columns if c.field == "is_head"), -1)
        self._top = {
            (row, column): merged_range.top
            for merged_range in merged
            if merged_range.bottom > merged_range.top >= table.first
            for column in columns
            if merged_range.left <= column <= merged_range.right
            for row in range(merged_range.top + 1, merged_range.bottom + 1)
        }

    @property
    def has_relation(self) -> bool:
        return self._relation >= 0 or self._is_head >= 0

    def cells(self, index: int) -> HouseCells:
        """The filled household cells of a row, those of its merged ranges included."""
        row = self._rows[index]
        found = {
            name: cell
            for name, column in self.where.items()
            if not is_blank(cell := at(row, column))
        }
        if self._top:
            self._fill_from_merged(index, found)
        return found

    def _fill_from_merged(self, index: int, found: HouseCells) -> None:
        for name, column in self.where.items():
            top = None if name in found else self._top.get((index, column))
            if top is not None and not is_blank(cell := at(self._rows[top], column)):
                found[name] = cell

    def writes_place(self, index: int) -> bool:
        """True when a row tells its place itself and not through a merged range."""
        row = self._rows[index]
        return any(not is_blank(at(row, column)) for column in self._places)

    def is_head(self, index: int) -> bool:
        row = self._rows[index]
        if self._is_head >= 0 and compact(str(at(row, self._is_head))) in ("是", "√", "1", "1.0"):
            return True
        relation = at(row, self._relation)
        return isinstance(relation, str) and (relation == HEAD or RELATION.find(relation) == HEAD)

    def is_member(self, index: int) -> bool:
        row = self._rows[index]
        told = not (is_blank(at(row, self._relation)) and is_blank(at(row, self._is_head)))
        return told and not self.is_head(index)


def fill_households(
    rows: Sequence[Row],
    table: Table,
    kinds: Sequence[tuple[int, RowKind]],
    merged: Sequence[MergedRange],
) -> dict[int, Member]:
    """Household cells for each person row of a table, by row index."""
    sheet = _Sheet(rows, table, merged)
    people = [index for index, kind in kinds if kind is RowKind.PERSON]
    cells = {index: sheet.cells(index) for index in people}
    style = _style(sheet, people, cells)
    state = _State()
    members: dict[int, Member] = {}
    for index, kind in kinds:
        if kind is RowKind.PERSON:
            members[index] = _next(index, cells[index], sheet, style, state)
        elif kind in (RowKind.TOTAL, RowKind.SECTION) or (kind is RowKind.BLANK and _loose(style)):
            state.alive = False
    return members


def _loose(style: _Style) -> bool:
    return not (style.by_number or style.by_relation or style.by_head)


def _style(sheet: _Sheet, people: list[int], cells: dict[int, HouseCells]) -> _Style:
    placed = [not _no_place(cells[index]) for index in people]
    followers = _followers(sheet, people, cells)
    blank = sum([not sheet.writes_place(index) for index in followers])
    loose_blank = placed.count(False) / len(placed) if placed else 0.0
    return _Style(
        by_number="household_number" in sheet.told,
        by_relation=sheet.has_relation and any(sheet.is_head(index) for index in people),
        by_head="head_name" in sheet.told,
        fills_members=bool(followers) and blank / len(followers) >= _BLANK_MEANS_ABOVE,
        fills_loose=_LOOSE_BLANK <= loose_blank < 1,
        upper=_upper_fields(sheet, people, cells),
    )


def _followers(sheet: _Sheet, people: list[int], cells: dict[int, HouseCells]) -> list[int]:
    """Rows that do not begin a household, by their number and head or by their relation."""
    followers: list[int] = []
    marks: HouseCells = {}
    for index in people:
        house = cells[index]
        own = {mark: house[mark] for mark in sheet.marks if mark in house}
        begins = bool(own) and own != marks
        marks = own or marks
        if not begins and (sheet.is_member(index) or _continues(sheet, cells[index])):
            followers.append(index)
    return followers


def _no_place(cells: HouseCells) -> bool:
    return _PLACES.isdisjoint(cells)


def _continues(sheet: _Sheet, cells: HouseCells) -> bool:
    """A row without number and head in a sheet that has such columns continues the one above."""
    return bool(sheet.marks) and sheet.marks.isdisjoint(cells)


def _upper_fields(
    sheet: _Sheet, people: list[int], cells: dict[int, HouseCells]
) -> tuple[str, ...]:
    """Building and unit columns that are written only where they change."""
    with_room = [cells[index] for index in people if "room" in cells[index]]
    upper = []
    for name in ("compound", "building", "unit"):
        missing = sum([name not in own for own in with_room])
        if name in sheet.told and with_room and _UPPER_BLANK <= missing / len(with_room) < 1:
            upper.append(name)
    return tuple(upper)


def _next(index: int, own: HouseCells, sheet: _Sheet, style: _Style, state: _State) -> Member:
    begins = not state.alive or _begins(index, own, sheet, style, state.current)
    if not begins and own == state.current:
        # Most members repeat all that the first row tells: nothing to fill in.
        return Member(own, own, state.household)
    filled = dict(own)
    if begins:
        if "room" in own and state.current:
            _from_above(filled, style, state.current)
        state.household += 1
        state.current = dict(filled)
    elif _no_place(own) or not _contradicts(own, state.current):
        if "room" in own:
            _from_above(filled, style, state.current)
        _as_above(filled, own, sheet, style, state.current)
        for name, cell in filled.items():
            state.current.setdefault(name, cell)
    state.alive = True
    return Member(filled, own, state.household)


def _begins(index: int, own: HouseCells, sheet: _Sheet, style: _Style, current: HouseCells) -> bool:
    """Whether a row starts a household of its own."""
    if style.by_number and (number := own.get("household_number")) is not None:
        other = number != current.get("household_number")
        return other or (sheet.is_head(index) and _contradicts(own, current))
    if style.by_relation and sheet.is_head(index):
        return True
    if style.by_head and (head := own.get("head_name")) is not None:
        return compact(str(head)) != compact(str(current.get("head_name", "")))
    if style.by_number or style.by_head:
        return False
    return _contradicts(own, current)


def _contradicts(own: HouseCells, current: HouseCells) -> bool:
    """Another room, or another whole address: not the household above."""
    return any(
        # Most rows repeat the very cells of the row above.
        own[name] != (above := current.get(name, ""))
        and _plain_place(name, own[name]) != _plain_place(name, above)
        for name in _PLACE_FIELDS
        if name in own
    )


def _plain_place(name: str, cell: Cell) -> object:
    """3# and 3号楼 are one building: places are compared by what they mean."""
    if name == "building":
        return parse_building(cell)
    if name == "unit":
        return parse_unit(cell)
    read = parse_room(cell) if name == "room" else parse_address(cell)
    return read if read.room else compact(str(cell))


def _as_above(
    filled: HouseCells, own: HouseCells, sheet: _Sheet, style: _Style, current: HouseCells
) -> None:
    """Give a member what the household's first row tells, where the sheet writes it that way."""
    fills = style.fills_loose if _loose(style) else style.fills_members
    marks_continue = _continues(sheet, own)
    for name, cell in current.items():
        is_mark = name in _MARKS
        if name not in filled and (fills or (is_mark and marks_continue)):
            filled[name] = cell


def _from_above(filled: HouseCells, style: _Style, current: HouseCells) -> None:
    """A new room under a building that is written only once: the lower levels reset."""
    for position, name in enumerate(style.upper):
        changed = any(
            upper in filled and filled[upper] != current.get(upper)
            for upper in style.upper[:position]
        )
        if name not in filled and name in current and not changed:
            filled[name] = current[name]
