"""The tabs 大党委 and 清单 in their states, and their dialogs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    BodyKind,
    ChairTurn,
    JointUnit,
    MemberRole,
    NeedUrgency,
    Project,
    ResourceKind,
    UnitKind,
)
from app.services import (
    body_changes,
    body_members,
    chair_turns,
    joint,
    joint_members,
    project_life,
    projects,
    three_lists,
)
from app.services.body_changes import BodyInput
from app.services.body_members import MemberInput
from app.services.joint import UnitInput
from app.services.progress import StepInput
from app.services.projects import ProjectInput
from app.services.three_lists import NeedInput, ResourceInput
from app.ui.meetings.joint.tab import JointTab
from app.ui.meetings.joint.words import MEMBERS, TURNS
from app.ui.meetings.lists.project_dialog import ProjectDialog
from app.ui.meetings.lists.tab import ListsTab
from app.ui.meetings.lists.words import PROJECTS, RESOURCES
from app.ui.meetings.page import MeetingsPage

SCHOOL, MANAGER = "海湾街道中心小学", "金城物业服务有限公司"
_UNITS = (
    (UnitKind.MEMBER, SCHOOL, "吴校长", "场地、师资、志愿者"),
    (UnitKind.MEMBER, "海湾派出所", "郑警官", "法律、安全"),
    (UnitKind.PARTNER, "红星理发店", "孙师傅", "理发"),
    (UnitKind.PROPERTY, MANAGER, "冯经理", "水电维修"),
    (UnitKind.OWNERS, "海棠苑业主委员会", "高主任", ""),
    (UnitKind.PAIRED, "街道机关第三支部", "崔书记", "结对共建"),
)
_OFFERS = (
    (2, ResourceKind.SERVICE, "每月第一个周六上门为老人理发", "每月第一个周六"),
    (0, ResourceKind.PLACE, "报告厅可借用，容 80 人", "周六上午"),
    (1, ResourceKind.SERVICE, "防诈骗讲座，可到楼院里讲", "预约"),
    (3, ResourceKind.PEOPLE, "电工两名，协助楼道照明改造", "工作日"),
)
_NEEDS = (
    ("高龄和失能老人上门理发", "第三网格", "80 岁以上老人 42 人", NeedUrgency.SOON),
    ("3 至 6 号楼楼道照明坏了三个月", "居民联名", "24 个单元", NeedUrgency.URGENT),
    ("放学后没有人看管的孩子", "家长", "小学生 30 人左右", NeedUrgency.ORDINARY),
)


class _Stage(Protocol):
    def context(self) -> Context: ...


def prepare(context: Context) -> int:
    """Units and the three lists on the stage, once; gives the project that is carried out."""
    with context.database.transaction("准备三项清单") as session:
        known = session.scalar(select(Project.id).where(Project.name == "楼道照明改造工程"))
        return known if known is not None else _fill(session, context)


def _fill(session: Session, context: Context) -> int:
    now = context.clock.now()
    today = now.date()
    units = [_unit(session, context, *one) for one in _UNITS]
    offers = [
        three_lists.add_resource(
            session,
            ResourceInput(kind=kind, words=words, joint_unit_id=units[at], available=when),
            today=today,
        )
        for at, kind, words, when in _OFFERS
    ]
    needs = [
        three_lists.add_need(
            session,
            NeedInput(words=words, raised_by=by, beneficiaries=whom, urgency=urgency),
            today=today,
        )
        for words, by, whom, urgency in _NEEDS
    ]
    lamp = ProjectInput(
        name="楼道照明改造工程",
        need_id=needs[1],
        resources=(offers[3],),
        lead_unit_id=units[3],
        owner="冯经理",
        until=today - timedelta(days=3),
        funded=True,
        budget=18_600_00,
        purpose="购买并安装声控灯 216 盏",
        approval="海街党〔2026〕31 号",
    )
    key = projects.add(session, lamp, now=now)
    step = StepInput(
        on_date=today - timedelta(days=5), words="声控灯已到货，3 号楼 6 个单元装完。", percent=40
    )
    project_life.step(session, key, step, version=1, now=now)
    return key


def _unit(session: Session, context: Context, kind: UnitKind, name: str, who: str, can: str) -> int:
    known = session.scalar(select(JointUnit.id).where(JointUnit.name == name))
    if known is not None:
        return known
    entered = UnitInput(
        kind=kind,
        name=name,
        contact=who,
        speciality=can,
        phone="13840951007",
        address="海湾街 12 号",
    )
    return joint.add(session, entered, today=context.clock.today())


def lists(stage: _Stage, page: QWidget) -> ListsTab:
    """The tab 清单."""
    assert isinstance(page, MeetingsPage)
    prepare(stage.context())
    tab = page.open("清单")
    assert isinstance(tab, ListsTab)
    tab.refresh()
    tab.take_focus()
    return tab


def needs(stage: _Stage, page: QWidget) -> None:
    tab = lists(stage, page)
    tab.needs.table.select_row(len(tab.needs.lines) - 1)


def resources(stage: _Stage, page: QWidget) -> None:
    tab = lists(stage, page)
    tab.show_view(RESOURCES)
    tab.resources.table.select_row(len(tab.resources.lines) - 1)


def project(stage: _Stage, page: QWidget) -> None:
    tab = lists(stage, page)
    tab.show_view(PROJECTS)
    tab.projects.select(prepare(stage.context()))


def project_form(stage: _Stage) -> QWidget:
    context = stage.context()
    return ProjectDialog(context, prepare(context))


def joint_tab(stage: _Stage, page: QWidget) -> JointTab:
    """The tab 大党委 with part-time members and a turn."""
    assert isinstance(page, MeetingsPage)
    context = stage.context()
    prepare(context)
    with context.database.transaction("准备大党委") as session:
        _seat_some(session, context)
    tab = page.open("大党委")
    assert isinstance(tab, JointTab)
    tab.refresh()
    tab.take_focus()
    return tab


def _seat_some(session: Session, context: Context) -> None:
    """A body of its own kind with two members, once; who leads now."""
    today = context.clock.today()
    units = joint.names(session, today)
    found = joint_members.joint_bodies(session, today)
    body_id = found[0].id if found else _begun(session, today)
    if session.scalar(select(ChairTurn.id).where(ChairTurn.body_id == body_id)) is not None:
        return
    for key, name in units.items():
        if name in (SCHOOL, MANAGER):
            entered = MemberInput(
                name="吴立新" if name == SCHOOL else "冯建业",
                role=MemberRole.PART_TIME,
                joint_unit_id=key,
                position="党支部书记",
                phone="13840951007",
            )
            body_members.appoint(session, body_id, entered, today=today)
    chair_turns.add(session, chair_turns.proposed(session, body_id, today))


def _begun(session: Session, today: date) -> int:
    entered = BodyInput(kind=BodyKind.JOINT, name="望海社区大党委", since=date(today.year, 1, 8))
    return body_changes.add_body(session, entered, today=today)


def units(stage: _Stage, page: QWidget) -> None:
    joint_tab(stage, page).units.table.select_row(0)


def joint_people(stage: _Stage, page: QWidget) -> None:
    joint_tab(stage, page).show_view(MEMBERS)


def turns(stage: _Stage, page: QWidget) -> None:
    joint_tab(stage, page).show_view(TURNS)


PAGES: dict[str, Callable[[_Stage, QWidget], None]] = {
    "大党委 单位": units,
    "大党委 委员": joint_people,
    "大党委 轮值": turns,
    "清单 需求": needs,
    "清单 资源": resources,
    "清单 项目": project,
}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "立项": project_form,
}
