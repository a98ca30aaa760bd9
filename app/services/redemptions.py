"""Redemptions (兑换): points and goods leave together in one transaction, and come back together.

Nothing here changes the hours of service: they are another book (domain-law.md 2.2).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    EntryKind,
    PointsEntry,
    Redemption,
    RedemptionLine,
    Resident,
    StockEntry,
    StockKind,
)
from app.services import (
    goods,
    points_accounts,
    points_balance,
    points_book,
    redemption_limits,
    reservations,
    rights,
    settings,
    stock,
)
from app.services.goods import GoodsView
from app.services.points_accounts import Holder
from app.services.redemption_limits import BeyondLimit, Visitor
from app.services.redemption_slips import SlipData, SlipLine, next_number, shop_of, slip, slip_of
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

__all__ = ["Basket", "BeyondLimit", "SlipData", "redeem", "slip", "take_back"]

_LONGEST_WORDS = 120
_LONGEST_NAME, _LONGEST_RELATION = 60, 20
MOST_LINES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Basket:
    """What is to leave: (goods id, quantity) each. `request_key` is one for each confirmation.

    `resident_id` is for whom it is, None for a volunteer from outside; a proxy comes with name and
    relation. A `reason` lets through what the rules of the shop are against, never what is not
    there.
    """

    account_id: int
    resident_id: int | None
    lines: tuple[tuple[int, int], ...]
    request_key: str
    proxy: str = ""
    proxy_relation: str = ""
    reason: str = ""


def redeem(session: Session, basket: Basket, *, now: datetime) -> SlipData:
    """Book a basket and give its slip; the same `request_key` again gives the slip it made.

    Raises NotEnough (points), NotInStock, BeyondLimit (see `Basket.reason`), and DomainError for
    an empty basket, an article that is not on the shelf, a proxy without relation.
    """
    rights.require(session, Right.REDEEM)
    same = [Sql("request_key = ?", (basket.request_key,))]
    booked = lookup_of(session).value(query("id", "redemption", same))
    if booked is not None:
        return slip(session, booked)
    today, known = now.date(), settings.load(session)
    holder = points_accounts.holder(session, basket.account_id)
    _check_whose(session, basket, holder)
    kept = reservations.kept_for(session, basket.account_id, today)
    wanted = _wanted(session, basket, kept, today)
    if not tidy(basket.reason):
        visitor = Visitor(basket.account_id, basket.resident_id)
        redemption_limits.check(session, visitor, wanted, today, known)
    row = _row(session, basket, holder, wanted, now)
    _book(session, row, wanted, now)
    if kept:
        reservations.collect(session, row, wanted, today)
    lines = tuple(_slip_line(*one) for one in wanted)
    return slip_of(session, row, holder, lines, shop_of(known))


def take_back(
    session: Session, redemption_id: int, *, reason: str, version: int, now: datetime
) -> None:
    """撤销: points and goods return together, by counter-entries in the month of today.

    Whoever redeems takes back what was redeemed on the same day; later it needs the right to
    review. Raises ChangedMeanwhile, DomainError without a reason or where it was taken back.
    """
    row = session.get(Redemption, redemption_id)
    if row is None:
        raise DomainError("没有这张兑换单，请刷新后再看。")
    rights.require(session, Right.REDEEM)
    if row.on_date != now.date():
        rights.require(session, Right.REVIEW_POINTS)
    if row.taken_back_at is not None:
        raise DomainError(f"{row.number} 已经撤销过，积分和库存都已退回。")
    if row.version != version:
        raise ChangedMeanwhile
    words = tidy(reason)
    if not words:
        raise DomainError("请写明撤销的原因，如“拿错了东西”，日后查账看得明白。")
    row.taken_back_at, row.taken_back_by = now, actor_of(session).name
    row.taken_back_reason = words[:_LONGEST_WORDS]
    for entry_id in _entries(session, row.id):
        points_book.reverse(session, entry_id, reason=f"撤销 {row.number}：{words}", now=now)
    _return_goods(session, row, words, now)
    reservations.wait_again(session, row, now.date())


def served(source: Source, volunteer_id: int | None, resident_id: int | None) -> int:
    """Half hours of service of whom an account belongs to: they stand on the slip, unchanged."""
    of_resident = "(SELECT id FROM volunteer WHERE resident_id = ? AND deleted_at IS NULL)"
    whose = (
        Sql("volunteer_id = ?", (volunteer_id,))
        if volunteer_id is not None
        else Sql(f"volunteer_id = {of_resident}", (resident_id,))
    )
    return lookup_of(source).value(query("sum(half_hours)", "hour_entry", [whose])) or 0


def _check_whose(session: Session, basket: Basket, holder: Holder) -> None:
    """While the basket stood there its person may have left the household, or become another."""
    if basket.resident_id is None or basket.resident_id == holder.resident_id:
        return
    person = session.get(Resident, basket.resident_id)
    house = person.household_id if person is not None and person.deleted_at is None else None
    if house is None or house != holder.household_id:
        raise DomainError(
            f"{holder.name}的积分账户不是这个人的：可能分了户，或者资料合并过。请重新找人再兑换。"
        )


def _wanted(
    session: Session, basket: Basket, kept: Mapping[int, int], today: date
) -> list[tuple[GoodsView, int]]:
    """Each article once, all of them on the shelf and as many as nobody else put aside."""
    quantities: dict[int, int] = {}
    for goods_id, quantity in basket.lines:
        if quantity < 1:
            raise DomainError("数量至少是 1，不要的请从篮子里移除。")
        quantities[goods_id] = quantities.get(goods_id, 0) + quantity
    if not quantities:
        raise DomainError("篮子里还没有东西，请先加入商品。")
    if len(quantities) > MOST_LINES:
        raise DomainError(f"一张兑换单最多 {MOST_LINES} 种商品，请分两次办理。")
    views, wanted = goods.some(session, list(quantities), today), []
    for goods_id, quantity in quantities.items():
        if goods_id not in views:
            raise goods.GoodsGone
        view = views[goods_id]
        _check_there(view, quantity, kept.get(goods_id, 0))
        wanted.append((view, quantity))
    return wanted


def _check_there(view: GoodsView, quantity: int, kept: int) -> None:
    if not view.on_shelf:
        raise DomainError(f"“{view.name}”已经下架，不能兑换，请从篮子里移除。")
    # What is on hand but kept for others is not there for this account.
    there = min(view.on_hand, view.free + kept)
    if quantity > there:
        raise stock.NotInStock(view.name, view.unit, quantity, there)


def _proxy(basket: Basket) -> tuple[str | None, str | None]:
    name, relation = tidy(basket.proxy), tidy(basket.proxy_relation)
    if len(name) > _LONGEST_NAME or len(relation) > _LONGEST_RELATION:
        raise DomainError(
            f"代领人最多写 {_LONGEST_NAME} 个字，关系最多 {_LONGEST_RELATION} 个字，请写短些。"
        )
    if name and not relation:
        raise DomainError(f"请写明代领人 {name} 和本人的关系，如“儿子”“邻居”。")
    return name or None, relation or None


def _row(
    session: Session,
    basket: Basket,
    holder: Holder,
    wanted: Sequence[tuple[GoodsView, int]],
    now: datetime,
) -> Redemption:
    proxy, relation = _proxy(basket)
    facts = {
        "number": next_number(session, now.date()),
        "request_key": basket.request_key,
        "account_id": basket.account_id,
        "resident_id": basket.resident_id,
        "on_date": now.date(),
        "at": now,
        "points": sum(view.points * quantity for view, quantity in wanted),
        "before": points_balance.usable(session, basket.account_id, now.date()),
        "half_hours": served(session, holder.volunteer_id, basket.resident_id),
        "proxy": proxy,
        "proxy_relation": relation,
        "reason": tidy(basket.reason)[:_LONGEST_WORDS] or None,
        "entered_by": actor_of(session).name,
        "version": 1,
    }
    # Past the session, as its lines: a resident waits. The row is for reading alone.
    (row_id,) = journal.add_rows(session, Redemption, [facts])
    return Redemption(id=row_id, **facts)


def _slip_line(view: GoodsView, quantity: int) -> SlipLine:
    return SlipLine(view.id, view.name, view.spec, view.unit, view.points, quantity)


def _book(
    session: Session, row: Redemption, wanted: Sequence[tuple[GoodsView, int]], now: datetime
) -> None:
    """Points first: whoever has not enough learns that, whatever is on the shelf."""
    listed = "、".join(f"{view.title} ×{quantity}" for view, quantity in wanted)
    booking = points_book.Booking(
        account_id=row.account_id,
        kind=EntryKind.REDEEMED,
        points=-row.points,
        on_date=row.on_date,
        words=listed[:_LONGEST_WORDS],
        redemption_id=row.id,
        entered_by=row.entered_by,
    )
    points_book.book(session, booking, now=now)
    journal.add_rows(session, RedemptionLine, [_line(row, *one) for one in wanted])
    for view, quantity in wanted:
        out = stock.StockMove(
            view.id, StockKind.REDEEMED, -quantity, row.on_date, row.number, redemption_id=row.id
        )
        stock.move(session, out, now=now)


def _line(row: Redemption, view: GoodsView, quantity: int) -> dict[str, Any]:
    return {
        "redemption_id": row.id,
        "goods_id": view.id,
        "name": view.name,
        "spec": view.spec or None,
        "unit": view.unit,
        "points": view.points,
        "quantity": quantity,
    }


def _entries(session: Session, redemption_id: int) -> list[int]:
    found = select(PointsEntry.id).where(
        PointsEntry.redemption_id == redemption_id, PointsEntry.kind == EntryKind.REDEEMED
    )
    return list(session.scalars(found))


def _return_goods(session: Session, row: Redemption, words: str, now: datetime) -> None:
    out = select(StockEntry).where(
        StockEntry.redemption_id == row.id, StockEntry.kind == StockKind.REDEEMED
    )
    for line in session.scalars(out.order_by(StockEntry.id)).all():
        back = stock.StockMove(
            goods_id=line.goods_id,
            kind=StockKind.TAKEN_BACK,
            quantity=-line.quantity,
            on_date=now.date(),
            words=f"撤销 {row.number}：{words}",
            redemption_id=row.id,
            reverses_id=line.id,
        )
        stock.move(session, back, now=now)
