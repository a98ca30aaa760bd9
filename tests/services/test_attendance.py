"""Sign-in: who counts, who does not, and what the law says of proxies."""

from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import AttendWay, Basis, BodyKind, BodyMember, MemberRole
from app.services import (
    attendance,
    attendance_views,
    history,
    meeting_people,
    turnouts,
    undo,
)
from app.services.attendance_views import MEMBER, RESIDENT, Presence, Who
from app.storage.engine import Database
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import called, opened, owners_of, sign_in, version_of


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def seats(stage: Stage, meeting_id: int) -> list[Any]:
    return list(stage.look(attendance_views.seats, meeting_id))


def here(stage: Stage, meeting_id: int) -> Any:
    return stage.look(turnouts.turnout, meeting_id)


def attend(stage: Stage, meeting_id: int, who: Who) -> int:
    key: int = stage.do(attendance.attend, meeting_id, who, way=AttendWay.SCANNED, now=stage.now)
    return key


def test_two_thirds_of_the_members_make_a_meeting_of_representatives_valid(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    sign_in(stage, meeting_id, stage.council, 40)
    short = here(stage, meeting_id)
    attend(stage, meeting_id, Who(MEMBER, stage.members(stage.council)[40]))
    enough = here(stage, meeting_id)
    assert (short.ok, short.missing, enough.ok) == (False, 1, True)
    assert (
        enough.verdict.words
        == "居民代表会议应到 61 人，实到 41 人，达到三分之二（需 41 人），会议有效"
    )
    assert enough.verdict.proof == "41 × 3 = 123，不小于 61 × 2 = 122"


def test_who_has_left_counts_no_longer_and_counts_again_when_he_is_back(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    line = sign_in(stage, meeting_id, stage.council, 2)[0]
    stage.do(attendance.leave, line, version=1, now=stage.now)
    assert here(stage, meeting_id).turnout.present == 1
    assert seats(stage, meeting_id)[0].presence is Presence.LEFT
    attend(stage, meeting_id, seats(stage, meeting_id)[0].who)
    assert here(stage, meeting_id).turnout.present == 2


def test_nobody_signs_in_twice(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    who = Who(MEMBER, stage.members(stage.council)[0])
    attend(stage, meeting_id, who)
    with pytest.raises(DomainError, match="已经签到（09:30），没有重复记"):
        attend(stage, meeting_id, who)


def test_people_sign_in_before_the_meeting_is_opened(stage: Stage) -> None:
    meeting_id = called(stage, stage.council)
    sign_in(stage, meeting_id, stage.council, 3)
    assert here(stage, meeting_id).turnout.present == 3


def test_a_member_of_another_body_may_only_listen(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    with pytest.raises(DomainError, match="不在这次会议的成员名册里"):
        attend(stage, meeting_id, Who(MEMBER, stage.members(stage.forum)[-1]))


def test_who_listens_is_in_no_count(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    stage.do(attendance.observe, meeting_id, name="郑警官", came_from="派出所", now=stage.now)
    found = here(stage, meeting_id)
    assert (found.turnout.present, found.observers) == (0, 1)
    assert seats(stage, meeting_id)[-1].presence is Presence.OBSERVER


def test_a_member_is_not_entered_as_one_who_listens(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    with pytest.raises(DomainError, match="李建国 是这次会议的成员"):
        stage.do(
            attendance.observe,
            meeting_id,
            name="李建国",
            resident_id=stage.people["li"],
            now=stage.now,
        )


def test_a_representative_is_not_stood_for(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    holder = sign_in(stage, meeting_id, stage.council, 1)[0]
    with pytest.raises(DomainError, match="没有规定可以委托他人参加（城市居民委员会组织法"):
        proxy(stage, meeting_id, Who(MEMBER, stage.members(stage.council)[1]), holder)


def proxy(stage: Stage, meeting_id: int, who: Who, holder: int) -> int:
    key: int = stage.do(attendance.proxy, meeting_id, who, holder_id=holder, now=stage.now)
    return key


def test_an_owner_is_stood_for_with_his_area_while_the_holder_is_there(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners)
    first, second = owners_of(stage)[:2]
    holder = attend(stage, meeting_id, first)
    proxy(stage, meeting_id, second, holder)
    both = here(stage, meeting_id)
    assert (both.turnout.present, both.proxies, both.turnout.area_present) == (2, 1, 270_50)
    stage.do(attendance.leave, holder, version=1, now=stage.now)
    assert here(stage, meeting_id).turnout.present == 0


def test_a_proxy_is_not_passed_on(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners)
    first, second, third = owners_of(stage)[:3]
    given = proxy(stage, meeting_id, second, attend(stage, meeting_id, first))
    with pytest.raises(DomainError, match="受托人不得再转托"):
        proxy(stage, meeting_id, third, given)


def test_who_stands_for_others_is_not_stood_for_himself(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners)
    first, second, third = owners_of(stage)[:3]
    holder, other = attend(stage, meeting_id, first), attend(stage, meeting_id, third)
    proxy(stage, meeting_id, second, holder)
    stage.do(attendance.leave, holder, version=1, now=stage.now)
    with pytest.raises(DomainError, match="自己受了别人的委托"):
        proxy(stage, meeting_id, first, other)


def test_at_a_meeting_of_all_residents_children_do_not_count(stage: Stage) -> None:
    assembly = stage.bodies[BodyKind.ASSEMBLY]
    meeting_id = opened(stage, assembly, basis=Basis.RESIDENTS)
    with pytest.raises(DomainError, match="赵亮 16 岁。居民会议由十八周岁以上的居民组成"):
        attend(stage, meeting_id, Who(RESIDENT, stage.people["young"]))
    attend(stage, meeting_id, Who(RESIDENT, stage.people["li"]))
    assert here(stage, meeting_id).turnout.present == 1


def test_who_listens_does_not_come_to_count_by_signing_in_again(stage: Stage) -> None:
    child = stage.people["young"]
    assembly = opened(stage, stage.bodies[BodyKind.ASSEMBLY], basis=Basis.RESIDENTS)
    for meeting_id, words in ((assembly, "十八周岁"), (opened(stage, stage.council), "只能列席")):
        stage.do(attendance.observe, meeting_id, name="赵亮", resident_id=child, now=stage.now)
        with pytest.raises(DomainError, match=words):
            attend(stage, meeting_id, Who(RESIDENT, child))
        assert here(stage, meeting_id).turnout.present == 0
    stage.do(attendance.observe, assembly, name="李", resident_id=stage.people["li"], now=stage.now)
    attend(stage, assembly, Who(RESIDENT, stage.people["li"]))
    assert (here(stage, assembly).turnout.present, here(stage, assembly).observers) == (1, 1)
    with pytest.raises(DomainError, match="已经在签到名单上"):
        stage.do(
            attendance.observe, assembly, name="李", resident_id=stage.people["li"], now=stage.now
        )


def test_a_vote_that_nobody_holds_any_more_is_not_shown_as_there(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners)
    first, second = owners_of(stage)[:2]
    holder = attend(stage, meeting_id, first)
    held = proxy(stage, meeting_id, second, holder)
    stage.do(attendance.leave, held, version=1, now=stage.now)
    assert seats(stage, meeting_id)[1].presence is Presence.LEFT
    proxy(stage, meeting_id, second, holder)
    stage.do(attendance.leave, holder, version=1, now=stage.now)
    stage.do(attendance.excuse, meeting_id, first)
    shown = [one.presence for one in seats(stage, meeting_id)[:2]]
    assert shown == [Presence.EXCUSED, Presence.LEFT]
    assert here(stage, meeting_id).turnout.present == 0


def test_whoever_comes_to_a_consultation_takes_part(stage: Stage) -> None:
    meeting_id = opened(stage, stage.forum)
    sign_in(stage, meeting_id, stage.forum, 3)
    attend(stage, meeting_id, stage.look(meeting_people.seat_of, meeting_id, "刘军").who)
    found = here(stage, meeting_id)
    assert (found.turnout.members, found.turnout.present, found.trouble) == (4, 4, "")
    assert seats(stage, meeting_id)[-1].presence is Presence.HERE
    with pytest.raises(DomainError, match="不在成员名册里"):
        stage.look(meeting_people.seat_of, opened(stage, stage.council), "刘大军")


def test_a_household_sends_one(stage: Stage) -> None:
    assembly = stage.bodies[BodyKind.ASSEMBLY]
    stage.tamper(
        f"UPDATE resident SET household_id = (SELECT household_id FROM resident WHERE id ="
        f" {stage.people['li']}) WHERE id = {stage.people['chen']}"
    )
    meeting_id = opened(stage, assembly, basis=Basis.HOUSEHOLDS)
    attend(stage, meeting_id, Who(RESIDENT, stage.people["li"]))
    with pytest.raises(DomainError, match="这一户已经由 李建国 作代表签到"):
        attend(stage, meeting_id, Who(RESIDENT, stage.people["chen"]))


def test_a_line_entered_by_mistake_goes_with_those_it_stood_for(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners)
    first, second = owners_of(stage)[:2]
    holder = attend(stage, meeting_id, first)
    proxy(stage, meeting_id, second, holder)
    with pytest.raises(ChangedMeanwhile):
        stage.do(attendance.remove, holder, version=9)
    stage.do(attendance.remove, holder, version=version_of(stage, "attendee", holder))
    assert stage.ask("SELECT count(*) FROM attendee") == [(0,)]


def test_a_sign_in_is_taken_back(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    attend(stage, meeting_id, Who(MEMBER, stage.members(stage.council)[0]))
    (last,) = stage.see(lambda s: history.recent(s, limit=1))
    stage.do(undo.undo, last.id)
    assert here(stage, meeting_id).turnout.present == 0


def test_the_excused_are_told_apart_from_the_missing(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    who = Who(MEMBER, stage.members(stage.council)[0])
    stage.do(attendance.excuse, meeting_id, who, reason="住院")
    assert seats(stage, meeting_id)[0].presence is Presence.EXCUSED
    assert here(stage, meeting_id).turnout.present == 0


def test_people_are_found_by_letters_number_and_building(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council)
    listed = seats(stage, meeting_id)
    assert [one.name for one in attendance_views.matching(listed, "ljg")] == ["李建国"]
    assert attendance_views.matching(listed, "3")[0].place == 3


def test_a_new_member_of_the_day_is_on_the_list(stage: Stage) -> None:
    stage.put(
        BodyMember,
        body_id=stage.council,
        name="新代表",
        role=MemberRole.REPRESENTATIVE,
        since=stage.today,
    )
    meeting_id = opened(stage, stage.council)
    assert here(stage, meeting_id).turnout.members == 62
