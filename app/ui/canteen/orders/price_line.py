"""What somebody will pay for an order, as it is told on the telephone before it is taken."""

from datetime import date

from app.context import Context
from app.errors import DomainError
from app.models import MealPeriod, MealWay
from app.services import meal_pricing
from app.services.meal_pricing import MealInput
from app.values.money import yuan

NOBODY_YET = "选好居民，这里说明本人付多少"


def price_line(
    context: Context,
    *,
    canteen_id: int,
    period: MealPeriod,
    day: date,
    set_meal_id: int | None,
    quantity: int,
    way: MealWay,
    resident_id: int | None,
) -> str:
    """本人付 11.00 元，含送餐费 2.00；80–89 岁每餐补 3.00 元. '' where no set is offered."""
    if resident_id is None:
        return NOBODY_YET
    if set_meal_id is None:
        return ""
    meal = MealInput(
        canteen_id=canteen_id,
        period=period,
        on_date=day,
        resident_id=resident_id,
        set_meal_id=set_meal_id,
        quantity=quantity,
        way=way,
        request_key="",
    )
    try:
        with context.database.lookup() as lookup:
            found = meal_pricing.priced(lookup, meal)
    except DomainError as fault:
        return str(fault)
    fee = f"，含送餐费 {yuan(found.fee)}" if found.fee else ""
    return f"本人付 {yuan(found.paid)} 元{fee}。{found.reason}"
