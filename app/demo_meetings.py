"""议事 of the made-up community: what was brought up, met about, decided, paid and done.

One matter runs through all of it: the dark staircase, from a slip of paper in the 议事亭 to the
lamp that burns.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import paths
from app.demo_bodies import Bodies
from app.demo_grids import Neighbour
from app.demo_lists import Lists
from app.demo_papers import SECRETARY, Errand
from app.models import (
    AttendWay,
    Category,
    ItemKind,
    Meeting,
    Resolution,
    Topic,
    TopicOrigin,
    TopicPersonKind,
    Verdict,
    VoteWay,
)
from app.services import (
    agenda,
    attendance,
    evaluations,
    fund_sources,
    fund_views,
    funds,
    meeting_call,
    meeting_opening,
    meetings,
    minutes,
    project_life,
    projects,
    publicity,
    publicity_board,
    resolution_life,
    resolution_notice,
    resolutions,
    topic_people,
    topic_screening,
    topics,
    votes,
)
from app.services.agenda import ItemInput
from app.services.attendance_views import seats
from app.services.evaluations import EvaluationInput
from app.services.fund_sources import SourceInput
from app.services.funds import EntryInput
from app.services.meeting_call import CallInput
from app.services.meeting_input import MeetingInput
from app.services.minutes import EndInput, ItemEnd
from app.services.progress import StepInput
from app.services.projects import ProjectInput
from app.services.publicity_board import ObjectionInput
from app.services.resolution_notice import NoticeWish
from app.services.resolutions import Charge
from app.services.topic_input import TopicInput
from app.services.vote_ground import VoteInput
from app.services.voting import Count

_TOLD, _MET, _AGREED = 78, 64, 53
_JOINED = 43
"""Days ago: the slip of paper, the 议事协商会, the representatives; the units of 大党委."""
_CAME, _YES, _NO, _ABSTAIN = 43, 31, 8, 4
_BUDGET, _LAMPS, _REST = 18_600_00, 12_960_00, 5_640_00
_HALL = "社区三楼会议室"
_STAIRS = "楼道照明改造"
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


class Meetings:
    """Errands of the last three months, as far as the file goes back."""

    def __init__(self, people: Sequence[Neighbour], *, seed: int, begun: date, today: date) -> None:
        """`people` live here to the end; `begun`: since when they are in the file."""
        chance = random.Random(seed + 11)  # noqa: S311 - made up, the same every time
        self._today, self._begun = today, begun
        self._bodies = Bodies(people, chance=chance, begun=begun, today=today)
        self._lists = Lists(self._bodies, begun=begun, today=today)
        self._asker, *self._neighbours = self._bodies.others[-9:]
        self._crowd = self._bodies.others[20:60]

    def errands(self) -> list[Errand]:
        """In the order of their days; what would lie before the file began is left out."""
        if self._ago(_TOLD) <= self._begun + timedelta(days=3):
            return []
        made = [
            *self._bodies.errands(),
            *self._lists.errands(),
            *self._money(),
            *self._raised(),
            *self._forum(),
            *self._council(),
            *self._carried_out(),
            *self._joint(),
            *self._to_come(),
        ]
        return sorted((one for one in made if one.day < self._today), key=lambda one: one.day)

    def _ago(self, days: int) -> date:
        return self._today - timedelta(days=days)

    # -- 提事

    def _raised(self) -> Iterator[Errand]:
        told = TopicInput(
            title=_STAIRS,
            origin=TopicOrigin.SLIP,
            resident_id=self._asker.id,
            grid_id=self._asker.grid_id,
            place="3 至 6 号楼楼道",
            body="楼道灯不亮，老人晚上摸黑上楼，已经有人摔过一跤。",
            wish="换成声控灯",
            concerns="3 至 6 号楼住户",
            households=288,
        )
        yield Errand(self._ago(_TOLD), f"登记居民提事 {_STAIRS}", self._register(told, "公共设施"))
        yield Errand(self._ago(_TOLD - 1), f"联名 {_STAIRS}", self._sign)
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
        topic = _topic(session, _STAIRS)
        for one in self._neighbours:
            topic_people.add(session, topic.id, TopicPersonKind.SUPPORTS, resident_id=one.id)

    def _merge(self, session: Session, _now: datetime) -> None:
        for title in ("楼道照明灯坏了好几盏", "3 号楼楼道照明太暗"):
            keep, other = _topic(session, _STAIRS), _topic(session, title)
            topic_screening.merge(session, keep.id, other.id)

    def _screen_stairs(self, session: Session, now: datetime) -> None:
        topic = _topic(session, _STAIRS)
        topic_screening.screen(
            session,
            topic.id,
            taken_up=True,
            reason="涉及 24 个单元，先协商方案，再由居民代表会议决定。",
            version=topic.version,
            now=now,
        )

    # -- 民主议事

    def _forum(self) -> Iterator[Errand]:
        """The 议事协商会 yields an opinion: how it is to be done."""
        met = Held(
            self,
            lambda: self._bodies.forum,
            self._ago(_MET),
            "协商楼道照明和停车",
            (
                ItemInput(title=_STAIRS, kind=ItemKind.DISCUSS, words="换什么灯、谁来装、谁出钱。"),
                ItemInput(title="小区停车位划分", kind=ItemKind.DISCUSS),
            ),
        )
        yield from met.before(notified=4)
        yield met.open(13)
        yield met.errand("会议记录", self._written(met, _SAID_AT_THE_FORUM))
        yield met.close(("换声控灯，由物业施工，钱从服务群众专项经费出", "先摸清车位和车辆数"))
        yield met.errand("交办协商意见 小区停车位划分", self._counted, days=2)

    def _counted(self, session: Session, _now: datetime) -> None:
        row = session.scalars(select(Resolution).where(Resolution.title == "小区停车位划分")).one()
        entered = Charge(owner="李娜", due_on=self._ago(8))
        resolutions.charge(session, row.id, entered, version=row.version)

    def _written(self, met: Held, said: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, _now: datetime) -> None:
            first = agenda.items(session, met.id)[0]
            minutes.write(session, first.id, said, version=first.version)

        return act

    # -- 集体决策

    def _council(self) -> Iterator[Errand]:
        """43 of 61 are there, two thirds are 41; 31 say yes."""
        met = Held(
            self,
            lambda: self._bodies.council,
            self._ago(_AGREED),
            "",
            (ItemInput(title=_STAIRS, kind=ItemKind.DECIDE, words=_WORDS),),
            party=self._ago(_AGREED + 6),
        )
        yield from met.before(notified=5)
        yield met.open(_CAME)
        yield met.errand("会议记录", self._written(met, _SAID_BY_REPRESENTATIVES))
        yield met.errand(f"宣布表决结果 {_STAIRS}", self._voted(met))
        yield met.close(())
        yield met.errand(f"交办决议 {_STAIRS}", self._charged, days=1)
        yield met.errand(f"公示决议 {_STAIRS}", self._posted, days=1)
        yield met.errand("登记异议和答复", self._objected, days=6)
        yield met.errand("公示期满撤下", self._down, days=18)

    def _voted(self, met: Held) -> Callable[[Session, datetime], object]:
        def act(session: Session, _now: datetime) -> None:
            [item] = [one for one in agenda.items(session, met.id) if one.title == _STAIRS]
            count = Count(_YES, _NO, _ABSTAIN)
            entered = VoteInput(way=VoteWay.BALLOT, count=count, issued=_CAME, returned=_CAME)
            votes.announce(session, item.id, entered, now=met.at(31))

        return act

    def _charged(self, session: Session, now: datetime) -> None:
        row = _resolution(session)
        due = now.date() + timedelta(days=45)
        entered = Charge(owner="金城物业公司 冯经理", due_on=due, budget=_BUDGET)
        resolutions.charge(session, row.id, entered, version=row.version)

    def _posted(self, session: Session, now: datetime) -> None:
        row = _resolution(session)
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
            self,
            lambda: self._bodies.joint,
            self._ago(_JOINED),
            "大党委第三季度联席会议",
            (ItemInput(title="单元门口加装扶手的资金", kind=ItemKind.DISCUSS),),
        )
        yield from met.before(notified=3)
        yield met.open(4)
        yield met.close(("区财政局机关第二支部联系资金，物业公司出人工",))

    # -- 落实

    def _carried_out(self) -> Iterator[Errand]:
        day = self._ago(_AGREED - 20)
        proj = f"立项 {_STAIRS}"
        yield Errand(day, proj, self._set_up, SECRETARY)
        steps: tuple[tuple[int, str, int, str], ...] = (
            (28, "现场查看，24 个单元共 216 盏灯要换。", 10, "楼道_灯不亮.jpg"),
            (22, "声控灯到货，先装 3 号楼。", 40, ""),
            (16, "3 至 5 号楼装完，6 号楼明天装。", 80, ""),
        )
        for ago, words, percent, photo in steps:
            act = self._step(words, percent, photo)
            yield Errand(self._ago(ago), f"登记进度 {_STAIRS}", act)
        yield Errand(self._ago(21), "支出购灯款", self._pay(_LAMPS, "购买声控灯 216 盏", "0012345"))
        yield Errand(self._ago(13), f"办结 {_STAIRS}", self._finish)
        yield Errand(self._ago(12), f"验收 {_STAIRS}", self._accept, SECRETARY)
        yield Errand(self._ago(11), "支出施工费", self._pay(_REST, "支付施工费", "0012388"))
        yield Errand(self._ago(10), f"评议 {_STAIRS}", self._judged)

    def _set_up(self, session: Session, now: datetime) -> None:
        row = _resolution(session)
        entered = ProjectInput(
            name=_STAIRS,
            year=now.year,
            resolution_id=row.id,
            topic_id=row.topic_id,
            grid_id=row.grid_id,
            lead_unit_id=self._bodies.units["金城物业公司"],
            owner="冯经理",
            since=now.date(),
            until=now.date() + timedelta(days=30),
            funded=True,
            budget=_BUDGET,
            purpose="换装声控灯 216 盏",
            approval="海街党发〔2026〕31 号",
            approved_on=now.date(),
        )
        projects.add(session, entered, now=now)

    def _step(self, words: str, percent: int, photo: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            row = _resolution(session)
            pictures = (_photo(photo),) if photo else ()
            entered = StepInput(on_date=now.date(), words=words, percent=percent, photos=pictures)
            resolution_life.step(session, row.id, entered, version=row.version, now=now)

        return act

    def _finish(self, session: Session, now: datetime) -> None:
        row = _resolution(session)
        entered = StepInput(
            on_date=now.date(),
            words="24 个单元 216 盏声控灯全部装好，晚上都亮了。",
            percent=100,
            photos=(_photo("楼道_灯亮了.jpg"),),
        )
        resolution_life.finish(session, row.id, entered, version=row.version, now=now)

    def _accept(self, session: Session, now: datetime) -> None:
        done = StepInput(on_date=now.date(), words="全部装好，逐个单元试过。", percent=100)
        project = fund_views.projects(session, now.year)[0].id
        version = projects.get(session, project).version
        project_life.finish(session, project, done, version=version, now=now)
        project_life.accept(
            session,
            project,
            on_date=now.date(),
            accepted_by=self._bodies.representatives[0].name,
            version=projects.get(session, project).version,
            now=now,
        )

    def _judged(self, session: Session, now: datetime) -> None:
        said = ((self._asker, Verdict.GOOD, "灯亮了，上下楼踏实。"),)
        more = ((one, Verdict.GOOD, "") for one in self._neighbours[:5])
        for one, verdict, words in (*said, *more, (self._neighbours[5], Verdict.FAIR, "")):
            entered = EvaluationInput(
                resident_id=one.id, on_date=now.date(), verdict=verdict, words=words
            )
            row = _resolution(session)
            evaluations.evaluate(session, row.id, entered, version=row.version)

    # -- 经费

    def _money(self) -> Iterator[Errand]:
        yield Errand(self._ago(_TOLD + 2), "登记专项经费来源", self._sources, SECRETARY)

    def _sources(self, session: Session, now: datetime) -> None:
        for name in ("市级", "区级"):
            planned = SourceInput(year=now.year, name=name, planned=100_000_00)
            key = fund_sources.save(session, None, planned)
            came = EntryInput(
                source_id=key,
                amount=100_000_00,
                on_date=now.date(),
                words="拨入全年经费",
                handled_by="赵敏",
                approved_by=SECRETARY,
            )
            funds.grant(session, came, now=now)

    def _pay(self, amount: int, words: str, ticket: str) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            paid = EntryInput(
                source_id=fund_views.sources(session, now.year)[0].id,
                amount=amount,
                on_date=now.date(),
                words=words,
                project_id=fund_views.projects(session, now.year)[0].id,
                ticket=ticket,
                payee="光明灯具店" if "灯" in words else "金城物业公司",
                handled_by="赵敏",
                approved_by=SECRETARY,
            )
            funds.spend(session, paid, now=now)

        return act

    # -- what is to come

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
        coming = Held(self, lambda: self._bodies.council, day, "", items, party=self._ago(3))
        yield Errand(self._ago(4), "新建会议 居民代表会议", coming.plan, SECRETARY)
        yield Errand(self._ago(2), "发会议通知 居民代表会议", coming.call(self._ago(2)), SECRETARY)


class Held:
    """One meeting from its planning to its minutes."""

    def __init__(
        self,
        around: Meetings,
        body: Callable[[], int],
        day: date,
        title: str,
        items: Sequence[ItemInput],
        *,
        party: date | None = None,
    ) -> None:
        self._around, self._body, self._day = around, body, day
        self._title, self._items, self._party = title, items, party
        self.id = 0

    def at(self, minute: int) -> datetime:
        """So long after the hour for which it was called."""
        return datetime.combine(self._day, time(14)) + timedelta(minutes=minute)

    def before(self, *, notified: int) -> Iterator[Errand]:
        """Planned and called, so many days ahead."""
        told = self._day - timedelta(days=notified)
        name = self._title or _STAIRS
        yield Errand(told - timedelta(days=1), f"新建会议 {name}", self.plan, SECRETARY)
        yield Errand(told, f"发会议通知 {name}", self.call(told), SECRETARY)

    def plan(self, session: Session, now: datetime) -> None:
        entered = MeetingInput(
            body_id=self._body(),
            on_date=self._day,
            starts=14 * 60,
            title=self._title,
            place=_HALL,
            chair=SECRETARY,
            recorder="赵敏",
            party_on=self._party,
            party_words="同意提交居民代表会议讨论决定。" if self._party else "",
            delegation="不属于居民会议职权" if self._party else "",
        )
        self.id = meetings.plan(session, entered, now=now)
        for one in self._items:
            topic = session.scalar(select(Topic.id).where(Topic.title == one.title))
            agenda.add(session, self.id, replace(one, topic_id=topic))

    def call(self, told: date) -> Callable[[Session, datetime], object]:
        def act(session: Session, now: datetime) -> None:
            row = session.get_one(Meeting, self.id)
            entered = CallInput(notified_on=told)
            meeting_call.call(session, self.id, entered, version=row.version, now=now)

        return act

    def open(self, came: int) -> Errand:
        """Opened, with so many who signed in."""

        def act(session: Session, _now: datetime) -> None:
            row = session.get_one(Meeting, self.id)
            meeting_opening.open_meeting(session, self.id, version=row.version, now=self.at(2))
            members = [one.who for one in seats(session, self.id) if one.who is not None]
            for place, who in enumerate(members[:came]):
                way = AttendWay.SCANNED if place % 3 else AttendWay.TYPED
                attendance.attend(session, self.id, who, way=way, now=self.at(-20 + place // 2))

        return self.errand("开会签到", act)

    def close(self, results: Sequence[str]) -> Errand:
        """Closed and finished; `results` are the opinions of what was talked over."""

        def act(session: Session, _now: datetime) -> None:
            now = self.at(55)
            talked = [one for one in agenda.items(session, self.id) if one.kind is ItemKind.DISCUSS]
            ends = [
                ItemEnd(item_id=one.id, result=result, opinion=True)
                for one, result in zip(talked, results, strict=True)
            ]
            minutes.end(session, self.id, EndInput(items=ends, summary="见各项结果。"), now=now)
            row = session.get_one(Meeting, self.id)
            minutes.file(session, self.id, version=row.version, now=now)

        return self.errand("会议记录定稿", act)

    def errand(
        self, sentence: str, act: Callable[[Session, datetime], object], *, days: int = 0
    ) -> Errand:
        """Something of this meeting, so many days after it."""
        return Errand(self._day + timedelta(days=days), sentence, act, SECRETARY)


def _screen(one: Raised) -> Callable[[Session, datetime], object]:
    def act(session: Session, now: datetime) -> None:
        row = _topic(session, one.title)
        topic_screening.screen(
            session,
            row.id,
            taken_up=bool(one.taken),
            reason=one.reason,
            version=row.version,
            now=now,
        )

    return act


def _topic(session: Session, title: str) -> Topic:
    return session.scalars(select(Topic).where(Topic.title == title)).one()


def _resolution(session: Session) -> Resolution:
    """The decision about the staircase; the opinion before it has the same title."""
    latest = select(Resolution).where(Resolution.title == _STAIRS).order_by(Resolution.id.desc())
    return session.scalars(latest.limit(1)).one()


def _notice(session: Session) -> int:
    return _resolution(session).notice_id or 0


def _photo(name: str) -> bytes:
    return (paths.resources() / "samples" / name).read_bytes()
