"""A redemption day that is cut short: points and goods, points and hours, stay together.

Goods come in while people are served; in the evening the shelf is counted, a month is closed.
"""

from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import EntryKind, PointsItem, ReceiptKind, Resident, StockKind, Volunteer
from app.services import (
    goods_keeping,
    points_accounts,
    points_book,
    points_claims,
    points_months,
    receipts,
    redemptions,
    stock,
    stocktakes,
)
from app.services.goods_keeping import GoodsInput
from app.services.points_book import Booking
from app.services.points_claims import ClaimInput
from app.services.receipts import ReceiptFacts, ReceiptLine
from app.services.redemptions import Basket
from app.services.stock import StockMove
from app.storage.engine import Database
from app.storage.lookup import Sql
from app.values.rights import Actor
from tests.faults.acts import NOW, ROUNDS, Program, start
from tests.faults.children import Say
from tests.services.points_stage import LOST, OUT_OF_STEP, UNEXPLAINED

PRICE, SHELF, HALF_HOURS = 5, 100, 4
BOX = 10
_EARNED_ON, _MONTH = date(2026, 10, 5), 202610
_ENTERS, _AGREES = Actor("孙丽"), Actor("周立群")


def serve_a_queue(folder: Path, say: Say) -> None:
    """One after the other gets hours and points for a service, and soap for points."""
    program = start(folder)
    database = program.database
    database.act_as(_ENTERS)
    with database.transaction("开张") as session:
        people = _open(session)
    say("open")
    for number in range(ROUNDS):
        _serve(database, people[number])
        say("served")
        redeem(database, number)
        say("redeemed")
        if number % 2:
            _receive(database)
            say("received")
    _count(database)
    say("counted")
    with database.transaction("月结") as session:
        points_months.close(session, _MONTH, now=NOW.now())
    say("closed")
    program.close()


def _open(session: Session) -> list[int]:
    soap = goods_keeping.add(session, GoodsInput(name="香皂", points=PRICE))
    came = StockMove(soap, StockKind.RECEIVED, SHELF, NOW.today())
    stock.move(session, came, now=NOW.now())
    people = list(session.scalars(select(Resident.id).order_by(Resident.id).limit(ROUNDS)))
    for number, resident_id in enumerate(people):
        row = Volunteer(number=number + 1, resident_id=resident_id, registered_on=NOW.today())
        session.add(row)
        session.flush()
        account = points_accounts.open_account(
            session,
            household_id=session.get_one(Resident, resident_id).household_id,
            today=NOW.today(),
        )
        given = Booking(account_id=account, kind=EntryKind.EARNED, points=50, on_date=_EARNED_ON)
        points_book.book(session, given, now=NOW.now())
    return people


def _serve(database: Database, resident_id: int) -> None:
    with database.transaction("服务") as session:
        item = session.scalars(select(PointsItem.id).where(PointsItem.name == "志愿服务")).one()
        volunteer = session.scalars(
            select(Volunteer.id).where(Volunteer.resident_id == resident_id)
        ).one()
        entered = ClaimInput(
            account_id=points_accounts.account_of(session, resident_id) or 0,
            volunteer_id=volunteer,
            item_id=item,
            on_date=NOW.today(),
            quantity=200,
            half_hours=HALF_HOURS,
            points=2,
            reason="有签到表",
            place="3 号楼",
            leader="赵敏",
        )
        claim = points_claims.propose(session, entered, now=NOW.now())
    database.act_as(_AGREES)
    with database.transaction("复核") as session:
        points_claims.accept(session, [claim], now=NOW.now())
    database.act_as(_ENTERS)


def _receive(database: Database) -> None:
    with database.transaction("入库") as session:
        receipts.add(
            session,
            ReceiptKind.PURCHASE,
            ReceiptFacts(giver="海湾超市"),
            (ReceiptLine(1, BOX),),
            on_date=NOW.today(),
            now=NOW.now(),
        )


