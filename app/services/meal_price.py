"""What a meal costs somebody here and now, and why in one sentence to read aloud (domain.md 4.2).

One portion and nothing beside it; what else belongs to a meal is worked out by meal_pricing.
"""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import Guest, MealPeriod
from app.services import meal_reasons, meal_rules
from app.services.meal_diner import HomeState, diner_on, history_of
from app.services.meal_shares import Shares
from app.services.meal_tiers import NOTHING_USED, Person, Priced, price_of
from app.storage.lookup import Source, lookup_of

OK, GREY, WARN = "ok", "grey", "warn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A portion's price in 分: price = paid + shares.

    `reason` never names a tier by a sensitive tag.
    `same_period` is the number of a meal that the person has in the period already: M-1101-037;
    a further one is not subsidised.
    """

    price: int
    paid: int
    shares: Shares
    rule_id: int | None
    rule_number: int | None
    since: date | None
    age: int | None
    reason: str
    tone: str
    same_period: str


def quote(
    source: Source,
    canteen_id: int,
    period: MealPeriod,
    on_date: date,
    price: int,
    *,
    resident_id: int | None = None,
    guest: Guest | None = None,
) -> Quote:
    """The price of one portion for a resident, or for somebody without a name.

    Raises DomainError where the resident is not there.
    """
    lookup = lookup_of(source)
    rules = meal_rules.rules(lookup, canteen_id, on=on_date)
    if resident_id is None:
        if guest is None:
            raise DomainError("请先选择用餐的人。")
        person, home, used, same = Person(guest=guest), HomeState(), NOTHING_USED, ""
    else:
        person, home = diner_on(lookup, resident_id, on_date)
        used, same = history_of(lookup, resident_id, on_date, period)
    priced = Priced() if same else price_of(rules, person, period, on_date, price, used)
    reason = meal_reasons.reason_of(priced, rules, person, home, period, on_date, price, same)
    rule = priced.rule
    return Quote(
        price=price,
        paid=price - priced.subsidy,
        shares=priced.shares,
        rule_id=rule.id if rule else None,
        rule_number=rule.number if rule else None,
        since=rule.since if rule else None,
        age=person.age,
        reason=reason,
        tone=WARN if same else OK if rule else GREY,
        same_period=same,
    )
