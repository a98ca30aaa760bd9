"""The book of meals (用餐账): one transaction prices a meal, books it and takes what is paid.

Every line goes through here; an error is met by a counter-line (take_back, put_right).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from app.services import meal_checks, meal_pricing, meal_writing, rights
from app.services.meal_checks import GoneAlready, SecondMeal
from app.services.meal_entries import BeyondBill, NotEnoughMoney
from app.services.meal_pricing import MealInput, PricedMeal, priced
from app.services.meal_taking_back import put_right, take_back
from app.services.meal_writing import Logged, logged
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right

__all__ = [
    "BeyondBill",
    "GoneAlready",
    "Logged",
    "MealInput",
    "NotEnoughMoney",
    "PricedMeal",
    "SecondMeal",
    "log",
    "logged",
    "priced",
    "put_right",
    "take_back",
]


def log(session: Session, meal: MealInput, *, now: datetime) -> Logged:
    """Book a meal; the same `request_key` again gives the line that it made.

    Raises SecondMeal, GoneAlready, NotEnoughMoney, BeyondBill, NotEnough (points), ClockWentBack,
    and DomainError for a day to come, a period or dish that is not offered, a voucher that is not
    good.
    """
    rights.require(session, Right.RUN_CANTEEN if meal.order_id else Right.LOG_MEALS)
    done = _done(session, meal.request_key)
    if done is not None:
        return done
    place = meal_pricing.place_of(session, meal)
    meal_checks.check_day(session, meal, place, now)
    eater = meal_checks.eater(session, meal)
    cost = meal_pricing.price_at(session, meal, place)
    meal_checks.check_second(meal, eater, cost)
    meal_checks.check_sold_out(session, meal, cost.words)
    return meal_writing.write(session, meal, eater, cost, now=now)


def _done(source: Source, request_key: str) -> Logged | None:
    """What the same confirmation booked before; None for a new one."""
    asked = query("id", "meal", [Sql("request_key = ?", (request_key,))])
    key = lookup_of(source).value(asked)
    return None if key is None else logged(source, key)
