"""The single meals behind a figure of the settlement: which they are, and each as a line."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.models import Guest, MealPeriod
from app.services import meal_rules
from app.services.chunks import chunks
from app.services.meal_claims import (
    FEE,
    PAID,
    PAYER_KEYS,
    TierKey,
    before_the_month,
    of_the_month,
    of_tier,
    require_everybody,
    within,
)
from app.services.meal_shares import Shares
from app.services.meal_tiers import BY_STATUS
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query
from app.values.masking import mask_given_name
from app.values.meal_numbers import number_words
from app.values.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure of the table: of a tier or of all (None), of its month or of corrections."""

    canteen_id: int
    month: int
    tier: TierKey | None
    column: str
    corrections: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A line of the book as the settlement shows it; amounts in 分.

    Somebody whose tier must not be known to whoever asks has only a surname.
    """

    id: int
    on_date: date
    period: MealPeriod
    number: str
    resident_id: int | None
    name: str
    age: int | None
    birthday: bool
    rule_id: int | None
    quantity: int
    price: int
    fee: int
    paid: int
    shares: Shares
    reverses: str
    """The number of the meal that this line takes back; '' for a meal"""
    taken_back: bool
    hidden: bool = False
    """Whoever asks must not know whose it is"""

    @property
    def who(self) -> str:
        """The circumstance beside the name: 80 岁 · 生日当天."""
        age = "" if self.age is None else f"{self.age} 岁"
        return " · ".join(filter(None, (age, "生日当天" if self.birthday else "")))


def line_ids(source: Source, figure: Figure) -> array[int]:
    """The lines behind a figure, the first day first; those that add nothing to it are left out."""
    require_everybody(source)
    asked = query("m.id", "meal AS m", _conditions(figure), "ORDER BY m.on_date, m.id")
    return array("q", lookup_of(source).column(asked))


def lines(source: Source, ids: Sequence[int]) -> list[ClaimLine]:
    """Lines of the book in the order of `ids`."""
    lookup = lookup_of(source)
    found = {
        one.id: one
        for part in chunks(ids, _AT_ONCE)
        for one in _read(lookup, [one_of("m.id", part)], "")
    }
    return [found[one] for one in ids]


def all_lines(source: Source, canteen_id: int, month: int) -> Iterator[ClaimLine]:
    """Every line that the claim of a month is the sum of, day by day: for paper and files."""
    require_everybody(source)
    return _read(lookup_of(source), within(canteen_id, month), "ORDER BY m.on_date, m.id")


def _conditions(figure: Figure) -> list[Sql]:
    days = before_the_month if figure.corrections else of_the_month
    where = [*within(figure.canteen_id, figure.month), days(figure.month)]
    if figure.tier is not None:
        where.append(of_tier(figure.tier))
    amount = f"by_{figure.column}" if figure.column in PAYER_KEYS else figure.column
    if figure.column in PAYER_KEYS or figure.column in (FEE, PAID):
        where.append(Sql(f"m.{amount} <> 0"))
    elif figure.column == "people":
        where.append(Sql("m.resident_id IS NOT NULL"))
    return where


_AT_ONCE = 500
_BY = ", ".join(f"m.by_{one}" for one in PAYER_KEYS)
_COLUMNS = (
    "m.id, m.on_date, m.period, m.number, m.resident_id, r.name, m.guest, m.age, r.birth_date,"
    f" m.rule_id, m.quantity, m.price, m.fee, m.paid, {_BY}, t.on_date, t.number, b.id"
)
_TABLES = """meal AS m LEFT JOIN resident AS r ON r.id = m.resident_id
    LEFT JOIN meal AS t ON t.id = m.reverses_id
    LEFT JOIN meal AS b ON b.reverses_id = m.id AND b.reverses_id > 0"""


def _read(lookup: Lookup, where: Sequence[Sql], rest: str) -> Iterator[ClaimLine]:
    hidden = _hidden(lookup)
    day_of = cache(date.fromisoformat)
    for row in lookup.rows(query(_COLUMNS, _TABLES, where, rest)):
        yield _line(row, day_of(row[1]), hidden)


def _line(row: tuple[Any, ...], day: date, hidden: frozenset[int]) -> ClaimLine:
    key, iso, period, number, resident, name, guest, age, born, rule, *amounts = row
    quantity, price, fee, paid, *parts = amounts[:9]
    taken_day, taken_number, back = amounts[9:]
    named = name or (Guest.of(guest).label if guest else "")
    return ClaimLine(
        id=key,
        on_date=day,
        period=MealPeriod.of(period),
        number=number_words(day, number),
        resident_id=resident,
        name=mask_given_name(named) if rule in hidden else named,
        age=age,
        birthday=born is not None and born[5:] == iso[5:],
        rule_id=rule,
        quantity=quantity,
        price=price,
        fee=fee,
        paid=paid,
        shares=Shares(**dict(zip(PAYER_KEYS, parts, strict=True))),
        reverses=number_words(date.fromisoformat(taken_day), taken_number) if taken_day else "",
        taken_back=back is not None,
        hidden=rule in hidden,
    )


def _hidden(lookup: Lookup) -> frozenset[int]:
    """Tiers of which whoever asks must not know who is in them."""
    if lookup.actor.may(Right.SEE_SENSITIVE):
        return frozenset()
    return frozenset(key for key, name in meal_rules.names(lookup).items() if name == BY_STATUS)
