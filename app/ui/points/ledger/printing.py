"""Papers of the ledger: vouchers, the two registers, the book of an account."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.services import periods, points_papers, points_passbook
from app.services.papers import Printing
from app.services.points_filter import first_of
from app.services.points_views import LedgerLine
from app.ui.kit import messages, table_paper
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.people.paper_job import Made, show_paper
from app.ui.points.ledger.list_view import LedgerList


def offer_papers(context: Context, parent: QWidget, button: QWidget, shown: LedgerList) -> None:
    """The menu of the button 打印: registers of the month that is seen, the table itself."""
    menu = menu_of(button)
    menu.addAction("积分登记表…", lambda: print_points(context, parent, shown))
    menu.addAction("兑换登记表…", lambda: print_redemptions(context, parent, shown))
    current = shown.current()
    if current is not None and current.account_id is not None:
        account = current.account_id
        words = f"{current.name}的积分存折…"
        menu.addAction(words, lambda: print_passbook(context, parent, account, current.name))
    menu.addSeparator()
    menu.addAction("打印本表…", lambda: table_paper.print_out(shown.table))
    drop(menu, button)


def print_vouchers(context: Context, parent: QWidget, lines: Sequence[LedgerLine]) -> None:
    """记账凭证 of these lines on one paper."""
    keys = [line.key for line in reversed(lines)]

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import voucher

        data, people = points_papers.voucher(session, keys, printing)
        return lambda: (voucher.render(data), people)

    show_paper(context, parent, f"积分记账凭证 {len(keys):,} 笔", make)


def print_points(context: Context, parent: QWidget, shown: LedgerList) -> None:
    """积分登记表 of what the filter finds."""
    filters = shown.filters
    chosen, words = filters.chosen, filters.words or table_paper.EVERYTHING

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import points_register

        data, people = points_papers.points_register(session, chosen, words, printing)
        return lambda: (points_register.render(data), people)

    show_paper(context, parent, f"积分登记表 {words}", make)


def print_redemptions(context: Context, parent: QWidget, shown: LedgerList) -> None:
    """兑换登记表 of the month that is seen; of this one where all are."""
    month = shown.filters.chosen.month
    day: date = first_of(month) if month is not None else context.clock.today()
    period = periods.month(day)

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import redemption_register

        data, people = points_papers.redemption_register(session, period, printing)
        return lambda: (redemption_register.render(data), people)

    show_paper(context, parent, f"兑换登记表 {period.words}", make)


def print_passbook(
    context: Context,
    parent: QWidget,
    account_id: int,
    name: str,
    *,
    from_page: int | None = None,
) -> None:
    """积分存折: what is not in the book yet, or everything from a sheet on again."""
    with context.database.lookup() as lookup:
        state = points_passbook.state(lookup, account_id)
    if from_page is None and state.goes_on and state.waiting:
        said = f"接着第 {state.page} 页往下打，请先把这一页放回打印机，字头朝上。"
        if not messages.confirm(parent, f"{name}的积分存折", said, "已放好"):
            return

    def make(session: Session, printing: Printing) -> Callable[[], Made]:
        from app.reports import passbook

        data = points_passbook.paper(session, account_id, printing, from_page=from_page)
        return lambda: (
            passbook.render(data),
            lambda noting: points_passbook.note_printed(noting, account_id, data),
        )

    show_paper(context, parent, f"积分存折 {name}", make)
