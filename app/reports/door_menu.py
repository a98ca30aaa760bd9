"""大字菜谱: black on white A4 for the door, a day or two on a page, read from two metres."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.reports.clean import one_line
from app.reports.fonts import Face
from app.reports.page import A4, GREY, MM, Sheet
from app.reports.text import text_width, wrap
from app.reports.week_menu import MenuDay, MenuDish, MenuMeal, WeekMenu, check
from app.reports.words import long_date
from app.values.days import weekday

TITLE = "大字菜谱"
LARGEST = 34.0
_ENOUGH = 22.0
"""Smaller than that, dishes stand in two columns"""
_SIDE, _TOP, _FOOT = 16 * MM, 13 * MM, 11 * MM
_WIDTH = A4[0] - 2 * _SIDE
_GAP = 9 * MM
_LEADING = 1.42
_PRICE = 17.0


@dataclass(frozen=True, kw_only=True)
class DoorMenu:
    """The same as on the poster, `per_page` days on each page."""

    week: WeekMenu
    per_page: int = 1


def render(data: DoorMenu) -> bytes:
    """As many pages as the days need."""
    check(data.week)
    sheet = Sheet(f"{data.week.canteen}{TITLE}", author=one_line(data.week.office))
    days = data.week.days
    for first in range(0, len(days), data.per_page):
        shown = days[first : first + data.per_page]
        _page(sheet, data.week, shown, (A4[1] - _TOP - _foot_height(data.week)) / data.per_page)
        _draw_foot(sheet, data.week)
        sheet.end_page()
    return sheet.finish()


def _page(sheet: Sheet, week: WeekMenu, days: Sequence[MenuDay], room: float) -> None:
    top = A4[1] - _TOP
    for day in days:
        _day(sheet, week, day, top, room - (8 * MM if len(days) > 1 else 0))
        top -= room


def _day(sheet: Sheet, week: WeekMenu, day: MenuDay, top: float, room: float) -> None:
    """Weekday and date, then each meal that there is."""
    size = min(44.0, room * 0.075)
    words = f"星期{weekday(day.day)}　{day.day.month}月{day.day.day}日"
    y = top - size * 0.92
    sheet.text(_SIDE, y, words, Face.TITLE, size)
    right = (_SIDE + _WIDTH, y, one_line(week.canteen), Face.HEI, size * 0.45)
    sheet.text(*right, align="right")
    y -= size * 0.4
    sheet.rule(_SIDE, y, _SIDE + _WIDTH, y, width=2.4)
    meals = [meal for meal in day.meals if meal.dishes]
    left = room - (top - y)
    columns = 1 if _size(meals, left, 1) >= _ENOUGH else 2
    size = min(LARGEST, _size(meals, left, columns))
    for meal in meals:
        y = _meal(sheet, meal, y, size, columns)


def _size(meals: Sequence[MenuMeal], room: float, columns: int) -> float:
    """The type with which all meals fill the room."""
    lines = sum(-(-len(meal.dishes) // columns) + 1 for meal in meals)
    return room / (max(1, lines) * _LEADING + 0.5 * len(meals))


def _meal(sheet: Sheet, meal: MenuMeal, top: float, size: float, columns: int) -> float:
    """The name of the meal white on black, its dishes below; gives where it ends."""
    leading = size * _LEADING
    y = top - size * 0.25
    words = f"{meal.period} {meal.hours}".strip()
    head = size * 0.82
    wide = text_width(words, Face.HEI, head) + head
    sheet.box(_SIDE, y - leading * 0.92, wide, leading * 0.84, fill=(0, 0, 0))
    baseline = y - leading * 0.5 - head * 0.36
    sheet.text(_SIDE + head / 2, baseline, words, Face.HEI, head, ink=(1, 1, 1))
    y -= leading
    deep = -(-len(meal.dishes) // columns)
    column = (_WIDTH + _GAP) / columns - _GAP
    for number, dish in enumerate(meal.dishes):
        x = _SIDE + number // deep * (column + _GAP)
        baseline = y - number % deep * leading - leading * 0.5 - size * 0.36
        _dish(sheet, dish, x, baseline, column, size)
    return y - deep * leading - size * 0.25


def _dish(sheet: Sheet, dish: MenuDish, x: float, y: float, room: float, size: float) -> None:
    """Name, what it contains, and the letters of its sets at the right."""
    name, sets = one_line(dish.name), f"{dish.sets} 餐" if dish.sets else "单点"
    holds = f"含{'、'.join(dish.allergens)}" if dish.allergens else ""
    wide = text_width(name, Face.HEI, size) + text_width(sets, Face.HEI, size * 0.7)
    wide += text_width(holds, Face.HEI, size * 0.5) + size
    size *= min(1.0, room / wide)
    end = x + sheet.text(x, y, name, Face.HEI, size)
    sheet.text(end + size * 0.4, y, holds, Face.HEI, size * 0.5)
    sheet.text(x + room, y, sets, Face.HEI, size * 0.7, align="right")


def _prices(week: WeekMenu) -> str:
    return "　".join(one.line for one in week.sets)


def _foot_height(week: WeekMenu) -> float:
    lines = len(wrap(_prices(week), Face.HEI, _PRICE, _WIDTH)) if week.sets else 0
    return _FOOT + 16 + lines * _PRICE * 1.4


def _draw_foot(sheet: Sheet, week: WeekMenu) -> None:
    """Prices of the set meals, whom to call, who signs."""
    y = _foot_height(week) - _PRICE
    if week.sets:
        lines = wrap(_prices(week), Face.HEI, _PRICE, _WIDTH)
        sheet.lines(_SIDE, y, lines, _PRICE, _PRICE * 1.4)
    signed = f"{one_line(week.office)}　{long_date(week.printed_on)}"
    sheet.text(_SIDE, _FOOT - 6, signed, Face.SONG, 10.5, ink=GREY)
    if week.phone:
        words = f"监督电话 {one_line(week.phone)}"
        sheet.text(_SIDE + _WIDTH, _FOOT - 6, words, Face.HEI, 14, align="right")
