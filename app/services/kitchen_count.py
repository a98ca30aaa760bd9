"""后厨备餐单: how many of which dish the orders of a period ask for, by diet, and what clashes.

Diets are words for cooking: one portion stands in exactly one column, so that sums agree.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.models import MealPeriod, MealWay, OrderState
from app.services import menus
from app.services.diners import JOINED, words
from app.services.menus import MenuLine
from app.services.order_lines import OrderLine, orders_of
from app.services.order_plan import period_of
from app.storage.lookup import Source, lookup_of

ORDINARY = "普通"


@dataclass(frozen=True, slots=True)
class DishCount:
    """A line: a dish (or a set meal, where no menu is written) by the diets of the count."""

    name: str
    by_diet: tuple[int, ...]
    planned: int | None
    """What the menu plans to cook for everybody, dine-in too"""
    suits: str

    @property
    def total(self) -> int:
        return sum(self.by_diet)


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody avoids what is in a dish that his set has."""

    order_id: int
    name: str
    place: str
    dish: str
    avoids: str
    set_letter: str


@dataclass(frozen=True, slots=True)
class KitchenCount:
    """What is to be cooked for the orders of a period; `expected` come to eat besides."""

    diets: tuple[str, ...]
    """Columns: 普通 first, then 低盐, 低盐、软食 … by how many"""
    sets: tuple[DishCount, ...]
    dishes: tuple[DishCount, ...]
    """Empty where the day has no menu"""
    clashes: tuple[Clash, ...]
    by_way: tuple[tuple[MealWay, int], ...]
    avoids: tuple[tuple[str, int], ...]
    """不吃鱼 3: portions by what is avoided"""
    expected: int
    special: tuple[OrderLine, ...]
    """Orders with a diet or 忌口, as they are carried"""

    @property
    def portions(self) -> int:
        return sum(one.total for one in self.sets)


def kitchen_count(source: Source, canteen_id: int, day: date, period: MealPeriod) -> KitchenCount:
    """The count for a period: all orders that were not cancelled."""
    lookup = lookup_of(source)
    lines = [
        one
        for one in orders_of(lookup, canteen_id, day, period)
        if one.state is not OrderState.CANCELLED
    ]
    menu = menus.menu_of(lookup, canteen_id, day, period)
    offered = period_of(lookup, canteen_id, period)
    diets = _diets(lines)
    letters = sorted({one.set_letter for one in lines})
    return KitchenCount(
        diets=diets,
        sets=tuple(
            DishCount(f"{letter} 餐", _by_diet(lines, diets, letter), None, "")
            for letter in letters
        ),
        dishes=tuple(
            DishCount(dish.name, _by_diet(lines, diets, dish.sets), dish.planned, dish.suits)
            for dish in menu
            if dish.sets
        ),
        clashes=tuple(_clashes(lines, menu)),
        by_way=_by_way(lines),
        avoids=_avoided(lines),
        expected=offered.expected if offered else 0,
        special=tuple(one for one in lines if one.special),
    )


def _diets(lines: Iterable[OrderLine]) -> tuple[str, ...]:
    """普通 always, then what is asked for, the most frequent first."""
    counts: Counter[str] = Counter()
    for one in lines:
        if one.diet:
            counts[one.diet] += one.quantity
    return (ORDINARY, *sorted(counts, key=lambda diet: (-counts[diet], diet)))


def _by_diet(lines: Iterable[OrderLine], diets: Sequence[str], letters: str) -> tuple[int, ...]:
    """Portions of the sets of these letters, by diet."""
    counts: Counter[str] = Counter()
    for one in lines:
        if one.set_letter in letters:
            counts[one.diet or ORDINARY] += one.quantity
    return tuple(counts[diet] for diet in diets)


def _clashes(lines: Iterable[OrderLine], menu: Sequence[MenuLine]) -> Iterator[Clash]:
    for one in lines:
        for dish in menu:
            avoided = [word for word in words(one.avoids) if word in dish.allergens + dish.name]
            if avoided and one.set_letter in dish.sets:
                told = JOINED.join(avoided)
                yield Clash(one.id, one.name, one.place, dish.name, told, one.set_letter)


def _by_way(lines: Iterable[OrderLine]) -> tuple[tuple[MealWay, int], ...]:
    counts: Counter[MealWay] = Counter()
    for one in lines:
        counts[one.way] += one.quantity
    return tuple((way, counts[way]) for way in reversed(MealWay) if counts[way])


def _avoided(lines: Iterable[OrderLine]) -> tuple[tuple[str, int], ...]:
    counts: Counter[str] = Counter()
    for one in lines:
        counts.update(dict.fromkeys(words(one.avoids), one.quantity))
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
