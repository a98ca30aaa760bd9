"""Lines of the book of meal accounts (存款账): written here and nowhere else, with the balances.

A card is paid before the meal and is never below zero; a bill is owed and never above it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AccountKind, AccountState, EntryOfAccount, MealBalance, MealEntry, Tender
from app.services.points_lines import following, make_final, month_number
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, day_of, lookup_of, query
from app.storage.statements import insert_kept, keep_rows
from app.values.money import yuan
from app.values.text import tidy

_LONGEST_WORDS = 120


class CannotPay(DomainError):
    """This way of paying does not pay the meal; another may."""


class NotEnoughMoney(CannotPay):
    """A card has less than is asked for; `missing` in 分."""

    def __init__(self, name: str, balance: int, wanted: int) -> None:
        super().__init__(
            f"{name}的餐卡余额 {yuan(balance)} 元，不够付 {yuan(wanted)} 元，"
            f"差 {yuan(wanted - balance)} 元。请先存款，或者换一种付款方式。"
        )
        self.missing = wanted - balance


class BeyondBill(CannotPay):
    """A monthly bill would owe more than its limit; `over` in 分."""

    def __init__(self, name: str, owed: int, limit: int) -> None:
        super().__init__(
            f"{name}的月结款会欠到 {yuan(owed)} 元，超过限额 {yuan(limit)} 元。"
            "请先收一次月结款，或者换一种付款方式。"
        )
        self.over = owed - limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account; amounts in 分, what a bill owes is negative.

    `limit` is None where the settings say how much a bill may owe.
    """

    id: int
    version: int
    resident_id: int
    name: str
    kind: AccountKind
    state: AccountState
    balance: int
    limit: int | None
    opened_on: date
    closed_on: date | None
    frozen_reason: str
    has_lines: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line to be written; what is paid in is positive."""

    kind: EntryOfAccount
    amount: int
    on_date: date
    words: str = ""
    meal_id: int | None = None
    tender: Tender | None = None
    receipt: str | None = None
    reverses_id: int | None = None


def account(source: Source, account_id: int) -> Account:
    """One account; raises DomainError where there is none that one may see."""
    found = _first(source, Sql("a.id = ?", (account_id,)))
    if found is None:
        raise DomainError("没有这个餐费账户，请刷新后再试。")
    return found


def account_of(source: Source, resident_id: int, kind: AccountKind) -> Account | None:
    """The account of a kind that somebody has, whatever its state; None where there is none."""
    return _first(source, Sql("a.resident_id = ? AND a.kind = ?", (resident_id, kind.value)))


def write(session: Session, account: Account, entry: Entry, *, now: datetime) -> tuple[int, int]:
    """Add a line and what it makes of the balance; gives its id and the balance after it.

    Raises NotEnoughMoney, and DomainError where a bill would have money in it.
    """
    after = account.balance + entry.amount
    _check_side(account, entry, after)
    row = _row(session, account, entry, after, now)
    (key,) = journal.add_rows(session, MealEntry, [row])
    _keep(session, account, after)
    make_final(session)
    return key, after


def book_month(source: Source, day: date) -> int:
    """In the book of which month a day is written: its own, or the first that is open (月结)."""
    closed: int = lookup_of(source).value(query("max(month)", "meal_month")) or 0
    month = month_number(day)
    return month if month > closed else following(closed)


def next_receipt(source: Source, prefix: str, day: date) -> str:
    """SK-20261202-003: from 1 every day; one that was met by a counter-line keeps its number."""
    begun = f"{prefix}-{day:%Y%m%d}-"
    of_day = Sql("receipt > '' AND receipt > ? AND receipt < ?", (begun, f"{begun}~"))
    last = lookup_of(source).value(
        query("receipt", "meal_entry", [of_day], "ORDER BY length(receipt) DESC, receipt DESC")
    )
    return f"{begun}{int(last.rsplit('-', 1)[1]) + 1 if last else 1:03d}"


def _keep(session: Session, account: Account, after: int) -> None:
    """The first line brings the kept sum: an account that was opened by mistake can be undone."""
    if account.has_lines:
        keep_rows(session, MealBalance, "balance = ?", "account_id = ?", [(after, account.id)])
        return
    row = {"account_id": account.id, "kind": account.kind, "balance": after}
    insert_kept(session, MealBalance, [row])


def _check_side(account: Account, entry: Entry, after: int) -> None:
    if account.kind is AccountKind.CARD and after < 0:
        raise NotEnoughMoney(account.name, account.balance, -entry.amount)
    if account.kind is AccountKind.BILL and after > 0:
        raise DomainError(
            f"{account.name}只欠 {yuan(-account.balance)} 元，"
            f"收不了 {yuan(entry.amount)} 元。多交的请存进餐卡。"
        )


def _row(
    session: Session, account: Account, entry: Entry, after: int, now: datetime
) -> dict[str, Any]:
    return {
        "account_id": account.id,
        "kind": entry.kind,
        "amount": entry.amount,
        "balance": after,
        "on_date": entry.on_date,
        "at": now,
        "month": book_month(session, entry.on_date),
        "meal_id": entry.meal_id,
        "tender": entry.tender,
        "receipt": entry.receipt,
        "reverses_id": entry.reverses_id,
        "words": tidy(entry.words)[:_LONGEST_WORDS],
        "entered_by": actor_of(session).name,
    }


_COLUMNS = (
    'a.id, a.version, a.resident_id, r.name, a.kind, a.state, b.balance, a."limit", a.opened_on,'
    " a.closed_on, a.frozen_reason"
)
_TABLES = """
    meal_account a JOIN resident r ON r.id = a.resident_id
    LEFT JOIN meal_balance b ON b.account_id = a.id
"""


def _first(source: Source, which: Sql) -> Account | None:
    values = next(lookup_of(source).rows(query(_COLUMNS, _TABLES, [which])), None)
    return None if values is None else _made(values)


def _made(values: tuple[Any, ...]) -> Account:
    key, version, resident, name, kind, state, balance, limit, opened, closed, why = values
    return Account(
        id=key,
        version=version,
        resident_id=resident,
        name=name,
        kind=AccountKind.of(kind),
        state=AccountState.of(state),
        balance=balance or 0,
        limit=limit,
        opened_on=date.fromisoformat(opened),
        closed_on=day_of(closed),
        frozen_reason=why or "",
        has_lines=balance is not None,
    )
