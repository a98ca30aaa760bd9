"""平安日记单: the sheet that is taken along to write on, or what was written on one day.

Kinds are written as the numbers at its foot, and typed back by the same numbers. Columns:
domain.md 6.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4_LANDSCAPE, GREY, MM, Sheet
from app.reports.table import Column, Row, Table
from app.reports.text import wrap
from app.reports.words import long_date, printed
from app.values.days import weekday

TITLE = "平安日记单"
INTERNAL = "内部资料，含个人信息，用后交回"
_SIDE = 12 * MM
_TOP = 12 * MM
_HEAD = 22 * MM
_FOOT = 9 * MM
_SIZE = 10.5
_LEGEND = 9.0
_COLUMNS = (
    Column("序", 8, "center"),
    Column("方式", 20),
    Column("走访的人、地点", 42),
    Column("类别", 20, "center"),
    Column("发现或反映", 68),
    Column("处理措施", 54),
    Column("隐患", 20, "center"),
    Column("结果", 36),
)
_WAYS = ("巡查", "入户", "电话")
_TO_TICK = "\n".join(f"□ {place} {way}" for place, way in enumerate(_WAYS, start=1))
_WRITTEN_ROW = 23.5 * MM
"""Room for two lines by hand."""
_FILLED_ROW = 9 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One line that was written; '' is left blank."""

    way: str
    met: str = ""
    category: str = ""
    seen: str = ""
    measures: str = ""
    hazard: str = ""
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class DiarySheet:
    """One day of one grid. Without `on_date` the day is written by hand."""

    office: str
    grid: str = ""
    member: str = ""
    on_date: date | None = None
    weather: str = ""
    weathers: Sequence[str] = ()
    """The boxes that can be ticked"""
    categories: Sequence[str] = ()
    hazards: Sequence[str] = ()
    """In the order of their numbers"""
    lines: Sequence[SheetLine] = ()
    blank_rows: int = 0
    printed_on: date
    printed_by: str


def render(data: DiarySheet) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=data.office, size=A4_LANDSCAPE)
    width = sheet.width - 2 * _SIDE
    legend = _legend(data, width)
    below = _FOOT + len(legend) * _LEGEND * 1.35 + 3 * MM
    table = Table(_COLUMNS, width=width, size=_SIZE, row_height=_FILLED_ROW)
    room = sheet.height - _TOP - _HEAD - table.head - below
    rows = [*table.set_rows(_filled(data)), *_blank(table, data)]
    pages = table.pages(rows, room)
    for number, some in enumerate(pages, start=1):
        words = f"第 {number} 页　共 {len(pages)} 页" if len(pages) > 1 else ""
        top = _draw_head(sheet, data, words)
        table.draw(sheet, _SIDE, top, some)
        _draw_foot(sheet, data, legend)
        sheet.end_page()
    return sheet.finish()


def _check(data: DiarySheet) -> None:
    require((data.office, data.grid, data.member, data.weather, data.printed_by))
    require((*data.categories, *data.hazards, *data.weathers))
    texts = [_texts(line) for line in data.lines]
    if not common(chain.from_iterable(texts)):
        refuse(chain.from_iterable(unknown(some, whose=some[0]) for some in texts))


def _texts(line: SheetLine) -> list[str]:
    return [line.met, line.category, line.seen, line.measures, line.hazard, line.outcome]


def _filled(data: DiarySheet) -> list[tuple[str, ...]]:
    return [
        (
            str(number),
            line.way,
            line.met,
            line.category,
            line.seen,
            line.measures,
            line.hazard,
            line.outcome,
        )
        for number, line in enumerate(data.lines, start=1)
    ]


def _blank(table: Table, data: DiarySheet) -> list[Row]:
    first = len(data.lines) + 1
    empty = ("",) * (len(_COLUMNS) - 2)
    texts = [(str(number), _TO_TICK, *empty) for number in range(first, first + data.blank_rows)]
    return [Row(row.cells, max(row.height, _WRITTEN_ROW)) for row in table.set_rows(texts)]


def _draw_head(sheet: Sheet, data: DiarySheet, page: str) -> float:
    """Title, office, and the day with its weather; gives where the table begins."""
    top, right = sheet.height - _TOP, sheet.width - _SIDE
    sheet.spaced(sheet.width / 2, top - 16, TITLE, Face.TITLE, 18, 4)
    sheet.text(_SIDE, top - 14, data.office, Face.SONG, 10)
    sheet.text(right, top - 14, page, Face.SONG, 10, align="right")
    y = top - _HEAD + 3 * MM
    x = _draw_fact(sheet, _SIDE, y, "日期", _day(data.on_date), 0)
    x += sheet.text(x, y, _weather(data), Face.SONG, 11) + 7 * MM
    x = _draw_fact(sheet, x, y, "网格", data.grid, 30 * MM)
    _draw_fact(sheet, x, y, "网格员", data.member, right - x - 16 * MM)
    return top - _HEAD


def _draw_fact(sheet: Sheet, x: float, y: float, label: str, value: str, room: float) -> float:
    """Where nothing is known there is a line of `room` to write on."""
    x += sheet.text(x, y, f"{label}：", Face.HEI, 11)
    taken = sheet.text(x, y, value, Face.SONG, 11) if value else 0.0
    if room:
        sheet.rule(x, y - 2.5, x + max(room, taken), y - 2.5)
    return x + max(room, taken) + 7 * MM


def _day(day: date | None) -> str:
    if day is None:
        return "　　　　年　　月　　日　星期　"
    return f"{long_date(day)}　星期{weekday(day)}"


def _weather(data: DiarySheet) -> str:
    """□ 晴 ☑ 多云 …; one that has no box stands alone."""
    if data.weather and data.weather not in data.weathers:
        return f"天气：{data.weather}"
    ticks = (f"{'■' if one == data.weather else '□'} {one}" for one in data.weathers)
    return "天气：" + "　".join(ticks)


def _legend(data: DiarySheet, width: float) -> list[str]:
    """The numbers of the kinds, as they are written in the columns."""
    found = []
    for label, names in (("类别", data.categories), ("隐患", data.hazards)):
        if names:
            numbered = "　".join(f"{place} {name}" for place, name in enumerate(names, start=1))
            found += [line.text for line in wrap(f"{label}：{numbered}", Face.SONG, _LEGEND, width)]
    return found


def _draw_foot(sheet: Sheet, data: DiarySheet, legend: Sequence[str]) -> None:
    y = _FOOT + (len(legend) - 1) * _LEGEND * 1.35 + 2.5 * MM
    for words in legend:
        sheet.text(_SIDE, y, words, Face.SONG, _LEGEND)
        y -= _LEGEND * 1.35
    by_whom = printed(data.printed_on, data.printed_by)
    right = sheet.width - _SIDE
    sheet.text(_SIDE, _FOOT - 1.5 * MM, INTERNAL, Face.SONG, 8.5, ink=GREY)
    sheet.text(right, _FOOT - 1.5 * MM, by_whom, Face.SONG, 8.5, align="right", ink=GREY)
