"""What a meal costs somebody by the tiers of a canteen (domain.md 4.2): pure, without the file.

Of all tiers that fit, the single one that is best for the person gives; they are never added up.
All amounts in 分.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.models import Belonging, Guest, MealPeriod, MoneyRounding, Payer, Portion, SubsidyWay
from app.services.meal_shares import NOBODY, Share, Shares, split
from app.values.money import yuan

BY_STATUS = "按身份享受"
"""The name of a tier whose tags tell too much: read aloud, and by those who may not see them."""
_DIGITS = "〇一二三四五六七八九"
_TEN, _WHOLE = 10, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A tier of a canteen; amounts and caps in 分, None: none."""

    id: int
    version: int
    canteen_id: int
    number: int
    name: str
    from_age: int | None = None
    to_age: int | None = None
    tag_ids: frozenset[int] = frozenset()
    """One of them is enough; without any it asks for none"""
    belongs: Belonging = Belonging.LIVING
    periods: tuple[MealPeriod, ...] = ()
    guests: tuple[Guest, ...] = ()
    """Then it is for those who eat without a name, and nobody else"""
    way: SubsidyWay
    percent: int | None = None
    amount: int | None = None
    rounding: MoneyRounding = MoneyRounding.CENT
    must_exceed: bool = False
    cap_meal: int | None = None
    meals_a_day: int | None = None
    cap_day: int | None = None
    meals_a_month: int | None = None
    cap_month: int | None = None
    since: date
    until: date | None = None
    source: str = ""
    shares: tuple[Share, ...] = ()
    sensitive: bool = False
    """One of its tags is (个人信息保护法 28): its name is not read aloud"""

    @property
    def spoken(self) -> str:
        """What it is called where others listen."""
        return BY_STATUS if self.sensitive else self.name

    @property
    def gives(self) -> str:
        """每餐补 9.00 元, 八五折, 九折后再补 2.00 元, 每餐付 8.00 元, 免费."""
        if self.way is SubsidyWay.FREE:
            return "免费"
        if self.way is SubsidyWay.DISCOUNT:
            after = f"后再补 {yuan(self.amount)} 元" if self.amount else ""
            return discount_words(self.percent or _WHOLE) + after
        return f"每餐{'补' if self.way is SubsidyWay.AMOUNT else '付'} {yuan(self.amount or 0)} 元"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who eats: a resident on the day of the meal, or somebody without a name."""

    age: int | None = None
    tags: frozenset[int] = frozenset()
    lives_here: bool = True
    registered_here: bool = True
    guest: Guest | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """What somebody was given already: subsidised meals and 分, on the day and in the month."""

    meals_today: int = 0
    today: int = 0
    meals_this_month: int = 0
    this_month: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """A meal's price with the tier that gives; `cut` says which cap made it give less."""

    subsidy: int = 0
    shares: Shares = NOBODY
    rule: Rule | None = None
    cut: str = ""
    second: Rule | None = None
    """The next best that would have given as well"""
    second_gives: int = 0


NOTHING_USED = Used()


def price_of(
    rules: Sequence[Rule],
    person: Person,
    period: MealPeriod,
    day: date,
    price: int,
    used: Used = NOTHING_USED,
) -> Priced:
    """The best single tier for the person; of equal ones the lower number.

    Where the best gives nothing any more, `rule` is None and `cut` says why.
    """
    offers = [
        (*_given(rule, price, used), rule) for rule in rules if fits(rule, person, period, day)
    ]
    ranked = sorted(offers, key=lambda offer: (-sum(offer[0]), offer[2].number))
    if not ranked or not sum(ranked[0][0]):
        return Priced(cut=ranked[0][1] if ranked else "")
    parts, cut, best = ranked[0]
    found = Priced(subsidy=sum(parts), shares=shared(best, *parts), rule=best, cut=cut)
    if len(ranked) == 1:
        return found
    return replace(found, second=ranked[1][2], second_gives=sum(ranked[1][0]))


def fits(rule: Rule, person: Person, period: MealPeriod, day: date) -> bool:
    """Whether a tier is for this person, period and day."""
    return in_term(rule, day) and for_period(rule, period) and for_person(rule, person)


def in_term(rule: Rule, day: date) -> bool:
    """Whether a tier holds on a day."""
    return rule.since <= day and (rule.until is None or day <= rule.until)


def for_period(rule: Rule, period: MealPeriod) -> bool:
    return not rule.periods or period in rule.periods


def for_person(rule: Rule, person: Person) -> bool:
    """By guest or name, age, status, and where somebody belongs."""
    if person.guest is not None or rule.guests:
        return person.guest in rule.guests
    return for_age(rule, person.age) and for_status(rule, person) and for_home(rule, person)


