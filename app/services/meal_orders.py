"""Orders (订餐): one meal that somebody is to get on a day, made by the plan or by hand.

It becomes a meal of the book only when it was handed over (domain.md 4.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MealOrder, MealPeriod, MealWay, OrderState, PayWay
from app.services import canteens, people, rights
from app.services.kitchen_count import KitchenCount, kitchen_count
from app.services.order_generation import (
    Difference,
    call_off,
    difference,
    follow,
    generate,
    made,
)
from app.services.order_lines import OrderLine, order_lines, orders_of
from app.services.order_plan import cut_off, period_of, stop_of, stops_on
from app.values.rights import Right
from app.values.text import tidy

__all__ = [
    "AlreadyOrdered",
    "Difference",
    "KitchenCount",
    "OrderInput",
    "OrderLine",
    "PastCutOff",
    "cancel",
    "change",
    "difference",
    "follow",
    "generate",
    "kitchen_count",
    "made",
    "order",
    "order_lines",
    "orders_of",
    "restore",
]

MOST_PORTIONS = 20
MOST_DAYS_AHEAD = 60
LONGEST_NOTE = LONGEST_REASON = 120


class PastCutOff(DomainError):
    """The time for orders is over; whoever asked the kitchen may order all the same."""


class AlreadyOrdered(DomainError):
    """The person has an order of that day and period; `order_id` is it."""

    def __init__(self, name: str, words: str, order_id: int) -> None:
        super().__init__(f"{name}{words}已经订了一份，没有再订。要改份数或套餐，请打开那一份修改。")
        self.order_id = order_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInput:
    """One order of a day as it is typed."""

    canteen_id: int
    on_date: date
    period: MealPeriod
    resident_id: int
    set_letter: str
    quantity: int = 1
    way: MealWay = MealWay.BROUGHT
    pay_way: PayWay = PayWay.CARD
    note: str = ""


def order(session: Session, entered: OrderInput, *, now: datetime, late: bool = False) -> int:
    """Order one meal by hand; gives its id.

    Raises AlreadyOrdered, PastCutOff (unless `late`: the kitchen agreed), DomainError for a stop,
    a day that is past or too far, a period or set that is not offered.
    """
    rights.require(session, Right.RUN_CANTEEN)
    entered = _checked(session, entered, now, late=late)
    row = _of_day(session, entered)
    if row is not None and row.state is not OrderState.CANCELLED:
        name = people.get(session, entered.resident_id).name
        raise AlreadyOrdered(name, _day_words(entered), row.id)
    if row is None:
        row = MealOrder(resident_id=entered.resident_id)
    _fill(session, row, entered)
    return row.id


def change(
    session: Session,
    order_id: int,
    entered: OrderInput,
    *,
    version: int,
    now: datetime,
    late: bool = False,
) -> None:
    """Change an order that waits; from now on the generation leaves it alone.

    Person, day and period stay. Raises as `order` does, and ChangedMeanwhile.
    """
    rights.require(session, Right.RUN_CANTEEN)
    row = _waiting(session, order_id)
    if row.version != version:
        raise ChangedMeanwhile
    entered = replace(
        entered,
        canteen_id=row.canteen_id,
        on_date=row.on_date,
        period=row.period,
        resident_id=row.resident_id,
    )
    _fill(session, row, _checked(session, entered, now, late=late))


def cancel(session: Session, order_ids: Sequence[int], *, reason: str, now: datetime) -> None:
    """Cancel orders that wait. Raises DomainError without a reason, or where one was settled."""
    rights.require(session, Right.RUN_CANTEEN)
    words = tidy(reason)
    if not words:
        raise DomainError("请写明为什么取消，如“本人来电”“外出”。")
    if len(words) > LONGEST_REASON:
        raise DomainError(f"原因最多 {LONGEST_REASON} 个字，请写短些。")
    for key in order_ids:
        row = _waiting(session, key)
        row.by_hand = True
        call_off(session, row, words, now=now)
    session.flush()


def restore(session: Session, order_id: int, *, now: datetime, late: bool = False) -> None:
    """A cancelled order is wanted after all; raises as `order` does."""
    rights.require(session, Right.RUN_CANTEEN)
    row = _get(session, order_id)
    if row.state is not OrderState.CANCELLED:
        raise DomainError("这一份没有取消，不用恢复。请刷新后再看。")
    entered = OrderInput(
        canteen_id=row.canteen_id,
        on_date=row.on_date,
        period=row.period,
        resident_id=row.resident_id,
        set_letter=row.set_letter,
        quantity=row.quantity,
        way=row.way,
        pay_way=row.pay_way,
        note=row.note or "",
    )
    _fill(session, row, _checked(session, entered, now, late=late))


def _get(session: Session, order_id: int) -> MealOrder:
    row = session.get(MealOrder, order_id)
    if row is None:
        raise DomainError("这份订餐已经不在了，请刷新后再看。")
    return row


def _waiting(session: Session, order_id: int) -> MealOrder:
    row = _get(session, order_id)
    if row.state is not OrderState.ORDERED:
        raise DomainError(f"这一份已经登记为“{row.state.label}”，不能再改。请刷新后再看。")
    return row


def _of_day(session: Session, entered: OrderInput) -> MealOrder | None:
    return session.scalar(
        select(MealOrder).where(
            MealOrder.resident_id == entered.resident_id,
            MealOrder.on_date == entered.on_date,
            MealOrder.period == entered.period,
        )
    )


def _checked(session: Session, entered: OrderInput, now: datetime, *, late: bool) -> OrderInput:
    today = now.date()
    person = people.get_present(session, entered.resident_id)
    if entered.on_date < today:
        raise DomainError(f"{entered.on_date:%Y-%m-%d} 已经过去，不能再订餐或改订餐。")
    if entered.on_date > today + timedelta(days=MOST_DAYS_AHEAD):
        raise DomainError(f"订餐最多提前 {MOST_DAYS_AHEAD} 天。每周都要的，请登记长期订餐。")
    if not 1 <= entered.quantity <= MOST_PORTIONS:
        raise DomainError(f"份数要在 1 到 {MOST_PORTIONS} 之间，请核对。")
    if len(tidy(entered.note)) > LONGEST_NOTE:
        raise DomainError(f"备注最多 {LONGEST_NOTE} 个字，请写短些。")
    _check_offered(session, entered, now, late=late)
    reason = stops_on(session, entered.on_date, resident_id=person.id).get(person.id)
    if reason is not None:
        raise DomainError(
            f"{person.name} {entered.on_date:%m-%d} 停送（{reason}），不能订餐。"
            "要吃的话，请先把停送改短或取消。"
        )
    return replace(entered, note=tidy(entered.note))


def _check_offered(session: Session, entered: OrderInput, now: datetime, *, late: bool) -> None:
    period = period_of(session, entered.canteen_id, entered.period)
    if period is None:
        raise DomainError(f"这个食堂不供{entered.period.label}，请换一个餐次。")
    offered = canteens.set_meals(session, entered.canteen_id, entered.on_date, entered.period)
    letters = [one.letter for one in offered]
    if entered.set_letter not in letters:
        known = "、".join(letters) or "没有套餐"
        raise DomainError(
            f"{_day_words(entered)}没有“{entered.set_letter}”套餐（现有：{known}）。"
            "请换一个，或在设置里加上套餐。"
        )
    limit = cut_off(period, entered.on_date)
    if limit <= now and not late:
        raise PastCutOff(
            f"{_day_words(entered)}的订餐 {limit:%m-%d %H:%M} 已经截止，后厨可能已经备好餐。"
            "请先问后厨能不能加。"
        )


def _fill(session: Session, row: MealOrder, entered: OrderInput) -> None:
    """By hand from now on, and waiting."""
    brought = entered.way is MealWay.BROUGHT
    place = stop_of(session, entered.canteen_id, entered.resident_id) if brought else (None, None)
    row.route_id, row.stop = place
    for name in ("canteen_id", "on_date", "period", "set_letter", "quantity", "way", "pay_way"):
        setattr(row, name, getattr(entered, name))
    row.note = entered.note or None
    row.by_hand, row.state = True, OrderState.ORDERED
    row.settled_at = row.settled_by = row.reason = None
    # Not before it is filled: what is read on the way would write it.
    session.add(row)
    session.flush()


def _day_words(entered: OrderInput) -> str:
    return f"{entered.on_date:%m-%d} {entered.period.label}"
