"""An office with a canteen as in the pictures: two periods, two set meals, eight tiers, a dozen
people. The clock stands at 2026-11-21 9:30, the tiers hold since 2026-07-01."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import (
    AccountKind,
    Dish,
    DishKind,
    EntryKind,
    Guest,
    MealClaim,
    MealPeriod,
    MenuDish,
    Payer,
    Resident,
    ResidentTag,
    SubsidyWay,
)
from app.services import (
    canteen_changes,
    events,
    meal_account_views,
    meal_accounts,
    meal_book,
    meal_deposits,
    meal_price,
    meal_recent,
    meal_rule_changes,
    meal_vouchers,
    office,
    points_accounts,
    points_book,
    set_meals,
    settings,
    tags,
)
from app.services.canteen_changes import USUAL, CanteenInput
from app.services.meal_account_views import AccountFilter, AccountView
from app.services.meal_book import Logged, MealInput
from app.services.meal_price import Quote
from app.services.meal_recent import MealRow
from app.services.meal_rule_input import RuleInput
from app.services.meal_shares import Share
from app.services.office import Office
from app.services.points_book import Booking
from app.services.set_meals import SetInput
from app.storage.engine import Database
from app.storage.lookup import link_of
from app.values.rights import Actor
from tests.services.conftest import Clerk
from tests.storage.offices import CLOCK, furnish

SINCE = date(2026, 7, 1)
LUNCH, DINNER = MealPeriod.LUNCH, MealPeriod.DINNER
CLERK = Actor("赵敏")
A, B = 12_00, 15_00
"""Prices of the two set meals."""

PEOPLE: dict[str, tuple[str, date | None]] = {
    "chen": ("陈桂芳", date(1945, 3, 2)),
    "wang": ("王秀兰", date(1948, 3, 2)),
    "li": ("李建国", date(1960, 3, 2)),
    "sun": ("孙玉梅", date(1934, 3, 2)),
    "zhou": ("周德福", date(1953, 3, 2)),
    "he": ("何桂英", date(1942, 3, 2)),
    "ma": ("马桂兰", date(1946, 11, 21)),
    "leap": ("冯春生", date(1956, 2, 29)),
    "young": ("赵亮", date(1968, 3, 2)),
    "zhang": ("张明", date(1964, 3, 2)),
    "liu": ("刘军", date(1954, 3, 2)),
    "gone": ("李国庆", date(1955, 3, 2)),
    "unknown": ("吴老太", None),
}
"""By key the name and the birth date: `ma` is 80 today, `young` 58, `gone` moved out on 11-18.

