"""Any table as paper: a register, a roster, what a screen shows. A4, lying or standing.

At the head of every page: what the list holds in words, how many, who printed it and when, and
which page of how many this is. Forty rows of one line each stand on a lying sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.headline import headline
from app.reports.missing import refuse
from app.reports.page import A4, A4_LANDSCAPE, GREY, MM, Sheet
from app.reports.table import Column, Row, Table, say_empty
from app.reports.text import Line, text_width, wrap
from app.reports.words import printed
from app.values.stamp import Stamp

TITLE = "清单"
ROWS_LYING, ROWS_STANDING = 40, 60
PERSONAL = "内含个人信息，只供社区工作使用，用后收好，不得拍照外传。"
_SIDE = 12 * MM
_TOP = 11 * MM
_BOTTOM = 8 * MM
_TITLE_SIZE, _HEAD_SIZE, _FOOT_SIZE = 16.0, 9.5, 8.5
_TITLE_LEADING, _HEAD_LEADING, _FOOT_LEADING = 21.0, 12.5, 11.0
_GAP = 2.2 * MM
# Type as large as the rows allow, and never too small to read on paper.
_LEAST, _MOST, _OF_ROW = 7.0, 10.0, 0.65


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The table as it is printed; every row and `totals` hold one text for each column."""

    office: str
    title: str
    filter_words: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    count_words: str
    """共 1,234 人，567 户"""
    printed_on: date
    printed_by: str
    totals: tuple[str, ...] | None = None
    landscape: bool = True
    note: str = ""
    """In small type at the foot of every page"""
    rows_per_page: int | None = None
    """None for 40 on a lying sheet, 60 on a standing one"""
    name_column: str = "姓名"
    """Heading of the column that tells whose row it is, when a row cannot be printed"""
    nothing: str = "没有符合条件的记录"
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""


def render(data: Listing) -> bytes:
    """The PDF; MissingGlyph names every row with a character that no font has."""
    _check(data)
    size = A4_LANDSCAPE if data.landscape else A4
    plan = _Plan(data, *size)
    pages = plan.table.pages(plan.table.set_rows(data.rows), plan.room)
    sheet = Sheet(data.title, author=data.office, size=size, stamp=data.stamp)
    for number, rows in enumerate(pages, start=1):
        last = number == len(pages)
        _draw_head(sheet, plan, f"第 {number} 页　共 {len(pages)} 页")
        _draw_table(sheet, plan, rows, total=plan.total if last else None)
        _draw_foot(sheet, plan)
        sheet.end_page()
    return sheet.finish()


class _Plan:
    """What is the same on every page, set once: head and foot in lines, the table's measures."""

    def __init__(self, data: Listing, width: float, height: float) -> None:
        self.width = width - 2 * _SIDE
        self.nothing = data.nothing
        self._set_head(data)
        self._set_foot(data)
        self.top = height - _TOP - self._head_height
        room = self.top - _BOTTOM - self._foot_height
        count = data.rows_per_page or (ROWS_LYING if data.landscape else ROWS_STANDING)
        self.table = self._fit_table(data, room, count)
        self.total = self.table.total(data.totals) if data.totals and data.rows else None
        # The totals have their place on every page: they never stand on a page of their own.
        self.room = room - self.table.head - (self.total.height if self.total else 0)

    def _set_head(self, data: Listing) -> None:
        beside = text_width("第 9999 页　共 9999 页", Face.SONG, _HEAD_SIZE) + 2 * _GAP
        widest = (self.width - 2 * beside) / _TITLE_SIZE
        self.title = headline(one_line(data.title), widest)
        by_whom = printed(data.printed_on, data.printed_by)
        self.printed = wrap(by_whom, Face.SONG, _HEAD_SIZE, self.width * 0.4)
        taken = max(line.width for line in self.printed) + 4 * _GAP
        self.words = self._set_words(data, self.width - taken)

    def _set_words(self, data: Listing, room: float) -> list[Line]:
        """Filter and count in one line; the count in a line of its own below a long filter."""
        parts = [part for part in map(one_line, (data.filter_words, data.count_words)) if part]
        lines = wrap("　".join(parts), Face.SONG, _HEAD_SIZE, room)
        return lines if len(lines) == 1 else wrap("\n".join(parts), Face.SONG, _HEAD_SIZE, room)

    @property
    def _head_height(self) -> float:
        below = max(len(self.words), len(self.printed))
        return len(self.title) * _TITLE_LEADING + below * _HEAD_LEADING + _GAP

    def _set_foot(self, data: Listing) -> None:
        self.note = wrap(one_line(data.note), Face.SONG, _FOOT_SIZE, self.width * 0.64)
        self.office = wrap(one_line(data.office), Face.SONG, _FOOT_SIZE, self.width * 0.34)

    @property
    def _foot_height(self) -> float:
        return max(len(self.note), len(self.office)) * _FOOT_LEADING + _GAP

    def _fit_table(self, data: Listing, room: float, count: int) -> Table:
        """The table with rows so high that `count` of them, heading and totals fill the page."""
        lines = 2 if data.totals else 1
        height = room / (count + lines)
        for _ in range(2):
            size = max(_LEAST, min(_MOST, height * _OF_ROW))
            table = Table(data.columns, width=self.width, size=size, row_height=height)
            # Below a very long filter there is room for fewer rows, never for smaller ones.
            height = max((room - table.head) / (count + lines - 1), _LEAST * 1.3)
        return Table(data.columns, width=self.width, size=size, row_height=height - 0.02)


def _check(data: Listing) -> None:
    """Raises MissingGlyph for all rows at once: one batch, one list of what to correct."""
    titles = [column.title for column in data.columns]
    head = (data.title, data.office, data.filter_words, data.count_words, data.printed_by)
    require((*head, data.note, *titles, *(data.totals or ())))
    if common(text for row in data.rows for text in row):
        return
    name = titles.index(data.name_column) if data.name_column in titles else 0
    refuse(place for row in data.rows for place in unknown(row, whose=row[name]))


def _draw_head(sheet: Sheet, plan: _Plan, page: str) -> None:
    middle, right = sheet.width / 2, sheet.width - _SIDE
    y = sheet.height - _TOP - _TITLE_SIZE + 1
    sheet.text(right, y, page, Face.SONG, _HEAD_SIZE, align="right")
    for words in plan.title:
        sheet.text(middle, y, words, Face.TITLE, _TITLE_SIZE, align="center")
        y -= _TITLE_LEADING
    y += _TITLE_LEADING - _HEAD_LEADING - 6
    sheet.lines(_SIDE, y, plan.words, _HEAD_SIZE, _HEAD_LEADING)
    for line in plan.printed:
        sheet.line(right - line.width, y, line, _HEAD_SIZE)
        y -= _HEAD_LEADING


def _draw_table(sheet: Sheet, plan: _Plan, rows: list[Row], total: Row | None) -> None:
    bottom = plan.table.draw(sheet, _SIDE, plan.top, rows, total)
    if not rows:
        say_empty(sheet, _SIDE, bottom, plan.width, plan.nothing)


def _draw_foot(sheet: Sheet, plan: _Plan) -> None:
    y = _BOTTOM + (max(len(plan.note), len(plan.office)) - 1) * _FOOT_LEADING
    sheet.lines(_SIDE, y, plan.note, _FOOT_SIZE, _FOOT_LEADING, ink=GREY)
    right = sheet.width - _SIDE
    for line in plan.office:
        sheet.line(right - line.width, y, line, _FOOT_SIZE, ink=GREY)
        y -= _FOOT_LEADING
