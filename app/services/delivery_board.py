"""The board of a day (送餐板): every route in walking order, and what became of each stop.

One reading gives screen, sheets and counts, so that they agree everywhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import CanteenPeriod, CareReason, MealPeriod, MealWay, OrderState
from app.services import places
from app.services.delivery_routes import RouteView, routes
from app.services.terms import in_force
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, moment_of, query

NO_ROUTE = 0
"""The column of those who stand on no route yet"""
_Run = tuple[int | None, str, str, datetime | None, datetime | None]
_LOOSE = RouteView(
    id=NO_ROUTE,
    version=0,
    name="未分路线",
    area="",
    volunteer_id=None,
    carrier="",
    carrier_role="",
    departs_after=0,
    stops=0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One meal that is brought: to whom, what, and what became of it; `at` is None before."""

    order_id: int
    resident_id: int
    place: int
    name: str
    home: str
    diet: str
    door_note: str
    set_letter: str
    quantity: int
    state: OrderState
    at: datetime | None
    reason: str
    case_id: int | None
    """Of the case that is open about it"""

    @property
    def open(self) -> bool:
        return self.state is OrderState.ORDERED

    @property
    def meal(self) -> str:
        """A 餐, A 餐 2 份."""
        count = f" {self.quantity} 份" if self.quantity > 1 else ""
        return f"{self.set_letter} 餐{count}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A route on a day: who carries, when it goes (minutes), when it went and came back."""

    route_id: int
    name: str
    area: str
    volunteer_id: int | None
    carrier: str
    carrier_role: str
    departs: int
    departed_at: datetime | None
    returned_at: datetime | None
    stops: tuple[Stop, ...]

    def count(self, state: OrderState) -> int:
        return sum(one.state is state for one in self.stops)

    @property
    def next_stop(self) -> int | None:
        """The order that is carried to next; None where all is done."""
        return next((one.order_id for one in self.stops if one.open), None)

    @property
    def who(self) -> str:
        """孙志强・志愿者."""
        return "・".join(part for part in (self.carrier, self.carrier_role) if part)

    @property
    def title(self) -> str:
        return f"{self.name} {self.area}".strip()


