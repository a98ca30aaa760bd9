"""Menus (菜谱): what a canteen cooks on a day and in a period, week by week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.models import DishKind, MealPeriod
from app.storage.lookup import Source, Sql, lookup_of, moment_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLine:
    """A dish on a menu; `sets` are the letters of the set meals in which it is, price in 分."""

    id: int
    version: int
    on_date: date
    period: MealPeriod
    dish_id: int
    name: str
    kind: DishKind
    price: int
    allergens: str
    suits: str
    sets: str
    planned: int | None
    sold_out_at: datetime | None
    position: int


def menu_of(source: Source, canteen_id: int, day: date, period: MealPeriod) -> tuple[MenuLine, ...]:
    """The menu of a period in its order."""
    return lines(source, canteen_id, day, day, period)


def lines(
    source: Source, canteen_id: int, first: date, last: date, period: MealPeriod | None = None
) -> tuple[MenuLine, ...]:
    """The menus from a day to a day, by day, period and place."""
    where = [
        Sql("m.canteen_id = ?", (canteen_id,)),
        Sql("m.on_date BETWEEN ? AND ?", (first.isoformat(), last.isoformat())),
        *([Sql("m.period = ?", (period.value,))] if period else []),
    ]
    found = [_line(values) for values in lookup_of(source).rows(query(_COLUMNS, _SOURCE, where))]
    return tuple(
        sorted(found, key=lambda one: (one.on_date, one.period.place, one.position, one.id))
    )


def served(source: Source, canteen_id: int, day: date, period: MealPeriod) -> dict[int, int]:
    """Portions of each dish that went out so far, by dish: in set meals and by themselves."""
    lookup, of_period = lookup_of(source), (canteen_id, day.isoformat(), period.value)
    by_letter = dict(lookup.rows(Sql(_SETS_OUT, of_period)))
    found = {
        one.dish_id: sum(count for letter, count in by_letter.items() if letter in one.sets)
        for one in menu_of(source, canteen_id, day, period)
    }
    for dish_id, count in lookup.rows(Sql(_EXTRAS_OUT, of_period)):
        found[dish_id] = found.get(dish_id, 0) + count
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """When a dish stood on a menu, in which set meals, for how many it was cooked."""

    on_date: date
    period: MealPeriod
    sets: str
    planned: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekSum:
    """A week with a menu: on how many days, how many lines."""

    monday: date
    days: int
    lines: int


def last_uses(source: Source, canteen_id: int, before: date) -> dict[int, Use]:
    """By dish the last menu before a day on which it stood."""
    asked = Sql(_LAST, (canteen_id, before.isoformat(), canteen_id))
    return {dish_id: _use(rest) for dish_id, *rest in lookup_of(source).rows(asked)}


def uses(source: Source, canteen_id: int, dish_id: int, since: date) -> tuple[Use, ...]:
    """The menus with a dish from a day on, the earliest first."""
    where = [
        Sql("canteen_id = ? AND dish_id = ?", (canteen_id, dish_id)),
        Sql("on_date >= ?", (since.isoformat(),)),
    ]
    found = lookup_of(source).rows(query(_USE, "menu_dish", where))
    return tuple(sorted(map(_use, found), key=lambda one: (one.on_date, one.period.place)))


def weeks(source: Source, canteen_id: int, before: date) -> tuple[WeekSum, ...]:
    """The weeks before a Monday that have a menu, the latest first."""
    where = [Sql("canteen_id = ? AND on_date < ?", (canteen_id, before.isoformat()))]
    asked = query("on_date, count(*)", "menu_dish", where, "GROUP BY on_date ORDER BY on_date")
    found: dict[date, list[int]] = {}
    for day, count in lookup_of(source).rows(asked):
        found.setdefault(monday_of(date.fromisoformat(day)), []).append(count)
    return tuple(
        WeekSum(monday=monday, days=len(counts), lines=sum(counts))
        for monday, counts in reversed(found.items())
    )


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def costs(menu: Sequence[MenuLine], known: Mapping[int, int | None]) -> dict[str, int | None]:
    """What a set meal costs the kitchen, in 分 by letter; None while a dish has no cost."""
    letters = sorted({letter for one in menu for letter in one.sets})
    found: dict[str, int | None] = {}
    for letter in letters:
        parts = [known.get(one.dish_id) for one in menu if letter in one.sets]
        found[letter] = None if None in parts else sum(part or 0 for part in parts)
    return found


def _use(values: Sequence[Any]) -> Use:
    day, period, sets, planned = values
    return Use(
        on_date=date.fromisoformat(day),
        period=MealPeriod.of(period),
        sets=sets,
        planned=planned,
    )


def _line(values: tuple[Any, ...]) -> MenuLine:
    key, version, day, period, dish_id, name, kind, price, allergens, suits, *rest = values
    sets, planned, sold_out_at, position = rest
    return MenuLine(
        id=key,
        version=version,
        on_date=date.fromisoformat(day),
        period=MealPeriod.of(period),
        dish_id=dish_id,
        name=name,
        kind=DishKind.of(kind),
        price=price,
        allergens=allergens,
        suits=suits,
        sets=sets,
        planned=planned,
        sold_out_at=moment_of(sold_out_at),
        position=position,
    )


_COLUMNS = """
    m.id, m.version, m.on_date, m.period, m.dish_id, d.name, d.kind, d.price, d.allergens, d.suits,
    m.sets, m.planned, m.sold_out_at, m.position
"""
_USE = "on_date, period, sets, planned"
_LAST = """
    SELECT m.dish_id, m.on_date, m.period, m.sets, m.planned FROM menu_dish AS m
    JOIN (
        SELECT dish_id, max(on_date) AS last FROM menu_dish
        WHERE canteen_id = ? AND on_date < ? GROUP BY dish_id
    ) AS latest ON latest.dish_id = m.dish_id AND latest.last = m.on_date
    WHERE m.canteen_id = ?
"""
_SOURCE = "menu_dish AS m JOIN dish AS d ON d.id = m.dish_id"
_SETS_OUT = """
    SELECT s.letter, sum(m.quantity) FROM meal AS m JOIN set_meal AS s ON s.id = m.set_meal_id
    WHERE m.canteen_id = ? AND m.on_date = ? AND m.period = ? GROUP BY s.letter
"""
_EXTRAS_OUT = """
    SELECT d.dish_id, sum(d.quantity) FROM meal AS m JOIN meal_dish AS d ON d.meal_id = m.id
    WHERE m.canteen_id = ? AND m.on_date = ? AND m.period = ? GROUP BY d.dish_id
"""
