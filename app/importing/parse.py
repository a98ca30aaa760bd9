"""All persons of a workbook: rows told apart, households filled, each row read and checked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from app.errors import Cancelled
from app.importing.cells import Row, is_blank
from app.importing.checks import check_within_file
from app.importing.dittos import without_dittos
from app.importing.heads import has_heads_beside, plan_of_heads, rows_of_heads
from app.importing.household_keys import HouseholdKeys
from app.importing.households import HouseCells, Member, fill_households
from app.importing.kinds import RowKind, kind_of, places_of
from app.importing.layout import Layout, Table
from app.importing.person import read_home, read_person
from app.importing.places import Section, named_in, section_of, titles_of
from app.importing.plan import Plan, plan_of
from app.importing.rows import ParsedRow
from app.importing.workbook import Sheet, Workbook

_EVERY = 500

Progress = Callable[[int, int], None]


def parse_rows(
    workbook: Workbook,
    layouts: Sequence[Layout],
    *,
    today: date,
    progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[ParsedRow, ...]:
    """Every person of the sheets in use, in the order of the file, duplicates questioned.

    `progress(done, all)` counts sheet rows. Raises Cancelled when `should_stop()` says so.
    """
    total = sum(len(s.rows) for s, lay in zip(workbook.sheets, layouts, strict=True) if lay.used)
    parsed: list[ParsedRow] = []
    steps = _Steps(total, progress, should_stop)
    for sheet, layout in zip(workbook.sheets, layouts, strict=True):
        if layout.used:
            sheet = without_dittos(sheet)
            for number, table in enumerate(layout.tables):
                if table.is_roster:
                    parsed.extend(_parse_table(sheet, table, number, today, steps))
    parsed.sort(key=_order({sheet.name: n for n, sheet in enumerate(workbook.sheets)}))
    return check_within_file(parsed)


def _order(positions: dict[str, int]) -> Callable[[ParsedRow], tuple[int, int]]:
    return lambda row: (positions[row.sheet], row.row)


class _Steps:
    """Reports progress and asks whether to stop, once in 500 rows."""

    def __init__(
        self, total: int, progress: Progress | None, should_stop: Callable[[], bool] | None
    ) -> None:
        self._done = 0
        self._total = total
        self._progress = progress
        self._should_stop = should_stop

    def step(self) -> None:
        self._done += 1
        if self._done % _EVERY:
            return
        if self._should_stop and self._should_stop():
            raise Cancelled
        if self._progress:
            self._progress(min(self._done, self._total), self._total)


def _parse_table(
    sheet: Sheet, table: Table, number: int, today: date, steps: _Steps
) -> Iterator[ParsedRow]:
    places = places_of(table)
    indexes = range(table.first, min(table.last, len(sheet.rows) - 1) + 1)
    kinds = [(index, kind_of(sheet.rows[index], places)) for index in indexes]
    members = fill_households(sheet.rows, table, kinds, sheet.merged)
    reader = _Reader(sheet, table, number, today)
    for index, kind in kinds:
        steps.step()
        if kind is RowKind.SECTION:
            reader.pass_section(index)
        if kind is RowKind.PERSON:
            yield reader.person(index, members[index])
    yield from reader.heads_beside(members)


class _Reader:
    """Reads the person rows of one table, with what its titles and sections tell."""

    def __init__(self, sheet: Sheet, table: Table, number: int, today: date) -> None:
        self._sheet, self._number, self._today = sheet, number, today
        self._plan = plan_of(table)
        self._heads = plan_of_heads(self._plan) if has_heads_beside(self._plan) else None
        self._defaults = _sheet_defaults(sheet, table, number, self._plan)
        self._house: HouseCells | None = None
        self._home: dict[str, str] = {}
        self._names: list[tuple[int, str]] = []
        self._keys = HouseholdKeys(f"{sheet.name}/{number}", self._plan)

    def pass_section(self, index: int) -> None:
        told = _beside_columns(section_of(self._sheet.rows[index]), self._plan)
        self._defaults = self._defaults.then(told)
        self._house = None

    def person(self, index: int, member: Member) -> ParsedRow:
        row = self._sheet.rows[index]
        own = not (is_blank(self._plan.cell(row, "name")) and self._tells_head_alone(row))
        parsed = self._read(index, member, self._plan if own else self._heads or self._plan)
        self._names.append((index, parsed.values.name))
        return parsed

    def heads_beside(self, members: dict[int, Member]) -> Iterator[ParsedRow]:
        """Heads that have columns of their own and are not among the members."""
        if self._heads:
            for index, member in rows_of_heads(members, self._names):
                yield self._read(index, member, self._heads)

    def _tells_head_alone(self, row: Row) -> bool:
        return self._heads is not None and is_blank(self._plan.cell(row, "document_number"))

    def _read(self, index: int, member: Member, plan: Plan) -> ParsedRow:
        row = self._sheet.rows[index]
        if member.cells != self._house:
            # Once per household: its rows follow one another and mostly tell the same home.
            self._house, self._home = member.cells, read_home(member.cells, self._defaults)
        key = self._keys.key_of(member)
        values, faults, remarks = read_person(row, plan, member, self._home, key, self._today)
        return ParsedRow(self._sheet.name, index + 1, values, row, faults, remarks, self._number)


def _sheet_defaults(sheet: Sheet, table: Table, number: int, plan: Plan) -> Section:
    """Grid and home for all rows: the sheet's name first, then the titles above the table."""
    start = table.heading_rows[0] if table.heading_rows else table.first
    above = sheet.rows[max(0, start - 4) : start]
    if number:
        # Rows of the table before may stand there: a title is alone in its row.
        above = tuple(row for row in above if sum(map(bool, row)) == 1)
    return _beside_columns(titles_of(above).then(named_in(sheet.name)), plan)


def _beside_columns(section: Section, plan: Plan) -> Section:
    """A section without what the table tells in columns of its own."""
    if plan.has("building") or plan.has("address"):
        return Section(section.grid)
    return replace(section, room="") if plan.has("room") else section
