"""Just at the edge of what is allowed: each of these a wrong comparison would turn around."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from app.errors import DomainError
from app.models import (
    AttendWay,
    Basis,
    BodyKind,
    Departure,
    ItemKind,
    ItemState,
    MotionKind,
    VoteWay,
)
from app.services import (
    agenda,
    agenda_carry,
    attendance,
    attendance_views,
    body_changes,
    body_members,
    meeting_call,
    meeting_views,
    minutes,
    motions,
    owners,
    resolution_life,
    resolutions,
    sittings,
    speeches,
    topic_screening,
    turnouts,
    vote_rule_sets,
    votes,
)
from app.services.attendance_views import RESIDENT, Presence, Who
from app.services.electorate import electorate
from app.services.meeting_call import CallInput
from app.services.minutes import EndInput, ItemEnd
from app.services.progress import StepInput
from app.services.resolutions import Charge
from app.services.vote_ground import Option, VoteInput
from app.services.vote_rule_sets import SetInput
from app.services.voting import Count
from app.values.areas import read_area
from app.values.money import read_yuan
from tests.services.meeting_plans import planned, topic
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import (
    LAMPS,
    called,
    item,
    opened,
    owners_of,
    sign_in,
    version_of,
)
from tests.storage.offices import fresh_office

_hours = count(60)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    office = stage_on(fresh_office(tmp_path_factory.mktemp("edges")))
    yield office
    office.database.close()


def _sitting(stage: Stage, body_id: int, *items: Any, present: int = 0, **more: Any) -> int:
    """A meeting of an hour of its own that goes on."""
    meeting_id = opened(stage, body_id, *items, starts=next(_hours), **more)
    sign_in(stage, meeting_id, body_id, present)
    return meeting_id


def _item(stage: Stage, meeting_id: int, title: str = LAMPS) -> int:
    return {one.title: one.id for one in stage.look(agenda.items, meeting_id)}[title]


def _hands(yes: int, no: int = 0, **more: Any) -> VoteInput:
    return VoteInput(way=VoteWay.HANDS, count=Count(yes, no, 0), **more)


def _attend(stage: Stage, meeting_id: int, who: Who) -> int:
    key: int = stage.do(attendance.attend, meeting_id, who, way=AttendWay.TYPED, now=stage.now)
    return key


def _decided(stage: Stage, *, end: bool = True) -> int:
    """A resolution of today; gives its id."""
    meeting_id = _sitting(stage, stage.council, present=43)
    item_id = _item(stage, meeting_id)
    stage.do(votes.announce, item_id, _hands(43), now=stage.now)
    if end:
        stage.do(minutes.end, meeting_id, EndInput(), now=stage.now)
    [[key]] = stage.ask(f"SELECT id FROM resolution WHERE agenda_item_id = {item_id}")
    return int(key)


def test_how_many_are_expected_stays_as_it_was_when_the_meeting_began(stage: Stage) -> None:
    meeting_id = _sitting(stage, stage.council, present=42)
    last = stage.members(stage.council)[-1]
    yesterday = stage.today - timedelta(days=1)
    stage.do(
        body_members.end_post, last, until=yesterday, version=version_of(stage, "body_member", last)
    )
    here = stage.look(turnouts.turnout, meeting_id)
    assert (here.turnout.members, here.missing) == (61, 0)
    stage.tamper(f"UPDATE body_member SET until = NULL, ended_reason = NULL WHERE id = {last}")


def test_an_amendment_of_what_came_up_there_may_be_voted_on(stage: Stage) -> None:
    meeting_id = _sitting(stage, stage.council, present=43)
    there = stage.do(agenda.add_there, meeting_id, item("清理杂物", ItemKind.DISCUSS))
    motion = stage.do(motions.put, there, kind=MotionKind.PROCEDURE, words="留到下次")
    stage.do(votes.announce, there, _hands(43, motion_id=motion), now=stage.now)
    assert stage.look(motions.motions, there)[0].result


def test_votes_for_no_plan_are_in_the_sum(stage: Stage) -> None:
    meeting_id = _sitting(stage, stage.council, present=43)
    plans = (Option("声控灯", 30), Option("太阳能灯", 10))
    entered = VoteInput(way=VoteWay.BALLOT, count=Count(0, 0, 2, 1), options=plans)
    found = stage.look(votes.check, _item(stage, meeting_id), entered)
    assert (found.agrees, found.verdict is not None) == (True, True)


def test_one_stands_for_as_many_as_the_rule_allows_and_only_in_his_own_meeting(
    stage: Stage,
) -> None:
    meeting_id, other = (_sitting(stage, stage.owners) for _ in range(2))
    rule = "UPDATE vote_rule SET proxies = {} WHERE kind = 'owners_meeting' AND proxies = {}"
    stage.tamper(rule.format(2, 999))
    holder, second, third, fourth, _ = owners_of(stage)
    line = _attend(stage, meeting_id, holder)
    for who in (second, third):
        stage.do(attendance.proxy, meeting_id, who, holder_id=line, now=stage.now)
    with pytest.raises(DomainError, match="一人最多受 2 人之托"):
        stage.do(attendance.proxy, meeting_id, fourth, holder_id=line, now=stage.now)
    with pytest.raises(DomainError, match="受托人须是到会的成员"):
        stage.do(attendance.proxy, other, fourth, holder_id=line, now=stage.now)
    stage.tamper(rule.format(999, 2))


def test_who_has_left_does_not_leave_again_and_may_be_excused(stage: Stage) -> None:
    meeting_id = _sitting(stage, stage.forum)
    who = stage.look(attendance_views.seats, meeting_id)[0].who
    line = _attend(stage, meeting_id, who)
    stage.do(attendance.leave, line, version=1, now=stage.now)
    with pytest.raises(DomainError, match="不用再记离会"):
        stage.do(attendance.leave, line, version=2, now=stage.now)
    stage.do(attendance.excuse, meeting_id, who)
    seat = stage.look(attendance_views.seats, meeting_id)[0]
    assert (seat.presence, seat.left_at) == (Presence.EXCUSED, None)


def test_who_has_moved_away_is_in_no_assembly(stage: Stage) -> None:
    gone = stage.people["liu"]
    assembly = _sitting(stage, stage.bodies[BodyKind.ASSEMBLY], basis=Basis.RESIDENTS)
    stage.tamper(f"UPDATE resident SET departure = '{Departure.MOVED_OUT}' WHERE id = {gone}")
    with pytest.raises(DomainError, match="不住在本社区"):
        _attend(stage, assembly, Who(RESIDENT, gone))
    stage.tamper(f"UPDATE resident SET departure = NULL WHERE id = {gone}")


def test_what_was_decided_this_morning_is_reported_this_afternoon(stage: Stage) -> None:
    made = _decided(stage)
    number = stage.ask(f"SELECT number FROM resolution WHERE id = {made}")[0][0]
    later = planned(stage, on_date=stage.today, starts=next(_hours))
    told = stage.look(agenda.item, _item(stage, later, agenda_carry.REPORT_TITLE))
    assert number in told.words


def test_what_was_left_and_comes_after_the_notice_is_talked_over_only(stage: Stage) -> None:
    coming = called(stage, stage.council, item("停车"), starts=next(_hours))
    held = _sitting(stage, stage.council, item("换电梯"), present=43)
    key = _item(stage, held, "换电梯")
    stage.do(minutes.end, held, EndInput(items=(ItemEnd(item_id=key, left=True),)), now=stage.now)
    stage.do(agenda_carry.carry_over, coming)
    late = stage.look(agenda.item, _item(stage, coming, "换电梯"))
    assert (late.kind, late.added_there) == (ItemKind.DISCUSS, True)


def test_an_item_keeps_its_topic_when_it_is_corrected(stage: Stage) -> None:
    about = topic(stage, 25, "楼道灯")
    meeting_id = planned(stage, starts=next(_hours))
    key = stage.do(agenda.add, meeting_id, item(topic_id=about))
    stage.do(agenda.change, key, item("楼道灯照明", topic_id=about), version=1)
    assert stage.look(agenda.item, key).title == "楼道灯照明"


def test_a_body_meets_on_its_last_day(stage: Stage) -> None:
    entered = body_changes.BodyInput(kind=BodyKind.BENCH, name="板凳会", until=stage.today)
    bench = stage.do(body_changes.add_body, entered, today=stage.today)
    meeting_id = planned(stage, body_id=bench, on_date=stage.today, starts=next(_hours))
    assert stage.look(meeting_views.meeting, meeting_id).body == "板凳会"


def test_the_committee_may_be_told_until_the_day_and_what_was_noted_before_stays(
    stage: Stage,
) -> None:
    day = stage.today + timedelta(days=16)
    told = planned(stage, "选业委会", body_id=stage.owners, on_date=day, starts=next(_hours))
    late = planned(
        stage,
        "选业委会",
        body_id=stage.owners,
        on_date=day,
        starts=next(_hours),
        committee_told_on=stage.today,
    )
    for key, given in ((told, day), (late, None)):
        entered = CallInput(notified_on=stage.today, committee_told_on=given)
        now = version_of(stage, "meeting", key)
        stage.do(meeting_call.call, key, entered, version=now, now=stage.now)
        known = stage.look(meeting_views.meeting, key).committee_told_on
        assert known == (given or stage.today)


def test_a_voted_item_is_done_whoever_waits_to_speak_or_moves_something(stage: Stage) -> None:
    meeting_id = _sitting(stage, stage.forum, present=2)
    item_id = _item(stage, meeting_id)
    line = stage.look(attendance_views.seats, meeting_id)[0].attendee_id
    stage.do(speeches.ask, item_id, attendee_id=line)
    stage.do(motions.put, item_id, kind=MotionKind.PROCEDURE, words="先休息")
    stage.do(votes.announce, item_id, _hands(2), now=stage.now)
    left = EndInput(items=(ItemEnd(item_id=item_id, left=True),))
    stage.do(minutes.end, meeting_id, left, now=stage.now)
    assert stage.look(agenda.item, item_id).state is ItemState.DONE
    assert [one.seconds for one in stage.look(speeches.speeches, item_id)] == [None]


def test_an_item_that_is_called_twice_is_not_over_by_that(stage: Stage) -> None:
    meeting_id = _sitting(stage, stage.forum, item("通报水电", ItemKind.REPORT))
    item_id = _item(stage, meeting_id, "通报水电")
    for _ in range(2):
        stage.do(sittings.begin_item, item_id, now=stage.now)
    found = stage.look(agenda.item, item_id)
    assert (found.state, found.result) == (ItemState.NOW, "")


def test_a_resolution_is_done_the_day_it_was_made_and_begins_anew_at_nothing(
    stage: Stage,
) -> None:
    made = _decided(stage)
    stage.do(resolutions.charge, made, Charge(owner="王芳", due_on=stage.today), version=1)
    done = StepInput(on_date=stage.today, words="亮" * 1000)
    stage.do(resolution_life.finish, made, done, version=2, now=stage.now)
    stage.do(resolution_life.again, made, "又不亮了", version=3, now=stage.now)
    assert stage.ask(f"SELECT state, percent FROM resolution WHERE id = {made}") == [
        ("underway", 0)
    ]


def test_a_topic_that_is_treated_now_is_on_an_agenda(stage: Stage) -> None:
    about = topic(stage, 26, "停车")
    meeting_id = _sitting(stage, stage.forum, item("停车", topic_id=about))
    coming = planned(stage, on_date=stage.today, starts=next(_hours))
    again = stage.do(agenda.add, coming, item("停车", topic_id=about))
    stage.do(sittings.begin_item, _item(stage, meeting_id, "停车"), now=stage.now)
    old = version_of(stage, "agenda_item", again)
    stage.do(agenda.remove, again, version=old)
    assert stage.ask(f"SELECT state FROM topic WHERE id = {about}") == [("on_agenda",)]


def test_what_was_merged_goes_along_when_its_topic_is_merged(stage: Stage) -> None:
    keep, other, third = (topic(stage, number, "车位不够") for number in (27, 28, 29))
    stage.do(topic_screening.merge, other, third)
    stage.do(topic_screening.merge, keep, other)
    into = f"SELECT merged_into_id FROM topic WHERE id IN ({other}, {third})"
    assert stage.ask(into) == [(keep,), (keep,)]


def test_who_leaves_on_the_day_is_not_expected(stage: Stage) -> None:
    gone, assembly = stage.people["sun"], stage.bodies[BodyKind.ASSEMBLY]

    def expected(on: date) -> int:
        return int(stage.look(electorate, assembly, on, Basis.RESIDENTS).people)

    everybody = expected(stage.today)
    stage.tamper(
        f"UPDATE resident SET departure = '{Departure.MOVED_OUT}', departed_on = '{stage.today}'"
        f" WHERE id = {gone}"
    )
    assert expected(stage.today) == everybody - 1
    assert expected(stage.today - timedelta(days=1)) == everybody
    stage.tamper(f"UPDATE resident SET departure = NULL, departed_on = NULL WHERE id = {gone}")


def test_nobody_leaves_a_body_before_he_came(stage: Stage) -> None:
    entered = body_changes.BodyInput(kind=BodyKind.BENCH, name="二号楼板凳会", since=stage.today)
    bench = stage.do(body_changes.add_body, entered, today=stage.today)
    day = stage.today + timedelta(days=5)
    late = body_members.MemberInput(name="王五", since=day)
    stage.do(body_members.appoint, bench, late, today=stage.today)
    stage.do(body_changes.close_body, bench, until=stage.today, version=1)
    assert stage.ask(f"SELECT until FROM body_member WHERE body_id = {bench}") == [(f"{day}",)]


def test_who_only_signed_in_stays_among_the_owners(stage: Stage) -> None:
    who = owners_of(stage)[-1]
    _attend(stage, _sitting(stage, stage.owners), who)
    with pytest.raises(DomainError, match="已经发过票或签过到"):
        stage.do(owners.remove, [who.id], now=stage.now)


def test_the_seat_of_somebody_whose_record_was_deleted_is_still_corrected(stage: Stage) -> None:
    gone = stage.people["chen"]
    key = stage.do(
        body_members.appoint,
        stage.joint,
        body_members.MemberInput(resident_id=gone),
        today=stage.today,
    )
    deleted = f"UPDATE resident SET deleted_at = {{}} WHERE id = {gone}"
    stage.tamper(deleted.format("'2026-11-21 09:00:00'"))
    entered, version = stage.see(body_members.input_of, key)
    told = replace(entered, remark="请假")
    stage.do(body_members.change_member, key, told, version=version)
    assert stage.ask(f"SELECT name, remark FROM body_member WHERE id = {key}") == [
        ("陈桂芳", "请假")
    ]
    stage.tamper(deleted.format("NULL"))


@pytest.mark.parametrize("read", [read_yuan, read_area])
def test_what_cannot_be_read_is_told_without_signs_that_turn_the_sentence_around(
    read: Callable[[str], int],
) -> None:
    with pytest.raises(DomainError, match="“十二”看不懂"):
        read("\u202e\u2066十二 ")


def test_votes_for_plans_that_were_sent_in_are_who_took_part(stage: Stage) -> None:
    rule = SetInput(
        name="书面征求意见", kind=BodyKind.BENCH, pass_basis=Basis.VOTING, article="第六条"
    )
    key = stage.do(vote_rule_sets.add, rule, since=stage.today)
    [[code]] = stage.ask(f"SELECT code FROM vote_rule WHERE id = {key}")
    entered = body_changes.BodyInput(kind=BodyKind.BENCH, name="五号楼板凳会", rule_code=code)
    bench = stage.do(body_changes.add_body, entered, today=stage.today)
    for name in ("甲", "乙", "丙", "丁"):
        seat = body_members.MemberInput(name=name)
        stage.do(body_members.appoint, bench, seat, today=stage.today)
    meeting_id = _sitting(stage, bench)
    plans = (Option("声控灯", 2), Option("太阳能灯", 1))
    told = VoteInput(way=VoteWay.BALLOT, count=Count(0, 0, 0), options=plans)
    made = stage.do(votes.announce, _item(stage, meeting_id), told, now=stage.now)
    assert stage.ask(f"SELECT voters FROM vote WHERE id = {made}") == [(3,)]
