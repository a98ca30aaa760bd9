"""Activities as they are listed: which, in which order, and what is shown of each."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models import ActivityState, Attendance, ClaimState, Deed, Repeat
from app.services import activity_due, activity_series, search
from app.services.activity_due import RecordDue
from app.services.chunks import chunks
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    among,
    any_of,
    contains,
    day_of,
    lookup_of,
    one_of,
    query,
)
from app.values.text import tidy
from app.values.times import span_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFilter:
    """Which activities; None, False and '' for all. `late`: art. 11 asks for their record."""

    since: date | None = None
    until: date | None = None
    team_id: int | None = None
    item_id: int | None = None
    state: ActivityState | None = None
    late: bool = False
    text: str = ""


EVERYTHING = ActivityFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """A line of the list and what its card shows; texts are '' where nothing was said."""

    id: int
    version: int
    name: str
    item: str
    gives_hours: bool
    team_id: int | None
    team: str
    grid: str
    on_date: date
    starts: int
    ends: int
    place: str
    content: str
    organiser: str
    ours: bool
    leader: str
    wanted: int | None
    dangerous: bool
    insurance: str
    state: ActivityState
    cancelled_reason: str
    summary: str
    recorded_on: date | None
    recorded_by: str
    system_on: date | None
    notice_id: int | None
    series_id: int | None
    series: str
    """每周六 09:00; '' for what does not come again"""
    signed_up: int
    """Everybody who is on the list and has not withdrawn"""
    open: int
    """Of them, who is not typed back"""
    came: int
    half_hours: int
    posted: int
    reviewed: int
    photos: int
    due_on: date | None = None
    """By when the record has to be complete; None where it is, or none is asked for"""

    @property
    def time(self) -> str:
        return span_words(self.starts, self.ends)

    def late(self, today: date) -> bool:
        """Whether the ten working days are over (order 67 art. 11)."""
        return self.due_on is not None and self.due_on < today


_FROM = """
    activity AS a
    JOIN points_item AS i ON i.id = a.item_id
    LEFT JOIN team AS t ON t.id = a.team_id
    LEFT JOIN main.grid AS g ON g.id = a.grid_id
    LEFT JOIN activity_series AS s ON s.id = a.series_id
"""


def list_ids(source: Source, chosen: ActivityFilter = EVERYTHING, *, today: date) -> Sequence[int]:
    """The latest first."""
    wanted = query(
        "a.id",
        _FROM,
        _conditions(lookup_of(source), chosen, today),
        "ORDER BY a.on_date DESC, a.starts DESC, a.id DESC",
    )
    return array("q", lookup_of(source).column(wanted))


def late_count(source: Source, *, today: date) -> int:
    """How many records are overdue."""
    lookup = lookup_of(source)
    where = _conditions(lookup, ActivityFilter(late=True), today)
    return int(lookup.value(query("count(*)", _FROM, where)))


def years(source: Source) -> list[int]:
    """From the first activity to the last one that is planned, the latest first."""
    told = query("min(on_date), max(on_date)", "activity", [Sql("deleted_at IS NULL")])
    first, last = map(day_of, next(lookup_of(source).rows(told)))
    return list(range(last.year, first.year - 1, -1)) if first and last else []


def rows(source: Source, ids: Sequence[int]) -> list[ActivityRow]:
    """These activities in this order; what is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, ActivityRow] = {}
    due = RecordDue(lookup)
    for part in chunks(ids, 500):
        found.update((row.id, row) for row in _some(lookup, part, due))
    return [found[one] for one in ids if one in found]


def of_days(source: Source, first: date, last: date) -> list[ActivityRow]:
    """What takes place on these days, as a calendar shows it: the earliest first."""
    lookup = lookup_of(source)
    where = [
        Sql("a.deleted_at IS NULL"),
        Sql("a.on_date BETWEEN ? AND ?", (first.isoformat(), last.isoformat())),
    ]
    rest = "ORDER BY a.on_date, a.starts, a.id"
    return rows(lookup, list(lookup.column(query("a.id", _FROM, where, rest))))


def _conditions(lookup: Lookup, chosen: ActivityFilter, today: date) -> list[Sql]:
    found = [Sql("a.deleted_at IS NULL")]
    if chosen.since:
        found.append(Sql("a.on_date >= ?", (chosen.since.isoformat(),)))
    if chosen.until:
        found.append(Sql("a.on_date <= ?", (chosen.until.isoformat(),)))
    for column, value in (("a.team_id", chosen.team_id), ("a.item_id", chosen.item_id)):
        if value is not None:
            found.append(Sql(f"{column} = ?", (value,)))
    if chosen.state is not None:
        found.append(Sql("a.state = ?", (chosen.state.value,)))
    if chosen.late:
        found += activity_due.late(lookup, today=today)
    return found + [_said(lookup, word) for word in tidy(chosen.text).split()]


