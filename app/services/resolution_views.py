"""Resolutions as lists and cards show them: by SQL text, in the order of what presses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.errors import DomainError
from app.models import BodyKind, ProjectState, ResolutionKind, ResolutionState
from app.services.chunks import chunks
from app.services.resolutions import OPEN
from app.storage.lookup import (
    Source,
    Sql,
    any_of,
    contains,
    day_of,
    lookup_of,
    one_of,
    query,
)
from app.values.text import tidy


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionRow:
    """One of them; money in 分, texts '' where nothing was said."""

    id: int
    version: int
    number: str
    kind: ResolutionKind
    title: str
    words: str
    made_on: date
    meeting_id: int
    meeting: str
    body: str
    body_kind: BodyKind
    topic_id: int | None
    grid_id: int | None
    grid: str
    owner: str
    due_on: date | None
    budget: int | None
    state: ResolutionState
    percent: int
    done_on: date | None
    done_words: str
    stopped_reason: str
    vote_words: str
    vote_proof: str
    notice_id: int | None
    posted_on: date | None
    ends_on: date | None
    taken_down_on: date | None
    objections: int
    unanswered: int
    steps: int
    last_step_on: date | None
    photos: int
    good: int
    fair: int
    bad: int

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def late(self, today: date) -> bool:
        """Past its day and not done."""
        return self.open and self.due_on is not None and self.due_on < today


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
    found = query("r.id", _LISTED, _conditions(chosen, today), by)
    return list(lookup_of(source).column(found))


def rows(source: Source, ids: Sequence[int]) -> list[ResolutionRow]:
    """These resolutions in this order; those that are gone are left out."""
    lookup, found = lookup_of(source), dict[int, ResolutionRow]()
    for part in chunks(ids, 500):
        for values in lookup.rows(query(_COLUMNS, _TABLES, [_LIVE, one_of("r.id", part)])):
            found[values[0]] = _row(values)
    return [found[one] for one in ids if one in found]


def resolution(source: Source, resolution_id: int) -> ResolutionRow:
    """One of them; raises DomainError where it is gone."""
    for row in rows(source, [resolution_id]):
        return row
    raise DomainError("这项决议已经被删除，请刷新列表。")


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
        [_LIVE, _in(OPEN)],
    )
    given = Sql(asked.text, (today.isoformat(), *asked.values))
    return next((opened, late) for opened, late in lookup_of(source).rows(given))


def overdue(source: Source, today: date) -> list[ResolutionRow]:
    """Those past their day and not done, the latest first in being late."""
    ids = list_ids(source, ResolutionFilter(late=True), today=today)
    return rows(source, ids)


def years(source: Source) -> list[int]:
    """The years in which something was decided, the latest first."""
    asked = query("DISTINCT substr(r.made_on, 1, 4)", "resolution AS r", [_LIVE])
    return sorted((int(year) for year in lookup_of(source).column(asked)), reverse=True)


def bodies(source: Source) -> list[tuple[int, str]]:
    """The bodies that decided something, for the filter."""
    asked = query("DISTINCT b.id, b.name", _LISTED, [_LIVE], "ORDER BY b.id")
    return [(key, name) for key, name in lookup_of(source).rows(asked)]


_LIVE = Sql("r.deleted_at IS NULL")
_LISTED = (
    "resolution AS r JOIN meeting AS m ON m.id = r.meeting_id JOIN body AS b ON b.id = m.body_id"
)
_TABLES = f"""
    {_LISTED}
    LEFT JOIN grid AS g ON g.id = r.grid_id
    LEFT JOIN vote AS v ON v.id = r.vote_id
    LEFT JOIN notice AS n ON n.id = r.notice_id AND n.deleted_at IS NULL
"""


def _said(verdict: str) -> str:
    return (
        "(SELECT count(*) FROM evaluation AS e WHERE e.resolution_id = r.id"  # noqa: S608 - fixed text
        f" AND e.deleted_at IS NULL AND e.verdict = 'verdict_{verdict}')"
    )


_OBJECTED = "(SELECT count(*) FROM objection AS o WHERE o.notice_id = n.id AND o.deleted_at IS NULL"
_COLUMNS = f"""
    r.id, r.version, r.number, r.kind, r.title, r.words, r.made_on, r.meeting_id, m.title,
    b.name, b.kind, r.topic_id, r.grid_id, g.name, r.owner, r.due_on, r.budget, r.state, r.percent,
    r.done_on, r.done_words, r.stopped_reason, v.words, v.proof, n.id, n.posted_on, n.ends_on,
    n.taken_down_on, {_OBJECTED}), {_OBJECTED} AND o.answered_on IS NULL),
    (SELECT count(*) FROM progress AS p WHERE p.resolution_id = r.id),
    (SELECT max(p.on_date) FROM progress AS p WHERE p.resolution_id = r.id),
    (SELECT count(*) FROM progress_photo AS f JOIN progress AS p ON p.id = f.progress_id
        WHERE p.resolution_id = r.id),
    {_said("good")}, {_said("fair")}, {_said("bad")}
"""  # noqa: S608 - fixed text
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
    return [_LIVE, *_chosen(chosen, today), *_worded(chosen.text)]


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


def _row(values: tuple[Any, ...]) -> ResolutionRow:
    key, version, number, kind, title, words, made_on, meeting_id, meeting = values[:9]
    body, body_kind, topic_id, grid_id, grid, owner, due_on, budget, state = values[9:18]
    percent, done_on, done_words, stopped, vote, proof, notice_id, *days = values[18:28]
    objections, unanswered, count, last, photos, good, fair, bad = values[28:]
    posted, ends, taken_down = map(day_of, days)
    return ResolutionRow(
        id=key,
        version=version,
        number=number,
        kind=ResolutionKind.of(kind),
        title=title,
        words=words,
        made_on=date.fromisoformat(made_on),
        meeting_id=meeting_id,
        meeting=meeting,
        body=body,
        body_kind=BodyKind.of(body_kind),
        topic_id=topic_id,
        grid_id=grid_id,
        grid=grid or "",
        owner=owner or "",
        due_on=day_of(due_on),
        budget=budget,
        state=ResolutionState.of(state),
        percent=percent,
        done_on=day_of(done_on),
        done_words=done_words or "",
        stopped_reason=stopped or "",
        vote_words=vote or "",
        vote_proof=proof or "",
        notice_id=notice_id,
        posted_on=posted,
        ends_on=ends,
        taken_down_on=taken_down,
        objections=objections,
        unanswered=unanswered,
        steps=count,
        last_step_on=day_of(last),
        photos=photos,
        good=good,
        fair=fair,
        bad=bad,
    )
