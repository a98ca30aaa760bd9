"""预约: goods put aside for somebody until a day; what is put aside nobody else gets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Goods, Redemption, Reservation, ReservationState
from app.services import goods, points_accounts, rights, stock
from app.services.goods import GoodsView
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

USUAL_DAYS = 7
"""For how long goods are put aside unless somebody says otherwise"""
MOST_DAYS = 60
_LONGEST_NOTE = 120


@dataclass(frozen=True, slots=True)
class ReservationView:
    """`gone` where nobody came in time: what was put aside is free again."""

    id: int
    account_id: int
    resident_id: int | None
    name: str
    goods_id: int
    goods: str
    unit: str
    points: int
    quantity: int
    made_on: date
    until: date
    note: str
    version: int
    gone: bool


def reserve(
    session: Session,
    account_id: int,
    goods_id: int,
    quantity: int,
    *,
    until: date,
    today: date,
    note: str = "",
) -> int:
    """Put goods aside for an account until a day, and give the reservation's id.

    Raises NotInStock where less is free, DomainError for an article off the shelf, a day that is
    past or too far.
    """
    rights.require(session, Right.REDEEM)
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        raise DomainError(f"保留到哪天，要在今天到 {MOST_DAYS} 天之内。")
    points_accounts.check_open(session, account_id)
    _check_there(goods.view(session, goods_id, today), quantity)
    row = Reservation(
        account_id=account_id,
        goods_id=goods_id,
        quantity=quantity,
        made_on=today,
        until=until,
        note=tidy(note)[:_LONGEST_NOTE] or None,
        entered_by=actor_of(session).name,
    )
    session.add(row)
    session.flush()
    return row.id


def cancel(session: Session, reservation_id: int, *, version: int) -> None:
    """Free what was put aside. Raises DomainError where it was collected or given up before."""
    rights.require(session, Right.REDEEM)
    row = session.get(Reservation, reservation_id)
    if row is None or row.state is not ReservationState.WAITING:
        raise DomainError("这笔预约已经领取或取消了，请刷新后再看。")
    if row.version != version:
        raise ChangedMeanwhile
    row.state = ReservationState.CANCELLED
    session.flush()


def waiting(
    session: Session, today: date, *, account_id: int | None = None
) -> list[ReservationView]:
    """What is put aside, for one account or for all, also what nobody came for in time."""
    found = (
        select(Reservation, Goods)
        .join(Goods, Goods.id == Reservation.goods_id)
        .where(Reservation.state == ReservationState.WAITING)
        .order_by(Reservation.until, Reservation.id)
    )
    if account_id is not None:
        found = found.where(Reservation.account_id == account_id)
    return [_view(session, row, article, today) for row, article in session.execute(found)]


def kept_for(source: Source, account_id: int, today: date) -> dict[int, int]:
    """How many of which article are put aside for an account today."""
    where = [
        Sql("account_id = ?", (account_id,)),
        Sql("state = ?", (ReservationState.WAITING.value,)),
        Sql("until >= ?", (today.isoformat(),)),
    ]
    found = query("goods_id, sum(quantity)", "reservation", where, "GROUP BY goods_id")
    return dict(lookup_of(source).rows(found))


def collect(
    session: Session, row: Redemption, wanted: Sequence[tuple[GoodsView, int]], today: date
) -> None:
    """What was put aside for the account and is now in its basket waits no longer.

    Whoever takes fewer than were put aside does without the others: they are free again.
    """
    for view, quantity in wanted:
        left = quantity
        for one in _of(session, row.account_id, view.id, today):
            if left <= 0:
                break
            left -= one.quantity
            one.state, one.redemption_id = ReservationState.COLLECTED, row.id
    session.flush()


def wait_again(session: Session, row: Redemption, today: date) -> None:
    """The redemption was taken back: what it collected is put aside again while its day lasts."""
    collected = select(Reservation).where(
        Reservation.redemption_id == row.id, Reservation.until >= today
    )
    for one in session.scalars(collected):
        one.state, one.redemption_id = ReservationState.WAITING, None
    session.flush()


def _check_there(view: GoodsView, quantity: int) -> None:
    if quantity < 1:
        raise DomainError("预约的数量至少是 1。")
    if not view.on_shelf:
        raise DomainError(f"“{view.name}”已经下架，不能预约。")
    if quantity > view.free:
        raise stock.NotInStock(view.name, view.unit, quantity, view.free)


def _of(session: Session, account_id: int, goods_id: int, today: date) -> list[Reservation]:
    found = select(Reservation).where(
        Reservation.account_id == account_id,
        Reservation.goods_id == goods_id,
        Reservation.state == ReservationState.WAITING,
        Reservation.until >= today,
    )
    return list(session.scalars(found.order_by(Reservation.until, Reservation.id)))


def _view(session: Session, row: Reservation, article: Goods, today: date) -> ReservationView:
    holder = points_accounts.holder(session, row.account_id)
    return ReservationView(
        id=row.id,
        account_id=row.account_id,
        resident_id=holder.resident_id,
        name=holder.name,
        goods_id=row.goods_id,
        goods=f"{article.name} {article.spec or ''}".strip(),
        unit=article.unit,
        points=article.points,
        quantity=row.quantity,
        made_on=row.made_on,
        until=row.until,
        note=row.note or "",
        version=row.version,
        gone=row.until < today,
    )
