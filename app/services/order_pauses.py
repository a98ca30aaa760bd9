"""Stops (停送): somebody gets nothing from a day to a day. A stop always wins.

Orders that wait are cancelled, also those that were made by hand, also after the cut-off.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MealOrder, MealPeriod, OrderPause, OrderState
from app.services import people, rights
from app.services.order_generation import (
    LONGEST_REASON,
    Difference,
    call_off,
    follow,
    stopped_words,
)
from app.storage.lookup import Source, Sql, actor_of, day_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

REASONS = ("住院", "外出", "回老家", "家人照顾", "本人不要")
_MOST_AHEAD = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseInput:
    """From `since` to `until`, both included; None until further notice."""

    resident_id: int
    since: date
    until: date | None = None
    reason: str


@dataclass(frozen=True, slots=True)
class PauseView:
    """A stop of somebody."""

    id: int
    version: int
    resident_id: int
    since: date
    until: date | None
    reason: str
    entered_by: str

    @property
    def span(self) -> str:
        """12-02 至 12-05; 12-02 起，直到另行通知."""
        if self.until is None:
            return f"{self.since:%m-%d} 起，直到另行通知"
        if self.until == self.since:
            return f"{self.since:%m-%d} 一天"
        return f"{self.since:%m-%d} 至 {self.until:%m-%d}"


@dataclass(frozen=True, slots=True)
class Affected:
    """An order that waits and that a stop would cancel."""

    on_date: date
    period: MealPeriod
    by_hand: bool


def pauses(source: Source, resident_id: int, *, today: date) -> list[PauseView]:
    """The stops of somebody that hold or are to come."""
    where = [
        Sql("resident_id = ? AND deleted_at IS NULL", (resident_id,)),
        Sql("until IS NULL OR until >= ?", (today.isoformat(),)),
    ]
    columns = "id, version, resident_id, since, until, reason, entered_by"
    found = lookup_of(source).rows(query(columns, "order_pause", where, "ORDER BY since, id"))
    return [
        PauseView(key, version, person, date.fromisoformat(since), day_of(until), reason, by)
        for key, version, person, since, until, reason, by in found
    ]


def affected(source: Source, entered: PauseInput, *, today: date) -> list[Affected]:
    """The orders that wait within the stop: whoever stops is told of them before."""
    where = [
        Sql("resident_id = ?", (entered.resident_id,)),
        Sql("on_date >= ?", (max(entered.since, today).isoformat(),)),
        Sql("state = ?", (OrderState.ORDERED.value,)),
    ]
    if entered.until is not None:
        where.append(Sql("on_date <= ?", (entered.until.isoformat(),)))
    found = query("on_date, period, by_hand", "meal_order", where, "ORDER BY on_date")
    return [
        Affected(date.fromisoformat(day), MealPeriod.of(period), bool(hand))
        for day, period, hand in lookup_of(source).rows(found)
    ]


def add(session: Session, entered: PauseInput, *, now: datetime) -> tuple[int, Difference]:
    """Stop somebody's meals: the id, and the orders that were cancelled.

    Raises DomainError without a reason, for days that are past, and over another stop.
    """
    rights.require(session, Right.RUN_CANTEEN)
    entered = _checked(session, entered, now.date())
    if entered.since < now.date():
        raise DomainError("停送要从今天或以后开始：过去的餐已经送了，要改请在送餐里登记。")
    check_apart(session, entered)
    row = OrderPause(resident_id=entered.resident_id, entered_by=actor_of(session).name)
    _fill(row, entered)
    session.add(row)
    session.flush()
    return row.id, follow_stop(session, entered, now=now)


def change(
    session: Session, pause_id: int, entered: PauseInput, *, version: int, now: datetime
) -> Difference:
    """Another end, beginning or reason; meals of days that are free again come back.

    What has begun keeps its first day. Raises as `add` does, and ChangedMeanwhile.
    """
    rights.require(session, Right.RUN_CANTEEN)
    row = get(session, pause_id, version=version)
    today = now.date()
    entered = _checked(session, replace(entered, resident_id=row.resident_id), today)
    if entered.since != row.since and min(entered.since, row.since) < today:
        raise DomainError("停送已经开始，开始的日子不能再改；要恢复送餐，请改结束的日子。")
    check_apart(session, entered, besides=row.id)
    _fill(row, entered)
    session.flush()
    return follow_stop(session, entered, now=now)


def resume(
    session: Session, pause_id: int, *, version: int, first: date, now: datetime
) -> Difference:
    """Meals come again from a day on: the stop ends before it, or was never needed."""
    rights.require(session, Right.RUN_CANTEEN)
    row = get(session, pause_id, version=version)
    if first < now.date():
        raise DomainError("恢复送餐要从今天或以后开始。")
    if row.until is not None and first > row.until:
        raise DomainError(f"停送到 {row.until:%Y-%m-%d} 就结束了，不用再恢复。")
    if first <= row.since:
        row.deleted_at = now
    else:
        row.until = first - timedelta(days=1)
    session.flush()
    return follow(session, row.resident_id, now=now)


def get(session: Session, pause_id: int, *, version: int | None = None) -> OrderPause:
    """The row; raises DomainError where it was taken back, ChangedMeanwhile for an old version."""
    row = session.get(OrderPause, pause_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这次停送已经取消，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _checked(session: Session, entered: PauseInput, today: date) -> PauseInput:
    people.get_present(session, entered.resident_id)
    words = tidy(entered.reason)
    if not words:
        raise DomainError("请写明停送的原因，如“住院”“回老家”。")
    if len(words) > LONGEST_REASON:
        raise DomainError(f"原因最多 {LONGEST_REASON} 个字，请写短些。")
    if entered.until is not None and entered.until < max(entered.since, today):
        raise DomainError("停送结束的日子要在今天以后，也不能早于开始，请核对。")
    if (entered.since - today).days > _MOST_AHEAD:
        raise DomainError("停送开始的日子太远，请核对年份。")
    return replace(entered, reason=words)


def check_apart(session: Session, entered: PauseInput | OrderPause, *, besides: int = 0) -> None:
    """One stop after the other: two over the same days would have to be lifted twice.

    Raises DomainError.
    """
    others = session.scalars(
        select(OrderPause).where(
            OrderPause.resident_id == entered.resident_id,
            OrderPause.deleted_at.is_(None),
            OrderPause.id != besides,
        )
    )
    for one in others:
        if one.since <= (entered.until or date.max) and (one.until or date.max) >= entered.since:
            until = f"到 {one.until:%Y-%m-%d}" if one.until else "直到另行通知"
            raise DomainError(
                f"{one.since:%Y-%m-%d} {until}已经登记停送（{one.reason}）。"
                "请修改那一次，不用再登记。"
            )


def follow_stop(session: Session, entered: PauseInput | OrderPause, *, now: datetime) -> Difference:
    """Days that were generated follow the plan; what was ordered by hand further on is stopped."""
    done = follow(session, entered.resident_id, now=now)
    return replace(done, cancelled=(*done.cancelled, *_stop_others(session, entered, now)))


def _stop_others(
    session: Session, entered: PauseInput | OrderPause, now: datetime
) -> tuple[tuple[int, str], ...]:
    """Orders by hand for days that nobody generated yet."""
    waiting = select(MealOrder).where(
        MealOrder.resident_id == entered.resident_id,
        MealOrder.on_date >= max(entered.since, now.date()),
        MealOrder.on_date <= (entered.until or date.max),
        MealOrder.state == OrderState.ORDERED,
    )
    reason, rows = stopped_words(entered.reason), session.scalars(waiting).all()
    for row in rows:
        call_off(session, row, reason, now=now)
    session.flush()
    return tuple((row.id, reason) for row in rows)


def _fill(row: OrderPause, entered: PauseInput) -> None:
    row.since, row.until, row.reason = entered.since, entered.until, entered.reason
