"""提事 of the made-up community: what residents brought up, and what was taken up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.demo_grids import Neighbour
from app.demo_papers import SECRETARY, Errand
from app.models import Category, Topic, TopicOrigin, TopicPersonKind
from app.services import topic_people, topic_screening, topics
from app.services.topic_input import TopicInput

STAIRS = "楼道照明改造"
"""The matter that runs through all of 议事."""
TOLD = 78
"""Days ago: the slip of paper in the 议事亭."""


@dataclass(frozen=True, slots=True)
class Raised:
    """A topic: how long ago it came and how, its words; `taken` None is still to be screened."""

    ago: int
    origin: TopicOrigin
    category: str
    title: str
    body: str
    wish: str = ""
    taken: bool | None = None
    reason: str = ""


_TOPICS = (
    Raised(
        76, TopicOrigin.DIARY, "公共设施", "楼道照明灯坏了好几盏", "4 号楼二单元三层以上没有灯。"
    ),
    Raised(75, TopicOrigin.PHONE, "公共设施", "3 号楼楼道照明太暗", "晚上下楼看不清台阶。"),
    Raised(74, TopicOrigin.FORUM, "物业服务", "小区停车位划分", "晚上没车位。", "划线编号", True),
    Raised(54, TopicOrigin.FORUM, "环境卫生", "东门垃圾箱移位", "离幼儿园太近。", "往北移", True),
    Raised(47, TopicOrigin.REQUEST, "公共设施", "5 号楼下水井返水", "一下雨就往上返。", "", True),
    Raised(40, TopicOrigin.VISIT, "民生救助", "楼门口加装扶手", "老人上下台阶费劲。", "", True),
    Raised(33, TopicOrigin.ONLINE, "噪声油烟", "广场舞音量太大", "晚上九点还在放。", "", True),
    Raised(
        26,
        TopicOrigin.SLIP,
        "其他",
        "请社区给家里修水管",
        "厨房水管漏水。",
        "",
        False,
        "家里的水管请联系物业，社区已经帮助报修。",
    ),
    Raised(18, TopicOrigin.FORUM, "公共设施", "电动车集中充电", "飞线不安全。", "建充电棚", True),
    Raised(9, TopicOrigin.SLIP, "环境卫生", "绿地里种菜", "草坪被翻成了菜地。"),
    Raised(5, TopicOrigin.PHONE, "公共设施", "健身器材松动", "单杠晃得厉害。"),
    Raised(2, TopicOrigin.DIARY, "矛盾纠纷", "宠物随地便溺", "2 号楼前面。"),
)


class Topics:
    """Errands of those who brought something up; three of them meant the same staircase."""

    def __init__(
        self, people: Sequence[Neighbour], crowd: Sequence[Neighbour], today: date
    ) -> None:
        """The first of `people` wrote the slip, the others signed it; `crowd` told the rest."""
        self._asker, *self._neighbours = people
        self._crowd, self._today = crowd, today

    def errands(self) -> Iterator[Errand]:
        told = TopicInput(
            title=STAIRS,
            origin=TopicOrigin.SLIP,
            resident_id=self._asker.id,
            grid_id=self._asker.grid_id,
            place="3 至 6 号楼楼道",
            body="楼道灯不亮，老人晚上摸黑上楼，已经有人摔过一跤。",
            wish="换成声控灯",
            concerns="3 至 6 号楼住户",
            households=288,
        )
        yield Errand(self._ago(TOLD), f"登记居民提事 {STAIRS}", self._register(told, "公共设施"))
        yield Errand(self._ago(TOLD - 1), f"联名 {STAIRS}", self._sign)
        for place, one in enumerate(_TOPICS):
            person = self._crowd[place]
            entered = TopicInput(
                title=one.title,
                origin=one.origin,
                resident_id=person.id,
                grid_id=person.grid_id,
                body=one.body,
                wish=one.wish,
            )
            act = self._register(entered, one.category)
            yield Errand(self._ago(one.ago), f"登记居民提事 {one.title}", act)
        yield Errand(self._ago(74), "并入相似的议题", self._merge, SECRETARY)
        yield Errand(self._ago(73), "审定议题", self._screen_stairs, SECRETARY)
        for one in _TOPICS:
            if one.taken is not None:
                day = self._ago(one.ago - 4)
                yield Errand(day, f"审定议题 {one.title}", _screen(one), SECRETARY)

    def _register(
        self, entered: TopicInput, category: str
    ) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            kind = session.scalar(select(Category.id).where(Category.name == category))
            told = replace(entered, category_id=kind, came_on=now.date())
            topics.register(session, told, now=now)

        return act

    def _sign(self, session: Session, _now: datetime) -> None:
        topic = topic_of(session, STAIRS)
        for one in self._neighbours:
            topic_people.add(session, topic.id, TopicPersonKind.SUPPORTS, resident_id=one.id)

    def _merge(self, session: Session, _now: datetime) -> None:
        for title in ("楼道照明灯坏了好几盏", "3 号楼楼道照明太暗"):
            keep, other = topic_of(session, STAIRS), topic_of(session, title)
            topic_screening.merge(session, keep.id, other.id)

    def _screen_stairs(self, session: Session, now: datetime) -> None:
        topic = topic_of(session, STAIRS)
        topic_screening.screen(
            session,
            topic.id,
            taken_up=True,
            reason="涉及 24 个单元，先协商方案，再由居民代表会议决定。",
            version=topic.version,
            now=now,
        )

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)


def topic_of(session: Session, title: str) -> Topic:
    """The topic of this title."""
    return session.scalars(select(Topic).where(Topic.title == title)).one()


def _screen(one: Raised) -> Callable[[Session, datetime], object]:
    def act(session: Session, now: datetime) -> None:
        row = topic_of(session, one.title)
        topic_screening.screen(
            session,
            row.id,
            taken_up=bool(one.taken),
            reason=one.reason,
            version=row.version,
            now=now,
        )

    return act
