"""The lines of the list of who is due: where, by which rule, and what became of the last visit."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from app.models import Risk, VisitResult
from app.services import places
from app.services.chunks import chunks
from app.services.visit_due import DueItem, DueWords, due_words
from app.services.visit_rules import RuleView, rules
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query
from app.values.masking import mask_phone
from app.values.rights import Right

NEVER = "还没走访过"


class LastVisit(NamedTuple):
    """The latest visit or attempt, whatever came of it."""

    on_date: date
    result: VisitResult


class DueRow(NamedTuple):
    """One line. The phone is in the clear, for papers: screens show it masked."""

    id: int
    name: str
    unit_order: str
    """Building and unit, for who prints them together"""
    walk_order: str
    house: str
    """3 号楼 2 单元"""
    place: str
    """3 号楼 2-501"""
    place_short: str
    place_spoken: str
    """3 号楼 2 单元 501"""
    phone: str
    grid_id: int | None
    grid_name: str
    risk: Risk
    group: str
    """独居老人, or the colour to whoever may not see such tags"""
    group_on_paper: str
    due_on: date
    words: DueWords
    deferred: bool
    last_words: str
    """11-03 正常; 06-01 走访过家人; 还没走访过"""

    @property
    def phone_masked(self) -> str:
        return mask_phone(self.phone)


def rows(source: Source, items: Sequence[DueItem], *, today: date) -> list[DueRow]:
    """The lines of these people in this order; who is gone is left out."""
    lookup = lookup_of(source)
    rule_of = {rule.id: rule for rule in rules(lookup, today)}
    found: dict[int, DueRow] = {}
    for part in chunks(items, 500):
        ids = [one.resident_id for one in part]
        people = _people(lookup, ids)
        tags, last = _tags(lookup, ids), _last(lookup, ids)
        for one in part:
            if one.resident_id in people and one.rule_id in rule_of:
                rule, values = rule_of[one.rule_id], people[one.resident_id]
                found[one.resident_id] = _row(
                    lookup, one, rule, values, tags.get((one.resident_id, rule.id), []), last, today
                )
    return [found[one.resident_id] for one in items if one.resident_id in found]


def _row(
    lookup: Lookup,
    item: DueItem,
    rule: RuleView,
    values: tuple[Any, ...],
    tags: Sequence[tuple[str, bool]],
    last: dict[int, LastVisit],
    today: date,
) -> DueRow:
    name, phone, grid_id, grid, building, unit, room, order, elsewhere = values
    plain = [tag for tag, sensitive in tags if not sensitive]
    named = [tag for tag, _ in tags]
    open_to_all = rule.risk.label if rule.risk is not Risk.ORDINARY else rule.name
    if rule.from_age is not None and not tags:
        open_to_all = rule.name
    sees = lookup.actor.may(Right.SEE_SENSITIVE)
    return DueRow(
        id=item.resident_id,
        name=name,
        unit_order="|".join((order or "~").split("|")[:2]),
        walk_order=order or "~",
        house=places.spoken(building, unit, None),
        place=places.listed(building, unit, room) or (elsewhere or ""),
        place_short=places.short(building, unit, room) or (elsewhere or ""),
        place_spoken=places.spoken(building, unit, room) or (elsewhere or ""),
        phone=phone or "",
        grid_id=grid_id,
        grid_name=grid or "",
        risk=rule.risk,
        group=(named[0] if sees and named else open_to_all),
        group_on_paper=(plain[0] if plain else open_to_all),
        due_on=item.due_on,
        words=due_words(item.due_on, today),
        deferred=item.deferred,
        last_words=_last_words(last.get(item.resident_id), item, today),
    )


def _last_words(last: LastVisit | None, item: DueItem, today: date) -> str:
    """A visit to somebody else of the household counts for it, and is told as what it was."""
    if last is not None:
        return f"{_day(last.on_date, today)} {last.result.label}"
    if item.last_on is not None:
        return f"{_day(item.last_on, today)} 走访过家人"
    return NEVER


def _day(day: date, today: date) -> str:
    return f"{day:%m-%d}" if day.year == today.year else f"{day:%Y-%m-%d}"


_COLUMNS = """
    resident.id, resident.name, resident.phone, resident.grid_id, grid.name, building.number,
    dwelling.unit, dwelling.room, dwelling.place_order, resident.other_address
"""
_SOURCE = """
    resident
    LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id
    LEFT JOIN building ON building.id = dwelling.building_id
    LEFT JOIN grid ON grid.id = resident.grid_id
"""
# Past the limits of whoever asks, as the list itself: which of them are shown is decided above.
_TAGS = """
    main.resident_tag JOIN main.tag ON tag.id = resident_tag.tag_id
    JOIN visit_rule_tag ON visit_rule_tag.tag_id = tag.id
"""
_LATEST = """
    main.visit JOIN (
        SELECT resident_id AS person, max(on_date) AS latest FROM main.visit
        WHERE deleted_at IS NULL AND {people} GROUP BY resident_id
    ) AS newest ON newest.person = visit.resident_id AND newest.latest = visit.on_date
"""


def _people(lookup: Lookup, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    there = [Sql("resident.deleted_at IS NULL"), one_of("resident.id", ids)]
    return {row[0]: row[1:] for row in lookup.rows(query(_COLUMNS, _SOURCE, there))}


def _tags(lookup: Lookup, ids: Sequence[int]) -> dict[tuple[int, int], list[tuple[str, bool]]]:
    """By person and rule the tags through which the rule holds, and whether they are sensitive."""
    now = [one_of("resident_tag.resident_id", ids), Sql("resident_tag.until IS NULL")]
    now.append(Sql("tag.enabled AND tag.deleted_at IS NULL"))
    found: dict[tuple[int, int], list[tuple[str, bool]]] = {}
    columns = "resident_tag.resident_id, visit_rule_tag.rule_id, tag.name, tag.sensitive"
    for person, rule, name, sensitive in lookup.rows(
        query(columns, _TAGS, now, "ORDER BY tag.position, tag.id")
    ):
        found.setdefault((person, rule), []).append((name, bool(sensitive)))
    return found


def _last(lookup: Lookup, ids: Sequence[int]) -> dict[int, LastVisit]:
    """Of each person the latest visit or attempt."""
    people = one_of("resident_id", ids)
    source = _LATEST.format(people=people.text)
    rows = query(
        "visit.resident_id, visit.on_date, visit.result",
        source,
        [Sql("visit.deleted_at IS NULL")],
        "ORDER BY visit.id",
    )
    with_people = Sql(rows.text, people.values + rows.values)
    return {
        person: LastVisit(date.fromisoformat(day), VisitResult.of(result))
        for person, day, result in lookup.rows(with_people)
    }
