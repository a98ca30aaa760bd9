"""月结 of the accounts for meals: a month is proved, closed, and takes nothing more.

What is booked late for a closed month stands in the first open one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import EntryOfAccount, MealMonth
from app.services import points_clock, rights
from app.services.points_filter import first_of, month_words
from app.services.points_lines import following, month_number
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.money import yuan
from app.values.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class MealProof:
    """What the lines tell of a month, and what the accounts had at its end; in 分.

    A bill that is owed counts negative. What was met by a counter-line counts where it belongs.
    """

    month: int
    opening: int
    paid_in: int
    eaten: int
    refunded: int
    balances: int
    accounts: int
    """With a line in the month, or a balance at its end"""

    @property
    def closing(self) -> int:
        """上月结余 + 收款 - 用餐 - 退款."""
        return self.opening + self.paid_in - self.eaten - self.refunded

    @property
    def difference(self) -> int:
        return self.closing - self.balances

    @property
    def agrees(self) -> bool:
        return self.difference == 0


@dataclass(frozen=True, slots=True)
class Difference:
    """An account whose lines do not come to the balance that is kept."""

    account_id: int
    name: str
    lines: int
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedMonth:
    """A month that takes nothing more, with the sums of the moment of closing."""

    id: int
    month: int
    opening: int
    paid_in: int
    eaten: int
    refunded: int
    closing: int
    accounts: int
    closed_at: datetime
    closed_by: str


class NotInStep(DomainError):
    """Lines and balances tell different sums; `found` are the accounts."""

    def __init__(self, found: list[Difference]) -> None:
        first = found[0]
        more = f"等 {len(found)} 个账户" if len(found) > 1 else ""
        super().__init__(
            f"账账不符：{first.name}{more}的流水合计 {yuan(first.lines)} 元，"
            f"余额 {yuan(first.balance)} 元。先不要月结，请到设置里做一次数据体检，或者用备份核对。"
        )
        self.found = tuple(found)


def proof(source: Source, month: int) -> MealProof:
    """The sums of a month: of all lines, and of the balances that are kept."""
    lookup = lookup_of(source)
    before = query("sum(amount)", "meal_entry", [Sql("month < ?", (month,))])
    later = query("sum(amount)", "meal_entry", [Sql("month > ?", (month,))])
    kept = query("sum(balance)", "meal_balance")
    within = {key: amount for key, amount in lookup.rows(Sql(_BY_KIND, (month,)))}
    received = sum(within.pop(kind.value, 0) for kind in _RECEIVED)
    refunded = -within.pop(EntryOfAccount.REFUND.value, 0)
    return MealProof(
        month=month,
        opening=lookup.value(before) or 0,
        # What went from one account to another comes to nothing.
        paid_in=received + within.pop(EntryOfAccount.MOVED.value, 0),
        eaten=-sum(within.values()),
        refunded=refunded,
        balances=(lookup.value(kept) or 0) - (lookup.value(later) or 0),
        accounts=lookup.value(Sql(_ACCOUNTS, (month, month))) or 0,
    )


def differences(source: Source) -> list[Difference]:
    """The accounts whose books are apart; none where all is well."""
    return [Difference(*row) for row in lookup_of(source).rows(Sql(_APART))]


def closed_months(source: Source) -> tuple[ClosedMonth, ...]:
    """The months that are closed, the latest first."""
    found = lookup_of(source).rows(query(_MONTH, "meal_month", (), "ORDER BY month DESC"))
    return tuple(_closed(values) for values in found)


def next_month(source: Source) -> int | None:
    """The month that is closed next, 202610; None while there is no line."""
    lookup = lookup_of(source)
    last = lookup.value(query("max(month)", "meal_month"))
    if last is not None:
        return following(int(last))
    first: int | None = lookup.value(query("min(month)", "meal_entry"))
    return first


def refusal(source: Source, month: int, today: date) -> str:
    """Why a month cannot be closed, in words; '' where it can."""
    awaited = next_month(source)
    if actor_of(source).grids is not None:
        return "您只看得到部分网格的账，月结要由看得到全部账户的人办。"
    if awaited is None:
        return "餐费账户还没有流水，没有可以月结的。"
    if month < awaited:
        return f"{month_words(month)}已经月结。"
    if month > awaited:
        return f"要一个月一个月地结：请先月结{month_words(awaited)}。"
    if month >= month_number(today):
        return f"{month_words(month)}还没有过完，{first_of(following(month)):%m-%d} 起才能月结。"
    return ""


def close(session: Session, month: int, *, now: datetime) -> MealProof:
    """Prove the books, write down the sums of a month and lock it.

    Raises NotInStep, ClockWentBack, and DomainError for a month that is not over or not the next.
    """
    rights.require(session, Right.KEEP_DEPOSITS)
    why = refusal(session, month, now.date())
    if why:
        raise DomainError(why)
    points_clock.check(session, now.date())
    found = differences(session)
    if found:
        raise NotInStep(found)
    made = proof(session, month)
    session.add(
        MealMonth(
            month=month,
            opening=made.opening,
            paid_in=made.paid_in,
            eaten=made.eaten,
            refunded=made.refunded,
            closing=made.closing,
            accounts=made.accounts,
            closed_at=now,
            closed_by=actor_of(session).name,
        )
    )
    session.flush()
    journal.set_details(session, {FINAL: "已经月结锁账，改错请在后一个月冲正"})
    return made


def _closed(values: tuple[Any, ...]) -> ClosedMonth:
    *known, at, by = values
    names = ("id", "month", "opening", "paid_in", "eaten", "refunded", "closing", "accounts")
    facts = dict(zip(names, known, strict=True))
    return ClosedMonth(**facts, closed_at=datetime.fromisoformat(at), closed_by=by)


_RECEIVED = (EntryOfAccount.DEPOSIT, EntryOfAccount.BILL_PAID)
_MONTH = "id, month, opening, paid_in, eaten, refunded, closing, accounts, closed_at, closed_by"
_BY_KIND = """
    SELECT coalesce(o.kind, e.kind) AS what, sum(e.amount) FROM meal_entry e
    LEFT JOIN meal_entry o ON o.id = e.reverses_id WHERE e.month = ? GROUP BY what
"""
# The plus keeps SQLite from walking all lines in the order of their accounts: the index of the
# months has all that is added up.
_ACCOUNTS = """
    SELECT count(*) FROM meal_balance b
    LEFT JOIN (SELECT account_id FROM meal_entry WHERE month = ? GROUP BY +account_id) AS w
        ON w.account_id = b.account_id
    LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM meal_entry WHERE month > ?
        GROUP BY +account_id) AS l ON l.account_id = b.account_id
    WHERE w.account_id IS NOT NULL OR b.balance <> coalesce(l.amount, 0)
"""
_APART = """
    SELECT a.id, r.name, coalesce(e.amount, 0), coalesce(b.balance, 0)
    FROM meal_account a JOIN resident r ON r.id = a.resident_id
    LEFT JOIN meal_balance b ON b.account_id = a.id
    LEFT JOIN (SELECT account_id, sum(amount) AS amount FROM meal_entry GROUP BY +account_id) AS e
        ON e.account_id = a.id
    WHERE coalesce(e.amount, 0) <> coalesce(b.balance, 0) ORDER BY a.id
"""
