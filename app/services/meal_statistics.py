"""统计 of 食堂: meals of some days by age, tier, period, way and day, and who bore what.

Every breakdown sums the same lines of the book, counter-lines too: each ends with the total, and
the total is what the single meals come to. Somebody is counted once in a line, however often he
came; whose meals were all taken back is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.models import Guest, MealPeriod, MealWay, Payer
from app.services import meal_opinions, meal_rules
from app.services.meal_opinions import Asked
from app.services.periods import Period
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

BANDS = (
    ("", "没有登记生日"),
    ("0", "60 岁以下"),
    ("60", "60–69 岁"),
    ("70", "70–79 岁"),
    ("80", "80–89 岁"),
    ("90", "90 岁以上"),
)
NO_RULE = "不享受补贴"
DAYS_SHOWN = 62
"""A longer period is told by months"""


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a breakdown: `people` each once, `own` portions of residents, amounts in 分."""

    name: str
    people: int
    meals: int
    own: int
    price: int
    paid: int

    @property
    def given(self) -> int:
        """What others bore of it."""
        return self.price - self.paid

    @property
    def per_head(self) -> float:
        """Portions of one resident."""
        return self.own / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Borne:
    """What one payer gave: to how many people, for how many portions."""

    payer: Payer
    people: int
    meals: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """Of one canteen and some days."""

    period: Period
    total: Part
    days: int
    """On which somebody ate"""
    by_age: tuple[Part, ...]
    by_rule: tuple[Part, ...]
    by_period: tuple[Part, ...]
    by_way: tuple[Part, ...]
    by_day: tuple[Part, ...]
    """Days, or months where the period is long; without those on which nobody ate"""
    borne: tuple[Borne, ...]
    asked: tuple[Asked, ...]
    cards: int
    """满意度卡 that came back"""

    @property
    def guests(self) -> int:
        """Portions without a name."""
        return self.total.meals - self.total.own

    @property
    def by_month(self) -> bool:
        return _long(self.period)


def whole_period(source: Source, canteen_id: int, today: date) -> Period:
    """From the first meal that was written down to today."""
    where = [Sql("canteen_id = ?", (canteen_id,))]
    first = lookup_of(source).value(query("min(on_date)", "meal", where))
    return Period(min(date.fromisoformat(first), today) if first else today, today)


def statistics(source: Source, canteen_id: int, period: Period) -> Statistics:
    """Everything of some days, straight from the book."""
    lookup = lookup_of(source)
    where = (canteen_id, period.first.isoformat(), period.last.isoformat())
    names = meal_rules.names(lookup)
    by_rule = _parts(lookup, "coalesce(rule_id, 0)", where)
    day = "substr(on_date, 1, 7)" if _long(period) else "on_date"
    by_day = _parts(lookup, day, where)
    cards = meal_opinions.opinions(lookup, canteen_id, period.first, period.last)
    (total,) = _parts(lookup, "''", where).values() or (_NOTHING,)
    return Statistics(
        period=period,
        total=_named(total, "合计"),
        days=_days(lookup, where),
        by_age=_in_order(_parts(lookup, _AGE, where), _AGES),
        by_rule=_by_name(by_rule, {0: NO_RULE, **names}),
        by_period=_in_order(
            _parts(lookup, "period", where), {one.value: one.label for one in MealPeriod}
        ),
        by_way=_in_order(_parts(lookup, "way", where), {one.value: one.label for one in MealWay}),
        by_day=tuple(_named(part, _day_words(str(key))) for key, part in sorted(by_day.items())),
        borne=tuple(_borne(lookup, payer, where) for payer in Payer),
        asked=meal_opinions.averages(cards),
        cards=len(cards),
    )


def _long(period: Period) -> bool:
    return period.last - period.first > timedelta(days=DAYS_SHOWN)


def _parts(lookup: Lookup, key: str, where: tuple[Any, ...]) -> dict[Any, Part]:
    """`key` is an expression of this module, never what somebody typed."""
    inside = f"SELECT {key} AS one, {_OF_PERSON} GROUP BY 1, resident_id"
    asked = f"SELECT one, {_SUMS} FROM ({inside}) GROUP BY one"  # noqa: S608
    found = lookup.rows(Sql(asked, where))
    # What was taken back altogether leaves no line.
    return {
        one: Part(str(one), *(int(number or 0) for number in sums))
        for one, *sums in found
        if any(sums)
    }


def _borne(lookup: Lookup, payer: Payer, where: tuple[Any, ...]) -> Borne:
    column = f"by_{payer.value}"
    inside = (
        f"SELECT resident_id, sum(CASE WHEN {column} <> 0 THEN quantity ELSE 0 END) AS meals,"  # noqa: S608
        f" sum({column}) AS amount FROM meal WHERE {_WHERE} GROUP BY resident_id"
    )
    asked = (
        "SELECT sum(CASE WHEN resident_id IS NOT NULL AND amount > 0 THEN 1 ELSE 0 END),"  # noqa: S608
        f" sum(meals), sum(amount) FROM ({inside})"
    )
    people, meals, amount = next(lookup.rows(Sql(asked, where)))
    return Borne(payer, people or 0, meals or 0, amount or 0)


def _days(lookup: Lookup, where: tuple[Any, ...]) -> int:
    asked = f"SELECT count(DISTINCT on_date) FROM meal WHERE {_WHERE} AND reverses_id IS NULL"  # noqa: S608
    return int(lookup.value(Sql(asked, where)) or 0)


def _in_order(found: dict[Any, Part], names: dict[str, str]) -> tuple[Part, ...]:
    return tuple(_named(found[key], name) for key, name in names.items() if key in found)


def _by_name(found: dict[Any, Part], names: dict[int, str]) -> tuple[Part, ...]:
    """Tiers that are called the same are one line: a rule that was changed, what is hidden.

    Somebody who had two of them is counted in both.
    """
    lines: dict[str, Part] = {}
    for key, part in sorted(found.items()):
        name = names.get(key, NO_RULE)
        lines[name] = _sum(lines[name], part) if name in lines else _named(part, name)
    return tuple(lines.values())


def _sum(one: Part, other: Part) -> Part:
    return Part(
        one.name,
        one.people + other.people,
        one.meals + other.meals,
        one.own + other.own,
        one.price + other.price,
        one.paid + other.paid,
    )


def _named(part: Part, name: str) -> Part:
    return Part(name, part.people, part.meals, part.own, part.price, part.paid)


def _day_words(key: str) -> str:
    """11-20, or 2026年11月 of a month."""
    if len(key) == len("2026-11"):
        return f"{key[:4]}年{int(key[5:])}月"
    return key[5:]


_NOTHING = Part("", 0, 0, 0, 0, 0)
_WHERE = "canteen_id = ? AND on_date BETWEEN ? AND ?"
_OF_PERSON = (
    "resident_id, sum(quantity) AS meals, sum(price + fee) AS price, sum(paid) AS paid"
    f" FROM meal WHERE {_WHERE}"
)
_SUMS = (
    "sum(CASE WHEN resident_id IS NOT NULL AND meals > 0 THEN 1 ELSE 0 END), sum(meals),"
    " sum(CASE WHEN resident_id IS NULL THEN 0 ELSE meals END), sum(price), sum(paid)"
)
_AGE = """CASE WHEN guest IS NOT NULL THEN guest WHEN age IS NULL THEN '' WHEN age < 60 THEN '0'
    WHEN age < 70 THEN '60' WHEN age < 80 THEN '70' WHEN age < 90 THEN '80' ELSE '90' END"""
_AGES = dict(BANDS) | {one.value: f"{one.label}（不记名）" for one in Guest}
