"""What stands on the papers of the accounts: receipts, statements, monthly bills, vouchers.

Names are whole: they are given to whom they are about, or stay in the office (domain.md 10.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import EntryOfAccount
from app.reports.meal_receipt import MealReceipt
from app.reports.meal_statement import BILL_TITLE, TITLE, Statement, StatementLine
from app.reports.meal_takings import MealTakings, TakingLine
from app.reports.meal_voucher_sheet import Voucher, VoucherSheet
from app.reports.slip import A5, ROLL
from app.services import (
    meal_account_views,
    meal_deposits,
    meal_statements,
    meal_takings,
    meal_vouchers,
    settings,
)
from app.services.meal_account_views import AccountRow
from app.services.meal_statements import EntryLine
from app.services.papers import Printing, committee
from app.services.points_filter import month_words
from app.storage.lookup import Source, Sql, lookup_of, query

_TITLES = {
    EntryOfAccount.DEPOSIT: ("存款收据", "交款人签字"),
    EntryOfAccount.BILL_PAID: ("月结收款收据", "交款人签字"),
    EntryOfAccount.REFUND: ("退款收据", "领款人签字"),
}


def receipt(session: Session, entry_id: int) -> MealReceipt:
    """The receipt of a line, on the paper that the settings name.

    Raises DomainError for a line that has none.
    """
    known = meal_deposits.receipt(session, entry_id)
    title, signer = _TITLES[known.kind]
    words = (("说明", known.words),) if known.words else ()
    narrow = settings.value(session, settings.SLIP_FORMAT) == settings.NARROW_SLIP
    return MealReceipt(
        office=committee(session),
        title=title,
        number=known.number,
        facts=(
            ("收据号", known.number),
            ("时间", f"{known.at:%Y-%m-%d %H:%M}"),
            ("姓名", known.name),
            ("账户", known.account_kind.label),
            ("方式", known.tender.label),
            *words,
            ("经手", known.entered_by),
        ),
        amount=known.amount,
        before=known.before,
        after=known.balance,
        signer=signer,
        note="（已冲正）" if known.reversed else "",
        paper=ROLL if narrow else A5,
    )


def statement(
    session: Session, account_id: int, first: date, last: date, printing: Printing
) -> tuple[Statement, list[int]]:
    """对账单 of what was written from a day to a day; and whose it is."""
    line = _row(session, account_id, printing)
    lines = meal_statements.between(session, account_id, first, last)
    period = f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d}"
    opening = _balance_before(session, account_id, first)
    made = _statement(session, line, TITLE, period, opening, lines, printing)
    return made, [line.resident_id]


def bills(
    session: Session, month: int, account_ids: Sequence[int], printing: Printing
) -> tuple[list[Statement], list[int]]:
    """月结单 of these accounts for a month of the book; and whose they are.

    Raises DomainError where there is none.
    """
    made: list[Statement] = []
    people: list[int] = []
    for line in meal_account_views.rows(session, account_ids, today=printing.at.date()):
        lines = meal_statements.of_month(session, line.id, month)
        opening = _balance_before_month(session, line.id, month)
        if lines or opening:
            made.append(
                _statement(session, line, BILL_TITLE, month_words(month), opening, lines, printing)
            )
            people.append(line.resident_id)
    if not made:
        raise DomainError(f"{month_words(month)}没有月结户用餐，也没有欠款，没有可打印的。")
    return made, people


def bill_accounts(source: Source) -> list[int]:
    """Every account that pays after the month, by name."""
    bill = Sql("a.kind = ?", (meal_account_views.BILL,))
    tables = "meal_account a JOIN resident r ON r.id = a.resident_id"
    asked = query("a.id", tables, [bill], "ORDER BY r.name_order, a.id")
    return list(lookup_of(source).column(asked))


def vouchers(session: Session, ids: Sequence[int]) -> tuple[VoucherSheet, list[int]]:
    """These vouchers on sheets; and who gets them."""
    found = meal_vouchers.some(session, ids)
    if not found:
        raise DomainError("没有选定餐券，没有可打印的。")
    sheet = VoucherSheet(
        office=committee(session),
        vouchers=[
            Voucher(one.code, one.value, one.name, one.reason, one.expires_on) for one in found
        ],
    )
    return sheet, list(dict.fromkeys(one.resident_id for one in found if one.resident_id))


def takings(session: Session, day: date, printing: Printing) -> MealTakings:
    """收款日报 of a day."""
    found = meal_takings.takings(session, day)
    return MealTakings(
        office=committee(session),
        on_date=day,
        lines=[
            TakingLine(one.words, one.tender.label, one.times, one.amount) for one in found.lines
        ],
        cash=found.cash,
        other=found.other,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def _row(session: Session, account_id: int, printing: Printing) -> AccountRow:
    found = meal_account_views.rows(session, [account_id], today=printing.at.date())
    if not found:
        raise DomainError("没有这个餐费账户，请刷新后再试。")
    return found[0]


def _statement(
    session: Session,
    line: AccountRow,
    title: str,
    period: str,
    opening: int,
    lines: Sequence[EntryLine],
    printing: Printing,
) -> Statement:
    return Statement(
        office=committee(session),
        title=title,
        name=line.name,
        place=line.place,
        account=f"{line.kind_words}　{line.opened_on:%Y-%m-%d} 开户",
        period=period,
        opening=opening,
        closing=opening + sum(one.amount for one in lines),
        lines=[_line(one) for one in lines],
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def _line(one: EntryLine) -> StatementLine:
    parts = (one.title, one.words, one.receipt)
    words = "　".join(part for part in parts if part)
    return StatementLine(one.on_date.isoformat(), words, one.amount, one.balance)


def _balance_before(source: Source, account_id: int, day: date) -> int:
    before = Sql("account_id = ? AND at < ?", (account_id, day.isoformat()))
    return lookup_of(source).value(query("sum(amount)", "meal_entry", [before])) or 0


def _balance_before_month(source: Source, account_id: int, month: int) -> int:
    before = Sql("account_id = ? AND month < ?", (account_id, month))
    return lookup_of(source).value(query("sum(amount)", "meal_entry", [before])) or 0
