"""An office with a few people and matters that give points, and two clerks who check each other."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import EntryKind, PointsItem, PointsMonth, Volunteer
from app.services import (
    points_accounts,
    points_book,
    points_claims,
    points_clock,
    points_items,
    settings,
)
from app.services.points_book import Booking
from app.services.points_claims import ClaimInput
from app.storage.engine import Database
from app.storage.lookup import Lookup, Sql
from app.values.rights import Actor
from tests.services.conftest import Clerk
from tests.storage.offices import CLOCK, furnish

SUN, ZHAO = Actor("孙丽"), Actor("赵敏")
"""Who enters, and who agrees."""


@dataclass
class Stage:
    """`wang` and `li` are a household, `chen` lives alone, `qiu` came from outside.

    Each id is that of an account. The rules hold since 2026-01-01; points last for the next
    year's March.
    """

    clerk: Clerk
    wang: int
    li: int
    chen: int
    qiu: int
    people: dict[str, int]
    volunteers: dict[str, int]

    @property
    def today(self) -> date:
        return self.clerk.today

    def on(self, day: date) -> "Stage":
        """The same office on another day."""
        now = datetime.combine(day, self.clerk.now.time())
        return replace(self, clerk=Clerk(self.clerk.database, now))

    def after_pause(self, day: date) -> "Stage":
        """The same office months later: nothing was booked meanwhile, and somebody said that the
        computer's date is right."""
        later = self.on(day)
        later.do(points_clock.confirm, day)
        return later

    def do(self, act: Callable[..., Any], *args: Any, by: Actor = ZHAO, **more: Any) -> Any:
        """One call of a service in a transaction of its own."""
        if self.clerk.database.actor != by:
            # Each change of hands closes the reader that is kept open.
            self.clerk.database.act_as(by)
        return self.clerk.do("积分", lambda s: act(s, *args, **more))

    def now(self, act: Callable[..., Any], *args: Any, by: Actor = ZHAO, **more: Any) -> Any:
        return self.do(act, *args, by=by, now=self.clerk.now, **more)

    def earn(self, account: int, points: int, day: date | None = None, **more: Any) -> int:
        booking = Booking(
            account_id=account,
            kind=EntryKind.EARNED,
            points=points,
            on_date=day or self.today,
            **more,
        )
        return int(self.now(points_book.book, booking))

    def spend(self, account: int, points: int, kind: EntryKind = EntryKind.REDEEMED) -> int:
        booking = Booking(account_id=account, kind=kind, points=-points, on_date=self.today)
        return int(self.now(points_book.book, booking))

    def claim(self, account: int, item: str, by: Actor = SUN, **more: Any) -> int:
        more.setdefault("on_date", self.today)
        more.setdefault("reason", "有签到表")
        if more.get("half_hours"):
            more = {"place": "3 号楼", "leader": "赵敏"} | more
        entered = ClaimInput(account_id=account, item_id=self.item(item), **more)
        return int(self.now(points_claims.propose, entered, by=by))

    def accept(self, *claims: int, by: Actor = ZHAO) -> int:
        return int(self.now(points_claims.accept, claims, by=by))

    def item(self, name: str) -> int:
        found: int | None = self.clerk.see(
            lambda s: s.scalar(select(PointsItem.id).where(PointsItem.name == name))
        )
        assert found is not None
        return found

    def has(self, account: int) -> points_book.Available:
        found: points_book.Available = self.clerk.look_up(
            lambda look: points_book.available(look, account, self.today)
        )
        return found

    def points(self, account: int) -> int:
        return self.has(account).points

    def lines(self, account: int) -> list[tuple[str, int, int]]:
        """(words, points, balance), the oldest first."""
        found = self.clerk.look_up(lambda look: points_book.entries(look, account))
        return [(line.words, line.points, line.balance) for line in reversed(found)]

    def set(self, setting: Any, value: Any) -> None:
        self.do(settings.change, setting, value)

    def close(self, month: int) -> None:
        """The book of a month takes nothing more."""

        def write(session: Session) -> None:
            sums = dict.fromkeys(("opening", "earned", "spent", "closing", "accounts"), 0)
            session.add(PointsMonth(month=month, closed_at=self.clerk.now, **sums))

        self.do(write)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return list(self.clerk.look_up(lambda look: list(look.rows(Sql(sql)))))

    def check_books(self) -> None:
        """Whatever happened: lines, balances and lots tell the same."""
        self.clerk.look_up(check_books)


