"""Changing canteens and the periods they offer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Canteen, CanteenPeriod, Facility, Meal, MealOrder, MealPeriod, StandingOrder
from app.services import rights
from app.values.rights import Right
from app.values.text import tidy
from app.values.times import DAY

MOST_FEE, MOST_PEOPLE, MOST_DAYS = 100_00, 9_999, 7
_LONGEST = {
    "name": ("食堂名称", 20),
    "operator": ("运营单位", 60),
    "supplier": ("供餐单位", 60),
    "address": ("地址", 120),
    "phone": ("监督电话", 40),
    "note": ("备注", 200),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CanteenInput:
    """A canteen as it is typed; `delivery_fee` in 分."""

    name: str
    facility: Facility = Facility.KITCHEN
    operator: str = ""
    supplier: str = ""
    address: str = ""
    phone: str = ""
    delivery_fee: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodInput:
    """A meal period as it is typed; times in minutes since midnight."""

    period: MealPeriod
    opens: int
    closes: int
    order_until: int
    order_days: int = 0
    ready: int
    deliver_by: int
    expected: int = 0
    enabled: bool = True


USUAL = {
    MealPeriod.BREAKFAST: PeriodInput(
        period=MealPeriod.BREAKFAST,
        opens=6 * 60 + 30,
        closes=8 * 60 + 30,
        order_until=16 * 60,
        order_days=1,
        ready=6 * 60 + 20,
        deliver_by=8 * 60,
    ),
    MealPeriod.LUNCH: PeriodInput(
        period=MealPeriod.LUNCH,
        opens=11 * 60,
        closes=12 * 60 + 30,
        order_until=9 * 60,
        ready=10 * 60 + 50,
        deliver_by=12 * 60 + 50,
    ),
    MealPeriod.DINNER: PeriodInput(
        period=MealPeriod.DINNER,
        opens=16 * 60 + 30,
        closes=18 * 60,
        order_until=15 * 60,
        ready=16 * 60 + 20,
        deliver_by=18 * 60 + 20,
    ),
}
"""What the form begins with; food is eaten within two hours (domain.md 4.3)."""


def add(session: Session, entered: CanteenInput) -> int:
    """A canteen more, without periods; raises DomainError for a name that is taken."""
    rights.require(session, Right.EDIT_OFFICE)
    last = session.scalar(select(func.max(Canteen.position)))
    row = Canteen(name="", position=0 if last is None else last + 1)
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, canteen_id: int, entered: CanteenInput, *, version: int) -> None:
    """Another name, address, fee; raises ChangedMeanwhile, DomainError."""
    rights.require(session, Right.EDIT_OFFICE)
    _fill(session, _get(session, canteen_id, version), entered)
    session.flush()


def remove(session: Session, canteen_id: int, *, version: int, now: datetime) -> None:
    """To the recycle bin; raises DomainError where there are meals or orders."""
    rights.require(session, Right.EDIT_OFFICE)
    row = _get(session, canteen_id, version)
    running = StandingOrder.deleted_at.is_(None)
    for kind, words, more in (
        (Meal, "用餐记录", ()),
        (MealOrder, "订餐", ()),
        (StandingOrder, "长期订餐", (running,)),
    ):
        wanted = select(kind.id).where(kind.canteen_id == canteen_id, *more)
        if session.scalar(wanted.limit(1)) is not None:
            raise DomainError(f"“{row.name}”已经有{words}，不能删除；不再供餐的，请停用它的餐次。")
    row.deleted_at = now
    session.flush()


def set_period(
    session: Session, canteen_id: int, entered: PeriodInput, *, version: int | None
) -> int:
    """What a canteen offers at a time of the day; `version` None where it is new. Gives its id.

    Raises ChangedMeanwhile, and DomainError for times that do not follow each other.
    """
    rights.require(session, Right.EDIT_OFFICE)
    row = session.scalar(
        select(CanteenPeriod).where(
            CanteenPeriod.canteen_id == canteen_id, CanteenPeriod.period == entered.period
        )
    )
    if (row.version if row else None) != version:
        raise ChangedMeanwhile
    _check_times(entered)
    row = row or CanteenPeriod(canteen_id=canteen_id, period=entered.period)
    row.opens, row.closes = entered.opens, entered.closes
    row.order_until, row.order_days = entered.order_until, entered.order_days
    row.ready, row.deliver_by = entered.ready, entered.deliver_by
    row.expected, row.enabled = entered.expected, entered.enabled
    session.add(row)
    session.flush()
    return row.id


def _get(session: Session, canteen_id: int, version: int) -> Canteen:
    row = session.get(Canteen, canteen_id)
    if row is None or row.deleted_at is not None or row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(session: Session, row: Canteen, entered: CanteenInput) -> None:
    words = {key: tidy(getattr(entered, key)) for key in _LONGEST}
    for key, (named, longest) in _LONGEST.items():
        if len(words[key]) > longest:
            raise DomainError(f"{named}最多 {longest} 个字，请写短些。")
    if not words["name"]:
        raise DomainError("请填写食堂名称，如 海棠食堂。")
    if not 0 <= entered.delivery_fee <= MOST_FEE:
        raise DomainError(f"送餐费要在 0 到 {MOST_FEE // 100} 元之间。")
    taken = session.scalar(
        select(Canteen.id).where(Canteen.name == words["name"], Canteen.deleted_at.is_(None))
    )
    if taken is not None and taken != row.id:
        raise DomainError(f"已经有“{words['name']}”，请换个名称。")
    row.name, row.facility = words.pop("name"), entered.facility
    for key, text in words.items():
        setattr(row, key, text or None)
    row.delivery_fee = entered.delivery_fee


def _check_times(entered: PeriodInput) -> None:
    name = entered.period.label
    times = (entered.opens, entered.closes, entered.order_until, entered.ready, entered.deliver_by)
    if any(not 0 <= minute <= DAY for minute in times):
        raise DomainError(f"{name}的时间要填当天的时分，如 11:00。")
    if entered.closes <= entered.opens:
        raise DomainError(f"{name}的收餐要晚于开餐，请核对。")
    if entered.deliver_by <= entered.ready:
        raise DomainError(f"{name}的送完要晚于出锅，请核对。")
    if not 0 <= entered.order_days <= MOST_DAYS:
        raise DomainError(f"提前几天订餐要填 0 到 {MOST_DAYS} 之间的数。")
    if entered.order_days == 0 and entered.order_until > entered.closes:
        raise DomainError(f"{name}的订餐截止晚于收餐了，请填早些，或改成提前一天。")
    if not 0 <= entered.expected <= MOST_PEOPLE:
        raise DomainError(f"预计人数要填 0 到 {MOST_PEOPLE} 之间的数。")
