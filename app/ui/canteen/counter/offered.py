"""What is offered at a meal: its set meals; the plain one is what guests get."""

from uuid import uuid4

from app.errors import DomainError
from app.models import Guest
from app.services import canteens
from app.services.canteens import SetView
from app.services.meal_book import MealInput
from app.services.meal_person import Sitting
from app.storage.lookup import Lookup

NO_SETS = "这个餐次还没有套餐，请到“设置”的“食堂”里添加。"


def sets_of(lookup: Lookup, sitting: Sitting) -> tuple[SetView, ...]:
    """By their letters."""
    return canteens.set_meals(lookup, sitting.canteen_id, sitting.on_date, sitting.period)


def guest_meal(lookup: Lookup, sitting: Sitting, guest: Guest) -> MealInput:
    """The first set meal for one without a name; raises DomainError where there is none."""
    sets = sets_of(lookup, sitting)
    if not sets:
        raise DomainError(NO_SETS)
    return MealInput(
        canteen_id=sitting.canteen_id,
        period=sitting.period,
        on_date=sitting.on_date,
        request_key=uuid4().hex,
        guest=guest,
        set_meal_id=sets[0].id,
    )