def check_books(look: Lookup) -> None:
    """Whatever happened: lines, balances and lots tell the same."""
    for broken, words in LAWS:
        assert look.value(Sql(broken)) is None, words


OUT_OF_STEP = """
    SELECT a.id FROM points_account a LEFT JOIN points_balance b ON b.account_id = a.id
    WHERE coalesce(b.balance, 0)
        <> (SELECT coalesce(sum(points), 0) FROM points_entry WHERE account_id = a.id)
    OR coalesce(b.balance, 0)
        <> (SELECT coalesce(sum("left"), 0) FROM points_lot WHERE account_id = a.id)
    OR coalesce(b.balance, 0) <> coalesce((SELECT balance FROM points_entry
        WHERE account_id = a.id ORDER BY id DESC LIMIT 1), 0)
"""
UNEXPLAINED = """
    SELECT e.id FROM points_entry e LEFT JOIN points_lot l ON l.entry_id = e.id
    WHERE e.points <> coalesce(l.points, 0)
        - (SELECT coalesce(sum(points), 0) FROM lot_use WHERE entry_id = e.id)
"""
LOST = """
    SELECT l.entry_id FROM points_lot l WHERE l."left" <> l.points
        - (SELECT coalesce(sum(points), 0) FROM lot_use WHERE lot_id = l.entry_id)
"""

LAWS = (
    (OUT_OF_STEP, "a balance is not the sum of its lines, or of its lots"),
    (UNEXPLAINED, "a line's points are not its lot less what it used"),
    (LOST, "a lot is not what came in less what was used"),
)


def stage_on(database: Database) -> Stage:
    """A stage on an empty office."""
    told = furnish(database, _begun)
    return Stage(Clerk(database, CLOCK.now()), *told)


def _begun(database: Database) -> tuple[Any, ...]:
    clerk = Clerk(database, CLOCK.now())
    people = {
        "wang": clerk.add("王秀兰", birth_date=date(1950, 3, 2), new_household=True),
        "chen": clerk.add("陈桂芳", birth_date=date(1960, 3, 2), new_household=True),
    }
    house = clerk.household_of(people["wang"])
    people["li"] = clerk.add("李建国", birth_date=date(1949, 3, 2), household_id=house)
    people["child"] = clerk.add("王小明", birth_date=date(2016, 3, 2), household_id=house)
    volunteers = clerk.do("登记志愿者", lambda s: _volunteers(s, people["wang"], clerk.today))

    def rules(session: Session) -> None:
        points_items.seed(session, today=date(2026, 1, 1))
        session.scalars(
            select(PointsItem).where(PointsItem.name == "乱扔垃圾")
        ).one().enabled = True

    clerk.do("积分规则", rules)

    def account(**who: int) -> int:
        return int(
            clerk.do("开户", lambda s: points_accounts.open_account(s, today=clerk.today, **who))
        )

    accounts = [account(resident_id=people[name]) for name in ("wang", "li", "chen")]
    accounts.append(account(volunteer_id=volunteers["qiu"]))
    return (*accounts, people, volunteers)


def _volunteers(session: Session, wang: int, today: date) -> dict[str, int]:
    joined = today - timedelta(days=400)
    rows = {
        "wang": Volunteer(number=132, resident_id=wang, registered_on=joined),
        "qiu": Volunteer(
            number=133, name="邱志远", birth_date=date(1990, 1, 1), registered_on=joined
        ),
    }
    session.add_all(rows.values())
    session.flush()
    return {name: row.id for name, row in rows.items()}