@dataclass(frozen=True, slots=True)
class NotToday:
    """Somebody who usually gets a meal at this time and does not today; why, and until when."""

    resident_id: int
    name: str
    home: str
    reason: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All walks of a canteen, a day and a period; times in minutes since midnight."""

    canteen_id: int
    on_date: date
    period: MealPeriod
    ready: int | None
    deliver_by: int | None
    walks: tuple[Walk, ...]
    not_today: tuple[NotToday, ...]

    @property
    def stops(self) -> list[Stop]:
        return [one for walk in self.walks for one in walk.stops]

    @property
    def counts(self) -> Counter[OrderState]:
        return Counter(one.state for one in self.stops)


def board(source: Source, canteen_id: int, on_date: date, period: MealPeriod) -> Board:
    """The board as it is now; walks without a stop that day are left out."""
    lookup = lookup_of(source)
    ready, deliver_by = _times(lookup, canteen_id, period)
    found = _stops(lookup, canteen_id, on_date, period)
    runs = _runs(lookup, on_date, period)
    walks = [
        _walk(one, found[one.id], runs.get(one.id), ready or 0)
        for one in routes(lookup, canteen_id)
        if one.id in found
    ]
    known = {walk.route_id for walk in walks}
    loose = [stop for route, stops in found.items() if route not in known for stop in stops]
    if loose:
        walks.append(_walk(_LOOSE, loose, None, ready or 0))
    return Board(
        canteen_id=canteen_id,
        on_date=on_date,
        period=period,
        ready=ready,
        deliver_by=deliver_by,
        walks=tuple(walks),
        not_today=tuple(_not_today(lookup, canteen_id, on_date, period)),
    )


def day_of_case(source: Source, case_id: int) -> tuple[int, int, date, MealPeriod] | None:
    """Of a case that a delivery raised: the order, its canteen, day and period; None for others."""
    asked = query(
        "o.id, o.canteen_id, o.on_date, o.period",
        "care_case c JOIN meal_order o ON o.id = c.order_id",
        [Sql("c.id = ?", (case_id,))],
    )
    found = next(lookup_of(source).rows(asked), None)
    if found is None:
        return None
    order, canteen, day, period = found
    return order, canteen, date.fromisoformat(day), MealPeriod.of(period)


def _of_day(canteen_id: int, on_date: date, period: MealPeriod) -> list[Sql]:
    chosen = (canteen_id, on_date.isoformat(), period.value)
    return [
        Sql("o.canteen_id = ? AND o.on_date = ? AND o.period = ?", chosen),
        Sql("o.way = ? AND o.state <> ?", (MealWay.BROUGHT.value, OrderState.CANCELLED.value)),
    ]


def _times(lookup: Lookup, canteen_id: int, period: MealPeriod) -> tuple[int | None, int | None]:
    chosen = Sql("canteen_id = ? AND period = ?", (canteen_id, period.value))
    asked = query("ready, deliver_by", CanteenPeriod.__tablename__, [chosen])
    return next(lookup.rows(asked), (None, None))


def _stops(
    lookup: Lookup, canteen_id: int, on_date: date, period: MealPeriod
) -> dict[int, list[Stop]]:
    """By route, in the order of the walk."""
    order = "ORDER BY coalesce(o.stop, 999), w.place_order, o.id"
    found: dict[int, list[Stop]] = {}
    asked = query(_COLUMNS, _SOURCE, _of_day(canteen_id, on_date, period), order)
    values = (CareReason.NOBODY_ANSWERED.value, *asked.values)
    for route, *row in lookup.rows(Sql(asked.text, values)):
        found.setdefault(route or NO_ROUTE, []).append(_stop(row))
    return found


def _runs(lookup: Lookup, on_date: date, period: MealPeriod) -> dict[int, _Run]:
    day = Sql("on_date = ? AND period = ?", (on_date.isoformat(), period.value))
    what = "route_id, volunteer_id, carrier, carrier_role, departed_at, returned_at"
    return {
        route: (volunteer, carrier, role, moment_of(departed), moment_of(returned))
        for route, volunteer, carrier, role, departed, returned in lookup.rows(
            query(what, "delivery_run", [day])
        )
    }


def _walk(route: RouteView, stops: Sequence[Stop], run: _Run | None, ready: int) -> Walk:
    """Who carries that day stands with the run; before it who usually does."""
    usual: _Run = (route.volunteer_id, route.carrier, route.carrier_role, None, None)
    volunteer, carrier, role, departed, returned = run or usual
    return Walk(
        route_id=route.id,
        name=route.name,
        area=route.area,
        volunteer_id=volunteer,
        carrier=carrier,
        carrier_role=role,
        departs=ready + route.departs_after,
        departed_at=departed,
        returned_at=returned,
        stops=tuple(stops),
    )


def _not_today(
    lookup: Lookup, canteen_id: int, on_date: date, period: MealPeriod
) -> list[NotToday]:
    """By a stop (停送), or since the order of the day was cancelled."""
    held, day = in_force(on_date, "s"), on_date.isoformat()
    chosen = (canteen_id, period.value, MealWay.BROUGHT.value)
    where = [
        Sql("s.deleted_at IS NULL AND s.canteen_id = ? AND s.period = ? AND s.way = ?", chosen),
        Sql("s.weekdays LIKE ?", (f"%{on_date.isoweekday()}%",)),
        held,
        Sql("p.id IS NOT NULL OR o.state = ?", (OrderState.CANCELLED.value,)),
    ]
    asked = query(_AWAY, _AWAY_SOURCE, where, "ORDER BY w.place_order, r.id")
    values = (day, day, day, period.value, *asked.values)
    found: dict[int, NotToday] = {}
    for person, name, building, unit, room, other, reason, until, why in lookup.rows(
        Sql(asked.text, values)
    ):
        home = places.home_words(building, unit, room, other)
        words = reason or why or "当天取消"
        found.setdefault(person, NotToday(person, name, home, words, day_of(until)))
    return list(found.values())


_HOME = """
    JOIN resident r ON r.id = o.resident_id
    LEFT JOIN dwelling w ON w.id = r.dwelling_id
    LEFT JOIN building b ON b.id = w.building_id
"""
_COLUMNS = """
    o.route_id, o.id, o.resident_id, o.stop, r.name, b.number, w.unit, w.room, r.other_address,
    n.diet, n.door_note, o.set_letter, o.quantity, o.state, o.settled_at, o.reason,
    (SELECT max(c.id) FROM care_case c
     WHERE c.resident_id = o.resident_id AND c.closed_at IS NULL AND c.why = ?)
"""
_SOURCE = f"meal_order o {_HOME} LEFT JOIN diner n ON n.resident_id = o.resident_id"
_AWAY = """
    s.resident_id, r.name, b.number, w.unit, w.room, r.other_address, p.reason, p.until, o.reason
"""
_AWAY_SOURCE = """
    standing_order s
    JOIN resident r ON r.id = s.resident_id
    LEFT JOIN dwelling w ON w.id = r.dwelling_id
    LEFT JOIN building b ON b.id = w.building_id
    LEFT JOIN order_pause p ON p.resident_id = s.resident_id AND p.deleted_at IS NULL
        AND p.since <= ? AND (p.until IS NULL OR p.until >= ?)
    LEFT JOIN meal_order o ON o.resident_id = s.resident_id AND o.on_date = ? AND o.period = ?
"""


def _stop(values: Sequence[Any]) -> Stop:
    key, person, place, name, building, unit, room, other, diet, note, letter, *rest = values
    quantity, state, at, reason, case = rest
    return Stop(
        order_id=key,
        resident_id=person,
        place=place or 0,
        name=name,
        home=places.home_words(building, unit, room, other),
        diet=diet or "",
        door_note=note or "",
        set_letter=letter,
        quantity=quantity,
        state=OrderState.of(state),
        at=moment_of(at),
        reason=reason or "",
        case_id=case,
    )
