"""谁真正服务了: by the book of hours, of a period; and what is still to be typed into the
system that the ministry names (order 67 art. 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models import ClaimState, Quality
from app.services import hours
from app.services.points_holders import OF_OTHERS
from app.storage.lookup import Source, Sql, any_of, contains, lookup_of, query
from app.values.masking import mask_id
from app.values.text import tidy
from app.values.times import span_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedFilter:
    """Days of service; None for open. `team_id`: of the activities, not of the people."""

    since: date | None = None
    until: date | None = None
    team_id: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedRow:
    """One volunteer with what stands in the book: days, half hours, first and last day."""

    id: int
    number: int
    resident_id: int | None
    name: str
    days: int
    half_hours: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Who served, the most first, and how many half hours these lines come to."""

    rows: tuple[ServedRow, ...]
    half_hours: int
    waiting: int
    """Half hours of the period that nobody has reviewed yet: they are not among them"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalRow:
    """One person at one activity, with everything the ministry's system asks for.

    Service without an activity (`activity_id` None) stands in a claim.
    """

    id: int
    activity_id: int | None
    claim_id: int | None
    resident_id: int | None
    activity: str
    on_date: date
    time: str
    place: str
    content: str
    organiser: str
    leader: str
    name: str
    gender: str
    document: str
    """Whole; windows show it masked"""
    system_number: str
    half_hours: int
    quality: str

    @property
    def document_masked(self) -> str:
        return mask_id(self.document)


def served(source: Source, chosen: ServedFilter) -> Served:
    """Who really served in these days: only what the book of hours has, reversals taken off."""
    lookup = lookup_of(source)
    where = [*_days("h.on_date", chosen), *_team(chosen), *_said(chosen)]
    rest = """GROUP BY v.id, r.id HAVING sum(h.half_hours) > 0
        ORDER BY sum(h.half_hours) DESC, v.number"""
    found = tuple(_served_row(values) for values in lookup.rows(query(_SERVED, _BOOK, where, rest)))
    waiting = [
        Sql("c.state = ?", (ClaimState.WAITING.value,)),
        *_days("c.on_date", chosen),
        *_team(chosen),
        *_said(chosen),
    ]
    told = query("coalesce(sum(c.half_hours), 0)", _CLAIMS, waiting)
    return Served(
        rows=found,
        half_hours=sum(row.half_hours for row in found),
        waiting=int(lookup.value(told)),
    )


def to_type(source: Source, *, typed: bool = False) -> list[NationalRow]:
    """Reviewed hours that this office called for and that are not in the ministry's system, or
    that are: of activities, of walks with meals, and what was typed by hand."""
    there = "NOT NULL" if typed else "NULL"
    typed_on = "CASE WHEN a.id IS NULL THEN c.system_on ELSE a.system_on END"
    where = [
        Sql(f"{typed_on} IS {there}"),
        Sql(hours.OURS),
        Sql("a.deleted_at IS NULL AND (a.id IS NOT NULL OR c.id IS NOT NULL)"),
    ]
    rest = f"""GROUP BY a.id, c.id, i.id, v.id, r.id, p.id HAVING sum(h.half_hours) > 0
        ORDER BY {_ON}, {_STARTS}, a.id, c.id, v.number"""
    found = lookup_of(source).rows(query(_NATIONAL, f"{_BOOK} {_AT}", where, rest))
    return [_national_row(values) for values in found]


_BOOK = """
    hour_entry AS h
    JOIN volunteer AS v ON v.id = h.volunteer_id
    LEFT JOIN resident AS r ON r.id = v.resident_id
    LEFT JOIN activity AS a ON a.id = h.activity_id
"""
_CLAIMS = """
    points_claim AS c
    LEFT JOIN volunteer AS v ON v.id = c.volunteer_id
    LEFT JOIN resident AS r ON r.id = v.resident_id
    LEFT JOIN activity AS a ON a.id = c.activity_id
"""
_AT = """
    LEFT JOIN participation AS p ON p.activity_id = h.activity_id
        AND p.volunteer_id = h.volunteer_id
    LEFT JOIN points_claim AS c ON c.id = h.claim_id AND h.activity_id IS NULL
    LEFT JOIN points_item AS i ON i.id = c.item_id
"""
_ON, _STARTS = "coalesce(a.on_date, c.on_date)", "coalesce(a.starts, c.starts)"
_NAME = f"coalesce(r.name, v.name, '{OF_OTHERS}')"
# The day of a line that stands: neither a reversal nor reversed.
_DAY = """CASE WHEN h.reverses_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM hour_entry AS u WHERE u.reverses_id = h.id)
    THEN h.on_date END"""
_SERVED = f"""
    v.id, v.number, v.resident_id, {_NAME}, count(DISTINCT {_DAY}), sum(h.half_hours),
    min({_DAY}), max({_DAY})
"""
_NATIONAL = f"""
    min(h.id), a.id, c.id, v.resident_id, coalesce(a.name, nullif(c.words, ''), i.name),
    {_ON}, {_STARTS}, coalesce(a.ends, c.ends), coalesce(a.place, c.place),
    coalesce(a.content, c.words),
    coalesce(a.organiser, c.organiser), coalesce(a.leader, c.leader), {_NAME},
    coalesce(r.sex, v.gender),
    coalesce(r.document_number, v.id_number), v.system_number, sum(h.half_hours), p.quality
"""


def _days(column: str, chosen: ServedFilter) -> list[Sql]:
    found = []
    if chosen.since:
        found.append(Sql(f"{column} >= ?", (chosen.since.isoformat(),)))
    if chosen.until:
        found.append(Sql(f"{column} <= ?", (chosen.until.isoformat(),)))
    return found


def _team(chosen: ServedFilter) -> list[Sql]:
    return [] if chosen.team_id is None else [Sql("a.team_id = ?", (chosen.team_id,))]


def _said(chosen: ServedFilter) -> list[Sql]:
    words = tidy(chosen.text).split()
    return [any_of((contains("r.name", word), contains("v.name", word))) for word in words]


def _served_row(values: Sequence[Any]) -> ServedRow:
    key, number, resident, name, days, half_hours, first, last = values
    return ServedRow(
        id=key,
        number=number,
        resident_id=resident,
        name=name,
        days=days,
        half_hours=half_hours,
        first_on=date.fromisoformat(first),
        last_on=date.fromisoformat(last),
    )


def _national_row(values: Sequence[Any]) -> NationalRow:
    key, activity, claim, resident, name, day, starts, ends, place, content, *rest = values
    organiser, leader, who, gender, document, system_number, half_hours, quality = rest
    return NationalRow(
        id=key,
        activity_id=activity,
        claim_id=claim,
        resident_id=resident,
        activity=name,
        on_date=date.fromisoformat(day),
        time="" if starts is None or ends is None else span_words(starts, ends),
        place=place or "",
        content=content or name,
        organiser=organiser or "",
        leader=leader or "",
        name=who,
        gender=gender or "",
        document=document or "",
        system_number=system_number or "",
        half_hours=half_hours,
        quality=Quality.of(quality).label if quality else "",
    )
