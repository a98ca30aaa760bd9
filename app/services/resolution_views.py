"""Resolutions as lists and cards show them: by SQL text, in the order of what presses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.models import OPEN_RESOLUTIONS, ResolutionKind, ResolutionState
from app.services.resolution_rows import LISTED, LIVE, ResolutionRow, resolution, rows
from app.storage.lookup import (
    Source,
    Sql,
    any_of,
    contains,
    lookup_of,
    one_of,
    query,
)
from app.values.text import tidy

__all__ = [
    "EVERYTHING",
    "ResolutionFilter",
    "ResolutionRow",
    "resolution",
    "rows",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionFilter:
    """Which resolutions; None, () and '' for all."""

    states: tuple[ResolutionState, ...] = ()
    kind: ResolutionKind | None = None
    grid_id: int | None = None
    body_id: int | None = None
    year: int | None = None
    late: bool = False
    text: str = ""


EVERYTHING = ResolutionFilter()


def list_ids(source: Source, chosen: ResolutionFilter = EVERYTHING, *, today: date) -> list[int]:
    """What is open first, by the day it is due; what is over after it, the latest first."""
    opened = ", ".join(f"'{state.value}'" for state in OPEN_RESOLUTIONS)
    by = (
        f"ORDER BY CASE WHEN r.state IN ({opened}) THEN 0 ELSE 1 END,"
        f" CASE WHEN r.state IN ({opened}) THEN coalesce(r.due_on, '9999') END,"
        " coalesce(r.done_on, r.made_on) DESC, r.id DESC"
    )
    found = query("r.id", LISTED, _conditions(chosen, today), by)
    return list(lookup_of(source).column(found))


def counts(source: Source, *, today: date) -> tuple[int, int]:
    """How many are open, and how many of them are late."""
    asked = query(
        "count(*), coalesce(sum(CASE WHEN r.due_on < ? THEN 1 ELSE 0 END), 0)",
        "resolution AS r",
        [LIVE, _in(OPEN_RESOLUTIONS)],
    )
    given = Sql(asked.text, (today.isoformat(), *asked.values))
    return next((opened, late) for opened, late in lookup_of(source).rows(given))


def overdue(source: Source, today: date) -> list[ResolutionRow]:
    """Those past their day and not done, the latest first in being late."""
    ids = list_ids(source, ResolutionFilter(late=True), today=today)
    return rows(source, ids)


def years(source: Source) -> list[int]:
    """The years in which something was decided, the latest first."""
    asked = query("DISTINCT substr(r.made_on, 1, 4)", "resolution AS r", [LIVE])
    return sorted((int(year) for year in lookup_of(source).column(asked)), reverse=True)


def bodies(source: Source) -> list[tuple[int, str]]:
    """The bodies that decided something, for the filter."""
    asked = query("DISTINCT b.id, b.name", LISTED, [LIVE], "ORDER BY b.id")
    return [(key, name) for key, name in lookup_of(source).rows(asked)]


def _conditions(chosen: ResolutionFilter, today: date) -> list[Sql]:
    return [LIVE, *_chosen(chosen, today), *_worded(chosen.text)]


def _chosen(chosen: ResolutionFilter, today: date) -> Iterator[Sql]:
    if chosen.states:
        yield _in(chosen.states)
    if chosen.kind is not None:
        yield Sql("r.kind = ?", (chosen.kind.value,))
    if chosen.grid_id is not None:
        yield Sql("r.grid_id = ?", (chosen.grid_id,))
    if chosen.body_id is not None:
        yield Sql("m.body_id = ?", (chosen.body_id,))
    if chosen.year is not None:
        yield Sql("r.made_on BETWEEN ? AND ?", (f"{chosen.year}-01-01", f"{chosen.year}-12-31"))
    if chosen.late:
        yield _in(OPEN_RESOLUTIONS)
        yield Sql("r.due_on < ?", (today.isoformat(),))


def _worded(text: str) -> Iterator[Sql]:
    for word in tidy(text).split():
        columns = ("r.number", "r.title", "r.words", "coalesce(r.owner, '')", "m.title")
        yield any_of(contains(column, word) for column in columns)


def _in(states: Sequence[ResolutionState]) -> Sql:
    return one_of("r.state", [state.value for state in states])
