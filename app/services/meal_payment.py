"""How the person's own part of a meal is paid, and how it comes back.

Card and bill are booked in the account, a voucher is used up, points are taken by the rate of the
settings; of cash and what a voucher leaves open the till has the money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AccountKind, AccountState, EntryKind, EntryOfAccount, PayWay
from app.services import (
    meal_accounts,
    meal_entries,
    meal_vouchers,
    points_book,
    points_owner,
    settings,
)
from app.services.meal_entries import Account, BeyondBill, CannotPay, Entry
from app.storage.lookup import Source, Sql, lookup_of
from app.values.money import yuan

_KINDS = {PayWay.CARD: AccountKind.CARD, PayWay.BILL: AccountKind.BILL}
_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment that is ready to be booked with its meal."""

    way: PayWay
    paid: int
    account: Account | None = None
    voucher_id: int | None = None
    points_entry_id: int | None = None


def prepare(
    session: Session,
    resident_id: int | None,
    paid: int,
    way: PayWay,
    *,
    voucher_code: str = "",
    words: str = "",
    on_date: date,
    now: datetime,
) -> Payment:
    """Whatever can be refused is refused here; a voucher is used and points are taken.

    Raises NotEnoughMoney, BeyondBill, NotEnough (points) and DomainError.
    """
    if paid == 0:
        return Payment(way=PayWay.NOTHING, paid=0)
    if way is PayWay.NOTHING:
        raise DomainError(f"这一餐本人要付 {yuan(paid)} 元，请选付款方式。")
    if way is PayWay.CASH:
        return Payment(way=way, paid=paid)
    if way is PayWay.VOUCHER:
        voucher_id = meal_vouchers.use(session, voucher_code, resident_id, on_date)
        return Payment(way=way, paid=paid, voucher_id=voucher_id)
    if resident_id is None:
        raise DomainError(f"不记名的用餐不能用{way.label}付，请收现金或餐券。")
    if way is PayWay.POINTS:
        return _by_points(session, resident_id, paid, words, now)
    return Payment(way=way, paid=paid, account=_account(session, resident_id, paid, way))


def finish(
    session: Session, payment: Payment, meal_id: int, *, words: str, on_date: date, now: datetime
) -> int | None:
    """Book it in the account; gives the balance after it, None where no account pays."""
    if payment.account is None:
        return None
    entry = Entry(
        kind=EntryOfAccount.MEAL,
        amount=-payment.paid,
        on_date=on_date,
        words=words,
        meal_id=meal_id,
    )
    return meal_entries.write(session, payment.account, entry, now=now)[1]


def give_back(
    session: Session,
    meal_id: int,
    counter_id: int,
    *,
    voucher_id: int | None,
    points_entry_id: int | None,
    why: str,
    now: datetime,
) -> int | None:
    """What paid for a meal returns: money to the account, the voucher, the points.

    Gives the balance of the account after it. The counter-line of the meal stands already.
    """
    if voucher_id is not None:
        meal_vouchers.give_back(session, voucher_id)
    if points_entry_id is not None:
        points_book.reverse(session, points_entry_id, reason=why, now=now)
    found = next(lookup_of(session).rows(Sql(_ENTRY, (meal_id,))), None)
    if found is None:
        return None
    entry_id, account_id, amount = found
    back = Entry(
        kind=EntryOfAccount.REVERSAL,
        amount=-amount,
        on_date=now.date(),
        words=why,
        meal_id=counter_id,
        reverses_id=entry_id,
    )
    account = meal_accounts.to_return_to(session, account_id, -amount, words=why, now=now)
    return meal_entries.write(session, account, back, now=now)[1]


def points_for(source: Source, paid: int) -> int:
    """How many points pay for so many 分; begun ones count whole.

    Raises DomainError where the office takes none.
    """
    rate = settings.value(source, settings.POINTS_PER_YUAN)
    if not rate:
        raise DomainError("本社区不收积分付餐费。要收的，请到“设置 · 食堂”里填 1 元收几分。")
    return -(-paid * rate // _HUNDRED)


def _by_points(session: Session, resident_id: int, paid: int, words: str, now: datetime) -> Payment:
    points = points_for(session, paid)
    account_id = points_owner.account_of(session, resident_id)
    if account_id is None:
        raise CannotPay("本人还没有积分账户，付不了。请换一种付款方式。")
    booking = points_book.Booking(
        account_id=account_id,
        kind=EntryKind.REDEEMED,
        points=-points,
        on_date=now.date(),
        words=words,
    )
    entry_id = points_book.book(session, booking, now=now)
    return Payment(way=PayWay.POINTS, paid=paid, points_entry_id=entry_id)


def _account(session: Session, resident_id: int, paid: int, way: PayWay) -> Account:
    """Whose account pays; raises DomainError where there is none, or it is not open."""
    account = meal_entries.account_of(session, resident_id, _KINDS[way])
    if account is None or account.state is AccountState.CLOSED:
        what = "餐卡账户" if way is PayWay.CARD else "月结账户"
        raise CannotPay(f"本人还没有{what}。请先到“账户”里开户，或者换一种付款方式。")
    if account.state is AccountState.FROZEN:
        why = f"（{account.frozen_reason}）" if account.frozen_reason else ""
        raise CannotPay(f"{account.name}的账户已经冻结{why}，不能付款。请换一种付款方式。")
    if way is PayWay.CARD and account.balance < paid:
        raise meal_entries.NotEnoughMoney(account.name, account.balance, paid)
    if way is PayWay.BILL:
        _check_limit(session, account, paid)
    return account


def _check_limit(session: Session, account: Account, paid: int) -> None:
    limit = account.limit
    if limit is None:
        limit = settings.value(session, settings.BILL_LIMIT) * _HUNDRED
    if paid - account.balance > limit:
        raise BeyondBill(account.name, paid - account.balance, limit)


_ENTRY = "SELECT id, account_id, amount FROM meal_entry WHERE meal_id = ?"
