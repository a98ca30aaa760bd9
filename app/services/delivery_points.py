"""Points of volunteers who carry (domain.md 3, 4.3): a claim for each walk, once, by the rule."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    ClaimOrigin,
    DeliveryRun,
    PointsItem,
    PointsUnit,
    Volunteer,
)
from app.services import (
    delivery_carriers,
    delivery_routes,
    points_claims,
    points_owner,
    points_rules,
    settings,
)
from app.services.points_claims import ClaimInput
from app.values.times import HALF_HOUR

_PER_HALF_HOUR, _ONCE = 50, 100


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
    try:
        with session.begin_nested():
            run.claim_id = points_claims.enter(
                session, _claim(session, run, item, account), now=now
            )
    except DomainError as error:
        return f"没有给{carrier}记积分：{error}"
    session.flush()
    return f"{carrier}的积分已送复核。"


def _claim(session: Session, run: DeliveryRun, item: PointsItem, account: int) -> ClaimInput:
    half_hours = _half_hours(run)
    rule = points_rules.rule_on(session, item.id, run.on_date)
    by_hour = rule is not None and rule.per is PointsUnit.HOUR
    route = delivery_routes.get(session, run.route_id)
    return ClaimInput(
        account_id=account,
        item_id=item.id,
        on_date=run.on_date,
        volunteer_id=run.volunteer_id,
        quantity=half_hours * _PER_HALF_HOUR if by_hour else _ONCE,
        half_hours=half_hours if item.deed.gives_hours else 0,
        words=f"送餐 {route.name} {run.period.label}",
        origin=ClaimOrigin.DELIVERY,
        source_key=f"delivery_run:{run.id}",
        reason="送餐往返登记",
    )


def _half_hours(run: DeliveryRun) -> int:
    """From setting out to coming back, half an hour begun counts."""
    if run.departed_at is None or run.returned_at is None:
        return 0
    minutes = (run.returned_at - run.departed_at).total_seconds() / 60
    return max(1, -int(-minutes // HALF_HOUR))
