"""Votes: announced only when figures, quorum and law allow it, and never changed afterwards."""

from typing import Any

import pytest

from app.errors import DomainError
from app.models import BodyKind, ItemKind, Matter, MotionKind, VoteWay
from app.services import agenda, history, motions, sittings, undo, vote_views, votes
from app.services.agenda_input import ItemInput
from app.services.health.examination import examine_again
from app.services.health.kinds import Group
from app.services.vote_ground import Option, VoteInput
from app.services.voting import Count
from app.storage.engine import Database
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import (
    called,
    item,
    items_of,
    opened,
    owners_of,
    sign_in,
    version_of,
)
from tests.services.test_attendance import attend


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def counted(yes: int, no: int = 0, abstain: int = 0, invalid: int = 0, **more: Any) -> VoteInput:
    way = more.pop("way", VoteWay.BALLOT)
    return VoteInput(way=way, count=Count(yes, no, abstain, invalid), **more)


def announce(stage: Stage, item_id: int, entered: VoteInput) -> int:
    key: int = stage.do(votes.announce, item_id, entered, now=stage.now)
    return key


def council(stage: Stage, present: int = 43, *items: Any, **more: Any) -> tuple[int, int]:
    """A meeting of representatives with so many there, and its last item."""
    meeting_id = opened(stage, stage.council, *items, **more)
    sign_in(stage, meeting_id, stage.council, present)
    return meeting_id, items_of(stage, meeting_id)[-1]


def test_more_than_half_of_those_present_decide(stage: Stage) -> None:
    meeting_id, item_id = council(stage)
    announce(stage, item_id, counted(25, 14, 3, 1))
    (vote,) = stage.look(vote_views.votes, meeting_id)
    assert (vote.passed, vote.decides, vote.members, vote.voters) == (True, True, 61, 43)
    assert vote.words == "赞成 25 票，超过到会 43 人的半数，通过"
    assert vote.proof == "25 × 2 = 50，大于 43"
    assert stage.ask("SELECT kind, number, title FROM resolution") == [
        ("decision", "决-2026-001", "楼道照明改造")
    ]


def test_half_of_those_present_is_not_enough(stage: Stage) -> None:
    meeting_id, item_id = council(stage, 42)
    announce(stage, item_id, counted(21, 21))
    assert not stage.look(vote_views.votes, meeting_id)[0].passed
    assert stage.ask("SELECT count(*) FROM resolution") == [(0,)]


def test_an_announced_result_keeps_those_who_were_present_then(stage: Stage) -> None:
    meeting_id, item_id = council(stage, 41)
    announce(stage, item_id, counted(30, 11))
    late = stage.members(stage.council)[45]
    from app.services.attendance_views import MEMBER, Who

    attend(stage, meeting_id, Who(MEMBER, late))
    assert stage.look(vote_views.votes, meeting_id)[0].voters == 41


def test_two_desks_do_not_announce_the_same_vote(stage: Stage) -> None:
    meeting_id, item_id = council(stage)
    announce(stage, item_id, counted(25, 14, 3, 1, seen=0, request_key="one"))
    with pytest.raises(DomainError, match=r"另一个窗口宣布过：赞成 25 票.*重新表决"):
        announce(stage, item_id, counted(25, 14, 3, 1, seen=0, request_key="two"))
    assert len(stage.look(vote_views.votes, meeting_id)) == 1
    announce(stage, item_id, counted(26, 14, 3, seen=1, request_key="again"))
    assert len(stage.look(vote_views.votes, meeting_id)) == 2


def test_nothing_is_announced_without_a_quorum(stage: Stage) -> None:
    _, item_id = council(stage, 40)
    said = stage.look(votes.check, item_id, counted(40))
    assert said.verdict is None
    assert "还差 1 人" in said.words
    with pytest.raises(DomainError, match="不能表决"):
        announce(stage, item_id, counted(40))


@pytest.mark.parametrize(
    ("figures", "words"),
    [((43, 1), "比到会的 43 人多 1"), ((42, 0), "比到会的 43 人少 1")],
)
def test_figures_that_do_not_agree_with_those_present_are_refused(
    stage: Stage, figures: tuple[int, int], words: str
) -> None:
    _, item_id = council(stage)
    said = stage.look(votes.check, item_id, counted(*figures))
    assert (said.agrees, said.verdict) == (False, None)
    with pytest.raises(DomainError, match=words):
        announce(stage, item_id, counted(*figures))


def test_what_was_not_on_the_agenda_is_talked_over_and_never_decided(stage: Stage) -> None:
    meeting_id, _ = council(stage)
    added = stage.do(
        agenda.add_there, meeting_id, ItemInput(title="清理杂物", kind=ItemKind.DISCUSS)
    )
    stage.tamper(f"UPDATE agenda_item SET kind = 'decide_item' WHERE id = {added}")
    with pytest.raises(DomainError, match="没有列入已经通知的议程"):
        announce(stage, added, counted(43))


