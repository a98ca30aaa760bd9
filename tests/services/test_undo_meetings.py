"""What taking back older steps may not reach: announced results, agendas, finished minutes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from app.errors import DomainError
from app.models import AttendWay, BodyKind, ItemKind, MeetingState, TopicState, VoteWay
from app.services import (
    agenda,
    attendance,
    attendance_views,
    body_changes,
    meeting_call,
    meeting_opening,
    meeting_views,
    meetings,
    minutes,
    resolution_life,
    topic_screening,
    topic_way,
    undo,
    vote_rule_sets,
    votes,
)
from app.services.attendance_views import MEMBER, Who
from app.services.body_changes import BodyInput
from app.services.meeting_call import CallInput
from app.services.minutes import EndInput
from app.services.vote_ground import VoteInput
from app.services.vote_rule_sets import SetInput
from app.services.vote_thresholds import Share
from app.services.voting import Count
from tests.services.meeting_plans import planned, topic, version
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import LAMPS, called, item, opened, sign_in, version_of
from tests.storage.offices import fresh_office

_hours = count(60)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    office = stage_on(fresh_office(tmp_path_factory.mktemp("undo")))
    yield office
    office.database.close()


def _step(stage: Stage) -> int:
    return int(stage.ask("SELECT max(id) FROM operation")[0][0])


def _titles(stage: Stage, meeting_id: int) -> dict[str, int]:
    """Items by title: what earlier meetings left open stands among them."""
    return {one.title: one.id for one in stage.look(agenda.items, meeting_id)}


def _state(stage: Stage, meeting_id: int) -> MeetingState:
    found: MeetingState = stage.look(meeting_views.meeting, meeting_id).state
    return found


def _sitting(stage: Stage) -> tuple[int, int, int]:
    """A meeting of its own hour that goes on with 45 there, its item, and the step of opening."""
    meeting_id = opened(stage, stage.council, starts=next(_hours))
    step = _step(stage)
    sign_in(stage, meeting_id, stage.council, 45)
    return meeting_id, _titles(stage, meeting_id)[LAMPS], step


def test_a_meeting_with_an_announced_result_is_not_taken_back_to_before_it_began(
    stage: Stage,
) -> None:
    meeting_id, item_id, opening = _sitting(stage)
    entered = VoteInput(way=VoteWay.HANDS, count=Count(30, 10, 5))
    stage.do(votes.announce, item_id, entered, now=stage.now)
    with pytest.raises(DomainError, match="已经宣布过表决结果"):
        stage.do(undo.undo, opening)
    assert _state(stage, meeting_id) is MeetingState.RUNNING


def test_a_meeting_that_was_opened_too_early_is_taken_back_as_long_as_nothing_was_announced(
    stage: Stage,
) -> None:
    meeting_id, _, opening = _sitting(stage)
    stage.do(undo.undo, opening)
    assert _state(stage, meeting_id) is MeetingState.CALLED


def test_finished_minutes_and_who_was_there_do_not_change_by_an_undo(stage: Stage) -> None:
    meeting_id, item_id, _ = _sitting(stage)
    who = Who(MEMBER, stage.members(stage.council)[50])
    stage.do(attendance.attend, meeting_id, who, way=AttendWay.TYPED, now=stage.now)
    signed = _step(stage)
    old = version_of(stage, "agenda_item", item_id)
    stage.do(minutes.write, item_id, "李建国：赞成。", version=old)
    wrote = _step(stage)
    stage.do(minutes.end, meeting_id, EndInput(), now=stage.now)
    with pytest.raises(DomainError, match="签到不能再撤销"):
        stage.do(undo.undo, signed)
    stage.do(minutes.file, meeting_id, version=version(stage, meeting_id), now=stage.now)
    for step in (signed, wrote):
        with pytest.raises(DomainError, match=r"已经定稿.*修正"):
            stage.do(undo.undo, step)
    assert stage.look(agenda.item, item_id).minutes == "李建国：赞成。"
    assert stage.ask(f"SELECT count(*) FROM attendee WHERE meeting_id = {meeting_id}") == [(46,)]


def test_what_was_taken_off_before_the_notice_does_not_come_back_as_if_it_had_been_told(
    stage: Stage,
) -> None:
    meeting_id = planned(stage, "停车", "照明", starts=next(_hours))
    gone = _titles(stage, meeting_id)["停车"]
    stage.do(agenda.remove, gone, version=version_of(stage, "agenda_item", gone))
    step = _step(stage)
    now = version(stage, meeting_id)
    told = CallInput(notified_on=stage.today)
    stage.do(meeting_call.call, meeting_id, told, version=now, now=stage.now)
    with pytest.raises(DomainError, match=r"已经通知.*不能表决"):
        stage.do(undo.undo, step)
    assert "停车" not in _titles(stage, meeting_id)


def test_an_item_does_not_change_back_after_everybody_was_told(stage: Stage) -> None:
    meeting_id = planned(stage, "停车", starts=next(_hours))
    key = _titles(stage, meeting_id)["停车"]
    now = version_of(stage, "agenda_item", key)
    stage.do(agenda.change, key, item("停车位划分", ItemKind.DISCUSS), version=now)
    step = _step(stage)
    told = CallInput(notified_on=stage.today)
    stage.do(meeting_call.call, meeting_id, told, version=version(stage, meeting_id), now=stage.now)
    with pytest.raises(DomainError, match="请在议程里改"):
        stage.do(undo.undo, step)


def test_a_cancelled_meeting_does_not_come_back_beside_the_one_in_its_place(stage: Stage) -> None:
    hour = next(_hours)
    first = called(stage, stage.council, starts=hour)
    stage.do(meetings.cancel, first, reason="停电", version=version(stage, first))
    step = _step(stage)
    second = called(stage, stage.council, starts=hour)
    with pytest.raises(DomainError, match="同一时间"):
        stage.do(undo.undo, step)
    stage.do(meetings.cancel, second, reason="停水", version=version(stage, second))
    stage.do(undo.undo, step)
    assert _state(stage, first) is MeetingState.CALLED


def test_topics_are_not_merged_into_each_other_by_an_undo(stage: Stage) -> None:
    one, two = topic(stage, 21, "停车难"), topic(stage, 22, "车位不够")
    stage.do(topic_screening.merge, one, two)
    stage.do(topic_screening.separate, two, version=version_of(stage, "topic", two))
    step = _step(stage)
    stage.do(topic_screening.merge, two, one)
    with pytest.raises(DomainError, match="重新合并"):
        stage.do(undo.undo, step)
    stage.do(topic_way.follow, one, TopicState.DISCUSSED)
    assert stage.ask(f"SELECT state FROM topic WHERE id = {two}") == [("discussed",)]


def test_a_topic_stands_where_its_resolution_does_when_an_older_step_is_taken_back(
    stage: Stage,
) -> None:
    about = topic(stage, 23, "楼道灯不亮")
    meeting_id = opened(stage, stage.council, item("楼道灯", topic_id=about), starts=next(_hours))
    sign_in(stage, meeting_id, stage.council, 43)
    item_id = _titles(stage, meeting_id)["楼道灯"]
    entered = VoteInput(way=VoteWay.HANDS, count=Count(43, 0, 0))
    stage.do(votes.announce, item_id, entered, now=stage.now)
    [[made]] = stage.ask(f"SELECT id FROM resolution WHERE agenda_item_id = {item_id}")
    stage.do(resolution_life.stop, made, "暂缓", version=1, now=stage.now)
    step = _step(stage)
    stage.do(minutes.end, meeting_id, EndInput(), now=stage.now)
    stand = f"SELECT state FROM topic WHERE id = {about}"
    assert stage.ask(stand) == [("discussed",)]
    stage.do(undo.undo, step)
    assert stage.ask(stand) == [("decided",)]


def test_items_that_come_back_have_places_of_their_own(stage: Stage) -> None:
    meeting_id = planned(stage, "停车", starts=next(_hours))
    gone = _titles(stage, meeting_id)["停车"]
    stage.do(agenda.remove, gone, version=version_of(stage, "agenda_item", gone))
    step = _step(stage)
    stage.do(agenda.add, meeting_id, item("照明"))
    stage.do(undo.undo, step)
    places = [one.place for one in stage.look(agenda.items, meeting_id)]
    assert places == list(range(1, len(places) + 1))
    assert {"停车", "照明"} <= _titles(stage, meeting_id).keys()


def test_an_item_of_a_meeting_that_goes_on_is_not_taken_off_by_an_undo(stage: Stage) -> None:
    meeting_id = planned(stage, "停车", on_date=stage.today, starts=next(_hours))
    step = _step(stage)
    told = CallInput(notified_on=stage.today - timedelta(days=9))
    stage.do(meeting_call.call, meeting_id, told, version=version(stage, meeting_id), now=stage.now)
    now = version(stage, meeting_id)
    stage.do(meeting_opening.open_meeting, meeting_id, version=now, now=stage.now)
    with pytest.raises(DomainError, match="留到下次"):
        stage.do(undo.undo, step)
    there = stage.do(agenda.add_there, meeting_id, item("清理杂物", ItemKind.DISCUSS))
    stage.do(undo.undo, _step(stage))
    titles = _titles(stage, meeting_id)
    assert "停车" in titles
    assert there not in titles.values()


def test_a_rule_that_was_voted_by_stands_and_none_comes_back_beside_it(stage: Stage) -> None:
    entered = SetInput(
        name="板凳会规则", kind=BodyKind.BENCH, passing=Share(1, 2, True), article="第五条"
    )
    early = stage.today - timedelta(days=30)
    first = stage.do(vote_rule_sets.add, entered, since=early)
    [[code]] = stage.ask(f"SELECT code FROM vote_rule WHERE id = {first}")
    told = BodyInput(kind=BodyKind.BENCH, name="板凳会", rule_code=code, since=early)
    bench = stage.do(body_changes.add_body, told, today=stage.today)
    stricter = replace(entered, passing=Share(2, 3, False))
    stage.do(vote_rule_sets.change, first, stricter, since=stage.today, version=1)
    step = _step(stage)
    meeting_id = opened(stage, bench, starts=next(_hours))
    who = attendance_views.Who(attendance_views.RESIDENT, stage.people["li"])
    stage.do(attendance.attend, meeting_id, who, way=AttendWay.TYPED, now=stage.now)
    entered_vote = VoteInput(way=VoteWay.HANDS, count=Count(1, 0, 0))
    stage.do(votes.announce, _titles(stage, meeting_id)[LAMPS], entered_vote, now=stage.now)
    with pytest.raises(DomainError, match="已经用在表决上"):
        stage.do(undo.undo, step)
    open_ended = f"SELECT count(*) FROM vote_rule WHERE code = '{code}' AND until IS NULL"
    assert stage.ask(open_ended) == [(1,)]
