"""Papers of the accounts, each in the preview from which it is printed or saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import meal_account_papers
from app.services.meal_account_views import AccountRow
from app.services.meal_deposits import Receipt
from app.services.papers import Printing
from app.services.points_filter import month_words
from app.ui.people.paper_job import Made, show_paper


def print_receipt(context: Context, parent: QWidget, known: Receipt) -> None:
    """The receipt, on the paper that the settings name."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import meal_receipt

        data = meal_account_papers.receipt(session, known.entry_id)
        return lambda: (meal_receipt.render(data), [known.resident_id])

    show_paper(context, parent, f"餐费收据 {known.number} {known.name}", make)


def print_statement(
    context: Context, parent: QWidget, line: AccountRow, first: date, last: date
) -> None:
    """对账单 of a time."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import meal_statement

        data, people = meal_account_papers.statement(session, line.id, first, last, printing)
        return lambda: (meal_statement.render(data), people)

    show_paper(context, parent, f"餐费对账单 {line.name}", make)


def print_bills(
    context: Context, parent: QWidget, month: int, account_ids: Sequence[int] | None = None
) -> None:
    """月结单 of a month: of these accounts, or of everybody who pays after it."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import meal_statement

        ids = meal_account_papers.bill_accounts(session) if account_ids is None else account_ids
        data, people = meal_account_papers.bills(session, month, ids, printing)
        return lambda: (meal_statement.render_all(data), people)

    show_paper(context, parent, f"餐费月结单 {month_words(month)}", make)


def print_vouchers(context: Context, parent: QWidget, ids: Sequence[int]) -> None:
    """餐券, to be cut."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import meal_voucher_sheet

        data, people = meal_account_papers.vouchers(session, ids)
        return lambda: (meal_voucher_sheet.render(data), people)

    show_paper(context, parent, f"餐券 {len(ids):,} 张", make)


def print_takings(context: Context, parent: QWidget, day: date) -> None:
    """交款单 of a day."""

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import meal_takings

        data = meal_account_papers.takings(session, day, printing)
        return lambda: (meal_takings.render(data), ())

    show_paper(context, parent, f"食堂收款日报 {day:%Y-%m-%d}", make)
