"""统计 of 食堂: meals of some days by age, tier, period, way and day, and who bore what.

Every breakdown sums the same lines of the book, counter-lines too: each ends with the total, and
the total is what the single meals come to. Somebody is counted once in a line, however often he
came; whose meals were all taken back is not counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from app.models import Guest, MealPeriod, MealWay, Payer
from app.services import meal_opinions, meal_rules
from app.services.meal_opinions import Asked
from app.services.periods import Period
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

Key = TypeVar("Key", str, int)
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
    """Everything of some days, from one reading of the book."""
    lookup = lookup_of(source)
    days = (period.first.isoformat(), period.last.isoformat())
    where = [Sql("canteen_id = ? AND on_date BETWEEN ? AND ?", (canteen_id, *days))]
    long = _long(period)
    cells = list(_cells(lookup, where, by_month=long))
    names = meal_rules.names(lookup)
    by_day = _parts(cells, lambda one: one.day)
    cards = meal_opinions.opinions(lookup, canteen_id, period.first, period.last)
    return Statistics(
        period=period,
        total=_named(_parts(cells, lambda _: "").get("", _NOTHING), "合计"),
        days=_days(lookup, where) if long else sum(one.meals > 0 for one in by_day.values()),
        by_age=_in_order(_parts(cells, lambda one: one.age), _AGES),
        by_rule=_by_name(_parts(cells, lambda one: one.rule), names),
        by_period=_in_order(
            _parts(cells, lambda one: one.period), {one.value: one.label for one in MealPeriod}
        ),
        by_way=_in_order(
            _parts(cells, lambda one: one.way), {one.value: one.label for one in MealWay}
        ),
        by_day=tuple(_named(part, _day_words(str(key))) for key, part in sorted(by_day.items())),
        borne=tuple(_borne(cells, place, payer) for place, payer in enumerate(Payer)),
        asked=meal_opinions.averages(cards),
        cards=len(cards),
    )


class _Cell(NamedTuple):
    """What one person, or all guests, ate of a kind; `day` is a month in a long period."""

    person: int | None
    day: str
    period: str
    way: str
    rule: int
    age: str
    """The band, or the kind of guests"""
    meals: int
    price: int
    paid: int
    borne: tuple[int, ...]
    borne_meals: tuple[int, ...]
    """Of how many portions each payer bore a part"""


def _long(period: Period) -> bool:
    return period.last - period.first > timedelta(days=DAYS_SHOWN)


def _cells(lookup: Lookup, where: Sequence[Sql], *, by_month: bool) -> Iterator[_Cell]:
    day = "substr(on_date, 1, 7)" if by_month else "on_date"
    asked = query(f"resident_id, {day}, {_REST}", "meal", where, "GROUP BY 1, 2, 3, 4, 5, 6")
    payers = len(Payer)
    for values in lookup.rows(asked):
        borne = values[_KIND:]
        yield _Cell._make((*values[:_KIND], borne[:payers], borne[payers:]))


def _parts(cells: Sequence[_Cell], key: Callable[[_Cell], Key]) -> dict[Key, Part]:
    """The cells by one of their sides; what was taken back altogether leaves no line."""
    sums: defaultdict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    eaten: defaultdict[Key, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for cell in cells:
        one = key(cell)
        line = sums[one]
        line[0] += cell.meals
        line[2] += cell.price
        line[3] += cell.paid
        if cell.person is not None:
            line[1] += cell.meals
            eaten[one][cell.person] += cell.meals
    return {
        one: Part(str(one), sum(count > 0 for count in eaten[one].values()), *line)
        for one, line in sums.items()
        if any(line)
    }


def _borne(cells: Sequence[_Cell], place: int, payer: Payer) -> Borne:
    meals, amounts, whole = 0, defaultdict[int, int](int), 0
    for cell in cells:
        amount = cell.borne[place]
        meals += cell.borne_meals[place]
        whole += amount
        if cell.person is not None:
            amounts[cell.person] += amount
    return Borne(payer, sum(one > 0 for one in amounts.values()), meals, whole)


def _days(lookup: Lookup, where: Sequence[Sql]) -> int:
    """On which something was left of what was given out."""
    days = query("on_date", "meal", where, "GROUP BY on_date HAVING sum(quantity) > 0")
    return sum(1 for _ in lookup.rows(days))


def _in_order(found: Mapping[str, Part], names: Mapping[str, str]) -> tuple[Part, ...]:
    return tuple(_named(found[key], name) for key, name in names.items() if key in found)


def _by_name(found: Mapping[int, Part], names: Mapping[int, str]) -> tuple[Part, ...]:
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
    return replace(part, name=name)


def _day_words(key: str) -> str:
    """11-20, or 2026年11月 of a month."""
    if len(key) == len("2026-11"):
        return f"{key[:4]}年{int(key[5:])}月"
    return key[5:]


_NOTHING = Part("", 0, 0, 0, 0, 0)
_KIND = 9
"""Columns of a cell before those of the payers"""
_AGE = """CASE WHEN guest IS NOT NULL THEN guest WHEN age IS NULL THEN '' WHEN age < 60 THEN '0'
    WHEN age < 70 THEN '60' WHEN age < 80 THEN '70' WHEN age < 90 THEN '80' ELSE '90' END"""
# Of a person's portions one is subsidised (meal_pricing); guests are given each alike.
_BORNE = "(CASE WHEN guest IS NULL THEN (quantity > 0) - (quantity < 0) ELSE quantity END)"
_REST = ", ".join(
    (
        "period, way, coalesce(rule_id, 0)",
        _AGE,
        "sum(quantity), sum(price + fee), sum(paid)",
        *(f"sum(by_{one.value})" for one in Payer),
        *(f"sum(CASE WHEN by_{one.value} <> 0 THEN {_BORNE} ELSE 0 END)" for one in Payer),
    )
)
_AGES = dict(BANDS) | {one.value: f"{one.label}（不记名）" for one in Guest}
