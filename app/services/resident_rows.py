"""The lines of a list of residents: two selects per screen, no ORM objects."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from app.models import Building, Departure, Dwelling, Grid, Household, Resident, ResidentTag, Tag
from app.services import places
from app.services.ages import age_on
from app.services.chunks import chunks
from app.values.masking import mask_id, mask_phone, tail_id

DEPARTURE_LABELS = {Departure.MOVED_OUT: "迁出", Departure.DIED: "死亡"}


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


def rows(session: Session, ids: Sequence[int], *, today: date) -> list[ResidentRow]:
    """The lines of these people in the order of `ids`; who is gone is left out."""
    found: dict[int, ResidentRow] = {}
    connection = session.connection()
    for part in chunks(ids, 500):
        chips = _chips(connection, part)
        for values in connection.execute(_LINES, {"ids": list(part)}):
            found[values[0]] = _row(values, chips.get(values[0], ()), today)
    return [found[one] for one in ids if one in found]


_LINES = (
    select(
        Resident.id,
        Resident.version,
        Resident.name,
        Resident.sex,
        Resident.birth_date,
        Building.number,
        Dwelling.unit,
        Dwelling.room,
        Resident.document_kind,
        Resident.document_number,
        Resident.phone,
        Resident.residence_status,
        Grid.name,
        Resident.political_status,
        Household.number,
        Resident.relation,
        Resident.departure,
        Resident.departed_on,
    )
    .outerjoin(Dwelling, Dwelling.id == Resident.dwelling_id)
    .outerjoin(Building, Building.id == Dwelling.building_id)
    .outerjoin(Grid, Grid.id == Resident.grid_id)
    .outerjoin(Household, Household.id == Resident.household_id)
    .where(Resident.deleted_at.is_(None), Resident.id.in_(bindparam("ids", expanding=True)))
)


def _row(values: Sequence[Any], chips: Sequence[TagChip], today: date) -> ResidentRow:
    key, version, name, sex, birth, building, unit, room, *rest = values
    kind, number, phone, status, grid, party, household, relation, left, left_on = rest
    return ResidentRow(
        id=key,
        version=version,
        name=name,
        sex=sex or "",
        birth_date=birth,
        age=age_on(birth, today),
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
        departed_on=left_on,
    )


def _chips(connection: Connection, ids: Sequence[int]) -> dict[int, list[TagChip]]:
    found: dict[int, list[TagChip]] = {}
    for resident_id, name, tone, level in connection.execute(_CHIPS, {"ids": list(ids)}):
        found.setdefault(resident_id, []).append(
            TagChip(f"{name} {level}" if level else name, tone)
        )
    return found


_CHIPS = (
    select(ResidentTag.resident_id, Tag.name, Tag.tone, ResidentTag.level)
    .join(Tag, Tag.id == ResidentTag.tag_id)
    .where(
        ResidentTag.resident_id.in_(bindparam("ids", expanding=True)),
        ResidentTag.until.is_(None),
        Tag.enabled,
        Tag.deleted_at.is_(None),
    )
    .order_by(Tag.position, Tag.id)
)
