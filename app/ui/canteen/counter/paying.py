"""How somebody can pay at the counter, and what it leaves: the transaction asks it all again."""

from dataclasses import dataclass

from app.models import AccountKind, PayWay
from app.services.meal_book import PricedMeal
from app.services.meal_person import MealPerson
from app.values.money import yuan

_ACCOUNTS = {PayWay.CARD: AccountKind.CARD, PayWay.BILL: AccountKind.BILL}
_USUAL = (PayWay.CARD, PayWay.BILL, PayWay.CASH)
"""What is chosen without asking: vouchers and points are wanted each time"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether Enter logs the meal; `words` say why not, `excusable` where a reason lets it."""

    words: str = ""
    excusable: bool = False

    @property
    def ok(self) -> bool:
        return not self.words


def against(person: MealPerson | None, way: PayWay, *, rate: int) -> str:
    """Why somebody cannot pay so; '' where nothing is against it. `rate`: points for 1 元."""
    if person is None or way in (PayWay.CASH, PayWay.VOUCHER):
        return ""
    if way is PayWay.POINTS:
        if not rate:
            return "不能用积分付，本社区不收积分付餐费"
        return "" if person.points is not None else "没有积分账户"
    account = _ACCOUNTS[way]
    if account in person.frozen:
        return f"的{account.label}已经冻结"
    return "" if account in person.purses else f"没有{account.label}"


def usual(person: MealPerson) -> PayWay:
    """As it was ordered, or as the last time, where that is still possible; else from the card,
    the bill, in cash."""
    said = (person.order, person.habit)
    before = [one.pay_way for one in said if one is not None]
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


def missing(cost: PricedMeal, way: PayWay, after: tuple[int, int] | None, voucher: str) -> str:
    """What the payment lacks, in words; '' for nothing."""
    if way is PayWay.CARD and after is not None and after[1] < 0:
        return f"卡户差 {yuan(-after[1])} 元，请先存款，或按 2 收现金"
    return "请扫餐券" if way is PayWay.VOUCHER and cost.paid and not voucher else ""
