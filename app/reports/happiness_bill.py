"""幸福账单: the poster for the notice board, A4 or A3 upright.

Large figures first, then who asked for what and where, then the matters themselves. It hangs in
public: whoever gathers the data has masked it (domain.md 10.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import charts
from app.reports.charts import Bar, Point, Share
from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.headline import headline
from app.reports.missing import refuse
from app.reports.page import A3, A4, GREY, MM, RED, Ink, Sheet
from app.reports.table import Column, Row, Table, say_empty
from app.reports.text import Line, text_width, wrap
from app.reports.words import long_date

TITLE = "幸福账单"
LIST_TITLE = "大家提的事，办得怎么样"
_LARGER: Ink = (0.1, 0.1, 0.1)
_MOST_BARS = 9
_COLUMNS = (
    Column("序号", 11, "center"),
    Column("地点", 20),
    Column("大家提的事", 48),
    Column("怎么办的", 50),
    Column("结果", 55),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A large number with its unit, and what it is."""

    number: str
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One line of the list, masked."""

    place: str
    matter: str
    way: str
    result: str


@dataclass(frozen=True, kw_only=True)
class HappinessBill:
    """Everything that stands on it; charts without rows are left out."""

    office: str
    community: str
    period: str
    """2026年11月, with the grids where not all are meant"""
    figures: tuple[Figure, ...]
    by_grid: tuple[Bar, ...] = ()
    by_category: tuple[Bar, ...] = ()
    satisfaction: tuple[Share, ...] = ()
    by_level: tuple[Share, ...] = ()
    by_month: tuple[Point, ...] = ()
    dangers: str = ""
    """平安日记里发现隐患 12 处，已整改 11 处。"""
    talked: str = ""
    """居民提议题 12 件，会上定了 5 项，办成 4 项。"""
    matters: tuple[Matter, ...] = ()
    solved: int = 0
    """How many are solved: the list may show fewer"""
    notes: tuple[str, ...] = ()
    """How it was counted"""
    contact: str = ""
    printed_on: date
    large: bool = False
    """A3"""


def render(data: HappinessBill) -> bytes:
    """The PDF; MissingGlyph names every matter with a character that no font has."""
    _check(data)
    scale = A3[0] / A4[0] if data.large else 1.0
    sheet = Sheet(f"{TITLE} {data.period}", author=data.office, size=A3 if data.large else A4)
    plan = _Plan(sheet, data, scale)
    top = plan.head(first=True)
    top = plan.figures(top)
    top = plan.charts(top)
    plan.matters(top)
    return sheet.finish()


def _check(data: HappinessBill) -> None:
    shown = [bar.label for bar in (*data.by_grid, *data.by_category)]
    head = (data.office, data.community, data.period, data.dangers, data.talked, data.contact)
    require((*head, *data.notes, *shown))
    texts = [(one.place, one.matter, one.way, one.result) for one in data.matters]
    if not common(text for row in texts for text in row):
        refuse(
            place
            for number, row in enumerate(texts, start=1)
            for place in unknown(row, whose=f"第 {number} 件")
        )


class _Plan:
    """Measures grow with the sheet; `k` is 1 on A4."""

    def __init__(self, sheet: Sheet, data: HappinessBill, k: float) -> None:
        self.sheet, self.data, self.k = sheet, data, k
        self.side = 14 * MM * k
        self.width = sheet.width - 2 * self.side
        self.size = 10.0 * k
        self.bottom = 11 * MM * k + self._notes_height()

    # -- head and foot

    def head(self, *, first: bool) -> float:
        """The title, large on the first page; gives where the next thing begins."""
        sheet, data, k = self.sheet, self.data, self.k
        middle, y = sheet.width / 2, sheet.height - 13 * MM * k
        title = f"{one_line(data.community)}{TITLE}"
        if not first:
            sheet.text(self.side, y, f"{title}　{one_line(data.period)}", Face.HEI, self.size)
            sheet.rule(
                self.side, y - 5 * k, self.side + self.width, y - 5 * k, width=1.2 * k, ink=RED
            )
            return y - 10 * k
        size = 34.0 * k
        lines = headline(title, self.width / size)
        y -= size * 0.62
        for words in lines:
            sheet.text(middle, y, words, Face.TITLE, size, align="center", ink=RED)
            y -= size * 1.2
        y += size * 1.2 - 24 * k
        for line in wrap(one_line(data.period), Face.HEI, 15 * k, self.width):
            sheet.line(middle - line.width / 2, y, line, 15 * k)
            y -= 20 * k
        y += 9 * k
        sheet.rule(self.side, y, self.side + self.width, y, width=2.0 * k, ink=RED)
        sheet.rule(self.side, y - 2.5 * k, self.side + self.width, y - 2.5 * k, width=0.5, ink=RED)
        return y - 10 * k

    def foot(self, page: int, pages: int) -> None:
        sheet, data, k = self.sheet, self.data, self.k
        size = 8.5 * k
        y = 8 * MM * k
        sheet.text(self.side, y, f"第 {page} 页　共 {pages} 页", Face.SONG, size, ink=GREY)
        words = f"{one_line(data.office)}　{long_date(data.printed_on)}"
        right = self.side + self.width
        sheet.text(right, y, words, Face.SONG, size, align="right", ink=GREY)
        y += 12.5 * k + (len(self._notes()) - 1) * 11.5 * k
        for line in self._notes():
            sheet.line(self.side, y, line, size, ink=GREY)
            y -= 11.5 * k

    def _notes(self) -> list[Line]:
        words = "".join((*self.data.notes, self.data.contact))
        return wrap(words, Face.SONG, 8.5 * self.k, self.width) if words else []

    def _notes_height(self) -> float:
        return (len(self._notes()) * 11.5 + 4) * self.k

    # -- figures

    def figures(self, top: float) -> float:
        """One box each, side by side."""
        sheet, k, shown = self.sheet, self.k, self.data.figures
        gap, high = 6 * k, 62 * k
        wide = (self.width - gap * (len(shown) - 1)) / len(shown)
        for place, figure in enumerate(shown):
            x = self.side + place * (wide + gap)
            sheet.box(x, top - high, wide, high, fill=(0.975, 0.965, 0.955))
            sheet.box(x, top - high, wide, 2.2 * k, fill=RED)
            self._number(x + wide / 2, top - 34 * k, figure, wide - 8 * k)
            label = (x + wide / 2, top - 52 * k, figure.label, Face.HEI, 10.5 * k)
            sheet.text(*label, align="center")
        return top - high - 12 * k

    def _number(self, middle: float, y: float, figure: Figure, room: float) -> None:
        big, small = 30.0 * self.k, 10.0 * self.k
        unit = text_width(figure.unit, Face.HEI, small) + (3 * self.k if figure.unit else 0)
        wide = text_width(figure.number, Face.TITLE, big)
        if wide + unit > room:
            big *= (room - unit) / wide
            wide = room - unit
        left = middle - (wide + unit) / 2
        self.sheet.text(left, y, figure.number, Face.TITLE, big, ink=_LARGER)
        self.sheet.text(left + wide + 3 * self.k, y, figure.unit, Face.HEI, small)

    # -- charts

    def charts(self, top: float) -> float:
        gap, half = 14 * self.k, (self.width - 14 * self.k) / 2
        left, right = self.side, self.side + half + gap
        grids, kinds = self.data.by_grid, _most(self.data.by_category)
        if grids or kinds:
            low = self._bars(left, top, half, "各网格（深色是办结的）", _most(grids))
            low = min(low, self._bars(right, top, half, "提的是哪些事", kinds))
            top = low - 8 * self.k
        if self.data.by_level or self.data.satisfaction:
            low = self._divided(left, top, half, "在哪一级解决的（件）", self.data.by_level)
            words = "回访时居民怎么说（件）"
            low = min(low, self._divided(right, top, half, words, self.data.satisfaction))
            top = low - 4 * self.k
        if len(self.data.by_month) > 1:
            top = self._heading(self.side, top, "逐月")
            high = 78 * self.k
            size = 9 * self.k
            points = self.data.by_month
            top = charts.months(self.sheet, self.side, top, self.width, high, points, size)
            top -= 6 * self.k
        for words in filter(None, (self.data.talked, self.data.dangers)):
            self.sheet.text(self.side, top - self.size, words, Face.HEI, self.size)
            top -= self.size + 10 * self.k
        return top

    def _bars(self, x: float, top: float, width: float, words: str, rows: Sequence[Bar]) -> float:
        if not rows:
            return top
        return charts.bars(self.sheet, x, self._heading(x, top, words), width, rows, 9.5 * self.k)

    def _divided(
        self, x: float, top: float, width: float, words: str, shares: Sequence[Share]
    ) -> float:
        if not shares:
            return top
        size = 9 * self.k
        return charts.divided(self.sheet, x, self._heading(x, top, words), width, shares, size)

    def _heading(self, x: float, top: float, words: str) -> float:
        size, k = 11.5 * self.k, self.k
        self.sheet.box(x, top - size * 1.02, 3 * k, size * 1.05, fill=RED)
        self.sheet.text(x + 7 * k, top - size * 0.9, words, Face.HEI, size)
        return top - size - 6 * k

    # -- the list

    def matters(self, top: float) -> None:
        """The list, over as many pages as it takes; foot and page numbers on each."""
        table = Table(_COLUMNS, width=self.width, size=9.5 * self.k, row_height=17 * self.k)
        rows = [
            (str(number), one.place, one.matter, one.way, one.result)
            for number, one in enumerate(self.data.matters, start=1)
        ]
        top = self._heading(self.side, top, self._list_words())
        pages = self._pages(table, list(table.set_rows(rows)), top - self.bottom)
        for number, part in enumerate(pages, start=1):
            if number > 1:
                top = self.head(first=False)
            if part or rows:
                if part:
                    table.draw(self.sheet, self.side, top, part)
            else:
                words = self._nothing()
                say_empty(self.sheet, self.side, top, self.width, words)
            self.foot(number, len(pages))
            self.sheet.end_page()

    def _pages(self, table: Table, rows: list[Row], room: float) -> list[list[Row]]:
        """The first page has the room that the charts leave, the others all of theirs."""
        first: list[Row] = []
        left = room - table.head
        while rows and rows[0].height <= left:
            left -= rows[0].height
            first.append(rows.pop(0))
        whole = self.sheet.height - 13 * MM * self.k - 10 * self.k - self.bottom - table.head
        return [first, *(table.pages(rows, whole) if rows else ())]

    def _list_words(self) -> str:
        shown = len(self.data.matters)
        if not shown or shown == self.data.solved:
            return LIST_TITLE
        return f"{LIST_TITLE}（办结 {self.data.solved:,} 件，列出 {shown:,} 件）"

    def _nothing(self) -> str:
        if self.data.solved:
            return "办结的事涉及个人，不在这里列出。"
        return "这段时间没有办结的诉求。有事请告诉网格员，办完了写在这里。"


def _most(rows: Sequence[Bar]) -> Sequence[Bar]:
    """The first ones, and the others in one: a board is read from two metres away."""
    if len(rows) <= _MOST_BARS:
        return rows
    rest = rows[_MOST_BARS - 1 :]
    part, whole = sum(row.part for row in rest), sum(row.whole for row in rest)
    other = Bar(f"另外 {len(rest)} 个", part, whole, bar_words(part, whole))
    return (*rows[: _MOST_BARS - 1], other)


def bar_words(part: int, whole: int) -> str:
    """办结 8/10; — where nothing was raised."""
    return f"办结 {part:,}/{whole:,}" if whole else "—"
