"""Minutes: speeches with their seconds, motions, the end of a meeting, nothing changed after it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.errors import DomainError
from app.models import AttendWay, ItemKind, MotionKind, Stance, VoteWay
from app.services import (
    agenda,
    attendance,
    meeting_points,
    minutes,
    motions,
    points_items,
    sittings,
    speeches,
    votes,
)
from app.services.agenda_input import ItemInput
from app.services.minutes import EndInput, ItemEnd
from app.services.settings import MEETING_ITEM, SPEECH_TURNS
from app.services.vote_ground import VoteInput
from app.services.voting import Count
from app.storage.engine import Database
from app.values.rights import Actor, Right
from app.values.times import until_words
from tests.services.meeting_plans import topic
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import item, items_of, opened, owners_of, sign_in, version_of


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def talk(stage: Stage, *items: Any) -> tuple[int, list[int]]:
    """A 议事协商会 with two of three there."""
    meeting_id = opened(stage, stage.forum, *items)
    return meeting_id, sign_in(stage, meeting_id, stage.forum, 2)


def ended(stage: Stage, meeting_id: int, *items: ItemEnd, **more: Any) -> None:
    stage.do(minutes.end, meeting_id, EndInput(items=items, **more), now=stage.now)


def filed(stage: Stage) -> tuple[int, int]:
    meeting_id, _ = talk(stage)
    item_id = items_of(stage, meeting_id)[0]
    stage.do(minutes.write, item_id, "李建国：赞成。", version=1)
    ended(stage, meeting_id)
    version = version_of(stage, "meeting", meeting_id)
    stage.do(minutes.file, meeting_id, version=version, now=stage.now)
    return meeting_id, item_id


def test_a_speech_keeps_its_seconds_and_the_next_one_ends_it(stage: Stage) -> None:
    meeting_id, (first, second) = talk(stage)
    item_id = items_of(stage, meeting_id)[0]
    one = stage.do(speeches.ask, item_id, attendee_id=first, stance=Stance.FOR)
    two = stage.do(speeches.ask, item_id, attendee_id=second)
    stage.do(speeches.begin, one, now=stage.now)
    stage.do(speeches.begin, two, now=stage.now + timedelta(seconds=102))
    listed = stage.look(speeches.speeches, item_id)
    assert [(one.name, one.seconds, one.speaks) for one in listed] == [
        ("李建国", 102, False),
        ("陈桂芳", None, True),
    ]


def test_who_has_had_his_turns_speaks_no_more_on_a_matter(stage: Stage) -> None:
    stage.set(SPEECH_TURNS, 1)
    meeting_id, (first, _) = talk(stage)
    item_id = items_of(stage, meeting_id)[0]
    speech = stage.do(speeches.ask, item_id, attendee_id=first)
    with pytest.raises(DomainError, match="已经在发言名单上"):
        stage.do(speeches.ask, item_id, attendee_id=first)
    stage.do(speeches.begin, speech, now=stage.now)
    stage.do(speeches.end, speech, now=stage.now)
    with pytest.raises(DomainError, match="一件事每人最多 1 次"):
        stage.do(speeches.ask, item_id, attendee_id=first)


def test_who_is_not_there_does_not_speak_and_who_spoke_stays_on_the_list(stage: Stage) -> None:
    meeting_id, (first, second) = talk(stage)
    item_id = items_of(stage, meeting_id)[0]
    stage.do(attendance.leave, second, version=1, now=stage.now)
    with pytest.raises(DomainError, match="现在不在会上"):
        stage.do(speeches.ask, item_id, attendee_id=second)
    stage.do(speeches.ask, item_id, attendee_id=first)
    with pytest.raises(DomainError, match="已经在会上发言"):
        stage.do(attendance.remove, first, version=1)


def test_the_next_item_closes_a_report_and_leaves_a_vote_waiting(stage: Stage) -> None:
    report = item("通报", ItemKind.REPORT)
    meeting_id, _ = talk(stage, report, item())
    first, second = items_of(stage, meeting_id)
    for item_id in (first, second, first):
        stage.do(sittings.begin_item, item_id, now=stage.now)
    found = stage.ask("SELECT state, result FROM agenda_item ORDER BY place")
    assert found == [("item_now", "已通报"), ("waiting_item", None)]


def test_what_was_not_finished_is_left_and_what_was_agreed_upon_is_an_opinion(
    stage: Stage,
) -> None:
    talked = item("停车位划分", ItemKind.DISCUSS)
    meeting_id, _ = talk(stage, talked, item())
    first, second = items_of(stage, meeting_id)
    stage.do(sittings.begin_item, first, now=stage.now)
    agreed = ItemEnd(item_id=first, result="每户先划一个车位", opinion=True)
    ended(stage, meeting_id, agreed, ItemEnd(item_id=second, left=True))
    assert stage.ask("SELECT state FROM agenda_item ORDER BY place") == [
        ("item_done",),
        ("item_left",),
    ]
    assert stage.ask("SELECT kind, agenda_item_id FROM resolution") == [("opinion", first)]


def test_a_motion_without_a_result_keeps_the_meeting_open(stage: Stage) -> None:
    meeting_id, _ = talk(stage)
    item_id = items_of(stage, meeting_id)[0]
    motion = stage.do(motions.put, item_id, kind=MotionKind.PROCEDURE, words="先休息")
    with pytest.raises(DomainError, match="“程序动议 1”还没有结果"):
        ended(stage, meeting_id)
    stage.do(motions.close, motion, "撤回", version=1)
    ended(stage, meeting_id)
    with pytest.raises(DomainError, match="会议没有在进行"):
        ended(stage, meeting_id)


def test_after_the_end_nobody_votes_or_signs_in(stage: Stage) -> None:
    meeting_id, _ = talk(stage)
    ended(stage, meeting_id)
    count = VoteInput(way=VoteWay.HANDS, count=Count(2, 0, 0))
    with pytest.raises(DomainError, match="会议没有在进行"):
        stage.do(votes.announce, items_of(stage, meeting_id)[0], count, now=stage.now)
    with pytest.raises(DomainError, match="签到不能再改"):
        stage.do(attendance.observe, meeting_id, name="某人", now=stage.now)


def test_finished_minutes_are_only_added_to(stage: Stage) -> None:
    meeting_id, item_id = filed(stage)
    with pytest.raises(DomainError, match="请写修正，原文不动"):
        stage.do(minutes.write, item_id, "别的", version=version_of(stage, "agenda_item", item_id))
    given = {"words": "时间应为 9 时 30 分", "reason": "笔误"}
    stage.do(minutes.amend, meeting_id, item_id=item_id, now=stage.now, **given)
    (added,) = stage.look(minutes.amendments, meeting_id)
    assert (added.item, added.words, added.user_name) == (
        "楼道照明改造",
        "时间应为 9 时 30 分",
        "赵敏",
    )


def test_minutes_without_a_word_are_not_finished(stage: Stage) -> None:
    meeting_id, _ = talk(stage)
    ended(stage, meeting_id)
    with pytest.raises(DomainError, match="会议记录还是空的"):
        stage.do(
            minutes.file,
            meeting_id,
            version=version_of(stage, "meeting", meeting_id),
            now=stage.now,
        )


def test_who_came_gets_points_once_and_who_was_stood_for_gets_none(stage: Stage) -> None:
    stage.do(points_items.seed, today=stage.today)
    stage.set(MEETING_ITEM, "参加议事")
    meeting_id = opened(stage, stage.owners)
    first, second = owners_of(stage)[:2]
    line = stage.do(attendance.attend, meeting_id, first, way=AttendWay.TYPED, now=stage.now)
    stage.do(attendance.proxy, meeting_id, second, holder_id=line, now=stage.now)
    assert stage.do(meeting_points.post, meeting_id, now=stage.now) == 1
    assert stage.do(meeting_points.post, meeting_id, now=stage.now) == 0
    assert stage.ask("SELECT points, origin, source_key FROM points_claim") == [
        (2, "meeting_claim", f"attendee:{line}")
    ]


def test_what_came_up_in_the_meeting_is_an_item_of_its_own(stage: Stage) -> None:
    meeting_id, _ = talk(stage)
    added = stage.do(agenda.add_there, meeting_id, ItemInput(title="清理杂物"))
    stage.do(sittings.begin_item, added, now=stage.now)
    assert stage.look(agenda.item, added).added_there


def test_who_runs_meetings_alone_can_run_one_to_its_end(stage: Stage) -> None:
    stage.do(points_items.seed, today=stage.today)
    stage.set(MEETING_ITEM, "参加议事")
    meeting_id, _ = talk(stage, item(topic_id=topic(stage, 1, "楼道照明")))
    by = Actor("孙丽", "社工", frozenset({Right.VIEW_MEETINGS, Right.RUN_MEETINGS}))
    passed = VoteInput(way=VoteWay.HANDS, count=Count(2, 0, 0))
    stage.do(votes.announce, items_of(stage, meeting_id)[0], passed, now=stage.now, by=by)
    stage.do(minutes.end, meeting_id, EndInput(), now=stage.now, by=by)
    assert stage.do(meeting_points.post, meeting_id, now=stage.now, by=by) == 2
    assert stage.ask("SELECT state FROM topic") == [("discussed",)]


def test_a_clock_that_was_set_back_does_not_end_a_meeting_before_it_began(stage: Stage) -> None:
    meeting_id, _ = talk(stage)
    earlier = stage.now - timedelta(days=3)
    stage.do(minutes.end, meeting_id, EndInput(), now=earlier)
    [[opened_at, closed_at]] = stage.ask("SELECT opened_at, closed_at FROM meeting")
    assert closed_at == opened_at


def test_a_matter_that_is_carried_out_stays_so_when_it_is_talked_over_again(stage: Stage) -> None:
    about = topic(stage, 5, "楼道灯")
    decided = opened(stage, stage.council, item(topic_id=about))
    sign_in(stage, decided, stage.council, 43)
    count = VoteInput(way=VoteWay.HANDS, count=Count(43, 0, 0))
    stage.do(votes.announce, items_of(stage, decided)[0], count, now=stage.now)
    ended(stage, decided)
    meeting_id, _ = talk(stage, item(kind=ItemKind.DISCUSS, topic_id=about))
    (item_id,) = items_of(stage, meeting_id)
    ended(stage, meeting_id, ItemEnd(item_id=item_id, result="催办", opinion=True))
    assert stage.ask(f"SELECT state FROM topic WHERE id = {about}") == [("decided",)]


def test_a_meeting_of_another_day_ends_when_somebody_says(stage: Stage) -> None:
    meeting_id, _ = talk(stage)
    began, late = stage.now, stage.now + timedelta(hours=20)

    def end(closed_at: datetime | None) -> None:
        stage.do(minutes.end, meeting_id, EndInput(closed_at=closed_at), now=late)

    for told, words in (
        (None, "不是今天。请填散会时间"),
        (began - timedelta(hours=1), "早于开会的"),
        (late + timedelta(minutes=1), "还没有到"),
    ):
        with pytest.raises(DomainError, match=words):
            end(told)
    assert stage.ask("SELECT state, closed_at FROM meeting") == [("running", None)]
    end(began + timedelta(minutes=90))
    [(closed,)] = stage.ask("SELECT closed_at FROM meeting")
    assert datetime.fromisoformat(closed) == began + timedelta(minutes=90)


def test_an_end_is_told_with_its_day_where_that_is_another() -> None:
    start = datetime(2026, 11, 26, 14, 1)
    told = [until_words(start, start + timedelta(hours=hours)) for hours in (2, 12, 44)]
    assert told == ["16:01", "次日 02:01", "2026-11-28 10:01"]