def test_a_matter_wants_the_discussion_of_the_party_and_the_delegation_first(
    stage: Stage,
) -> None:
    meeting_id, item_id = council(stage, 43, party_on=None, party_words="", delegation="")
    with pytest.raises(DomainError, match="“党组织研究”还没有记"):
        announce(stage, item_id, counted(43))
    note = {"party_on": stage.today, "party_words": "同意", "delegation": "不属于"}
    stage.do(sittings.note_party, meeting_id, **note)
    announce(stage, item_id, counted(43))
    assert stage.ask("SELECT passed FROM vote") == [(1,)]


def test_a_consultation_yields_an_opinion_without_any_quorum(stage: Stage) -> None:
    meeting_id = opened(stage, stage.forum)
    sign_in(stage, meeting_id, stage.forum, 2)
    announce(stage, items_of(stage, meeting_id)[0], counted(2, way=VoteWay.HANDS))
    assert stage.ask("SELECT kind, number FROM resolution") == [("opinion", "商-2026-001")]


def test_an_item_to_be_talked_over_yields_an_opinion_in_any_body(stage: Stage) -> None:
    meeting_id, item_id = council(stage, 5, item(kind=ItemKind.DISCUSS))
    announce(stage, item_id, counted(4, 1))
    vote = stage.look(vote_views.votes, meeting_id)[0]
    assert (vote.decides, vote.words[:4]) == (False, "意向表决")


def test_representatives_do_not_vote_by_household_and_a_bench_does(stage: Stage) -> None:
    _, item_id = council(stage)
    by_home = counted(20, 3, way=VoteWay.HOUSEHOLD)
    assert stage.look(votes.check, item_id, by_home).verdict is None
    with pytest.raises(DomainError, match="不能按户表决"):
        announce(stage, item_id, by_home)
    meeting_id = opened(stage, stage.forum)
    sign_in(stage, meeting_id, stage.forum, 3)
    announce(stage, items_of(stage, meeting_id)[0], counted(2, way=VoteWay.HOUSEHOLD))
    assert stage.ask("SELECT way, voters FROM vote") == [("by_household", 2)]


def test_owners_are_counted_by_heads_and_by_area(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners, item(matter=Matter.OWNERS_GENERAL))
    item_id = items_of(stage, meeting_id)[0]
    count = Count(3, 1, 0, 0, area_yes=355_75, area_no=300_00)
    announce(stage, item_id, VoteInput(way=VoteWay.AREA, count=count))
    vote = stage.look(vote_views.votes, meeting_id)[0]
    assert (vote.passed, vote.members, vote.voters) == (True, 5, 4)
    assert stage.ask("SELECT area_members, area_voters FROM vote") == [(700_00, 655_75)]


def test_owners_who_send_a_ballot_need_not_be_there(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners, item(matter=Matter.OWNERS_SPECIAL))
    attend(stage, meeting_id, owners_of(stage)[0])
    count = Count(2, 2, 0, 0, area_yes=180_50, area_no=475_25)
    announce(stage, items_of(stage, meeting_id)[0], VoteInput(way=VoteWay.AREA, count=count))
    assert not stage.look(vote_views.votes, meeting_id)[0].passed


def test_too_few_owners_decide_nothing(stage: Stage) -> None:
    meeting_id = opened(stage, stage.owners, item(matter=Matter.OWNERS_GENERAL))
    count = Count(3, 0, 0, 0, area_yes=655_75)
    with pytest.raises(DomainError, match="不能作出决定"):
        announce(stage, items_of(stage, meeting_id)[0], VoteInput(way=VoteWay.AREA, count=count))


def test_an_amendment_is_voted_on_by_itself_and_makes_no_resolution(stage: Stage) -> None:
    meeting_id, item_id = council(stage)
    motion = stage.do(
        motions.put,
        item_id,
        kind=MotionKind.AMENDMENT,
        words="先装 3 号楼",
        mover="李建国",
        seconders=4,
    )
    announce(stage, item_id, counted(9, 34, motion_id=motion))
    assert stage.look(motions.motions, item_id)[0].result.endswith("未通过")
    assert stage.ask("SELECT count(*) FROM resolution") == [(0,)]
    announce(stage, item_id, counted(43))
    with pytest.raises(DomainError, match="已经表决宣布"):
        stage.do(motions.put, item_id, kind=MotionKind.AMENDMENT, words="再改")
    assert len(stage.look(vote_views.votes, meeting_id)) == 2


def test_an_amendment_that_nobody_seconds_is_not_voted_on(stage: Stage) -> None:
    _, item_id = council(stage)
    motion = stage.do(motions.put, item_id, kind=MotionKind.AMENDMENT, words="先装 3 号楼")
    with pytest.raises(DomainError, match="至少 1 人附议"):
        announce(stage, item_id, counted(43, motion_id=motion))


