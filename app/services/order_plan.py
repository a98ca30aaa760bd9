"""What the standing orders say of a day: who is to get what, whom a stop keeps out, until when.

A stop (停送) always wins; who died or moved away, or whose order ended, gets nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.models import MealPeriod, MealWay, PayWay
from app.services import canteens, terms
from app.services.canteens import PeriodView
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.times import time_words


class Portion(NamedTuple):
    """What somebody is to get in a period of the day, by a standing order, and where it is put."""

    resident_id: int
    period: MealPeriod
    set_letter: str
    quantity: int
    way: MealWay
    pay_way: PayWay
    standing_id: int
    route_id: int | None
    stop: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DayPlan:
    """Of a canteen and a day: portions by person and period, and why others get none."""

    portions: dict[tuple[int, MealPeriod], Portion]
    stopped: dict[int, str]
    """Residents whom a stop keeps out today, each with its reason"""
    gone: frozenset[int]
    """Residents with an order of that day who died, moved away or were deleted"""


def plan_of(
    source: Source, canteen_id: int, day: date, *, resident_id: int | None = None
) -> DayPlan:
    """What the plan says of a day, for one resident or for all."""
    lookup = lookup_of(source)
    stopped = stops_on(lookup, day, resident_id=resident_id)
    offered = {one.period for one in canteens.periods(lookup, canteen_id)}
    portions = {
        (one.resident_id, one.period): one
        for one in _standing(lookup, canteen_id, day, resident_id)
        if one.period in offered and one.resident_id not in stopped
    }
    return DayPlan(portions, stopped, _gone(lookup, canteen_id, day))


def stops_on(source: Source, day: date, *, resident_id: int | None = None) -> dict[int, str]:
    """Who gets nothing on a day because of a stop, with its reason."""
    where = [terms.in_force(day), Sql("deleted_at IS NULL"), *_only("resident_id", resident_id)]
    found = query("resident_id, reason", "order_pause", where, "ORDER BY id")
    return dict(lookup_of(source).rows(found))


def cut_off(period: PeriodView, day: date) -> datetime:
    """Until when orders of a day are taken for a period."""
    first = datetime(day.year, day.month, day.day) - timedelta(days=period.order_days)
    return first + timedelta(minutes=period.order_until)


def cut_off_words(period: PeriodView) -> str:
    """当天 09:00, 前一天 16:00, 提前 2 天 16:00."""
    until = time_words(period.order_until)
    near = ("当天", "前一天")
    if period.order_days < len(near):
        return f"{near[period.order_days]} {until}"
    return f"提前 {period.order_days} 天 {until}"


def period_of(source: Source, canteen_id: int, period: MealPeriod) -> PeriodView | None:
    """The period as this canteen offers it; None where it does not."""
    offered: Sequence[PeriodView] = canteens.periods(source, canteen_id)
    return next((one for one in offered if one.period is period), None)


def stop_of(source: Source, canteen_id: int, resident_id: int) -> tuple[int | None, int | None]:
    """The route of this canteen on which somebody has a place, and the place."""
    where = [
        Sql("s.resident_id = ?", (resident_id,)),
        Sql("w.canteen_id = ? AND w.deleted_at IS NULL", (canteen_id,)),
    ]
    found = query("s.route_id, s.place", _STOPS, where)
    route_id, place = next(lookup_of(source).rows(found), (None, None))
    return route_id, place


_STOPS = "route_stop AS s JOIN delivery_route AS w ON w.id = s.route_id"
_COLUMNS = """
    t.resident_id, t.period, t.set_letter, t.quantity, t.way, t.pay_way, t.id, w.id, s.place, t.note
"""
# A stop on another canteen's route is none of this one's.
_SOURCE = """
    standing_order AS t
    JOIN resident AS r ON r.id = t.resident_id
    LEFT JOIN route_stop AS s ON s.resident_id = t.resident_id AND t.way = 'brought'
    LEFT JOIN delivery_route AS w
        ON w.id = s.route_id AND w.canteen_id = t.canteen_id AND w.deleted_at IS NULL
"""


def _standing(lookup: Lookup, canteen_id: int, day: date, resident_id: int | None) -> list[Portion]:
    """Later orders last: they hold where two are of the same period."""
    where = [
        Sql("t.canteen_id = ? AND t.deleted_at IS NULL", (canteen_id,)),
        terms.in_force(day, "t"),
        Sql("t.weekdays LIKE ?", (f"%{day.isoweekday()}%",)),
        Sql("r.deleted_at IS NULL AND r.departure IS NULL"),
        *_only("t.resident_id", resident_id),
    ]
    found = lookup.rows(query(_COLUMNS, _SOURCE, where, "ORDER BY t.since, t.id"))
    return [
        Portion(
            resident, MealPeriod.of(period), letter, quantity, MealWay.of(way), PayWay.of(pay), key,
            route, None if route is None else stop, note,
        )
        for resident, period, letter, quantity, way, pay, key, route, stop, note in found
    ]  # fmt: skip


def _gone(lookup: Lookup, canteen_id: int, day: date) -> frozenset[int]:
    where = [
        Sql("o.canteen_id = ? AND o.on_date = ?", (canteen_id, day.isoformat())),
        Sql("r.deleted_at IS NOT NULL OR r.departure IS NOT NULL"),
    ]
    source = "meal_order AS o JOIN resident AS r ON r.id = o.resident_id"
    return frozenset(lookup.column(query("o.resident_id", source, where)))


def _only(column: str, resident_id: int | None) -> list[Sql]:
    return [] if resident_id is None else [Sql(f"{column} = ?", (resident_id,))]
