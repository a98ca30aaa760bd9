"""The stock ledger (库存账): what came in, went out, was missing; never below zero.

Its lines are never changed: an error is met by a counter-entry (冲正). What stands on the shelf is
the sum of an article's lines, kept beside them and changed in the same transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Goods,
    PointsMonth,
    StockEntry,
    StockKind,
    StockLevel,
)
from app.services import rights
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, one_of, query
from app.storage.statements import insert_kept, keep_rows
from app.values.rights import Right
from app.values.text import tidy

BOOKED = "已经记账，改错请用冲正"
"""Why a line of a ledger is not undone."""
MOST_PIECES = 99_999
_LONGEST_WORDS = 120
_AT_THE_COUNTER = (StockKind.REDEEMED, StockKind.TAKEN_BACK)


class NotInStock(DomainError):
    """There is less of an article than is to go out."""

    def __init__(self, name: str, unit: str, wanted: int, on_hand: int) -> None:
        there = f"只有 {on_hand} {unit}" if on_hand else "已经没有了"
        super().__init__(f"“{name}”{there}，要出 {wanted} {unit}，不够。请核对数量。")
        self.wanted, self.on_hand = wanted, on_hand


@dataclass(frozen=True, slots=True)
class StockMove:
    """A line to be booked: `quantity` in pieces, negative where it goes out; `cost` in 分 each."""

    goods_id: int
    kind: StockKind
    quantity: int
    on_date: date
    words: str = ""
    receipt_id: int | None = None
    redemption_id: int | None = None
    stocktake_id: int | None = None
    cost: int | None = None
    reverses_id: int | None = None


def move(session: Session, entered: StockMove, *, now: datetime) -> int:
    """Book one line and give its id.

    Raises NotInStock where less is there, DomainError for no quantity and for a day to come.
    """
    counter = entered.kind in _AT_THE_COUNTER
    rights.require(session, Right.REDEEM if counter else Right.KEEP_STOCK)
    _check(entered, now.date())
    entry = {
        "goods_id": entered.goods_id,
        "kind": entered.kind,
        "quantity": entered.quantity,
        "on_hand": _change_level(session, entered),
        "on_date": entered.on_date,
        "booked_at": now,
        "receipt_id": entered.receipt_id,
        "redemption_id": entered.redemption_id,
        "stocktake_id": entered.stocktake_id,
        "reverses_id": entered.reverses_id,
        "cost": entered.cost,
        "words": tidy(entered.words)[:_LONGEST_WORDS],
        "entered_by": actor_of(session).name,
    }
    # A resident waits at the counter: one statement a line, none of the session's bookkeeping.
    (entry_id,) = journal.add_rows(session, StockEntry, [entry])
    journal.set_details(session, {FINAL: BOOKED})
    return entry_id


def reverse(session: Session, entry_id: int, *, reason: str, now: datetime) -> int:
    """Meet a line by its opposite (冲正), with the reason; gives the id of the new line.

    Raises DomainError for a line that was met before, that is a counter-entry itself, or that
    belongs to a redemption: that one is taken back as a whole, points and goods together.
    """
    line = session.get_one(StockEntry, entry_id)
    why = tidy(reason)
    if not why:
        raise DomainError("请写明冲正的原因，日后查账看得明白。")
    _check_reversible(session, line)
    opposite = StockMove(
        goods_id=line.goods_id,
        kind=StockKind.REVERSAL,
        quantity=-line.quantity,
        on_date=now.date(),
        words=why,
        receipt_id=line.receipt_id,
        stocktake_id=line.stocktake_id,
        cost=line.cost,
        reverses_id=line.id,
    )
    return move(session, opposite, now=now)


def spoil(
    session: Session,
    goods_id: int,
    quantity: int,
    *,
    reason: str,
    on_date: date,
    now: datetime,
) -> int:
    """报损: so many pieces are broken, out of date or lost. Raises DomainError without a reason."""
    why = tidy(reason)
    if not why:
        raise DomainError("请写明报损的原因，如“过期”“破损”。")
    if quantity <= 0:
        raise DomainError("报损的数量至少是 1。")
    check_month(session, on_date, now.date())
    return move(session, StockMove(goods_id, StockKind.SPOILED, -quantity, on_date, why), now=now)


def on_hand(source: Source, goods_ids: Sequence[int]) -> dict[int, int]:
    """What stands on the shelf of each of these articles, what is put aside included."""
    found = query("goods_id, on_hand", "stock_level", [one_of("goods_id", goods_ids)])
    return {**dict.fromkeys(goods_ids, 0), **dict(lookup_of(source).rows(found))}


def check_month(session: Session, on_date: date, today: date) -> None:
    """Raise DomainError for a day in a month whose book is closed: what is printed stays true.

    The month of today takes what comes in, though a clock that ran ahead had it closed.
    """
    month = on_date.year * 100 + on_date.month
    if month >= today.year * 100 + today.month:
        return
    if session.scalar(select(PointsMonth.id).where(PointsMonth.month == month)) is not None:
        raise DomainError(
            f"{on_date.year} 年 {on_date.month} 月已经月结，库存账不能再记到这个月。"
            "请把日期写成月结以后的日子，在说明里写清楚。"
        )


def _check(entered: StockMove, today: date) -> None:
    if not 0 < abs(entered.quantity) <= MOST_PIECES:
        raise DomainError(f"数量要在 1 到 {MOST_PIECES:,} 之间，请核对。")
    if entered.on_date > today:
        raise DomainError(f"日期 {entered.on_date} 还没有到，请改成实际的那一天。")
    if entered.on_date.year < today.year - 1:
        raise DomainError(f"日期 {entered.on_date:%Y-%m-%d} 是前年以前的，请核对年份。")


def _change_level(session: Session, entered: StockMove) -> int:
    """What is there afterwards."""
    there = lookup_of(session).value(
        query("on_hand", "stock_level", [Sql("goods_id = ?", (entered.goods_id,))])
    )
    left: int = (there or 0) + entered.quantity
    if there is None or left < 0:
        goods = _goods(session, entered.goods_id)
        if left < 0:
            raise NotInStock(goods.name, goods.unit, -entered.quantity, there or 0)
    if there is None:
        insert_kept(session, StockLevel, [{"goods_id": entered.goods_id, "on_hand": left}])
    else:
        keep_rows(session, StockLevel, "on_hand = ?", "goods_id = ?", [(left, entered.goods_id)])
    return left


def _goods(session: Session, goods_id: int) -> Goods:
    goods = session.get(Goods, goods_id)
    if goods is None:
        raise DomainError("这件商品已经不在了，请刷新后再选。")
    return goods


def _check_reversible(session: Session, line: StockEntry) -> None:
    if line.kind in _AT_THE_COUNTER:
        raise DomainError("这一笔是柜台的兑换，请到柜台撤销那次兑换：积分和库存一起退回。")
    if line.kind is StockKind.REVERSAL:
        raise DomainError("这一笔本身就是冲正，不能再冲正；需要的话请重新记一笔。")
    met = select(StockEntry.id).where(StockEntry.reverses_id == line.id)
    if session.scalar(met) is not None:
        raise DomainError("这一笔已经冲正过了，不能再冲正一次。")
