"""The tiers of a canteen (补贴规则): which hold, which come, what they are called.

A tier with meals is never changed, a new one begins, so that every line of the book can be worked
out again from the tier that it names (domain.md 4.2).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.models import Belonging, Guest, MoneyRounding, Payer, Portion, SubsidyWay
from app.services.canteens import split_periods
from app.services.meal_shares import Share
from app.services.meal_tiers import BY_STATUS, Rule
from app.services.terms import in_force
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, query
from app.values.rights import Right


def rules(source: Source, canteen_id: int, *, on: date | None = None) -> tuple[Rule, ...]:
    """The tiers of a canteen by number; with a day, those in force on it."""
    where = [Sql("canteen_id = ?", (canteen_id,)), *([in_force(on)] if on else [])]
    return rules_where(source, where)


def current(source: Source, canteen_id: int, today: date) -> tuple[Rule, ...]:
    """What holds now and what begins later: the screen where tiers are changed."""
    open_ones = Sql("until IS NULL OR until >= ?", (today.isoformat(),))
    return rules_where(source, [Sql("canteen_id = ?", (canteen_id,)), open_ones])


def rules_where(source: Source, where: Sequence[Sql]) -> tuple[Rule, ...]:
    """Tiers by conditions on `subsidy_rule`, by number and then by the day they begin."""
    lookup = lookup_of(source)
    # One that was to begin later and was ended before its first day has never held.
    held = Sql("deleted_at IS NULL AND (until IS NULL OR until >= since)")
    asked = query(_COLUMNS, "subsidy_rule", [held, *where], "ORDER BY number, since, id")
    found = list(lookup.rows(asked))
    if not found:
        return ()
    tags, shares = _tags(lookup), _shares(lookup)
    return tuple(_rule(values, tags.get(values[0], []), shares[values[0]]) for values in found)


def names(source: Source) -> dict[int, str]:
    """What every tier there ever was is called, for whoever asks.

    Who may not see sensitive tags reads 按身份享受 in place of a tier that asks for one.
    """
    lookup = lookup_of(source)
    found: dict[int, str] = dict(lookup.rows(query("id, name", "subsidy_rule")))
    if lookup.actor.may(Right.SEE_SENSITIVE):
        return found
    hidden = lookup.column(query("rule_tag.rule_id", _TAGGED, [Sql("tag.sensitive")]))
    return found | dict.fromkeys(hidden, BY_STATUS)


def dead_tags(source: Source) -> frozenset[int]:
    """Tags that tiers ask for and the office has switched off: nobody counts as having them."""
    off = Sql("NOT tag.enabled OR tag.deleted_at IS NOT NULL")
    return frozenset(lookup_of(source).column(query("rule_tag.tag_id", _TAGGED, [off])))


def shown_name(rule: Rule, *, may_see: bool) -> str:
    """What a tier is called on a screen."""
    return rule.name if may_see else rule.spoken


_COLUMNS = (
    "id, version, canteen_id, number, name, from_age, to_age, belongs, periods, guests, way,"
    " percent, amount, rounding, must_exceed, cap_meal, meals_a_day, cap_day, meals_a_month,"
    " cap_month, since, until, source"
)
# main: the price is right, whatever tags whoever asks may see.
_TAGGED = "subsidy_rule_tag rule_tag JOIN main.tag ON tag.id = rule_tag.tag_id"


def _tags(lookup: Lookup) -> dict[int, list[tuple[int, bool]]]:
    """Of each tier its tags, and whether they tell too much."""
    found: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    asked = query("rule_tag.rule_id, rule_tag.tag_id, tag.sensitive", _TAGGED)
    for rule_id, tag_id, sensitive in lookup.rows(asked):
        found[rule_id].append((tag_id, bool(sensitive)))
    return found


def _shares(lookup: Lookup) -> dict[int, tuple[Share, ...]]:
    found: dict[int, tuple[Share, ...]] = defaultdict(tuple)
    rows = lookup.rows(query("rule_id, payer, weight, portion", "subsidy_share", (), "ORDER BY id"))
    for rule_id, payer, weight, portion in rows:
        found[rule_id] += (Share(Payer.of(payer), weight, Portion.of(portion)),)
    return found


def _rule(
    values: tuple[Any, ...], tags: Sequence[tuple[int, bool]], shares: tuple[Share, ...]
) -> Rule:
    key, version, canteen_id, number, name, from_age, to_age, belongs, *rest = values
    periods, guests, way, percent, amount, rounding, must_exceed, *limits = rest
    cap_meal, meals_a_day, cap_day, meals_a_month, cap_month, since, until, source = limits
    return Rule(
        id=key,
        version=version,
        canteen_id=canteen_id,
        number=number,
        name=name,
        from_age=from_age,
        to_age=to_age,
        tag_ids=frozenset(tag for tag, _ in tags),
        belongs=Belonging.of(belongs),
        periods=split_periods(periods),
        guests=tuple(Guest.of(one) for one in guests.split(",") if one),
        way=SubsidyWay.of(way),
        percent=percent,
        amount=amount,
        rounding=MoneyRounding.of(rounding),
        must_exceed=bool(must_exceed),
        cap_meal=cap_meal,
        meals_a_day=meals_a_day,
        cap_day=cap_day,
        meals_a_month=meals_a_month,
        cap_month=cap_month,
        since=date.fromisoformat(since),
        until=day_of(until),
        source=source or "",
        shares=shares,
        sensitive=any(sensitive for _, sensitive in tags),
    )
