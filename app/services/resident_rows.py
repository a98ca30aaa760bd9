"""The lines of a list of residents: two selects per screen."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from app.services import places
from app.services.ages import age_on
from app.services.chunks import chunks
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query
from app.values.masking import mask_id, mask_phone, tail_id
from app.values.rights import Right

DEPARTURE_LABELS = {"moved_out": "迁出", "died": "死亡"}
"""By the values of `models.Departure`."""


class TagChip(NamedTuple):
    """A tag as shown in a list; tone is grey, blue, green, amber or red."""

    name: str
    tone: str


class ResidentRow(NamedTuple):
    """One line. Numbers are in the clear, for papers: screens show the masked properties."""

    id: int
    version: int
    name: str
    sex: str
    birth_date: date | None
    age: int | None
    place_short: str
    place: str
    document_kind: str
    document_number: str
    phone: str
    tags: tuple[TagChip, ...]
    residence_status: str
    grid_name: str
    political_status: str
    household_number: str
    relation: str
    departure: str
    departed_on: date | None

    @property
    def document_tail(self) -> str:
        return tail_id(self.document_number)

    @property
    def document_masked(self) -> str:
        return mask_id(self.document_number)

    @property
    def phone_masked(self) -> str:
        return mask_phone(self.phone)


def rows(
    source: Source, ids: Sequence[int], *, today: date, sensitive: bool = False
) -> list[ResidentRow]:
    """The lines of these people in the order of `ids`; who is gone is left out.

    `sensitive` tags are for the screens of those permitted: papers and files go without.
    """
    lookup = lookup_of(source)
    sensitive = sensitive and lookup.actor.may(Right.SEE_SENSITIVE)
    found: dict[int, ResidentRow] = {}
    for part in chunks(ids, 500):
        chips = _chips(lookup, part, sensitive)
        wanted = [Sql("resident.deleted_at IS NULL"), one_of("resident.id", part)]
        for values in lookup.rows(query(_COLUMNS, _SOURCE, wanted)):
            found[values[0]] = _row(values, chips.get(values[0], ()), today)
    return [found[one] for one in ids if one in found]


_COLUMNS = """
    resident.id, resident.version, resident.name, resident.sex, resident.birth_date,
    building.number, dwelling.unit, dwelling.room, resident.document_kind,
    resident.document_number, resident.phone, resident.residence_status, grid.name,
    resident.political_status, household.number, resident.relation, resident.departure,
    resident.departed_on
"""
_SOURCE = """
    resident
    LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id
    LEFT JOIN building ON building.id = dwelling.building_id
    LEFT JOIN grid ON grid.id = resident.grid_id
    LEFT JOIN household ON household.id = resident.household_id
"""


def _row(values: Sequence[Any], chips: Sequence[TagChip], today: date) -> ResidentRow:
    key, version, name, sex, birth, building, unit, room, *rest = values
    kind, number, phone, status, grid, party, household, relation, left, left_on = rest
    born = _day(birth)
    return ResidentRow(
        id=key,
        version=version,
        name=name,
        sex=sex or "",
        birth_date=born,
        age=age_on(born, today),
        place_short=places.short(building, unit, room),
        place=places.listed(building, unit, room),
        document_kind=kind,
        document_number=number or "",
        phone=phone or "",
        tags=tuple(chips),
        residence_status=status or "",
        grid_name=grid or "",
        political_status=party or "",
        household_number=household or "",
        relation=relation or "",
        departure=DEPARTURE_LABELS[left] if left else "",
        departed_on=_day(left_on),
    )


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _chips(lookup: Lookup, ids: Sequence[int], sensitive: bool) -> dict[int, list[TagChip]]:
    hidden = _NEVER_LISTED if sensitive else Sql("NOT tag.sensitive")
    wanted = [one_of("resident_tag.resident_id", ids), *_SHOWN, hidden]
    found: dict[int, list[TagChip]] = {}
    for resident_id, name, tone, level in lookup.rows(
        query(
            "resident_tag.resident_id, tag.name, tag.tone, resident_tag.level",
            "resident_tag JOIN tag ON tag.id = resident_tag.tag_id",
            wanted,
            "ORDER BY tag.position, tag.id",
        )
    ):
        found.setdefault(resident_id, []).append(
            TagChip(f"{name} {level}" if level else name, tone)
        )
    return found


# 综治类 stand on the card of the one person only (domain.md 8.6).
_NEVER_LISTED = Sql("""tag."group" <> '综治'""")
_SHOWN = (Sql("resident_tag.until IS NULL"), Sql("tag.enabled"), Sql("tag.deleted_at IS NULL"))
