"""Standing orders (长期订餐): what somebody gets every week until further notice.

The orders of days that stand already follow every change (order_generation.follow).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import MealPeriod, MealWay, PayWay, StandingOrder
from app.services import canteens, people, rights
from app.services.order_generation import Difference, follow
from app.services.order_plan import cut_off, cut_off_words, period_of
from app.storage.lookup import Source
from app.values.days import WEEKDAYS
from app.values.rights import Right
from app.values.text import tidy

WEEK = "1234567"
MOST_PORTIONS = 20
LONGEST_NOTE = 120
_SPANS = {"1234567": "每天", "12345": "周一至周五", "123456": "周一至周六", "67": "周末"}
_FIELDS = (
    *("canteen_id", "period", "weekdays"),
    *("set_letter", "quantity", "way", "pay_way", "since", "until"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingInput:
    """A standing order as it is typed; `weekdays` 1-7, Monday is 1."""

    resident_id: int
    canteen_id: int
    period: MealPeriod
    weekdays: str
    set_letter: str
    quantity: int = 1
    way: MealWay = MealWay.BROUGHT
    pay_way: PayWay = PayWay.CARD
    since: date
    until: date | None = None
    note: str = ""


def weekday_words(weekdays: str) -> str:
    """每天, 周一至周五, 周一、三、五."""
    told = _SPANS.get(weekdays)
    return told or "周" + "、".join(WEEKDAYS[int(one) - 1] for one in weekdays)


def first_open_day(source: Source, canteen_id: int, period: MealPeriod, now: datetime) -> date:
    """The first day whose cut-off for a period is still to come."""
    offered = period_of(source, canteen_id, period)
    day = now.date()
    while offered is not None and cut_off(offered, day) <= now:
        day += timedelta(days=1)
    return day


def add(session: Session, entered: StandingInput, *, now: datetime) -> tuple[int, Difference]:
    """A new standing order: its id, and what became of the days that stand already.

    Raises DomainError for a day past the cut-off, a period or set that is not offered, and where
    the person gets a meal of that period on one of the weekdays already.
    """
    rights.require(session, Right.RUN_CANTEEN)
    entered = _checked(session, entered, now)
    _check_begins(session, entered, now)
    check_once(session, entered)
    row = StandingOrder(resident_id=entered.resident_id)
    _fill(row, entered)
    session.add(row)
    session.flush()
    return row.id, follow(session, row.resident_id, now=now)


def change(
    session: Session, standing_id: int, entered: StandingInput, *, version: int, now: datetime
) -> Difference:
    """Change a standing order; the person stays. Raises as `add` does, and ChangedMeanwhile."""
    rights.require(session, Right.RUN_CANTEEN)
    row = get(session, standing_id, version=version)
    entered = _checked(session, replace(entered, resident_id=row.resident_id), now)
    if entered.since != row.since:
        _check_begins(session, entered, now)
    check_once(session, entered, besides=row.id)
    _fill(row, entered)
    session.flush()
    return follow(session, row.resident_id, now=now)


def remove(session: Session, standing_id: int, *, version: int, now: datetime) -> Difference:
    """Into the recycle bin; the orders that it made for days to come are cancelled."""
    rights.require(session, Right.RUN_CANTEEN)
    row = get(session, standing_id, version=version)
    row.deleted_at = now
    session.flush()
    return follow(session, row.resident_id, now=now)


def get(session: Session, standing_id: int, *, version: int | None = None) -> StandingOrder:
    """The row; raises DomainError where it was deleted, ChangedMeanwhile for an old version."""
    row = session.get(StandingOrder, standing_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这份长期订餐已经删除，请刷新后再看；需要时可从回收站放回。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def input_of(session: Session, standing_id: int) -> tuple[StandingInput, int]:
    """What the form shows, and the version."""
    row = get(session, standing_id)
    entered = StandingInput(
        resident_id=row.resident_id,
        canteen_id=row.canteen_id,
        period=row.period,
        weekdays=row.weekdays,
        set_letter=row.set_letter,
        quantity=row.quantity,
        way=row.way,
        pay_way=row.pay_way,
        since=row.since,
        until=row.until,
        note=row.note or "",
    )
    return entered, row.version


def _checked(session: Session, entered: StandingInput, now: datetime) -> StandingInput:
    people.get_present(session, entered.resident_id)
    days = "".join(one for one in WEEK if one in entered.weekdays)
    if not days:
        raise DomainError("请至少选一个星期几。")
    if not 1 <= entered.quantity <= MOST_PORTIONS:
        raise DomainError(f"份数要在 1 到 {MOST_PORTIONS} 之间，请核对。")
    if entered.until is not None and entered.until < entered.since:
        raise DomainError("结束的日子在开始之前，请核对。")
    if len(tidy(entered.note)) > LONGEST_NOTE:
        raise DomainError(f"备注最多 {LONGEST_NOTE} 个字，请写短些。")
    _check_offered(session, entered, now.date())
    return replace(entered, weekdays=days, note=tidy(entered.note))


def _check_offered(session: Session, entered: StandingInput, today: date) -> None:
    if period_of(session, entered.canteen_id, entered.period) is None:
        raise DomainError(f"这个食堂不供{entered.period.label}，请换一个餐次。")
    day = max(entered.since, today)
    offered = canteens.set_meals(session, entered.canteen_id, day, entered.period)
    letters = [one.letter for one in offered]
    if entered.set_letter not in letters:
        known = "、".join(letters) or "没有套餐"
        raise DomainError(
            f"{entered.period.label}没有“{entered.set_letter}”套餐（现有：{known}）。"
            "请换一个，或在设置里加上套餐。"
        )


def _check_begins(session: Session, entered: StandingInput, now: datetime) -> None:
    """The kitchen has counted for the days whose cut-off is over."""
    first = first_open_day(session, entered.canteen_id, entered.period, now)
    if entered.since >= first:
        return
    offered = period_of(session, entered.canteen_id, entered.period)
    until = cut_off_words(offered) if offered else ""
    raise DomainError(
        f"{entered.period.label}{until} 截止订餐，长期订餐最早从 {first:%Y-%m-%d} 开始。"
        "这之前还要送的，请另外订一餐。"
    )


def check_once(
    session: Session, entered: StandingInput | StandingOrder, *, besides: int = 0
) -> None:
    """Nobody gets the same meal twice, from whichever canteen; raises DomainError."""
    for one in _others(session, entered, besides):
        shared = [day for day in one.weekdays if day in entered.weekdays]
        if shared and _overlap(one, entered):
            name = people.get(session, entered.resident_id).name
            days = weekday_words("".join(shared))
            raise DomainError(
                f"{name}{days}的{entered.period.label}已经有长期订餐（{one.since:%Y-%m-%d} 起），"
                "请修改那一份，或去掉重复的日子。"
            )


def _others(
    session: Session, entered: StandingInput | StandingOrder, besides: int
) -> Iterable[StandingOrder]:
    return session.scalars(
        select(StandingOrder).where(
            StandingOrder.resident_id == entered.resident_id,
            StandingOrder.period == entered.period,
            StandingOrder.deleted_at.is_(None),
            StandingOrder.id != besides,
        )
    ).all()


def _overlap(one: StandingOrder, entered: StandingInput | StandingOrder) -> bool:
    begins_later = one.since > (entered.until or date.max)
    ended_before = (one.until or date.max) < entered.since
    return not begins_later and not ended_before


def _fill(row: StandingOrder, entered: StandingInput) -> None:
    for name in _FIELDS:
        setattr(row, name, getattr(entered, name))
    row.note = entered.note or None
