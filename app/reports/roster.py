"""居民花名册: any filtered list of residents, A4 landscape, with its count and filter in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4_LANDSCAPE, GREY, MM, Sheet
from app.reports.table import Column, Row, Table, say_empty
from app.reports.text import Line, wrap
from app.reports.words import long_date

TITLE = "居民花名册"
COLUMNS = (
    Column("序号", 11, "center"),
    Column("姓名", 30),
    Column("性别", 10, "center"),
    Column("出生 / 年龄", 29, "center"),
    Column("证件号", 39, "center"),
    Column("电话", 25, "center"),
    Column("住址", 38),
    Column("网格", 20, "center"),
    Column("标签", 46),
    Column("居住状态", 24, "center"),
)
_SIDE = 12 * MM
_TOP = 13 * MM
_FOOT = 9 * MM
_HEAD = 17 * MM
_LEADING = 13.0
_WARNING = "内含个人信息，只供社区工作使用，用后收好，不得拍照外传。"


@dataclass(frozen=True, kw_only=True)
class Roster:
    """The list as it is printed: `rows` hold one text for each column, in order."""

    office: str
    title: str
    filter_words: str
    people: int
    households: int | None
    rows: Sequence[Sequence[str]]
    printed_on: date
    printed_by: str
    columns: tuple[Column, ...] = COLUMNS
    rows_per_page: int = 25
    remark: str = ""


def render(data: Roster) -> bytes:
    """The PDF; MissingGlyph names every person with a character that no font has."""
    _check(data)
    width, height = A4_LANDSCAPE
    room = height - _TOP - _head_height(data) - _FOOT - 5 * MM
    row_height = (room - 8 * MM) / data.rows_per_page
    size = max(7.0, min(10.5, row_height * 0.56))
    table = Table(data.columns, width=width - 2 * _SIDE, size=size, row_height=row_height)
    pages = table.pages(table.set_rows(data.rows), room - table.heading.height)
    sheet = Sheet(data.title, author=data.office, size=A4_LANDSCAPE)
    for number, rows in enumerate(pages, start=1):
        _draw_page(sheet, data, table, rows, number, len(pages))
    return sheet.finish()


def _draw_page(
    sheet: Sheet, data: Roster, table: Table, rows: list[Row], number: int, count: int
) -> None:
    _draw_head(sheet, data)
    top = sheet.height - _TOP - _head_height(data)
    bottom = table.draw(sheet, _SIDE, top, rows)
    if not data.rows:
        say_empty(sheet, _SIDE, bottom, table.width, "没有符合条件的居民")
    _draw_foot(sheet, data, number, count)
    sheet.end_page()


def _check(data: Roster) -> None:
    """Raises MissingGlyph for all rows at once: one batch, one list of what to correct."""
    require((data.title, data.office, data.filter_words, data.printed_by, data.remark))
    if common(text for row in data.rows for text in row):
        return
    titles = [column.title for column in data.columns]
    name = titles.index("姓名") if "姓名" in titles else 0
    refuse(place for row in data.rows for place in unknown(row, whose=row[name]))


def _filter_lines(data: Roster) -> list[Line]:
    """What the list holds, beside the day of printing; the fewest lines that it needs."""
    words = f"{one_line(data.filter_words)}　{_count(data)}"
    return wrap(words, Face.SONG, 10, 190 * MM)


def _head_height(data: Roster) -> float:
    return _HEAD + (len(_filter_lines(data)) - 1) * _LEADING


def _draw_head(sheet: Sheet, data: Roster) -> None:
    top, right = sheet.height - _TOP, sheet.width - _SIDE
    sheet.text(sheet.width / 2, top - 16, data.title, Face.TITLE, 18, align="center")
    y = top - _HEAD + 2.2 * MM
    sheet.lines(_SIDE, y, _filter_lines(data), 10, _LEADING)
    printed = f"{long_date(data.printed_on)}　{one_line(data.printed_by)} 打印"
    sheet.text(right, y, printed, Face.SONG, 10, align="right")


def _count(data: Roster) -> str:
    people = f"共 {data.people:,} 人"
    return people if data.households is None else f"{people}，{data.households:,} 户"


def _draw_foot(sheet: Sheet, data: Roster, number: int, count: int) -> None:
    right = sheet.width - _SIDE
    notes = f"{_WARNING}{one_line(data.remark)}"
    sheet.text(_SIDE, _FOOT, notes, Face.SONG, 8.5, ink=GREY)
    middle = sheet.width / 2
    sheet.text(middle, _FOOT, f"第 {number} 页　共 {count} 页", Face.SONG, 9, align="center")
    sheet.text(right, _FOOT, data.office, Face.SONG, 8.5, align="right", ink=GREY)