def _said(lookup: Lookup, word: str) -> Sql:
    """The word stands in the activity, or somebody on its list is found by it."""
    texts = ("a.name", "a.place", "a.content", "a.leader", "t.name", "i.name")
    listed = "participation AS p LEFT JOIN volunteer AS v ON v.id = p.volunteer_id"
    meant = [contains("v.name", word)]
    if found := search.find_ids(lookup, word).ids:
        meant.append(one_of("coalesce(p.resident_id, v.resident_id)", found))
    on_list = among("a.id", query("p.activity_id", listed, [any_of(meant)]))
    return any_of([*(contains(column, word) for column in texts), on_list])


_PEOPLE = "SELECT count(*) FROM participation AS p WHERE p.activity_id = a.id AND p.state"
_LIVE = "c.activity_id = a.id AND c.source_key IS NOT NULL"
_COLUMNS = f"""
    a.id, a.version, a.name, i.name, i.deed, a.team_id, t.name, g.name, a.on_date, a.starts,
    a.ends, a.place, a.content, a.organiser, a.ours, a.leader, a.wanted, a.dangerous, a.insurance,
    a.state, a.cancelled_reason, a.summary, a.recorded_on, a.recorded_by, a.system_on,
    a.notice_id, a.series_id, s.repeat, s.first_on, s.until,
    ({_PEOPLE} <> '{Attendance.WITHDREW}'),
    ({_PEOPLE} = '{Attendance.SIGNED_UP}'),
    ({_PEOPLE} = '{Attendance.CAME}'),
    (SELECT coalesce(sum(p.half_hours), 0) FROM participation AS p WHERE p.activity_id = a.id),
    (SELECT count(*) FROM points_claim AS c WHERE {_LIVE}),
    (SELECT count(*) FROM points_claim AS c WHERE {_LIVE} AND c.state = '{ClaimState.ACCEPTED}'),
    (SELECT count(*) FROM activity_photo AS f WHERE f.activity_id = a.id)
"""  # noqa: S608 - from the constants above


def _some(lookup: Lookup, ids: Sequence[int], due: RecordDue) -> Iterable[ActivityRow]:
    wanted = [one_of("a.id", ids), Sql("a.deleted_at IS NULL")]
    for values in lookup.rows(query(_COLUMNS, _FROM, wanted)):
        yield _row(values, due)


def _row(values: Sequence[Any], due: RecordDue) -> ActivityRow:
    key, version, name, item, deed, team_id, team, grid, day, starts, ends, *rest = values
    place, content, organiser, ours, leader, wanted, dangerous, insurance, state, *rest = rest
    reason, summary, recorded, recorded_by, system, notice, series, *rest = rest
    repeat, first, until, signed_up, still_open, came, half_hours, posted, reviewed, photos = rest
    on, held = date.fromisoformat(day), ActivityState.of(state)
    hours = Deed.of(deed).gives_hours
    asked = ours and hours and recorded is None and held is not ActivityState.CANCELLED
    return ActivityRow(
        id=key,
        version=version,
        name=name,
        item=item,
        gives_hours=hours,
        team_id=team_id,
        team=team or "",
        grid=grid or "",
        on_date=on,
        starts=starts,
        ends=ends,
        place=place or "",
        content=content or "",
        organiser=organiser or "",
        ours=bool(ours),
        leader=leader or "",
        wanted=wanted,
        dangerous=bool(dangerous),
        insurance=insurance or "",
        state=held,
        cancelled_reason=reason or "",
        summary=summary or "",
        recorded_on=day_of(recorded),
        recorded_by=recorded_by or "",
        system_on=day_of(system),
        notice_id=notice,
        series_id=series,
        series=_series_words(repeat, first, until, starts),
        signed_up=signed_up,
        open=still_open,
        came=came,
        half_hours=half_hours,
        posted=posted,
        reviewed=reviewed,
        photos=photos,
        due_on=due.of(on) if asked else None,
    )


def _series_words(repeat: str | None, first: str | None, until: str | None, starts: int) -> str:
    if repeat is None or first is None:
        return ""
    words = activity_series.words(Repeat.of(repeat), date.fromisoformat(first), starts)
    return f"{words}，到 {until}" if until else words
