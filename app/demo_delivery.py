"""Who gets meals home in the made-up community: standing orders, walks, and who did not answer."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_grids import Neighbour
from app.demo_papers import Errand
from app.models import AccountKind, CareCase, MealOrder, MealPeriod, OrderState, PayWay
from app.services import (
    care_cases,
    deliveries,
    delivery_routes,
    diners,
    meal_accounts,
    meal_deposits,
    order_generation,
    order_pauses,
    standing_orders,
)
from app.services.deliveries import Outcome
from app.services.delivery_routes import RouteInput
from app.services.diners import DinerView
from app.services.order_pauses import PauseInput
from app.services.standing_orders import StandingInput

if TYPE_CHECKING:
    from app.demo_canteen import Place

LUNCH = MealPeriod.LUNCH
COOK = "高翔"
_DAY = timedelta(days=1)
_OLDEST_FIRST, _HOMES, _WALKS = 70, 14, 2
_DEPOSIT = 500_00
_WALK_NAMES = (("一路", "望海路以南", "孙志强", "志愿者"), ("二路", "望海路以北", "刘洋", "志愿者"))
_DIETS = ("低盐", "软食", "低盐、软食", "低糖")
_WEEKDAYS = ("1234567", "123456", "1234567", "12345")
_CONTACTS = (("女儿", "王丽"), ("儿子", "陈刚"), ("侄子", "李明"))


class Delivery:
    """Fourteen homes on two walks; the orders of each day, and what became of them."""

    def __init__(
        self,
        people: Sequence[Neighbour],
        place: "Place",
        *,
        chance: random.Random,
        start: date,
        today: date,
    ) -> None:
        old = [one for one in people if today.year - one.born > _OLDEST_FIRST]
        self._homes = sorted(old[:_HOMES], key=lambda one: (one.building_id, one.unit))
        taken = {one.id for one in self._homes}
        self.others = [one for one in people if one.id not in taken]
        """Those who come and eat"""
        self._place, self._chance = place, chance
        self._start, self._today = start, today

    def errands(self) -> Iterator[Errand]:
        """From the day on which the canteen began."""
        for number, home in enumerate(self._homes):
            yield self._errand(self._start, f"{home.name} 长期订餐", self._begun(home, number))
        yield self._errand(self._start, "排送餐路线", self._walks)
        months = (self._start, max(self._start, self._today.replace(day=1)))
        for day in months:
            yield self._errand(day, "送餐户餐卡存款", self._paid_in)
        pause = self._today - 2 * _DAY
        yield self._errand(pause, f"{self._homes[3].name} 停送", self._paused)
        day = self._start
        while day < self._today:
            yield self._errand(day, f"生成 {day:%m-%d} 订餐", self._generated(day))
            yield self._errand(day, f"照单回填 {day:%m-%d} 送餐", self._carried(day))
            day += _DAY
        found = self._today - 9 * _DAY
        yield self._errand(found + _DAY, "登记送餐关怀的结果", self._answered)

    def of_today(self) -> Iterator[Errand]:
        """The orders of today and tomorrow."""
        for day in (self._today, self._today + _DAY):
            yield self._errand(self._today, f"生成 {day:%m-%d} 订餐", self._generated(day))

    def _begun(self, home: Neighbour, number: int) -> Callable[[Session, datetime], object]:
        relation, name = _CONTACTS[number % len(_CONTACTS)]

        def act(session: Session, now: datetime) -> None:
            diner = DinerView(
                resident_id=home.id,
                diet=_DIETS[number % len(_DIETS)] if number % 2 == 0 else "",
                avoids="鱼" if number % 5 == 0 else "",
                consented_on=now.date(),
                contact=name,
                contact_relation=relation,
                contact_phone=f"1390411{7000 + number}",
                door_note="耳背，敲门要重" if number % 4 == 1 else "",
            )
            diners.save(session, diner, today=now.date())
            entered = StandingInput(
                resident_id=home.id,
                canteen_id=self._place.canteen,
                period=LUNCH,
                weekdays=_WEEKDAYS[number % len(_WEEKDAYS)],
                set_letter="A" if number % 3 else "B",
                pay_way=PayWay.CARD,
                since=standing_orders.first_open_day(session, self._place.canteen, LUNCH, now),
            )
            standing_orders.add(session, entered, now=now)

        return act

    def _walks(self, session: Session, now: datetime) -> None:
        for number, (name, area, carrier, role) in enumerate(_WALK_NAMES):
            entered = RouteInput(name=name, area=area, carrier=carrier, carrier_role=role)
            route = delivery_routes.add(session, self._place.canteen, entered)
            half = len(self._homes) // _WALKS
            part = self._homes[number * half : (number + 1) * half]
            stops = [one.id for one in part]
            delivery_routes.set_stops(session, route, stops, today=now.date())

    def _paid_in(self, session: Session, now: datetime) -> None:
        for home in self._homes:
            account = meal_accounts.ensure_account(
                session, home.id, AccountKind.CARD, today=now.date()
            )
            meal_deposits.deposit(session, account, _DEPOSIT, now=now)

    def _paused(self, session: Session, now: datetime) -> None:
        until = self._today + 5 * _DAY
        entered = PauseInput(
            resident_id=self._homes[3].id, since=now.date() + _DAY, until=until, reason="住院"
        )
        order_pauses.add(session, entered, now=now)

    def _generated(self, day: date) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            order_generation.generate(session, self._place.canteen, day, now=now)

        return act

    def _carried(self, day: date) -> Callable[[Session, datetime], object]:
        """Everybody got it, but for one who did not open, nine days ago and yesterday."""
        missed = {self._today - 9 * _DAY: 5, self._today - _DAY: 1}

        def act(session: Session, now: datetime) -> None:
            waiting = session.scalars(
                select(MealOrder)
                .where(MealOrder.on_date == day, MealOrder.state == OrderState.ORDERED)
                .order_by(MealOrder.route_id, MealOrder.stop)
            )
            away = self._homes[missed[day]].id if day in missed else 0
            outcomes = [
                Outcome(order_id=one.id, state=OrderState.NOBODY, words="两次敲门，餐已带回")
                if one.resident_id == away
                else Outcome(order_id=one.id, state=OrderState.HANDED)
                for one in waiting
            ]
            deliveries.settle(session, outcomes, now=now)

        return act

    def _answered(self, session: Session, now: datetime) -> None:
        for case in session.scalars(select(CareCase).where(CareCase.closed_at.is_(None))):
            care_cases.close(
                session, case.id, outcome="在女儿家住了两天，忘了说", version=case.version, now=now
            )

    def _errand(
        self, day: date, sentence: str, act: Callable[[Session, datetime], object]
    ) -> Errand:
        return Errand(day, sentence, act, COOK)
