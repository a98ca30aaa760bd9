"""补贴申报表: what one payer is asked for, each payer on a page of its own (domain.md 4.5)."""

from dataclasses import dataclass
from datetime import date

from app.reports import claim_page
from app.reports.clean import one_line
from app.reports.fonts import Face, require
from app.reports.page import A4, GREY, MM, WASH, Sheet
from app.reports.table import Column, Row, Table
from app.reports.words import long_date, printed

TITLE = "老年助餐补贴申报表"
_ROW = 8 * MM


@dataclass(frozen=True, slots=True)
class FormLine:
    """A tier that the payer bears a part of."""

    tier: str
    each: str
    """每餐 4.00; '' where it is not the same for every meal"""
    people: str
    meals: str
    amount: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of an earlier month that stands in the difference."""

    on_date: str
    number: str
    name: str
    words: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerForm:
    """One payer's page."""

    payer: str
    lines: tuple[FormLine, ...]
    people: str
    meals: str
    of_month: str
    corrections: tuple[Correction, ...] = ()
    difference: str = ""
    """'' where there is none"""
    claimed: str
    in_capitals: str


@dataclass(frozen=True, kw_only=True)
class MealClaimForms:
    """The pages of a month."""

    office: str
    canteen: str
    operator: str
    month: str
    forms: tuple[PayerForm, ...]
    maker: str = ""
    signer: str = ""
    signed_on: date | None = None
    printed_on: date
    printed_by: str


def render(data: MealClaimForms) -> bytes:
    """The PDF; MissingGlyph names what no font has."""
    require((data.office, data.canteen, data.operator, data.month, data.maker, data.signer))
    require(text for form in data.forms for line in form.lines for text in (line.tier, line.each))
    require(one.name for form in data.forms for one in form.corrections)
    sheet = Sheet(f"{data.month}{TITLE}", author=data.office, size=A4)
    pages = [page for form in data.forms for page in _pages(data, form)]
    for number, (form, corrections, last) in enumerate(pages, start=1):
        if corrections is None:
            _draw(sheet, data, form)
        else:
            _draw_corrections(sheet, data, form, corrections, last=last)
        words = f"{one_line(data.office)}　{printed(data.printed_on, data.printed_by)}"
        claim_page.foot(sheet, number, len(pages), words)
        sheet.end_page()
    return sheet.finish()


_LINES = (
    Column("序号", 12, "center"),
    Column("档次", 48),
    Column("每餐", 26, "right"),
    Column("人数", 20, "right"),
    Column("餐次", 24, "right"),
    Column("补贴金额（元）", 36, "right"),
)
_CORRECTIONS = (
    Column("日期", 22),
    Column("单号", 28),
    Column("姓名", 30),
    Column("事由", 62),
    Column("金额（元）", 26, "right"),
)
_ABOVE = 19 * MM
"""Title and facts over the lines that were corrected"""
Page = tuple[PayerForm, list[Row] | None, bool]
"""A form, or lines that were corrected and whether they are the last"""


def _pages(data: MealClaimForms, form: PayerForm) -> list[Page]:
    """The form, and behind it what was corrected."""
    if not form.corrections:
        return [(form, None, False)]
    table = _corrections_table()
    top = A4[1] - claim_page.TOP - _ABOVE
    room = top - table.head - table.row_height - claim_page.BOTTOM - 8 * MM
    lines = ((one.on_date, one.number, one.name, one.words, one.amount) for one in form.corrections)
    parts = table.pages(table.set_rows(lines), room)
    behind = [(form, part, part is parts[-1]) for part in parts]
    return [(form, None, False), *behind]


def _corrections_table() -> Table:
    width = A4[0] - 2 * claim_page.SIDE
    return Table(_CORRECTIONS, width=width, size=10, row_height=6.4 * MM)


def _draw(sheet: Sheet, data: MealClaimForms, form: PayerForm) -> None:
    y = claim_page.title(sheet, TITLE)
    y = claim_page.told(sheet, y, f"{form.payer}：", f"{data.month}　单位：元")
    y = claim_page.told(sheet, y - 3 * MM, f"食堂：{data.canteen}", _operator(data))
    rows = [
        (str(number), one.tier, one.each, one.people, one.meals, one.amount)
        for number, one in enumerate(form.lines, start=1)
    ]
    total = ("", "本月合计", "", form.people, form.meals, form.of_month)
    y = claim_page.table(sheet, y, _LINES, rows, total, size=10.5, row=_ROW)
    y = _claimed(sheet, y - 6 * MM, form)
    y = claim_page.small(
        sheet, y, "人数是这个月在该档次用过餐的人；每一餐的明细附在结算表后面，可以逐餐核对。"
    )
    who = (("制表", data.maker), ("负责人", data.signer))
    y = claim_page.signers(sheet, y - 8 * MM, who)
    _seal(sheet, y - 8 * MM, data)


def _operator(data: MealClaimForms) -> str:
    return f"运营单位：{data.operator}" if data.operator else ""


def _claimed(sheet: Sheet, y: float, form: PayerForm) -> float:
    """The amount in figures and in words, with the difference that it holds."""
    high = (22 if form.difference else 15) * MM
    x, width = claim_page.SIDE, sheet.width - 2 * claim_page.SIDE
    sheet.box(x, y - high, width, high, fill=WASH, stroke=0.9)
    line = y - 9.5 * MM
    if form.difference:
        words = f"本月 {form.of_month}　以前月份差额 {form.difference}（明细附后）"
        sheet.text(x + 5 * MM, line + 1.5 * MM, words, Face.SONG, 11)
        line -= 7.5 * MM
    sheet.text(x + 5 * MM, line, f"申报金额 {form.claimed} 元", Face.HEI, 13)
    words = f"人民币（大写）{form.in_capitals}"
    sheet.text(x + width - 5 * MM, line, words, Face.HEI, 11, align="right")
    return y - high - 6 * MM


def _seal(sheet: Sheet, y: float, data: MealClaimForms) -> None:
    right = sheet.width - claim_page.SIDE - 6 * MM
    sheet.text(right, y, one_line(data.office), Face.SONG, 12, align="right")
    day = long_date(data.signed_on) if data.signed_on else "　　年　　月　　日"
    sheet.text(right, y - 8 * MM, day, Face.SONG, 12, align="right")
    sheet.text(right, y - 14 * MM, "（盖章）", Face.SONG, 10, align="right", ink=GREY)


def _draw_corrections(
    sheet: Sheet, data: MealClaimForms, form: PayerForm, some: list[Row], *, last: bool
) -> None:
    y = claim_page.title(sheet, "以前月份差额明细")
    y = claim_page.told(sheet, y, f"{form.payer}　{data.canteen}", f"{data.month}　单位：元")
    table = _corrections_table()
    total = table.total(("", "合计", "", "", form.difference)) if last else None
    table.draw(sheet, claim_page.SIDE, y, some, total)
