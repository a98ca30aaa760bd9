"""账户 of 食堂 in its states, on the made-up office: cards, bills, vouchers, months."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import AccountKind, MealMonth, PayWay, Resident
from app.services import (
    canteens,
    meal_account_views,
    meal_accounts,
    meal_book,
    meal_deposits,
    meal_vouchers,
)
from app.services.filters import present
from app.services.meal_book import MealInput
from app.services.meal_person import Sitting
from app.storage.engine import Database
from app.storage.lookup import query
from app.ui.canteen.accounts.account_dialog import AccountDialog
from app.ui.canteen.accounts.issue_dialog import IssueDialog
from app.ui.canteen.accounts.limit_dialog import LimitDialog
from app.ui.canteen.accounts.money_dialog import DEPOSIT, MoneyDialog
from app.ui.canteen.accounts.months_dialog import MonthsDialog
from app.ui.canteen.accounts.open_dialog import OpenDialog
from app.ui.canteen.accounts.tab import AccountsTab
from app.ui.canteen.accounts.takings_dialog import TakingsDialog
from app.ui.canteen.accounts.vouchers_dialog import VouchersDialog
from app.ui.canteen.page import CanteenPage
from tests.ui.meal_counter_states import lived


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...


def banked(stage: _Stage) -> Context:
    """Somebody's card is low, a deposit was wrong, vouchers were given."""
    context = stage.context()
    sitting, people = lived(context)
    with context.database.transaction("食堂账户") as session:
        if _fill(session, context):
            _eat(session, context, sitting, people[-1])
    return context


def of(build: Callable[[Context], QWidget]) -> Callable[[_Stage], QWidget]:
    """A window of the tab on that office."""
    return lambda stage: build(banked(stage))


def _eat(session: Session, context: Context, sitting: Sitting, diner: int) -> None:
    """The days before somebody came and paid by card."""
    sets = canteens.set_meals(session, sitting.canteen_id, sitting.on_date, sitting.period)
    for ago in (3, 2, 1):
        meal = MealInput(
            canteen_id=sitting.canteen_id,
            period=sitting.period,
            on_date=sitting.on_date - timedelta(days=ago),
            request_key=f"by card {ago}",
            resident_id=diner,
            set_meal_id=sets[0].id,
            pay_way=PayWay.CARD,
        )
        meal_book.log(session, meal, now=context.clock.now())


def _fill(session: Session, context: Context) -> bool:
    """Once per office; False where it was done before, or nobody lives."""
    now = context.clock.now()
    if meal_vouchers.voucher_ids(session, "", "", today=now.date()):
        return False
    people = list(
        session.scalars(select(Resident.id).where(present()).order_by(Resident.birth_date.desc()))
    )
    if not people:
        return False
    for place, fen in ((-20, 12_50), (-21, 64_00)):
        card = meal_accounts.ensure_account(
            session, people[place], AccountKind.CARD, today=now.date()
        )
        meal_deposits.deposit(session, card, fen, now=now)
        wrong = meal_deposits.deposit(session, card, 20_00, now=now)
        meal_deposits.reverse_entry(session, wrong.entry_id, reason="金额收错了", now=now)
    bill = meal_accounts.ensure_account(session, people[-22], AccountKind.BILL, today=now.date())
    meal_accounts.freeze(session, bill, reason="有争议，查清前不扣款", version=1)
    if not session.scalar(select(MealMonth.id)):
        sums = dict.fromkeys(("opening", "refunded", "accounts"), 0)
        money = {"paid_in": 420_00, "eaten": 318_00, "closing": 102_00}
        facts = {"closed_at": now, "closed_by": "赵敏"}
        session.add(MealMonth(month=202609, **sums, **money, **facts))
    given = {"value": 5_00, "reason": "重阳节慰问", "today": now.date()}
    meal_vouchers.issue(session, people[-22:-19], expires_on=date(2026, 12, 31), **given)
    meal_vouchers.issue(session, [None], each=3, **given)
    return True


def _tab(stage: _Stage, page: CanteenPage) -> None:
    """Open at the accounts, somebody chosen who has eaten."""
    banked(stage)
    found = page.open("账户")
    assert isinstance(found, AccountsTab)
    found.refresh()
    found.list.table.select_row(2)


def _deposit(context: Context) -> QWidget:
    """A deposit that was typed."""
    dialog = MoneyDialog(context, _first(context), DEPOSIT)
    dialog.amount.setText("100")
    return dialog


def _lines(context: Context) -> QWidget:
    """All lines of a card."""
    return AccountDialog(context, _first(context).id)


def _limit(context: Context) -> QWidget:
    """How much one may owe."""
    return LimitDialog(context, _first(context))


def _issue(context: Context) -> QWidget:
    """Vouchers for two people."""
    dialog = IssueDialog(context)
    with context.database.lookup() as lookup:
        people = list(lookup.column(query("id", "resident", (), "ORDER BY id LIMIT 2")))
    for one in people:
        dialog.add_person(one)
    return dialog


def _first(context: Context) -> meal_account_views.AccountRow:
    today = context.clock.today()
    with context.database.lookup() as lookup:
        low = meal_account_views.AccountFilter(meal_account_views.AccountView.LOW)
        ids = meal_account_views.account_ids(lookup, low)
        return meal_account_views.rows(lookup, ids[:1], today=today)[0]


PAGES = {"账户": _tab}
DIALOGS = {
    "存款": of(_deposit),
    "开户": of(OpenDialog),
    "餐费账户流水": of(_lines),
    "赊账限额": of(_limit),
    "餐券": of(VouchersDialog),
    "发餐券": of(_issue),
    "账户月结": of(MonthsDialog),
    "收款日报": of(TakingsDialog),
}
