"""The tab 决议 in its states, and its dialogs."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    AgendaItem,
    Body,
    BodyKind,
    Category,
    ItemKind,
    Matter,
    Meeting,
    MeetingState,
    Resident,
    Resolution,
    Topic,
    TopicOrigin,
    TopicPerson,
    TopicPersonKind,
    TopicState,
    Verdict,
    Vote,
    VoteWay,
)
from app.services import (
    evaluations,
    resolution_life,
    resolution_notice,
    resolution_views,
    resolutions,
)
from app.services.evaluations import EvaluationInput
from app.services.filters import present
from app.services.resolution_life import StepInput
from app.services.resolution_notice import NoticeWish
from app.services.resolution_views import ResolutionRow
from app.services.resolutions import Charge
from app.storage.lookup import query
from app.ui.meetings.page import MeetingsPage
from app.ui.meetings.resolutions.charge_dialog import ChargeDialog
from app.ui.meetings.resolutions.evaluation_dialog import EvaluationDialog
from app.ui.meetings.resolutions.notice_dialog import NoticeDialog
from app.ui.meetings.resolutions.step_dialog import StepDialog
from app.ui.meetings.resolutions.tab import ResolutionsTab

_LIGHTS, _BENCHES, _PARKING = "楼道照明改造", "小广场加装长椅", "3 号楼停车位划分"
_WORDS = (
    "3 号楼至 6 号楼 24 个单元换装声控灯，用服务群众专项经费 18,600 元，12 月 15 日前完工，"
    "由物业维护一年。"
)


class _Stage(Protocol):
    def context(self) -> Context: ...


def decide_some(context: Context) -> dict[str, int]:
    """One that is carried out, one that is done, one that is late: their ids by title."""
    with context.database.transaction("作出几项决议") as session:
        known = session.scalar(select(Body.id).where(Body.name == _COUNCIL))
        if known is None:
            _Maker(session, context).make()
        made = (
            select(Resolution.title, Resolution.id)
            .join(Meeting, Meeting.id == Resolution.meeting_id)
            .join(Body, Body.id == Meeting.body_id)
            .where(Body.name == _COUNCIL)
        )
        return {title: key for title, key in session.execute(made)}


_COUNCIL = "望海社区第六届居民代表会议（会后）"


class _Maker:
    def __init__(self, session: Session, context: Context) -> None:
        self._session, self._now = session, context.clock.now()
        self._today = context.clock.today()
        self._held = self._today - timedelta(days=12)
        last = select(Resident.id).where(present()).order_by(Resident.id.desc()).limit(3)
        self._people = list(session.scalars(last))

    def make(self) -> None:
        body = self._put(Body(kind=BodyKind.REPRESENTATIVES, name=_COUNCIL, since=date(2026, 1, 8)))
        self._meeting = self._put(
            Meeting(
                body_id=body,
                number=4,
                title="第 4 次居民代表会议",
                on_date=self._held,
                starts=14 * 60,
                state=MeetingState.FILED,
                expected=61,
            )
        )
        lights = self._decide(1, _LIGHTS, self._topic())
        self._charge(lights, "金城物业 冯经理", 25, 18_600_00)
        wish = NoticeWish(days=15, posted_on=self._held)
        self._do(resolution_notice.publish, lights, wish, now=self._now)
        for days, words, percent, colour in (
            (8, "声控灯到货，点过数", 20, "steelblue"),
            (3, "3、4 号楼 12 个单元装完，5 号楼开始布线", 60, "goldenrod"),
        ):
            self._step(lights, days, words, percent, colour)
        benches = self._decide(2, _BENCHES, None)
        end = StepInput(on_date=self._today - timedelta(days=2), words="装好 4 条，老人都说好坐")
        self._do(resolution_life.finish, benches, end, now=self._now)
        self._say(benches)
        self._charge(self._decide(3, _PARKING, None), "社区", -2, None)

    def _put(self, row: object) -> int:
        self._session.add(row)
        self._session.flush()
        key: int = row.id  # type: ignore[attr-defined]  # every row has one
        return key

    def _topic(self) -> int:
        category = self._session.scalar(select(Category.id).limit(1))
        last = self._session.scalar(select(Topic.number).order_by(Topic.number.desc()).limit(1))
        assert category is not None
        topic = self._put(
            Topic(
                number=(last or 0) + 1,
                came_on=self._held - timedelta(days=29),
                origin=TopicOrigin.SLIP,
                person="老住户",
                category_id=category,
                title="楼道没有灯",
                body="6 号楼楼道没有灯，晚上摸黑上楼。",
                state=TopicState.ON_AGENDA,
                screened_on=self._held - timedelta(days=26),
                screened_by="王书记",
                registered_at=self._now,
            )
        )
        for one in self._people:
            supports = TopicPersonKind.SUPPORTS
            self._put(TopicPerson(topic_id=topic, resident_id=one, kind=supports))
        return topic

    def _decide(self, place: int, title: str, topic_id: int | None) -> int:
        item = self._put(
            AgendaItem(
                meeting_id=self._meeting,
                place=place,
                kind=ItemKind.DECIDE,
                title=title,
                words=_WORDS if title == _LIGHTS else title,
                matter=Matter.ORDINARY,
                topic_id=topic_id,
            )
        )
        vote = self._put(
            Vote(
                agenda_item_id=item,
                way=VoteWay.BALLOT,
                rule={"decides": True, "name": "CN-2025", "article": "第二十九条"},
                members=61,
                voters=43,
                yes=25,
                no=12,
                abstain=6,
                passed=True,
                words="赞成 25 票，超过到会 43 人的半数，通过",
                proof="25 × 2 = 50，大于 43",
                announced_at=datetime.combine(self._held, self._now.time()),
            )
        )
        return resolutions.make(self._session, item, vote, now=self._now) or 0

    def _charge(self, key: int, owner: str, days: int, budget: int | None) -> None:
        due = self._today + timedelta(days=days)
        self._do(resolutions.charge, key, Charge(owner=owner, due_on=due, budget=budget))

    def _step(self, key: int, days: int, words: str, percent: int, colour: str) -> None:
        entered = StepInput(
            on_date=self._today - timedelta(days=days),
            words=words,
            percent=percent,
            photos=[_jpeg(colour)],
        )
        self._do(resolution_life.step, key, entered, now=self._now)

    def _say(self, key: int) -> None:
        for name, verdict, words in (
            ("老住户", Verdict.GOOD, ""),
            ("楼长", Verdict.BAD, "离树太近，下雨以后不好坐"),
        ):
            entered = EvaluationInput(name=name, on_date=self._today, verdict=verdict, words=words)
            self._do(evaluations.evaluate, key, entered)

    def _do(self, act: Callable[..., object], key: int, *args: object, **more: object) -> None:
        version = self._session.get_one(Resolution, key).version
        act(self._session, key, *args, version=version, **more)


def _jpeg(colour: str) -> bytes:
    image = QImage(160, 120, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")
    return bytes(kept.data())


def _row(stage: _Stage, title: str) -> tuple[Context, ResolutionRow]:
    context = stage.context()
    key = decide_some(context)[title]
    with context.database.lookup() as lookup:
        return context, resolution_views.resolution(lookup, key)


def listed(page: QWidget) -> None:
    """One under way with its pictures; nothing where nobody lives yet."""
    assert isinstance(page, MeetingsPage)
    tab = page.open("决议")
    assert isinstance(tab, ResolutionsTab)
    with tab.context.database.lookup() as lookup:
        lived_in = lookup.value(query("count(*)", "resident"))
    if lived_in:
        key = decide_some(tab.context)[_LIGHTS]
        tab.refresh()
        tab.show_resolution(key)


def charge(stage: _Stage) -> QWidget:
    return ChargeDialog(*_row(stage, _PARKING))


def step(stage: _Stage) -> QWidget:
    return StepDialog(*_row(stage, _LIGHTS))


def public(stage: _Stage) -> QWidget:
    return NoticeDialog(*_row(stage, _PARKING))


def judged(stage: _Stage) -> QWidget:
    return EvaluationDialog(*_row(stage, _BENCHES))


PAGES: dict[str, Callable[[QWidget], None]] = {"决议": listed}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "交办决议": charge,
    "登记决议进展": step,
    "公示决议": public,
    "评议决议": judged,
}
