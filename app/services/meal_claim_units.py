"""每餐: what a payer bears of every meal of a tier, where that is the same for all of them."""

from __future__ import annotations

from collections import defaultdict

from app.models import Payer
from app.services.meal_claims import (
    ALONE,
    PAYER_KEYS,
    PORTIONS,
    TierKey,
    of_the_month,
    of_tier,
    within,
)
from app.storage.lookup import Source, Sql, lookup_of, query

Units = dict[tuple[TierKey, Payer], int]


def units(source: Source, canteen_id: int, month: int, tier: TierKey | None = None) -> Units:
    """In 分, of all tiers of a month or of one; an average is no unit and is left out.

    What was taken back counts for nothing: of a price that stands in no meal there is no unit.
    """
    where = [*within(canteen_id, month), of_the_month(month), Sql("m.quantity <> 0")]
    where += [of_tier(tier)] if tier is not None else []
    asked = query(
        f"m.rule_id, {ALONE}, {_EACH}",
        "meal AS m",
        where,
        f"GROUP BY m.rule_id, {ALONE}, {_EACH} HAVING sum({PORTIONS}) <> 0",
    )
    found: dict[tuple[TierKey, Payer], set[int | None]] = defaultdict(set)
    for rule_id, alone, *each in lookup_of(source).rows(asked):
        for payer, amount in zip(Payer, each, strict=True):
            found[TierKey(rule_id, bool(alone)), payer].add(amount)
    same = {key: amounts.pop() for key, amounts in found.items() if len(amounts) == 1}
    return {key: amount for key, amount in same.items() if amount is not None}


# Nothing where a part of a 分 would be left: no portion costs that.
_EACH = ", ".join(
    f"CASE WHEN m.by_{one} % ({PORTIONS}) = 0 THEN m.by_{one} / ({PORTIONS}) END"
    for one in PAYER_KEYS
)
