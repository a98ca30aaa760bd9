"""幸福账单: what was raised in a period, what became of it, how long it took, who was content.

A request counts by the day it came (来件日期), merged ones too: each was somebody's word and is
called back. It is solved once it has a day of 办结; closed without one it was closed with a reason;
all others are open. Every breakdown adds up the same cells of one SELECT: grids, kinds and levels
sum to the total. Where somebody sees some grids only, the file itself gives no others.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models import Level
from app.services import calendar
from app.services.calendar import WorkCalendar
from app.services.happiness_meetings import Talked, talked
from app.services.periods import Period
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query

NO_GRID, NO_CATEGORY = "未分网格", "未分类"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of requests; `raised` is the sum of solved, open and closed with a reason."""

    raised: int = 0
    solved: int = 0
    open: int = 0
    overdue: int = 0
    """Of the open, those whose deadline was before today"""
    dropped: int = 0
    """Closed with a reason, without an answer"""
    timed: int = 0
    """Of the solved, those that had a deadline"""
    in_time: int = 0
    content: int = 0
    fair: int = 0
    discontent: int = 0
    reopened: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*map(sum, zip(_counts(self), _counts(other), strict=True)))

    @property
    def reached(self) -> int:
        """Those who were called back and answered, by the latest call."""
        return self.content + self.fair + self.discontent

    @property
    def solved_share(self) -> float | None:
        """办结率; None where nothing was raised."""
        return self.solved / self.raised if self.raised else None

    @property
    def in_time_share(self) -> float | None:
        """按期办结率: of the solved that had a deadline."""
        return self.in_time / self.timed if self.timed else None

    @property
    def content_share(self) -> float | None:
        """满意率: 满意 and 基本满意 of those who were reached."""
        return (self.content + self.fair) / self.reached if self.reached else None


@dataclass(frozen=True, slots=True)
class Spans:
    """Days from coming to 办结: 0 for the same day, None where nothing was solved."""

    working_median: float | None = None
    working_mean: float | None = None
    calendar_median: float | None = None
    calendar_mean: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A grid or a kind with its counts and how long it took on average."""

    key: int | None
    name: str
    tally: Tally
    working_mean: float | None
    """Working days from coming to 办结"""
    found: int = 0
    """Dangers found in the diary (grids only)"""
    settled: int = 0


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    raised: int
    solved: int
    """Of those raised in this month"""


@dataclass(frozen=True, slots=True)
class Bill:
    """All figures of a period at one moment of the file; `today` is the day they were taken."""

    period: Period
    today: date
    total: Tally
    spans: Spans
    by_grid: tuple[Part, ...]
    by_category: tuple[Part, ...]
    by_level: tuple[tuple[Level, int], ...]
    """Solved, by the level at which it was"""
    by_month: tuple[Month, ...]
    found: int
    """Dangers found on rounds in the period"""
    settled: int
    guessed: bool
    """Whether working days are reckoned without the calendar of a year"""
    talked: Talked
    """Of 议事: what was brought up, decided and done"""


@dataclass(frozen=True, slots=True)
class _Cell:
    grid: int | None
    category: int
    level: Level
    tally: Tally


class _Taken:
    """How long what was solved took: of all, and summed by grid and by kind."""

    def __init__(self) -> None:
        self.working: Counter[int] = Counter()
        self.whole: Counter[int] = Counter()
        self._sums: Counter[tuple[str, int | None]] = Counter()
        self._counts: Counter[tuple[str, int | None]] = Counter()

    def add(self, grid: int | None, category: int, working: int, whole: int, count: int) -> None:
        self.working[working] += count
        self.whole[whole] += count
        for key in ((_GRID, grid), (_KIND, category)):
            self._sums[key] += working * count
            self._counts[key] += count

    def mean(self, what: str, key: int | None) -> float | None:
        """Working days, of one grid or of one kind."""
        count = self._counts[what, key]
        return self._sums[what, key] / count if count else None

    def spans(self) -> Spans:
        if not self.working:
            return Spans()
        working, whole = self.working, self.whole
        return Spans(_median(working), _mean(working), _median(whole), _mean(whole))


_GRID, _KIND = "grid", "kind"


def bill(source: Source, period: Period, *, today: date, grid_ids: Sequence[int] = ()) -> Bill:
    """The figures of a period, of all grids or of some."""
    lookup = lookup_of(source)
    where = came_in(period, grid_ids)
    days = calendar.work_calendar(lookup)
    cells = _cells(lookup, where, today)
    taken = _taken(lookup, where, days)
    dangers = _dangers(lookup, period, grid_ids)
    return Bill(
        period=period,
        today=today,
        total=sum((cell.tally for cell in cells), Tally()),
        spans=taken.spans(),
        by_grid=_by_grid(lookup, cells, taken, dangers, grid_ids),
        by_category=_by_category(lookup, cells, taken),
        by_level=_by_level(cells),
        by_month=_by_month(lookup, where, period),
        found=sum(found for found, _ in dangers.values()),
        settled=sum(settled for _, settled in dangers.values()),
        guessed=bool(taken.working) and days.guessed(period.first, min(today, period.last)),
        talked=talked(lookup, period, grid_ids),
    )


def came_in(period: Period, grid_ids: Sequence[int] = ()) -> list[Sql]:
    """The requests of a period: what all figures and the list have in common."""
    return [*_of("request", "came_on", period, grid_ids)]


def _of(table: str, day: str, period: Period, grid_ids: Sequence[int]) -> Iterable[Sql]:
    yield Sql(f"{table}.deleted_at IS NULL")
    yield Sql(f"{table}.{day} BETWEEN ? AND ?", (period.first.isoformat(), period.last.isoformat()))
    if grid_ids:
        yield one_of(f"{table}.grid_id", list(grid_ids))


# What the street solved comes back to 社区, which writes 办结.
SOLVED_AT = """
    CASE WHEN request.level = 'at_community' AND request.done_on IS NOT NULL AND EXISTS (
        SELECT 1 FROM request_step AS step WHERE step.request_id = request.id
        AND step.kind = 'handed_down' AND step.level = 'at_community'
    ) THEN 'at_street' ELSE request.level END
