"""月结: a month of the points ledger is proved, closed, and takes nothing more (domain.md 3.4).

What is entered late for a closed month stands in the first open one, with 补 2026-10 before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import PointsMonth
from app.services import points_book, points_open, rights
from app.services.points_filter import first_of, month_words
from app.services.points_lines import check_days, following, month_number
from app.services.points_open import OpenMatters
from app.services.points_proof import Difference, Proof, differences, proof
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import Source, actor_of, lookup_of, query
from app.values.rights import Right

__all__ = [
    "Difference",
    "NotInStep",
    "OpenMatters",
    "Proof",
    "close",
    "differences",
    "due_on",
    "next_month",
    "proof",
    "require_everybody",
]

DUE_DAY = 5
"""Until this day of the next month the list hangs (domain.md 3.3)."""


class NotInStep(DomainError):
    """Lines, balances and lots tell different sums; `found` are the accounts."""

    def __init__(self, found: Sequence[Difference]) -> None:
        first = found[0]
        more = f"等 {len(found)} 个账户" if len(found) > 1 else ""
        super().__init__(
            f"账账不符：{first.name}{more}的流水合计 {first.entries:,} 分，"
            f"余额 {first.balance:,} 分，未用的 {first.lots:,} 分。"
            "先不要月结，请到设置里做一次数据体检，或者用备份核对。"
        )
        self.found = tuple(found)


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing a month did: its proof, and the points that had lapsed and were booked out."""

    proof: Proof
    expired: int


def next_month(source: Source) -> int | None:
    """The month that is closed next, 202610; None while the ledger has no line."""
    lookup = lookup_of(source)
    last = lookup.value(query("max(month)", "points_month"))
    if last is not None:
        return following(int(last))
    first: int | None = lookup.value(query("min(month)", "points_entry"))
    return first


def due_on(month: int) -> date:
    """The day until which a month should be closed: 5 December for November."""
    return first_of(following(month)).replace(day=DUE_DAY)


def close(session: Session, month: int, *, now: datetime) -> Closed:
    """Prove the books, write down the sums of a month and lock it; what lapsed goes out first.

    Raises OpenMatters naming what waits for review or for an answer, NotInStep, ClockWentBack,
    and DomainError for a month that is not over or not the next.
    """
    rights.require(session, Right.CLOSE_MONTHS)
    require_everybody(session)
    _check_turn(session, month, now.date())
    check_days(session, (), now)
    points_open.refuse(session, month)
    expired = points_book.expire(session, now=now)
    found = differences(session)
    if found:
        raise NotInStep(found)
    made = proof(session, month)
    row = PointsMonth(
        month=month,
        opening=made.opening,
        earned=made.added,
        spent=made.taken,
        closing=made.closing,
        accounts=made.accounts,
        closed_at=now,
        closed_by=actor_of(session).name,
    )
    session.add(row)
    session.flush()
    journal.set_details(session, {FINAL: "已经月结锁账，改错请在后一个月冲正"})
    return Closed(made, expired)


def require_everybody(source: Source) -> None:
    """Raises DomainError for whoever sees the people of some grids only: sums would lack others."""
    if actor_of(source).grids is not None:
        raise DomainError("您只看得到部分网格的账，月结和公示要由看得到全部账户的人办。")


def _check_turn(session: Session, month: int, today: date) -> None:
    awaited = next_month(session)
    if awaited is None:
        raise DomainError("积分账上还没有流水，没有可以月结的。")
    if month < awaited:
        raise DomainError(f"{month_words(month)}已经月结过了，请刷新后再看。")
    if month > awaited:
        raise DomainError(f"要一个月一个月地结：请先月结{month_words(awaited)}。")
    if month >= month_number(today):
        raise DomainError(
            f"{month_words(month)}还没有过完，{first_of(following(month)):%m-%d} 起才能月结。"
        )
