"""The made-up canteen: what it is, what it cooks, whom it gives what; and all that it did."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_delivery import Delivery
from app.demo_dishes import DISHES, WEEKS
from app.demo_grids import Neighbour
from app.demo_kitchen import Kitchen
from app.demo_meals import Meals
from app.demo_papers import SECRETARY, Errand
from app.models import Guest, MealPeriod, Payer, SubsidyWay, Tag
from app.services import (
    canteen_changes,
    dishes,
    meal_claim_steps,
    meal_rule_changes,
    menu_writing,
    menus,
    set_meals,
)
from app.services.canteen_changes import USUAL, CanteenInput
from app.services.dishes import DishInput
from app.services.meal_claim_views import claim
from app.services.meal_rule_input import RuleInput
from app.services.meal_shares import Share
from app.services.set_meals import SetInput

LUNCH, DINNER = MealPeriod.LUNCH, MealPeriod.DINNER
_WEEK, _DAY = timedelta(days=7), timedelta(days=1)
_EXPECTED = {LUNCH: 60, DINNER: 20}
_CLAIM_DAY = 4
_SERVED = time(11, 30)
_OLD = 60
_POOR, _MOST_POOR = {"低保", "特困"}, 4


class Place:
    """Numbers that are known once the canteen stands."""

    def __init__(self) -> None:
        self.canteen = 0
        self.sets: dict[str, int] = {}
        self.dishes: dict[str, int] = {}


class Canteen:
    """Errands from the first day of the month before this one."""

    def __init__(self, people: Sequence[Neighbour], *, seed: int, begun: date, today: date) -> None:
        """`people` live here to the end; `begun`: since when they are in the file."""
        chance = random.Random(seed + 7)  # noqa: S311 - made up, the same every time
        first = (today.replace(day=1) - _DAY).replace(day=1)
        self._start, self._today = max(first, begun + _DAY), today
        self._place = Place()
        old = [one for one in people if one.born and today.year - one.born > _OLD]
        crowd = chance.sample(old, len(old))
        poor = [one for one in crowd if one.tags & _POOR][:_MOST_POOR]
        crowd = [*poor, *(one for one in crowd if one not in poor)]
        span: dict[str, Any] = {"chance": chance, "start": self._start, "today": today}
        self._delivery = Delivery(crowd, self._place, **span)
        self._meals = Meals(self._delivery.others, self._place, **span)
        self._kitchen = Kitchen(lambda: self._place.canteen, cook=COOK, seed=seed, today=today)

    def errands(self) -> list[Errand]:
        """In the order of their days, what was cooked before what was eaten."""
        made = [
            Errand(self._start, "登记望海食堂、套餐和补贴标准", self._found, SECRETARY),
            *self._menus(),
            *self._delivery.errands(),
            *self._meals.errands(),
            *self._kitchen.errands(),
            *self._claims(),
        ]
        return sorted((one for one in made if one.day < self._today), key=lambda one: one.day)

    def of_today(self, now: datetime) -> list[Errand]:
        """Nobody has eaten before lunch is served."""
        eaten = self._meals.of_today() if now.time() >= _SERVED else []
        return [*self._delivery.of_today(), *eaten, *self._kitchen.of_today()]

    # -- what it is

    def _found(self, session: Session, _now: datetime) -> None:
        place = self._place
        place.canteen = canteen_changes.add(
            session,
            CanteenInput(
                name="望海食堂",
                operator="普兰店区餐饮服务有限公司",
                address="望海路 18 号一楼",
                phone="0411-83120018",
            ),
        )
        for period, expected in _EXPECTED.items():
            offered = replace(USUAL[period], expected=expected)
            canteen_changes.set_period(session, place.canteen, offered, version=None)
        for letter, price, words in (("A", 12_00, "一荤两素"), ("B", 15_00, "两荤一素")):
            entered = SetInput(letter=letter, name=f"{letter} 餐", price=price, words=words)
            place.sets[letter] = set_meals.add(session, place.canteen, entered, since=self._start)
        for rule in _tiers(session):
            meal_rule_changes.add(
                session, place.canteen, rule, since=self._start, today=self._start
            )
        for one in DISHES:
            place.dishes[one.name] = dishes.add(session, _input(one))

    # -- what it cooks

    def _menus(self) -> Iterator[Errand]:
        """Two weeks are written, the others are as the week before the last."""
        monday, number = menus.monday_of(self._start), 0
        while monday <= self._today + _WEEK:
            day = max(self._start, min(monday - 3 * _DAY, self._today - _DAY))
            act = self._written(monday, number) if number < len(WEEKS) else self._copied(monday)
            yield Errand(day, f"写 {monday:%m-%d} 起一周的菜谱", act, COOK)
            monday, number = monday + _WEEK, number + 1

    def _written(self, monday: date, number: int) -> Callable[[Session, datetime], object]:
        def act(session: Session, _now: datetime) -> None:
            place = self._place
            for days, (lunch, dinner) in enumerate(WEEKS[number]):
                for period, names in ((LUNCH, lunch), (DINNER, dinner)):
                    for name, sets in names:
                        menu_writing.put(
                            session,
                            place.canteen,
                            monday + days * _DAY,
                            period,
                            place.dishes[name],
                            sets=sets,
                            planned=_EXPECTED[period] + 10,
                        )

        return act

    def _copied(self, monday: date) -> Callable[[Session, datetime], object]:
        def act(session: Session, _now: datetime) -> None:
            weeks = {"source_monday": monday - 2 * _WEEK, "target_monday": monday}
            menu_writing.copy_week(session, self._place.canteen, **weeks)

        return act

    # -- what it claims

    def _claims(self) -> Iterator[Errand]:
        """The month before this one was claimed on the fourth."""
        month = self._start.year * 100 + self._start.month
        day = self._today.replace(day=_CLAIM_DAY)
        name = f"{self._start:%Y-%m}"
        yield Errand(day, f"制表 {name} 补贴结算", self._step(month, "prepare"), COOK)
        yield Errand(day, f"审核 {name} 补贴结算", self._step(month, "sign"), SECRETARY)
        yield Errand(day, f"提交 {name} 补贴结算", self._step(month, "submit"), SECRETARY)

    def _step(self, month: int, step: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            own: tuple[Any, ...] = (session, self._place.canteen, month)
            if step == "prepare":
                meal_claim_steps.prepare(*own, signer=COOK, now=now)
                return
            there = claim(*own)
            if there is None:
                return
            if step == "sign":
                meal_claim_steps.sign(*own, signer=SECRETARY, version=there.version, now=now)
            else:
                meal_claim_steps.submit(*own, version=there.version, now=now)

        return act


COOK = "高翔"


def _input(one: Any) -> DishInput:
    return DishInput(
        name=one.name,
        kind=one.kind,
        price=one.price,
        cost=one.cost,
        allergens=one.allergens,
        suits=one.suits,
    )


def _tiers(session: Session) -> Iterator[RuleInput]:
    """Made up: what a district of this size gives (domain.md 4.2 has those of real ones)."""
    tags = {name: key for key, name in session.execute(select(Tag.id, Tag.name))}
    for first, last, amount, shares in (
        (60, 69, 1_00, {Payer.CITY: 1}),
        (70, 79, 2_00, {Payer.CITY: 1, Payer.DISTRICT: 1}),
        (80, 89, 3_00, {Payer.CITY: 1, Payer.DISTRICT: 1, Payer.STREET: 1}),
    ):
        yield RuleInput(
            name=f"{first}–{last} 岁",
            from_age=first,
            to_age=last,
            way=SubsidyWay.AMOUNT,
            amount=amount,
            shares=_shares(shares),
        )
    whole = {Payer.CITY: 4, Payer.DISTRICT: 4, Payer.STREET: 1, Payer.DONOR: 3}
    yield RuleInput(name="90 岁以上", from_age=90, way=SubsidyWay.FREE, shares=_shares(whole))
    poor = tuple(tags[name] for name in ("低保", "特困") if name in tags)
    most = _shares({Payer.CITY: 4, Payer.DISTRICT: 4, Payer.STREET: 1})
    yield RuleInput(
        name="低保 · 特困",
        from_age=60,
        tag_ids=poor,
        way=SubsidyWay.AMOUNT,
        amount=9_00,
        shares=most,
    )
    yield RuleInput(
        name="爱心驿站",
        guests=(Guest.SANITATION, Guest.COURIER),
        way=SubsidyWay.FREE,
        shares=_shares({Payer.DONOR: 1}),
    )


def _shares(weights: dict[Payer, int]) -> tuple[Share, ...]:
    return tuple(Share(payer, weight) for payer, weight in weights.items())
