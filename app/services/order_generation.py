"""From the standing orders to the orders of a day, as often as wanted: what follows the plan moves.

What a person made or changed by hand is left alone; a stop, a death or a move away always wins.
After the cut-off a list that stands is only shortened by those: the kitchen has begun.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import MealOrder, MealPeriod, OrderState
from app.services import canteens, rights
from app.services.chunks import chunks
from app.services.order_plan import DayPlan, Portion, cut_off, plan_of
from app.storage import journal
from app.storage.lookup import Lookup, Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right

MOST_DAYS_AHEAD = 14
NO_MORE_PLANNED, GONE = "长期订餐没有这一天了", "已迁出或去世"
LONGEST_REASON = 120
_WRITTEN = ("set_letter", "quantity", "way", "pay_way", "standing_id", "route_id", "stop", "note")
"""What a generated order takes over from the plan"""


class _There(NamedTuple):
    """An order that is there, of this canteen or another one."""

    id: int
    resident_id: int
    period: MealPeriod
    canteen_id: int
    state: OrderState
    by_hand: bool
    written: tuple[Any, ...]

    @property
    def standing_id(self) -> int | None:
        found: int | None = self.written[_WRITTEN.index("standing_id")]
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What the plan has that the orders of a day have not."""

    new: tuple[Portion, ...]
    changed: tuple[tuple[int, Portion], ...]
    """Orders by id, with what they become"""
    cancelled: tuple[tuple[int, str], ...]
    """Orders by id, with the reason"""
    by_hand: int
    """Orders that a person made or changed: they stay"""

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.cancelled)

    @property
    def words(self) -> str:
        """新增 46 份，改动 2 份，取消 1 份; '' for nothing."""
        counts = (("新增", self.new), ("改动", self.changed), ("取消", self.cancelled))
        return "，".join(f"{verb} {len(rows)} 份" for verb, rows in counts if rows)


def generate(session: Session, canteen_id: int, on_date: date, *, now: datetime) -> Difference:
    """Bring a day's orders to where the standing orders are; tells what was done.

    Raises DomainError for a day that is past or more than two weeks away.
    """
    rights.require(session, Right.RUN_CANTEEN)
    if on_date < now.date():
        raise DomainError(f"{on_date:%Y-%m-%d} 已经过去，不能再生成订餐。")
    if on_date > now.date() + timedelta(days=MOST_DAYS_AHEAD):
        raise DomainError(f"订餐最多提前 {MOST_DAYS_AHEAD} 天生成：太早了，停送和改订都还不知道。")
    found = difference(session, canteen_id, on_date, now=now)
    _apply(session, canteen_id, on_date, found, now)
    return found


def follow(session: Session, resident_id: int, *, now: datetime) -> Difference:
    """Somebody's standing orders or stops changed: the days that stand already follow.

    Tells what was done in all of them.
    """
    total = Difference((), (), (), 0)
    for canteen_id, day in _days_made(lookup_of(session), now.date()):
        found = difference(session, canteen_id, day, now=now, resident_id=resident_id)
        _apply(session, canteen_id, day, found, now)
        total = Difference(
            (*total.new, *found.new),
            (*total.changed, *found.changed),
            (*total.cancelled, *found.cancelled),
            total.by_hand + found.by_hand,
        )
    return total


def difference(
    source: Source,
    canteen_id: int,
    day: date,
    *,
    now: datetime,
    resident_id: int | None = None,
) -> Difference:
    """What `generate` would do for a day, for one resident or for all."""
    lookup = lookup_of(source)
    plan = plan_of(lookup, canteen_id, day, resident_id=resident_id)
    there = _there(lookup, day, resident_id)
    settled = _settled_periods(lookup, canteen_id, day, now)
    return _compare(plan, there, canteen_id, settled)


def made(source: Source, canteen_id: int, day: date) -> frozenset[MealPeriod]:
    """The periods of a day for which orders were generated."""
    found = query(
        "DISTINCT period",
        "meal_order",
        [
            Sql("canteen_id = ? AND on_date = ?", (canteen_id, day.isoformat())),
            Sql("standing_id IS NOT NULL"),
        ],
    )
    return frozenset(MealPeriod.of(one) for one in lookup_of(source).column(found))


def call_off(session: Session, row: MealOrder, reason: str, *, now: datetime) -> None:
    """Cancel an order that waits; who does it and why stands with it."""
    row.state, row.reason = OrderState.CANCELLED, reason
    row.settled_at, row.settled_by = now, actor_of(session).name or None


def stopped_words(reason: str) -> str:
    """停送：住院, as the reason of an order."""
    return f"停送：{reason}"[:LONGEST_REASON]


