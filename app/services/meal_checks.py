"""What speaks against booking a meal: each a sentence with what to do (issue: bad input)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.errors import DomainError
from app.models import Departure, MealPeriod
from app.services import points_clock
from app.services.meal_pricing import MealInput, Place, PricedMeal
from app.services.people import ResidentGone
from app.services.points_lines import following, month_number
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.text import tidy


class SecondMeal(DomainError):
    """The person has a meal in this period already; `number` is its number."""

    def __init__(self, name: str, period: MealPeriod, number: str) -> None:
        super().__init__(
            f"{name}这一天的{period.label}已经记过（{number}）。"
            "记重了就不用再记；确实要再来一份的，写明原因，这一份不补贴。"
        )
        self.number = number


class GoneAlready(DomainError):
    """The person died or moved away before the day of the meal."""

    def __init__(self, name: str, what: str, since: date | None, on_date: date) -> None:
        day = f"于 {since:%Y-%m-%d} " if since else "经"
        super().__init__(
            f"{name}已{day}{what}，{on_date:%Y-%m-%d} 的餐不能记在本人名下。"
            "请核对日期和姓名；变动登记错了的，先到“居民”里撤回那次变动。"
        )


@dataclass(frozen=True, slots=True)
class Eater:
    """Who eats: the words for the sentence, and where he lives on this day."""

    name: str
    grid_id: int | None


def check_day(source: Source, meal: MealInput, place: Place, now: datetime) -> None:
    """Raises DomainError for a day to come, a period that is not offered, ClockWentBack."""
    if meal.on_date > now.date():
        raise DomainError(f"{meal.on_date:%Y-%m-%d} 还没有到，不能先记餐。请核对日期。")
    if not place.offered and not meal.given:
        raise DomainError(
            f"{place.name}不供应{meal.period.label}。请换一个餐次，或到“设置 · 食堂”里启用它。"
        )
    points_clock.check(source, now.date())


def eater(source: Source, meal: MealInput, *, gone_too: bool = False) -> Eater:
    """Who eats; raises GoneAlready, ResidentGone, and DomainError where nobody is named."""
    if (meal.resident_id is None) == (meal.guest is None):
        raise DomainError("请先找到这个人，或者按不记名的记。")
    if meal.guest is not None:
        return Eater(meal.guest.label, None)
    asked = query(_PERSON, "resident", [Sql("id = ?", (meal.resident_id,))])
    name, grid, deleted, departure, departed_on = next(
        lookup_of(source).rows(asked), (None, None, True, None, None)
    )
    if deleted:
        raise ResidentGone
    if departure is not None and not gone_too:
        since = date.fromisoformat(departed_on) if departed_on else None
        if since is None or since < meal.on_date:
            raise GoneAlready(name, _GONE[Departure(departure)], since, meal.on_date)
    return Eater(name, grid)


def check_second(meal: MealInput, eater: Eater, priced: PricedMeal) -> None:
    """Raises SecondMeal unless somebody said why."""
    if priced.same_period and not tidy(meal.exception):
        raise SecondMeal(eater.name, meal.period, priced.same_period)


def check_sold_out(source: Source, meal: MealInput, words: str) -> None:
    """Raises DomainError for a dish that is gone, or a set meal of which every dish is."""
    if meal.given:
        return
    menu = list(_menu(source, meal))
    over = {key: name for key, name, _, is_over in menu if is_over}
    for dish_id, _ in meal.extras:
        if dish_id in over:
            raise DomainError(f"{over[dish_id]}已经售完，请换一样。")
    letter = words[:1] if meal.set_meal_id is not None else ""
    of_set = [is_over for _, _, sets, is_over in menu if letter and letter in sets]
    if of_set and all(of_set):
        raise DomainError(f"{letter} 餐的菜已经全部售完，请换一个套餐。")


def claim_month(source: Source, canteen_id: int, on_date: date) -> int:
    """In whose claim a line stands: the month of its day, or the first after it that is open.

    A month is locked when its claim was submitted; what comes later is a difference.
    """
    month = month_number(on_date)
    sent = Sql("canteen_id = ? AND month >= ? AND submitted_at IS NOT NULL", (canteen_id, month))
    locked = set(lookup_of(source).column(query("month", "meal_claim", [sent])))
    while month in locked:
        month = following(month)
    return month


def _menu(source: Source, meal: MealInput) -> Iterator[tuple[int, str, str, bool]]:
    where = Sql(
        "m.canteen_id = ? AND m.on_date = ? AND m.period = ?",
        (meal.canteen_id, meal.on_date.isoformat(), meal.period.value),
    )
    asked = query(_DISH, "menu_dish m JOIN dish d ON d.id = m.dish_id", [where])
    return (
        (key, name, sets, bool(is_over))
        for key, name, sets, is_over in lookup_of(source).rows(asked)
    )


_GONE = {Departure.MOVED_OUT: "迁出", Departure.DIED: "去世"}
_PERSON = "name, grid_id, deleted_at IS NOT NULL, departure, departed_on"
_DISH = "m.dish_id, d.name, m.sets, m.sold_out_at IS NOT NULL"