def _count(database: Database) -> None:
    """One piece is missing."""
    with database.transaction("盘点") as session:
        take = stocktakes.begin(session, now=NOW.now())
        there = stock.on_hand(session, [1])[1]
        stocktakes.count(session, take, 1, there - 1, reason="少一块")
    with database.transaction("完成盘点") as session:
        stocktakes.close(session, take, version=1, now=NOW.now())


def redeem(database: Database, number: int) -> None:
    """Basket `number`, confirmed for the first time or again after a crash."""
    with database.transaction("兑换") as session:
        people = session.scalars(select(Resident.id).order_by(Resident.id).limit(ROUNDS)).all()
        account = points_accounts.account_of(session, people[number]) or 0
        basket = Basket(
            account_id=account,
            resident_id=people[number],
            lines=((1, quantity(number)),),
            request_key=f"basket {number}",
        )
        redemptions.redeem(session, basket, now=NOW.now())


def quantity(number: int) -> int:
    return number % 3 + 1


def after_a_queue(program: Program, said: list[Any]) -> None:
    """Each redemption has its points and its soap, each service its points and its hours."""
    database = program.database
    opened = _ask(database, "SELECT count(*) FROM goods") == [(1,)]
    assert opened >= ("open" in said)
    if not opened:
        return
    _agree(database)
    found = {name: _ask(database, sql)[0][0] for name, sql in _DONE.items()}
    for name, done in found.items():
        assert done - said.count(name) in (0, 1)
    redeemed = found["redeemed"]
    for number in range(redeemed + (redeemed < ROUNDS)):
        redeem(database, number)
    _agree(database)
    gone = sum(quantity(number) for number in range(min(redeemed + 1, ROUNDS)))
    left = SHELF - gone + BOX * found["received"] - found["counted"]
    assert _ask(database, "SELECT on_hand FROM stock_level") == [(left,)]


def _agree(database: Database) -> None:
    for fault in (OUT_OF_STEP, UNEXPLAINED, LOST, _ALONE, _APART, _UNCOUNTED, _UNPROVED):
        assert _ask(database, fault) == []


_DONE = {
    "served": "SELECT count(*) FROM hour_entry",
    "redeemed": "SELECT count(*) FROM redemption",
    "received": "SELECT count(*) FROM stock_receipt",
    "counted": "SELECT count(*) FROM stocktake WHERE closed_at IS NOT NULL",
    "closed": "SELECT count(*) FROM points_month",
}
_UNCOUNTED = """
    SELECT s.id FROM stocktake s WHERE (s.closed_at IS NOT NULL)
        <> EXISTS (SELECT 1 FROM stock_entry e WHERE e.stocktake_id = s.id AND e.quantity = -1)
    UNION ALL SELECT r.id FROM stock_receipt r WHERE (SELECT sum(quantity) FROM stock_entry
        WHERE receipt_id = r.id) IS NOT 10
"""
_UNPROVED = """
    SELECT m.id FROM points_month m WHERE m.closing
        <> (SELECT sum(points) FROM points_entry WHERE month <= m.month)
"""
_ALONE = """
    SELECT r.id FROM redemption r
    WHERE r.points
        <> -(SELECT coalesce(sum(points), 0) FROM points_entry WHERE redemption_id = r.id)
    OR (SELECT sum(quantity) FROM redemption_line WHERE redemption_id = r.id)
        <> -(SELECT coalesce(sum(quantity), 0) FROM stock_entry WHERE redemption_id = r.id)
"""
_APART = f"""
    SELECT c.id FROM points_claim c WHERE c.state = 'accepted_claim'
    AND ((SELECT sum(points) FROM points_entry WHERE claim_id = c.id) IS NOT 2
        OR (SELECT sum(half_hours) FROM hour_entry WHERE claim_id = c.id) IS NOT {HALF_HOURS})
"""


def _ask(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.lookup() as lookup:
        return list(lookup.rows(Sql(sql)))
