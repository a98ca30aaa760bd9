"""Money over the desk: deposits, refunds, bills that are paid; each with a receipt of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AccountKind, AccountState, EntryOfAccount, MealEntry, Tender
from app.services import meal_entries, points_clock, rights
from app.services.meal_entries import Account, Entry
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.money import MOST, yuan
from app.values.rights import Right
from app.values.text import tidy

RECEIVED, PAID_BACK = "SK", "TK"
_BY_HAND = (EntryOfAccount.DEPOSIT, EntryOfAccount.BILL_PAID, EntryOfAccount.REFUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What stands on a receipt (收据): money that came in or was paid back; amounts in 分."""

    entry_id: int
    number: str
    resident_id: int
    name: str
    account_kind: AccountKind
    kind: EntryOfAccount
    amount: int
    """Always positive"""
    balance: int
    """Of the account after it; what a bill owes is negative"""
    tender: Tender
    words: str
    at: datetime
    entered_by: str
    reversed: bool

    @property
    def before(self) -> int:
        return self.balance + (self.amount if self.kind is EntryOfAccount.REFUND else -self.amount)


def deposit(
    session: Session,
    account_id: int,
    amount: int,
    *,
    tender: Tender = Tender.CASH,
    words: str = "",
    now: datetime,
) -> Receipt:
    """Somebody pays into a card; gives the receipt. Raises DomainError, ClockWentBack."""
    account = _open(session, account_id, AccountKind.CARD, now)
    _check_amount(amount)
    return _book(session, account, EntryOfAccount.DEPOSIT, amount, tender, words, now)


def pay_bill(
    session: Session,
    account_id: int,
    amount: int,
    *,
    tender: Tender = Tender.CASH,
    words: str = "",
    now: datetime,
) -> Receipt:
    """A monthly bill is paid, all of it or a part; gives the receipt. Raises DomainError."""
    account = _open(session, account_id, AccountKind.BILL, now)
    _check_amount(amount)
    if not account.balance:
        raise DomainError(f"{account.name}现在不欠月结款，不用收。")
    return _book(session, account, EntryOfAccount.BILL_PAID, amount, tender, words, now)


def refund(
    session: Session,
    account_id: int,
    amount: int,
    *,
    tender: Tender = Tender.CASH,
    words: str,
    now: datetime,
) -> Receipt:
    """Money of a card is paid back, also of a frozen one; gives the receipt.

    Raises NotEnoughMoney, DomainError without a reason.
    """
    account = _open(session, account_id, AccountKind.CARD, now)
    _check_amount(amount)
    if not tidy(words):
        raise DomainError("请写明为什么退款，如“搬走了”“家属代领”，以后查账要看。")
    return _book(session, account, EntryOfAccount.REFUND, -amount, tender, words, now)


def reverse_entry(session: Session, entry_id: int, *, reason: str, now: datetime) -> int:
    """冲正: a counter-line meets what came in or went out by mistake; gives its id.

    Raises NotEnoughMoney where the money is eaten, DomainError for the line of a meal.
    """
    rights.require(session, Right.KEEP_DEPOSITS)
    points_clock.check(session, now.date())
    entry = session.get(MealEntry, entry_id)
    if entry is None:
        raise DomainError("账上没有这一行，请刷新后再看。")
    why = tidy(reason)
    if not why:
        raise DomainError("请写明为什么冲正，如“金额收错了”，以后查账要看。")
    _check_reversible(session, entry)
    account = meal_entries.account(session, entry.account_id)
    back = Entry(
        kind=EntryOfAccount.REVERSAL,
        amount=-entry.amount,
        on_date=now.date(),
        words=f"冲正 {entry.receipt}：{why}" if entry.receipt else why,
        tender=entry.tender,
        reverses_id=entry.id,
    )
    return meal_entries.write(session, account, back, now=now)[0]


def receipt(source: Source, entry_id: int) -> Receipt:
    """The receipt of a line, to be printed at once or again; DomainError where it has none."""
    asked = query(_COLUMNS, _TABLES, [Sql("e.id = ? AND e.receipt > ''", (entry_id,))])
    values = next(lookup_of(source).rows(asked), None)
    if values is None:
        raise DomainError("这一行没有收据，只有存款、退款和收月结款才有。")
    key, number, person, name, account_kind, kind, amount, balance, tender, words, at, by, met = (
        values
    )
    return Receipt(
        entry_id=key,
        number=number,
        resident_id=person,
        name=name,
        account_kind=AccountKind.of(account_kind),
        kind=EntryOfAccount.of(kind),
        amount=abs(amount),
        balance=balance,
        tender=Tender.of(tender),
        words=words,
        at=datetime.fromisoformat(at),
        entered_by=by,
        reversed=bool(met),
    )


def _book(
    session: Session,
    account: Account,
    kind: EntryOfAccount,
    amount: int,
    tender: Tender,
    words: str,
    now: datetime,
) -> Receipt:
    prefix = RECEIVED if amount > 0 else PAID_BACK
    entry = Entry(
        kind=kind,
        amount=amount,
        on_date=now.date(),
        words=words,
        tender=tender,
        receipt=meal_entries.next_receipt(session, prefix, now.date()),
    )
    key, _ = meal_entries.write(session, account, entry, now=now)
    return receipt(session, key)


def _open(session: Session, account_id: int, kind: AccountKind, now: datetime) -> Account:
    rights.require(session, Right.KEEP_DEPOSITS)
    points_clock.check(session, now.date())
    found = meal_entries.account(session, account_id)
    if found.kind is not kind:
        raise DomainError(f"{found.name}的这个账户是{found.kind.label}，请另选一个账户。")
    if found.state is AccountState.CLOSED:
        raise DomainError(f"{found.name}的账户已经销户，请重新开户。")
    return found


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise DomainError("金额要大于 0 元。")
    if amount > MOST:
        raise DomainError(f"金额太大，最多 {yuan(MOST)} 元，请核对。")


def _check_reversible(session: Session, entry: MealEntry) -> None:
    if session.scalar(select(MealEntry.id).where(MealEntry.reverses_id == entry.id)):
        raise DomainError("这一行已经冲正过，不能再冲正一次。")
    if entry.meal_id is not None:
        raise DomainError("这是一餐的餐费，请撤销那一餐，钱会一起退回。")
    if entry.kind not in _BY_HAND:
        raise DomainError(f"“{entry.kind.label}”的行不能冲正；记错了请另记一笔。")


_COLUMNS = (
    "e.id, e.receipt, r.id, r.name, a.kind, e.kind, e.amount, e.balance, e.tender, e.words, e.at,"
    " e.entered_by, EXISTS (SELECT 1 FROM meal_entry x WHERE x.reverses_id = e.id)"
)
_TABLES = """
    meal_entry e JOIN meal_account a ON a.id = e.account_id
    JOIN resident r ON r.id = a.resident_id
"""
