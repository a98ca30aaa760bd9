"""What was deleted in 议事 lies in the bin under a name, and comes back where it may."""

from datetime import date
from typing import Any

import pytest

from app.errors import DomainError
from app.models import (
    Appraisal,
    Base,
    BodyKind,
    BodyMember,
    ChairTurn,
    Evaluation,
    FundSource,
    JointUnit,
    MemberReport,
    Need,
    Owner,
    OwnerUnit,
    Project,
    ProjectResource,
    Resource,
    ResourceKind,
    Topic,
    TopicState,
    Verdict,
    VoteRule,
)
from app.services import agenda, meetings, projects, recycle_bin
from app.services.agenda import ItemInput
from app.storage.engine import Database
from tests.services.meeting_plans import planned, version
from tests.services.resolution_stage import Matter3, matter_on

OURS = {
    model
    for model in recycle_bin.deletable().values()
    if model.__module__.rsplit(".", 1)[-1]
    in ("topics", "bodies", "votes", "meetings", "resolutions", "joint", "funds")
}
DAY = date(2026, 11, 20)


@pytest.fixture
def matter(database: Database) -> Matter3:
    return matter_on(database)


@pytest.fixture
def rows(matter: Matter3) -> dict[type[Base], int]:
    """One of each kind that can be deleted; `Matter3` brings topic, meeting and resolution."""
    stage = matter.stage
    made = matter.make() or 0
    unit = stage.units["金城物业公司"]
    [member] = stage.ask(f"SELECT id FROM body_member WHERE joint_unit_id = {unit}")[0]
    owner, home = stage.ask("SELECT owner_id, id FROM owner_unit ORDER BY id LIMIT 1")[0]
    kind = {"kind": ResourceKind.SERVICE, "words": "修灯", "year": 2026}
    resource = stage.put(Resource, number="资-2026-001", joint_unit_id=unit, **kind)
    need = stage.put(Need, number="需-2026-001", raised_on=DAY, **kind)
    facts = {"name": "暖心维修", "year": 2026, "entered_at": stage.now}
    project = stage.put(Project, number="项-2026-001", need_id=need, **facts)
    stage.put(ProjectResource, project_id=project, resource_id=resource)
    turn = {"body_id": stage.joint, "body_member_id": member}
    said = {"name": "陈桂芳", "on_date": DAY, "verdict": Verdict.GOOD}
    judged = {"year": 2026, "held_on": DAY, "led_by": "监督委员会", "voters": 43}
    [rule] = stage.ask("SELECT id FROM vote_rule WHERE kind = 'representatives' LIMIT 1")[0]
    ids: dict[str, int] = {
        "topic": matter.topic_id,
        "meeting": matter.meeting_id,
        "resolution": made,
        "body": stage.bodies[BodyKind.COMMITTEE],
        "body_member": member,
        "owner": owner,
        "owner_unit": home,
        "joint_unit": unit,
        "resource": resource,
        "need": need,
        "project": project,
        "vote_rule": rule,
        "chair_turn": stage.put(ChairTurn, since=DAY, until=DAY, **turn),
        "member_report": stage.put(MemberReport, body_member_id=member, year=2026),
        "evaluation": stage.put(Evaluation, resolution_id=made, **said),
        "appraisal": stage.put(Appraisal, entered_at=stage.now, **judged),
        "fund_source": stage.put(FundSource, year=2026, name="市级"),
    }
    known = {model.__tablename__: model for model in OURS}
    return {known[table]: key for table, key in ids.items()}


def _delete(matter: Matter3, model: Any, key: int) -> None:
    matter.stage.do(lambda s: setattr(s.get(model, key), "deleted_at", matter.stage.now))


def _restore(matter: Matter3, model: type[Base], key: int) -> None:
    matter.stage.do(recycle_bin.restore, model.__tablename__, key, now=matter.stage.now)


def _names(matter: Matter3) -> dict[str, str]:
    lines = matter.stage.see(lambda s: recycle_bin.lines(s, now=matter.stage.now))
    return {line.kind: line.name for line in lines}


def test_every_kind_lies_in_the_bin_under_a_name_and_comes_back(
    matter: Matter3, rows: dict[type[Base], int]
) -> None:
    assert set(rows) == OURS
    for model, key in rows.items():
        _delete(matter, model, key)
    named = _names(matter)
    assert len(named) == len(OURS)
    assert named["决议"] == "决-2026-001 楼道照明改造"
    assert named["年度述职"] == named["轮值主席"] == "冯经理"
    assert named["民主评议"] == "2026 年度民主评议"
    left, refused = dict(rows), set()
    while left:
        before = len(left)
        for model in list(left):
            try:
                _restore(matter, model, left[model])
            except DomainError as told:
                refused.add("也在回收站里" in str(told))
            else:
                del left[model]
        assert len(left) < before
    assert _names(matter) == {}
    assert refused == {True}


