"""Accounts for meals (餐费账户): a card with what was paid in, a monthly bill with what is owed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import AccountKind, AccountState, EntryOfAccount, MealAccount
from app.services import meal_entries, people, rights
from app.services.meal_entries import Account, Entry, account, account_of
from app.values.money import yuan
from app.values.rights import Right
from app.values.text import tidy

__all__ = [
    "Account",
    "account",
    "account_of",
    "close_account",
    "ensure_account",
    "freeze",
    "move_all",
    "open_account",
    "set_limit",
    "to_return_to",
    "unfreeze",
]

_LONGEST_REASON = 120


def open_account(
    session: Session, resident_id: int, kind: AccountKind, *, today: date, limit: int | None = None
) -> int:
    """Open an account, or open a closed one again; gives its id. One that is open stays as it is.

    Raises ResidentGone, and DomainError for who moved out or died.
    """
    rights.require(session, Right.KEEP_DEPOSITS)
    person = people.get_present(session, resident_id)
    return _opened(session, person.id, kind, today, limit).id


def ensure_account(session: Session, resident_id: int, kind: AccountKind, *, today: date) -> int:
    """The open account of somebody; opened where there is none."""
    found = account_of(session, resident_id, kind)
    if found is not None and found.state is not AccountState.CLOSED:
        return found.id
    return open_account(session, resident_id, kind, today=today)


def freeze(session: Session, account_id: int, *, reason: str, version: int) -> None:
    """Nothing is paid from it until it is lifted; raises DomainError without a reason."""
    row = _get(session, account_id, version)
    why = tidy(reason)
    if row.state is not AccountState.OPEN:
        raise DomainError(f"这个账户现在是“{row.state.label}”，不能冻结。")
    if not why:
        raise DomainError("请写明为什么冻结，如“餐卡丢了”，本人来问时要能说清。")
    row.state, row.frozen_reason = AccountState.FROZEN, why[:_LONGEST_REASON]
    session.flush()


def unfreeze(session: Session, account_id: int, *, version: int) -> None:
    """It pays again."""
    row = _get(session, account_id, version)
    if row.state is not AccountState.FROZEN:
        raise DomainError("这个账户没有冻结，不用解冻。")
    row.state, row.frozen_reason = AccountState.OPEN, None
    session.flush()


def close_account(session: Session, account_id: int, *, version: int, today: date) -> None:
    """Close an account that has nothing and owes nothing; raises DomainError for another."""
    row = _get(session, account_id, version)
    left = account(session, account_id).balance
    if left > 0:
        raise DomainError(f"餐卡里还有 {yuan(left)} 元，请先退款，再销户。")
    if left < 0:
        raise DomainError(f"还欠月结款 {yuan(-left)} 元，请先收款，再销户。")
    row.state, row.closed_on, row.frozen_reason = AccountState.CLOSED, today, None
    session.flush()


def set_limit(session: Session, account_id: int, limit: int | None, *, version: int) -> None:
    """The most that a bill may owe, in 分; None as the settings say."""
    row = _get(session, account_id, version)
    if row.kind is not AccountKind.BILL:
        raise DomainError("只有月结户有赊账限额，餐卡用多少先存多少。")
    if limit is not None and limit < 0:
        raise DomainError("限额不能小于 0 元。")
    row.limit = limit
    session.flush()


def move_all(session: Session, from_id: int, to_id: int, *, words: str, now: datetime) -> int:
    """All of an account goes to another of its kind (合并); gives the balance that went, in 分."""
    giver, taker = account(session, from_id), account(session, to_id)
    if giver.balance:
        _move(session, giver, taker, giver.balance, words, now)
    return giver.balance


def to_return_to(
    session: Session, account_id: int, amount: int, *, words: str, now: datetime
) -> Account:
    """Where money of an account goes back to: itself, opened again where it was closed.

    Of a record that was merged into another one the account that the person has now. What a bill
    does not owe any more was paid in: that much of it goes to the card.
    """
    found = account(session, account_id)
    if found.state is AccountState.CLOSED:
        found = _open_again(session, found, now.date())
    paid_in = found.balance + amount
    if found.kind is AccountKind.CARD or paid_in <= 0:
        return found
    card = _opened(session, found.resident_id, AccountKind.CARD, now.date(), None).id
    _move(session, found, account(session, card), paid_in, words, now)
    return account(session, found.id)


def _open_again(session: Session, closed: Account, today: date) -> Account:
    keeper = people.kept(session, closed.resident_id)
    return account(session, _opened(session, keeper, closed.kind, today, closed.limit).id)


def _move(
    session: Session, giver: Account, taker: Account, amount: int, words: str, now: datetime
) -> None:
    for one, fen in ((giver, -amount), (taker, amount)):
        entry = Entry(kind=EntryOfAccount.MOVED, amount=fen, on_date=now.date(), words=words)
        meal_entries.write(session, one, entry, now=now)


def _opened(
    session: Session, resident_id: int, kind: AccountKind, today: date, limit: int | None
) -> MealAccount:
    row = session.scalar(select(MealAccount).filter_by(resident_id=resident_id, kind=kind))
    if row is None:
        row = MealAccount(resident_id=resident_id, kind=kind, opened_on=today, limit=limit)
        session.add(row)
        session.flush()
    elif row.state is AccountState.CLOSED:
        row.state, row.closed_on, row.limit = AccountState.OPEN, None, limit
        session.flush()
    return row


def _get(session: Session, account_id: int, version: int) -> MealAccount:
    rights.require(session, Right.KEEP_DEPOSITS)
    row = session.get(MealAccount, account_id)
    if row is None or row.version != version:
        raise ChangedMeanwhile
    if row.state is AccountState.CLOSED:
        raise DomainError("这个账户已经销户，要用的请重新开户。")
    return row
