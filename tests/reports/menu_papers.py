"""The papers of 菜谱, with a dish whose name has a rare character."""

from datetime import date, timedelta

from app.reports.door_menu import DoorMenu
from app.reports.price_list import MEALS_TITLE, PricedGoods, PriceList
from app.reports.week_menu import MenuDay, MenuDish, MenuMeal, SetPrice, WeekMenu

OFFICE = "海湾街道望海社区居民委员会"
MONDAY = date(2026, 11, 16)


def meal(*names: str, period: str = "午餐", hours: str = "11:00–12:30") -> MenuMeal:
    """Every second dish has eggs in it and is sold by itself."""
    dishes = [
        MenuDish(name, "素菜" if at % 2 else "荤菜", "" if at % 2 else "AB", ("蛋",) * (at % 2))
        for at, name in enumerate(names)
    ]
    return MenuMeal(period, hours, tuple(dishes))


def week_menu(*names: str, days: int = 5, **changes: object) -> WeekMenu:
    dinner = meal("小米粥", "杂粮馒头", period="晚餐", hours="16:30–18:00")
    values: dict[str, object] = {
        "office": OFFICE,
        "canteen": "海棠食堂",
        "days": [
            MenuDay(MONDAY + timedelta(days=number), (meal(*names), dinner))
            for number in range(days)
        ],
        "kinds": ["荤菜", "素菜"],
        "allergens": ["鱼", "蛋"],
        "sets": [SetPrice("A", "12.00", "一荤两素"), SetPrice("B", "15.00", "两荤两素")],
        "phone": "0411-83120018",
        "printed_on": date(2026, 11, 13),
    }
    return WeekMenu(**(values | changes))


def door_menu(*names: str, per_page: int = 2) -> DoorMenu:
    return DoorMenu(week=week_menu(*names), per_page=per_page)


def meal_prices(*names: str) -> PriceList:
    sets = [PricedGoods("A 餐", "一荤两素", "12.00", "元", "午餐、晚餐")]
    return PriceList(
        office=OFFICE,
        shop="海棠食堂",
        groups=[
            ("套餐", sets),
            ("荤菜", [PricedGoods(name, "软食", "8.00", "元", "含鱼") for name in names]),
        ],
        note="本人实付以柜台告知为准。",
        day=date(2026, 11, 13),
        title=MEALS_TITLE,
    )
