"""All persons of a workbook: rows told apart, households filled, each row read and checked."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from app.errors import Cancelled
from app.importing.checks import check_within_file
from app.importing.households import Member, fill_households
from app.importing.kinds import RowKind, kind_of, places_of
from app.importing.layout import Layout, Table
from app.importing.person import Defaults, read_person
from app.importing.places import building_in, grid_in, section_of
from app.importing.plan import Plan, plan_of
from app.importing.rows import ParsedRow
from app.importing.workbook import Sheet, Workbook
from app.values.text import compact

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
    plan = plan_of(table)
    defaults = _sheet_defaults(sheet, table, plan)
    for index, kind in kinds:
        steps.step()
        if kind is RowKind.SECTION:
            defaults = _after_section(sheet, index, defaults)
        if kind is RowKind.PERSON:
            key = _household_key(sheet, number, members[index], plan)
            row, member = sheet.rows[index], members[index]
            values, faults, remarks = read_person(row, plan, member, defaults, key, today)
            yield ParsedRow(sheet.name, index + 1, values, row, faults, remarks, number)


def _sheet_defaults(sheet: Sheet, table: Table, plan: Plan) -> Defaults:
    """Grid and building for all rows: the sheet's name first, then the titles above the table."""
    start = table.heading_rows[0] if table.heading_rows else table.first
    titles = [section_of(row) for row in sheet.rows[max(0, start - 4) : start] if row]
    grid = grid_in(sheet.name) or next((grid for grid, _ in titles if grid), "")
    building = building_in(sheet.name) or next((b for _, b in titles if b), "")
    has_place = plan.has("building") or plan.has("address")
    return Defaults(grid, "" if has_place else building)


def _after_section(sheet: Sheet, index: int, defaults: Defaults) -> Defaults:
    grid, building = section_of(sheet.rows[index])
    return Defaults(grid or defaults.grid, building or defaults.building)


def _household_key(sheet: Sheet, number: int, member: Member, plan: Plan) -> str:
    """One key per household of the file, by its number where it has one."""
    if told := compact(str(member.cells.get("household_number", ""))):
        return f"{sheet.name}#{told}"
    if plan.has("relation") or plan.has("head_name") or plan.has("household_number"):
        return f"{sheet.name}/{number}/{member.household}"
    return ""
