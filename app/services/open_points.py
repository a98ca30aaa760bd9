"""What waits in 积分超市: reviews, hours not written down, months, goods; looks of open_matters.

Counted as the page counts, so that whoever takes over finds the same there.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import (
    Appeal,
    ClaimState,
    PointsClaim,
    PointsMonth,
    ReceiptKind,
    Reservation,
    ReservationState,
    StarAward,
    StarState,
    StockReceipt,
    Stocktake,
)
from app.services import activity_views, goods, points_months
from app.services.open_kinds import OpenMatter

_SHOP = "积分超市 → "
_LEDGER, _MONTHS, _STOCK = f"{_SHOP}台账", f"{_SHOP}月结", f"{_SHOP}库存"
_COUNTER, _ACTIVITIES, _VOLUNTEERS = f"{_SHOP}柜台", f"{_SHOP}活动", f"{_SHOP}志愿者"


def points(session: Session, today: date) -> Iterator[OpenMatter]:
    """What is not agreed, not answered, not closed, not made public to the end."""
    waiting = select(func.count(), func.min(PointsClaim.entered_at)).where(
        PointsClaim.state == ClaimState.WAITING
    )
    count, oldest = session.execute(waiting).one()
    if count:
        yield OpenMatter("积分没有复核", f"{count:,} 笔，最早 {oldest:%Y-%m-%d}", _LEDGER)
    asked = select(func.count(), func.min(Appeal.raised_on)).where(Appeal.answered_on.is_(None))
    raised, first = session.execute(asked).one()
    if raised:
        yield OpenMatter("积分申诉没有答复", f"{raised:,} 件，最早 {first:%Y-%m-%d}", _LEDGER)
    month = points_months.next_month(session)
    if month is not None and today > points_months.due_on(month):
        words = f"应在 {points_months.due_on(month):%Y-%m-%d} 前"
        yield OpenMatter(f"{_said(month)}没有月结", words, _MONTHS)
    unfiled = select(PointsMonth.month).where(PointsMonth.archived_on.is_(None))
    for closed in session.scalars(unfiled.order_by(PointsMonth.month)):
        yield OpenMatter(f"{_said(closed)}的公示没有归档", "", _MONTHS)


def service(session: Session, today: date) -> Iterator[OpenMatter]:
    """Hours that were not written down in time (order 67 art. 11), stars on their way."""
    if late := activity_views.late_count(session, today=today):
        yield OpenMatter("活动的时长没有按时记录", f"{late:,} 次", _ACTIVITIES)
    for state in (StarState.PROPOSED, StarState.PUBLISHED):
        counted = select(func.count()).where(StarAward.state == state)
        if count := session.scalar(counted):
            yield OpenMatter(f"星级：{state.label}", f"{count:,} 人", _VOLUNTEERS)


def shop(session: Session, today: date) -> Iterator[OpenMatter]:
    """Goods put aside, a stocktaking under way, what runs out, whom nobody has thanked."""
    kept = select(func.count()).where(
        Reservation.state == ReservationState.WAITING, Reservation.until >= today
    )
    if count := session.scalar(kept):
        yield OpenMatter("预约了还没有领", f"{count:,} 笔", _COUNTER)
    for day in session.scalars(select(Stocktake.on_date).where(Stocktake.closed_at.is_(None))):
        yield OpenMatter("盘点没有完成", f"{day:%Y-%m-%d} 开始", _STOCK)
    low = sum(one.low for one in goods.all_goods(session, today) if one.on_shelf)
    if low:
        yield OpenMatter("低库存或缺货的商品", f"{low:,} 种", _STOCK)
    given = select(func.count()).where(
        StockReceipt.kind == ReceiptKind.DONATION, StockReceipt.thanked_on.is_(None)
    )
    if count := session.scalar(given):
        yield OpenMatter("捐赠还没有致谢", f"{count:,} 笔", _STOCK)


def _said(month: int) -> str:
    return f"{month // 100} 年 {month % 100} 月"
