"""Papers of the menu: the week for the wall and for the door, prices, the week as lines."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import DishKind, MealPeriod
from app.reports.door_menu import DoorMenu
from app.reports.price_list import MEALS_TITLE, PricedGoods, PriceList
from app.reports.week_menu import MenuDay, MenuDish, MenuMeal, SetPrice, WeekMenu
from app.services import canteens, dishes, menu_copy, menus
from app.services.canteens import PeriodView, SetView
from app.services.diners import words
from app.services.dishes import ALLERGENS, DishView
from app.services.menus import MenuLine
from app.services.papers import Printing, committee
from app.values.days import weekday
from app.values.money import yuan
from app.values.times import span_words

_SETS = "套餐"
_NOTE = "按补贴档次，本人实付以柜台告知为准。当日供应看一周菜谱，售完为止。"
HEADINGS = ("日期", "星期", "餐次", "类别", "菜名", "套餐", "备餐份数", "致敏物", "适合", "单点价")


def week(
    session: Session, canteen_id: int, monday: date, printing: Printing, *, large: bool = False
) -> WeekMenu:
    """The days of a week that have a menu; raises DomainError where none has."""
    lines = _lines(session, canteen_id, monday)
    days = sorted({one.on_date for one in lines})
    meals = _meals(session, canteen_id, lines)
    canteen = canteens.canteen(session, canteen_id)
    sets = [one for day in days for one in canteens.set_meals(session, canteen_id, day)]
    return WeekMenu(
        office=committee(session),
        canteen=canteen.name if canteen is not None else "",
        days=[_day(day, lines, meals) for day in days],
        kinds=[kind.label for kind in DishKind if any(one.kind is kind for one in lines)],
        allergens=_allergens(lines),
        sets=_prices(sets),
        phone=canteen.phone if canteen is not None else "",
        printed_on=printing.at.date(),
        large=large,
    )


def door(
    session: Session, canteen_id: int, monday: date, printing: Printing, *, per_page: int
) -> DoorMenu:
    """The same in large type; raises as `week`."""
    return DoorMenu(week=week(session, canteen_id, monday, printing), per_page=per_page)


def prices(session: Session, canteen_id: int, printing: Printing) -> PriceList:
    """What the set meals of today cost, and the dishes that are sold by themselves, by kind."""
    today = printing.at.date()
    canteen = canteens.canteen(session, canteen_id)
    sold = [one for one in dishes.dishes(session, on_offer_only=True) if one.price]
    by_kind = [
        (kind.label, [_priced(one) for one in sold if one.kind is kind]) for kind in DishKind
    ]
    sets = [_set_priced(one) for one in canteens.set_meals(session, canteen_id, today)]
    return PriceList(
        office=committee(session),
        shop=canteen.name if canteen is not None else "",
        groups=[(name, some) for name, some in ((_SETS, sets), *by_kind) if some],
        note=_NOTE,
        day=today,
        title=MEALS_TITLE,
        empty="还没有套餐，也没有单卖的菜",
    )


def week_rows(session: Session, canteen_id: int, monday: date) -> list[tuple[str, ...]]:
    """Every line of the menus of a week, for a file; raises as `week`."""
    return [
        (
            f"{one.on_date:%Y-%m-%d}",
            f"周{weekday(one.on_date)}",
            one.period.label,
            one.kind.label,
            one.name,
            one.sets,
            "" if one.planned is None else str(one.planned),
            one.allergens,
            one.suits,
            yuan(one.price) if one.price else "",
        )
        for one in _lines(session, canteen_id, monday)
    ]


def _lines(session: Session, canteen_id: int, monday: date) -> list[MenuLine]:
    """By day and period, in each by kind."""
    found = menus.lines(session, canteen_id, monday, monday + menu_copy.WEEK)
    if not found:
        raise DomainError("这一周还没有菜谱，先排好再拿出去。")
    return sorted(found, key=lambda one: (one.on_date, one.period.place, one.kind.place))


def _meals(session: Session, canteen_id: int, lines: Sequence[MenuLine]) -> dict[MealPeriod, str]:
    """The periods that the week has, with their hours."""
    offered: dict[MealPeriod, PeriodView] = {
        one.period: one for one in canteens.periods(session, canteen_id)
    }
    cooked = {one.period for one in lines}
    return {
        period: span_words(offered[period].opens, offered[period].closes)
        if period in offered
        else ""
        for period in MealPeriod
        if period in cooked
    }


def _day(day: date, lines: Sequence[MenuLine], meals: dict[MealPeriod, str]) -> MenuDay:
    return MenuDay(
        day,
        tuple(
            MenuMeal(
                period.label,
                hours,
                tuple(_dish(one) for one in lines if one.on_date == day and one.period is period),
            )
            for period, hours in meals.items()
        ),
    )


def _dish(one: MenuLine) -> MenuDish:
    return MenuDish(one.name, one.kind.label, one.sets, words(one.allergens))


def _allergens(lines: Sequence[MenuLine]) -> list[str]:
    """Those of the law in its order, then those of the house."""
    found = dict.fromkeys(word for one in lines for word in words(one.allergens))
    known = [word for word in ALLERGENS if word in found]
    return [*known, *(word for word in found if word not in ALLERGENS)]


def _prices(sets: Sequence[SetView]) -> list[SetPrice]:
    """Each price that the week has once."""
    found = dict.fromkeys((one.letter, yuan(one.price), one.words) for one in sets)
    return [SetPrice(*one) for one in sorted(found)]


def _priced(one: DishView) -> PricedGoods:
    holds = f"含{one.allergens}" if one.allergens else ""
    return PricedGoods(one.name, one.suits, yuan(one.price), "元", holds)


def _set_priced(one: SetView) -> PricedGoods:
    periods = "、".join(period.label for period in one.periods)
    return PricedGoods(f"{one.letter} 餐", one.words, yuan(one.price), "元", periods)
