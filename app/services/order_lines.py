"""The orders of a day as the kitchen, the board, the labels and the delivery sheets read them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from app.models import MealPeriod, MealWay, OrderState, PayWay
from app.services import places
from app.services.ages import age_on
from app.services.chunks import chunks
from app.storage.lookup import Source, Sql, day_of, lookup_of, moment_of, one_of, query
from app.values.masking import mask_phone, mask_phones


class OrderLine(NamedTuple):
    """One order of a day. Phones are in the clear, for papers: screens show the masked ones."""

    id: int
    version: int
    canteen_id: int
    on_date: date
    period: MealPeriod
    resident_id: int
    name: str
    name_order: str
    age: int | None
    place: str
    """8 号楼 2-401"""
    place_order: str
    phone: str
    grid_id: int | None
    set_letter: str
    quantity: int
    way: MealWay
    pay_way: PayWay
    diet: str
    """低盐、软食; '' for the ordinary meal"""
    avoids: str
    contact: str
    contact_relation: str
    contact_phone: str
    door_note: str
    route_id: int | None
    route_name: str
    stop: int | None
    state: OrderState
    settled_at: datetime | None
    settled_by: str
    reason: str
    note: str
    by_hand: bool
    standing_id: int | None

    @property
    def phone_masked(self) -> str:
        return mask_phone(self.phone)

    @property
    def contact_phone_masked(self) -> str:
        return mask_phones(self.contact_phone)

    @property
    def special(self) -> bool:
        """Whether the kitchen must look at it."""
        return bool(self.diet or self.avoids)


def orders_of(
    source: Source, canteen_id: int, day: date, period: MealPeriod | None = None
) -> list[OrderLine]:
    """All orders of a canteen's day, also those that were cancelled; of one period or of all.

    By period, route and stop; then who has no stop, by house.
    """
    where = [Sql("o.canteen_id = ? AND o.on_date = ?", (canteen_id, day.isoformat()))]
    if period is not None:
        where.append(Sql("o.period = ?", (period.value,)))
    wanted = query(_COLUMNS, _SOURCE, where, _WALK)
    found = [_line(one) for one in lookup_of(source).rows(wanted)]
    return sorted(found, key=lambda line: line.period.place)


def order_lines(source: Source, order_ids: Sequence[int]) -> list[OrderLine]:
    """These orders in this order; who is gone is left out."""
    lookup = lookup_of(source)
    found = {}
    for part in chunks(order_ids, 500):
        for values in lookup.rows(query(_COLUMNS, _SOURCE, [one_of("o.id", part)])):
            found[values[0]] = _line(values)
    return [found[one] for one in order_ids if one in found]


_COLUMNS = """
    o.id, o.version, o.canteen_id, o.on_date, o.period, o.resident_id, r.name, r.name_order,
    r.birth_date, b.number, d.unit, d.room, d.place_order, r.other_address, r.phone, r.grid_id,
    o.set_letter, o.quantity, o.way, o.pay_way, n.diet, n.avoids, n.contact, n.contact_relation,
    n.contact_phone, n.door_note, o.route_id, w.name, o.stop, o.state, o.settled_at, o.settled_by,
    o.reason, o.note, o.by_hand, o.standing_id
"""
_SOURCE = """
    meal_order AS o
    JOIN resident AS r ON r.id = o.resident_id
    LEFT JOIN dwelling AS d ON d.id = r.dwelling_id
    LEFT JOIN building AS b ON b.id = d.building_id
    LEFT JOIN diner AS n ON n.resident_id = o.resident_id
    LEFT JOIN delivery_route AS w ON w.id = o.route_id
"""
# As the routes are walked; who has no stop comes last, house by house.
_WALK = """
    ORDER BY o.route_id IS NULL, w.position, w.id, o.stop, coalesce(d.place_order, '~'),
    r.name_order, o.id
"""


def _line(values: Sequence[Any]) -> OrderLine:
    key, version, canteen_id, day, period, resident_id, name, name_order, *rest = values
    born, building, unit, room, place_order, elsewhere, phone, grid_id, *rest = rest
    letter, quantity, way, pay_way, diet, avoids, contact, relation, contact_phone, *rest = rest
    door, route_id, route, stop, state, settled_at, settled_by, reason, note, hand, standing = rest
    on_date = date.fromisoformat(day)
    return OrderLine(
        id=key,
        version=version,
        canteen_id=canteen_id,
        on_date=on_date,
        period=MealPeriod.of(period),
        resident_id=resident_id,
        name=name,
        name_order=name_order,
        age=age_on(day_of(born), on_date),
        place=places.listed(building, unit, room) or elsewhere or "",
        place_order=place_order or "~",
        phone=phone or "",
        grid_id=grid_id,
        set_letter=letter,
        quantity=quantity,
        way=MealWay.of(way),
        pay_way=PayWay.of(pay_way),
        diet=diet or "",
        avoids=avoids or "",
        contact=contact or "",
        contact_relation=relation or "",
        contact_phone=contact_phone or "",
        door_note=door or "",
        route_id=route_id,
        route_name=route or "",
        stop=stop,
        state=OrderState.of(state),
        settled_at=moment_of(settled_at),
        settled_by=settled_by or "",
        reason=reason or "",
        note=note or "",
        by_hand=bool(hand),
        standing_id=standing,
    )
