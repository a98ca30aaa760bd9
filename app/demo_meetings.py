"""议事 of the made-up community: what was brought up, met about, decided, paid and done.

One matter runs through all of it: the dark staircase, from a slip of paper in the 议事亭 to the
lamp that burns.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_bodies import Bodies
from app.demo_grids import Neighbour
from app.demo_held import Held
from app.demo_lists import Lists
from app.demo_papers import SECRETARY, Errand
from app.demo_topics import STAIRS, TOLD, Topics
from app.demo_works import AGREED, BUDGET, Works, resolution_of
from app.models import ItemKind, Resolution, VoteWay
from app.services import (
    agenda,
    publicity,
    publicity_board,
    resolution_notice,
    resolutions,
    votes,
)
from app.services.agenda import ItemInput
from app.services.publicity_board import ObjectionInput
from app.services.resolution_notice import NoticeWish
from app.services.resolutions import Charge
from app.services.vote_ground import VoteInput
from app.services.voting import Count

_MET, _JOINED = 64, 43
"""Days ago: the 议事协商会; the units of 大党委."""
_CAME, _YES, _NO, _ABSTAIN = 43, 31, 8, 4
_SAID_AT_THE_FORUM = (
    "物业高工：声控灯照度 30 勒，五秒自灭，一盏 60 元。\n"
    "居民：老人多，先装顶层和地下室口。\n"
    "主持：先换 3 至 6 号楼，效果好再铺开。"
)
_SAID_BY_REPRESENTATIVES = (
    "主持：说明协商会的意见和经费来源，念付表决的文字。\n"
    "代表：赞成。请写明保修一年，坏了找谁。\n"
    "代表：反对只换四栋楼，全小区都该换。\n"
    "主持：先换最暗的四栋，其余明年列入；保修写进决议。"
)
_WORDS = (
    "3 号楼至 6 号楼 24 个单元换装声控灯，用服务群众专项经费 18,600 元，由物业公司施工，保修一年。"
)


class Meetings:
    """Errands of the last three months, as far as the file goes back."""

    def __init__(self, people: Sequence[Neighbour], *, seed: int, begun: date, today: date) -> None:
        """`people` live here to the end; `begun`: since when they are in the file."""
        chance = random.Random(seed + 11)  # noqa: S311 - made up, the same every time
        self._today, self._begun = today, begun
        self._bodies = Bodies(people, chance=chance, begun=begun, today=today)
        self._lists = Lists(self._bodies, begun=begun, today=today)
        concerned = self._bodies.others[-9:]
        self._neighbours = concerned[1:]
        self._topics = Topics(concerned, self._bodies.others[20:60], today)
        self._works = Works(self._bodies, concerned, today)

    def errands(self) -> list[Errand]:
        """In the order of their days; what would lie before the file began is left out."""
        if self._ago(TOLD) <= self._begun + timedelta(days=3):
            return []
        made = [
            *self._bodies.errands(),
            *self._lists.errands(),
            *self._works.grants(),
            *self._topics.errands(),
            *self._forum(),
            *self._council(),
            *self._works.errands(),
            *self._joint(),
            *self._to_come(),
        ]
        return sorted((one for one in made if one.day < self._today), key=lambda one: one.day)

    def _forum(self) -> Iterator[Errand]:
        """The 议事协商会 yields an opinion: how it is to be done."""
        met = Held(
            lambda: self._bodies.forum,
            self._ago(_MET),
            "协商楼道照明和停车",
            (
                ItemInput(title=STAIRS, kind=ItemKind.DISCUSS, words="换什么灯、谁来装、谁出钱。"),
                ItemInput(title="小区停车位划分", kind=ItemKind.DISCUSS),
            ),
        )
        yield from met.before(notified=4)
        yield met.open(13)
        yield met.write(_SAID_AT_THE_FORUM)
        yield met.close(("换声控灯，由物业施工，钱从服务群众专项经费出", "先摸清车位和车辆数"))
        yield met.errand("交办协商意见 小区停车位划分", self._counted, days=2)

    def _counted(self, session: Session, _now: datetime) -> None:
        row = session.scalars(select(Resolution).where(Resolution.title == "小区停车位划分")).one()
        entered = Charge(owner="李娜", due_on=self._ago(8))
        resolutions.charge(session, row.id, entered, version=row.version)

    def _council(self) -> Iterator[Errand]:
        """43 of 61 are there, two thirds are 41; 31 say yes."""
        met = Held(
            lambda: self._bodies.council,
            self._ago(AGREED),
            "",
            (ItemInput(title=STAIRS, kind=ItemKind.DECIDE, words=_WORDS),),
            party=self._ago(AGREED + 6),
        )
        yield from met.before(notified=5)
        yield met.open(_CAME)
        yield met.write(_SAID_BY_REPRESENTATIVES)
        yield met.errand(f"宣布表决结果 {STAIRS}", self._voted(met))
        yield met.close(())
        yield met.errand(f"交办决议 {STAIRS}", self._charged, days=1)
        yield met.errand(f"公示决议 {STAIRS}", self._posted, days=1)
        yield met.errand("登记异议和答复", self._objected, days=6)
        yield met.errand("公示期满撤下", self._down, days=18)

    def _voted(self, met: Held) -> Callable[[Session, datetime], object]:
        def act(session: Session, _now: datetime) -> None:
            [item] = [one for one in agenda.items(session, met.id) if one.title == STAIRS]
            count = Count(_YES, _NO, _ABSTAIN)
            entered = VoteInput(way=VoteWay.BALLOT, count=count, issued=_CAME, returned=_CAME)
            votes.announce(session, item.id, entered, now=met.at(31))

        return act

    def _charged(self, session: Session, now: datetime) -> None:
        row = resolution_of(session)
        due = now.date() + timedelta(days=45)
        entered = Charge(owner="金城物业公司 冯经理", due_on=due, budget=BUDGET)
        resolutions.charge(session, row.id, entered, version=row.version)

    def _posted(self, session: Session, now: datetime) -> None:
        row = resolution_of(session)
        wish = NoticeWish(days=15, posted_on=now.date())
        resolution_notice.publish(session, row.id, wish, version=row.version, now=now)

    def _objected(self, session: Session, now: datetime) -> None:
        entered = ObjectionInput(
            raised_on=now.date(),
            who=self._neighbours[0].name,
            words="声控灯夜里会不会太亮，照进屋里。",
            answer="照度 30 勒，五秒自灭，装在楼梯转角，不朝住户门窗。",
            answered_on=now.date(),
            outcome="不采纳",
        )
        publicity_board.save_objection(session, _notice(session), entered)

    def _down(self, session: Session, now: datetime) -> None:
        result = "公示期满，一条异议已答复"
        publicity.take_down(session, _notice(session), on=now.date(), result=result)

    def _joint(self) -> Iterator[Errand]:
        """大党委 met: who lends what to the lists of the year."""
        met = Held(
            lambda: self._bodies.joint,
            self._ago(_JOINED),
            "大党委第三季度联席会议",
            (ItemInput(title="单元门口加装扶手的资金", kind=ItemKind.DISCUSS),),
        )
        yield from met.before(notified=3)
        yield met.open(4)
        yield met.close(("区财政局机关第二支部联系资金，物业公司出人工",))

    def _to_come(self) -> Iterator[Errand]:
        """The next meeting of the representatives, called for next week."""
        day = self._today + timedelta(days=6)
        items = (
            ItemInput(title="楼道照明改造落实情况", kind=ItemKind.REPORT),
            ItemInput(
                title="小区停车位划分",
                kind=ItemKind.DECIDE,
                words="划线 86 个，一户一位抽签，余下的先到先停，不收费。",
            ),
            ItemInput(title="东门垃圾箱移位", kind=ItemKind.DISCUSS),
        )
        coming = Held(lambda: self._bodies.council, day, "", items, party=self._ago(3))
        yield Errand(self._ago(4), "新建会议 居民代表会议", coming.plan, SECRETARY)
        yield Errand(self._ago(2), "发会议通知 居民代表会议", coming.call(self._ago(2)), SECRETARY)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)


def _notice(session: Session) -> int:
    return resolution_of(session).notice_id or 0
