"""Routes (送餐路线): walks with a fixed order of stops, and who usually carries (domain.md 4.3)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import DeliveryRoute, MealOrder, MealWay, OrderState, RouteStop
from app.services import delivery_carriers, places, rights
from app.storage.lookup import Source, Sql, among, any_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

MOST_MINUTES = 120
_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteInput:
    """What an office says of a route; `departs_after` in minutes after the food is ready."""

    name: str
    area: str = ""
    volunteer_id: int | None = None
    carrier: str = ""
    carrier_role: str = ""
    departs_after: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteView:
    """A route with the number of its stops; `carrier` is a volunteer's name where one carries."""

    id: int
    version: int
    name: str
    area: str
    volunteer_id: int | None
    carrier: str
    carrier_role: str
    departs_after: int
    stops: int

    @property
    def words(self) -> str:
        """一路 北岗街."""
        return f"{self.name} {self.area}".strip()


@dataclass(frozen=True, slots=True)
class StopView:
    """A person's place on a walk; `order` sorts as one walks from door to door."""

    resident_id: int
    name: str
    home: str
    order: str


def routes(source: Source, canteen_id: int) -> list[RouteView]:
    """The routes of a canteen in their order."""
    there = [Sql("d.deleted_at IS NULL"), Sql("d.canteen_id = ?", (canteen_id,))]
    rows = lookup_of(source).rows(query(_COLUMNS, _SOURCE, there, "ORDER BY d.position, d.id"))
    return [_view(values) for values in rows]


def stops(source: Source, route_id: int) -> list[StopView]:
    """Who is on a route, in the order of the walk."""
    wanted = [Sql("s.route_id = ?", (route_id,))]
    asked = query(_PERSON, f"route_stop s {_PEOPLE}", wanted, "ORDER BY s.place, s.id")
    return [_stop(values) for values in lookup_of(source).rows(asked)]


def without_route(source: Source, canteen_id: int, today: date) -> list[StopView]:
    """Who gets meals brought from today on and stands on no route, as one walks."""
    # From those who have an order, which are few: not from all who live here.
    standing = [
        Sql("o.deleted_at IS NULL AND o.canteen_id = ?", (canteen_id,)),
        Sql("o.way = ?", (MealWay.BROUGHT.value,)),
        Sql("o.until IS NULL OR o.until >= ?", (today.isoformat(),)),
    ]
    ordered = [
        Sql("o.canteen_id = ? AND o.on_date >= ?", (canteen_id, today.isoformat())),
        Sql("o.way = ? AND o.state = ?", (MealWay.BROUGHT.value, OrderState.ORDERED.value)),
    ]
    where = [
        any_of(
            [
                among("r.id", query("o.resident_id", "standing_order o", standing)),
                among("r.id", query("o.resident_id", "meal_order o", ordered)),
            ]
        ),
        Sql("NOT EXISTS (SELECT 1 FROM route_stop s WHERE s.resident_id = r.id)"),
    ]
    asked = query(_PERSON_ALONE, f"resident r {_HOME}", where, "ORDER BY d.place_order, r.id")
    return [_stop(values) for values in lookup_of(source).rows(asked)]


# -- changing


def add(session: Session, canteen_id: int, entered: RouteInput) -> int:
    """A new route behind the others; raises DomainError, NotAllowed."""
    rights.require(session, Right.RUN_CANTEEN)
    last = select(func.max(DeliveryRoute.position)).where(DeliveryRoute.canteen_id == canteen_id)
    row = DeliveryRoute(canteen_id=canteen_id, position=(session.scalar(last) or 0) + 1)
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    return row.id


def input_of(session: Session, route_id: int) -> tuple[RouteInput, int]:
    """A route as its form shows it, and its version."""
    row = get(session, route_id)
    entered = RouteInput(
        name=row.name,
        area=row.area,
        volunteer_id=row.volunteer_id,
        carrier=row.carrier,
        carrier_role=row.carrier_role,
        departs_after=row.departs_after,
    )
    return entered, row.version


def change(session: Session, route_id: int, entered: RouteInput, *, version: int) -> None:
    """Say something else of a route; raises ChangedMeanwhile, DomainError, NotAllowed."""
    rights.require(session, Right.RUN_CANTEEN)
    row = get(session, route_id)
    if row.version != version:
        raise ChangedMeanwhile
    _fill(session, row, entered)
    session.flush()


