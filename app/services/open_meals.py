"""What waits in 食堂: cases, deliveries, samples, claims; looks of open_matters."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import (
    CanteenStaff,
    CareCase,
    FoodSample,
    MealBalance,
    MealClaim,
    MealClaimPart,
    MealOrder,
    MealWay,
    OrderState,
    StandingOrder,
)
from app.services.due_today import WARN_DAYS
from app.services.open_kinds import OpenMatter
from app.services.points_filter import month_words
from app.values.money import yuan

_HOUSE = "食堂 → "
_DELIVERY, _ORDERS, _SAFETY = f"{_HOUSE}送餐", f"{_HOUSE}订餐", f"{_HOUSE}食品安全"
_CLAIMS, _ACCOUNTS = f"{_HOUSE}结算", f"{_HOUSE}账户"


def deliveries(session: Session, today: date) -> Iterator[OpenMatter]:
    """Who did not answer the door, what was to be delivered on days that are over."""
    open_ones = select(func.count(), func.min(CareCase.raised_at)).where(
        CareCase.closed_at.is_(None)
    )
    count, first = session.execute(open_ones).one()
    if count:
        words = f"{count:,} 人，最早 {first:%Y-%m-%d}"
        yield OpenMatter("送餐关怀没有了结", words, _DELIVERY)
    left = select(func.count()).where(
        MealOrder.on_date < today, MealOrder.state == OrderState.ORDERED
    )
    if old := session.scalar(left.where(MealOrder.way == MealWay.BROUGHT)):
        yield OpenMatter("以前的订餐没有登记送达", f"{old:,} 份", _DELIVERY)
    if old := session.scalar(left.where(MealOrder.way != MealWay.BROUGHT)):
        yield OpenMatter("以前的堂食、自取订餐没有记餐，也没有取消", f"{old:,} 份", _ORDERS)
    standing = select(func.count()).where(
        StandingOrder.deleted_at.is_(None),
        func.coalesce(StandingOrder.until, date.max) >= today,
    )
    if running := session.scalar(standing):
        yield OpenMatter("长期订餐", f"{running:,} 份", _ORDERS)


def kitchen(session: Session, today: date) -> Iterator[OpenMatter]:
    """Samples that may be destroyed, certificates of the staff that end."""
    over = datetime.combine(today, datetime.min.time())
    kept = select(func.count()).where(
        FoodSample.destroyed_at.is_(None), FoodSample.keep_until < over
    )
    if count := session.scalar(kept):
        yield OpenMatter("到期没有销毁的留样", f"{count:,} 份", _SAFETY)
    ends = select(func.count()).where(
        CanteenStaff.left_on.is_(None),
        CanteenStaff.certificate_until <= today + timedelta(days=WARN_DAYS),
    )
    if count := session.scalar(ends):
        yield OpenMatter("健康证到期或快到期", f"{count:,} 人", _SAFETY)


def money(session: Session, _today: date) -> Iterator[OpenMatter]:
    """What people have paid in or owe, claims on their way, subsidies that did not come."""
    for words, side in (
        ("餐卡存款", MealBalance.balance > 0),
        ("月结欠款", MealBalance.balance < 0),
    ):
        summed = select(func.count(), func.sum(MealBalance.balance)).where(side)
        count, amount = session.execute(summed).one()
        if count:
            yield OpenMatter(words, f"{count:,} 户，{yuan(abs(amount))} 元", _ACCOUNTS)
    unsent = select(MealClaim.month).where(MealClaim.submitted_at.is_(None))
    for month in session.scalars(unsent.order_by(MealClaim.month)):
        yield OpenMatter(f"{month_words(month)}补贴结算没有提交", "", _CLAIMS)
    claimed = MealClaimPart.of_month + MealClaimPart.difference
    # A payer who is to get something back pays nothing.
    owed = (
        select(func.count(), func.sum(claimed))
        .join(MealClaim, MealClaim.id == MealClaimPart.claim_id)
        .where(MealClaim.submitted_at.is_not(None), MealClaimPart.received_on.is_(None))
        .where(claimed > 0)
    )
    count, amount = session.execute(owed).one()
    if count:
        yield OpenMatter("补贴没有到账", f"{count:,} 笔，{yuan(amount)} 元", _CLAIMS)
