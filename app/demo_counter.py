"""Who redeemed what at the counter of the made-up shop in the last weeks."""

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_claims import Saver
from app.demo_goods import Goods
from app.demo_grids import Neighbour
from app.demo_papers import Errand
from app.demo_teams import KEEPS_SHOP
from app.models import Redemption
from app.services import (
    held_baskets,
    points_accounts,
    points_book,
    redemptions,
    reservations,
)
from app.services.redemptions import Basket
from app.values.rights import SHOP

_WEEKS, _SATURDAY = 5, 5
_DEAREST, _KEPT_FOR = 20, timedelta(days=7)
_DAY, _SOAP, _CHEAPEST = timedelta(days=1), 0, 13


class Counter:
    """Errands of the counter: each customer is one transaction."""

    def __init__(
        self,
        savers: Sequence[Saver],
        goods: Goods,
        *,
        chance: random.Random,
        opened: date,
        today: date,
    ) -> None:
        """`savers` each have enough for two articles of middling price; open from a day on."""
        self._savers, self._goods, self._opened = savers, goods, opened
        self._chance, self._today = chance, today
        self._cheap = [place for place, points in enumerate(goods.points) if points <= _DEAREST]

    def errands(self) -> list[Errand]:
        """In the order of their days."""
        days = sorted(self._day() for _ in self._savers)
        made = []
        for number, (saver, day) in enumerate(zip(self._savers, days, strict=True)):
            made += self._served(number, saver, day)
        return made

    def of_earners(self, earners: Sequence[Neighbour]) -> list[Errand]:
        """Who has nothing but what was earned takes a bar of soap, or what is cheaper."""
        return [self._earned(one) for one in earners]

    def of_today(self, waiting: Sequence[Saver]) -> list[Errand]:
        """What stands at the counter: goods put aside for three, one who fetches her card."""
        made = [self._reserved(saver, place) for place, saver in enumerate(waiting[:3])]
        return [*made, *(self._held(saver) for saver in waiting[3:4])]

    def _day(self) -> date:
        day = self._today - timedelta(days=self._chance.randint(1, 7 * _WEEKS))
        return max(self._opened, day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1)))

    def _served(self, number: int, saver: Saver, day: date) -> list[Errand]:
        places = self._chance.sample(self._cheap, 1 + number % 2)
        proxy, relation = ("李桂芬", "邻居") if number == 1 else ("", "")
        key = f"demo-{number}"

        def redeem(session: Session, now: datetime) -> None:
            lines = tuple((self._goods.ids[place], 1) for place in places)
            basket = Basket(
                account_id=saver.account,
                resident_id=saver.resident_id,
                lines=lines,
                request_key=key,
                proxy=proxy,
                proxy_relation=relation,
            )
            redemptions.redeem(session, basket, now=now)

        points = sum(self._goods.points[place] for place in places)
        made = [self._errand(day, f"{saver.name} 兑换 {points} 分", redeem)]
        if number == 2:
            made.append(self._errand(day, f"撤销 {saver.name} 的兑换", self._take_back(key)))
        return made

    def _earned(self, person: Neighbour) -> Errand:
        def act(session: Session, now: datetime) -> None:
            account = points_accounts.ensure_account(
                session, resident_id=person.id, today=now.date()
            )
            there = points_book.available(session, account, now.date()).points
            place = _SOAP if there >= self._goods.points[_SOAP] else _CHEAPEST
            basket = Basket(
                account_id=account,
                resident_id=person.id,
                lines=((self._goods.ids[place], 1),),
                request_key=f"demo-earned-{person.id}",
            )
            redemptions.redeem(session, basket, now=now)

        return self._errand(self._today - _DAY, f"{person.name} 兑换一件", act)

    def _take_back(self, key: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            row = session.scalars(select(Redemption).where(Redemption.request_key == key)).one()
            reason = "拿错了东西，要换一种"
            redemptions.take_back(session, row.id, reason=reason, version=row.version, now=now)

        return act

    def _reserved(self, saver: Saver, place: int) -> Errand:
        def act(session: Session, now: datetime) -> None:
            today = now.date()
            goods_id = self._goods.ids[self._cheap[place]]
            until = today + _KEPT_FOR
            reservations.reserve(session, saver.account, goods_id, 1, until=until, today=today)

        return self._errand(self._today, f"给 {saver.name} 预约一件", act)

    def _held(self, saver: Saver) -> Errand:
        def act(session: Session, now: datetime) -> None:
            lines = ((self._goods.ids[self._cheap[3]], 1),)
            held_baskets.hold(session, saver.account, saver.resident_id, lines, now=now)

        return self._errand(self._today, f"挂单：{saver.name}回家取卡", act)

    def _errand(
        self, day: date, sentence: str, act: Callable[[Session, datetime], object]
    ) -> Errand:
        return Errand(day, sentence, act, KEEPS_SHOP, SHOP)
