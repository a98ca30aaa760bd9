"""The walks of a day (送餐路线的往返): who carries, when it goes, when it is back."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import DeliveryRun, MealOrder, MealPeriod, MealWay, OrderState, Resident
from app.services import delivery_carriers, delivery_points, delivery_routes, rights
from app.values.rights import Right
from app.values.text import tidy


def name_carrier(
    session: Session,
    route_id: int,
    on_date: date,
    period: MealPeriod,
    *,
    carrier: str,
    carrier_role: str = "",
    volunteer_id: int | None = None,
) -> None:
    """Somebody else carries on this day; points go to whoever carried.

    Raises DomainError without a name, or for a walk that is back.
    """
    rights.require(session, Right.RUN_CANTEEN)
    route = delivery_routes.get(session, route_id)
    run = _run(session, route_id, on_date, period)
    if run.returned_at is not None:
        raise DomainError(f"{route.name}已经返回，送餐人不能再改。写错了请按 Ctrl+Z 撤销返回。")
    name = tidy(carrier) or delivery_carriers.name_of(session, volunteer_id)
    if not name:
        raise DomainError("请写明谁去送，出了事要找得到人。")
    run.carrier, run.volunteer_id = name[:40], volunteer_id
    run.carrier_role = tidy(carrier_role)[:40]
    session.add(run)
    session.flush()


def depart(
    session: Session,
    route_id: int,
    on_date: date,
    period: MealPeriod,
    *,
    at: datetime | None = None,
    now: datetime,
) -> int:
    """A walk sets out, with who usually carries unless somebody was named. Gives its id."""
    rights.require(session, Right.RUN_CANTEEN)
    route = delivery_routes.get(session, route_id)
    run = _run(session, route_id, on_date, period)
    if run.departed_at is not None:
        raise DomainError(
            f"{route.name}已于 {run.departed_at:%H:%M} 出发，不用再登记。写错了请按 Ctrl+Z 撤销。"
        )
    if not run.carrier:
        run.volunteer_id, run.carrier = route.volunteer_id, route.carrier
        run.carrier_role = route.carrier_role
    run.departed_at = moment(on_date, at, now)
    session.add(run)
    session.flush()
    return run.id


def come_back(
    session: Session,
    route_id: int,
    on_date: date,
    period: MealPeriod,
    *,
    at: datetime | None = None,
    now: datetime,
) -> str:
    """A walk is back; gives in words what became of the volunteer's points, '' for none.

    Raises DomainError while a stop of it waits: what became of it must be known first.
    """
    rights.require(session, Right.RUN_CANTEEN)
    route = delivery_routes.get(session, route_id)
    run = _run(session, route_id, on_date, period)
    if run.departed_at is None:
        raise DomainError(f"{route.name}还没有登记出发，请先登记出发，再登记返回。")
    if run.returned_at is not None:
        raise DomainError(f"{route.name}已于 {run.returned_at:%H:%M} 返回，不用再登记。")
    waiting = _waiting(session, route_id, on_date, period)
    if waiting:
        names = "、".join(waiting[:3]) + (" 等" if len(waiting) > 3 else "")
        raise DomainError(
            f"{route.name}还有 {len(waiting)} 户没有登记（{names}）。"
            "请先逐户登记送达、无人应答或拒收，再登记返回。"
        )
    back = moment(on_date, at, now)
    if back < run.departed_at:
        raise DomainError(f"返回时间 {back:%H:%M} 比出发时间 {run.departed_at:%H:%M} 早，请核对。")
    run.returned_at = back
    session.flush()
    return delivery_points.ask_for(session, run, now=now)


def moment(on_date: date, at: datetime | None, now: datetime) -> datetime:
    """When it happened: now, or as it was written; of a day typed later, on that day."""
    if on_date > now.date():
        raise DomainError(f"{on_date:%Y-%m-%d} 还没有到，不能先登记。请核对日期。")
    chosen = at or (now if on_date == now.date() else datetime.combine(on_date, now.time()))
    if chosen > now:
        raise DomainError(f"{chosen:%H:%M} 还没有到，请核对时间。")
    return chosen


def _run(session: Session, route_id: int, on_date: date, period: MealPeriod) -> DeliveryRun:
    wanted = select(DeliveryRun).where(
        DeliveryRun.route_id == route_id,
        DeliveryRun.on_date == on_date,
        DeliveryRun.period == period,
    )
    found = session.scalars(wanted).first()
    return found or DeliveryRun(route_id=route_id, on_date=on_date, period=period)


def _waiting(session: Session, route_id: int, on_date: date, period: MealPeriod) -> list[str]:
    wanted = (
        select(Resident.name)
        .join(MealOrder, MealOrder.resident_id == Resident.id)
        .where(
            MealOrder.route_id == route_id,
            MealOrder.on_date == on_date,
            MealOrder.period == period,
            MealOrder.way == MealWay.BROUGHT,
            MealOrder.state == OrderState.ORDERED,
        )
        .order_by(MealOrder.stop)
    )
    return list(session.scalars(wanted))
