"""Who was subsidised in a month and with how much: the list that payers ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.models import Payer
from app.services import meal_rules
from app.services.authorisation import Grant
from app.services.exports import require_word
from app.services.meal_claims import PAYER_KEYS, PORTIONS, require_everybody, within
from app.services.meal_shares import Shares
from app.services.meal_tiers import BY_STATUS
from app.storage.lookup import Source, lookup_of, query
from app.values.masking import mask_given_name, mask_id
from app.values.pinyin import sort_key
from app.values.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSum:
    """Somebody in a tier in a month, corrections among it; the document number is masked unless
    somebody's word opens it."""

    resident_id: int
    name: str
    document: str
    age: int | None
    """At the last of the meals"""
    tier: str
    meals: int
    shares: Shares


def person_sums(
    source: Source,
    canteen_id: int,
    month: int,
    payers: Sequence[Payer],
    *,
    grant: Grant | None = None,
) -> list[PersonSum]:
    """Everybody for whom one of `payers` bears something, by pinyin; sums to what is claimed of
    people with a name. Raises SeesSomeGrids."""
    require_everybody(source)
    require_word(grant)
    lookup = lookup_of(source)
    borne = " OR ".join(f"sum(m.by_{one.value}) <> 0" for one in payers)
    asked = query(
        f"r.id, r.name, r.document_number, max(m.age), m.rule_id, sum({PORTIONS}), {_SHARES}",
        "meal AS m JOIN resident AS r ON r.id = m.resident_id",
        within(canteen_id, month),
        f"GROUP BY r.id, r.name, r.document_number, m.rule_id HAVING {borne}",
    )
    names = meal_rules.names(lookup)
    may_see = lookup.actor.may(Right.SEE_SENSITIVE)
    rows = sorted(lookup.rows(asked), key=lambda row: (sort_key(row[1]), row[0], row[4] or 0))
    return [_made(row, names, may_see=may_see, whole=grant is not None) for row in rows]


_SHARES = ", ".join(f"sum(m.by_{one})" for one in PAYER_KEYS)


def _made(row: tuple[Any, ...], names: dict[int, str], *, may_see: bool, whole: bool) -> PersonSum:
    key, name, document, age, rule_id, meals, *parts = row
    tier = names.get(rule_id, "")
    hidden = tier == BY_STATUS and not may_see
    return PersonSum(
        resident_id=key,
        name=mask_given_name(name) if hidden else name,
        document="" if hidden else (document or "") if whole else mask_id(document or ""),
        age=age,
        tier=tier,
        meals=meals,
        shares=Shares(**dict(zip(PAYER_KEYS, parts, strict=True))),
    )
