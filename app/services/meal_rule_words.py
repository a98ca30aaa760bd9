"""A tier in words: whom it is for, what it gives, who bears it, and an example."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.models import Belonging, MealPeriod, MoneyRounding, Payer, Portion
from app.services.meal_shares import Share, Shares
from app.services.meal_tiers import BY_STATUS, Person, Priced, Rule, price_of
from app.values.money import yuan

_ANY_AGE = 60


def age_words(low: int | None, high: int | None) -> str:
    """60–69 岁, 90 岁以上, 59 岁以下; '' for every age."""
    if low is None:
        return "" if high is None else f"{high} 岁以下"
    if high is None:
        return f"{low} 岁以上"
    return f"{low} 岁" if low == high else f"{low}–{high} 岁"


def covers(rule: Rule, tag_names: Mapping[int, str]) -> str:
    """60 岁以上，低保或特困，户籍在本社区，午餐、晚餐. A tag without a name is a sensitive one."""
    named = [tag_names[tag] for tag in sorted(rule.tag_ids) if tag in tag_names]
    hidden = len(named) < len(rule.tag_ids)
    parts = [
        "、".join(guest.label for guest in rule.guests),
        age_words(rule.from_age, rule.to_age),
        "或".join([*named, *([BY_STATUS] if hidden else [])]),
        "" if rule.guests or rule.belongs is Belonging.LIVING else rule.belongs.label,
        "、".join(period.label for period in rule.periods),
    ]
    return "，".join(filter(None, parts)) or "所有居民"


def payers(shares: Sequence[Share]) -> str:
    """市 4、区 4、街道 1, 市财政 alone; where the parts differ: 折扣 运营单位；补贴 市 1、区 1."""
    by_part = [(part, [one for one in shares if one.portion is part]) for part in Portion]
    words = [f"{_PARTS[part]}{_weights(some)}" for part, some in by_part if some]
    return "；".join(words)


def limits(rule: Rule) -> str:
    """每天补 1 餐，每餐最多 3.00 元，尾数四舍五入到角; '' without any."""
    counts = ((rule.meals_a_day, "每天补"), (rule.meals_a_month, "每月补"))
    caps = ((rule.cap_meal, "每餐"), (rule.cap_day, "每天"), (rule.cap_month, "每月"))
    parts = [f"{words} {number} 餐" for number, words in counts if number is not None]
    parts += [f"{words}最多 {yuan(fen)} 元" for fen, words in caps if fen is not None]
    parts += ["消费超过补贴额才补"] if rule.must_exceed else []
    # To the 分 nothing is left over.
    parts += [f"尾数{rule.rounding.label}"] if rule.rounding is not MoneyRounding.CENT else []
    return "，".join(parts)


def example(rule: Rule, price: int) -> str:
    """12.00 元的餐：补 9.00（市财政 4.00、区财政 4.00、街道 1.00），本人付 3.00."""
    found = alone(rule, price)
    if not found.subsidy:
        return f"{yuan(price)} 元的餐：不补，{found.cut or '优惠为 0'}"
    given, own = yuan(found.subsidy), yuan(price - found.subsidy)
    return f"{yuan(price)} 元的餐：补 {given}（{borne(found.shares)}），本人付 {own}"


def paid(rule: Rule, price: int) -> int:
    """What somebody whom the tier fits pays of a price, in 分."""
    return price - alone(rule, price).subsidy


def alone(rule: Rule, price: int) -> Priced:
    """The price for somebody whom the tier fits, on its first day, before any cap is reached."""
    person = Person(
        age=rule.from_age if rule.from_age is not None else rule.to_age or _ANY_AGE,
        tags=rule.tag_ids,
        guest=rule.guests[0] if rule.guests else None,
    )
    period = (*rule.periods, MealPeriod.LUNCH)[0]
    return price_of([rule], person, period, rule.since, price)


def borne(shares: Shares) -> str:
    """市财政 4.00、区财政 4.00、街道 1.00."""
    return "、".join(
        f"{payer.label} {yuan(shares.of(payer))}" for payer in Payer if shares.of(payer)
    )


def span(since: date, until: date | None) -> str:
    """2026-07-01 起, or with its last day."""
    begun = f"{since:%Y-%m-%d} 起"
    return f"{begun}，到 {until:%Y-%m-%d}" if until else begun


SHORT = {
    Payer.CITY: "市",
    Payer.DISTRICT: "区",
    Payer.STREET: "街道",
    Payer.OPERATOR: "运营",
    Payer.DONOR: "捐赠",
}
"""Payers where several stand in one line."""
_PARTS = {Portion.ALL: "", Portion.DISCOUNT: "折扣 ", Portion.AMOUNT: "补贴 "}


def _weights(shares: Sequence[Share]) -> str:
    """Who bears it alone needs no weight."""
    ordered = [share for payer in Payer for share in shares if share.payer is payer]
    if len(ordered) == 1:
        return ordered[0].payer.label
    return "、".join(f"{SHORT[share.payer]} {share.weight}" for share in ordered)
