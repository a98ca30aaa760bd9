"""Random postings, redemptions, counter-entries, expiries and crashes against a plain model.

The model knows lots, a shelf and hours; it has no file, no ledger and no kept sum. After each
step the file must say what the model says, and its own books must agree with each other.

`make test` plays twelve shops of up to 180 steps, two thousand in all; `make soak` two hundred.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from app.errors import DomainError
from app.models import EntryKind, Goods, PointsEntry, Redemption, StockKind
from app.services import (
    hours,
    points_accounts,
    points_book,
    points_claims,
    points_months,
    redemptions,
    stock,
)
from app.services.points_book import NotEnough
from app.services.redemptions import Basket
from app.services.stock import StockMove
from app.storage.engine import Database
from app.storage.lookup import Lookup, Sql
from app.values.times import DAY_HALF_HOURS
from tests.faults.amount import times
from tests.services.points_stage import check_books, stage_on
from tests.storage.offices import CLOCK, FILE_NAME, KEY, fresh_office

SOAP, RICE = 3, 40
"""What an article costs."""
START = {SOAP: 30, RICE: 3}
"""How many of it are there."""


# ---- the model ----
@dataclass
class Lot:
    last: date | None
    left: int
    lapsed: int = 0


@dataclass
class Books:
    """All that the law of the books is, in thirty lines."""

    lots: dict[int, list[Lot]]
    shelf: dict[int, int] = field(default_factory=dict)
    half_hours: int = 0
    frozen: set[int] = field(default_factory=set)

    def usable(self, account: int, today: date) -> list[Lot]:
        there = [lot for lot in self.lots[account] if lot.last is None or lot.last >= today]
        return sorted(there, key=lambda lot: lot.last or date.max)

    def by_last_day(self, account: int, today: date) -> dict[str | None, int]:
        found: dict[str | None, int] = {}
        for lot in self.usable(account, today):
            if lot.left:
                day = lot.last.isoformat() if lot.last else None
                found[day] = found.get(day, 0) + lot.left
        return found

    def points(self, account: int, today: date) -> int:
        return sum(self.by_last_day(account, today).values())

    def lapse(self, account: int, today: date) -> None:
        for lot in self.lots[account]:
            if lot.last is not None and lot.last < today and lot.left:
                lot.left, lot.lapsed = 0, lot.lapsed + lot.left

    def put(self, account: int, points: int, last: date | None) -> Lot:
        self.lots[account].append(Lot(last, points))
        return self.lots[account][-1]

    def take(
        self, account: int, points: int, today: date, first: Lot | None = None
    ) -> list[tuple[Lot, int]]:
        self.lapse(account, today)
        used = []
        for lot in [lot for lot in (first,) if lot] + self.usable(account, today):
            part = min(lot.left, points)
            lot.left, points = lot.left - part, points - part
            used.append((lot, part))
        return used

    def give_back(self, account: int, used: list[tuple[Lot, int]], today: date) -> None:
        late = 0
        for lot, part in used:
            if lot.last is not None and lot.last < today:
                late += part
            else:
                lot.left += part
        if late:
            self.put(account, late, lasts(today))


def lasts(earned: date) -> date:
    """The rule of an office: March of the next year."""
    return date(earned.year + 1, 3, 31)


# ---- the machine ----
@dataclass
class Posted:
    entry: int
    account: int
    points: int
    lot: Lot | None
    used: list[tuple[Lot, int]]
    redemption: int | None = None
    goods: int = 0
    quantity: int = 0
    claim: int | None = None
    half_hours: int = 0


class Crash(Exception):
    """The power fails."""


ACCOUNTS = st.integers(0, 2)
POINTS = st.integers(1, 60)


class Shop(RuleBasedStateMachine):
    """A year of an office in some steps."""

    @initialize()
    def begin(self) -> None:
        self.folder = TemporaryDirectory()
        self.stage = stage_on(fresh_office(Path(self.folder.name)))
        self.accounts = (self.stage.wang, self.stage.li, self.stage.chen)
        self.goods = {price: self.stage.do(self._article, price) for price in START}
        self.books = Books({one: [] for one in self.accounts}, dict(START))
        self.posted: list[Posted] = []
        self.baskets: list[tuple[Basket, int]] = []
        self.closed = (0, 0)
        self.keys = 0
        for who in range(3):
            self.earn(who, 30, lasting=True, ago=0)
            self.earn(who, 60, lasting=False, ago=0)
            self.correct_downwards(who, 40)

    def _article(self, session: Any, price: int) -> int:
        row = Goods(number=f"{price:04d}", name=f"商品{price}", points=price)
        session.add(row)
        session.flush()
        came = StockMove(row.id, StockKind.RECEIVED, START[price], self.stage.today)
        stock.move(session, came, now=self.stage.clerk.now)
        return row.id

    @property
    def today(self) -> date:
        return self.stage.today

    @rule(who=ACCOUNTS, points=POINTS, lasting=st.booleans(), ago=st.integers(0, 40))
    def earn(self, who: int, points: int, lasting: bool, ago: int) -> None:
        account, day = self.accounts[who], self.today - timedelta(days=ago)
        last = None if lasting else lasts(day)
        if last is not None and last < self.today:
            with pytest.raises(DomainError, match="已经到期"):
                self.stage.earn(account, points, day)
            return
        entry = self.stage.earn(account, points, day, expires=not lasting)
        self.books.lapse(account, self.today)
        self.posted.append(
            Posted(entry, account, points, self.books.put(account, points, last), [])
        )

    @rule(who=ACCOUNTS, points=POINTS)
    def correct_downwards(self, who: int, points: int) -> None:
        account = self.accounts[who]
        there = self.books.points(account, self.today)
        if points > there:
            with pytest.raises(NotEnough, match=f"差 {points - there} 分"):
                self.stage.spend(account, points, EntryKind.PENALTY)
            return
        entry = self.stage.spend(account, points, EntryKind.PENALTY)
        used = self.books.take(account, points, self.today)
        self.posted.append(Posted(entry, account, -points, None, used))

    @rule(
        who=ACCOUNTS,
        price=st.sampled_from((SOAP, RICE)),
        quantity=st.integers(1, 4),
        crash=st.sampled_from(("", "", "", "before the goods", "before the commit")),
    )
    def redeem(self, who: int, price: int, quantity: int, crash: str) -> None:
        account = self.accounts[who]
        self.keys += 1
        lines = ((self.goods[price], quantity),)
        basket = Basket(
            account_id=account, resident_id=None, lines=lines, request_key=f"key {self.keys}"
        )
        if crash:
            self._crash(basket, in_between=crash == "before the goods")
        fault = self._fault(account, price, quantity)
        if fault:
            with pytest.raises(DomainError, match=fault):
                self.stage.now(redemptions.redeem, basket)
            return
        made = self.stage.now(redemptions.redeem, basket)
        used = self.books.take(account, price * quantity, self.today)
        self.books.shelf[price] -= quantity
        self.baskets.append((basket, made.id))
        entry = self.stage.clerk.see(
            lambda s: s.scalar(select(PointsEntry.id).where(PointsEntry.redemption_id == made.id))
        )
        self.posted.append(
            Posted(entry, account, -price * quantity, None, used, made.id, price, quantity)
        )

    def _fault(self, account: int, price: int, quantity: int) -> str:
        there = self.books.points(account, self.today)
        if quantity > self.books.shelf[price]:
            return f"“商品{price}”"
        if account in self.books.frozen:
            return "已经冻结"
        return f"差 {price * quantity - there} 分" if price * quantity > there else ""

    @rule(who=ACCOUNTS)
    def freeze_or_lift(self, who: int) -> None:
        account = self.accounts[who]
        known = self.stage.ask(f"SELECT version FROM points_account WHERE id = {account}")[0][0]
        if account in self.books.frozen:
            self.stage.do(points_accounts.unfreeze, account, version=known)
        else:
            self.stage.do(
                points_accounts.freeze, account, reason="核实", version=known, today=self.today
            )
        self.books.frozen ^= {account}

    def _crash(self, basket: Basket, *, in_between: bool) -> None:
        """It ends in the middle; the next start opens the file as it was left."""

        def half(session: Any) -> None:
            redemptions.redeem(session, basket, now=self.stage.clerk.now)
            raise Crash

        goods_leave = Crash if in_between else stock.move
        with (
            mock.patch.object(stock, "move", side_effect=goods_leave),
            pytest.raises((Crash, DomainError)),
        ):
            self.stage.do(half)
        self._restart()

    @rule()
    def restart(self) -> None:
        self._restart()

    def _restart(self) -> None:
        self.stage.clerk.database.close()
        database = Database.open(Path(self.folder.name) / FILE_NAME, KEY, clock=CLOCK)
        self.stage.clerk.database = database

    @precondition(lambda self: self.baskets)
    @rule(which=st.integers(0, 20))
    def send_again(self, which: int) -> None:
        basket, made = self.baskets[which % len(self.baskets)]
        assert self.stage.now(redemptions.redeem, basket).id == made

    @precondition(lambda self: self.posted)
    @rule(which=st.integers(0, 40))
    def meet(self, which: int) -> None:
        """A counter-entry to anything: an earning, a correction, a redemption, a service."""
        one = self.posted.pop(which % len(self.posted))
        if one.lot is None:
            self._return(one)
            self.books.give_back(one.account, one.used, self.today)
            return
        over = one.lot.last is not None and one.lot.last < self.today
        points = one.points - one.lot.lapsed - (one.lot.left if over else 0)
        short = points > self.books.points(one.account, self.today)
        gone = not points and one.claim is None
        if short or gone:
            with pytest.raises(DomainError, match="全部到期清零" if gone else "已经用掉"):
                self._return(one)
            self.posted.append(one)
            return
        self._return(one)
        self.books.take(one.account, points, self.today, first=one.lot)
        self.books.half_hours -= one.half_hours

    def _return(self, one: Posted) -> None:
        if one.claim is not None:
            self.stage.now(points_claims.reverse, one.claim, reason="记错了")
        elif one.redemption is None:
            self.stage.now(points_book.reverse, one.entry, reason="记错了")
        else:
            row = self.stage.clerk.see(lambda s: s.get_one(Redemption, one.redemption))
            self.stage.now(redemptions.take_back, row.id, reason="坏了", version=row.version)
            self.books.shelf[one.goods] += one.quantity
            self.books.lapse(one.account, self.today)

    @rule(points=st.integers(1, 4), half_hours=st.integers(1, 20))
    def serve(self, points: int, half_hours: int) -> None:
        """Entered by one, agreed by another: points and hours come together."""
        claim = self.stage.claim(
            self.stage.wang,
            "志愿服务",
            points=points,
            half_hours=half_hours,
            volunteer_id=self.stage.volunteers["wang"],
        )
        on_day = self.stage.ask(
            f"SELECT coalesce(sum(half_hours), 0) FROM hour_entry WHERE on_date = '{self.today}'"
        )[0][0]
        if on_day + half_hours > DAY_HALF_HOURS:
            with pytest.raises(DomainError, match="超过一天 24 小时"):
                self.stage.accept(claim)
            self.stage.now(points_claims.send_back, [claim], answer="一天没有这么长")
            return
        self.stage.accept(claim)
        self.books.lapse(self.stage.wang, self.today)
        self.books.half_hours += half_hours
        lot = self.books.put(self.stage.wang, points, lasts(self.today))
        self.posted.append(
            Posted(0, self.stage.wang, points, lot, [], claim=claim, half_hours=half_hours)
        )

    @rule(points=POINTS, back=st.booleans())
    def give(self, points: int, back: bool) -> None:
        giver, taker = (self.accounts[1], self.accounts[0]) if back else self.accounts[:2]
        short = points > self.books.points(giver, self.today)
        if giver in self.books.frozen or short:
            with pytest.raises(DomainError, match=r"积分不够|已经冻结"):
                self.stage.now(points_accounts.transfer, giver, taker, points, reason="")
            return
        self.stage.now(points_accounts.transfer, giver, taker, points, reason="")
        self.books.lapse(taker, self.today)
        parts: dict[date | None, int] = {}
        for lot, part in self.books.take(giver, points, self.today):
            parts[lot.last] = parts.get(lot.last, 0) + part
        for last, part in parts.items():
            if part:
                self.books.put(taker, part, last)

    @rule(days=st.sampled_from((1, 7, 40, 131, 200)))
    def wait(self, days: int) -> None:
        self.stage = self.stage.after_pause(self.today + timedelta(days=days))

    @rule()
    def expire(self) -> None:
        self.stage.now(points_book.expire)
        for account in self.accounts:
            self.books.lapse(account, self.today)

    @rule()
    def close_a_month(self) -> None:
        """The next one that is over: proved and locked, whatever comes later stands in another."""
        month = self.stage.clerk.look_up(points_months.next_month)
        if month is None or month >= self.today.year * 100 + self.today.month:
            return
        closed = self.stage.now(points_months.close, month)
        for account in self.accounts:
            self.books.lapse(account, self.today)
        assert closed.proof.agrees
        self.closed = month, self._last_line()

    def _last_line(self) -> int:
        return int(self.stage.ask("SELECT coalesce(max(id), 0) FROM points_entry")[0][0])

    @invariant()
    def the_books_agree(self) -> None:
        if not hasattr(self, "books"):
            return
        # One look at the file for all of it: opening it thirteen times was half of each step.
        self.stage.clerk.look_up(self._agree)

    def _agree(self, look: Lookup) -> None:
        check_books(look)
        lots: dict[int, dict[str | None, int]] = {one: {} for one in self.accounts}
        for account, last, left in look.rows(Sql(LOTS, (self.today.isoformat(),))):
            lots[account][last] = left
        for account in self.accounts:
            there = points_book.available(look, account, self.today).points
            assert there == self.books.points(account, self.today)
            assert lots[account] == self.books.by_last_day(account, self.today)
        assert hours.total(look, self.stage.volunteers["wang"]) == self.books.half_hours
        shelf = dict(look.rows(Sql(SHELF)))
        assert shelf == {self.goods[price]: left for price, left in self.books.shelf.items()}
        late = look.value(Sql(LATE, self.closed))
        assert late is None, "a line stands in a month that was closed"
        broken = look.value(Sql(BROKEN))
        assert broken is None, "a month is not the sum of its lines and what was before"

    def teardown(self) -> None:
        if hasattr(self, "stage"):
            self.stage.clerk.database.close()
            self.folder.cleanup()


BROKEN = """
    SELECT m.month FROM points_month m
    WHERE closing <> (SELECT sum(points) FROM points_entry WHERE month <= m.month)
    OR opening + earned - spent <> closing
"""
LOTS = """
    SELECT account_id, expires_on, sum("left") FROM points_lot
    WHERE "left" > 0 AND coalesce(expires_on, '9999') >= ?
    GROUP BY account_id, expires_on
"""
LATE = "SELECT id FROM points_entry WHERE month <= ? AND id > ?"
SHELF = """
    SELECT goods_id, on_hand FROM stock_level l
    WHERE on_hand = (SELECT sum(quantity) FROM stock_entry e WHERE e.goods_id = l.goods_id)
"""

TestShop = Shop.TestCase
TestShop.settings = hypothesis_settings(
    max_examples=times(12, 200),
    stateful_step_count=180,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
