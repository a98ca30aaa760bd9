"""大党委: units, part-time members, who leads by turn, reports and stars."""

from datetime import date, datetime
from itertools import pairwise

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    Attendee,
    AttendWay,
    Capacity,
    Meeting,
    MeetingState,
    MemberRole,
    Progress,
    Project,
    ProjectResource,
    Resource,
    ResourceKind,
    UnitKind,
)
from app.services import (
    body_members,
    body_views,
    chair_turns,
    joint,
    joint_members,
    joint_stars,
    member_reports,
    periods,
    recycle_bin,
    settings,
)
from app.services.body_members import MemberInput
from app.services.chair_turns import TurnInput
from app.services.joint import UnitInput
from app.services.joint_members import JOINED, LEFT
from app.services.joint_stars import Thresholds
from app.services.member_reports import ReportInput
from app.storage.engine import Database
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, Actor, Right
from tests.services.meeting_stage import SINCE, UNITS, Stage, stage_on

SCHOOL, POLICE, MANAGER = (name for name, _ in UNITS)
YEAR = 2026


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def meet(stage: Stage, on: date, came: dict[int, AttendWay]) -> None:
    """A joint meeting that is over, with who came in which way."""
    meeting_id = stage.put(
        Meeting,
        body_id=stage.joint,
        number=1,
        title="联席会议",
        on_date=on,
        starts=9 * 60,
        state=MeetingState.FILED,
    )
    holder: int | None = None
    for seat, way in came.items():
        there = None if way is AttendWay.EXCUSED else datetime.combine(on, stage.now.time())
        row = stage.put(
            Attendee,
            meeting_id=meeting_id,
            capacity=Capacity.MEMBER,
            body_member_id=seat,
            name="委员",
            way=way,
            came_at=there,
            holder_id=holder if way is AttendWay.PROXY else None,
        )
        holder = holder or row


def project(stage: Stage, number: int, **more: object) -> int:
    values: dict[str, object] = {"name": "项目", "year": YEAR, "entered_at": stage.now}
    return stage.put(Project, number=f"项-{YEAR}-{number:03}", **(values | more))


@pytest.mark.parametrize(
    ("attended", "held", "projects", "stars"),
    [
        (0, 0, 9, 0),
        (1, 2, 0, 1),
        (49, 100, 9, 0),
        (59, 100, 0, 1),
        (60, 100, 0, 2),
        (70, 100, 0, 2),
        (70, 100, 1, 3),
        (80, 100, 1, 4),
        (90, 100, 1, 4),
        (90, 100, 2, 5),
        (8999, 10000, 2, 4),
    ],
)
def test_stars_need_both_the_rate_of_attendance_and_the_projects(
    attended: int, held: int, projects: int, stars: int
) -> None:
    rule = Thresholds((50, 60, 70, 80, 90), (0, 0, 1, 1, 2))
    assert rule.stars(attended, held, projects) == stars


def test_stars_count_meetings_attended_in_the_term_and_projects_of_the_unit(stage: Stage) -> None:
    school, police, manager = stage.members(stage.joint)
    meet(stage, date(2026, 3, 5), {school: AttendWay.TYPED, police: AttendWay.TYPED})
    meet(stage, date(2026, 6, 5), {school: AttendWay.SCANNED, police: AttendWay.PROXY})
    meet(stage, date(2026, 9, 5), {school: AttendWay.TYPED, police: AttendWay.EXCUSED})
    # Of the year before, and before the manager's man took his seat.
    meet(stage, date(2025, 12, 5), {police: AttendWay.TYPED})
    stage.tamper(f"UPDATE body_member SET since = '2026-08-01' WHERE id = {manager}")
    project(stage, 1, lead_unit_id=stage.units[SCHOOL])
    project(stage, 2, owner="吴校长")
    project(stage, 3, owner="吴校长", state="stopped_project")
    seats = stage.look(body_views.members, stage.joint, stage.today)
    found = stage.look(joint_stars.activities, seats, YEAR)
    assert (found[school].attended, found[school].held, found[school].projects) == (3, 3, 2)
    assert found[school].words == "五星（到会 3 / 3，项目 2）"
    assert (found[police].attended, found[police].held, found[police].stars) == (1, 3, 0)
    assert (found[manager].attended, found[manager].held) == (0, 1)