"""
"""The level that solved a request, as SQL text"""

# The last 办结 keeps the deadline that it met or missed.
_ONE = f"""
    request.grid_id AS grid_id, request.category_id AS category_id, {SOLVED_AT} AS level,
    request.state AS state, request.due_on AS due_on, request.done_on AS done_on,
    request.satisfaction AS satisfaction, request.reopened AS reopened,
    CASE WHEN request.done_on IS NOT NULL THEN (
        SELECT step.due_on FROM request_step AS step
        WHERE step.request_id = request.id AND step.kind = 'done_step'
        ORDER BY step.id DESC LIMIT 1
    ) END AS deadline
"""  # noqa: S608 - fixed text
_SUMS = """
    grid_id, category_id, level, count(*),
    sum(CASE WHEN done_on IS NOT NULL THEN 1 ELSE 0 END),
    sum(CASE WHEN done_on IS NULL AND state <> 'closed' THEN 1 ELSE 0 END),
    sum(CASE WHEN done_on IS NULL AND state <> 'closed' AND due_on < ? THEN 1 ELSE 0 END),
    sum(CASE WHEN done_on IS NULL AND state = 'closed' THEN 1 ELSE 0 END),
    sum(CASE WHEN deadline IS NOT NULL THEN 1 ELSE 0 END),
    sum(CASE WHEN done_on <= deadline THEN 1 ELSE 0 END),
    sum(CASE WHEN satisfaction = 'content' THEN 1 ELSE 0 END),
    sum(CASE WHEN satisfaction = 'fair' THEN 1 ELSE 0 END),
    sum(CASE WHEN satisfaction = 'discontent' THEN 1 ELSE 0 END),
    sum(CASE WHEN reopened > 0 THEN 1 ELSE 0 END)
"""


def _cells(lookup: Lookup, where: Sequence[Sql], today: date) -> list[_Cell]:
    each = query(_ONE, "request", where)
    sums = query(_SUMS, "one", (), "GROUP BY grid_id, category_id, level")
    # Put down once: the deadline of each is used twice.
    text = f"WITH one AS MATERIALIZED ({each.text}) {sums.text}"
    found = lookup.rows(Sql(text, (*each.values, today.isoformat())))
    return [
        _Cell(grid, category, Level.of(level), Tally(*counts))
        for grid, category, level, *counts in found
    ]


def _taken(lookup: Lookup, where: Sequence[Sql], days: WorkCalendar) -> _Taken:
    what = "grid_id, category_id, came_on, done_on, count(*)"
    solved = [*where, Sql("request.done_on IS NOT NULL")]
    rest = "GROUP BY grid_id, category_id, came_on, done_on"
    counted, found = _Between(days), _Taken()
    for grid, category, came, done, count in lookup.rows(query(what, "request", solved, rest)):
        found.add(grid, category, *counted.days(came, done), count)
    return found


class _Between:
    """Days between two days, each pair reckoned once."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._known: dict[tuple[str, str], tuple[int, int]] = {}

    def days(self, came: str, done: str) -> tuple[int, int]:
        """Working days and calendar days after the day it came, up to that of 办结."""
        found = self._known.get((came, done))
        if found is None:
            # Where the clock was put back in between, it took no time.
            first, last = date.fromisoformat(came), date.fromisoformat(max(came, done))
            working = self._calendar.working_days(first, last) - self._calendar.works(first)
            found = self._known[came, done] = working, (last - first).days
        return found


