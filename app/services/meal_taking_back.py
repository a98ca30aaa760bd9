"""撤销 and 更正 of a meal: a counter-line with every amount negative, and what was paid returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Meal, MealOrder, MealVoucher, OrderState, Payer, PayWay, SetMeal
from app.services import (
    canteens,
    meal_checks,
    meal_payment,
    meal_pricing,
    meal_writing,
    people,
    points_clock,
    rights,
)
from app.services.meal_pricing import Extra, MealInput, PricedMeal
from app.services.meal_shares import Shares
from app.services.meal_writing import Logged
from app.services.points_lines import make_final
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.meal_numbers import number_words
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_WORDS = 120
_AMOUNTS = ("quantity", "price", "fee", "paid", *(f"by_{payer.value}" for payer in Payer))
_SAME = (
    *("canteen_id", "on_date", "period", "resident_id", "guest", "way", "set_meal_id", "words"),
    *("age", "rule_id", "reason", "pay_way", "order_id", "voucher_id", "points_entry_id"),
    *("grid_id",),
)


def take_back(session: Session, meal_id: int, *, reason: str, now: datetime) -> int:
    """撤销: the meal is met by a counter-line, and what paid for it returns; gives its id.

    Whoever logs meals takes back what was logged the same day; later it needs the right to
    settle. An order that it came from waits again. Raises DomainError without a reason, or for a
    line that was taken back.
    """
    meal = _standing(session, meal_id, reason)
    rights.require(session, Right.RUN_CANTEEN if meal.order_id else Right.LOG_MEALS)
    if meal.at.date() != now.date():
        rights.require(session, Right.SETTLE_MEALS)
    counter_id = _meet(session, meal, reason, now)
    order = session.get(MealOrder, meal.order_id) if meal.order_id else None
    if order is not None and order.state is OrderState.HANDED:
        order.state, order.settled_at, order.settled_by = OrderState.ORDERED, None, None
        session.flush()
    return counter_id


def put_right(
    session: Session,
    meal_id: int,
    *,
    on_date: date | None = None,
    unsubsidised: bool = False,
    pay_way: PayWay | None = None,
    reason: str,
    now: datetime,
) -> Logged:
    """更正: the counter-line, and the line as it should have been: of another day, or paid by the
    person alone (改由本人付).

    Both stand in the first month whose claim is open: where that is a later one, as a difference.
    Without a `pay_way` it is paid as before, in cash where nothing was to be paid. Raises what
    `log` raises; whoever was gone by then may only pay alone.
    """
    rights.require(session, Right.SETTLE_MEALS)
    meal = _standing(session, meal_id, reason)
    if on_date in (None, meal.on_date) and not unsubsidised:
        raise DomainError("请说明怎样更正：换一个日期，或者改由本人付。")
    extras = _extras(session, meal.id)
    wanted = _input(session, meal, extras, pay_way)
    if on_date is not None:
        set_meal_id = _set_on(session, meal, on_date)
        wanted = replace(wanted, on_date=on_date, set_meal_id=set_meal_id)
    _meet(session, meal, reason, now)
    place = meal_pricing.place_of(session, wanted)
    meal_checks.check_day(session, wanted, place, now)
    eater = meal_checks.eater(session, wanted, gone_too=unsubsidised)
    cost = (
        _paid_alone(meal, extras, reason)
        if unsubsidised
        else meal_pricing.price_at(session, wanted, place, extras)
    )
    meal_checks.check_second(wanted, eater, cost)
    said = f"更正 {number_words(meal.on_date, meal.number)}：{tidy(reason)}"
    return meal_writing.write(session, wanted, eater, cost, now=now, exception=said)


def _standing(session: Session, meal_id: int, reason: str) -> Meal:
    meal = session.get(Meal, meal_id)
    if meal is None:
        raise DomainError("账上没有这一餐，请刷新后再看。")
    number = number_words(meal.on_date, meal.number)
    if meal.reverses_id is not None:
        raise DomainError(f"{number} 是一笔撤销，不能再撤销；撤错了，请把那一餐重新记一笔。")
    met = Sql("reverses_id = ?", (meal_id,))
    if lookup_of(session).value(query("id", "meal", [met])) is not None:
        raise DomainError(f"{number} 已经撤销过，钱和餐券都已退回。")
    if not tidy(reason):
        raise DomainError("请写明原因，如“重复记餐”，以后查账看得明白。")
    return meal


def _meet(session: Session, meal: Meal, reason: str, now: datetime) -> int:
    """The counter-line, and what was paid comes back."""
    points_clock.check(session, now.date())
    row: dict[str, Any] = {name: getattr(meal, name) for name in _SAME}
    row |= {name: -getattr(meal, name) for name in _AMOUNTS}
    row |= {
        "number": meal_writing.next_number(session, meal.canteen_id, meal.on_date),
        "at": now,
        "month": meal_checks.claim_month(session, meal.canteen_id, meal.on_date),
        "reverses_id": meal.id,
        "exception": tidy(reason)[:_LONGEST_WORDS],
        "entered_by": actor_of(session).name,
        "request_key": str(uuid4()),
    }
    back = [replace(one, quantity=-one.quantity) for one in _extras(session, meal.id)]
    counter_id = meal_writing.add_line(session, row, back)
    number = number_words(meal.on_date, meal.number)
    meal_payment.give_back(
        session,
        meal.id,
        counter_id,
        voucher_id=meal.voucher_id,
        points_entry_id=meal.points_entry_id,
        why=f"撤销 {number}：{tidy(reason)}",
        now=now,
    )
    make_final(session)
    return counter_id


def _extras(source: Source, meal_id: int) -> tuple[Extra, ...]:
    """The dishes beside a meal at the prices of their day."""
    of_meal = [Sql("m.meal_id = ?", (meal_id,))]
    asked = query(
        "m.dish_id, d.name, m.quantity, m.price",
        "meal_dish m JOIN dish d ON d.id = m.dish_id",
        of_meal,
    )
    return tuple(
        Extra(dish_id=key, name=name, quantity=quantity, price=price)
        for key, name, quantity, price in lookup_of(source).rows(asked)
    )


def _paid_alone(meal: Meal, extras: tuple[Extra, ...], reason: str) -> PricedMeal:
    return PricedMeal(
        words=meal.words,
        price=meal.price,
        fee=meal.fee,
        paid=meal.price + meal.fee,
        shares=Shares(),
        age=meal.age,
        rule_id=None,
        reason=f"改由本人付：{tidy(reason)}"[:_LONGEST_WORDS],
        extras=extras,
    )


def _input(
    session: Session, meal: Meal, extras: tuple[Extra, ...], pay_way: PayWay | None
) -> MealInput:
    """The same meal to be booked anew, for whom the person is now; a voucher pays it again."""
    before = PayWay.CASH if meal.pay_way is PayWay.NOTHING else meal.pay_way
    return MealInput(
        canteen_id=meal.canteen_id,
        period=meal.period,
        on_date=meal.on_date,
        request_key=str(uuid4()),
        resident_id=people.kept(session, meal.resident_id) if meal.resident_id else None,
        guest=meal.guest,
        quantity=meal.quantity,
        way=meal.way,
        set_meal_id=meal.set_meal_id,
        extras=tuple((one.dish_id, one.quantity) for one in extras),
        pay_way=pay_way or before,
        voucher_code=_code(session, meal.voucher_id),
        order_id=meal.order_id,
        given=True,
    )


def _set_on(session: Session, meal: Meal, day: date) -> int | None:
    """The same letter, which may have had another price on that day."""
    if meal.set_meal_id is None:
        return None
    letter = session.get_one(SetMeal, meal.set_meal_id).letter
    found = canteens.set_by_letter(session, meal.canteen_id, day, meal.period, letter)
    return found or meal.set_meal_id


def _code(session: Session, voucher_id: int | None) -> str:
    return "" if voucher_id is None else session.get_one(MealVoucher, voucher_id).code