`chen` has 低保, `zhang` the sensitive 残疾人, `liu` 优抚对象; the others have no tag.
"""
_TAGS = {"chen": "低保", "zhang": "残疾人", "liu": "优抚对象"}


def amount(fen: int, **weights: int) -> dict[str, Any]:
    """So much a meal, borne by weight: city=4, district=4, street=1."""
    return {"way": SubsidyWay.AMOUNT, "amount": fen, "shares": borne_by(**weights)}


def borne_by(**weights: int) -> tuple[Share, ...]:
    return tuple(Share(Payer.of(payer), weight) for payer, weight in weights.items())


def tiers(tag: Callable[[str], int]) -> tuple[RuleInput, ...]:
    """Those of the pictures; numbers 1 to 8 in this order."""
    free = SubsidyWay.FREE
    poor = (tag("低保"), tag("特困"))
    all_of_it = borne_by(city=4, district=4, street=1, donor=3)
    return (
        RuleInput(name="60–69 岁", from_age=60, to_age=69, **amount(1_00, city=1)),
        RuleInput(name="70–79 岁", from_age=70, to_age=79, **amount(2_00, city=1, district=1)),
        RuleInput(
            name="80–89 岁", from_age=80, to_age=89, **amount(3_00, city=1, district=1, street=1)
        ),
        RuleInput(
            name="低保对象", from_age=60, tag_ids=poor, **amount(9_00, city=4, district=4, street=1)
        ),
        RuleInput(name="90 岁以上", from_age=90, way=free, shares=all_of_it),
        RuleInput(
            name="重度残疾",
            from_age=60,
            tag_ids=(tag("残疾人"),),
            **amount(4_00, city=1, district=1),
        ),
        RuleInput(
            name="优抚对象",
            from_age=60,
            tag_ids=(tag("优抚对象"),),
            **amount(3_00, city=1, district=2),
        ),
        RuleInput(
            name="爱心驿站",
            guests=(Guest.SANITATION, Guest.COURIER),
            way=free,
            shares=borne_by(donor=1),
        ),
    )


@dataclass
class Stage:
    """`people` by key, `sets` by letter, `rules` by name; all are ids."""

    clerk: Clerk
    canteen: int
    people: dict[str, int]
    sets: dict[str, int]
    rules: dict[str, int]

    @property
    def today(self) -> date:
        return self.clerk.today

    @property
    def now(self) -> datetime:
        return self.clerk.now

    @property
    def database(self) -> Database:
        return self.clerk.database

    def at(self, day: date, hour: int = 11, minute: int = 40) -> "Stage":
        """The same office at another moment."""
        now = datetime.combine(day, time(hour, minute))
        return replace(self, clerk=Clerk(self.database, now))

    def do(self, act: Callable[..., Any], *args: Any, by: Actor = CLERK, **more: Any) -> Any:
        """One call of a service in a transaction of its own."""
        self.database.act_as(by)
        return self.clerk.do("食堂", lambda s: act(s, *args, **more))

    def look(self, ask: Callable[..., Any], *args: Any, by: Actor = CLERK, **more: Any) -> Any:
        """What a list reads."""
        self.database.act_as(by)
        return self.clerk.look_up(lambda lookup: ask(lookup, *args, **more))

    def quote(
        self,
        who: str,
        price: int = A,
        *,
        period: MealPeriod = LUNCH,
        on: date | None = None,
        by: Actor = CLERK,
    ) -> Quote:
        """What a meal costs one of `people`, here."""
        found: Quote = self.look(
            meal_price.quote,
            self.canteen,
            period,
            on or self.today,
            price,
            resident_id=self.people[who],
            by=by,
        )
        return found

    def meal(self, who: str = "", **more: Any) -> MealInput:
        """Lunch of today, set A, in cash, for one of `people` or for `guest`."""
        known: dict[str, Any] = {
            "canteen_id": self.canteen,
            "period": LUNCH,
            "on_date": self.today,
            "request_key": str(uuid4()),
            "set_meal_id": self.sets["A"],
        }
        whose = {"resident_id": self.people[who]} if who else {}
        return MealInput(**{**known, **whose, **more})

    def log(self, who: str = "", *, by: Actor = CLERK, **more: Any) -> Logged:
        """A meal that is booked."""
        entered = self.meal(who, **more)
        logged: Logged = self.do(meal_book.log, entered, by=by, now=self.now)
        return logged

    def account(self, who: str, kind: AccountKind = AccountKind.CARD, fen: int = 0) -> int:
        """An account of one of `people`; a card has so much in it."""
        person = self.people[who]
        key: int = self.do(meal_accounts.open_account, person, kind, today=self.today)
        if fen:
            self.do(meal_deposits.deposit, key, fen, now=self.now)
        return key

    def dish(self, name: str, fen: int, *, sets: str = "", sold_out: bool = False) -> int:
        """A dish on the menu of today's lunch."""

        def write(session: Session) -> int:
            dish = Dish(name=name, kind=DishKind.OTHER, price=fen)
            session.add(dish)
            session.flush()
            gone = self.now if sold_out else None
            facts = {"canteen_id": self.canteen, "on_date": self.today, "period": LUNCH}
            session.add(MenuDish(dish_id=dish.id, sets=sets, sold_out_at=gone, **facts))
            return dish.id

        key: int = self.do(write)
        return key

    def voucher(self, who: str | None, fen: int, **more: Any) -> str:
        """A voucher of somebody, or of whoever brings it; gives its code."""
        whose = [self.people[who] if who else None]
        (key,) = self.do(
            meal_vouchers.issue, whose, value=fen, reason="慰问", today=self.today, **more
        )
        (found,) = self.look(meal_vouchers.some, [key])
        code: str = found.code
        return code

    def points(self, who: str, points: int) -> int:
        """An account of points of somebody, with so many in it."""
        person = self.people[who]
        key: int = self.do(points_accounts.open_account, resident_id=person, today=self.today)
        earned = Booking(
            account_id=key, kind=EntryKind.EARNED, points=points, on_date=self.today, expires=False
        )
        self.do(points_book.book, earned, now=self.now)
        return key

    def submit(self, month: int) -> None:
        """The claim of a month is locked."""
        claim = {"canteen_id": self.canteen, "month": month, "submitted_at": self.now}
        self.do(lambda s: s.add(MealClaim(**claim)))

    def month_of(self, meal_id: int) -> int:
        """In whose claim a line stands."""
        ((month,),) = self.ask(f"SELECT month FROM meal WHERE id = {meal_id}")
        return int(month)

    def seen(self, meal_id: int, by: Actor = CLERK) -> MealRow:
        """A meal as the counter lists it."""
        (row,) = self.look(meal_recent.rows, [meal_id], by=by)
        found: MealRow = row
        return found

    def left_on(self, who: str, day: date) -> None:
        """Somebody who is gone was gone since another day."""

        def write(session: Session) -> None:
            session.get_one(Resident, self.people[who]).departed_on = day

        self.do(write)

    def balance(self, account_id: int) -> int:
        found: int = self.look(meal_accounts.account, account_id).balance
        return found

    def listed(self, view: AccountView, text: str = "") -> list[int]:
        """The accounts of a view of the tab 账户."""
        chosen = AccountFilter(view, text)
        found: list[int] = self.look(meal_account_views.account_ids, chosen)
        return found

    def tamper(self, sql: str) -> None:
        """Past every service and the journal."""
        self.do(lambda session: link_of(session).execute(sql))

    def renumber(self, receipt: str) -> None:
        """The latest line has this number on its receipt."""
        latest = "(SELECT max(id) FROM meal_entry)"
        self.tamper(f"UPDATE meal_entry SET receipt = '{receipt}' WHERE id = {latest}")

    def check_books(self) -> None:
        """Whatever happened: balances are sums, what was met by a counter-line is nothing."""
        assert not self.ask(OUT_OF_STEP), "a balance is not the sum of its lines"
        assert not self.ask(LEFT_OVER), "a meal and its counter-line leave something"
        assert not self.ask(UNPAID), "a meal's own part is not what its account paid"

    def tag(self, who: str, name: str, **term: date) -> None:
        """Give one of `people` a tag."""
        tag_id = self.clerk.tag_id(name)
        self.do(lambda s: s.add(ResidentTag(resident_id=self.people[who], tag_id=tag_id, **term)))

    def set(self, setting: Any, value: Any) -> None:
        self.do(settings.change, setting, value)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Straight from the file."""
        return [tuple(row) for row in self.clerk.see(lambda s: s.execute(text(sql)).all())]


OUT_OF_STEP = """
    SELECT a.id FROM meal_account a LEFT JOIN meal_balance b ON b.account_id = a.id
    WHERE coalesce(b.balance, 0)
        <> (SELECT coalesce(sum(amount), 0) FROM meal_entry WHERE account_id = a.id)
    OR coalesce(b.balance, 0) <> coalesce((SELECT balance FROM meal_entry
        WHERE account_id = a.id ORDER BY id DESC LIMIT 1), 0)
