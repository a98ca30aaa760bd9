"""Lines of the book of meals (用餐账): written here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.models import Guest, Meal, MealDish, Payer, PayWay
from app.services import meal_checks, meal_payment
from app.services.meal_checks import Eater
from app.services.meal_payment import Payment
from app.services.meal_pricing import Extra, MealInput, PricedMeal
from app.services.points_lines import make_final
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.meal_numbers import number_words
from app.values.text import tidy

_LONGEST_WORDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A meal that was booked; amounts in 分, `cash` is what comes into the till.

    `balance_after` is of the account that paid, None where none did.
    """

    meal_id: int
    number_words: str
    name: str
    words: str
    price: int
    fee: int
    paid: int
    pay_way: PayWay
    cash: int
    points: int
    balance_after: int | None
    reason: str
    at: datetime


def write(
    session: Session,
    meal: MealInput,
    eater: Eater,
    cost: PricedMeal,
    *,
    now: datetime,
    exception: str = "",
) -> Logged:
    """Book what was priced and checked; raises what refuses the payment."""
    number = next_number(session, meal.canteen_id, meal.on_date)
    said = f"{meal.period.label} {cost.words} {number_words(meal.on_date, number)}"
    payment = meal_payment.prepare(
        session,
        meal.resident_id,
        cost.paid,
        meal.pay_way,
        voucher_code=meal.voucher_code,
        words=said,
        on_date=meal.on_date,
        now=now,
    )
    row = _row(session, meal, eater, cost, payment) | {"number": number, "at": now}
    row["exception"] = tidy(exception or meal.exception)[:_LONGEST_WORDS] or None
    meal_id = add_line(session, row, cost.extras)
    meal_payment.finish(session, payment, meal_id, words=said, on_date=meal.on_date, now=now)
    make_final(session)
    return logged(session, meal_id)


def add_line(session: Session, row: dict[str, Any], extras: Sequence[Extra]) -> int:
    """A line, or a counter-line, with the dishes beside it; gives its id."""
    (meal_id,) = journal.add_rows(session, Meal, [row])
    if extras:
        journal.add_rows(session, MealDish, [_dish(meal_id, one) for one in extras])
    return meal_id


def next_number(source: Source, canteen_id: int, on_date: date) -> int:
    """Of a canteen and a day, from 1; lines that were taken back keep theirs."""
    of_day = Sql("canteen_id = ? AND on_date = ?", (canteen_id, on_date.isoformat()))
    last: int | None = lookup_of(source).value(query("max(number)", "meal", [of_day]))
    return (last or 0) + 1


def _row(
    session: Session, meal: MealInput, eater: Eater, cost: PricedMeal, payment: Payment
) -> dict[str, Any]:
    return {
        "canteen_id": meal.canteen_id,
        "on_date": meal.on_date,
        "period": meal.period,
        "month": meal_checks.claim_month(session, meal.canteen_id, meal.on_date),
        "resident_id": meal.resident_id,
        "guest": meal.guest,
        "quantity": meal.quantity,
        "way": meal.way,
        "set_meal_id": meal.set_meal_id,
        "words": cost.words,
        "age": cost.age,
        "rule_id": cost.rule_id,
        "reason": cost.reason,
        "price": cost.price,
        "fee": cost.fee,
        "paid": cost.paid,
        **{f"by_{payer.value}": cost.shares.of(payer) for payer in Payer},
        "pay_way": payment.way,
        "order_id": meal.order_id,
        "voucher_id": payment.voucher_id,
        "points_entry_id": payment.points_entry_id,
        "reverses_id": None,
        "grid_id": eater.grid_id,
        "entered_by": actor_of(session).name,
        "request_key": meal.request_key,
    }


def _dish(meal_id: int, extra: Extra) -> dict[str, Any]:
    return {
        "meal_id": meal_id,
        "dish_id": extra.dish_id,
        "quantity": extra.quantity,
        "price": extra.price,
    }


def logged(source: Source, meal_id: int) -> Logged:
    """A line of the book as it was told when it was booked."""
    asked = query(_COLUMNS, _TABLES, [Sql("m.id = ?", (meal_id,))])
    return _told(next(lookup_of(source).rows(asked)))


_COLUMNS = (
    "m.id, m.on_date, m.number, r.name, m.guest, m.words, m.price, m.fee, m.paid, m.pay_way,"
    " m.reason, m.at, v.value, p.points, e.balance"
)
_TABLES = """
    meal m LEFT JOIN resident r ON r.id = m.resident_id
    LEFT JOIN meal_voucher v ON v.id = m.voucher_id
    LEFT JOIN points_entry p ON p.id = m.points_entry_id
    LEFT JOIN meal_entry e ON e.meal_id = m.id
"""


def _told(values: tuple[Any, ...]) -> Logged:
    key, day, number, name, guest, words, price, fee, paid, way, reason, at, *by = values
    value, points, balance = by
    pay_way = PayWay.of(way)
    return Logged(
        meal_id=key,
        number_words=number_words(date.fromisoformat(day), number),
        name=name or Guest.of(guest).label,
        words=words,
        price=price,
        fee=fee,
        paid=paid,
        pay_way=pay_way,
        cash=paid if pay_way is PayWay.CASH else max(paid - value, 0) if value else 0,
        points=-points if points else 0,
        balance_after=balance,
        reason=reason,
        at=datetime.fromisoformat(at),
    )