def test_thresholds_that_nobody_can_read_are_named_with_the_setting(stage: Stage) -> None:
    for wrong in ("50、40、70、80、90", "50、60、70、80", "五十、60、70、80、90", ""):
        with pytest.raises(DomainError, match=r"到会率.*5 个从小到大的数"):
            stage.set(settings.STAR_ATTENDED, wrong)
    stage.set(settings.STAR_ATTENDED, "10，20，30, 40、50")
    assert stage.look(joint_stars.thresholds).attended == (10, 20, 30, 40, 50)


def test_a_unit_joins_once_of_a_kind_and_leaves_with_its_people(stage: Stage) -> None:
    with pytest.raises(DomainError, match="成员单位里已经有"):
        stage.do(joint.add, UnitInput(name=SCHOOL), today=stage.today)
    partner = UnitInput(name=SCHOOL, kind=UnitKind.PARTNER)
    stage.do(joint.add, partner, today=stage.today)
    key = stage.units[SCHOOL]
    entered, version = stage.see(joint.input_of, key)
    assert (entered.name, entered.contact, entered.since) == (SCHOOL, "吴校长", SINCE)
    with pytest.raises(DomainError, match="原因"):
        stage.do(joint.leave, key, until=stage.today, reason=" ", version=version)
    left = stage.do(joint.leave, key, until=stage.today, reason="迁走", version=version)
    assert left == 1
    tomorrow = date(2026, 11, 22)
    there = stage.look(joint_members.members, tomorrow)
    assert [one.seat.name for one in there] == ["郑警官", "冯经理"]
    assert [one.name for one in stage.look(joint.units, tomorrow, kinds=(UnitKind.MEMBER,))] == [
        POLICE,
        MANAGER,
    ]
    with pytest.raises(ChangedMeanwhile):
        stage.do(joint.come_back, key, version=version)


def test_a_unit_that_something_speaks_of_is_not_deleted(stage: Stage) -> None:
    with pytest.raises(DomainError, match="请办“退出”"):
        stage.do(joint.remove, stage.units[POLICE], now=stage.now)
    key = stage.do(joint.add, UnitInput(name="海湾银行"), today=stage.today)
    stage.do(joint.remove, key, now=stage.now)
    with pytest.raises(DomainError, match="已经删除"):
        stage.look(joint.unit, key, stage.today)


def test_somebody_else_speaks_for_the_unit_and_the_register_tells_both(stage: Stage) -> None:
    school = stage.members(stage.joint)[0]
    day = date(2026, 9, 1)
    fresh = MemberInput(name="林校长", position="校长")
    new = stage.do(
        joint_members.replace_member, school, fresh, on=day, reason="工作调动", version=1
    )
    seat = stage.look(body_views.member, new)
    assert (seat.joint_unit, seat.role, seat.since) == (SCHOOL, MemberRole.PART_TIME, day)
    told = stage.look(joint_members.changes, periods.year_of(stage.today))
    assert [(one.on, one.what, one.name) for one in told[:2]] == [
        (day, JOINED, "林校长"),
        (date(2026, 8, 31), LEFT, "吴校长"),
    ]
    assert told[1].reason == "工作调动"
    with pytest.raises(DomainError, match="换人要在这以后"):
        stage.do(joint_members.replace_member, new, fresh, on=day, reason="", version=1)


def test_the_turn_goes_round_among_those_who_sit_there(stage: Stage) -> None:
    led = []
    for _ in range(4):
        entered: TurnInput = stage.look(chair_turns.proposed, stage.joint, stage.today)
        stage.do(chair_turns.add, entered)
        led.append(entered)
    turns = stage.look(chair_turns.turns, stage.joint)
    assert [one.unit for one in turns] == [SCHOOL, POLICE, MANAGER, SCHOOL]
    assert turns[0].since == stage.today
    assert all(one.until < two.since for one, two in pairwise(turns))
    now = stage.look(chair_turns.current, stage.joint, stage.today)
    assert (now.unit, now.name) == (SCHOOL, "吴校长")


