"""一周菜谱: the coloured poster for the wall, A4 or A3 lying; a column for each day.

Letters behind a dish are its set meals, small figures what it contains (domain.md 4.5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.headline import headline
from app.reports.page import A3_LANDSCAPE, A4_LANDSCAPE, GREY, MM, PALE, RED, WASH, Ink, Sheet
from app.reports.text import text_width, wrap
from app.reports.words import long_date
from app.values.days import weekday

TITLE = "一周菜谱"
_WHITE: Ink = (1, 1, 1)
_AMBER: Ink = (0.84, 0.46, 0.08)
_MEAL_INKS: tuple[tuple[Ink, Ink], ...] = (
    ((0.84, 0.46, 0.08), (1.0, 0.965, 0.9)),
    ((0.1, 0.48, 0.25), (0.93, 0.97, 0.94)),
    ((0.122, 0.373, 0.659), (0.93, 0.955, 0.985)),
)
_KIND_INKS: tuple[Ink, ...] = (
    (0.78, 0.06, 0.08),
    (0.9, 0.5, 0.1),
    (0.16, 0.56, 0.24),
    (0.12, 0.45, 0.7),
    (0.62, 0.45, 0.2),
    (0.6, 0.3, 0.6),
    (0.5, 0.5, 0.5),
)
_LARGEST, _LEADING, _LOOSEST = 13.5, 1.42, 2.6
_SIDE, _GUTTER = 9 * MM, 11 * MM


@dataclass(frozen=True, slots=True)
class MenuDish:
    """红烧带鱼, 荤菜, AB, (鱼)."""

    name: str
    kind: str
    sets: str = ""
    allergens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuMeal:
    """午餐, 11:00–12:30, and its dishes in order."""

    period: str
    hours: str
    dishes: tuple[MenuDish, ...]


@dataclass(frozen=True, slots=True)
class MenuDay:
    """A day with the meals of the canteen, the same on all days."""

    day: date
    meals: tuple[MenuMeal, ...]


@dataclass(frozen=True, slots=True)
class SetPrice:
    """A, 12.00, 一荤两素."""

    letter: str
    price: str
    words: str = ""

    @property
    def line(self) -> str:
        """A 餐 12.00 元 一荤两素."""
        return f"{self.letter} 餐 {self.price} 元 {one_line(self.words)}".strip()


@dataclass(frozen=True, kw_only=True)
class WeekMenu:
    """The days that have a menu; `kinds` in the order of their colours."""

    office: str
    canteen: str
    days: Sequence[MenuDay]
    kinds: Sequence[str]
    allergens: Sequence[str]
    """In the order of their figures"""
    sets: Sequence[SetPrice] = ()
    phone: str = ""
    printed_on: date
    large: bool = False
    """A3"""


def check(data: WeekMenu) -> None:
    """MissingGlyph names what no font has."""
    require((data.office, data.canteen, data.phone, *data.kinds, *data.allergens))
    require(one.line for one in data.sets)
    require(dish.name for day in data.days for meal in day.meals for dish in meal.dishes)


def span_of(data: WeekMenu) -> str:
    """2026年11月16日至22日."""
    first, last = data.days[0].day, data.days[-1].day
    if first == last:
        return long_date(first)
    month = f"{last.month}月" if first.month != last.month else ""
    return f"{long_date(first)}至{month}{last.day}日"


def render(data: WeekMenu) -> bytes:
    """One page; many dishes make the type smaller, few make it larger."""
    check(data)
    size = A3_LANDSCAPE if data.large else A4_LANDSCAPE
    sheet = Sheet(f"{data.canteen}{TITLE}", author=one_line(data.office), size=size)
    plan = _Poster(sheet, data, size[0] / A4_LANDSCAPE[0])
    plan.draw()
    sheet.end_page()
    return sheet.finish()


class _Poster:
    """Measures grow with the sheet; `k` is 1 on A4."""

    def __init__(self, sheet: Sheet, data: WeekMenu, k: float) -> None:
        self.sheet, self.data, self.k = sheet, data, k
        self.side, self.gutter = _SIDE * k, _GUTTER * k
        self.width = sheet.width - 2 * self.side
        self.column = (self.width - self.gutter) / len(data.days)
        self.figures = {word: number for number, word in enumerate(data.allergens, start=1)}
        self.inks = dict(zip(data.kinds, _KIND_INKS, strict=False))

    def draw(self) -> None:
        top = self._sets(self._title())
        bottom = self._foot()
        top = self._days(top)
        counts = [
            max(len(day.meals[number].dishes) for day in self.data.days)
            for number in range(len(self.data.days[0].meals))
        ]
        pad, room = 6 * self.k, top - bottom
        lines = sum(max(count, 2) for count in counts)
        leading = (room - 2 * pad * len(counts)) / lines
        size = min(_LARGEST * self.k, leading / _LEADING, self._evenly())
        leading = min(leading, size * _LOOSEST)
        for number, count in enumerate(counts):
            high = max(count, 2) * leading + 2 * pad
            self._meal(number, top, high, size, leading)
            top -= high

    # -- head and foot

    def _title(self) -> float:
        sheet, k = self.sheet, self.k
        size, middle = 27.0 * k, sheet.width / 2
        y = sheet.height - 9 * MM * k - size * 0.86
        words = f"{one_line(self.data.canteen)}{TITLE}"
        for line in headline(words, self.width * 0.62 / size):
            sheet.text(middle, y, line, Face.TITLE, size, align="center", ink=RED)
            y -= size * 1.18
        y += size * 1.18
        right = self.side + self.width
        sheet.text(right, y, span_of(self.data), Face.HEI, 11.5 * k, align="right")
        return y - 12 * k

    def _sets(self, top: float) -> float:
        """The prices of the set meals, one frame beside the other."""
        sheet, k, shown = self.sheet, self.k, self.data.sets
        if not shown:
            return top
        size, gap, high = 12.5 * k, 5 * k, 21 * k
        wide = (self.width - gap * (len(shown) - 1)) / len(shown)
        for number, one in enumerate(shown):
            x = self.side + number * (wide + gap)
            sheet.box(x, top - high, wide, high, fill=WASH)
            fit = min(size, size * (wide - 8 * k) / text_width(one.line, Face.HEI, size))
            middle = (x + wide / 2, top - high / 2 - fit * 0.36)
            sheet.text(*middle, one.line, Face.HEI, fit, align="center")
        return top - high - 6 * k

    def _foot(self) -> float:
        """What the marks mean, and whom to call; gives where the table may end."""
        sheet, k, data = self.sheet, self.k, self.data
        size, y = 9.0 * k, 7.5 * MM * k
        right = self.side + self.width
        signed = f"{one_line(data.office)}　{long_date(data.printed_on)}"
        sheet.text(self.side, y, signed, Face.SONG, size, ink=GREY)
        if data.phone:
            words = f"监督电话 {one_line(data.phone)}"
            sheet.text(right, y, words, Face.HEI, size * 1.35, align="right", ink=RED)
        lines = wrap(self._legend(), Face.SONG, size, self.width - self._kinds(size) - 8 * k)
        y += 14 * k + (len(lines) - 1) * size * 1.4
        self._draw_kinds(y, size)
        left = self.side + self._kinds(size) + 8 * k
        sheet.lines(left, y, lines, size, size * 1.4)
        return y + 11 * k

    def _legend(self) -> str:
        figures = "　".join(f"{number} {word}" for word, number in self.figures.items())
        told = f"小数字是致敏物：{figures}。" if figures else ""
        return f"菜名后的字母是所属套餐，没有字母的单点。{told}"

    def _kinds(self, size: float) -> float:
        """How wide the names of the colours are."""
        return sum(text_width(kind, Face.SONG, size) + size * 1.9 for kind in self.inks)

    def _draw_kinds(self, y: float, size: float) -> None:
        x = self.side
        for kind, ink in self.inks.items():
            self.sheet.box(x, y, size * 0.7, size * 0.7, fill=ink)
            x += size
            x += self.sheet.text(x, y, kind, Face.SONG, size) + size * 0.9

    # -- the table

    def _days(self, top: float) -> float:
        sheet, k = self.sheet, self.k
        high, size = 19 * k, 12.0 * k
        for number, one in enumerate(self.data.days):
            x = self.side + self.gutter + number * self.column
            ink = _AMBER if one.day.weekday() >= 5 else RED
            sheet.box(x + 0.8, top - high, self.column - 1.6, high, fill=ink)
            words = f"星期{weekday(one.day)} {one.day.month}月{one.day.day}日"
            middle = (x + self.column / 2, top - high / 2 - size * 0.36)
            sheet.text(*middle, words, Face.HEI, size, align="center", ink=_WHITE)
        return top - high - 2 * k

    def _meal(self, number: int, top: float, high: float, size: float, leading: float) -> None:
        sheet, k = self.sheet, self.k
        ink, ground = _MEAL_INKS[_place(self.data.days[0].meals[number].period)]
        low = top - high + 2 * k
        sheet.box(self.side, low, self.width, high - 2 * k, fill=ground)
        sheet.box(self.side, low, self.gutter - 1.5 * k, high - 2 * k, fill=ink)
        self._beside(self.data.days[0].meals[number], (top + low) / 2, high - 4 * k)
        for place, day in enumerate(self.data.days):
            x = self.side + self.gutter + place * self.column
            if place:
                sheet.rule(x, low, x, top, width=0.5 * k, ink=_WHITE)
            y = top - 6 * k - leading / 2 - size * 0.36
            for dish in day.meals[number].dishes:
                self._dish(dish, x, y, size)
                y -= leading
            if not day.meals[number].dishes:
                middle = (x + self.column / 2, y, "—", Face.SONG, size)
                sheet.text(*middle, align="center", ink=PALE)

    def _beside(self, meal: MenuMeal, middle: float, room: float) -> None:
        """午餐 written downwards at the left, its hours below; smaller beside few dishes."""
        sheet, hours = self.sheet, meal.hours.split("–") if meal.hours else []
        x = self.side + (self.gutter - 1.5 * self.k) / 2
        need = len(meal.period) * 13.0 * 1.15 + len(hours) * 9
        k = min(self.k, room / need)
        size = 13.0 * k
        y = middle + need * k / 2 - size
        for character in meal.period:
            sheet.text(x, y, character, Face.HEI, size, align="center", ink=_WHITE)
            y -= size * 1.15
        for words in hours:
            sheet.text(x, y + 3 * k, words, Face.SONG, 7.5 * k, align="center", ink=_WHITE)
            y -= 9 * k

    def _dish(self, dish: MenuDish, x: float, y: float, size: float) -> None:
        """A square in the colour of its kind, the name, figures, letters at the right."""
        sheet, k = self.sheet, self.k
        size = min(size, self._room() / self._wide(dish))
        side = size * 0.5
        sheet.box(x + 4 * k, y + size * 0.1, side, side, fill=self.inks.get(dish.kind, PALE))
        x_name = x + 4 * k + size * 0.85
        end = x_name + sheet.text(x_name, y, one_line(dish.name), Face.HEI, size)
        figures = (end + size * 0.1, y + size * 0.38, self._figures(dish), Face.SONG, size * 0.6)
        sheet.text(*figures, ink=GREY)
        right = x + self.column - 5 * k
        sheet.text(right, y, dish.sets, Face.HEI, size * 0.8, align="right", ink=GREY)

    def _room(self) -> float:
        return self.column - 9 * self.k

    def _wide(self, dish: MenuDish) -> float:
        """How much a dish takes in type of one point."""
        name = text_width(one_line(dish.name), Face.HEI, 1.0)
        figures = text_width(self._figures(dish), Face.SONG, 0.6)
        return 1.35 + name + figures + text_width(dish.sets, Face.HEI, 0.8)

    def _evenly(self) -> float:
        """The type in which nearly all dishes fit: only the longest ones are set smaller."""
        wide = sorted(
            self._wide(dish) for day in self.data.days for meal in day.meals for dish in meal.dishes
        )
        return self._room() / wide[len(wide) * 19 // 20]

    def _figures(self, dish: MenuDish) -> str:
        return ",".join(str(self.figures[one]) for one in dish.allergens if one in self.figures)


def _place(period: str) -> int:
    """Mornings amber, evenings blue, all else green."""
    return 0 if period.startswith("早") else 2 if period.startswith("晚") else 1
