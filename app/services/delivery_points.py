"""Points and hours of volunteers who carry (domain.md 3, 4.3): a claim for each walk, once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Canteen,
    CanteenStaff,
    ClaimOrigin,
    DeliveryRoute,
    DeliveryRun,
    PointsItem,
    PointsUnit,
    Volunteer,
)
from app.services import (
    delivery_carriers,
    delivery_hours,
    delivery_routes,
    points_claims,
    points_owner,
    points_rules,
    settings,
)
from app.services.points_claims import LONGEST_PLACE, ClaimInput
from app.storage.lookup import actor_of
from app.values.times import minute_of

_PER_HALF_HOUR, _ONCE = 50, 100
_IN_CHARGE = "负责人"


def ask_for(session: Session, run: DeliveryRun, *, now: datetime) -> str:
    """Propose the points of a walk that is back; gives in a sentence what became of it.

    '' where a member of the staff carried or the office gives none. The walk itself is never
    refused for the points.
    """
    name = str(settings.value(session, settings.DELIVERY_ITEM)).strip()
    if run.volunteer_id is None or not name:
        return ""
    carrier = run.carrier or delivery_carriers.name_of(session, run.volunteer_id)
    item = session.scalars(
        select(PointsItem).where(PointsItem.name == name, PointsItem.deleted_at.is_(None))
    ).first()
    if item is None:
        return f"没有给{carrier}记积分：积分事项里没有“{name}”，请核对“设置 · 食堂”。"
    person = session.get_one(Volunteer, run.volunteer_id).resident_id
    # An open one: to open another is the points desk's to do.
    account = points_owner.account_of_volunteer(session, run.volunteer_id, person)
    if account is None:
        return f"没有给{carrier}记积分：他还没有积分账户，请到“积分超市”开户。"
    half_hours = _half_hours(session, run)
    by_hour = _by_hour(session, run, item)
    if by_hour and not half_hours:
        return _nothing_new(session, run, carrier)
    entered = _claim(session, run, item, account, half_hours, by_hour=by_hour)
    try:
        with session.begin_nested():
            run.claim_id = points_claims.enter(session, entered, now=now)
    except DomainError as error:
        return f"没有给{carrier}记积分：{error}"
    session.flush()
    return f"{carrier}的积分已送复核。"


def _claim(
    session: Session,
    run: DeliveryRun,
    item: PointsItem,
    account: int,
    half_hours: int,
    *,
    by_hour: bool,
) -> ClaimInput:
    route = delivery_routes.get(session, run.route_id)
    left, back = run.departed_at, run.returned_at
    return ClaimInput(
        account_id=account,
        item_id=item.id,
        on_date=run.on_date,
        volunteer_id=run.volunteer_id,
        quantity=half_hours * _PER_HALF_HOUR if by_hour else _ONCE,
        half_hours=half_hours if item.deed.gives_hours else 0,
        starts=minute_of(left) if left else None,
        ends=minute_of(back) if back else None,
        place=_place(session, route),
        leader=_leader(session, route),
        # Carriers are volunteers of this office, whoever cooks.
        ours=True,
        words=f"送餐 {route.name} {run.period.label}",
        origin=ClaimOrigin.DELIVERY,
        source_key=f"delivery_run:{run.id}",
        reason="送餐往返登记",
    )


def _by_hour(session: Session, run: DeliveryRun, item: PointsItem) -> bool:
    rule = points_rules.rule_on(session, item.id, run.on_date)
    return rule is not None and rule.per is PointsUnit.HOUR


def _half_hours(session: Session, run: DeliveryRun) -> int:
    """What this walk adds to the day; see `delivery_hours` for what counts."""
    if run.volunteer_id is None:
        return 0
    return delivery_hours.added(session, run.volunteer_id, run.on_date, run.id)


def _nothing_new(session: Session, run: DeliveryRun, carrier: str) -> str:
    walked = delivery_hours.minutes(session, run.volunteer_id or 0, run.on_date)
    return (
        f"这一趟没有给{carrier}另记：当天送餐一共 {walked} 分钟，同一时间只记一次，"
        "不满半小时的零头要和下一趟合起来满了才记。"
    )


def _place(session: Session, route: DeliveryRoute) -> str:
    """望海社区食堂 一路 望海路以南."""
    canteen = session.get_one(Canteen, route.canteen_id).name
    return " ".join(filter(None, (canteen, route.name, route.area)))[:LONGEST_PLACE]


def _leader(session: Session, route: DeliveryRoute) -> str:
    """Who is in charge of the canteen, else who sees to the walks of the day."""
    wanted = select(CanteenStaff.name).where(
        CanteenStaff.canteen_id == route.canteen_id,
        CanteenStaff.left_on.is_(None),
        CanteenStaff.duty == _IN_CHARGE,
    )
    return session.scalars(wanted.order_by(CanteenStaff.id)).first() or actor_of(session).name
