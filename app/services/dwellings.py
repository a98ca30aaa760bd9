"""Buildings and flats: finding them by what people write, making them when they are new."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from app.models import Building, Dwelling, Resident
from app.services import places
from app.services.filters import present
from app.storage.lookup import Sql, lookup_of
from app.values.addresses import Address, parse_address
from app.values.text import compact

_MOST_PARTS = 3


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A flat offered while an address is typed."""

    short: str
    spoken: str
    people: int


@dataclass(frozen=True, slots=True)
class BuildingView:
    id: int
    number: str
    label: str
    grid_id: int | None
    people: int


def complete(session: Session, text: str, *, limit: int = 8) -> list[PlaceChoice]:
    """Flats that begin with what was typed (4-2, 4号楼2单元5), in the order of a walk."""
    parts = _typed_parts(text)
    if not parts:
        return []
    people = (
        select(func.count())
        .select_from(Resident)
        .where(Resident.dwelling_id == Dwelling.id, present())
        .scalar_subquery()
    )
    found = session.execute(
        select(Building.number, Dwelling.unit, Dwelling.room, people)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.deleted_at.is_(None), _begins_with(parts))
        .order_by(Dwelling.place_order)
        .limit(limit)
    )
    return [
        PlaceChoice(places.short(*place), places.spoken(*place), count) for *place, count in found
    ]


def _typed_parts(text: str) -> list[str]:
    address = parse_address(text)
    if address.building:
        return [part for part in (address.building, address.unit, address.room) if part]
    typed = compact(text).upper().replace("/", "-").strip("-")
    return [part for part in typed.split("-") if part][:_MOST_PARTS] if typed.isascii() else []


def _begins_with(parts: list[str]) -> ColumnElement[bool]:
    """The last part may be unfinished, those before it stand."""
    building, *rest = parts
    if not rest:
        return Building.number.startswith(building, autoescape=True)
    if len(rest) == 1:
        unit = Dwelling.unit.startswith(rest[0], autoescape=True)
        room = and_(Dwelling.unit == "", Dwelling.room.startswith(rest[0], autoescape=True))
        return and_(Building.number == building, or_(unit, room))
    room = Dwelling.room.startswith(rest[1], autoescape=True)
    return and_(Building.number == building, Dwelling.unit == rest[0], room)


def buildings(session: Session) -> list[BuildingView]:
    """All buildings in the order of their numbers, with the people who live there."""
    counted = (
        select(Dwelling.building_id, func.count().label("people"))
        .join(Resident, Resident.dwelling_id == Dwelling.id)
        .where(present())
        .group_by(Dwelling.building_id)
        .subquery()
    )
    found = session.execute(
        select(Building.id, Building.number, Building.name, Building.grid_id, counted.c.people)
        .outerjoin(counted, counted.c.building_id == Building.id)
        .where(Building.deleted_at.is_(None))
    )
    views = [
        BuildingView(key, number, places.building_label(number, name), grid_id, people or 0)
        for key, number, name, grid_id, people in found
    ]
    return sorted(views, key=lambda view: places.natural(view.number))


def find(session: Session, address_text: str) -> int | None:
    """The flat that a text names, None when the office has no such flat."""
    address = parse_address(address_text)
    if not address.building:
        return None
    return session.scalar(
        select(Dwelling.id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(
            Building.number == address.building,
            Dwelling.unit == address.unit,
            Dwelling.room == address.room,
        )
    )


def ensure(session: Session, address_text: str) -> int | None:
    """The flat that a text names, made when it is new; None when the text names no building."""
    address = parse_address(address_text)
    return ensure_place(session, address).id if address.building else None


def is_at(session: Session, dwelling_id: int | None, address_text: str) -> bool:
    """Whether a flat that was not deleted is the one that a text names, in its short form."""
    if dwelling_id is None:
        return not address_text
    place = next(lookup_of(session).rows(Sql(_PLACE, (dwelling_id,))), None)
    return place is not None and places.short(*place) == address_text


_PLACE = """
    SELECT building.number, dwelling.unit, dwelling.room
    FROM dwelling JOIN building ON building.id = dwelling.building_id
    WHERE dwelling.id = ? AND dwelling.deleted_at IS NULL AND building.deleted_at IS NULL
"""


def ensure_place(session: Session, address: Address) -> Dwelling:
    """The flat at an address that has a building; what was deleted comes back."""
    building = _ensure_building(session, address.building)
    dwelling = session.scalar(
        select(Dwelling).where(
            Dwelling.building_id == building.id,
            Dwelling.unit == address.unit,
            Dwelling.room == address.room,
        )
    )
    if dwelling is None:
        order = places.place_order(address.building, address.unit, address.room)
        dwelling = Dwelling(
            building_id=building.id, unit=address.unit, room=address.room, place_order=order
        )
        session.add(dwelling)
    dwelling.deleted_at = None
    session.flush()
    return dwelling


def _ensure_building(session: Session, number: str) -> Building:
    building = session.scalar(select(Building).where(Building.number == number))
    if building is None:
        building = Building(number=number)
        session.add(building)
    building.deleted_at = None
    session.flush()
    return building


def grid_of(session: Session, dwelling_id: int | None) -> int | None:
    """The grid that newcomers of this flat's building get."""
    if dwelling_id is None:
        return None
    return session.scalar(
        select(Building.grid_id)
        .join(Dwelling, Dwelling.building_id == Building.id)
        .where(Dwelling.id == dwelling_id)
    )


def place_of(session: Session, dwelling_id: int | None) -> tuple[str, str, str]:
    """Building, unit and room of a flat; three '' for none."""
    if dwelling_id is None:
        return ("", "", "")
    found = session.execute(
        select(Building.number, Dwelling.unit, Dwelling.room)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id == dwelling_id)
    ).one_or_none()
    return (found[0], found[1], found[2]) if found else ("", "", "")


def spoken_places(session: Session, dwelling_ids: Iterable[int]) -> dict[int, str]:
    """3 号楼 2 单元 501, by flat."""
    found = session.execute(
        select(Dwelling.id, Building.number, Dwelling.unit, Dwelling.room)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id.in_(set(dwelling_ids)))
    )
    return {key: places.spoken(*place) for key, *place in found}
