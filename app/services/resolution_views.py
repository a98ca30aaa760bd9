"""Resolutions as lists and cards show them: by SQL text, in the order of what presses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.models import ProjectState, ResolutionKind, ResolutionState
from app.services.resolution_rows import LISTED, LIVE, ResolutionRow, resolution, rows
from app.services.resolutions import OPEN
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
    "ProjectLine",
    "ResolutionFilter",
    "ResolutionRow",
    "StepView",
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


@dataclass(frozen=True, slots=True)
class StepView:
    """A dated step; `photos` is how many pictures it has."""

    id: int
    on_date: date
    at: datetime
    words: str
    percent: int | None
    user_name: str
    photos: int


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project that carries it out; money in 分, what was spent is positive."""

    id: int
    number: str
    name: str
    state: ProjectState
    percent: int
    budget: int
    spent: int


def list_ids(source: Source, chosen: ResolutionFilter = EVERYTHING, *, today: date) -> list[int]:
    """What is open first, by the day it is due; what is over after it, the latest first."""
    opened = ", ".join(f"'{state.value}'" for state in OPEN)
    by = (
        f"ORDER BY CASE WHEN r.state IN ({opened}) THEN 0 ELSE 1 END,"
        f" CASE WHEN r.state IN ({opened}) THEN coalesce(r.due_on, '9999') END,"
        " coalesce(r.done_on, r.made_on) DESC, r.id DESC"
    )
    found = query("r.id", LISTED, _conditions(chosen, today), by)
    return list(lookup_of(source).column(found))


def steps(source: Source, resolution_id: int) -> list[StepView]:
    """The steps in the order of their days."""
    asked = query(_STEP, "progress AS p", [Sql("p.resolution_id = ?", (resolution_id,))], _BY_DAY)
    return [
        StepView(key, date.fromisoformat(day), datetime.fromisoformat(at), *rest)
        for key, day, at, *rest in lookup_of(source).rows(asked)
    ]


def projects(source: Source, resolution_id: int) -> list[ProjectLine]:
    """The projects that came of it, with what was spent of the fund for each."""
    mine = [Sql("j.resolution_id = ?", (resolution_id,)), Sql("j.deleted_at IS NULL")]
    return [
        ProjectLine(key, number, name, ProjectState.of(state), percent, budget, spent)
        for key, number, name, state, percent, budget, spent in lookup_of(source).rows(
            query(_PROJECT, "project AS j", mine, "ORDER BY j.id")
        )
    ]


def counts(source: Source, *, today: date) -> tuple[int, int]:
    """How many are open, and how many of them are late."""
    asked = query(
        "count(*), coalesce(sum(CASE WHEN r.due_on < ? THEN 1 ELSE 0 END), 0)",
        "resolution AS r",
        [LIVE, _in(OPEN)],
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


_STEP = """
    p.id, p.on_date, p.at, p.words, p.percent, p.user_name,
    (SELECT count(*) FROM progress_photo AS f WHERE f.progress_id = p.id)
"""
_BY_DAY = "ORDER BY p.on_date, p.id"
_PROJECT = """
    j.id, j.number, j.name, j.state, j.percent, j.budget,
    coalesce((SELECT -sum(e.amount) FROM fund_entry AS e WHERE e.project_id = j.id), 0)
"""


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
        yield _in(OPEN)
        yield Sql("r.due_on < ?", (today.isoformat(),))


def _worded(text: str) -> Iterator[Sql]:
    for word in tidy(text).split():
        columns = ("r.number", "r.title", "r.words", "coalesce(r.owner, '')", "m.title")
        yield any_of(contains(column, word) for column in columns)


def _in(states: Sequence[ResolutionState]) -> Sql:
    return one_of("r.state", [state.value for state in states])