def _compare(
    plan: DayPlan, there: Sequence[_There], canteen_id: int, settled: Iterable[MealPeriod]
) -> Difference:
    """The plan against what is there; of `settled` periods only stops count."""
    changed: list[tuple[int, Portion]] = []
    cancelled: list[tuple[int, str]] = []
    known = {(one.resident_id, one.period) for one in there}
    for one in there:
        portion = plan.portions.get((one.resident_id, one.period))
        if one.canteen_id != canteen_id:
            if portion is not None and one.period not in settled and _comes_over(one, portion):
                changed.append((one.id, portion))
            continue
        reason = _kept_out(plan, one)
        if reason:
            cancelled.append((one.id, reason))
        elif one.by_hand or one.period in settled or one.resident_id in plan.stopped:
            continue
        elif portion is None and one.state is OrderState.ORDERED:
            cancelled.append((one.id, NO_MORE_PLANNED))
        elif portion is not None and _differs(one, portion):
            changed.append((one.id, portion))
    new = tuple(
        portion
        for key, portion in plan.portions.items()
        if key not in known and portion.period not in settled
    )
    by_hand = sum(one.by_hand and one.canteen_id == canteen_id for one in there)
    return Difference(new, tuple(changed), tuple(cancelled), by_hand)


def _kept_out(plan: DayPlan, one: _There) -> str:
    """Why an order that waits is to be cancelled whoever made it; '' where nothing is against."""
    if one.state is not OrderState.ORDERED:
        return ""
    if one.resident_id in plan.gone:
        return GONE
    reason = plan.stopped.get(one.resident_id)
    return "" if reason is None else stopped_words(reason)


def _comes_over(one: _There, portion: Portion) -> bool:
    """Whether another canteen's order is now this one's: it moved, or was given up there."""
    if one.by_hand or one.state not in (OrderState.ORDERED, OrderState.CANCELLED):
        return False
    return one.state is OrderState.CANCELLED or one.standing_id == portion.standing_id


def _differs(one: _There, portion: Portion) -> bool:
    """What was handed over or turned down is history; what a stop took away comes back."""
    if one.state is OrderState.CANCELLED:
        return True
    return one.state is OrderState.ORDERED and one.written != _written(portion)


def _written(portion: Portion) -> tuple[Any, ...]:
    return tuple(getattr(portion, name) for name in _WRITTEN)


def _apply(session: Session, canteen_id: int, day: date, found: Difference, now: datetime) -> None:
    fixed = {"canteen_id": canteen_id, "on_date": day, "state": OrderState.ORDERED}
    journal.add_rows(session, MealOrder, [{**fixed, **one._asdict()} for one in found.new])
    rows = _rows(session, [key for key, _ in (*found.changed, *found.cancelled)])
    for key, portion in found.changed:
        row = rows[key]
        for name in _WRITTEN:
            setattr(row, name, getattr(portion, name))
        row.canteen_id, row.state = canteen_id, OrderState.ORDERED
        row.settled_at = row.settled_by = row.reason = None
    for key, reason in found.cancelled:
        call_off(session, rows[key], reason, now=now)
    session.flush()


def _rows(session: Session, ids: Sequence[int]) -> dict[int, MealOrder]:
    return {
        row.id: row
        for part in chunks(ids, 500)
        for row in session.scalars(select(MealOrder).where(MealOrder.id.in_(part)))
    }


def _settled_periods(
    lookup: Lookup, canteen_id: int, day: date, now: datetime
) -> frozenset[MealPeriod]:
    """Periods whose list stands and whose cut-off is over."""
    over = {one.period for one in canteens.periods(lookup, canteen_id) if cut_off(one, day) <= now}
    return made(lookup, canteen_id, day) & over if over else frozenset()


# By canteens: the index of a day's orders begins with them.
_ALL_CANTEENS = "canteen_id IN (SELECT id FROM canteen)"


def _there(lookup: Lookup, day: date, resident_id: int | None) -> list[_There]:
    """The orders of a day in every canteen: nobody gets the same meal twice."""
    where = [Sql("on_date = ?", (day.isoformat(),)), Sql(_ALL_CANTEENS)]
    if resident_id is not None:
        where = [Sql("resident_id = ? AND on_date = ?", (resident_id, day.isoformat()))]
    columns = f"id, resident_id, period, canteen_id, state, by_hand, {', '.join(_WRITTEN)}"
    return [
        _There(
            key, resident, MealPeriod.of(period), canteen, OrderState.of(state), bool(hand),
            tuple(written),
        )
        for key, resident, period, canteen, state, hand, *written in lookup.rows(
            query(columns, "meal_order", where)
        )
    ]  # fmt: skip


def _days_made(lookup: Lookup, today: date) -> list[tuple[int, date]]:
    """Canteens and days from today on whose orders were generated."""
    where = [
        Sql("on_date >= ?", (today.isoformat(),)),
        Sql(_ALL_CANTEENS),
        Sql("standing_id IS NOT NULL"),
    ]
    found = lookup.rows(query("DISTINCT canteen_id, on_date", "meal_order", where))
    return sorted((canteen, date.fromisoformat(day)) for canteen, day in found)
