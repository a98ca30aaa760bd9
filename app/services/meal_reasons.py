"""Why a meal costs what it costs, in one sentence that the clerk can read aloud."""

from collections.abc import Sequence
from datetime import date

from app.models import Belonging, MealPeriod, SubsidyWay
from app.services.meal_diner import HomeState
from app.services.meal_tiers import (
    Person,
    Priced,
    Rule,
    for_age,
    for_home,
    for_period,
    for_person,
    for_status,
)
from app.values.money import yuan


def reason_of(
    priced: Priced,
    rules: Sequence[Rule],
    person: Person,
    home: HomeState,
    period: MealPeriod,
    day: date,
    price: int,
    same: str,
) -> str:
    """The winning tier, what it won against and why; or why there is none. `rules`: of the day."""
    full = f"按原价 {yuan(price)} 元"
    if same:
        return f"{day:%m-%d} {period.label}已经记过（{same}），再记一餐没有补贴，{full}"
    if priced.rule is not None:
        return _granted(priced, priced.rule, person, price)
    if priced.cut:
        return f"{priced.cut}，这一餐{full}"
    return f"{_why_not(rules, person, home, period)}，{full}"


def _granted(priced: Priced, rule: Rule, person: Person, price: int) -> str:
    who = f"{rule.spoken}：{person.guest.label}" if person.guest else rule.spoken
    comma = "，" if rule.sensitive or rule.way is SubsidyWay.DISCOUNT else ""
    parts = [f"{who}{comma}{rule.gives}"]
    if priced.cut:
        parts.append(f"{priced.cut}，这一餐补 {yuan(priced.subsidy)} 元")
    elif rule.way is SubsidyWay.AMOUNT and priced.subsidy < (rule.amount or 0):
        parts.append(f"餐费 {yuan(price)} 元全部补上")
    if priced.second is not None and priced.second_gives:
        second = f"{priced.second.spoken}档（{priced.second.gives.removeprefix('每餐')}）"
        equal = priced.second_gives == priced.subsidy
        gap = " " if second[0].isascii() else ""
        won = f"与{gap}{second}一样，只享受一条" if equal else f"比{gap}{second}更优惠，取最优一条"
        parts.append(won)
    return "，".join(parts)


def _why_not(rules: Sequence[Rule], person: Person, home: HomeState, period: MealPeriod) -> str:
    """The one thing that is missing; `rules` are those of the day."""
    if person.guest is not None:
        return f"{person.guest.label}没有补贴"
    named = [rule for rule in rules if not rule.guests]
    if not named:
        return "这个食堂还没有补贴规则"
    if any(for_person(rule, person) for rule in named):
        return f"{period.label}没有补贴"
    fitting = [rule for rule in named if for_period(rule, period) and for_status(rule, person)]
    if any(for_age(rule, person.age) for rule in fitting):
        return _not_from_here(
            [rule for rule in fitting if for_age(rule, person.age) and not for_home(rule, person)],
            home,
        )
    if person.age is None:
        unknown = "没有登记出生日期，按年龄的补贴用不上，请先补登"
        return unknown if fitting else "没有适用的补贴"
    return _too_young(fitting, person.age)


def _not_from_here(rules: Sequence[Rule], home: HomeState) -> str:
    if home.left:
        return f"{home.left}，没有补贴"
    if all(rule.belongs is Belonging.REGISTERED for rule in rules):
        known = f"居住状态是“{home.status}”" if home.status else "没有登记居住状态"
        return f"补贴只给户籍在本社区的人，{known}"
    return f"补贴只给住在本社区的人，居住状态是“{home.status}”"


def _too_young(rules: Sequence[Rule], age: int) -> str:
    above = [rule.from_age for rule in rules if rule.from_age is not None and rule.from_age > age]
    return f"{age} 岁，不满 {min(above)} 岁，没有补贴" if above else f"{age} 岁，没有适用的补贴"