def remove(session: Session, route_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError while somebody stands on it."""
    rights.require(session, Right.RUN_CANTEEN)
    row = get(session, route_id)
    left = session.scalar(select(func.count()).where(RouteStop.route_id == route_id)) or 0
    waiting = session.scalar(select(func.count()).where(*_waiting(now.date(), route_id))) or 0
    if left or waiting:
        held = f"{left} 户" if left else f"{waiting} 份没有送的餐"
        raise DomainError(f"{row.name}上还有 {held}，请先把他们排到别的路线，再删除。")
    row.deleted_at = now
    session.flush()


def move(session: Session, route_id: int, *, places_on: int) -> None:
    """One place up (-1) or down (1) among the routes of its canteen."""
    rights.require(session, Right.RUN_CANTEEN)
    row = get(session, route_id)
    others = session.scalars(
        select(DeliveryRoute)
        .where(DeliveryRoute.canteen_id == row.canteen_id, DeliveryRoute.deleted_at.is_(None))
        .order_by(DeliveryRoute.position, DeliveryRoute.id)
    ).all()
    here = others.index(row)
    order = [one for one in others if one is not row]
    order.insert(max(0, min(here + places_on, len(order))), row)
    for place, one in enumerate(order, start=1):
        one.position = place
    session.flush()


def set_stops(
    session: Session,
    route_id: int,
    resident_ids: Sequence[int],
    *,
    today: date,
    before: Collection[int] | None = None,
) -> None:
    """Who is on the walk, in this order; who stood on another route comes here.

    Orders from today on that are not settled go along, so that board, labels and sheets agree.
    Raises DomainError, and ChangedMeanwhile where the walk is not as it was seen `before`.
    """
    rights.require(session, Right.RUN_CANTEEN)
    route = get(session, route_id)
    if before is not None and list(before) != [one.resident_id for one in stops(session, route_id)]:
        raise ChangedMeanwhile
    if len(set(resident_ids)) < len(resident_ids):
        raise DomainError("同一个人在路线上只能有一站，请去掉重复的一站。")
    kept = {one.resident_id: one for one in _stop_rows(session, route_id, resident_ids)}
    wanted = {person: place for place, person in enumerate(resident_ids, start=1)}
    for person, row in kept.items():
        if person not in wanted:
            session.delete(row)
    for person, place in wanted.items():
        found = kept.get(person)
        if found is None:
            session.add(RouteStop(route_id=route_id, resident_id=person, place=place))
        else:
            found.route_id, found.place = route_id, place
    session.flush()
    _move_orders(session, route, wanted, today)


def get(session: Session, route_id: int) -> DeliveryRoute:
    """The route's row; raises DomainError where it is gone."""
    row = session.get(DeliveryRoute, route_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这条路线已经被删除，请刷新后再试；需要时可从回收站放回。")
    return row


def _stop_rows(session: Session, route_id: int, resident_ids: Sequence[int]) -> Sequence[RouteStop]:
    mine = RouteStop.route_id == route_id
    found = select(RouteStop).where(mine | RouteStop.resident_id.in_(resident_ids))
    return session.scalars(found).all()


def _move_orders(
    session: Session, route: DeliveryRoute, wanted: Mapping[int, int], today: date
) -> None:
    """Another canteen's meals are not carried on this route."""
    open_ones = select(MealOrder).where(
        MealOrder.on_date >= today,
        MealOrder.way == MealWay.BROUGHT,
        MealOrder.state == OrderState.ORDERED,
        (MealOrder.route_id == route.id) | MealOrder.resident_id.in_(list(wanted)),
    )
    for order in session.scalars(open_ones):
        place = wanted.get(order.resident_id) if order.canteen_id == route.canteen_id else None
        order.route_id, order.stop = (None, None) if place is None else (route.id, place)
    session.flush()


def _waiting(today: date, route_id: int) -> tuple[Any, ...]:
    return (
        MealOrder.route_id == route_id,
        MealOrder.on_date >= today,
        MealOrder.state == OrderState.ORDERED,
    )


def _fill(session: Session, row: DeliveryRoute, entered: RouteInput) -> None:
    name = tidy(entered.name)
    if not name:
        raise DomainError("请填写路线名称，如“一路”。")
    texts = (("路线名称", name), ("范围", tidy(entered.area)), ("送餐人", tidy(entered.carrier)))
    for words, text in texts:
        if len(text) > _LONGEST:
            raise DomainError(f"{words}最多 {_LONGEST} 个字，请写短些。")
    if not 0 <= entered.departs_after <= MOST_MINUTES:
        raise DomainError(f"出发时间要在出锅后 0 到 {MOST_MINUTES} 分钟之间，请核对。")
    same = select(DeliveryRoute).where(
        DeliveryRoute.canteen_id == row.canteen_id,
        DeliveryRoute.name == name,
        DeliveryRoute.deleted_at.is_(None),
    )
    with session.no_autoflush:
        if any(one is not row for one in session.scalars(same)):
            raise DomainError(f"已经有一条路线叫“{name}”，请换一个名称。")
    row.name, row.area = name, tidy(entered.area)
    row.volunteer_id = entered.volunteer_id
    row.carrier = tidy(entered.carrier) or delivery_carriers.name_of(session, entered.volunteer_id)
    row.carrier_role = tidy(entered.carrier_role)[:_LONGEST]
    row.departs_after = entered.departs_after


_COLUMNS = """
    d.id, d.version, d.name, d.area, d.volunteer_id, d.carrier, d.carrier_role, d.departs_after,
    (SELECT count(*) FROM route_stop s WHERE s.route_id = d.id)
"""
_SOURCE = "delivery_route d"
_HOME = """
    LEFT JOIN dwelling d ON d.id = r.dwelling_id
    LEFT JOIN building b ON b.id = d.building_id
"""
_PEOPLE = f"JOIN resident r ON r.id = s.resident_id {_HOME}"
_PERSON = "s.resident_id, r.name, b.number, d.unit, d.room, r.other_address, d.place_order"
_PERSON_ALONE = _PERSON.replace("s.resident_id", "r.id")


def _stop(values: tuple[Any, ...]) -> StopView:
    person, name, building, unit, room, other, order = values
    return StopView(person, name, places.home_words(building, unit, room, other), order or "~")


def _view(values: tuple[Any, ...]) -> RouteView:
    key, version, name, area, volunteer, carrier, role, after, count = values
    return RouteView(
        id=key,
        version=version,
        name=name,
        area=area,
        volunteer_id=volunteer,
        carrier=carrier,
        carrier_role=role,
        departs_after=after,
        stops=count,
    )
