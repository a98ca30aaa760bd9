"""What was written by hand in the made-up points: paper books carried over, waste, ideas."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.demo_activities import item_named, turn
from app.demo_grids import Neighbour
from app.demo_papers import SECRETARY, Errand
from app.demo_teams import KEEPS_SHOP, KNOCK, RECORDS, Teams
from app.models import ClaimOrigin, Deed
from app.services import points_accounts, points_cards, points_claims, points_items, recycling
from app.services.points_claims import ClaimInput
from app.services.recycling import Weighed, Weighing
from app.values.rights import SECRETARY as IN_CHARGE
from app.values.rights import SOCIAL_WORKER

CARRIED = "期初结转"
_WASTE, _POINT = "厨余垃圾称重", "2 号回收点"
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_IDEAS = (
    "充电棚移到东墙，离楼远一些",
    "楼道灯换成声控",
    "垃圾桶加脚踏板",
    "议事会改在晚上七点",
    "健身区加两条长椅",
    "单元门口贴大字联系电话",
)


@dataclass(slots=True)
class Saver:
    """A resident with points in a paper book; `account` is known once it was opened."""

    resident_id: int
    name: str
    points: int
    account: int = 0


class Claims:
    """Errands of claims that no activity brought."""

    def __init__(
        self,
        savers: Sequence[Saver],
        neighbours: Sequence[Neighbour],
        teams: Teams,
        *,
        start: date,
        today: date,
    ) -> None:
        """`neighbours` come to meetings: one or other has an idea there."""
        self._savers, self._neighbours, self._teams = savers, neighbours, teams
        self._start, self._today = start, today

    def carried(self, day: date) -> Iterator[Errand]:
        """The balances of the paper books; everybody gets a card the day after."""
        yield Errand(self._start, f"新增积分事项 {CARRIED}", _add_item, SECRETARY, IN_CHARGE)
        by_points: defaultdict[int, list[Saver]] = defaultdict(list)
        for saver in self._savers:
            by_points[saver.points].append(saver)
        for points, savers in by_points.items():
            words = f"手工记分：{CARRIED} {points} 分，{len(savers)} 人"
            yield written(day, words, self._carry(savers))
        words = f"发积分卡 {len(self._savers)} 张"
        yield Errand(day + _DAY, words, self._issue, KEEPS_SHOP, SOCIAL_WORKER)

    def of_weeks(self) -> Iterator[Errand]:
        """Kitchen waste is weighed every other week, a quarrel settled, an idea taken up."""
        for week in range(1, (self._today - self._start) // _WEEK):
            day = self._start + week * _WEEK
            if week % 2:
                yield written(
                    day + 2 * _DAY, "登记回收称重 2 号回收点 厨余垃圾称重 3 人", self._weighed(week)
                )
                yield written(day + _DAY, "登记敲门调解 1 件", self._settled(week))
            else:
                idea = _IDEAS[week // 2 % len(_IDEAS)]
                yield written(day + 3 * _DAY, f"建议被采纳：{idea}", self._idea(week, idea))

    def _carry(self, savers: Sequence[Saver]) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            item, today = item_named(session, CARRIED), now.date()
            for saver in savers:
                saver.account = points_accounts.ensure_account(
                    session, resident_id=saver.resident_id, today=today
                )
                entered = ClaimInput(
                    account_id=saver.account,
                    item_id=item,
                    on_date=today,
                    points=saver.points,
                    words="启用本程序前纸质存折上的余额",
                    reason="按纸质存折和兑换本逐户核对",
                )
                points_claims.propose(session, entered, now=now)

        return act

    def _issue(self, session: Session, now: datetime) -> None:
        for saver in self._savers:
            points_cards.issue_card(session, saver.account, now.date())

    def _weighed(self, week: int) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            weighing = Weighing(
                item_id=item_named(session, _WASTE), item=_WASTE, on_date=now.date(), point=_POINT
            )
            people = [
                Weighed(saver.name, saver.resident_id, None, 100 + 50 * (week % 3))
                for saver in turn(self._savers, week * 3, 3)
            ]
            recycling.book(session, weighing, people, now=now)

        return act

    def _settled(self, week: int) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            (volunteer,) = turn(self._teams.members[KNOCK], week, 1)
            account = points_accounts.ensure_account(
                session, volunteer_id=volunteer, today=now.date()
            )
            entered = ClaimInput(
                account_id=account,
                volunteer_id=volunteer,
                item_id=item_named(session, "邻里互助"),
                on_date=now.date(),
                half_hours=3,
                words="敲门调解楼上楼下漏水纠纷",
                reason="两家当面说好，签了调解记录",
                witness=KEEPS_SHOP,
                place="住户家中",
                leader=KEEPS_SHOP,
            )
            points_claims.propose(session, entered, now=now)

        return act

    def _idea(self, week: int, idea: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            (asker,) = turn(self._neighbours, week, 1)
            entered = ClaimInput(
                account_id=points_accounts.ensure_account(
                    session, resident_id=asker.id, today=now.date()
                ),
                item_id=item_named(session, "建议被采纳"),
                on_date=now.date(),
                origin=ClaimOrigin.MEETING,
                words=idea,
            )
            points_claims.propose(session, entered, now=now)

        return act


def written(day: date, sentence: str, act: Callable[[Session, datetime], object]) -> Errand:
    """An errand of whoever writes claims down."""
    return Errand(day, sentence, act, RECORDS, SOCIAL_WORKER)


def _add_item(session: Session, _now: datetime) -> None:
    points_items.add(session, name=CARRIED, deed=Deed.OTHER)
