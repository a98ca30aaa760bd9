"""补贴结算: a canteen's month by tier and payer, added up from single meals (domain.md 4.5).

Every figure is the sum of the lines of the book that stand in the month; a line of an earlier day
is a correction of a month that was submitted, and stands apart as its difference. Amounts in 分.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from app.errors import DomainError
from app.models import Payer
from app.services import meal_rules
from app.services.meal_shares import NOBODY, Shares
from app.services.meal_tiers import Rule
from app.services.points_filter import first_of
from app.services.points_lines import month_number
from app.storage.lookup import Lookup, Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right

PEOPLE, MEALS, PRICE, FEE, PAID = "people", "meals", "price", "fee", "paid"
"""Columns of the table besides the payers, whose keys are those of `Payer`."""
PAYER_KEYS = tuple(one.value for one in Payer)


class TierKey(NamedTuple):
    """Of a line of the table: its rule, and for meals without one whether they have a name."""

    rule_id: int | None
    guest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What some lines of the book come to: price + fee = paid + shares.

    `people` are those who in the end had a meal, `meals` are counted as PORTIONS says.
    """

    people: int = 0
    meals: int = 0
    price: int = 0
    fee: int = 0
    paid: int = 0
    shares: Shares = NOBODY

    def of(self, column: str) -> int:
        """A figure by its column."""
        return int(getattr(self.shares if column in PAYER_KEYS else self, column))


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLine:
    """A tier of the month; `gives` is 每餐补 1.00. Of a `hidden` one its people have no name."""

    key: TierKey
    name: str
    gives: str
    sums: Sums
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The table of a month; `difference` are corrections of the months before, none of it in
    `total`."""

    canteen_id: int
    month: int
    lines: tuple[TierLine, ...]
    total: Sums
    difference: Sums
    entries: int
    """Lines of the book behind it, counter-lines too: they only grow"""
    corrected: tuple[int, ...] = ()
    """The months that it corrects: 202610"""

    @property
    def payers(self) -> tuple[Payer, ...]:
        """Those that bear anything; the others have no column."""
        return tuple(
            one
            for one in Payer
            if self.difference.shares.of(one)
            or any(line.sums.shares.of(one) for line in self.lines)
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """Of the figures, from left to right; the way to the door only where it costs."""
        fee = (FEE,) if any(line.sums.fee for line in self.lines) or self.difference.fee else ()
        payers = tuple(one.value for one in self.payers)
        return (PEOPLE, MEALS, PRICE, *fee, *payers, PAID)

    @property
    def corrects(self) -> bool:
        """Whether there are lines of earlier months, even where they come to nothing."""
        return bool(self.corrected)

    def claimed(self, payer: Payer) -> int:
        """What a payer is asked for: the month and the differences."""
        return self.total.shares.of(payer) + self.difference.shares.of(payer)

    def line(self, key: TierKey) -> TierLine | None:
        return next((one for one in self.lines if one.key == key), None)


class SeesSomeGrids(DomainError):
    """Sums of some people are no settlement."""

    def __init__(self) -> None:
        super().__init__("您只看得到部分网格的人，补贴结算要由看得到全部的人来办。")


def matrix(source: Source, canteen_id: int, month: int) -> Matrix:
    """The table of a canteen's month; raises SeesSomeGrids for whoever does not see everybody."""
    require_everybody(source)
    lookup = lookup_of(source)
    rules = {one.id: one for one in meal_rules.rules(lookup, canteen_id)}
    lines = [
        _tier_line(lookup, key, rules, sums) for key, sums in _by_tier(lookup, canteen_id, month)
    ]
    entries, total, difference = _wholes(lookup, canteen_id, month)
    return Matrix(
        canteen_id=canteen_id,
        month=month,
        entries=entries,
        lines=tuple(sorted(lines, key=lambda one: _order(one, rules))),
        total=total or Sums(),
        difference=difference or Sums(),
        corrected=_corrected(lookup, canteen_id, month) if difference is not None else (),
    )


def require_everybody(source: Source) -> None:
    """Raises SeesSomeGrids for whoever sees the people of some grids only."""
    if actor_of(source).grids is not None:
        raise SeesSomeGrids


def months(source: Source, canteen_id: int, *, today: date) -> list[int]:
    """Those with meals and the present one, the latest first."""
    found, latest, lookup = {month_number(today)}, 10**6, lookup_of(source)
    while latest := _month_before(lookup, canteen_id, latest):
        found.add(latest)
    return sorted(found, reverse=True)


def within(canteen_id: int, month: int) -> list[Sql]:
    """The lines of the book that stand in a canteen's month."""
    return [Sql("m.month = ?", (month,)), Sql("m.canteen_id = ?", (canteen_id,))]


# An expression, not the column: by the index of days SQLite would walk all years before the month.
_DAY = "m.on_date || ''"


def of_the_month(month: int) -> Sql:
    """Those of its own days; the others correct a month before."""
    return Sql(f"{_DAY} >= ?", (first_of(month).isoformat(),))


def before_the_month(month: int) -> Sql:
    """Lines of earlier days: what was corrected of months that were submitted."""
    return Sql(f"{_DAY} < ?", (first_of(month).isoformat(),))


def of_tier(tier: TierKey) -> Sql:
    """The lines of one tier."""
    if tier.rule_id is not None:
        return Sql("m.rule_id = ?", (tier.rule_id,))
    return Sql(f"m.rule_id IS NULL AND m.guest IS {'NOT ' if tier.guest else ''}NULL")


# -- sums

