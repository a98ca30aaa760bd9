"""Topics as they are listed: which, in which order, and what is told of each."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import TopicOrigin, TopicState
from app.services import search
from app.services.chunks import chunks
from app.services.request_rows import place_words
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFilter:
    """Which topics; () and '' and None for all. `unpublished`: on no list that was made public."""

    states: tuple[TopicState, ...] = ()
    origins: tuple[TopicOrigin, ...] = ()
    grid_ids: tuple[int, ...] = ()
    category_ids: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    unpublished: bool = False
    text: str = ""


EVERYTHING = TopicFilter()
OPEN = (
    TopicState.RAISED,
    TopicState.ACCEPTED,
    TopicState.ON_AGENDA,
    TopicState.DISCUSSED,
    TopicState.DECIDED,
)
"""Something is still to be done"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A line of the list; texts are '' where nothing was said, the phone in the clear."""

    id: int
    version: int
    number: int
    came_on: date
    origin: TopicOrigin
    title: str
    body: str
    wish: str
    who: str
    resident_id: int | None
    phone: str
    category: str
    grid_id: int | None
    grid: str
    place: str
    concerns: str
    households: int | None
    state: TopicState
    screened_on: date | None
    screened_by: str
    screen_reason: str
    merged_into_id: int | None
    merged_into: int | None
    """Its number"""
    diary_entry_id: int | None
    request_id: int | None
    visit_id: int | None
    notice_id: int | None
    registered_by: str
    signed: int
    """How many stand behind it by name, without the proposer"""
    merged: int
    """How many others go on with it"""

    @property
    def state_words(self) -> str:
        """已并入 12 号; 待审定."""
        into = f" {self.merged_into} 号" if self.merged_into else ""
        return f"{self.state.label}{into}"


# What is still to be screened first, then what goes on, then what is over; the latest first.
_RANK = " ".join(f"WHEN '{state.value}' THEN {place}" for place, state in enumerate(OPEN))
_ORDER = f"ORDER BY CASE t.state {_RANK} ELSE {len(OPEN)} END, t.number DESC"
_FROM = """
    topic AS t
    LEFT JOIN resident AS r ON r.id = t.resident_id
    LEFT JOIN category AS c ON c.id = t.category_id
    LEFT JOIN grid AS g ON g.id = t.grid_id
    LEFT JOIN building AS b ON b.id = t.building_id
    LEFT JOIN topic AS k ON k.id = t.merged_into_id
    LEFT JOIN notice AS n ON n.id = t.notice_id AND n.deleted_at IS NULL
"""
_COLUMNS = """
    t.id, t.version, t.number, t.came_on, t.origin, t.title, t.body, t.wish,
    coalesce(t.person, r.name), t.resident_id, coalesce(t.phone, r.phone), c.name, t.grid_id,
    g.name, b.number, t.unit, t.place, t.concerns, t.households, t.state, t.screened_on,
    t.screened_by, t.screen_reason, t.merged_into_id, k.number, t.diary_entry_id, t.request_id,
    t.visit_id, n.id, t.registered_by,
    (SELECT count(*) FROM topic_person AS p WHERE p.topic_id = t.id AND p.kind = 'supports'),
    (SELECT count(*) FROM main.topic AS o WHERE o.merged_into_id = t.id AND o.deleted_at IS NULL)
"""
_LIVE = Sql("t.deleted_at IS NULL")
_GONE = Sql("SELECT id FROM notice WHERE deleted_at IS NOT NULL")


def list_ids(source: Source, chosen: TopicFilter = EVERYTHING) -> Sequence[int]:
    """What waits to be screened, what goes on, what is over; in each the latest first."""
    lookup = lookup_of(source)
    return array("q", lookup.column(query("t.id", "topic AS t", _where(lookup, chosen), _ORDER)))


