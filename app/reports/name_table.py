"""Tables with names already in and room to write beside them: 签到表, 领取签字表 and the like.

Above the table stands what it is for, with rules to write on where nothing was typed; below the
last row those sign who answer for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.headline import headline
from app.reports.missing import refuse
from app.reports.page import A4, A4_LANDSCAPE, GREY, MM, PALE, Sheet
from app.reports.table import Column, Row, Table, say_empty
from app.reports.text import Line, text_width, wrap
from app.reports.words import printed
from app.values.stamp import Stamp

_SIDE = 14 * MM
_TOP = 14 * MM
_BOTTOM = 9 * MM
_SIGNING = 13 * MM
_USUAL = 10.5
"""Size of the type in the rows, in points"""
_FACTS_ABREAST = 2

Fact = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class NameTable:
    """One table; every row holds a text for each column, '' where something is written by hand."""

    office: str
    title: str
    facts: tuple[Fact, ...]
    """Label and value, two abreast; an empty value leaves a rule to write on"""
    filter_words: str
    count_words: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    row_height: float
    """mm, at least"""
    printed_on: date
    printed_by: str
    photos: Sequence[bytes | None] | None = None
    """For each row, in the column called 照片"""
    totals: tuple[str, ...] | None = None
    signers: tuple[str, ...] = ()
    note: str = ""
    landscape: bool = False
    size: float = _USUAL
    """Of the type in the rows, in points; a list on the wall is read from afar"""
    stamp: Stamp | None = None
    """Where whole numbers stand on it"""
    nothing: str = "没有符合条件的居民"
    """What stands there without rows"""


def numbered(rows: Sequence[Sequence[str]], columns: int, blank: int) -> list[tuple[str, ...]]:
    """Rows with their number in front, and `blank` rows more for whoever else comes."""
    lines = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    first = len(lines) + 1
    empty = ("",) * (columns - 1)
    return lines + [(str(number), *empty) for number in range(first, first + blank)]


def people_words(count: int, blank: int) -> str:
    """共 32 人; nothing where the form has only rows to write on."""
    return "" if blank and not count else f"共 {count:,} 人"


def render(data: NameTable) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    return render_all([data])


def render_all(tables: Sequence[NameTable]) -> bytes:
    """One after the other, each with pages of its own; the first gives shape and title."""
    first = tables[0]
    size = A4_LANDSCAPE if first.landscape else A4
    sheet = Sheet(first.title, author=first.office, size=size, stamp=first.stamp)
    for one in tables:
        _check(one)
        _draw_table(sheet, one, size)
    return sheet.finish()


def _draw_table(sheet: Sheet, data: NameTable, size: tuple[float, float]) -> None:
    plan = _Plan(data, *size)
    pages = plan.table.pages(plan.table.set_rows(data.rows), plan.room)
    done = 0
    for number, rows in enumerate(pages, start=1):
        last = number == len(pages)
        _draw_head(sheet, plan, f"第 {number} 页　共 {len(pages)} 页")
        bottom = _draw_rows(sheet, plan, rows, done, plan.total if last else None)
        if last:
            _draw_signers(sheet, plan, bottom)
        _draw_foot(sheet, plan)
        sheet.end_page()
        done += len(rows)


def _check(data: NameTable) -> None:
    """Raises MissingGlyph for all rows at once: one batch, one list of what to correct."""
    titles = [column.title for column in data.columns]
    require((data.title, data.office, data.filter_words, data.count_words, data.printed_by))
    require((*titles, *data.signers, data.note, *(data.totals or ())))
    require(text for fact in data.facts for text in fact)
    if common(text for row in data.rows for text in row):
        return
    name = next((titles.index(title) for title in ("姓名", "户主") if title in titles), 0)
    refuse(place for row in data.rows for place in unknown(row, whose=row[name]))


class _Sizes:
    """Type of the other parts, in points: it grows with that of the rows."""

    def __init__(self, rows: float) -> None:
        self.scale = scale = rows / _USUAL
        self.title, self.title_leading = 18.0 * scale, 24.0 * scale
        self.fact, self.fact_leading = 11.0 * scale, 18.0 * scale
        self.small, self.small_leading = 9.0 * scale, 12.0 * scale


class _Plan:
    """What is the same on every page, set once."""

    def __init__(self, data: NameTable, width: float, height: float) -> None:
        self.data = data
        self.sizes = _Sizes(data.size)
        self.width = width - 2 * _SIDE
        self.title = headline(one_line(data.title), self.width / self.sizes.title)
        self.facts = [self._set_fact(fact) for fact in data.facts]
        self._set_words(data)
        self.office = wrap(one_line(data.office), Face.SONG, self.sizes.small, self.width * 0.38)
        room = self.width - max(line.width for line in self.office) - 12 * MM
        self.note = wrap(one_line(data.note), Face.SONG, self.sizes.small, room)
        self.top = height - _TOP - self._head_height()
        row_height = data.row_height * MM
        self.table = Table(data.columns, width=self.width, size=data.size, row_height=row_height)
        self.total = self.table.total(data.totals) if data.totals and data.rows else None
        foot = max(len(self.note), len(self.office)) * self.sizes.small_leading + 2 * MM
        room = self.top - _BOTTOM - foot - self.table.head
        # Kept free on every page, so that signers and totals never stand without a row.
        self.room = room - (self.total.height if self.total else 0)
        self.room -= _SIGNING if data.signers else 0

    def _set_fact(self, fact: Fact) -> tuple[str, float, list[Line]]:
        label = f"{one_line(fact[0])}："
        taken = text_width(label, Face.HEI, self.sizes.fact)
        room = self.width / _FACTS_ABREAST - taken - 5 * MM
        return label, taken, wrap(one_line(fact[1]), Face.SONG, self.sizes.fact, room)

    def _set_words(self, data: NameTable) -> None:
        by_whom = printed(data.printed_on, data.printed_by)
        self.printed = wrap(by_whom, Face.SONG, self.sizes.small, self.width * 0.4)
        taken = max(line.width for line in self.printed) + 28 * MM * self.sizes.scale
        parts = [part for part in map(one_line, (data.filter_words, data.count_words)) if part]
        self.words = wrap("　".join(parts), Face.SONG, self.sizes.small, self.width - taken)

    def fact_rows(self) -> list[list[tuple[str, float, list[Line]]]]:
        """The facts two abreast."""
        return [
            self.facts[i : i + _FACTS_ABREAST] for i in range(0, len(self.facts), _FACTS_ABREAST)
        ]

    def _head_height(self) -> float:
        facts = sum(_fact_height(self.sizes, row) for row in self.fact_rows())
        below = max(len(self.words), len(self.printed))
        return (
            len(self.title) * self.sizes.title_leading
            + facts
            + below * self.sizes.small_leading
            + 3 * MM
        )


def _fact_height(sizes: _Sizes, row: Sequence[tuple[str, float, list[Line]]]) -> float:
    return max(len(lines) for _, _, lines in row) * sizes.fact_leading


def _draw_head(sheet: Sheet, plan: _Plan, page: str) -> None:
    y = sheet.height - _TOP - plan.sizes.title * 0.9
    for words in plan.title:
        sheet.text(sheet.width / 2, y, words, Face.TITLE, plan.sizes.title, align="center")
        y -= plan.sizes.title_leading
    for row in plan.fact_rows():
        _draw_facts(sheet, plan, y, row)
        y -= _fact_height(plan.sizes, row)
    right = sheet.width - _SIDE
    sheet.lines(_SIDE, y, plan.words, plan.sizes.small, plan.sizes.small_leading, ink=GREY)
    width = sheet.text(right, y, page, Face.SONG, plan.sizes.small, align="right", ink=GREY)
    for line in plan.printed:
        sheet.line(right - width - 4 * MM - line.width, y, line, plan.sizes.small, ink=GREY)
        y -= plan.sizes.small_leading


def _draw_facts(
    sheet: Sheet, plan: _Plan, y: float, row: Sequence[tuple[str, float, list[Line]]]
) -> None:
    for place, (label, taken, lines) in enumerate(row):
        x = _SIDE + place * plan.width / _FACTS_ABREAST
        sheet.text(x, y, label, Face.HEI, plan.sizes.fact)
        if any(line.text for line in lines):
            sheet.lines(x + taken, y, lines, plan.sizes.fact, plan.sizes.fact_leading)
        else:
            end = x + plan.width / _FACTS_ABREAST - 5 * MM
            sheet.rule(x + taken, y - 2, end, y - 2, ink=GREY)


def _draw_rows(sheet: Sheet, plan: _Plan, rows: list[Row], done: int, total: Row | None) -> float:
    bottom = plan.table.draw(sheet, _SIDE, plan.top, rows, total)
    if not rows:
        return say_empty(sheet, _SIDE, bottom, plan.width, plan.data.nothing)
    if plan.data.photos is not None:
        _draw_photos(sheet, plan, rows, plan.data.photos[done : done + len(rows)])
    return bottom


def _draw_photos(
    sheet: Sheet, plan: _Plan, rows: Sequence[Row], photos: Sequence[bytes | None]
) -> None:
    titles = [column.title for column in plan.data.columns]
    left, width = plan.table.cell(titles.index("照片"))
    y = plan.top - plan.table.head
    for row, photo in zip(rows, photos, strict=False):
        y -= row.height
        x, inside = _SIDE + left + MM, width - 2 * MM
        if photo and not sheet.picture(photo, x, y + MM, inside, row.height - 2 * MM):
            middle = (x + inside / 2, y + row.height / 2 - 3)
            sheet.text(*middle, "照片损坏", Face.SONG, 8, align="center", ink=PALE)


def _draw_signers(sheet: Sheet, plan: _Plan, bottom: float) -> None:
    y, signers = bottom - 9 * MM, plan.data.signers
    for place, name in enumerate(signers):
        x = _SIDE + place * plan.width / len(signers)
        taken = sheet.text(x, y, f"{one_line(name)}：", Face.SONG, plan.sizes.fact)
        # The last rule ends where the table does.
        gap = 0 if place == len(signers) - 1 else 6 * MM
        end = x + plan.width / len(signers) - gap
        sheet.rule(x + taken, y - 2, end, y - 2)


def _draw_foot(sheet: Sheet, plan: _Plan) -> None:
    y = _BOTTOM + (max(len(plan.note), len(plan.office)) - 1) * plan.sizes.small_leading
    sheet.lines(_SIDE, y, plan.note, plan.sizes.small, plan.sizes.small_leading, ink=GREY)
    for line in plan.office:
        sheet.line(sheet.width - _SIDE - line.width, y, line, plan.sizes.small, ink=GREY)
        y -= plan.sizes.small_leading
