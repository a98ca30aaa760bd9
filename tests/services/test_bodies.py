"""Bodies, their members from a day to a day, what the law says of them, how many they count."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import Attendee, AttendWay, Basis, BodyKind, Capacity, MeetingState, MemberRole
from app.models import Meeting as MeetingRow
from app.services import (
    attendance_views,
    body_changes,
    body_composition,
    body_members,
    body_views,
    electorate,
    resident_forms,
)
from app.services.body_changes import BodyInput
from app.services.body_members import MemberInput
from app.services.member_checks import KinUnasked
from app.storage.engine import Database
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, Actor, Right
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import called, version_of

READS = Actor("看", READER, DEFAULTS[READER])


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def seat(stage: Stage, body_id: int, name: str) -> body_views.MemberView:
    found: list[body_views.MemberView] = stage.look(body_views.members, body_id, stage.today)
    return next(one for one in found if one.name == name)


def meet(stage: Stage, body_id: int, on: date) -> int:
    return stage.put(
        MeetingRow,
        body_id=body_id,
        number=1,
        title="会议",
        on_date=on,
        starts=9 * 60,
        state=MeetingState.FILED,
    )


def test_a_member_of_committee_and_representatives_counts_once(stage: Stage) -> None:
    one = stage.look(body_composition.composition, stage.council, stage.today)
    assert (one.members, one.committee, one.representatives) == (61, 7, 54)
    li = seat(stage, stage.council, "李建国")
    entered, version = stage.see(body_members.input_of, li.id)
    both = replace(entered, in_committee=True)
    stage.do(body_members.change_member, li.id, both, version=version)
    one = stage.look(body_composition.composition, stage.council, stage.today)
    assert (one.members, one.committee, one.representatives, one.both) == (61, 8, 54, 1)


def test_four_fifths_are_told_with_the_proof_at_the_threshold_and_below(stage: Stage) -> None:
    keys = stage.members(stage.council)
    # 28 of 35 are four fifths exactly; 27 of 34 are not.
    for left, words in ((28, "28 × 5 = 140，不小于 35 × 4 = 140"), (27, "代表至少要 28 人")):
        stage.tamper(
            f"UPDATE body_member SET deleted_at = '2026-01-09' WHERE body_id = {stage.council}"
            f" AND id > {keys[7 + left - 1]}"
        )
        one = stage.look(body_composition.composition, stage.council, stage.today)
        assert one.representatives == left
        assert one.share_ok is (left == 28)
        assert words in one.share_words


def test_a_second_seat_of_the_same_person_is_refused_with_the_words_of_the_law(
    stage: Stage,
) -> None:
    again = MemberInput(role=MemberRole.REPRESENTATIVE, resident_id=stage.people["wang"])
    with pytest.raises(DomainError, match=r"第二十八条.*只计一人.*勾选“是居委会成员”"):
        stage.do(body_members.appoint, stage.council, again, today=stage.today)
    named = MemberInput(role=MemberRole.REPRESENTATIVE, name="委员甲")
    with pytest.raises(DomainError, match="不能有两个身份"):
        stage.do(body_members.appoint, stage.council, named, today=stage.today)


def test_who_left_may_take_a_seat_again_from_the_next_day(stage: Stage) -> None:
    li = seat(stage, stage.council, "李建国")
    stage.do(
        body_members.end_post, li.id, until=date(2026, 10, 31), reason="搬走", version=li.version
    )
    again = MemberInput(role=MemberRole.REPRESENTATIVE, resident_id=stage.people["li"])
    with pytest.raises(DomainError, match="两个身份"):
        stage.do(
            body_members.appoint,
            stage.council,
            replace(again, since=date(2026, 10, 31)),
            today=stage.today,
        )
    stage.do(
        body_members.appoint,
        stage.council,
        replace(again, since=date(2026, 11, 1)),
        today=stage.today,
    )
    assert stage.look(body_composition.composition, stage.council, date(2026, 10, 31)).members == 61
    assert stage.look(body_composition.composition, stage.council, date(2026, 11, 1)).members == 61
    assert len(stage.look(body_views.members, stage.council)) == 62


def test_namesakes_of_different_buildings_are_two_people(stage: Stage) -> None:
    for unit, sent in stage.units.items():
        role = MemberRole.PART_TIME
        one = MemberInput(role=role, name="王伟", joint_unit_id=sent, position=unit[:10])
        stage.do(body_members.appoint, stage.joint, one, today=stage.today)
    assert len(stage.look(body_views.members, stage.joint, stage.today)) == 6


def test_only_committee_and_representatives_sit_among_the_representatives(stage: Stage) -> None:
    other = MemberInput(role=MemberRole.DELEGATE, name="民警")
    with pytest.raises(DomainError, match=r"第二十八条.*单位代表.*列席"):
        stage.do(body_members.appoint, stage.council, other, today=stage.today)


def test_a_supervisor_is_not_of_the_committee_and_is_asked_about_his_kin(stage: Stage) -> None:
    supervisors = stage.bodies[BodyKind.SUPERVISORS]
    wang = MemberInput(resident_id=stage.people["wang"], kin_asked=True)
    with pytest.raises(DomainError, match="第三十六条"):
        stage.do(body_members.appoint, supervisors, wang, today=stage.today)
    he = MemberInput(role=MemberRole.COMMITTEE, resident_id=stage.people["he"], kin_asked=True)
    with pytest.raises(DomainError, match=r"居务监督委员会任职.*第三十六条"):
        stage.do(body_members.appoint, stage.bodies[BodyKind.COMMITTEE], he, today=stage.today)
    sun = MemberInput(resident_id=stage.people["sun"])
    with pytest.raises(KinUnasked, match="近亲属"):
        stage.do(body_members.appoint, supervisors, sun, today=stage.today)
    stage.do(body_members.appoint, supervisors, replace(sun, kin_asked=True), today=stage.today)


def test_the_question_names_who_of_the_household_sits_in_the_committee(stage: Stage) -> None:
    home = stage.clerk.household_of(stage.people["zhou"])
    stage.tamper(f"UPDATE resident SET household_id = {home} WHERE id = {stage.people['sun']}")
    sun = MemberInput(resident_id=stage.people["sun"])
    with pytest.raises(KinUnasked, match="同一户里有周立群在任"):
        stage.do(body_members.appoint, stage.bodies[BodyKind.SUPERVISORS], sun, today=stage.today)


def test_a_grid_with_other_than_twenty_to_fifty_households_is_a_hint_and_no_refusal(
    stage: Stage,
) -> None:
    for households in (20, 50, 51):
        one = MemberInput(
            role=MemberRole.REPRESENTATIVE, name=f"新代表{households}", households=households
        )
        stage.do(body_members.appoint, stage.council, one, today=stage.today)
    (hint,) = stage.look(body_composition.composition, stage.council, stage.today).hints
    assert "1 名居民代表" in hint
    assert "第十三条" in hint


def test_the_council_and_the_committee_are_to_agree_on_who_is_in_the_committee(
    stage: Stage,
) -> None:
    def hints() -> tuple[str, ...]:
        found: tuple[str, ...] = stage.look(
            body_composition.composition, stage.council, stage.today
        ).hints
        return found

    assert hints() == ()
    new = MemberInput(role=MemberRole.COMMITTEE, name="新委员", kin_asked=True)
    stage.do(body_members.appoint, stage.bodies[BodyKind.COMMITTEE], new, today=stage.today)
    assert "1 名成员不在这份名单里" in hints()[0]
    stage.do(body_members.appoint, stage.council, new, today=stage.today)
    assert hints() == ()
    li = seat(stage, stage.council, "李建国")
    stage.tamper(f"UPDATE body_member SET in_committee = 1 WHERE id = {li.id}")
    assert "1 人在这里算居委会成员，却不在现任居委会里" in hints()[0]


def test_a_committee_of_men_only_and_of_too_few_is_pointed_out(stage: Stage) -> None:
    committee = stage.bodies[BodyKind.COMMITTEE]
    stage.tamper(
        f"UPDATE body_member SET deleted_at = '2026-01-09' WHERE body_id = {committee}"
        f" AND (resident_id IS NULL OR resident_id <> {stage.people['zhou']})"
    )
    few, men = stage.look(body_composition.composition, committee, stage.today).hints
    assert "五至九人" in few
    assert "妇女" in men


def test_a_term_of_five_years_is_said_to_be_over(stage: Stage) -> None:
    def hints(on: date) -> str:
        return "".join(stage.look(body_composition.composition, stage.council, on).hints)

    assert "任期五年" not in hints(date(2031, 1, 7))
    assert "任期五年，到 2031-01-08 已满" in hints(date(2031, 1, 8))


def test_people_and_areas_are_counted_for_every_basis(stage: Stage) -> None:
    assembly = stage.bodies[BodyKind.ASSEMBLY]

    def count(body_id: int, basis: Basis, on: date = stage.today) -> tuple[int, int]:
        found: tuple[int, int] = stage.look(electorate.electorate, body_id, on, basis)
        return found

    assert count(assembly, Basis.RESIDENTS) == (8, 0)
    # 赵亮 was born on 2010-03-02: grown up from that day of 2028.
    assert count(assembly, Basis.RESIDENTS, date(2028, 3, 1)) == (8, 0)
    assert count(assembly, Basis.RESIDENTS, date(2028, 3, 2)) == (9, 0)
    assert count(assembly, Basis.HOUSEHOLDS) == (9, 0)
    assert count(stage.owners, Basis.OWNERS) == (5, 700_00)
    assert count(stage.council, Basis.MEMBERS) == (61, 0)
    assert count(stage.council, Basis.REPRESENTATIVES) == (54, 0)
    stage.clerk.change(stage.people["li"], residence_status="户在人不在")
    assert count(assembly, Basis.RESIDENTS) == (7, 0)
    with pytest.raises(DomainError, match="到开会时才知道"):
        count(assembly, Basis.PRESENT)


def test_a_group_counts_the_people_of_its_grid(stage: Stage) -> None:
    group = BodyInput(kind=BodyKind.GROUP, name="第二居民小组", grid_id=stage.grids["two"])
    made = stage.do(body_changes.add_body, group, today=stage.today)
    assert stage.look(electorate.electorate, made, stage.today, Basis.RESIDENTS) == (3, 0)


def test_a_member_of_one_grid_sees_the_figures_whole_but_not_who_they_are(stage: Stage) -> None:
    two = frozenset({stage.grids["two"]})
    member = Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], two)
    one = stage.look(body_composition.composition, stage.council, stage.today, by=member)
    assert (one.members, one.representatives) == (61, 54)
    (listed,) = (
        body
        for body in stage.look(body_views.bodies, stage.today, by=member)
        if body.id == stage.council
    )
    assert listed.members == 61
    seen = stage.look(body_views.members, stage.council, stage.today, by=member)
    assert {view.name for view in seen} == {"孙玉梅", "刘军"}


def test_whoever_only_reads_appoints_nobody_and_keeping_the_joint_committee_is_enough_there(
    stage: Stage,
) -> None:
    one = MemberInput(role=MemberRole.PART_TIME, name="新委员")
    with pytest.raises(NotAllowed):
        stage.do(body_members.appoint, stage.joint, one, today=stage.today, by=READS)
    joint = Actor("共建", "社工", frozenset({Right.VIEW_MEETINGS, Right.KEEP_JOINT}))
    stage.do(body_members.appoint, stage.joint, one, today=stage.today, by=joint)
    with pytest.raises(NotAllowed):
        stage.do(body_members.appoint, stage.forum, one, today=stage.today, by=joint)


def test_an_old_form_does_not_write_over_a_newer_seat(stage: Stage) -> None:
    li = seat(stage, stage.council, "李建国")
    entered, version = stage.see(body_members.input_of, li.id)
    changed = replace(entered, households=32)
    stage.do(body_members.change_member, li.id, changed, version=version)
    with pytest.raises(ChangedMeanwhile):
        stage.do(body_members.change_member, li.id, entered, version=version)


def test_who_signed_in_once_leaves_and_is_not_deleted(stage: Stage) -> None:
    li = seat(stage, stage.council, "李建国")
    stage.put(
        Attendee,
        meeting_id=meet(stage, stage.council, stage.today),
        capacity=Capacity.MEMBER,
        body_member_id=li.id,
        name=li.name,
        way=AttendWay.TYPED,
    )
    with pytest.raises(DomainError, match="离任"):
        stage.do(body_members.remove_member, li.id, now=stage.now)
    chen = seat(stage, stage.council, "陈桂芳")
    stage.do(body_members.remove_member, chen.id, now=stage.now)
    assert stage.look(body_composition.composition, stage.council, stage.today).members == 60


def test_a_name_is_taken_while_its_body_is_in_office(stage: Stage) -> None:
    twin = BodyInput(kind=BodyKind.CONSULTATION, name="望海社区议事协商会")
    with pytest.raises(DomainError, match="已经有一个"):
        stage.do(body_changes.add_body, twin, today=stage.today)
    _, version = stage.see(body_changes.input_of, stage.forum)
    stage.do(body_changes.close_body, stage.forum, until=date(2026, 11, 20), version=version)
    made = stage.do(body_changes.add_body, twin, today=stage.today)
    assert stage.look(body_views.body, made, stage.today).members == 0


def test_a_body_is_not_ended_before_a_meeting_that_it_was_called_to(stage: Stage) -> None:
    meeting_id = called(stage, stage.forum, on=date(2026, 11, 25))
    old = version_of(stage, "body", stage.forum)
    with pytest.raises(DomainError, match=r"2026-11-25.*请先取消那次会议"):
        stage.do(body_changes.close_body, stage.forum, until=date(2026, 11, 24), version=old)
    entered, _ = stage.see(body_changes.input_of, stage.forum)
    early = replace(entered, until=date(2026, 11, 24))
    with pytest.raises(DomainError, match="请先取消那次会议"):
        stage.do(body_changes.change_body, stage.forum, early, version=old, today=stage.today)
    stage.do(body_changes.close_body, stage.forum, until=date(2026, 11, 25), version=old)
    assert len(stage.look(attendance_views.seats, meeting_id)) == 3


def test_the_next_term_begins_the_day_after_and_takes_its_people_along(stage: Stage) -> None:
    entered, version = stage.see(body_changes.input_of, stage.council)
    stage.do(
        body_changes.change_body,
        stage.council,
        replace(entered, term=6),
        version=version,
        today=stage.today,
    )
    _, version = stage.see(body_changes.input_of, stage.council)
    new = stage.do(
        body_changes.next_term,
        stage.council,
        since=date(2027, 1, 1),
        keep=True,
        version=version,
        today=stage.today,
    )
    old = stage.look(body_views.body, stage.council, date(2026, 12, 31))
    assert (old.until, old.members) == (date(2026, 12, 31), 61)
    following = stage.look(body_views.body, new, date(2027, 1, 1))
    assert (following.term, following.members) == (7, 61)
    assert [one.id for one in stage.look(body_views.bodies, date(2027, 1, 1))].count(new) == 1
    assert stage.look(body_views.members, stage.council, date(2027, 1, 1)) == []
    assert stage.clerk.undo_last().kept == ()
    assert len(stage.look(body_views.members, stage.council, date(2027, 1, 1))) == 61


def test_the_kind_of_a_body_that_has_met_stays_and_it_is_ended_not_deleted(stage: Stage) -> None:
    meet(stage, stage.forum, stage.today)
    entered, version = stage.see(body_changes.input_of, stage.forum)
    other = replace(entered, kind=BodyKind.BENCH)
    with pytest.raises(DomainError, match="种类不能再改"):
        stage.do(body_changes.change_body, stage.forum, other, version=version, today=stage.today)
    with pytest.raises(DomainError, match="不能删除"):
        stage.do(body_changes.remove_body, stage.forum, now=stage.now)


def test_somebody_who_moved_away_gets_no_seat(stage: Stage) -> None:
    def gone(session: Session) -> None:
        resident_forms.delete(session, stage.people["liu"], now=stage.now)

    li = seat(stage, stage.council, "刘军")
    stage.do(body_members.remove_member, li.id, now=stage.now)
    stage.do(gone)
    one = MemberInput(role=MemberRole.REPRESENTATIVE, resident_id=stage.people["liu"])
    with pytest.raises(DomainError, match="已经被删除"):
        stage.do(body_members.appoint, stage.council, one, today=stage.today)