@pytest.mark.parametrize(
    ("child", "owner", "words"),
    [
        (BodyMember, JointUnit, "属于共建单位“金城物业公司”"),
        (OwnerUnit, Owner, "属于业主“李建国”"),
        (ChairTurn, BodyMember, "属于组织成员“冯经理”"),
        (Project, Need, "属于需求清单"),
    ],
)
def test_nothing_comes_back_before_what_it_belongs_to(
    matter: Matter3, rows: dict[type[Base], int], child: Any, owner: Any, words: str
) -> None:
    for model in (child, owner):
        _delete(matter, model, rows[model])
    with pytest.raises(DomainError, match=words):
        _restore(matter, child, rows[child])


def test_a_seat_that_somebody_has_again_stays_in_the_bin(matter: Matter3) -> None:
    stage = matter.stage
    where = f"resident_id = {stage.people['li']} AND body_id = {stage.council}"
    [key] = stage.ask(f"SELECT id FROM body_member WHERE {where}")[0]
    _delete(matter, BodyMember, key)
    again = {"name": "李建国", "resident_id": stage.people["li"], "since": DAY}
    role = stage.see(lambda s: s.get_one(BodyMember, key).role)
    stage.put(BodyMember, body_id=stage.council, role=role, **again)
    with pytest.raises(DomainError, match="李建国这段时间已经是居民代表"):
        _restore(matter, BodyMember, key)


def test_a_dwelling_that_was_sold_meanwhile_is_told(matter: Matter3) -> None:
    stage = matter.stage
    owner, unit, building, room = stage.ask(
        "SELECT owner_id, unit, building, room FROM owner_unit ORDER BY id LIMIT 1"
    )[0]
    _delete(matter, Owner, owner)
    other = stage.put(Owner, body_id=stage.owners, number=99, name="买房人")
    stage.put(OwnerUnit, owner_id=other, building=building, unit=unit, room=room, area=90_00)
    with pytest.raises(DomainError, match="现在登记在买房人名下"):
        _restore(matter, Owner, owner)


def test_a_turn_that_was_given_to_somebody_else_is_told(
    matter: Matter3, rows: dict[type[Base], int]
) -> None:
    _delete(matter, ChairTurn, rows[ChairTurn])
    member = rows[BodyMember]
    facts = {"body_id": matter.stage.joint, "body_member_id": member}
    matter.stage.put(ChairTurn, since=DAY, until=DAY, **facts)
    with pytest.raises(DomainError, match="已经排了别人轮值"):
        _restore(matter, ChairTurn, rows[ChairTurn])


def test_a_set_of_rules_that_another_replaced_is_told(
    matter: Matter3, rows: dict[type[Base], int]
) -> None:
    key = rows[VoteRule]
    _delete(matter, VoteRule, key)
    skipped = ("id", "version", "deleted_at")
    names = [one.name for one in VoteRule.__table__.columns if one.name not in skipped]
    old = matter.stage.see(lambda s: s.get_one(VoteRule, key))
    matter.stage.put(VoteRule, **{name: getattr(old, name) for name in names})
    with pytest.raises(DomainError, match=r"这段时间已经有 [-\d]+ 起的规则"):
        _restore(matter, VoteRule, key)


def test_topics_are_on_the_agenda_again_with_a_meeting_that_comes_back(matter: Matter3) -> None:
    stage = matter.stage
    facts = {"came_on": DAY, "registered_at": stage.now, "title": "停车难", "number": 99}
    known = stage.see(lambda s: s.get_one(Topic, matter.topic_id))
    more = {"origin": known.origin, "category_id": known.category_id}
    topic = stage.put(Topic, state=TopicState.ACCEPTED, **facts, **more)
    key = planned(stage)
    stage.do(agenda.add, key, ItemInput(title="停车难", topic_id=topic))
    stage.do(meetings.remove, key, version=version(stage, key), now=stage.now)
    assert stage.ask(f"SELECT state FROM topic WHERE id = {topic}") == [("accepted_topic",)]
    stage.do(recycle_bin.restore, "meeting", key, now=stage.now)
    assert stage.ask(f"SELECT state FROM topic WHERE id = {topic}") == [("on_agenda",)]


def test_a_need_is_taken_up_again_with_its_project(
    matter: Matter3, rows: dict[type[Base], int]
) -> None:
    matter.stage.do(projects.remove, rows[Project], now=matter.stage.now)
    states = "SELECT state FROM need UNION ALL SELECT state FROM resource"
    assert matter.stage.ask(states) == [("list_open",), ("list_open",)]
    matter.stage.do(recycle_bin.restore, "project", rows[Project], now=matter.stage.now)
    assert matter.stage.ask(states) == [("list_matched",), ("list_matched",)]
