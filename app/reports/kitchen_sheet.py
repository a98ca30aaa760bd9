"""后厨备餐单: how many of which dish by diet, which dishes clash with 忌口, and whose boxes differ.

Hung up in the kitchen: figures are read from two metres away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.page import A4, GREY, MM, RED, Sheet
from app.reports.table import Column, Row, Table
from app.reports.text import wrap
from app.reports.words import printed

TITLE = "后厨备餐单"
_SIDE, _TOP, _BOTTOM = 15 * MM, 15 * MM, 13 * MM
_WIDTH = A4[0] - 2 * _SIDE
_LARGE, _USUAL, _SMALL = 15.0, 11.5, 9.0
_FEW = 8
"""So many columns have room for the larger type"""
_SPECIAL = (
    Column("路线", 22),
    Column("姓名", 26),
    Column("住址", 42),
    Column("套餐", 16, "center"),
    Column("份数", 14, "center"),
    Column("饮食要求", 34),
    Column("忌口", 34),
)


@dataclass(frozen=True, slots=True)
class CountLine:
    """红烧带鱼 with the portions of each diet; `planned` is what the menu plans, '' for nothing."""

    name: str
    figures: tuple[int, ...]
    planned: str = ""


@dataclass(frozen=True, kw_only=True)
class KitchenSheet:
    """One period of one day."""

    office: str
    canteen: str
    when: str
    """12月2日 星期三 午餐"""
    ready: str
    """10:50 出锅，12:50 前送完"""
    told: str
    """送餐 41 份，自取 5 份；堂食预计 150 人"""
    portions: int
    diets: tuple[str, ...]
    lines: Sequence[CountLine]
    clashes: Sequence[str]
    """陈桂芳（8 号楼 2-401，A 餐）忌鱼，红烧带鱼要换"""
    special: Sequence[tuple[str, ...]]
    """Route, name, place, set, portions, diet, 忌口"""
    printed_on: date
    printed_by: str


def render(data: KitchenSheet) -> bytes:
    """The PDF; MissingGlyph names what has characters that no font has."""
    require((data.office, data.canteen, data.when, data.ready, data.told, data.printed_by))
    require((*data.diets, *data.clashes, *(one.name for one in data.lines)))
    require(text for row in data.special for text in row)
    sheet = Sheet(f"{TITLE}　{data.when}", author=one_line(data.office), size=A4)
    y = _draw_head(sheet, data)
    y = _draw_counts(sheet, data, y)
    y = _draw_clashes(sheet, data, y)
    _draw_special(sheet, data, y)
    _draw_foot(sheet, data)
    sheet.end_page()
    return sheet.finish()


def _draw_head(sheet: Sheet, data: KitchenSheet) -> float:
    y = A4[1] - _TOP - 22
    sheet.text(_SIDE, y, TITLE, Face.TITLE, 24)
    right = A4[0] - _SIDE
    sheet.text(right, y, data.when, Face.HEI, 16, align="right")
    y -= 24
    sheet.text(_SIDE, y, data.canteen, Face.SONG, _USUAL, ink=GREY)
    sheet.text(right, y, data.ready, Face.SONG, _USUAL, align="right", ink=GREY)
    y -= 12
    sheet.rule(_SIDE, y, right, y, width=1.4)
    y -= 46
    taken = sheet.text(_SIDE, y, f"{data.portions}", Face.HEI, 40)
    sheet.text(_SIDE + taken + 6, y, "份订餐", Face.SONG, 16)
    sheet.text(right, y, data.told, Face.SONG, _LARGE, align="right")
    return y - 16


def _draw_counts(sheet: Sheet, data: KitchenSheet, y: float) -> float:
    if not data.lines:
        sheet.text(_SIDE, y - 20, "这一餐没有订餐。", Face.SONG, _LARGE, ink=GREY)
        return y - 40
    planned = any(one.planned for one in data.lines)
    # A diet of two words stands in two lines, not cut within one.
    columns = [Column("菜品", 46)]
    columns += [Column(diet.replace("、", "\n"), 20, "center") for diet in data.diets]
    columns.append(Column("合计", 18, "center"))
    if planned:
        columns.append(Column("全部备餐", 20, "center"))
    size = _LARGE if len(columns) <= _FEW else _USUAL
    table = Table(columns, width=_WIDTH, size=size, row_height=10 * MM)
    rows = [_count_row(one, planned) for one in data.lines]
    return _draw_rows(sheet, data, table, list(table.set_rows(rows)), y) - 14


def _count_row(one: CountLine, planned: bool) -> tuple[str, ...]:
    figures = (str(figure) if figure else "" for figure in one.figures)
    return (
        one.name,
        *figures,
        str(sum(one.figures)),
        *((one.planned,) if planned else ()),
    )


def _draw_clashes(sheet: Sheet, data: KitchenSheet, y: float) -> float:
    if not data.clashes:
        return y
    y = _room(sheet, data, y, 40)
    sheet.text(_SIDE, y - 14, "忌口和菜谱冲突，请换菜", Face.HEI, 14, ink=RED)
    y -= 34
    for words in data.clashes:
        lines = wrap(words, Face.SONG, 12.5, _WIDTH - 12)
        y = _room(sheet, data, y, 18 * len(lines))
        sheet.text(_SIDE, y, "・", Face.SONG, 12.5)
        y = sheet.lines(_SIDE + 12, y, lines, 12.5, 18)
    return y - 4


def _draw_special(sheet: Sheet, data: KitchenSheet, y: float) -> None:
    if not data.special:
        return
    y = _room(sheet, data, y, 60)
    sheet.text(_SIDE, y - 14, f"饮食有要求的 {len(data.special)} 份餐盒", Face.HEI, 14)
    table = Table(_SPECIAL, width=_WIDTH, size=_USUAL, row_height=8 * MM)
    _draw_rows(sheet, data, table, list(table.set_rows(data.special)), y - 24)


def _draw_rows(sheet: Sheet, data: KitchenSheet, table: Table, rows: list[Row], y: float) -> float:
    """As many as the sheet has room for, the others on the next."""
    while rows:
        room, taken = y - _BOTTOM - 8 * MM - table.head, 0
        while taken < len(rows) and sum(row.height for row in rows[: taken + 1]) <= room:
            taken += 1
        if not taken:
            y = _turn(sheet, data)
            continue
        y = table.draw(sheet, _SIDE, y, rows[:taken])
        rows = rows[taken:]
        if rows:
            y = _turn(sheet, data)
    return y


def _room(sheet: Sheet, data: KitchenSheet, y: float, need: float) -> float:
    return y if y - need > _BOTTOM + 8 * MM else _turn(sheet, data)


def _turn(sheet: Sheet, data: KitchenSheet) -> float:
    """The next sheet says what it belongs to."""
    _draw_foot(sheet, data)
    sheet.end_page()
    y = A4[1] - _TOP - 14
    sheet.text(_SIDE, y, f"{TITLE}（续）", Face.HEI, 14)
    sheet.text(A4[0] - _SIDE, y, data.when, Face.HEI, 14, align="right")
    return y - 14


def _draw_foot(sheet: Sheet, data: KitchenSheet) -> None:
    words = printed(data.printed_on, data.printed_by)
    sheet.text(_SIDE, _BOTTOM, one_line(data.office), Face.SONG, _SMALL, ink=GREY)
    sheet.text(A4[0] - _SIDE, _BOTTOM, words, Face.SONG, _SMALL, align="right", ink=GREY)
