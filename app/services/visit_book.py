"""走访记录: every visit and attempt, the latest first, with the filters of the page."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.models import RoundWay, VisitResult
from app.services import places, search
from app.services.chunks import chunks
from app.storage.lookup import Lookup, Source, Sql, any_of, contains, lookup_of, one_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFilter:
    """All of it must fit; without anything every visit."""

    since: date | None = None
    until: date | None = None
    grid_ids: tuple[int, ...] = ()
    member_id: int | None = None
    results: tuple[VisitResult, ...] = ()
    resident_id: int | None = None
    text: str = ""
    """As the search box finds people, or a part of what was noted"""


EVERYTHING = VisitFilter()


class VisitRow(NamedTuple):
    """One line."""

    id: int
    version: int
    resident_id: int
    on_date: date
    name: str
    place: str
    grid_name: str
    way: RoundWay
    result: VisitResult
    note: str
    visitor: str
    entered_by: str
    entered_at: datetime
    request_number: int | None
    """Of the request that came out of it"""


def list_ids(source: Source, chosen: VisitFilter = EVERYTHING) -> Sequence[int]:
    """The visits that the filter lets through, the latest first."""
    lookup = lookup_of(source)
    where = [Sql("visit.deleted_at IS NULL"), *_conditions(lookup, chosen)]
    rest = "ORDER BY visit.on_date DESC, visit.id DESC"
    return array("q", lookup.column(query("visit.id", "visit", where, rest)))


def rows(source: Source, ids: Sequence[int]) -> list[VisitRow]:
    """The lines of these visits in this order; what is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, VisitRow] = {}
    for part in chunks(ids, 500):
        where = [Sql("visit.deleted_at IS NULL"), one_of("visit.id", part)]
        for values in lookup.rows(query(_COLUMNS, _SOURCE, where)):
            found[values[0]] = _row(values)
    return [found[one] for one in ids if one in found]


def years(source: Source) -> list[int]:
    """The years in which somebody was visited, the latest first."""
    lookup = lookup_of(source)
    there = [Sql("deleted_at IS NULL")]
    first, last = next(lookup.rows(query("min(on_date), max(on_date)", "visit", there)))
    return list(range(int(last[:4]), int(first[:4]) - 1, -1)) if first else []


def sentence(source: Source, chosen: VisitFilter) -> str:
    """The filter in words, for the head of a paper; '' for everything."""
    lookup = lookup_of(source)
    grids = dict(lookup.rows(query("id, name", "grid")))
    named = lookup.value(query("name", "grid_member", [Sql("id = ?", (chosen.member_id,))]))
    person = lookup.value(query("name", "main.resident", [Sql("id = ?", (chosen.resident_id,))]))
    parts = [
        f"{chosen.since:%Y-%m-%d} 起" if chosen.since else "",
        f"到 {chosen.until:%Y-%m-%d}" if chosen.until else "",
        "或".join(grids[one] for one in chosen.grid_ids if one in grids),
        f"网格员 {named}" if named else "",
        "或".join(one.label for one in chosen.results),
        str(person or ""),
        f"查找“{chosen.text.strip()}”" if chosen.text.strip() else "",
    ]
    return "，".join(part for part in parts if part)


def _conditions(lookup: Lookup, chosen: VisitFilter) -> list[Sql]:
    found = []
    if chosen.since is not None:
        found.append(Sql("visit.on_date >= ?", (chosen.since.isoformat(),)))
    if chosen.until is not None:
        found.append(Sql("visit.on_date <= ?", (chosen.until.isoformat(),)))
    if chosen.grid_ids:
        found.append(one_of("visit.grid_id", chosen.grid_ids))
    if chosen.member_id is not None:
        found.append(Sql("visit.member_id = ?", (chosen.member_id,)))
    if chosen.results:
        found.append(one_of("visit.result", [one.value for one in chosen.results]))
    if chosen.resident_id is not None:
        found.append(Sql("visit.resident_id = ?", (chosen.resident_id,)))
    if words := chosen.text.strip():
        people = search.find_ids(lookup, words).ids
        noted = contains("visit.note", words)
        found.append(any_of([one_of("visit.resident_id", people), noted]))
    return found


_COLUMNS = """
    visit.id, visit.version, visit.resident_id, visit.on_date, resident.name, building.number,
    dwelling.unit, dwelling.room, resident.other_address, grid.name, visit.way, visit.result,
    visit.note, visit.visitor, visit.entered_by, visit.entered_at,
    (SELECT max(request.number) FROM request
        WHERE request.visit_id = visit.id AND request.deleted_at IS NULL)
"""
_SOURCE = """
    visit
    JOIN main.resident ON resident.id = visit.resident_id
    LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id
    LEFT JOIN building ON building.id = dwelling.building_id
    LEFT JOIN main.grid ON grid.id = visit.grid_id
"""


def _row(values: tuple[Any, ...]) -> VisitRow:
    key, version, person, day, name, building, unit, room, elsewhere, grid, *rest = values
    way, result, note, visitor, by, at, request = rest
    return VisitRow(
        id=key,
        version=version,
        resident_id=person,
        on_date=date.fromisoformat(day),
        name=name,
        place=places.listed(building, unit, room) or (elsewhere or ""),
        grid_name=grid or "",
        way=RoundWay.of(way),
        result=VisitResult.of(result),
        note=note or "",
        visitor=visitor,
        entered_by=by,
        entered_at=datetime.fromisoformat(at),
        request_number=request,
    )