_PAYERS = tuple(f"by_{one}" for one in PAYER_KEYS)
_AMOUNTS = ("price", "fee", "paid", *_PAYERS)
PORTIONS = """CASE WHEN m.rule_id IS NULL OR m.resident_id IS NULL THEN m.quantity
    ELSE (m.quantity > 0) - (m.quantity < 0) END"""
"""餐次 of a line: of what a person takes, one portion is subsidised and the others are his own
(meal_pricing); -1 of a counter-line."""
_SUMMED = ", ".join(
    (f"sum({PORTIONS}) AS meals", *(f"sum(m.{name}) AS {name}" for name in _AMOUNTS))
)
_AGAIN = ", ".join(f"sum({name})" for name in ("meals", *_AMOUNTS))
ALONE = "m.rule_id IS NULL AND m.guest IS NOT NULL"
"""Whether a line is of the tier of guests for whom no rule is"""
_ATE = "sum(CASE WHEN resident_id IS NOT NULL AND meals > 0 THEN 1 ELSE 0 END)"


def _by_tier(lookup: Lookup, canteen_id: int, month: int) -> Iterable[tuple[TierKey, Sums]]:
    """First by person: only so it is known who in the end had a meal of the tier."""
    where = [*within(canteen_id, month), of_the_month(month)]
    people = query(
        f"m.rule_id AS rule_id, {ALONE} AS alone, m.resident_id AS resident_id, {_SUMMED}",
        "meal AS m",
        where,
        "GROUP BY m.rule_id, 2, m.resident_id",
    )
    tiers = query(
        f"rule_id, alone, {_ATE}, {_AGAIN}",
        f"({people.text}) AS of_people",
        (),
        "GROUP BY rule_id, alone",
    )
    for rule_id, alone, count, *amounts in lookup.rows(Sql(tiers.text, people.values)):
        yield TierKey(rule_id, bool(alone)), _sums(count, amounts)


def _wholes(lookup: Lookup, canteen_id: int, month: int) -> tuple[int, Sums | None, Sums | None]:
    """How many lines; sums of the month and of its corrections, None where there is no line.

    Added up from the lines once more, not from the tiers.
    """
    where, own = within(canteen_id, month), of_the_month(month)
    kinds = query(f"{own.text}, count(*), {_SUMMED}", "meal AS m", where, "GROUP BY 1")
    entries, found = 0, dict[bool, Sums]()
    for is_own, count, *amounts in list(lookup.rows(Sql(kinds.text, own.values + kinds.values))):
        days = own if is_own else before_the_month(month)
        found[bool(is_own)] = _sums(_people(lookup, [*where, days]), amounts)
        entries += count
    return entries, found.get(True), found.get(False)


def _people(lookup: Lookup, where: Sequence[Sql]) -> int:
    """Those who in the end had a meal."""
    ate = query(
        "m.resident_id",
        "meal AS m",
        [*where, Sql("m.resident_id IS NOT NULL")],
        f"GROUP BY m.resident_id HAVING sum({PORTIONS}) > 0",
    )
    counted = query("count(*)", f"({ate.text}) AS people")
    return int(lookup.value(Sql(counted.text, ate.values)))


def _month_before(lookup: Lookup, canteen_id: int, month: int) -> int:
    """The latest with meals before another one, by a step through the index of months; 0: none."""
    # The plus keeps SQLite from the index of the canteen's days.
    before = [Sql("month < ?", (month,)), Sql("+canteen_id = ?", (canteen_id,))]
    return lookup.value(query("month", "meal", before, "ORDER BY month DESC LIMIT 1")) or 0


def _sums(people: int, amounts: Sequence[int | None]) -> Sums:
    meals, price, fee, paid, *shares = (one or 0 for one in amounts)
    by = Shares(**{payer.value: part for payer, part in zip(Payer, shares, strict=True)})
    return Sums(people=people, meals=meals, price=price, fee=fee, paid=paid, shares=by)


def _corrected(lookup: Lookup, canteen_id: int, month: int) -> tuple[int, ...]:
    where = [*within(canteen_id, month), before_the_month(month)]
    found = lookup.column(query("DISTINCT substr(m.on_date, 1, 7)", "meal AS m", where))
    return tuple(sorted(int(one.replace("-", "")) for one in found))


# -- lines


def _tier_line(lookup: Lookup, key: TierKey, rules: dict[int, Rule], sums: Sums) -> TierLine:
    rule = rules.get(key.rule_id) if key.rule_id is not None else None
    if rule is None:
        name = "不记名就餐" if key.guest else "不享受补贴"
        return TierLine(key=key, name=name, gives="原价", sums=sums)
    may_see = lookup.actor.may(Right.SEE_SENSITIVE)
    return TierLine(
        key=key,
        name=meal_rules.shown_name(rule, may_see=may_see),
        gives=gives_words(rule),
        sums=sums,
        hidden=rule.sensitive and not may_see,
    )


def gives_words(rule: Rule) -> str:
    """每餐补 1.00, 免费; 不记名，捐赠: the unit stands in the title of the table."""
    if not rule.guests:
        return rule.gives.replace(" 元", "")
    payers = {one.payer for one in rule.shares}
    given = "捐赠" if payers == {Payer.DONOR} else rule.gives.replace(" 元", "")
    return f"不记名，{given}"


def _order(line: TierLine, rules: dict[int, Rule]) -> tuple[Any, ...]:
    rule = rules.get(line.key.rule_id) if line.key.rule_id is not None else None
    if rule is None:
        return (1, 0, 0, line.key.guest)
    return (0, rule.number, rule.since.toordinal(), rule.id)
