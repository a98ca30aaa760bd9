"""Who ate in the made-up canteen, and what was paid into cards."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.demo_grids import Neighbour
from app.demo_papers import Errand
from app.models import AccountKind, Guest, MealPeriod, PayWay
from app.services import meal_accounts, meal_book, meal_deposits, meal_taking_back
from app.services.meal_book import MealInput

if TYPE_CHECKING:
    from app.demo_canteen import Place

LUNCH, DINNER = MealPeriod.LUNCH, MealPeriod.DINNER
COOK = "高翔"
_DAY, _SATURDAY = timedelta(days=1), 5
_REGULARS, _WITH_CARD, _WITH_BILL = 24, 14, 17
_DEPOSIT = 600_00
_STAYED_AWAY = timedelta(days=4)
_TODAY = 9


class Meals:
    """A sheet of lunches every day, typed back afterwards; a few dinners."""

    def __init__(
        self,
        people: Sequence[Neighbour],
        place: "Place",
        *,
        chance: random.Random,
        start: date,
        today: date,
    ) -> None:
        self._people, self._place = people[:_REGULARS], place
        self._chance, self._start, self._today = chance, start, today

    def errands(self) -> list[Errand]:
        """Cards are paid at the beginning of each month."""
        made = [
            Errand(day, f"{person.name} 餐卡存款", self._paid_in(person), COOK)
            for day in (self._start, max(self._start, self._today.replace(day=1)))
            for person in self._people[:_WITH_CARD]
        ]
        day = self._start
        while day < self._today:
            made += self._of_day(day)
            day += _DAY
        return made

    def of_today(self) -> list[Errand]:
        """The first who came in today."""
        early = [one for one in self._people if one is not self._people[0]][:_TODAY]
        return [
            *(
                Errand(self._today, f"{one.name} 午餐", self._eat(self._today, [one], LUNCH), COOK)
                for one in early
            ),
            Errand(self._today, "环卫工 2 人 午餐", self._guests(self._today, 2), COOK),
        ]

    def _of_day(self, day: date) -> Iterator[Errand]:
        share = 0.35 if day.weekday() >= _SATURDAY else 0.7
        came = [one for one in self._people if self._chance.random() < share]
        # One of those who always come has not been seen for some days.
        first = self._people[0]
        came = [one for one in came if one is not first]
        if day < self._today - _STAYED_AWAY:
            came.insert(0, first)
        late = came[2:5]
        yield Errand(
            day, f"照签到表补录 {day:%m-%d} 午餐 {len(came)} 餐", self._eat(day, came, LUNCH), COOK
        )
        if day.weekday() < _SATURDAY:
            yield Errand(day, "环卫工 2 人 午餐", self._guests(day, 2), COOK)
            words = f"照签到表补录 {day:%m-%d} 晚餐 {len(late)} 餐"
            yield Errand(day, words, self._eat(day, late, DINNER), COOK)
        if day.day == _SATURDAY:
            yield Errand(day, "撤销记错的一餐", self._taken_back(day), COOK)

    def _paid_in(self, person: Neighbour) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            account = meal_accounts.ensure_account(
                session, person.id, AccountKind.CARD, today=now.date()
            )
            meal_deposits.deposit(session, account, _DEPOSIT, now=now)

        return act

    def _eat(
        self, day: date, people: Sequence[Neighbour], period: MealPeriod
    ) -> Callable[[Session, datetime], object]:
        letters = [self._chance.choice("AAAB") for _ in people]

        def act(session: Session, now: datetime) -> None:
            for person, letter in zip(people, letters, strict=True):
                meal = self._input(day, period, f"{person.id}", letter)
                way = self._pays(session, person, now)
                meal_book.log(session, _with(meal, resident_id=person.id, pay_way=way), now=now)

        return act

    def _pays(self, session: Session, person: Neighbour, now: datetime) -> PayWay:
        place = self._people.index(person)
        if place < _WITH_CARD:
            return PayWay.CARD
        if place < _WITH_BILL:
            meal_accounts.ensure_account(session, person.id, AccountKind.BILL, today=now.date())
            return PayWay.BILL
        return PayWay.CASH

    def _guests(self, day: date, quantity: int) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            meal = self._input(day, LUNCH, "guests", "A")
            meal_book.log(session, _with(meal, guest=Guest.SANITATION, quantity=quantity), now=now)

        return act

    def _taken_back(self, day: date) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            person = self._people[-1]
            meal = self._input(day, LUNCH, f"wrong-{person.id}", "B")
            again = _with(meal, resident_id=person.id, exception="替邻居带一份")
            logged = meal_book.log(session, again, now=now)
            meal_taking_back.take_back(session, logged.meal_id, reason="邻居已自己来吃", now=now)

        return act

    def _input(self, day: date, period: MealPeriod, key: str, letter: str) -> MealInput:
        return MealInput(
            canteen_id=self._place.canteen,
            period=period,
            on_date=day,
            request_key=f"demo-{day:%m%d}-{period.value}-{key}",
            set_meal_id=self._place.sets[letter],
            given=True,
        )


def _with(meal: MealInput, **facts: object) -> MealInput:
    return replace(meal, **facts)  # type: ignore[arg-type]  # its own fields