def test_turns_never_overlap_and_only_members_take_them(stage: Stage) -> None:
    school = stage.members(stage.joint)[0]
    first = TurnInput(member_id=school, since=stage.today, until=date(2026, 12, 31))
    key = stage.do(chair_turns.add, first)
    with pytest.raises(DomainError, match="轮到吴校长，日子不能重叠"):
        stage.do(chair_turns.add, first)
    early = TurnInput(member_id=school, since=date(2025, 1, 1), until=date(2025, 2, 1))
    with pytest.raises(DomainError, match="不都在任"):
        stage.do(chair_turns.add, early)
    stage.do(chair_turns.remove, key, now=stage.now)
    stage.do(chair_turns.add, first)


def test_a_report_keeps_what_the_year_came_to_and_other_stars_want_a_reason(stage: Stage) -> None:
    school = stage.members(stage.joint)[0]
    meet(stage, date(2026, 3, 5), {school: AttendWay.TYPED})
    put = member_reports.put
    said = ReportInput(reported_on=stage.today, words="全年参加联席会议一次。")
    stage.do(put, school, YEAR, said, today=stage.today)
    kept = stage.look(member_reports.reports, YEAR)[school]
    assert (kept.attended, kept.held, kept.projects, kept.stars) == (1, 1, 0, 2)
    # A meeting after the report does not change it.
    meet(stage, date(2026, 11, 5), {})
    assert stage.look(member_reports.reports, YEAR)[school].held == 1
    with pytest.raises(DomainError, match="按规则应是 1 星"):
        stage.do(put, school, YEAR, ReportInput(stars=5), version=1, today=stage.today)
    with pytest.raises(ChangedMeanwhile):
        stage.do(put, school, YEAR, said, version=0, today=stage.today)
    with pytest.raises(DomainError, match="没有 2027 年的述职"):
        stage.do(put, school, 2027, said, today=stage.today)
    more = ReportInput(stars=5, remark="牵头改造")
    stage.do(put, school, YEAR, more, version=1, today=stage.today)
    assert stage.look(member_reports.of_member, school)[0].stars == 5


def test_whoever_does_not_keep_it_changes_nothing(stage: Stage) -> None:
    for role in (READER, GRID_MEMBER):
        actor = Actor("看", role, DEFAULTS[role])
        with pytest.raises(NotAllowed):
            stage.do(joint.add, UnitInput(name="某单位"), today=stage.today, by=actor)
    keeps = Actor("小林", "社工", frozenset({Right.VIEW_MEETINGS, Right.KEEP_JOINT}))
    stage.do(joint.add, UnitInput(name="某单位"), today=stage.today, by=keeps)
    stage.do(
        body_members.appoint,
        stage.joint,
        MemberInput(name="某人", role=MemberRole.PART_TIME),
        today=stage.today,
        by=keeps,
    )


def test_a_unit_does_not_come_back_beside_one_of_its_name(stage: Stage) -> None:
    bank = UnitInput(name="海湾银行")
    key = stage.do(joint.add, bank, today=stage.today)
    stage.do(joint.remove, key, now=stage.now)
    stage.do(joint.add, bank, today=stage.today)
    with pytest.raises(DomainError, match="海湾银行"):
        stage.do(recycle_bin.restore, "joint_unit", key, now=stage.now)


def test_a_unit_brings_projects_that_it_leads_or_supplies_and_pairs_wait_each_quarter(
    stage: Stage,
) -> None:
    lead, gives = stage.units[SCHOOL], stage.units[POLICE]
    resource = stage.put(
        Resource,
        number="资-2026-001",
        year=YEAR,
        joint_unit_id=gives,
        kind=ResourceKind.SERVICE,
        words="讲座",
    )
    key = project(stage, 1, lead_unit_id=lead)
    stage.put(ProjectResource, project_id=key, resource_id=resource)
    project(stage, 2, lead_unit_id=lead, state="stopped_project")
    day = date(2026, 8, 3)
    stage.put(Progress, project_id=key, on_date=day, at=stage.now, words="开课")
    meet(stage, date(2026, 9, 3), {stage.members(stage.joint)[1]: AttendWay.TYPED})
    stage.tamper(f"UPDATE joint_unit SET kind = 'paired_branch' WHERE id IN ({lead}, {gives})")
    found = {one.id: one for one in stage.look(joint.units, stage.today)}
    assert (found[lead].projects, found[lead].together_on) == (1, day)
    assert (found[gives].projects, found[gives].together_on) == (1, date(2026, 9, 3))
    assert found[lead].waits(stage.today)
    assert not found[gives].waits(date(2026, 9, 30))
    assert found[gives].waits(date(2026, 10, 1))