def rows(source: Source, ids: Sequence[int]) -> list[TopicRow]:
    """These topics in this order; what is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, TopicRow] = {}
    for part in chunks(ids, 500):
        asked = query(_COLUMNS, _FROM, [_LIVE, one_of("t.id", part)])
        found.update((values[0], _row(values)) for values in lookup.rows(asked))
    return [found[one] for one in ids if one in found]


def topic(source: Source, topic_id: int) -> TopicRow:
    """One of them; raises DomainError where it is gone."""
    found = rows(source, [topic_id])
    if not found:
        raise DomainError("这个议题已经删除，请刷新后再看。")
    return found[0]


def open_count(source: Source) -> int:
    """How many wait to be screened: the figure beside the name of the tab."""
    waiting = [_LIVE, Sql("t.state = ?", (TopicState.RAISED.value,))]
    return int(lookup_of(source).value(query("count(*)", "topic AS t", waiting)))


def years(source: Source) -> list[int]:
    """The years in which something was brought up, the latest first."""
    first, last = next(
        lookup_of(source).rows(query("min(t.came_on), max(t.came_on)", "topic AS t", [_LIVE]))
    )
    return list(range(int(last[:4]), int(first[:4]) - 1, -1)) if first else []


def people(source: Source, ids: Sequence[int]) -> list[int]:
    """The residents who spoke: that their lines were printed or taken out is journaled."""
    lookup = lookup_of(source)
    spoke = Sql("t.resident_id IS NOT NULL")
    found: set[int] = set()
    for part in chunks(ids, 500):
        found.update(
            lookup.column(query("t.resident_id", "topic AS t", [one_of("t.id", part), spoke]))
        )
    return sorted(found)


def _where(lookup: Lookup, chosen: TopicFilter) -> list[Sql]:
    found = [_LIVE]
    if chosen.states:
        found.append(one_of("t.state", [state.value for state in chosen.states]))
    if chosen.origins:
        found.append(one_of("t.origin", [origin.value for origin in chosen.origins]))
    if chosen.grid_ids:
        found.append(one_of("t.grid_id", chosen.grid_ids))
    if chosen.category_ids:
        found.append(one_of("t.category_id", chosen.category_ids))
    if chosen.since:
        found.append(Sql("t.came_on >= ?", (chosen.since.isoformat(),)))
    if chosen.until:
        found.append(Sql("t.came_on <= ?", (chosen.until.isoformat(),)))
    if chosen.unpublished:
        found.append(any_of([Sql("t.notice_id IS NULL"), among("t.notice_id", _GONE)]))
    if text := tidy(chosen.text):
        found.append(_said(lookup, text))
    return found


def _said(lookup: Lookup, text: str) -> Sql:
    """Number, words or place; people as the search box finds them."""
    columns = ("title", "body", "wish", "place", "person", "concerns")
    found = [contains(f"t.{column}", text) for column in columns]
    if text.isascii() and text.isdigit():
        found.append(Sql("t.number = ?", (int(text),)))
    found.append(one_of("t.resident_id", search.find_ids(lookup, text).ids))
    return any_of(found)


def _row(values: Sequence[Any]) -> TopicRow:
    key, version, number, came, origin, title, body, wish, who, resident_id, phone, *rest = values
    category, grid_id, grid, building, unit, place, concerns, households, state, *rest = rest
    screened, by, reason, merged_id, merged_number, diary, request, visit, notice, *rest = rest
    registered_by, signed, merged = rest
    return TopicRow(
        id=key,
        version=version,
        number=number,
        came_on=date.fromisoformat(came),
        origin=TopicOrigin.of(origin),
        title=title,
        body=body or "",
        wish=wish or "",
        who=who or "",
        resident_id=resident_id,
        phone=phone or "",
        category=category or "",
        grid_id=grid_id,
        grid=grid or "",
        place=place_words(building, unit, place),
        concerns=concerns or "",
        households=households,
        state=TopicState.of(state),
        screened_on=day_of(screened),
        screened_by=by or "",
        screen_reason=reason or "",
        merged_into_id=merged_id,
        merged_into=merged_number,
        diary_entry_id=diary,
        request_id=request,
        visit_id=visit,
        notice_id=notice,
        registered_by=registered_by,
        signed=signed,
        merged=merged,
    )
