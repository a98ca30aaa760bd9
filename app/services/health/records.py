"""The records that a check names, as lines of a list."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.services import places, resident_rows
from app.services.chunks import chunks
from app.services.filters import PRESENT
from app.services.health.examination import Finding
from app.services.health.kinds import Kind
from app.services.record_names import name_of
from app.storage.lookup import Lookup, Sql, lookup_of, one_of, query


@dataclass(frozen=True, slots=True)
class HealthLine:
    """`target` is what a click opens: a person, a paper, a line of the diary, a request."""

    name: str
    place: str
    note: str
    target: int | None = None


_Name = tuple[str, str, int | None]
"""What a record is called, where it is, and what to open."""
_Named = dict[int, _Name]
# Table, and the column whose value a click opens.
_CALLED: dict[Kind, tuple[str, str]] = {
    Kind.POST: ("post", ""),
    Kind.PAIRING: ("party_pairing", ""),
    Kind.VISIT: ("visit", "resident_id"),
    Kind.SHEET_ROW: ("visit_sheet_row", "resident_id"),
    Kind.DIARY: ("diary_entry", "id"),
    Kind.REQUEST: ("request", "id"),
    Kind.ACCOUNT: ("points_account", "id"),
    Kind.HOURS: ("hour_entry", "volunteer_id"),
    Kind.GOODS: ("goods", "id"),
    Kind.REDEMPTION: ("redemption", "id"),
    Kind.MONTH: ("points_month", "month"),
    Kind.MEAL: ("meal", "id"),
    Kind.MEAL_ACCOUNT: ("meal_account", "id"),
    Kind.MEAL_MONTH: ("meal_month", ""),
    Kind.CLAIM_PART: ("meal_claim_part", ""),
    Kind.ORDER: ("meal_order", "id"),
    Kind.TOPIC: ("topic", "id"),
    Kind.SEAT: ("body_member", "body_id"),
    Kind.VOTE: ("vote", ""),
    Kind.RESOLUTION: ("resolution", "id"),
    Kind.PROJECT: ("project", "id"),
    Kind.FUND: ("fund_source", ""),
}
_GONE: _Name = ("（已不在资料里）", "", None)


def lines(
    session: Session, finding: Finding, numbers: Sequence[int], *, now: datetime
) -> list[HealthLine]:
    """The lines of a finding, by their places in it."""
    ids = [finding.ids[number] for number in numbers]
    kind, wanted = finding.check.kind, sorted(set(ids))
    if kind in _CALLED:
        named = _called(session, kind, wanted)
    else:
        named = _NAMED[kind](lookup_of(session), wanted, now)
    repair = finding.check.repair
    propose = repair.propose if repair else None
    proposed = propose(session, ids, now) if propose else {}
    return [
        _line(named.get(key, _GONE), finding.notes[number], proposed.get(key, ""))
        for number, key in zip(numbers, ids, strict=True)
    ]


def _line(named: _Name, note: str, proposal: str) -> HealthLine:
    name, place, target = named
    return HealthLine(name, place, f"{note}；{proposal}" if proposal else note, target)


def _nameless(_lookup: Lookup, ids: Sequence[int], _now: datetime) -> _Named:
    return {one: ("资料文件", "", None) for one in ids}


def _residents(lookup: Lookup, ids: Sequence[int], now: datetime) -> _Named:
    found = resident_rows.rows(lookup, ids, today=now.date())
    left = resident_rows.DEPARTURE_LABELS
    return {
        row.id: (
            f"{row.name}（{left[row.departure]}）" if row.departure in left else row.name,
            row.place,
            row.id,
        )
        for row in found
    }


def _tagged(lookup: Lookup, ids: Sequence[int], now: datetime) -> _Named:
    owners: dict[int, int] = {}
    for part in chunks(ids, 500):
        owners.update(lookup.rows(query("id, resident_id", "resident_tag", [one_of("id", part)])))
    people = _residents(lookup, sorted(set(owners.values())), now)
    return {line: people[owner] for line, owner in owners.items() if owner in people}


def _households(lookup: Lookup, ids: Sequence[int], _now: datetime) -> _Named:
    """A household opens with the card of its head, or of whoever is left of it."""
    columns = f"""
        home.id, home.number, building.number, dwelling.unit, dwelling.room,
        coalesce(
            (SELECT min(resident.id) FROM resident
             WHERE resident.household_id = home.id AND {PRESENT}),
            (SELECT min(resident.id) FROM resident
             WHERE resident.household_id = home.id AND resident.deleted_at IS NULL)
        )
    """
    source = """
        household home LEFT JOIN dwelling ON dwelling.id = home.dwelling_id
        LEFT JOIN building ON building.id = dwelling.building_id
    """
    found: _Named = {}
    for part in chunks(ids, 500):
        for key, number, *place, member in lookup.rows(
            query(columns, source, [one_of("home.id", part)])
        ):
            found[key] = (f"户 {number}", places.listed(*place), member)
    return found


def _papers(lookup: Lookup, ids: Sequence[int], _now: datetime) -> _Named:
    found: _Named = {}
    for part in chunks(ids, 500):
        columns = "id, holder, title, coalesce(number, '')"
        rows = lookup.rows(query(columns, "certificate", [one_of("id", part)]))
        found.update(
            {key: (f"{holder} {title}", number, key) for key, holder, title, number in rows}
        )
    return found


def _called(session: Session, kind: Kind, ids: Sequence[int]) -> _Named:
    """Records that are called as in their histories."""
    table, target = _CALLED[kind]
    opened: dict[int, int] = {}
    for part in chunks(ids, 500) if target else ():
        wanted = query(f"id, {target}", table, [one_of("id", part)])
        opened.update(lookup_of(session).rows(wanted))
    return {key: (name_of(session, table, key) or "？", "", opened.get(key)) for key in ids}


def _titled(
    table: str, name: str, place: str = "''"
) -> Callable[[Lookup, Sequence[int], datetime], _Named]:
    def read(lookup: Lookup, ids: Sequence[int], _now: datetime) -> _Named:
        found: _Named = {}
        for part in chunks(ids, 500):
            rows = lookup.rows(query(f"id, {name}, {place}", table, [one_of("id", part)]))
            found.update({key: (words, where, None) for key, words, where in rows})
        return found

    return read


_NAMED: dict[Kind, Callable[[Lookup, Sequence[int], datetime], _Named]] = {
    Kind.FILE: _nameless,
    Kind.RESIDENT: _residents,
    Kind.HOUSEHOLD: _households,
    Kind.TAG: _tagged,
    Kind.PAPER: _papers,
    Kind.TEMPLATE: _titled("certificate_template", "title"),
    Kind.NOTICE: _titled("notice", "title"),
    Kind.BOOK: _titled("number_book", "series", "year || ' 年'"),
}


def people(session: Session, finding: Finding, numbers: Sequence[int]) -> list[int]:
    """The residents behind some lines, whose printing and export is journaled."""
    ids = [finding.ids[number] for number in numbers]
    if finding.check.kind is Kind.RESIDENT:
        return sorted(set(ids))
    table = _ABOUT_PEOPLE.get(finding.check.kind)
    if table is None:
        return []
    found: set[int] = set()
    for part in chunks(ids, 500):
        owners = [one_of("id", part), Sql("resident_id IS NOT NULL")]
        found.update(lookup_of(session).column(query("resident_id", table, owners)))
    return sorted(found)


_ABOUT_PEOPLE = {
    Kind.TAG: "resident_tag",
    Kind.VISIT: "visit",
    Kind.SHEET_ROW: "visit_sheet_row",
    Kind.REQUEST: "request",
    Kind.ACCOUNT: "points_account",
    Kind.REDEMPTION: "redemption",
    Kind.MEAL: "meal",
    Kind.MEAL_ACCOUNT: "meal_account",
    Kind.ORDER: "meal_order",
    Kind.TOPIC: "topic",
    Kind.SEAT: "body_member",
}
