"""How somebody can pay at the counter, and what it leaves; the transaction asks everything again."""

from app.models import AccountKind, PayWay
from app.services.meal_book import PricedMeal
from app.services.meal_person import MealPerson

_ACCOUNTS = {PayWay.CARD: AccountKind.CARD, PayWay.BILL: AccountKind.BILL}
_USUAL = (PayWay.CARD, PayWay.BILL, PayWay.CASH)
"""What is chosen without asking: vouchers and points are wanted each time"""


def against(person: MealPerson | None, way: PayWay, *, rate: int) -> str:
    """Why somebody cannot pay so; '' where nothing is against it. `rate`: points for 1 元."""
    if person is None or way in (PayWay.CASH, PayWay.VOUCHER):
        return ""
    if way is PayWay.POINTS:
        if not rate:
            return "不能用积分付，本社区不收积分付餐费"
        return "" if person.points is not None else "没有积分账户"
    account = _ACCOUNTS[way]
    return "" if account in person.purses else f"没有{account.label}"


def usual(person: MealPerson) -> PayWay:
    """As the last time, where that is still possible; else from the card, the bill, in cash."""
    before = [person.habit.pay_way] if person.habit is not None else []
    ways = (one for one in (*before, *_USUAL) if one in _USUAL)
    return next(one for one in ways if not against(person, one, rate=0))


def purse(
    person: MealPerson | None, cost: PricedMeal | None, way: PayWay
) -> tuple[int, int] | None:
    """分 on the card before and after, owed on the bill as less than nothing; None without one."""
    kind = _ACCOUNTS.get(way)
    if person is None or cost is None or kind not in person.purses or not cost.paid:
        return None
    balance = person.purses[kind]
    return balance, balance - cost.paid
