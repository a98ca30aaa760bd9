"""积分存折: the lines of an account in large type, a sheet of A5 for twelve of them.

A sheet that is half full is put back into the printer: its new lines stand below those that are
there, and nothing else is drawn on it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, require, unknown
from app.reports.missing import refuse
from app.reports.page import GREY, MM, WASH, Sheet
from app.reports.text import text_width, wrap
from app.reports.words import printed

TITLE = "积分存折"
LINES_PER_PAGE = 12
_SIZE = (148 * MM, 210 * MM)
_SIDE = 9 * MM
_TOP = 12 * MM
_HEAD = 29 * MM
_ROW = 12.2 * MM
_STRIP = 8 * MM
_LARGE, _SMALL = 13.0, 11.0
_LEADING = 13.0
_FRAME, _HAIR = 0.9, 0.35
# Where a column ends, in mm from the left edge of the table.
_EDGES = (28.0, 80.0, 95.0, 110.0, 130.0)
_HEADINGS = ("日期", "事项", "增加", "减少", "余额")
_PAD = 1.6 * MM


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of the account."""

    on_date: date
    matter: str
    added: str
    taken: str
    balance: str


@dataclass(frozen=True, slots=True)
class BookPage:
    """A sheet: the place of its first new line, counted from 0, and the new lines.

    From 0 it is a new sheet; otherwise it is one that is put back.
    """

    number: int
    first: int
    lines: Sequence[BookLine]


@dataclass(frozen=True, kw_only=True)
class Passbook:
    """Whose book it is, and what is to be printed of it now."""

    office: str
    name: str
    detail: str
    """Where they live, or 户内共用"""
    pages: Sequence[BookPage]
    printed_on: date
    printed_by: str


def render(data: Passbook) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    require((data.office, data.name, data.detail, data.printed_by))
    lines = [line for page in data.pages for line in page.lines]
    refuse(one for line in lines for one in unknown((line.matter,), whose=f"{line.on_date}"))
    sheet = Sheet(f"{TITLE} {one_line(data.name)}", author=data.office, size=_SIZE)
    for page in data.pages:
        if page.first == 0:
            _draw_form(sheet, data, page.number)
        for place, line in enumerate(page.lines, start=page.first):
            _draw_line(sheet, place, line)
        sheet.end_page()
    return sheet.finish()


def _top(sheet: Sheet) -> float:
    """The upper edge of the first line."""
    return sheet.height - _TOP - _HEAD - _STRIP


def _draw_form(sheet: Sheet, data: Passbook, number: int) -> None:
    """What a new sheet has beside its lines: whose it is, headings, and rules to its foot."""
    right, y = sheet.width - _SIDE, sheet.height - _TOP
    sheet.spaced(sheet.width / 2, y - 17, TITLE, Face.TITLE, 20, 8)
    taken = sheet.text(_SIDE, y - 44, one_line(data.name), Face.HEI, 16)
    sheet.text(_SIDE + taken + 4 * MM, y - 44, one_line(data.detail), Face.SONG, _SMALL)
    sheet.text(right, y - 44, f"第 {number} 页", Face.SONG, _LARGE, align="right")
    sheet.text(_SIDE, y - 66, one_line(data.office), Face.SONG, _SMALL, ink=GREY)
    _draw_rules(sheet)
    by_whom = printed(data.printed_on, data.printed_by)
    foot = _top(sheet) - LINES_PER_PAGE * _ROW - 13
    sheet.text(_SIDE, foot, "以社区台账为准；兑换积分不减少服务时长。", Face.SONG, 9, ink=GREY)
    sheet.text(right, foot, by_whom, Face.SONG, 9, align="right", ink=GREY)


def _draw_rules(sheet: Sheet) -> None:
    top, width = _top(sheet), _EDGES[-1] * MM
    bottom = top - LINES_PER_PAGE * _ROW
    sheet.box(_SIDE, top, width, _STRIP, fill=WASH)
    left = 0.0
    for edge, heading in zip(_EDGES, _HEADINGS, strict=True):
        middle = _SIDE + (left + edge) / 2 * MM
        sheet.text(middle, top + 2.4 * MM, heading, Face.HEI, _SMALL, align="center")
        left = edge
    levels = [top - place * _ROW for place in range(LINES_PER_PAGE)]
    across = [(_SIDE, y, _SIDE + width, y) for y in levels]
    down = [(_SIDE + x * MM, top + _STRIP, _SIDE + x * MM, bottom) for x in _EDGES[:-1]]
    sheet.rules(across + down, width=_HAIR, ink=GREY)
    sheet.box(_SIDE, bottom, width, top + _STRIP - bottom, stroke=_FRAME)


def _draw_line(sheet: Sheet, place: int, line: BookLine) -> None:
    low = _top(sheet) - (place + 1) * _ROW
    y = low + _ROW / 2 - 0.36 * _LARGE
    sheet.text(_SIDE + _PAD, y, f"{line.on_date:%y-%m-%d}", Face.SONG, _LARGE)
    _draw_matter(sheet, low, line.matter)
    for edge, figure in zip(_EDGES[2:], (line.added, line.taken, line.balance), strict=True):
        face = Face.HEI if edge == _EDGES[-1] else Face.SONG
        sheet.text(_SIDE + edge * MM - _PAD, y, figure, face, _LARGE, align="right")


def _draw_matter(sheet: Sheet, low: float, words: str) -> None:
    """In one line, smaller in two, and what is longer still ends in dots."""
    x, room = _SIDE + _EDGES[0] * MM + _PAD, (_EDGES[1] - _EDGES[0]) * MM - 2 * _PAD
    text = one_line(words)
    if text_width(text, Face.SONG, _LARGE) <= room:
        sheet.text(x, low + _ROW / 2 - 0.36 * _LARGE, text, Face.SONG, _LARGE)
        return
    while len(wrap(text, Face.SONG, _SMALL, room)) > 2:
        text = f"{text.removesuffix('…')[:-1]}…"
    lines = wrap(text, Face.SONG, _SMALL, room)
    sheet.lines(x, low + _ROW / 2 + 0.5 * _LEADING - 0.36 * _SMALL, lines, _SMALL, _LEADING)