def for_age(rule: Rule, age: int | None) -> bool:
    if rule.from_age is None and rule.to_age is None:
        return True
    if age is None:
        return False
    return (rule.from_age or 0) <= age and (rule.to_age is None or age <= rule.to_age)


def for_status(rule: Rule, person: Person) -> bool:
    return not rule.tag_ids or not rule.tag_ids.isdisjoint(person.tags)


def for_home(rule: Rule, person: Person) -> bool:
    if rule.belongs is Belonging.LIVING:
        return person.lives_here
    return rule.belongs is Belonging.ANY or person.registered_here


def shared(rule: Rule, discounted: int, added: int = 0) -> Shares:
    """Who bears the two parts of what a tier gives; what nobody took on is the canteen's own."""
    if not any(share.portion is not Portion.ALL for share in rule.shares):
        return _split(rule, Portion.ALL, discounted + added)
    return _split(rule, Portion.DISCOUNT, discounted) + _split(rule, Portion.AMOUNT, added)


def discount_words(percent: int) -> str:
    """90: 九折; 85: 八五折; 5: 0.5 折."""
    tens, ones = divmod(percent, _TEN)
    if not tens or percent >= _WHOLE:
        return f"{percent / _TEN:g} 折"
    return f"{_DIGITS[tens]}{_DIGITS[ones] if ones else ''}折"


def _split(rule: Rule, portion: Portion, total: int) -> Shares:
    """Of one part; where its payers are not named, those of the whole."""
    mine = [share for share in rule.shares if share.portion is portion]
    named = mine or [share for share in rule.shares if share.portion is Portion.ALL]
    weights = {share.payer: share.weight for share in named} or {Payer.OPERATOR: 1}
    ordered = {payer: weights[payer] for payer in Payer if payer in weights}
    return Shares(**{payer.value: part for payer, part in split(total, ordered).items()})


def _given(rule: Rule, price: int, used: Used) -> tuple[tuple[int, int], str]:
    """What a tier gives, by discount and as amount, and the cap that left less of it."""
    discounted, added = _uncapped(rule, price)
    if not discounted + added:
        return (0, 0), f"{rule.gives}，餐费 {yuan(price)} 元用不上"
    if rule.must_exceed and price <= discounted + added:
        return (0, 0), f"消费不超过补贴额 {yuan(discounted + added)} 元，不能享受"
    room, why = _room(rule, used)
    if room >= discounted + added:
        return (discounted, added), ""
    discounted = min(discounted, room)
    return (discounted, min(added, room - discounted)), why


def _uncapped(rule: Rule, price: int) -> tuple[int, int]:
    if rule.way is SubsidyWay.FREE:
        return price, 0
    if rule.way is SubsidyWay.PRICE:
        return max(0, price - (rule.amount or 0)), 0
    if rule.way is SubsidyWay.AMOUNT:
        # Whether the price exceeds it is judged by the whole amount.
        amount = rule.amount or 0
        return 0, amount if rule.must_exceed else min(amount, price)
    left = min(price, _rounded(price * (rule.percent or _WHOLE), rule.rounding))
    return price - left, min(rule.amount or 0, left)


def _rounded(hundredths: int, rounding: MoneyRounding) -> int:
    """分 of a number of hundredths of one."""
    unit = _WHOLE if rounding is MoneyRounding.CENT else _WHOLE * _TEN
    half = 0 if rounding is MoneyRounding.JIAO_DOWN else unit // 2
    return (hundredths + half) // unit * unit // _WHOLE


def _room(rule: Rule, used: Used) -> tuple[int, str]:
    """The most that the caps still allow, and in words which of them is the narrowest."""
    limits: list[tuple[int, str]] = []
    if rule.meals_a_day is not None and used.meals_today >= rule.meals_a_day:
        limits.append((0, f"每天补 {rule.meals_a_day} 餐，今天已经补过"))
    if rule.meals_a_month is not None and used.meals_this_month >= rule.meals_a_month:
        limits.append((0, f"每月补 {rule.meals_a_month} 餐，本月已经补满"))
    if rule.cap_meal is not None:
        limits.append((rule.cap_meal, f"每餐最多补 {yuan(rule.cap_meal)} 元"))
    if rule.cap_day is not None:
        limits.append(_left(rule.cap_day, used.today, "每天"))
    if rule.cap_month is not None:
        limits.append(_left(rule.cap_month, used.this_month, "每月"))
    return min(limits, key=lambda limit: limit[0], default=(_NO_LIMIT, ""))


_NO_LIMIT = 10**12


def _left(cap: int, had: int, when: str) -> tuple[int, str]:
    return max(0, cap - had), f"{when}最多补 {yuan(cap)} 元，已经补了 {yuan(had)} 元"
