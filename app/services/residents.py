"""The list of residents: who is in it, in which order, and how many."""

import enum
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.models import Dwelling, Grid, Household, Resident
from app.services import search
from app.services.filters import ResidentFilter, conditions, narrows
from app.services.resident_rows import DEPARTURE_LABELS, ResidentRow, TagChip, rows

__all__ = [
    "BY_NAME",
    "DEPARTURE_LABELS",
    "EVERYBODY",
    "Counts",
    "Listing",
    "Order",
    "OrderKey",
    "ResidentFilter",
    "ResidentRow",
    "TagChip",
    "counts",
    "list_ids",
    "rows",
]


class OrderKey(enum.StrEnum):
    """What a list can be sorted by."""

    NAME = "name"
    SEX = "sex"
    AGE = "age"
    PLACE = "place"
    HOUSEHOLD = "household"
    GRID = "grid"
    RESIDENCE = "residence"
    DEPARTED = "departed"


@dataclass(frozen=True, slots=True)
class Order:
    """A sort order; equals follow each other by name."""

    key: OrderKey = OrderKey.NAME
    descending: bool = False


BY_NAME = Order()
EVERYBODY = ResidentFilter()


@dataclass(frozen=True, slots=True)
class Listing:
    """The ids of a list; `cut` when a text search shows only the best 200."""

    ids: Sequence[int]
    cut: bool


@dataclass(frozen=True, slots=True)
class Counts:
    people: int
    households: int


_COLUMNS: dict[OrderKey, Any] = {
    OrderKey.SEX: Resident.sex,
    OrderKey.AGE: Resident.birth_date,
    OrderKey.PLACE: Dwelling.place_order,
    OrderKey.HOUSEHOLD: Household.number,
    OrderKey.GRID: Grid.number,
    OrderKey.RESIDENCE: Resident.residence_status,
    OrderKey.DEPARTED: Resident.departed_on,
}


def list_ids(
    session: Session,
    chosen: ResidentFilter = EVERYBODY,
    *,
    order: Order = BY_NAME,
    today: date,
) -> Listing:
    """Everybody whom the filter lets through. With a text: the best matches first, 200 at most."""
    if not chosen.text.strip():
        return Listing(_ids(session, conditions(chosen, today=today), order), cut=False)
    where = conditions(chosen, today=today) if narrows(chosen) else ()
    found = search.find_ids(session, chosen.text, departed=chosen.departed, where=where)
    if order == BY_NAME:
        return Listing(found.ids, found.cut)
    return Listing(_ids(session, [Resident.id.in_(found.ids)], order), found.cut)


def counts(
    session: Session,
    chosen: ResidentFilter = EVERYBODY,
    *,
    today: date,
) -> Counts:
    """How many people and households the list has; the same WHERE as the list itself."""
    where = conditions(chosen, today=today)
    if chosen.text.strip():
        where = [Resident.id.in_(list_ids(session, chosen, today=today).ids)]
    people = session.scalar(select(func.count()).select_from(Resident).where(*where)) or 0
    one_each = select(Resident.household_id).where(*where).group_by(Resident.household_id)
    households = select(func.count(one_each.subquery().c.household_id))
    return Counts(people, session.scalar(households) or 0)


def _ids(session: Session, where: Sequence[ColumnElement[bool]], order: Order) -> Sequence[int]:
    statement = select(Resident.id).where(*where)
    if order.key is OrderKey.PLACE:
        statement = statement.outerjoin(Dwelling, Dwelling.id == Resident.dwelling_id)
    elif order.key is OrderKey.HOUSEHOLD:
        statement = statement.outerjoin(Household, Household.id == Resident.household_id)
    elif order.key is OrderKey.GRID:
        statement = statement.outerjoin(Grid, Grid.id == Resident.grid_id)
    return _first_column(session, statement.order_by(*_order_by(order)))


def _first_column(session: Session, statement: Select[int]) -> Sequence[int]:
    """Read from the driver row by row: 100,000 Row objects would cost five times the query.

    Kept as plain 64-bit numbers: as Python's integers they would take five times the memory.
    """
    cursor: Any = session.connection().execute(statement).cursor
    return array("q", (row[0] for row in cursor))


def _order_by(order: Order) -> list[ColumnElement[Any]]:
    if order.key is OrderKey.NAME:
        by_name = [Resident.name_order, Resident.id]
        return [one.desc() if order.descending else one.asc() for one in by_name]
    column = _COLUMNS[order.key]
    # Older people were born earlier: ages rise as birth dates fall.
    falling = order.descending is not (order.key is OrderKey.AGE)
    # Those of whom it is not known come last, whichever way the list is turned.
    ends = [column.is_(None), column.desc() if falling else column.asc()]
    return [*ends, Resident.name_order.asc(), Resident.id.asc()]
