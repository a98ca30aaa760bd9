"""补贴标准公示: the tiers of a canteen and what they make of its set meals, for the wall."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Tag
from app.reports.subsidy_notice import PostedTier, SubsidyNotice
from app.services import canteens, meal_rule_words, meal_rules, settings
from app.services.canteens import SetView
from app.services.meal_tiers import Rule
from app.services.papers import committee, public_phone
from app.values.money import yuan

_MOST_SETS = 4


def notice(session: Session, canteen_id: int, *, day: date, printed_on: date) -> SubsidyNotice:
    """As it holds on a day; raises DomainError where the canteen was deleted.

    What the office decided is public, so that tiers are named whatever their tags.
    """
    canteen = canteens.canteen(session, canteen_id)
    if canteen is None:
        raise DomainError("这个食堂已经删除，请刷新。")
    rules = meal_rules.rules(session, canteen_id, on=day)
    sets = canteens.set_meals(session, canteen_id, day)[:_MOST_SETS]
    names = {key: name for key, name in session.execute(select(Tag.id, Tag.name))}
    return SubsidyNotice(
        office=committee(session),
        canteen=canteen.name,
        day=max((rule.since for rule in rules), default=day),
        sets=tuple(f"{one.name} {yuan(one.price)}" for one in sets),
        tiers=tuple(_posted(rule, names, sets) for rule in rules),
        notes=_notes(session, rules, canteen.phone),
        printed_on=printed_on,
    )


def _posted(rule: Rule, names: dict[int, str], sets: Sequence[SetView]) -> PostedTier:
    gives = "，".join(filter(None, (rule.gives, meal_rule_words.limits(rule))))
    pays = tuple(yuan(meal_rule_words.paid(rule, one.price)) for one in sets)
    return PostedTier(rule.name, meal_rule_words.covers(rule, names), gives, pays)


def _notes(session: Session, rules: Sequence[Rule], phone: str) -> tuple[str, ...]:
    birthday = settings.value(session, settings.MEAL_BIRTHDAY)
    sources = dict.fromkeys(rule.source for rule in rules if rule.source)
    phone = phone or public_phone(session)
    return (
        f"年龄按就餐当天的周岁，{birthday}满岁。符合几档的只按最优惠的一档，不叠加；加菜和送餐费自付。",
        *([f"依据：{'；'.join(sources)}。"] if sources else []),
        *([f"监督电话：{phone}。"] if phone else []),
    )
