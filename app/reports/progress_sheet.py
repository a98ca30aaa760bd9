"""办理进度: how far everything has come that was decided, for the board, A4 across."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4_LANDSCAPE, GREY, MM, RED, Sheet
from app.reports.table import Column, Table, say_empty
from app.reports.words import long_date

TITLE = "决议办理进度"
_SIDE = 12 * MM
_TOP = 12 * MM
_HEAD = 21 * MM
_FOOT = 12 * MM
_COLUMNS = (
    Column("编号", 25, "center"),
    Column("事项", 36),
    Column("哪次会定的", 38),
    Column("责任人", 27),
    Column("期限", 22, "center"),
    Column("进度", 14, "center"),
    Column("最近的进展", 70),
    Column("评议", 27),
    Column("状态", 18, "center"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressLine:
    """One matter, masked."""

    number: str
    title: str
    meeting: str
    owner: str = ""
    due: str = ""
    percent: int = 0
    latest: str = ""
    said: str = ""
    state: str


@dataclass(frozen=True, kw_only=True)
class ProgressSheet:
    office: str
    filter_words: str = ""
    lines: Sequence[ProgressLine] = ()
    contact: str = ""
    printed_on: date


def render(data: ProgressSheet) -> bytes:
    """The PDF; MissingGlyph names every matter with a character that no font has."""
    _check(data)
    sheet = Sheet(TITLE, author=data.office, size=A4_LANDSCAPE)
    table = Table(_COLUMNS, width=sheet.width - 2 * _SIDE, size=10.5, row_height=9 * MM)
    room = sheet.height - _TOP - _HEAD - table.head - _FOOT
    pages = table.pages(table.set_rows(map(_cells, data.lines)), room)
    for number, some in enumerate(pages, start=1):
        top = sheet.height - _TOP - _HEAD
        _draw_head(sheet, data, f"第 {number} 页　共 {len(pages)} 页" if len(pages) > 1 else "")
        table.draw(sheet, _SIDE, top, some)
        if not data.lines:
            say_empty(sheet, _SIDE, top - table.head, table.width, "没有符合的决议")
        _draw_foot(sheet, data)
        sheet.end_page()
    return sheet.finish()


def _check(data: ProgressSheet) -> None:
    require((data.office, data.filter_words, data.contact))
    texts = [_cells(one) for one in data.lines]
    if not common(chain.from_iterable(texts)):
        refuse(chain.from_iterable(unknown(some, whose=some[0]) for some in texts))


def _cells(one: ProgressLine) -> tuple[str, ...]:
    return (
        one.number,
        one.title,
        one.meeting,
        one.owner,
        one.due,
        f"{one.percent}%",
        one.latest,
        one.said,
        one.state,
    )


def _draw_head(sheet: Sheet, data: ProgressSheet, page: str) -> None:
    top, right = sheet.height - _TOP, sheet.width - _SIDE
    sheet.spaced(sheet.width / 2, top - 18, TITLE, Face.TITLE, 20, 4)
    y = top - _HEAD + 4 * MM
    words = "　".join(part for part in (one_line(data.office), one_line(data.filter_words)) if part)
    sheet.text(_SIDE, y, words, Face.SONG, 10.5)
    sheet.text(right, y, page, Face.SONG, 10.5, align="right")
    sheet.rule(_SIDE, y - 2 * MM, right, y - 2 * MM, width=1.2, ink=RED)


def _draw_foot(sheet: Sheet, data: ProgressSheet) -> None:
    y = _FOOT - 5 * MM
    sheet.text(_SIDE, y, data.contact, Face.SONG, 9.5)
    day = f"截至{long_date(data.printed_on)}"
    sheet.text(sheet.width - _SIDE, y, day, Face.SONG, 9.5, align="right", ink=GREY)
