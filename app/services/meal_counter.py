"""A meal given out at the counter: booked, and the order that it comes from is settled with it."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.models import MealOrder, OrderState
from app.services import meal_book
from app.services.meal_book import Logged, MealInput
from app.storage.lookup import actor_of


def log(session: Session, meal: MealInput, *, now: datetime) -> Logged:
    """Book it; raises what meal_book.log raises. Of an order the line names it."""
    logged = meal_book.log(session, meal, now=now)
    order = session.get(MealOrder, meal.order_id) if meal.order_id else None
    if order is not None:
        order.state, order.settled_at = OrderState.HANDED, now
        order.settled_by = actor_of(session).name
        session.flush()
    return logged
