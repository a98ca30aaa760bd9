"""The list of residents: who is in it, in which order, and how many."""

import enum
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.services import search
from app.services.filters import ResidentFilter, conditions, narrows
from app.services.resident_rows import DEPARTURE_LABELS, ResidentRow, TagChip, rows
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query

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


_COLUMNS = {
    OrderKey.SEX: "resident.sex",
    OrderKey.AGE: "resident.birth_date",
    OrderKey.PLACE: "dwelling.place_order",
    OrderKey.HOUSEHOLD: "household.number",
    OrderKey.GRID: "grid.number",
    OrderKey.RESIDENCE: "resident.residence_status",
    OrderKey.DEPARTED: "resident.departed_on",
}
_SOURCES = {
    OrderKey.PLACE: "resident LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id",
    OrderKey.HOUSEHOLD: "resident LEFT JOIN household ON household.id = resident.household_id",
    OrderKey.GRID: "resident LEFT JOIN grid ON grid.id = resident.grid_id",
}


def list_ids(
    source: Source,
    chosen: ResidentFilter = EVERYBODY,
    *,
    order: Order = BY_NAME,
    today: date,
) -> Listing:
    """Everybody whom the filter lets through. With a text: the best matches first, 200 at most."""
    lookup = lookup_of(source)
    narrow = narrows(chosen)
    if not chosen.text.strip():
        where = conditions(chosen, today=today)
        return Listing(_ids(lookup, where, order, few=narrow), cut=False)
    where = conditions(chosen, today=today) if narrow else []
    found = search.find_ids(lookup, chosen.text, departed=chosen.departed, where=where)
    if order == BY_NAME:
        return Listing(found.ids, found.cut)
    hits = [one_of("resident.id", found.ids)]
    return Listing(_ids(lookup, hits, order, few=True), found.cut)


def counts(
    source: Source,
    chosen: ResidentFilter = EVERYBODY,
    *,
    today: date,
) -> Counts:
    """How many people and households the list has; the same WHERE as the list itself."""
    lookup = lookup_of(source)
    where = conditions(chosen, today=today)
    if chosen.text.strip():
        where = [one_of("resident.id", list_ids(lookup, chosen, today=today).ids)]
    people = lookup.value(query("count(*)", "resident", where))
    homes = query("household_id", "resident", where, "GROUP BY household_id")
    counted = query("count(household_id)", f"({homes.text}) AS homes")
    return Counts(people, lookup.value(Sql(counted.text, homes.values)))


def _ids(lookup: Lookup, where: Sequence[Sql], order: Order, *, few: bool) -> Sequence[int]:
    source = _SOURCES.get(order.key, "resident")
    rest = f"ORDER BY {_order_by(order, few=few)}"
    found = lookup.column(query("resident.id", source, where, rest))
    # Plain 64-bit numbers: as Python's integers they would take five times the memory.
    return array("q", found)


def _order_by(order: Order, *, few: bool) -> str:
    if order.key is OrderKey.NAME:
        way = "DESC" if order.descending else "ASC"
        # The index of names would lead from each name to its person, all over the file: to sort
        # those whom a filter lets through is ten times faster.
        name = "resident.name_order || ''" if few else "resident.name_order"
        return f"{name} {way}, resident.id {way}"
    column = _COLUMNS[order.key]
    # Older people were born earlier: ages rise as birth dates fall.
    falling = order.descending is not (order.key is OrderKey.AGE)
    way = "DESC" if falling else "ASC"
    # Those of whom it is not known come last, whichever way the list is turned.
    return f"{column} IS NULL, {column} {way}, resident.name_order, resident.id"
