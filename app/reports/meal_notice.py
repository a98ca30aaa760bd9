"""助餐补贴公示: what a month's subsidies came to by tier, and who ate how often, names masked.

No amount and no tier stands beside a name: what somebody gets tells what he lives on (domain.md
10.2). Four people abreast, by the pinyin of their names, in type that is read on a wall.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import claim_page
from app.reports.clean import one_line
from app.reports.fonts import common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4, MM, Sheet
from app.reports.table import Column, Row, Table, say_empty
from app.reports.words import long_date

TITLE = "助餐补贴公示"
_ABREAST = 4
_SIZE, _ROW = 11.0, 7.0 * MM
_SIGNING = 24 * MM


@dataclass(frozen=True, slots=True)
class NoticeTier:
    """A tier: its people, meals and what they were given."""

    name: str
    gives: str
    people: str
    meals: str
    amount: str


@dataclass(frozen=True, slots=True)
class NoticePerson:
    """Somebody on the board, masked, and how often he ate."""

    name: str
    meals: str


@dataclass(frozen=True, kw_only=True)
class MealNotice:
    """The list of a month."""

    office: str
    canteen: str
    month: str
    tiers: tuple[NoticeTier, ...]
    total: NoticeTier
    people: Sequence[NoticePerson]
    public: str
    """公示期 2026-12-02 至 2026-12-09"""
    notes: str
    signer: str = ""
    draft: str = ""
    """还没有制表签字，数字会变; '' once it was signed"""
    printed_on: date


def render(data: MealNotice) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    _check(data)
    sheet = Sheet(f"{data.month}{TITLE}", author=data.office, size=A4)
    width = A4[0] - 2 * claim_page.SIDE
    columns = (Column("姓名", 32), Column("餐次", 14, "right")) * _ABREAST
    table = Table(columns, width=width, size=_SIZE, row_height=_ROW)
    y = _head(sheet, data)
    pages = _pages(table, list(table.set_rows(_rows(data.people))), y)
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            words = f"{data.canteen}{data.month}{TITLE}（续）"
            y = claim_page.heading(sheet, sheet.height - 10 * MM, words)
        bottom = table.draw(sheet, claim_page.SIDE, y, rows)
        if not data.people:
            bottom = say_empty(sheet, claim_page.SIDE, bottom, width, "这个月没有享受补贴的人")
        if number == len(pages):
            _end(sheet, bottom, data)
        foot = f"{one_line(data.office)}　{long_date(data.printed_on)}"
        claim_page.foot(sheet, number, len(pages), foot)
        sheet.end_page()
    return sheet.finish()


def _check(data: MealNotice) -> None:
    require((data.office, data.canteen, data.month, data.public, data.notes, data.signer))
    require(text for one in data.tiers for text in (one.name, one.gives))
    if not common(one.name for one in data.people):
        refuse(place for one in data.people for place in unknown((one.name,)))


_TIERS = (
    Column("档次", 46),
    Column("补贴标准", 42),
    Column("人数", 22, "right"),
    Column("餐次", 26, "right"),
    Column("补贴金额（元）", 38, "right"),
)


def _head(sheet: Sheet, data: MealNotice) -> float:
    y = claim_page.title(sheet, f"{data.canteen}{data.month}{TITLE}")
    y = claim_page.told(sheet, y, data.draft or "各档次补贴", data.public)
    rows = [_cells(one) for one in data.tiers]
    y = claim_page.table(sheet, y, _TIERS, rows, _cells(data.total), size=10.5, row=6.8 * MM)
    return claim_page.heading(sheet, y - 1 * MM, "享受补贴的人和餐次（姓名已遮住部分）")


def _cells(one: NoticeTier) -> tuple[str, ...]:
    return (one.name, one.gives, one.people, one.meals, one.amount)


def _pages(table: Table, rows: list[Row], top: float) -> list[list[Row]]:
    """On the first sheet below the tiers; the last one keeps room for those who sign."""
    below = claim_page.BOTTOM + 6 * MM + _SIGNING + table.head
    pages: list[list[Row]] = []
    while True:
        room = (top if not pages else A4[1] - 18 * MM) - below
        part = table.pages(rows, room)[0]
        pages.append(part)
        rows = rows[len(part) :]
        if not rows:
            return pages


def _end(sheet: Sheet, bottom: float, data: MealNotice) -> None:
    y = claim_page.small(sheet, bottom - 6 * MM, data.notes)
    who = (("负责人审核", data.signer), ("经办", ""), ("居民监督员", ""))
    claim_page.signers(sheet, y - 6 * MM, who)


def _rows(people: Sequence[NoticePerson]) -> list[tuple[str, ...]]:
    """Read from left to right; the last row is filled up."""
    cells = [(one.name, one.meals) for one in people]
    cells += [("", "")] * (-len(cells) % _ABREAST)
    groups = range(0, len(cells), _ABREAST)
    return [tuple(text for cell in cells[i : i + _ABREAST] for text in cell) for i in groups]
