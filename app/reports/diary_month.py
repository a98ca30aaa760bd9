"""平安日记 of a month, printed: its days with what was seen on each, and the counts at the end.

Names are whole: it stays in the office (domain.md 10.2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.reports.clean import one_line
from app.reports.diary_sheet import INTERNAL, SheetLine
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import GREY, MM, PALE, WASH, Sheet
from app.reports.text import Line, wrap
from app.reports.words import printed
from app.values.days import weekday

TITLE = "平安日记"
_SIDE = 20 * MM
_TOP = 18 * MM
_HEAD = 21 * MM
_FOOT = 14 * MM
_SIZE = 10.5
_LEADING = _SIZE * 1.45
_BAND = 8 * MM
_INDENT = 20 * MM
_GAP = 2.2 * MM
_PICTURE = 26 * MM


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthLine:
    """A line of a day; `photos` are JPEG, only where they are to be printed."""

    line: SheetLine
    period: str = ""
    grid: str = ""
    member: str = ""
    settled: str = ""
    """已销号 11-20, 待销号, or ''"""
    request: str = ""
    photos: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthDay:
    """One day with its lines in the order in which they were written."""

    day: date
    weather: str
    lines: Sequence[MonthLine]


@dataclass(frozen=True, kw_only=True)
class DiaryMonth:
    """`filter_words` say whose: 第三网格，孙丽."""

    office: str
    year: int
    month: int
    filter_words: str
    days: Sequence[MonthDay]
    counts: Sequence[tuple[str, int]]
    """What the month comes to: 巡查 12, 入户 5, 隐患 3"""
    printed_on: date
    printed_by: str


def render(data: DiaryMonth) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    _check(data)
    sheet = Sheet(f"{TITLE} {data.year}年{data.month}月", author=data.office)
    writer = _Writer(sheet, data)
    for day in data.days:
        writer.day(day)
    if not data.days:
        writer.nothing()
    writer.counts()
    writer.end()
    return sheet.finish()


def _check(data: DiaryMonth) -> None:
    require((data.office, data.filter_words, data.printed_by))
    texts = [_texts(day, line) for day in data.days for line in day.lines]
    if not common(chain.from_iterable(texts)):
        refuse(chain.from_iterable(unknown(some, whose=some[0]) for some in texts))


def _texts(day: MonthDay, it: MonthLine) -> list[str]:
    line = it.line
    kinds = [line.category, line.hazard, line.outcome, it.grid, it.member, it.request]
    return [line.met, line.seen, line.measures, *kinds, day.weather]


class _Writer:
    """Where the next thing goes; a new page when it has no room."""

    def __init__(self, sheet: Sheet, data: DiaryMonth) -> None:
        self._sheet, self._data = sheet, data
        self._width = sheet.width - 2 * _SIDE
        self._page = 0
        self._y = 0.0
        self._begin_page()

    def day(self, day: MonthDay) -> None:
        """A band with the date; it never stands alone at the foot of a page."""
        first = _height(self._blocks(day.lines[0])) if day.lines else 0.0
        if self._room() < _BAND + min(first, 40 * MM):
            self._turn_page()
        self._band(day, again=False)
        for number, line in enumerate(day.lines, start=1):
            self._line(day, number, line)

    def nothing(self) -> None:
        middle = self._sheet.width / 2
        words = "这个月还没有日记"
        self._y -= 20 * MM
        self._sheet.text(middle, self._y, words, Face.SONG, 12, align="center", ink=PALE)

    def counts(self) -> None:
        """The month in one line."""
        words = "　".join(f"{name} {number:,} 条" for name, number in self._data.counts)
        if not words:
            return
        lines = wrap(f"本月：{words}", Face.HEI, _SIZE, self._width)
        if self._room() < len(lines) * _LEADING + 8 * MM:
            self._turn_page()
        self._y -= 5 * MM
        right = self._sheet.width - _SIDE
        self._sheet.rule(_SIDE, self._y, right, self._y, width=0.9)
        self._y -= 6 * MM
        self._y = self._sheet.lines(_SIDE, self._y, lines, _SIZE, _LEADING)

    def end(self) -> None:
        self._end_page()

    # -- pages

    def _room(self) -> float:
        return self._y - _FOOT - 4 * MM

    def _begin_page(self) -> None:
        sheet, data = self._sheet, self._data
        self._page += 1
        top, right = sheet.height - _TOP, sheet.width - _SIDE
        if self._page > 1:
            self._y = top
            return
        sheet.spaced(sheet.width / 2, top - 15, TITLE, Face.TITLE, 20, 6)
        y = top - _HEAD + 6 * MM
        sheet.text(_SIDE, y, data.office, Face.SONG, 10.5)
        whose = f"{data.year}年{data.month}月　{one_line(data.filter_words)}"
        sheet.text(right, y, whose, Face.SONG, 10.5, align="right")
        self._y = top - _HEAD + 2 * MM

    def _turn_page(self) -> None:
        self._end_page()
        self._begin_page()

    def _end_page(self) -> None:
        sheet, data = self._sheet, self._data
        y, right = _FOOT - 4 * MM, sheet.width - _SIDE
        by_whom = printed(data.printed_on, data.printed_by)
        sheet.text(_SIDE, y, INTERNAL, Face.SONG, 8.5, ink=GREY)
        middle = sheet.width / 2
        sheet.text(middle, y, f"第 {self._page} 页", Face.SONG, 8.5, align="center", ink=GREY)
        sheet.text(right, y, by_whom, Face.SONG, 8.5, align="right", ink=GREY)
        sheet.end_page()

    # -- days and lines

    def _band(self, day: MonthDay, *, again: bool) -> None:
        sheet = self._sheet
        low = self._y - _BAND - _GAP
        sheet.box(_SIDE, low, self._width, _BAND - 1.2 * MM, fill=WASH)
        on = day.day
        words = f"{on.month}月{on.day}日　星期{weekday(on)}　{day.weather}".rstrip("　")
        words += "（续）" if again else ""
        sheet.text(_SIDE + 2 * MM, low + 2 * MM, words, Face.HEI, 11.5)
        count = f"{len(day.lines)} 条"
        right = sheet.width - _SIDE - 2 * MM
        sheet.text(right, low + 2 * MM, count, Face.SONG, 9.5, align="right", ink=GREY)
        self._y = low - 1.5 * MM

    def _line(self, day: MonthDay, number: int, it: MonthLine) -> None:
        head = f"{number}. {it.line.way}"
        blocks = self._blocks(it)
        # No line begins at the foot of a page with its first row alone.
        if self._room() < min(_height(blocks), 3 * _LEADING):
            self._turn_page()
            self._band(day, again=True)
        for place, (label, lines) in enumerate(blocks):
            for row, line in enumerate(lines):
                if self._room() < _LEADING:
                    self._turn_page()
                    self._band(day, again=True)
                self._y -= _LEADING
                if place == 0 and row == 0:
                    self._sheet.text(_SIDE + 2 * MM, self._y, head, Face.HEI, _SIZE)
                elif label and row == 0:
                    x = _SIDE + _INDENT - 1.5 * MM
                    self._sheet.text(x, self._y, label, Face.SONG, 9.5, align="right", ink=GREY)
                self._sheet.line(_SIDE + _INDENT, self._y, line, _SIZE)
        self._pictures(day, it.photos)
        self._y -= _GAP

    def _pictures(self, day: MonthDay, photos: Sequence[bytes]) -> None:
        if not photos:
            return
        if self._room() < _PICTURE + 2 * MM:
            self._turn_page()
            self._band(day, again=True)
        self._y -= _PICTURE + 2 * MM
        wide = (self._width - _INDENT) / 4
        for place, jpeg in enumerate(photos[:4]):
            left = _SIDE + _INDENT + place * wide
            self._sheet.picture(jpeg, left, self._y, wide - 2 * MM, _PICTURE)

    def _blocks(self, it: MonthLine) -> list[tuple[str, list[Line]]]:
        """Label and set lines: whom first, what was seen, what was done."""
        line = it.line
        where = "　".join(part for part in (it.period, it.grid, it.member) if part)
        kinds = "　".join(
            part
            for part in (
                line.category,
                f"隐患：{line.hazard}" if line.hazard else "",
                line.outcome,
                it.settled,
                f"诉求 {it.request}" if it.request else "",
            )
            if part
        )
        told = (
            ("", "　".join(part for part in (line.met, where) if part)),
            ("发现", line.seen),
            ("处理", line.measures),
            ("结果", kinds),
        )
        room = self._width - _INDENT
        blocks = [(label, wrap(words, Face.SONG, _SIZE, room)) for label, words in told if words]
        return blocks or [("", wrap("", Face.SONG, _SIZE, room))]


def _height(blocks: Iterable[tuple[str, list[Line]]]) -> float:
    return sum(len(lines) for _, lines in blocks) * _LEADING
