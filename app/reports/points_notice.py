"""积分公示: what everybody had, earned and spent in a month, for the board, A4 or A3 upright.

The columns of domain.md 3.5; names come masked. Many stand in two lists side by side, so that a
month of three hundred people hangs on four sheets; few stand in one, in type that is read from
two metres away. The sums stand at the foot of the last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.headline import headline
from app.reports.missing import refuse
from app.reports.page import A3, A4, GREY, MM, PALE, RED, WASH, Sheet
from app.reports.table import Column, Row, Table, say_empty
from app.reports.text import wrap
from app.reports.words import long_date

TITLE = "积分公示"
_FIGURES = ("上月结余", "本月新增", "本月兑换", "本月结余")
_SIDE, _TOP, _BOTTOM, _GAP = 12 * MM, 12 * MM, 9 * MM, 5 * MM
_TITLE_SIZE, _SIZE, _SMALL = 24.0, 9.5, 9.0
_SUMS_SIZE = 12.5
_ROW = 5.6 * MM
_CLOSEST = (2, 1.0)
_ROOMIER = ((1, 1.8), (1, 1.5), (1, 1.2), (2, 1.25), (2, 1.1))
"""Lists side by side and how much larger their type is, where the sheets have room for it"""
_FEW = 150
"""Longer lists fill their sheets anyhow."""


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One account: its name masked, its points."""

    name: str
    opening: int
    added: int
    taken: int
    closing: int


@dataclass(frozen=True, kw_only=True)
class PointsNotice:
    """The list of a month; `sums` is the line below it."""

    office: str
    shop: str
    """海棠社区积分超市"""
    month: str
    """2026年11月"""
    lines: tuple[NoticeLine, ...]
    sums: NoticeLine
    public: str
    """公示期 2026年12月2日至12月7日"""
    notes: tuple[str, ...]
    signed_by: str = ""
    draft: str = ""
    """还没有月结，数字会变; '' once it is closed"""
    printed_on: date
    large: bool = False
    """A3"""


def render(data: PointsNotice) -> bytes:
    """The PDF; MissingGlyph names the lines with a character that no font has."""
    _check(data)
    sheet = Sheet(f"{data.month}{TITLE}", author=data.office, size=A3 if data.large else A4)
    _roomiest(sheet, data, A3[0] / A4[0] if data.large else 1.0).draw()
    return sheet.finish()


def _roomiest(sheet: Sheet, data: PointsNotice, k: float) -> "_Plan":
    """The largest type that needs no more sheets than the smallest."""
    closest = _Plan(sheet, data, k, *_CLOSEST)
    if len(data.lines) > _FEW:
        return closest
    plans = (_Plan(sheet, data, k, *one) for one in _ROOMIER)
    return next((one for one in plans if len(one.pages) == len(closest.pages)), closest)


def _check(data: PointsNotice) -> None:
    require((data.office, data.shop, data.month, data.public, data.signed_by, data.draft))
    require(data.notes)
    if not common(line.name for line in data.lines):
        refuse(
            place
            for number, line in enumerate(data.lines, start=1)
            for place in unknown((line.name,), whose=f"第 {number} 行")
        )


