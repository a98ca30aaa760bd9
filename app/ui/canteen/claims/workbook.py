"""A settlement as .xlsx: 结算表, each payer's own sheet, 人员汇总 and 逐餐明细, of one moment."""

from __future__ import annotations

from collections.abc import Sequence

from app.context import Context
from app.models import Payer
from app.reports.meal_claim_form import PayerForm
from app.reports.meal_settlement import MealSettlement
from app.services import meal_claim_papers
from app.services.meal_claim_people import PersonSum, person_sums
from app.services.papers import Printing
from app.ui.kit.background import Progress
from app.ui.kit.spreadsheet import BookSheet, make_book
from app.ui.people.take_out import MASKED, TakeOut
from app.values.money import yuan

_FORM = ("序号", "档次", "每餐", "人数", "餐次", "补贴金额")
_CORRECTIONS = ("日期", "单号", "姓名", "事由", "金额")


def make(
    context: Context,
    canteen_id: int,
    month: int,
    payers: Sequence[Payer],
    progress: Progress,
    out: TakeOut = MASKED,
) -> tuple[bytes, list[int]]:
    """The workbook of all or some payers, and the residents in it; `out` opens whole numbers."""
    printing = Printing(by=context.user.name, at=context.clock.now())
    with context.database.reading() as session:
        table, people = meal_claim_papers.settlement(session, canteen_id, month, printing)
        forms, _ = meal_claim_papers.forms(session, canteen_id, month, printing, payers)
        wanted = payers or tuple(Payer)
        sums = person_sums(session, canteen_id, month, wanted, grant=out.grant)
    progress.check()
    sheets = [
        _table(table),
        *(_form(table, form) for form in forms.forms),
        _people(table, sums, payers),
        _details(table),
    ]
    return make_book(sheets, stamp=out.stamp), people


def _above(table: MealSettlement, title: str) -> tuple[str, ...]:
    """The lines over the headings."""
    note = f"{table.days}　单位：元" + (f"　{table.draft}" if table.draft else "")
    return (f"{table.canteen} {table.month} {title}", f"{table.office}　{note}")


def _table(table: MealSettlement) -> BookSheet:
    rows = [(one.name, one.gives, *one.figures) for one in (*table.tiers, table.total)]
    if table.difference is not None:
        one = table.difference
        rows.append((one.name, one.gives, *one.figures))
    return BookSheet(
        "结算表",
        _above(table, "老年助餐补贴结算表"),
        ("档次", "补贴标准", *table.headings),
        _plain(rows),
    )


def _form(table: MealSettlement, form: PayerForm) -> BookSheet:
    """As the payer's paper has it: tiers, the month, the difference, what is claimed."""
    rows = [
        (str(number), one.tier, one.each, one.people, one.meals, one.amount)
        for number, one in enumerate(form.lines, start=1)
    ]
    rows.append(("", "本月合计", "", form.people, form.meals, form.of_month))
    if form.difference:
        rows.append(("", "以前月份差额", "", "", "", form.difference))
    rows.append(("", "申报金额", "", "", "", form.claimed))
    rows.append(("", f"人民币（大写）{form.in_capitals}", "", "", "", ""))
    if form.corrections:
        rows.append(("", "", "", "", "", ""))
        rows.append((*_CORRECTIONS, ""))
        rows += [
            (one.on_date, one.number, one.name, one.words, one.amount, "")
            for one in form.corrections
        ]
    title = f"老年助餐补贴申报表（{form.payer}）"
    return BookSheet(form.payer, _above(table, title), _FORM, _plain(rows))


def _people(table: MealSettlement, sums: Sequence[PersonSum], payers: Sequence[Payer]) -> BookSheet:
    shown = [one for one in Payer if (not payers or one in payers)]
    shown = [one for one in shown if any(line.shares.of(one) for line in sums)]
    rows = [
        (
            *(str(number), one.name, one.document, "" if one.age is None else str(one.age)),
            *(one.tier, str(one.meals), *(yuan(one.shares.of(payer)) for payer in shown)),
        )
        for number, one in enumerate(sums, start=1)
    ]
    head = ("序号", "姓名", "证件号码", "年龄", "档次", "餐次", *(one.label for one in shown))
    return BookSheet("人员汇总", _above(table, "享受补贴人员"), head, _plain(rows))


def _details(table: MealSettlement) -> BookSheet:
    head = tuple(column.title for column in table.detail_columns)
    return BookSheet("逐餐明细", _above(table, "逐餐明细"), head, _plain(table.details))


def _plain(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Spreadsheets know only the hyphen as minus, and no dash for nothing."""
    return [tuple("" if text == "—" else text.replace("−", "-") for text in row) for row in rows]
