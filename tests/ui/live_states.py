"""A meeting that goes on, for the sweep: the page in its states, and what it asks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    AttendWay,
    Body,
    BodyKind,
    BodyMember,
    ItemKind,
    Matter,
    Meeting,
    MemberRole,
    MotionKind,
    Owner,
    OwnerUnit,
    Stance,
    VoteWay,
)
from app.services import (
    agenda,
    attendance,
    meeting_call,
    meeting_opening,
    meetings,
    minutes,
    motions,
    residents,
    sittings,
    speeches,
    votes,
)
from app.services.agenda_input import ItemInput
from app.services.attendance_views import MEMBER, OWNER, Who
from app.services.meeting_call import CallInput
from app.services.meeting_input import MeetingInput
from app.services.vote_ground import VoteInput
from app.services.voting import Count
from app.ui.meetings.live.dialogs import MotionDialog, SpeakDialog
from app.ui.meetings.live.end_dialog import EndDialog
from app.ui.meetings.live.record_dialogs import RuleDialog
from app.ui.meetings.live.view import LiveMeeting
from app.ui.meetings.page import MeetingsPage
from app.ui.people.meetings_wish import RunMeeting

COUNCIL, OWNERS = "望海社区第六届居民代表会议（会上）", "海棠苑业主大会（会上）"
_DRAFT = (
    "3 号楼至 6 号楼 24 个单元换装声控灯，用服务群众专项经费 18,600 元，"
    "12 月 15 日前完工，由物业维护一年。"
)
_SAID = """李建国：声控灯夜里会不会太亮？物业 冯经理答：照度 30 勒，五秒自灭。
代表02：赞成，六号楼二单元老人多，摸黑上楼不安全。"""


class _Stage(Protocol):
    def context(self) -> Context: ...


def council(context: Context) -> int:
    """34 of 45 are there; the second of three items is treated, an amendment was lost."""
    with context.database.transaction("开会") as session:
        return _known(session, COUNCIL) or _council(session, context)


def owners(context: Context) -> int:
    """A meeting of three owners on a matter of the building."""
    with context.database.transaction("业主开会") as session:
        return _known(session, OWNERS) or _owners(session, context)


def _known(session: Session, name: str) -> int | None:
    found = select(Meeting.id).join(Body, Body.id == Meeting.body_id).where(Body.name == name)
    return session.scalar(found)


def _council(session: Session, context: Context) -> int:
    now = context.clock.now()
    body = _body(session, context, BodyKind.REPRESENTATIVES, COUNCIL)
    seats = [_seat(session, body, f"代表{number:02}", context) for number in range(1, 46)]
    known = residents.list_ids(session, today=now.date()).ids[-1:]
    for resident_id in known:
        session.get_one(BodyMember, seats[0]).resident_id = resident_id
    items = (
        ItemInput(title="通报停车位划分落实情况", kind=ItemKind.REPORT),
        ItemInput(title="楼道照明改造", kind=ItemKind.DECIDE, words=_DRAFT),
        ItemInput(title="广场舞的时间和音量"),
    )
    key = _opened(session, context, body, *items)
    lines = [
        attendance.attend(session, key, Who(MEMBER, seat), way=AttendWay.TYPED, now=now)
        for seat in seats[:34]
    ]
    attendance.observe(session, key, name="郑警官", came_from="海湾派出所", now=now)
    first, second, _ = (one.id for one in agenda.items(session, key))
    sittings.begin_item(session, first, now=now)
    sittings.begin_item(session, second, now=now)
    words = "先装 3 号楼，看效果再铺开"
    motion = motions.put(
        session, second, kind=MotionKind.AMENDMENT, words=words, mover="代表05", seconders=4
    )
    lost = VoteInput(way=VoteWay.HANDS, count=Count(9, 25, 0), motion_id=motion)
    votes.announce(session, second, lost, now=now)
    speech = speeches.ask(session, second, attendee_id=lines[3], stance=Stance.FOR)
    speeches.ask(session, second, attendee_id=lines[4])
    speeches.begin(session, speech, now=now - timedelta(seconds=78))
    version = agenda.item(session, second).version
    minutes.write(session, second, _SAID, version=version)
    return key


def _owners(session: Session, context: Context) -> int:
    body = _body(session, context, BodyKind.OWNERS, OWNERS)
    people = []
    for number, area in enumerate((90_00, 120_50, 85_25), start=1):
        owner = Owner(body_id=body, number=number, name=f"业主{number:02}")
        session.add(owner)
        session.flush()
        session.add(OwnerUnit(owner_id=owner.id, building="3", unit="1", room="501", area=area))
        people.append(owner.id)
    session.flush()
    item = ItemInput(
        title="公共收益的使用",
        kind=ItemKind.DECIDE,
        words="公共收益的七成补充维修资金。",
        matter=Matter.OWNERS_GENERAL,
    )
    key = _opened(session, context, body, item)
    now = context.clock.now()
    attendance.attend(session, key, Who(OWNER, people[0]), way=AttendWay.TYPED, now=now)
    sittings.begin_item(session, agenda.items(session, key)[0].id, now=now)
    return key


def _body(session: Session, context: Context, kind: BodyKind, name: str) -> int:
    row = Body(kind=kind, name=name, since=context.clock.today().replace(month=1, day=1))
    session.add(row)
    session.flush()
    return row.id


def _seat(session: Session, body_id: int, name: str, context: Context) -> int:
    row = BodyMember(
        body_id=body_id,
        name=name,
        role=MemberRole.REPRESENTATIVE,
        since=context.clock.today().replace(month=1, day=1),
    )
    session.add(row)
    session.flush()
    return row.id


def _opened(session: Session, context: Context, body_id: int, *items: ItemInput) -> int:
    now, today = context.clock.now(), context.clock.today()
    entered = MeetingInput(
        body_id=body_id,
        on_date=today,
        starts=9 * 60,
        place="社区三楼会议室",
        chair="王芳",
        recorder="赵敏",
        committee_told_on=today - timedelta(days=20),
        party_on=today - timedelta(days=20),
        delegation="2026 年第 1 次居民会议授权",
    )
    key = meetings.plan(session, entered, now=now)
    for item in items:
        agenda.add(session, key, item)
    told = CallInput(notified_on=today - timedelta(days=16))
    meeting_call.call(session, key, told, version=meetings.get(session, key).version, now=now)
    version = meetings.get(session, key).version
    meeting_opening.open_meeting(session, key, version=version, now=now)
    return key


def live(page: QWidget, meeting_id: int) -> LiveMeeting:
    """The meeting on the whole page."""
    assert isinstance(page, MeetingsPage)
    page.show_record(RunMeeting(meeting_id))
    assert isinstance(page.current, LiveMeeting)
    return page.current


def _voting(page: QWidget) -> None:
    it = live(page, council(page.current.context))  # type: ignore[attr-defined]  # the page of 议事
    for figure, number in zip(it.matter.vote.figures.people, (25, 6, 2, 1), strict=True):
        figure.setText(str(number))
    it.matter.vote.figures.go_to(3)


def _two_tracks(page: QWidget) -> None:
    it = live(page, owners(page.current.context))  # type: ignore[attr-defined]  # likewise
    figures = it.matter.vote.figures
    figures.put(Count(2, 1, 0, 0, area_yes=210_50, area_no=85_25))


def _minutes(page: QWidget) -> None:
    it = live(page, council(page.current.context))  # type: ignore[attr-defined]  # likewise
    it.middle.show_minutes()
    it.minutes.edit.setFocus()


def _dialog(build: Callable[[Context, Any], QWidget]) -> Callable[[_Stage], QWidget]:
    """A dialog over what the meeting of representatives shows."""

    def made(stage: _Stage) -> QWidget:
        context = stage.context()
        it = LiveMeeting(context, council(context))
        it.refresh()
        dialog = build(context, it.course.sight)
        # The page goes with the dialog that it would be under.
        dialog.destroyed.connect(it.deleteLater)
        return dialog

    return made


PAGES: dict[str, Callable[[QWidget], None]] = {
    "会议进行中 表决": _voting,
    "会议进行中 双轨": _two_tracks,
    "会议进行中 记录": _minutes,
}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "请发言": _dialog(lambda _, sight: SpeakDialog(sight.present)),
    "动议": _dialog(lambda _, sight: MotionDialog(sight.present, amendable=True)),
    "结束会议": _dialog(EndDialog),
    "会议的规则": _dialog(lambda _, sight: RuleDialog(sight.here)),
}
