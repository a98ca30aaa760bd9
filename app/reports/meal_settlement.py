"""补贴结算表: a canteen's month by tier and payer, then every meal behind it (domain.md 4.5).

The table and those who sign stand on the first page; the list of meals follows on sheets of its
own, so that any figure can be traced to the single meal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import claim_page
from app.reports.clean import one_line
from app.reports.fonts import Face, common, require, unknown
from app.reports.missing import refuse
from app.reports.page import A4, A4_LANDSCAPE, MM, RED, Sheet
from app.reports.table import Column, Table, say_empty
from app.reports.text import text_width
from app.reports.words import printed

TITLE = "补贴结算表"
_DETAIL_SIZE, _DETAIL_ROW = 7.6, 4.5 * MM
_DETAIL_HEAD = 9 * MM
_SIZE, _NAMES = 10.0, 76
_LEAST = claim_page.BOTTOM + 6 * MM


@dataclass(frozen=True, slots=True)
class TierRow:
    """A line: name, what the tier gives, and a text for each figure."""

    name: str
    gives: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PayerRow:
    """What one payer is asked for."""

    payer: str
    of_month: str
    difference: str
    claimed: str


@dataclass(frozen=True, kw_only=True)
class MealSettlement:
    """Everything on it; amounts come as texts, 1,356.00."""

    office: str
    canteen: str
    month: str
    """2026年11月"""
    days: str
    """11-01 至 11-30"""
    headings: tuple[str, ...]
    """Of the figures"""
    tiers: tuple[TierRow, ...]
    total: TierRow
    difference: TierRow | None = None
    claims: tuple[PayerRow, ...]
    detail_columns: tuple[Column, ...]
    details: Sequence[tuple[str, ...]]
    maker: str = ""
    signer: str = ""
    draft: str = ""
    """核对中，数字会变; '' once it was signed"""
    printed_on: date
    printed_by: str


def render(data: MealSettlement) -> bytes:
    """The PDF; MissingGlyph names the meals with a character that no font has."""
    _check(data)
    sheet = Sheet(f"{data.month}{TITLE}", author=data.office, size=A4_LANDSCAPE)
    table = Table(
        data.detail_columns,
        width=A4[0] - 2 * claim_page.SIDE,
        size=_DETAIL_SIZE,
        row_height=_DETAIL_ROW,
    )
    room = A4[1] - claim_page.TOP - _DETAIL_HEAD - claim_page.BOTTOM - 6 * MM - table.head
    pages = table.pages(table.set_rows(data.details), room)
    words = f"{one_line(data.office)}　{printed(data.printed_on, data.printed_by)}"
    counted = _Summary(Sheet(TITLE, size=A4_LANDSCAPE), data, words, 0)
    whole = counted.draw() + len(pages)
    first = _Summary(sheet, data, words, whole).draw() + 1
    sheet.turn(A4)
    for number, rows in enumerate(pages, start=first):
        top = _detail_head(sheet, data)
        bottom = table.draw(sheet, claim_page.SIDE, top, rows)
        if not rows:
            say_empty(sheet, claim_page.SIDE, bottom, table.width, "这个月没有就餐记录")
        claim_page.foot(sheet, number, whole, words)
        sheet.end_page()
    return sheet.finish()


def _check(data: MealSettlement) -> None:
    require((data.office, data.canteen, data.month, data.days, data.maker, data.signer))
    require((*data.headings, data.draft, data.printed_by))
    require(text for one in (*data.tiers, data.total) for text in (one.name, one.gives))
    if not common(text for row in data.details for text in row):
        refuse(place for row in data.details for place in unknown(row, whose=row[2]))


class _Summary:
    """The table, the claims and who signs: on one sheet, or as many as the tiers take."""

    def __init__(self, sheet: Sheet, data: MealSettlement, foot: str, whole: int) -> None:
        self.sheet, self.data, self.foot, self.whole = sheet, data, foot, whole
        self.width = sheet.width - 2 * claim_page.SIDE
        self.page, self.y = 1, 0.0

    def draw(self) -> int:
        """Gives how many sheets there are."""
        sheet, data = self.sheet, self.data
        self.y = claim_page.title(sheet, f"{data.canteen}{data.month}老年助餐{TITLE}")
        if data.draft:
            draft = f"（{one_line(data.draft)}）"
            sheet.text(sheet.width / 2, self.y, draft, Face.HEI, 11, align="center", ink=RED)
            self.y -= 5.5 * MM
        told = f"填报单位：{data.office}"
        self.y = claim_page.told(sheet, self.y, told, f"{data.days}　单位：元")
        self._tiers()
        if data.difference is not None:
            self._need(10 * MM)
            self.y = _differences(sheet, self.y, data, data.difference)
        self._claims()
        self._end()
        return self.page

    def _tiers(self) -> None:
        columns, size = _columns(self.data, self.width)
        row = min(claim_page.ROW, 92 * MM / max(1, len(self.data.tiers) + 1))
        table = Table(columns, width=self.width, size=size, row_height=row)
        rows = list(table.set_rows(_cells(one) for one in self.data.tiers))
        total = table.total(_cells(self.data.total))
        while True:
            room = self.y - _LEAST - table.head - total.height
            part = table.pages(rows, room)[0]
            rows = rows[len(part) :]
            last = None if rows else total
            self.y = table.draw(self.sheet, claim_page.SIDE, self.y, part, last)
            if not rows:
                return
            self._turn()

    def _claims(self) -> None:
        """Whoever signs sees what is claimed: both stand on one sheet."""
        table = Table(_PAYERS, width=self.width, size=10.0, row_height=6 * MM)
        rows = list(table.set_rows(_claim(one) for one in self.data.claims))
        self._need(27 * MM + table.head + sum(one.height for one in rows))
        self.y = claim_page.heading(self.sheet, self.y, "申报金额")
        self.y = table.draw(self.sheet, claim_page.SIDE, self.y, rows)
        if not rows:
            words = "这个月没有要申报的补贴"
            self.y = say_empty(self.sheet, claim_page.SIDE, self.y, self.width, words)
        signed = (("制表", self.data.maker), ("审核", ""), ("负责人（书记）", self.data.signer))
        claim_page.signers(self.sheet, self.y - 11 * MM, (*signed, ("日期", "")))

    def _need(self, high: float) -> None:
        if self.y - high < _LEAST:
            self._turn()

    def _turn(self) -> None:
        self._end()
        self.page += 1
        words = f"{self.data.canteen}{self.data.month}{TITLE}（续）"
        self.y = claim_page.heading(self.sheet, self.sheet.height - 10 * MM, words)

    def _end(self) -> None:
        claim_page.foot(self.sheet, self.page, self.whole, self.foot)
        self.sheet.end_page()


def _differences(sheet: Sheet, y: float, data: MealSettlement, row: TierRow) -> float:
    """Below the sums, since it is none of the month."""
    words = "；".join(
        f"{heading} {text}"
        for heading, text in zip(data.headings, row.figures, strict=True)
        if text not in ("0.00", "—")
    )
    return claim_page.small(sheet, y - 4.5 * MM, f"{row.name}（{row.gives}，另计）：{words}")


_PAYERS = (
    Column("承担方", 40),
    Column("本月补贴", 40, "right"),
    Column("以前月份差额", 40, "right"),
    Column("申报金额", 40, "right"),
)


def _columns(data: MealSettlement, room: float) -> tuple[tuple[Column, ...], float]:
    """As wide as their longest figure, and the type in which no amount is torn apart."""

    def wide(place: int, heading: str) -> float:
        texts = (heading, *(one.figures[place] for one in (*data.tiers, data.total)))
        return max(text_width(one_line(text), Face.HEI, _SIZE) for text in texts) / MM + 4

    widths = [max(16.0, wide(*one)) for one in enumerate(data.headings)]
    pairs = zip(data.headings, widths, strict=True)
    figures = (Column(heading, width, "right") for heading, width in pairs)
    size = _SIZE * min(1.0, room / MM / (_NAMES + sum(widths)))
    return (Column("档次", 40), Column("补贴标准", _NAMES - 40), *figures), size


def _cells(one: TierRow) -> tuple[str, ...]:
    return (one.name, one.gives, *one.figures)


def _claim(one: PayerRow) -> tuple[str, ...]:
    return (one.payer, one.of_month, one.difference, one.claimed)


def _detail_head(sheet: Sheet, data: MealSettlement) -> float:
    y = sheet.height - claim_page.TOP
    words = f"{data.canteen}{data.month}{TITLE}　逐餐明细"
    sheet.text(claim_page.SIDE, y, one_line(words), Face.HEI, 11)
    count = f"共 {len(data.details):,} 笔　单位：元"
    right = sheet.width - claim_page.SIDE
    sheet.text(right, y, count, Face.SONG, 9, align="right")
    return y - _DETAIL_HEAD + 5 * MM
