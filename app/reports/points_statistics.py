"""统计: figures of a period by several views, each with its sum; of 积分超市 and of 食堂.

Below the title stands the proof, then charts, then the tables; every table ends with the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import charts
from app.reports.charts import Bar, Point
from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.headline import headline
from app.reports.missing import refuse
from app.reports.page import A4, GREY, MM, WASH, Sheet
from app.reports.table import Column, Table, say_empty
from app.reports.text import text_width, wrap
from app.reports.words import printed

TITLE = "积分超市统计"
_SIDE, _TOP, _BOTTOM = 14 * MM, 14 * MM, 12 * MM
_TITLE_SIZE, _HEAD_SIZE, _SIZE, _SMALL = 20.0, 12.0, 10.0, 9.0
_PROOF_SIZE = 11.5
_ROW = 6.2 * MM
_MONTHS_HIGH = 42 * MM
_MONTHS = ("增加", "减少")


@dataclass(frozen=True, slots=True)
class Section:
    """One table: its name, headings, lines and the line of sums; () where they have none."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PointsStatistics:
    """Everything that stands on it; charts without rows are left out."""

    office: str
    period: str
    proof: tuple[str, ...]
    """期初结余 17,908 ＋ 增加 2,314 － 减少 1,820 ＝ 期末结余 18,402"""
    bars: tuple[Bar, ...] = ()
    months: tuple[Point, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    printed_on: date
    printed_by: str
    title: str = TITLE
    bars_title: str = "各类积分"
    months_title: str = "按月增减"
    month_names: tuple[str, str] = _MONTHS
    nothing: str = "这段时间没有积分账目"


def render(data: PointsStatistics) -> bytes:
    """The PDF; MissingGlyph names the lines with a character that no font has."""
    _check(data)
    pages = _drawn(data, 0).page
    return _drawn(data, pages).sheet.finish()


def _drawn(data: PointsStatistics, pages: int) -> "_Plan":
    """Everything on its sheets; how many there are is known once it was drawn."""
    plan = _Plan(data, pages)
    plan.title()
    plan.notes()
    plan.charts()
    for section in data.sections:
        plan.section(section)
    plan.end()
    return plan


def _check(data: PointsStatistics) -> None:
    require((data.title, data.office, data.period, data.printed_by, *data.proof, *data.notes))
    rows = [row for section in data.sections for row in section.rows]
    if not common(text for row in rows for text in row):
        refuse(place for row in rows for place in unknown(row, whose=row[0]))


class _Plan:
    """What is drawn goes down the sheet; what does not fit whole begins the next one."""

    def __init__(self, data: PointsStatistics, pages: int) -> None:
        self.data, self.pages = data, pages
        self.sheet = Sheet(f"{data.title} {data.period}", author=data.office, size=A4)
        self.width = self.sheet.width - 2 * _SIDE
        self.y = self.sheet.height - _TOP
        self.page = 1

    def end(self) -> None:
        """The last sheet is full."""
        self._foot()
        self.sheet.end_page()

    def title(self) -> None:
        words = f"{one_line(self.data.title)}　{one_line(self.data.period)}"
        for line in headline(words, self.width / _TITLE_SIZE):
            self.y -= _TITLE_SIZE
            middle = self.sheet.width / 2
            self.sheet.text(middle, self.y, line, Face.TITLE, _TITLE_SIZE, align="center")
            self.y -= _TITLE_SIZE * 0.25
        self.y -= 3 * MM
        high = (len(self.data.proof) * 6.5 + 3) * MM
        self.sheet.box(_SIDE, self.y - high, self.width, high, fill=WASH, stroke=0.9)
        for number, line in enumerate(self.data.proof):
            y = self.y - (number * 6.5 + 6.2) * MM
            words = one_line(line)
            wide = text_width(words, Face.HEI, _PROOF_SIZE) / (self.width - 6 * MM)
            size = _PROOF_SIZE / max(wide, 1.0)
            self.sheet.text(self.sheet.width / 2, y, words, Face.HEI, size, align="center")
        self.y -= high + 4.5 * MM

    def notes(self) -> None:
        """How it was counted: whoever doubts a figure can reckon it again."""
        lines = wrap("".join(self.data.notes), Face.SONG, _SMALL, self.width)
        self.y = self.sheet.lines(_SIDE, self.y, lines, _SMALL, _SMALL * 1.4, ink=GREY)
        self.y -= 2 * MM

    def charts(self) -> None:
        if self.data.bars:
            self._need(_HEAD_SIZE * 2 + len(self.data.bars) * _SIZE * 1.75)
            self._heading(self.data.bars_title)
            self.y = charts.bars(self.sheet, _SIDE, self.y, self.width, self.data.bars, _SIZE)
            self.y -= 4 * MM
        if len(self.data.months) > 1:
            self._need(_MONTHS_HIGH + _HEAD_SIZE * 2)
            self._heading(self.data.months_title)
            place = (_SIDE, self.y, self.width, _MONTHS_HIGH)
            charts.months(self.sheet, *place, self.data.months, _SIZE, self.data.month_names)
            self.y -= _MONTHS_HIGH + 4 * MM

    def section(self, section: Section) -> None:
        """A table with its heading; a long one goes on, with its headings, on the next sheet."""
        table = Table(_columns(section), width=self.width, size=_SIZE, row_height=_ROW)
        rows = list(table.set_rows(section.rows))
        total = table.total(section.total) if section.total else None
        under = total.height if total is not None else 0.0
        least = _HEAD_SIZE * 2 + table.head + under + sum(one.height for one in rows[:2])
        self._need(least)
        self._heading(section.title)
        if not rows:
            bottom = table.draw(self.sheet, _SIDE, self.y, [])
            self.y = say_empty(self.sheet, _SIDE, bottom, self.width, self.data.nothing)
        while rows:
            room = self.y - _BOTTOM - 6 * MM - table.head - under
            part = table.pages(rows, room)[0]
            rows = rows[len(part) :]
            end = None if rows else total
            self.y = table.draw(self.sheet, _SIDE, self.y, part, end)
            if rows:
                self._turn()
        self.y -= 6 * MM

    def _heading(self, words: str) -> None:
        self.sheet.text(_SIDE, self.y - _HEAD_SIZE, words, Face.HEI, _HEAD_SIZE)
        self.y -= _HEAD_SIZE * 1.7

    def _need(self, high: float) -> None:
        if self.y - high < _BOTTOM + 6 * MM:
            self._turn()

    def _turn(self) -> None:
        self.end()
        self.page += 1
        self.y = self.sheet.height - _TOP

    def _foot(self) -> None:
        sheet, data = self.sheet, self.data
        page = f"第 {self.page} 页　共 {self.pages} 页"
        sheet.text(_SIDE, _BOTTOM - 4 * MM, page, Face.SONG, _SMALL, ink=GREY)
        words = f"{one_line(data.office)}　{printed(data.printed_on, data.printed_by)}"
        right = _SIDE + self.width
        sheet.text(right, _BOTTOM - 4 * MM, words, Face.SONG, _SMALL, align="right", ink=GREY)


def _columns(section: Section) -> Sequence[Column]:
    """As wide as their longest figure: an amount is not torn apart."""
    first, *figures = section.headings
    lines = (section.headings, *section.rows, section.total)

    def wide(place: int) -> float:
        texts = (line[place] for line in lines if line)
        longest = max(text_width(one_line(text), Face.HEI, _SIZE) for text in texts)
        return max(18.0, longest / MM + 4)

    right = (Column(heading, wide(place), "right") for place, heading in enumerate(figures, 1))
    return (Column(first, 40), *right)
