"""Days of 食堂 lived at random, by the program and by a plain model of them: they never differ."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import DomainError
from app.models import AccountKind, Payer, PayWay
from app.services import (
    deliveries,
    meal_book,
    meal_claim_views,
    meal_claims,
    meal_deposits,
    meal_months,
    meal_orders,
    order_pauses,
    standing_orders,
)
from app.services.order_pauses import PauseInput
from app.services.standing_orders import StandingInput
from app.storage.engine import Database
from tests.services.canteen_stage import DINNER, LUNCH, A, Stage, stage_on
from tests.services.test_meal_claims import _submitted as submitted

FIRST = date(2026, 11, 29)
NOVEMBER, DECEMBER = 202611, 202612
GIVEN = {"chen": 9_00, "wang": 2_00, "young": 0}
"""What each is given of a meal of 12.00."""
CARD, BILL, CASH = PayWay.CARD, PayWay.BILL, PayWay.CASH

WHO = st.sampled_from(tuple(GIVEN))
EAT = st.tuples(
    st.just("eat"), WHO, st.sampled_from((LUNCH, DINNER)), st.sampled_from((CARD, BILL, CASH))
)
DAY, HAND = st.tuples(st.just("next_day")), st.tuples(st.just("hand"), WHO)
ACT = st.one_of(
    *(EAT, EAT, EAT, DAY, DAY, HAND, HAND),
    st.tuples(st.just("again"), WHO, st.just(LUNCH), st.sampled_from(PayWay)),
    st.tuples(st.just("back"), st.integers(0, 9)),
    st.tuples(st.just("pay_in"), WHO, st.integers(1, 30_00)),
    st.tuples(st.just("pay_bill"), WHO, st.integers(1, 12_00)),
    *(st.tuples(st.just(one), WHO) for one in ("plan", "stop", "nobody", "cancel")),
    *(st.tuples(st.just(one)) for one in ("submit", "close")),
)
BEGINNING = (("plan", "wang"), ("plan", "young"), ("pay_in", "chen", 20_00))
# The month is over, nothing waits, it is locked; one meal is taken back after that.
ENDING = (
    *(("next_day",), ("next_day",)),
    *(("cancel", who) for who in GIVEN),
    *(("submit",), ("back", 0), ("eat", "chen", LUNCH, CASH)),
)


@dataclass
class Meal:
    who: str
    day: date
    period: Any
    pays: PayWay
    given: int
    order: bool
    month: int
    back_in: int = 0


@dataclass
class Plain:
    """What ought to be; every act tells whether the program has to do it."""

    day: date = FIRST
    money: Counter[tuple[str, PayWay]] = field(default_factory=Counter)
    meals: list[Meal] = field(default_factory=list)
    planned: set[str] = field(default_factory=set)
    stopped: set[str] = field(default_factory=set)
    waiting: set[tuple[str, date]] = field(default_factory=set)
    unanswered: set[tuple[str, date]] = field(default_factory=set)
    submitted: bool = False
    closed: bool = False
    booked_in_november: bool = False

    def month(self, day: date) -> int:
        own = day.year * 100 + day.month
        return DECEMBER if own == NOVEMBER and self.submitted else own

    def eat(self, who: str, period: Any, pays: PayWay, *, again: bool = False) -> bool:
        had = any((m.who, m.day, m.period) == (who, self.day, period) for m in self.standing)
        given = 0 if had else GIVEN[who]
        short = pays is CARD and self.money[who, CARD] < A - given
        if (had and not again) or short or pays not in (CARD, BILL, CASH):
            return False
        self._book(Meal(who, self.day, period, pays, given, False, self.month(self.day)))
        return True

    def again(self, who: str, period: Any, pays: PayWay) -> bool:
        return self.eat(who, period, pays, again=True)

    def _book(self, meal: Meal) -> None:
        self.meals.append(meal)
        self._pay(meal, -1)

    def _pay(self, meal: Meal, sign: int) -> None:
        if meal.pays is not CASH:
            self.move(meal.who, meal.pays, sign * (A - meal.given))

    def move(self, who: str, purse: PayWay, fen: int) -> None:
        self.money[who, purse] += fen
        self.booked_in_november |= self.day.month == 11

    @property
    def standing(self) -> list[Meal]:
        return [one for one in self.meals if not one.back_in]

    def back(self, number: int) -> bool:
        if not self.meals or self.meals[number % len(self.meals)].back_in:
            return False
        meal = self.meals[number % len(self.meals)]
        meal.back_in = self.month(meal.day)
        self._pay(meal, 1)
        over = max(0, self.money[meal.who, BILL])
        self.money[meal.who, BILL] -= over
        self.money[meal.who, CARD] += over
        if meal.order:
            self.waiting.add((meal.who, meal.day))
        return True

    def pay_in(self, who: str, fen: int) -> bool:
        self.move(who, CARD, fen)
        return True

    def pay_bill(self, who: str, fen: int) -> bool:
        if fen > -self.money[who, BILL]:
            return False
        self.move(who, BILL, fen)
        return True

    def plan(self, who: str) -> bool:
        new = who not in self.planned
        self.planned.add(who)
        return new

    def stop(self, who: str) -> bool:
        new = who not in self.stopped
        self.stopped.add(who)
        self.waiting = {one for one in self.waiting if one[0] != who or one[1] < self.day}
        return new

    def cancel(self, who: str) -> bool:
        left = {one for one in self.waiting if one[0] != who}
        some, self.waiting = left != self.waiting, left
        return some

    def next_day(self) -> bool:
        self.day += timedelta(days=1)
        self.waiting |= {(who, self.day) for who in self.planned - self.stopped}
        return True

    def submit(self) -> bool:
        late = any(day.month == 11 for _, day in self.waiting)
        ate = any(one.month == NOVEMBER for one in self.standing)
        may = self.day.month == 12 and ate and not late and not self.submitted
        self.submitted |= may
        return may

    def close(self) -> bool:
        may = self.day.month == 12 and self.booked_in_november and not self.closed
        self.closed |= may
        return may

    def hand(self, who: str) -> bool:
        key = (who, self.day)
        had = any((m.who, m.day, m.period) == (*key, LUNCH) for m in self.standing)
        if had or key not in self.waiting | self.unanswered:
            return False
        self.waiting.discard(key)
        self.unanswered.discard(key)
        self._book(Meal(who, self.day, LUNCH, CASH, GIVEN[who], True, self.month(self.day)))
        return True

    def nobody(self, who: str) -> bool:
        key = (who, self.day)
        if key not in self.waiting:
            return False
        self.waiting.discard(key)
        self.unanswered.add(key)
        return True


class Days:
    """The same acts by the services of the program; each raises DomainError where it refuses."""

    def __init__(self, database: Database) -> None:
        self.stage: Stage = stage_on(database).at(FIRST)
        kinds = {CARD: AccountKind.CARD, BILL: AccountKind.BILL}
        self.purses = {
            (who, pays): self.stage.account(who, kind)
            for who in GIVEN
            for pays, kind in kinds.items()
        }
        self.meals: list[int] = []

    def now(self, act: Any, *args: Any, **more: Any) -> Any:
        return self.stage.do(act, *args, **more, now=self.stage.now)

    def eat(self, who: str, period: Any, pays: PayWay, **more: Any) -> None:
        self.meals.append(self.stage.log(who, period=period, pay_way=pays, **more).meal_id)

    def again(self, who: str, period: Any, pays: PayWay) -> None:
        self.eat(who, period, pays, exception="给客人带的")

    def back(self, number: int) -> None:
        if not self.meals:
            raise DomainError("账上没有这一餐。")
        self.now(meal_book.take_back, self.meals[number % len(self.meals)], reason="记错")

    def pay_in(self, who: str, fen: int) -> None:
        self.now(meal_deposits.deposit, self.purses[who, CARD], fen)

    def pay_bill(self, who: str, fen: int) -> None:
        self.now(meal_deposits.pay_bill, self.purses[who, BILL], fen)

    def plan(self, who: str) -> None:
        entered = StandingInput(
            resident_id=self.stage.people[who],
            canteen_id=self.stage.canteen,
            period=LUNCH,
            weekdays="1234567",
            set_letter="A",
            since=self.stage.today + timedelta(days=1),
        )
        self.now(standing_orders.add, entered)

    def stop(self, who: str) -> None:
        person, today = self.stage.people[who], self.stage.today
        self.now(order_pauses.add, PauseInput(resident_id=person, since=today, reason="住院"))

    def cancel(self, who: str) -> None:
        asked = f"resident_id = {self.stage.people[who]} AND state = 'ordered'"
        found = [row[0] for row in self.stage.ask(f"SELECT id FROM meal_order WHERE {asked}")]
        if not found:
            raise DomainError("没有等着送的餐。")
        self.now(meal_orders.cancel, found, reason="外出")

    def next_day(self) -> None:
        tomorrow = self.stage.today + timedelta(days=1)
        for _ in range(2):
            self.now(meal_orders.generate, self.stage.canteen, tomorrow)
        self.stage = self.stage.at(tomorrow)

    def hand(self, who: str) -> None:
        (told,) = self.now(deliveries.handed, [self._order(who)], pay_way=CASH)
        self.meals.append(told.meal_id)

    def nobody(self, who: str) -> None:
        self.now(deliveries.nobody, self._order(who))

    def _order(self, who: str) -> int:
        """The one of today; 0, which there is not, where there is none."""
        asked = f"resident_id = {self.stage.people[who]} AND on_date = '{self.stage.today}'"
        found = self.stage.ask(f"SELECT id FROM meal_order WHERE {asked}")
        return int(found[0][0]) if found else 0

    def submit(self) -> None:
        submitted(self.stage, NOVEMBER)

    def close(self) -> None:
        self.now(meal_months.close, NOVEMBER)


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(acts=st.lists(ACT, min_size=15, max_size=30))
def test_the_books_are_those_of_a_plain_model_whatever_happens(
    database: Database, acts: list[Any]
) -> None:
    days, plain = Days(database), Plain()
    for name, *args in (*BEGINNING, *acts, *ENDING):
        may = getattr(plain, name)(*args)
        assert done(days, name, args) == may, (name, args, plain)
    agree(days, plain)


def done(days: Days, name: str, args: list[Any]) -> bool:
    try:
        getattr(days, name)(*args)
    except DomainError:
        return False
    return True


def agree(days: Days, plain: Plain) -> None:
    stage = days.stage
    stage.check_books()
    assert not stage.look(meal_months.differences)
    for purse, account in days.purses.items():
        assert stage.balance(account) == plain.money[purse]
    for month in (NOVEMBER, DECEMBER):
        found = stage.look(meal_claims.matrix, stage.canteen, month)
        more, less = (
            [one for one in plain.meals if getattr(one, when) == month]
            for when in ("month", "back_in")
        )
        given = sum(found.claimed(payer) for payer in Payer)
        assert given == sum(m.given for m in more) - sum(m.given for m in less)
        assert found.total.meals + found.difference.meals == len(more) - len(less)
    claim = stage.look(meal_claim_views.claim, stage.canteen, NOVEMBER)
    locked = claim is not None and claim.locked
    assert locked == plain.submitted
    assert not locked or claim.tells(stage.look(meal_claims.matrix, stage.canteen, NOVEMBER))
    assert stage.ask(TWICE) == []
    waiting = stage.ask("SELECT resident_id, on_date FROM meal_order WHERE state = 'ordered'")
    assert sorted(waiting) == sorted((stage.people[who], f"{day}") for who, day in plain.waiting)


TWICE = """
    SELECT resident_id FROM meal WHERE price > paid AND id NOT IN
        (SELECT reverses_id FROM meal WHERE reverses_id IS NOT NULL) AND reverses_id IS NULL
    GROUP BY resident_id, on_date, period HAVING count(*) > 1
"""
