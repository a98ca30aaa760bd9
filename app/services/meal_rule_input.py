"""What a tier says, as it is typed; what makes no sense by itself is refused."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import Belonging, Guest, MealPeriod, MoneyRounding, Portion, SubsidyWay
from app.services.meal_shares import Share
from app.services.meal_tiers import Rule
from app.values.text import tidy

LONGEST_NAME, OLDEST, MOST_WEIGHT = 20, 150, 10_000
_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """What a tier says; amounts and caps in 分, None: none. See meal_tiers.Rule."""

    name: str
    way: SubsidyWay
    from_age: int | None = None
    to_age: int | None = None
    tag_ids: tuple[int, ...] = ()
    belongs: Belonging = Belonging.LIVING
    periods: tuple[MealPeriod, ...] = ()
    guests: tuple[Guest, ...] = ()
    percent: int | None = None
    amount: int | None = None
    rounding: MoneyRounding = MoneyRounding.CENT
    must_exceed: bool = False
    cap_meal: int | None = None
    meals_a_day: int | None = None
    cap_day: int | None = None
    meals_a_month: int | None = None
    cap_month: int | None = None
    shares: tuple[Share, ...] = ()
    source: str = ""

    def as_rule(self, since: date, *, number: int = 0) -> Rule:
        """What it would be: to show what it gives before it is saved."""
        return Rule(
            id=0,
            version=0,
            canteen_id=0,
            number=number,
            name=tidy(self.name),
            from_age=self.from_age,
            to_age=self.to_age,
            tag_ids=frozenset(self.tag_ids),
            belongs=self.belongs,
            periods=self.periods,
            guests=self.guests,
            way=self.way,
            percent=self.percent,
            amount=self.amount,
            rounding=self.rounding,
            must_exceed=self.must_exceed,
            cap_meal=self.cap_meal,
            meals_a_day=self.meals_a_day,
            cap_day=self.cap_day,
            meals_a_month=self.meals_a_month,
            cap_month=self.cap_month,
            since=since,
            source=self.source,
            shares=self.shares,
        )


def input_of(rule: Rule) -> RuleInput:
    """A tier as the form takes it."""
    return RuleInput(
        name=rule.name,
        way=rule.way,
        from_age=rule.from_age,
        to_age=rule.to_age,
        tag_ids=tuple(sorted(rule.tag_ids)),
        belongs=rule.belongs,
        periods=rule.periods,
        guests=rule.guests,
        percent=rule.percent,
        amount=rule.amount,
        rounding=rule.rounding,
        must_exceed=rule.must_exceed,
        cap_meal=rule.cap_meal,
        meals_a_day=rule.meals_a_day,
        cap_day=rule.cap_day,
        meals_a_month=rule.meals_a_month,
        cap_month=rule.cap_month,
        shares=rule.shares,
        source=rule.source,
    )


def check(entered: RuleInput) -> None:
    """Raise DomainError for a tier that makes no sense by itself."""
    name = tidy(entered.name)
    if not name or len(name) > LONGEST_NAME:
        raise DomainError(f"请填写档次名称，最多 {LONGEST_NAME} 个字，如 80–89 岁。")
    _check_who(entered)
    _check_way(entered)
    caps = (entered.cap_meal, entered.cap_day, entered.cap_month)
    counts = (entered.meals_a_day, entered.meals_a_month)
    if any(cap is not None and cap <= 0 for cap in (*caps, *counts)):
        raise DomainError("最多补多少要大于 0，不限就空着。")
    _check_shares(entered)


def _check_who(entered: RuleInput) -> None:
    low, high = entered.from_age, entered.to_age
    if any(age is not None and not 0 <= age <= OLDEST for age in (low, high)):
        raise DomainError(f"年龄要填 0 到 {OLDEST} 之间的数，不限就空着。")
    if low is not None and high is not None and high < low:
        raise DomainError(f"年龄从 {low} 岁到 {high} 岁，前后写反了，请核对。")
    if entered.guests and (low is not None or high is not None or entered.tag_ids):
        raise DomainError("不记名用餐的人没有登记年龄和身份，这两项请空着，或去掉“不记名”。")


def _check_way(entered: RuleInput) -> None:
    way, amount = entered.way, entered.amount
    if way is SubsidyWay.DISCOUNT and not 1 <= (entered.percent or 0) < _WHOLE:
        raise DomainError("请填折扣，1 到 99，如九折填 90，八五折填 85。")
    if way in (SubsidyWay.AMOUNT, SubsidyWay.PRICE) and not amount:
        what = "补" if way is SubsidyWay.AMOUNT else "付"
        raise DomainError(f"请填每餐{what}多少元，如 3.00。")
    if amount is not None and amount < 0:
        raise DomainError("金额不能小于 0。")


def _check_shares(entered: RuleInput) -> None:
    """Everybody of a part once, and somebody for every part."""
    if not entered.shares:
        raise DomainError("请填补贴由谁承担：份额如 市 4、区 4、街道 1。")
    if any(not 1 <= share.weight <= MOST_WEIGHT for share in entered.shares):
        raise DomainError(f"份额要填 1 到 {MOST_WEIGHT} 之间的整数。")
    named = [(share.portion, share.payer) for share in entered.shares]
    if len(set(named)) < len(named):
        raise DomainError("同一个承担方写了两次，请合成一个份额。")
    parts = {portion for portion, _ in named} - {Portion.ALL}
    if not parts:
        return
    if entered.way is not SubsidyWay.DISCOUNT or not entered.amount:
        raise DomainError("只有“折扣后再补”才分折扣和补贴两部分，请按“全部”填份额。")
    if parts != {Portion.DISCOUNT, Portion.AMOUNT} or Portion.ALL in dict(named):
        raise DomainError("折扣部分和补贴部分都要填由谁承担。")
