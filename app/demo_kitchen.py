"""What the made-up kitchen writes down: samples, morning checks, receipts; the cards that came."""

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.demo_papers import SECRETARY, Errand
from app.models import MealPeriod
from app.services import (
    canteen_staff,
    food_receipts,
    food_samples,
    meal_opinions,
    menus,
    sample_keeping,
    staff_checks,
)
from app.services.canteen_staff import StaffInput, StaffView
from app.services.food_receipts import ReceiptInput
from app.services.meal_opinions import OpinionInput
from app.services.sample_keeping import SampleInput
from app.services.staff_checks import CheckInput

_DAY = timedelta(days=1)
_DAYS, _ILL = 10, 4
_TAKEN = {MealPeriod.LUNCH: time(10, 45), MealPeriod.DINNER: time(16, 20)}
_EVENING = time(17, 30)


class _Worker(NamedTuple):
    """`left`: how many days from today on the health certificate holds."""

    name: str
    duty: str
    left: int


_STAFF = (
    _Worker("高翔", "厨师长", 210),
    _Worker("马翠兰", "面点", 96),
    _Worker("于海涛", "厨师", 18),
    _Worker("陶淑琴", "配餐", 330),
    _Worker("邹立新", "洗消", -2),
)
_GOODS = (
    ("普兰店鑫源粮油行", "大米", "100 斤", ""),
    ("城东农贸市场 12 号", "青菜、土豆", "60 斤", ""),
    ("海滨水产批发部", "带鱼", "25 斤", "-18"),
    ("城东农贸市场 12 号", "西红柿、冬瓜", "45 斤", ""),
    ("大连安顺冷鲜肉店", "猪后腿肉", "30 斤", "3"),
    ("普兰店鑫源粮油行", "大豆油", "2 桶", ""),
)
_WORDS = {2: "菜有点咸", 5: "服务员热情", 9: "带鱼好吃，多做几次", 13: "汤凉了", 17: "希望有馄饨"}
_CARDS = 22


class Kitchen:
    """Errands of the last ten days; `canteen` is asked for when they are done."""

    def __init__(self, canteen: Callable[[], int], *, cook: str, seed: int, today: date) -> None:
        self._canteen, self._cook, self._today = canteen, cook, today
        self._chance = random.Random(seed + 9)  # noqa: S311 - made up, the same every time

    def errands(self) -> Iterator[Errand]:
        """Of every day the kitchen's, then what the secretary looks at."""
        first = self._today - _DAYS * _DAY
        yield Errand(first, "登记食堂人员和健康证", self._hire, self._cook)
        for number in range(_DAYS):
            day = first + number * _DAY
            words = f"{day:%m-%d} 晨检、进货和留样"
            yield Errand(day, words, self._day(day, number), self._cook)
            yield Errand(day, f"{day:%m-%d} 审核和销毁留样", self._looked(day), SECRETARY)
        yield Errand(self._today - _DAY, "录入满意度卡", self._cards, SECRETARY)

    def of_today(self) -> Iterator[Errand]:
        """The morning check; the samples of lunch are still to be taken."""
        words = f"{self._today:%m-%d} 晨检"
        yield Errand(self._today, words, self._check(self._today), self._cook)

    def _hire(self, session: Session, _now: datetime) -> None:
        for number, one in enumerate(_STAFF):
            entered = StaffInput(
                name=one.name,
                duty=one.duty,
                certificate=f"LN2026{1043 + 17 * number}",
                certificate_until=self._today + one.left * _DAY,
            )
            canteen_staff.add(session, self._canteen(), entered)

    def _day(self, day: date, number: int) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            self._check(day)(session, now)
            self._take_in(session, day, number)
            for period in _TAKEN:
                self._sample(session, day, period)

        return act

    def _check(self, day: date) -> Callable[[Session, datetime], object]:
        def act(session: Session, _now: datetime) -> None:
            staff = canteen_staff.staff(session, self._canteen(), today=day)
            entered = [self._checked(one, day) for one in staff]
            staff_checks.check(session, entered, on_date=day, today=day)

        return act

    def _checked(self, one: StaffView, day: date) -> CheckInput:
        ill = one.name == _STAFF[1].name and (self._today - day).days == _ILL
        return CheckInput(
            staff_id=one.id,
            healthy=not ill and not one.expired,
            clean=True,
            temperature=376 if ill else self._chance.randint(361, 368),
            note="发热，已离岗就医" if ill else "健康证过期，已停岗去体检" if one.expired else "",
        )

    def _take_in(self, session: Session, day: date, number: int) -> None:
        for place in range(2):
            supplier, goods, quantity, cold = _GOODS[(2 * number + place) % len(_GOODS)]
            entered = ReceiptInput(
                supplier=supplier,
                goods=goods,
                quantity=quantity,
                ticket=f"{day:%m%d}{place + 1:02d}",
                tickets_seen=True,
                temperature=int(cold) * 10 if cold else None,
            )
            food_receipts.take_in(session, self._canteen(), entered, on_date=day, today=day)

    def _sample(self, session: Session, day: date, period: MealPeriod) -> None:
        at = datetime.combine(day, _TAKEN[period])
        warm = self._chance.randint(24, 48)
        entered = [
            SampleInput(
                name=one.name,
                dish_id=one.dish_id,
                grams=self._chance.choice((130, 135, 140, 150)),
                taken_by=self._cook,
                taken_at=at,
                fridge="1 号柜",
                temperature=warm,
            )
            for one in menus.menu_of(session, self._canteen(), day, period)
        ]
        evening = datetime.combine(day, _EVENING)
        sample_keeping.take(session, self._canteen(), day, period, entered, now=evening)

    def _looked(self, day: date) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            fresh = food_samples.samples(session, self._canteen(), day, day)
            sample_keeping.review(session, [one.id for one in fresh])
            due = food_samples.to_destroy(session, self._canteen(), now=now)
            sample_keeping.destroy(session, due, now=now)

        return act

    def _cards(self, session: Session, _now: datetime) -> None:
        yesterday = self._today - _DAY
        for number in range(_CARDS):
            taste, service = self._chance.choice((5, 5, 4, 4, 3)), self._chance.choice((5, 5, 4))
            entered = OpinionInput(
                on_date=yesterday - (number % 5) * _DAY,
                marks=(taste, self._chance.choice((5, 4, 4, 3)), service),
                words=_WORDS.get(number, ""),
            )
            meal_opinions.add(session, self._canteen(), entered, today=yesterday)