def _dangers(
    lookup: Lookup, period: Period, grid_ids: Sequence[int]
) -> dict[int | None, tuple[int, int]]:
    """Found and settled, by grid, by the day of the line in the diary."""
    where = [
        *_of("diary_entry", "on_date", period, grid_ids),
        Sql("diary_entry.hazard_id IS NOT NULL"),
    ]
    what = "grid_id, count(*), count(settled_on)"
    rows = lookup.rows(query(what, "diary_entry", where, "GROUP BY grid_id"))
    return {grid: (found, settled) for grid, found, settled in rows}


def _by_grid(
    lookup: Lookup,
    cells: Sequence[_Cell],
    taken: _Taken,
    dangers: Mapping[int | None, tuple[int, int]],
    grid_ids: Sequence[int],
) -> tuple[Part, ...]:
    """Every grid that there is in its order, those taken away only where they have something."""
    counts = _summed((cell.grid, cell.tally) for cell in cells)
    rows = lookup.rows(query("id, name, deleted_at", "grid", (), "ORDER BY number, id"))
    names: dict[int | None, str] = {
        key: name
        for key, name, deleted in rows
        if key in counts or key in dangers or (not deleted and key in (grid_ids or (key,)))
    }
    rest = (counts.keys() | dangers.keys()) - names.keys()
    names.update({key: NO_GRID for key in rest})
    return tuple(
        Part(
            key,
            name,
            counts.get(key, Tally()),
            taken.mean(_GRID, key),
            *dangers.get(key, (0, 0)),
        )
        for key, name in names.items()
    )


def _by_category(
    lookup: Lookup,
    cells: Sequence[_Cell],
    taken: _Taken,
) -> tuple[Part, ...]:
    """Kinds in which something was raised, the most frequent first."""
    counts = _summed((cell.category, cell.tally) for cell in cells)
    names = dict(lookup.rows(query("id, name", "category")))
    parts = [
        Part(key, names.get(key, NO_CATEGORY), tally, taken.mean(_KIND, key))
        for key, tally in counts.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-part.tally.raised, part.key)))


def _by_level(cells: Sequence[_Cell]) -> tuple[tuple[Level, int], ...]:
    counts = _summed((cell.level, cell.tally) for cell in cells)
    return tuple((level, counts.get(level, Tally()).solved) for level in Level)


def _by_month(lookup: Lookup, where: Sequence[Sql], period: Period) -> tuple[Month, ...]:
    what = "came_on, count(*), count(done_on)"
    firsts = period.months()
    raised, solved = [0] * len(firsts), [0] * len(firsts)
    for came, count, done in lookup.rows(query(what, "request", where, "GROUP BY came_on")):
        place = bisect_right(firsts, date.fromisoformat(came)) - 1
        raised[place] += count
        solved[place] += done
    return tuple(Month(*values) for values in zip(firsts, raised, solved, strict=True))


def _median(days: Counter[int]) -> float:
    """The middle one, or the mean of the two in the middle."""
    total = days.total()
    low, high = (_at(days, place) for place in ((total - 1) // 2, total // 2))
    return (low + high) / 2


def _at(days: Counter[int], place: int) -> int:
    for value in sorted(days):
        if place < days[value]:
            return value
        place -= days[value]
    raise IndexError(place)


def _mean(days: Counter[int]) -> float:
    return sum(value * count for value, count in days.items()) / days.total()


def _summed(pairs: Iterable[tuple[Any, Tally]]) -> dict[Any, Tally]:
    found: dict[Any, Tally] = {}
    for key, tally in pairs:
        found[key] = found.get(key, Tally()) + tally
    return found


def _counts(tally: Tally) -> tuple[int, ...]:
    return tuple(getattr(tally, name) for name in Tally.__slots__)