"""
LEFT_OVER = """
    SELECT m.id FROM meal m JOIN meal c ON c.reverses_id = m.id
    WHERE m.price + c.price OR m.fee + c.fee OR m.paid + c.paid OR m.quantity + c.quantity
    OR m.by_city + c.by_city OR m.by_district + c.by_district OR m.by_street + c.by_street
    OR m.by_operator + c.by_operator OR m.by_donor + c.by_donor
    OR m.on_date <> c.on_date OR m.period <> c.period
"""
UNPAID = """
    SELECT m.id FROM meal m WHERE m.pay_way IN ('card', 'bill')
    AND m.paid <> -(SELECT coalesce(sum(amount), 0) FROM meal_entry WHERE meal_id = m.id)
"""


def stage_on(database: Database) -> Stage:
    """A stage on an empty office."""
    return Stage(Clerk(database, CLOCK.now()), *furnish(database, _begun))


def _begun(database: Database) -> tuple[Any, ...]:
    clerk = Clerk(database, CLOCK.now())
    clerk.do("填写社区资料", _office)
    people = {
        key: clerk.add(name, birth_date=birth, new_household=True)
        for key, (name, birth) in PEOPLE.items()
    }
    for key, name in _TAGS.items():
        tag_id = clerk.tag_id(name)
        clerk.do("标签", lambda s, who=people[key], what=tag_id: tags.give(s, [who], what))
    clerk.do(
        "迁出",
        lambda s: events.move_out(s, people["gone"], on_date=date(2026, 11, 18), now=clerk.now),
    )
    canteen: int = clerk.do("添加食堂 海棠食堂", _canteen)
    sets = {
        letter: clerk.do("套餐", lambda s, one=letter, fen=price: _set(s, canteen, one, fen))
        for letter, price in (("A", A), ("B", B))
    }
    rules: dict[str, int] = {}
    for entered in tiers(clerk.tag_id):
        rules[entered.name] = clerk.do(
            "补贴规则",
            lambda s, what=entered: meal_rule_changes.add(
                s, canteen, what, since=SINCE, today=clerk.today
            ),
        )
    return canteen, people, sets, rules


def _office(session: Session) -> None:
    office.set_office(session, Office("海棠社区", "海湾街道", "210214"))
    tags.seed(session)


def _canteen(session: Session) -> int:
    entered = CanteenInput(name="海棠食堂", operator="金城餐饮公司", address="海滨巷 3 号")
    canteen = canteen_changes.add(session, entered)
    for period in (LUNCH, DINNER):
        times = replace(USUAL[period], expected=150 if period is LUNCH else 60)
        canteen_changes.set_period(session, canteen, times, version=None)
    return canteen


def _set(session: Session, canteen: int, letter: str, price: int) -> int:
    words = "一荤两素" if letter == "A" else "两荤两素"
    entered = SetInput(letter=letter, name=f"{letter} 餐", price=price, words=words)
    return set_meals.add(session, canteen, entered, since=SINCE)
