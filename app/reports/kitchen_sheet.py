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
    return _drawn(data, _drawn(data, 0).page).sheet.finish()


@dataclass
class _Print:
    """The sheet being drawn; `pages` is 0 while they are only counted."""

    sheet: Sheet
    data: KitchenSheet
    pages: int
    page: int = 1


def _drawn(data: KitchenSheet, pages: int) -> _Print:
    sheet = Sheet(f"{TITLE}　{data.when}", author=one_line(data.office), size=A4)
    paper = _Print(sheet, data, pages)
    y = _draw_head(sheet, data)
    y = _draw_counts(paper, y)
    y = _draw_clashes(paper, y)
    _draw_special(paper, y)
    _draw_foot(paper)
    sheet.end_page()
    return paper


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


def _draw_counts(paper: _Print, y: float) -> float:
    sheet, data = paper.sheet, paper.data
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
    return _draw_rows(paper, table, list(table.set_rows(rows)), y) - 14


def _count_row(one: CountLine, planned: bool) -> tuple[str, ...]:
    figures = (str(figure) if figure else "" for figure in one.figures)
    return (
        one.name,
        *figures,
        str(sum(one.figures)),
        *((one.planned,) if planned else ()),
    )


def _draw_clashes(paper: _Print, y: float) -> float:
    sheet, data = paper.sheet, paper.data
    if not data.clashes:
        return y
    y = _room(paper, y, 40)
    sheet.text(_SIDE, y - 14, "忌口和菜谱冲突，请换菜", Face.HEI, 14, ink=RED)
    y -= 34
    for words in data.clashes:
        lines = wrap(words, Face.SONG, 12.5, _WIDTH - 12)
        y = _room(paper, y, 18 * len(lines))
        sheet.text(_SIDE, y, "・", Face.SONG, 12.5)
        y = sheet.lines(_SIDE + 12, y, lines, 12.5, 18)
    return y - 4


def _draw_special(paper: _Print, y: float) -> None:
    sheet, data = paper.sheet, paper.data
    if not data.special:
        return
    y = _room(paper, y, 60)
    sheet.text(_SIDE, y - 14, f"饮食有要求的 {len(data.special)} 份餐盒", Face.HEI, 14)
    table = Table(_SPECIAL, width=_WIDTH, size=_USUAL, row_height=8 * MM)
    _draw_rows(paper, table, list(table.set_rows(data.special)), y - 24)


def _draw_rows(paper: _Print, table: Table, rows: list[Row], y: float) -> float:
    """As many as the sheet has room for, the others on the next."""
    while rows:
        room, taken = y - _BOTTOM - 8 * MM - table.head, 0
        while taken < len(rows) and sum(row.height for row in rows[: taken + 1]) <= room:
            taken += 1
        if not taken:
            y = _turn(paper)
            continue
        y = table.draw(paper.sheet, _SIDE, y, rows[:taken])
        rows = rows[taken:]
        if rows:
            y = _turn(paper)
    return y


def _room(paper: _Print, y: float, need: float) -> float:
    return y if y - need > _BOTTOM + 8 * MM else _turn(paper)


def _turn(paper: _Print) -> float:
    """The next sheet says what it belongs to."""
    sheet = paper.sheet
    _draw_foot(paper)
    sheet.end_page()
    paper.page += 1
    y = A4[1] - _TOP - 14
    sheet.text(_SIDE, y, f"{TITLE}（续）", Face.HEI, 14)
    sheet.text(A4[0] - _SIDE, y, paper.data.when, Face.HEI, 14, align="right")
    return y - 14


def _draw_foot(paper: _Print) -> None:
    sheet, data = paper.sheet, paper.data
    right = A4[0] - _SIDE
    words = f"{one_line(data.office)}　{printed(data.printed_on, data.printed_by)}"
    sheet.text(_SIDE, _BOTTOM, words, Face.SONG, _SMALL, ink=GREY)
    if paper.pages > 1:
        page = f"第 {paper.page} 页　共 {paper.pages} 页"
        sheet.text(right, _BOTTOM, page, Face.SONG, _SMALL, align="right", ink=GREY)