def test_of_several_plans_the_one_with_the_majority_is_chosen(stage: Stage) -> None:
    meeting_id, item_id = council(stage)
    plans = (Option("声控灯", 25), Option("感应灯", 16))
    announce(stage, item_id, counted(0, 0, 2, options=plans))
    assert stage.ask("SELECT words, votes, chosen FROM vote_option ORDER BY place") == [
        ("声控灯", 25, 1),
        ("感应灯", 16, 0),
    ]
    vote = stage.look(vote_views.votes, meeting_id)[0]
    assert (vote.passed, vote.voters, vote.options[0].votes) == (True, 43, 25)


def test_a_second_press_of_the_key_announces_nothing_twice(stage: Stage) -> None:
    _, item_id = council(stage)
    first = announce(stage, item_id, counted(43, request_key="k"))
    assert announce(stage, item_id, counted(43, request_key="k")) == first
    assert stage.ask("SELECT count(*) FROM vote") == [(1,)]


def test_an_announced_result_is_not_taken_back(stage: Stage) -> None:
    _, item_id = council(stage)
    announce(stage, item_id, counted(43))
    (last,) = stage.see(lambda s: history.recent(s, limit=1))
    assert not last.undoable
    with pytest.raises(DomainError, match="要改请另行表决"):
        stage.do(undo.undo, last.id)


def test_the_words_that_were_voted_on_stay(stage: Stage) -> None:
    _, item_id = council(stage)
    stage.do(sittings.change_words, item_id, "换装声控灯", version=1)
    announce(stage, item_id, counted(43))
    with pytest.raises(DomainError, match="付表决的文字不能再改"):
        stage.do(
            sittings.change_words,
            item_id,
            "别的",
            version=version_of(stage, "agenda_item", item_id),
        )


def test_a_recall_goes_by_more_than_two_thirds_of_the_representatives(stage: Stage) -> None:
    meeting_id = opened(stage, stage.council, item(matter=Matter.RECALL))
    sign_in(stage, meeting_id, stage.council, 61)
    item_id = items_of(stage, meeting_id)[0]
    short = stage.look(votes.check, item_id, counted(36))
    assert short.verdict is None
    announce(stage, item_id, counted(20, 17))
    assert stage.ask("SELECT members, voters, passed FROM vote") == [(54, 37, 1)]


def test_nothing_is_voted_on_before_the_meeting_is_open(stage: Stage) -> None:
    meeting_id = called(stage, stage.bodies[BodyKind.CONSULTATION])
    said = stage.look(votes.check, items_of(stage, meeting_id)[0], counted(0))
    assert said.words == "会议没有在进行，不能表决。"


def test_a_motion_is_voted_on_once_and_on_its_own_item(stage: Stage) -> None:
    _, item_id = council(stage, 43, item(), item("停车"))
    first = item_id - 1
    motion = stage.do(
        motions.put, first, kind=MotionKind.AMENDMENT, words="改成太阳能灯", seconders=9
    )
    for wrong in (motion, motion + 9):
        with pytest.raises(DomainError, match="不在这一项里"):
            announce(stage, item_id, counted(30, 13, motion_id=wrong))
    announce(stage, first, counted(30, 13, motion_id=motion))
    with pytest.raises(DomainError, match=r"已经有结果：赞成 30 票.*另提动议"):
        announce(stage, first, counted(10, 33, motion_id=motion))


def test_plans_have_names_of_their_own(stage: Stage) -> None:
    _, item_id = council(stage)
    for names, words in ((("", "乙"), "写上名称"), (("甲", "甲 "), "“甲”写了两次")):
        plans = tuple(Option(name, number) for name, number in zip(names, (30, 13), strict=True))
        with pytest.raises(DomainError, match=words):
            announce(stage, item_id, counted(0, options=plans))


def test_what_fell_in_a_second_vote_is_no_fault_of_the_records_and_stands_after_a_third(
    stage: Stage,
) -> None:
    meeting_id, item_id = council(stage)
    announce(stage, item_id, counted(25, 18))
    announce(stage, item_id, counted(18, 25))
    assert stage.ask("SELECT state FROM resolution") == [("stopped",)]
    assert "decision_unfounded" not in found_faults(stage)
    stage.tamper("UPDATE resolution SET stopped_reason = '居民会议撤销'")
    announce(stage, item_id, counted(25, 18))
    assert stage.ask("SELECT state, stopped_reason FROM resolution") == [("made", None)]
    assert len(stage.look(vote_views.votes, meeting_id)) == 3


def found_faults(stage: Stage) -> set[str]:
    counts = {one.check.key: one.count for one in examine_again(stage.database, Group.MEETINGS)}
    return {key for key, number in counts.items() if number}
