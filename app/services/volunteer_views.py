"""Volunteers as they are listed: who, in which order, with teams, hours and stars."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.services import places, terms
from app.services.ages import age_on
from app.services.chunks import chunks
from app.services.volunteer_filter import (
    ACTIVE,
    BORN,
    KINDS,
    LEFT,
    LISTED,
    NO_TEAM,
    VolunteerFilter,
    conditions,
)
from app.services.volunteer_input import ADULT
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, one_of, query
from app.values.masking import mask_id, mask_phones
from app.values.pinyin import sort_key

__all__ = [
    "ACTIVE",
    "KINDS",
    "LEFT",
    "NO_TEAM",
    "VolunteerFilter",
    "VolunteerRow",
    "counts",
    "find",
    "list_ids",
    "residents_of",
    "row",
    "rows",
]


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """A line. Numbers are in the clear, for papers: screens show the masked properties."""

    id: int
    version: int
    number: int
    resident_id: int | None
    name: str
    sex: str
    birth_date: date | None
    age: int | None
    id_number: str
    phone: str
    place: str
    teams: tuple[str, ...]
    half_hours: int
    stars: int
    registered_on: date
    left_on: date | None
    left_reason: str
    gone: str
    """迁出 or 死亡, of a resident who is not here any more"""
    skills: str
    services: str
    system_number: str
    publish_consent_on: date | None
    record_consent_on: date | None
    guardian: str
    guardian_relation: str
    guardian_phone: str
    guardian_consent_on: date | None
    insurance: str
    insured_until: date | None
    note: str

    @property
    def number_words(self) -> str:
        return f"{self.number:04d}"

    @property
    def id_masked(self) -> str:
        return mask_id(self.id_number)

    @property
    def phone_masked(self) -> str:
        return mask_phones(self.phone)

    @property
    def minor(self) -> bool:
        return self.age is not None and self.age < ADULT

    @property
    def title(self) -> str:
        """How questions and the journal call somebody: 王秀兰（0132）."""
        return f"{self.name}（{self.number_words}）"


def list_ids(
    source: Source,
    chosen: VolunteerFilter,
    *,
    order: str = "number",
    descending: bool = False,
    today: date,
) -> Sequence[int]:
    """The volunteers of the filter in the order of number, name, hours, age or registered."""
    lookup = lookup_of(source)
    if order == "name":
        return _by_name(lookup, conditions(lookup, chosen, today), descending)
    way = "DESC" if descending else "ASC"
    rest = f"ORDER BY {_ORDERS[order]} {way}, v.number {way}"
    wanted = query("v.id", LISTED, conditions(lookup, chosen, today), rest)
    return array("q", lookup.column(wanted))


def counts(source: Source, chosen: VolunteerFilter, *, today: date) -> tuple[int, int]:
    """How many volunteers, and their hours (in halves) in all."""
    lookup = lookup_of(source)
    wanted = query(f"count(*), sum({_HOURS})", LISTED, conditions(lookup, chosen, today))
    number, hours = next(lookup.rows(wanted))
    return number, hours or 0


def find(source: Source, typed: str, *, today: date, most: int = 20) -> list[VolunteerRow]:
    """Who serves now and is meant by a number, letters of the name or a part of it."""
    chosen = VolunteerFilter(text=typed)
    return rows(source, list_ids(source, chosen, today=today)[:most], today=today)


def rows(source: Source, ids: Sequence[int], *, today: date) -> list[VolunteerRow]:
    """These lines in the order of `ids`; who is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, VolunteerRow] = {}
    for part in chunks(ids, 300):
        teams, stars = _teams(lookup, part, today), _stars(lookup, part)
        wanted = [Sql("v.deleted_at IS NULL"), one_of("v.id", part)]
        for values in lookup.rows(query(_COLUMNS, _SOURCE, wanted)):
            key = values[0]
            found[key] = _row(values, tuple(teams.get(key, ())), stars.get(key, 0), today)
    return [found[one] for one in ids if one in found]


def row(source: Source, volunteer_id: int, *, today: date) -> VolunteerRow | None:
    """One of them; None where he was deleted or is not seen by who asks."""
    return next(iter(rows(source, [volunteer_id], today=today)), None)