class _Plan:
    """Measures grow with the sheet, `k` is 1 on A4; the type of the lists by `grow` besides."""

    def __init__(
        self, sheet: Sheet, data: PointsNotice, k: float, abreast: int, grow: float
    ) -> None:
        self.sheet, self.data, self.k = sheet, data, k
        self.side = _SIDE * k
        self.width = sheet.width - 2 * self.side
        self.abreast = abreast
        gaps = _GAP * k * (self.abreast - 1)
        self.table = Table(
            _columns(narrow=self.abreast > 1),
            width=(self.width - gaps) / self.abreast,
            size=_SIZE * k * grow,
            row_height=_ROW * k * grow,
        )
        self.notes = wrap("".join(data.notes), Face.SONG, _SMALL * k, self.width)
        self.foot = _BOTTOM * k + 5 * MM * k
        self.last = 27 * MM * k + len(self.notes) * _SMALL * 1.35 * k
        rows = list(self.table.set_rows(map(_texts, enumerate(data.lines, start=1))))
        self.pages = self._pages(rows)

    def draw(self) -> None:
        """All pages; the last one keeps room for the sums and those who sign."""
        for number, lists in enumerate(self.pages, start=1):
            top = self._head(first=number == 1)
            bottom = self._lists(lists, top)
            if number == len(self.pages):
                self._close(bottom if self.data.lines else bottom - 4 * MM * self.k)
            self._foot(number, len(self.pages))
            self.sheet.end_page()

    # -- the lists

    def _pages(self, rows: list[Row]) -> list[list[list[Row]]]:
        """Pages of lists of rows: down the left list first, then the right one."""
        pages: list[list[list[Row]]] = []
        while True:
            room = self._room(first=not pages)
            page, left = self._filled(rows, room - self.last)
            if not left:
                return [*pages, self._balanced(page)]
            page, left = self._filled(rows, room)
            if not left:
                # They would fill the sheet: the last two go on to where the sums stand.
                page, left = self._filled(rows[:-2], room)[0], rows[-2:]
            pages.append(page)
            rows = left

    def _filled(self, rows: list[Row], room: float) -> tuple[list[list[Row]], list[Row]]:
        lists: list[list[Row]] = []
        rest = rows
        for _ in range(self.abreast):
            part: list[Row] = []
            used = self.table.head
            while len(part) < len(rest) and used + rest[len(part)].height <= room:
                used += rest[len(part)].height
                part.append(rest[len(part)])
            lists.append(part)
            rest = rest[len(part) :]
        return lists, rest

    def _balanced(self, lists: list[list[Row]]) -> list[list[Row]]:
        """The last page has both lists of the same length."""
        rows = [row for part in lists for row in part]
        half = -(-len(rows) // self.abreast)
        return [rows[place * half : (place + 1) * half] for place in range(self.abreast)]

    def _room(self, *, first: bool) -> float:
        return self.sheet.height - self._head_height(first=first) - self.foot

    def _lists(self, lists: Sequence[list[Row]], top: float) -> float:
        if not any(lists):
            return say_empty(self.sheet, self.side, top, self.width, "这个月没有积分账目")
        bottom = top
        for place, rows in enumerate(lists):
            if rows:
                x = self.side + place * (self.table.width + _GAP * self.k)
                bottom = min(bottom, self.table.draw(self.sheet, x, top, rows))
        return bottom

    # -- head and foot

    def _titles(self) -> list[str]:
        words = f"{one_line(self.data.shop)}{self.data.month}{TITLE}"
        return headline(words, self.width / (_TITLE_SIZE * self.k))

    def _head_height(self, *, first: bool) -> float:
        if not first:
            return (_TOP + 7 * MM) * self.k
        lines = len(self._titles()) * _TITLE_SIZE * 1.25 + 20 + (16 if self.data.draft else 0)
        return (_TOP + lines + 2 * MM) * self.k

    def _head(self, *, first: bool) -> float:
        sheet, data, k = self.sheet, self.data, self.k
        y = sheet.height - _TOP * k
        if first:
            self._masthead(y)
        else:
            words = f"{one_line(data.shop)}{data.month}{TITLE}（续）"
            sheet.text(self.side, y - 10 * k, words, Face.HEI, 11 * k)
        return sheet.height - self._head_height(first=first)

    def _masthead(self, y: float) -> None:
        sheet, data, k = self.sheet, self.data, self.k
        middle = sheet.width / 2
        for words in self._titles():
            y -= _TITLE_SIZE * 1.05 * k
            sheet.text(middle, y, words, Face.TITLE, _TITLE_SIZE * k, align="center", ink=RED)
            y -= _TITLE_SIZE * 0.2 * k
        y -= 14 * k
        if data.draft:
            sheet.text(middle, y, f"（{data.draft}）", Face.HEI, 11 * k, align="center", ink=RED)
            y -= 16 * k
        words = f"{len(data.lines):,} 个账户　单位：分　{one_line(data.public)}"
        sheet.text(middle, y, words, Face.SONG, 11 * k, align="center")

    def _close(self, bottom: float) -> None:
        """Sums as an equation, notes, and room for those who sign."""
        sheet, data, k = self.sheet, self.data, self.k
        high = 10 * MM * k
        y = bottom - 3 * MM * k - high
        sheet.box(self.side, y, self.width, high, fill=WASH, stroke=0.9)
        sums = data.sums
        words = (
            f"合计　上月结余 {sums.opening:,} ＋ 本月新增 {sums.added:,} － "
            f"本月兑换 {sums.taken:,} ＝ 本月结余 {sums.closing:,}"
        )
        size = _SUMS_SIZE * k
        sheet.text(
            sheet.width / 2, y + high / 2 - size * 0.38, words, Face.HEI, size, align="center"
        )
        y -= 5 * MM * k
        y = sheet.lines(self.side, y, self.notes, _SMALL * k, _SMALL * 1.35 * k)
        self._signers(y - 4.5 * MM * k)

    def _signers(self, y: float) -> None:
        sheet, k = self.sheet, self.k
        size, third = 11 * k, self.width / 3
        for place, name in enumerate(("审核签字", "经办", "居民监督员")):
            x = self.side + place * third
            taken = sheet.text(x, y, f"{name}：", Face.SONG, size)
            sheet.rule(x + taken, y - 2, x + third - 6 * MM * k, y - 2)
        if self.data.signed_by:
            x = self.side + size * 5.2
            sheet.text(x, y, one_line(self.data.signed_by), Face.KAI, size, ink=PALE)

    def _foot(self, page: int, pages: int) -> None:
        sheet, k = self.sheet, self.k
        y, size = _BOTTOM * k, _SMALL * k
        sheet.text(self.side, y, f"第 {page} 页　共 {pages} 页", Face.SONG, size, ink=GREY)
        words = f"{one_line(self.data.office)}　{long_date(self.data.printed_on)}"
        right = self.side + self.width
        sheet.text(right, y, words, Face.SONG, size, align="right", ink=GREY)


def _columns(*, narrow: bool) -> tuple[Column, ...]:
    """Headings of narrow columns break between their words."""
    heads = [f"{head[:2]}\n{head[2:]}" if narrow else head for head in _FIGURES]
    figures = (Column(head, 17, "right") for head in heads)
    return (Column("序号", 11, "center"), Column("姓名", 24), *figures)


def _texts(numbered: tuple[int, NoticeLine]) -> tuple[str, ...]:
    number, line = numbered
    figures = (line.opening, line.added, line.taken, line.closing)
    return (str(number), line.name, *(f"{one:,}" for one in figures))
