"""积分超市 of the made-up community: teams, shop and months, and what became of accounts."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.demo_activities import Activities, item_named
from app.demo_claims import CARRIED, Claims, Saver, written
from app.demo_counter import Counter
from app.demo_goods import Goods
from app.demo_grids import Neighbour
from app.demo_months import months, review, reviews
from app.demo_papers import Errand
from app.demo_teams import REVIEWS, Teams
from app.models import PointsAccount
from app.services import points_accounts, points_appeals, points_claims, points_family
from app.services.points_appeals import AppealInput
from app.services.points_claims import ClaimInput
from app.values.rights import SOCIAL_WORKER

_SPAN, _DAY = timedelta(days=91), timedelta(days=1)
_GROWN, _OLDEST = 20, 90
_SAVERS, _REDEEMED, _NEIGHBOURS = 125, 36, 24
# What stood in the paper books, those who redeem first: they have enough for it.
_AMOUNTS = (90, 70, 60, 45, 30)


class Points:
    """Errands of the last three months, as far as the file goes back."""

    def __init__(self, people: Sequence[Neighbour], *, seed: int, begun: date, today: date) -> None:
        """`people` live here to the end; `begun`: since when they are in the file."""
        chance = random.Random(seed + 5)  # noqa: S311 - made up, the same every time
        first = max(today - _SPAN, begun + _DAY)
        start = first + _DAY * (-first.weekday() % 7)
        self._start, self._today = start, today
        crowd = chance.sample(people, len(people))
        self._teams = Teams(crowd, chance=chance, start=start, today=today)
        others = self._cast(crowd)
        near = others[:_NEIGHBOURS]
        self._activities = Activities(self._teams, near, chance=chance, start=start, today=today)
        self._savers = _savers([*others, *self._teams.others][:_SAVERS])
        self._claims = Claims(self._savers, near, self._teams, start=start, today=today)
        self._goods = Goods(start=start, today=today)
        redeem, opened = self._savers[:_REDEEMED], start + 5 * _DAY
        self._counter = Counter(redeem, self._goods, chance=chance, opened=opened, today=today)

    def errands(self) -> list[Errand]:
        """In the order of their days, what is reviewed after what was written down."""
        opened = self._start + 2 * _DAY
        made = [
            *self._teams.errands(),
            *self._shared(opened),
            *self._claims.carried(opened),
            review(opened),
            *self._goods.errands(),
            *self._activities.errands(),
            *self._claims.of_weeks(),
            *self._of_accounts(self._today - 12 * _DAY),
            *reviews(opened + _DAY, self._today),
            *months(opened, self._today),
            *self._counter.errands(),
            *self._counter.of_earners(self._teams.weekly),
        ]
        return sorted((one for one in made if one.day < self._today), key=lambda one: one.day)

    def of_today(self) -> list[Errand]:
        return self._counter.of_today(self._savers[_REDEEMED:])

    def _cast(self, crowd: Sequence[Neighbour]) -> list[Neighbour]:
        """Grown-ups who do not serve; two couples of them have stories of their own."""
        serve = {one.id for one in self._teams.people}
        years = range(self._today.year - _OLDEST, self._today.year - _GROWN + 1)
        others = [one for one in crowd if one.born in years and one.id not in serve]
        self._couples = list(_couples(others))[:2]
        taken = {one.id for couple in self._couples for one in couple}
        return [one for one in others if one.id not in taken]

    # -- what became of accounts

    def _shared(self, day: date) -> Iterator[Errand]:
        for first, _ in self._couples[1:]:
            yield written(day, f"给 {first.name} 一户开共用账户", self._share(first))

    def _share(self, person: Neighbour) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            account = points_family.share_with(session, person.id, today=now.date())
            _propose(session, account, CARRIED, "两人存折并为一户", now, points=50)

        return act

    def _of_accounts(self, day: date) -> Iterator[Errand]:
        """A transfer in a household, a card that was lost, one who objected and was right."""
        for giver, taker in self._couples[:1]:
            yield written(day, f"给 {giver.name} 记表彰", self._honoured(giver))
            words = f"{giver.name} 转给 {taker.name} 5 分"
            yield written(day + _DAY, words, self._moved(giver, taker))
        objector, loser = self._savers[0], self._savers[-1]
        yield written(day + _DAY, f"登记 {objector.name} 的申诉", self._appealed(objector))
        for words, act in (
            (f"答复 {objector.name} 的申诉，补记积分", self._answered(objector)),
            (f"冻结 {loser.name} 的账户", self._frozen(loser)),
        ):
            yield Errand(day + 3 * _DAY, words, act, REVIEWS, SOCIAL_WORKER)

    def _honoured(self, person: Neighbour) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            account = _account(session, person, now)
            _propose(session, account, "表彰", "拾到手机交到社区", now, quantity=200)

        return act

    def _moved(self, giver: Neighbour, taker: Neighbour) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            have, gets = _account(session, giver, now), _account(session, taker, now)
            points_accounts.transfer(session, have, gets, 5, reason="给老人用", now=now)

        return act

    def _appealed(self, saver: Saver) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            words = "上次议事会我来了，没有记上"
            entered = AppealInput(raised_by="本人", words=words, account_id=saver.account)
            points_appeals.note(session, entered, today=now.date())

        return act

    def _answered(self, saver: Saver) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            (one,) = points_appeals.appeals(session, account_id=saver.account)
            _propose(session, saver.account, "参加议事", "议事会补记，见申诉", now)
            words = "已核对签到表，签在了别人那一行，补记 2 分"
            points_appeals.answer(
                session, one.id, upheld=True, words=words, version=one.version, today=now.date()
            )

        return act

    def _frozen(self, saver: Saver) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            row = session.get_one(PointsAccount, saver.account)
            why, today = "本人说卡丢了，查清以前先冻结", now.date()
            points_accounts.freeze(session, row.id, reason=why, version=row.version, today=today)

        return act


def _account(session: Session, person: Neighbour, now: datetime) -> int:
    return points_accounts.ensure_account(session, resident_id=person.id, today=now.date())


def _propose(
    session: Session,
    account: int,
    item: str,
    words: str,
    now: datetime,
    *,
    quantity: int = 100,
    points: int | None = None,
) -> None:
    entered = ClaimInput(
        account_id=account,
        item_id=item_named(session, item),
        on_date=now.date(),
        quantity=quantity,
        points=points,
        words=words,
        reason="已经核对属实",
    )
    points_claims.propose(session, entered, now=now)


def _savers(people: Sequence[Neighbour]) -> list[Saver]:
    return [
        Saver(one.id, one.name, _AMOUNTS[place * len(_AMOUNTS) // len(people)])
        for place, one in enumerate(people)
    ]


def _couples(people: Sequence[Neighbour]) -> Iterator[tuple[Neighbour, Neighbour]]:
    """Two each who live in one household."""
    waiting: dict[int, Neighbour] = {}
    for one in people:
        other = waiting.pop(one.household_id, None)
        if other is None:
            waiting[one.household_id] = one
        else:
            yield other, one