def residents_of(source: Source, ids: Sequence[int]) -> list[int]:
    """The residents among these volunteers: whose names left the program is put on record."""
    lookup = lookup_of(source)
    there = Sql("resident_id IS NOT NULL")
    return [
        one
        for part in chunks(ids, 500)
        for one in lookup.column(query("resident_id", "volunteer", [there, one_of("id", part)]))
    ]


_HOURS = "coalesce((SELECT sum(h.half_hours) FROM hour_entry AS h WHERE h.volunteer_id = v.id), 0)"
_ORDERS = {
    "number": "v.number",
    "hours": _HOURS,
    "age": f"{BORN} IS NULL, {BORN}",
    "registered": "v.registered_on",
}
_COLUMNS = f"""
    v.id, v.version, v.number, v.resident_id, coalesce(r.name, v.name), coalesce(r.sex, v.gender),
    {BORN}, coalesce(r.document_number, v.id_number), coalesce(r.phone, v.phone),
    b.number, d.unit, d.room, r.other_address, v.address, {_HOURS}, v.registered_on, v.left_on,
    v.left_reason, r.departure, v.skills, v.services, v.system_number, v.publish_consent_on,
    v.record_consent_on, v.guardian, v.guardian_relation, v.guardian_phone,
    v.guardian_consent_on, v.insurance, v.insured_until, v.note
"""
_SOURCE = f"""{LISTED}
    LEFT JOIN dwelling AS d ON d.id = r.dwelling_id
    LEFT JOIN building AS b ON b.id = d.building_id"""
_GONE = {"moved_out": "已迁出", "died": "已去世"}


def _by_name(lookup: Lookup, where: Sequence[Sql], descending: bool) -> Sequence[int]:
    """By pinyin, which the file keeps of residents only: from outside come few."""
    listed = lookup.rows(query("v.id, v.number, r.name_order, v.name", LISTED, where))
    named = [(order or sort_key(name or ""), number, key) for key, number, order, name in listed]
    return array("q", (key for _, _, key in sorted(named, reverse=descending)))


def _teams(lookup: Lookup, ids: Sequence[int], today: date) -> dict[int, list[str]]:
    wanted = [
        one_of("m.volunteer_id", ids),
        Sql("t.deleted_at IS NULL"),
        terms.in_force(today, "m"),
    ]
    found: dict[int, list[str]] = {}
    source = "team_member AS m JOIN team AS t ON t.id = m.team_id"
    for key, name in lookup.rows(
        query("m.volunteer_id, t.name", source, wanted, "ORDER BY t.position, t.id")
    ):
        found.setdefault(key, []).append(name)
    return found


def _stars(lookup: Lookup, ids: Sequence[int]) -> dict[int, int]:
    wanted = [one_of("volunteer_id", ids), Sql("state = 'confirmed'")]
    told = query("volunteer_id, max(stars)", "star_award", wanted, "GROUP BY volunteer_id")
    return dict(lookup.rows(told))


def _row(values: Iterable[Any], teams: tuple[str, ...], stars: int, today: date) -> VolunteerRow:
    key, version, number, resident_id, name, sex, born, document, phone, *rest = values
    building, unit, room, other, area, hours, registered, left, why, gone, *rest = rest
    skills, services, system, published, recorded, guardian, relation, *rest = rest
    guardian_phone, guardian_on, insurance, insured, note = rest
    birth = day_of(born)
    return VolunteerRow(
        id=key,
        version=version,
        number=number,
        resident_id=resident_id,
        name=name or "",
        sex=sex or "",
        birth_date=birth,
        age=age_on(birth, today),
        id_number=document or "",
        phone=phone or "",
        place=places.listed(building, unit, room) or other or area or "",
        teams=teams,
        half_hours=hours,
        stars=stars,
        registered_on=date.fromisoformat(registered),
        left_on=day_of(left),
        left_reason=why or "",
        gone=_GONE.get(gone or "", ""),
        skills=skills or "",
        services=services or "",
        system_number=system or "",
        publish_consent_on=day_of(published),
        record_consent_on=day_of(recorded),
        guardian=guardian or "",
        guardian_relation=relation or "",
        guardian_phone=guardian_phone or "",
        guardian_consent_on=day_of(guardian_on),
        insurance=insurance or "",
        insured_until=day_of(insured),
        note=note or "",
    )
