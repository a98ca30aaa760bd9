"""Ballots: numbered for everybody who votes, typed back in any order, summed to one result."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.errors import DomainError, NotAllowed
from app.models import (
    AgendaItem,
    Attendee,
    AttendWay,
    Basis,
    BodyKind,
    Capacity,
    Choice,
    ItemKind,
    Matter,
    Meeting,
    MeetingState,
)
from app.services import (
    ballot_views,
    ballots,
    history,
    meeting_rules,
    turnouts,
    vote_rule_sets,
    vote_rules,
    voting,
)
from app.services.ballot_views import Tally
from app.services.meeting_views import meeting
from app.services.voting import Count, Turnout
from app.storage.engine import Database
from app.values.rights import DEFAULTS, READER, Actor
from tests.services.meeting_stage import Stage, stage_on
from tests.services.test_vote_rules import FORUM

YES, NO, ABSTAIN = Choice.YES, Choice.NO, Choice.ABSTAIN


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _item(stage: Stage, kind: BodyKind, matter: Matter = Matter.ORDINARY, **of_meeting: Any) -> int:
    facts = {"state": MeetingState.RUNNING, "title": "会议", "number": 1, "starts": 840}
    held = stage.put(
        Meeting, body_id=stage.bodies[kind], on_date=stage.today, **{**facts, **of_meeting}
    )
    return stage.put(
        AgendaItem, meeting_id=held, place=1, kind=ItemKind.DECIDE, title="电梯大修", matter=matter
    )


def _back(stage: Stage, item: int, number: int, choice: Choice, **more: Any) -> Any:
    return stage.do(ballots.type_back, item, number, choice, today=stage.today, **more)


def test_each_owner_gets_one_ballot_with_all_that_is_his(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    assert stage.do(ballots.issue, item) == 5
    issued = stage.look(ballot_views.ballots, item)
    assert [one.number for one in issued] == [1, 2, 3, 4, 5]
    chen = issued[1]
    assert (chen.name, chen.area) == ("陈桂芳", 180_50)
    assert chen.place == "3 号楼 1-201、3 号楼 1-202"
    assert chen.choice is None
    # Asked again, only who came since gets one.
    assert stage.do(ballots.issue, item) == 0


def test_what_came_back_is_summed_by_people_and_area(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    stage.do(ballots.issue, item)
    for number, choice in ((4, YES), (2, NO), (1, YES), (5, Choice.INVALID)):
        _back(stage, item, number, choice)
    found: Tally = stage.look(ballot_views.tally, item)
    assert found.count == Count(2, 1, 0, 1, 390_00, 180_50, 0, 44_25)
    assert (found.issued, found.returned, found.area_issued) == (5, 4, 700_00)
    assert found.words == "发出 5 张，收回 4 张，还有 1 张没有收回"
    assert [one.number for one in stage.look(ballot_views.ballots, item, out_only=True)] == [3]


def test_representatives_alone_vote_on_a_recall(stage: Stage) -> None:
    assert stage.do(ballots.issue, _item(stage, BodyKind.REPRESENTATIVES)) == 61
    recall = _item(stage, BodyKind.REPRESENTATIVES, Matter.RECALL, number=2)
    assert stage.do(ballots.issue, recall) == 54
    assert {one.area for one in stage.look(ballot_views.ballots, recall)} == {0}


def test_the_committee_is_no_part_of_a_recall(stage: Stage) -> None:
    recall = _item(stage, BodyKind.REPRESENTATIVES, Matter.RECALL)
    (held,) = stage.ask(f"SELECT meeting_id FROM agenda_item WHERE id = {recall}")[0]
    for member in stage.members(stage.council)[:9]:
        stage.put(
            Attendee,
            meeting_id=held,
            capacity=Capacity.MEMBER,
            body_member_id=member,
            name="到会",
            way=AttendWay.TYPED,
            came_at=stage.now,
        )
    usual = stage.look(turnouts.turnout, held)
    assert usual.turnout == Turnout(61, 9)
    found = stage.look(turnouts.turnout, held, Matter.RECALL)
    # Seven of them are the committee.
    assert found.turnout == Turnout(54, 2)
    assert found.verdict.words.endswith("还差 35 人），不能作出决定")


def test_households_vote_where_each_sends_one(stage: Stage) -> None:
    item = _item(stage, BodyKind.ASSEMBLY, basis=Basis.HOUSEHOLDS)
    assert stage.do(ballots.issue, item) == len(stage.people)
    assert "李建国" in {one.name for one in stage.look(ballot_views.ballots, item)}
    by_person = _item(stage, BodyKind.ASSEMBLY, basis=Basis.RESIDENTS, number=2)
    with pytest.raises(DomainError, match="不记名"):
        stage.do(ballots.issue, by_person)


def test_a_ballot_comes_back_once_and_is_put_right_on_purpose(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    stage.do(ballots.issue, item)
    _back(stage, item, 1, YES)
    with pytest.raises(DomainError, match="第 1 号票已经收回，录的是赞成"):
        _back(stage, item, 1, NO)
    assert _back(stage, item, 1, NO, correct=True).choice is NO
    assert stage.look(ballot_views.tally, item).count == Count(0, 1, 0, 0, 0, 90_00)
    stage.do(ballots.take_out, item, 1)
    assert stage.look(ballot_views.tally, item).returned == 0
    with pytest.raises(DomainError, match="没有发过第 6 号票"):
        _back(stage, item, 6, YES)


def test_a_typed_ballot_is_typed_again_and_not_undone(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    stage.do(ballots.issue, item)
    _back(stage, item, 1, YES)
    line = stage.ask("SELECT id FROM operation ORDER BY id DESC LIMIT 1")[0][0]
    with pytest.raises(DomainError, match="按票号再录一次"):
        stage.do(history.undo, line)


def test_a_code_of_another_item_is_not_taken(stage: Stage) -> None:
    assert ballot_views.number_of(7, "BP7-12") == 12
    assert ballot_views.number_of(7, " １2 ") == 12
    with pytest.raises(DomainError, match="不是这一项"):
        ballot_views.number_of(7, "BP8-12")
    with pytest.raises(DomainError, match="扫票上的码"):
        ballot_views.number_of(7, "十二")


def test_proxies_are_named_and_do_not_hand_on(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    stage.do(ballots.issue, item)
    assert _back(stage, item, 1, YES, proxy="陈桂芳").proxy == "陈桂芳"
    with pytest.raises(DomainError, match="陈桂芳受了别人的托"):
        _back(stage, item, 2, YES, proxy="孙玉梅")
    with pytest.raises(DomainError, match="李建国自己也委托了别人"):
        _back(stage, item, 3, YES, proxy="李建国")
    with pytest.raises(DomainError, match="不填受托人"):
        _back(stage, item, 3, YES, proxy="孙玉梅")
    # By law an owner may stand for any number.
    assert _back(stage, item, 5, NO, proxy="陈桂芳").choice is NO


def test_nobody_stands_for_more_than_the_rule_allows(stage: Stage) -> None:
    own = stage.do(vote_rule_sets.add, replace(FORUM, proxies=1), since=stage.today)
    code = stage.look(vote_rules.rule, own).code
    stage.tamper(f"UPDATE body SET rule_code = '{code}' WHERE id = {stage.forum}")
    item = _item(stage, BodyKind.CONSULTATION)
    stage.do(ballots.issue, item)
    _back(stage, item, 1, YES, proxy="王芳")
    with pytest.raises(DomainError, match="王芳已经受了 1 人的托，按规则一人最多受 1 人的托"):
        _back(stage, item, 2, YES, proxy="王芳")


def test_a_room_that_was_taken_out_has_no_weight(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    stage.do(ballots.issue, item)
    _back(stage, item, 2, YES)
    stage.tamper("UPDATE owner_unit SET deleted_at = '2026-11-20' WHERE area = 6050")
    assert stage.look(ballot_views.tally, item).count == Count(1, 0, 0, 0, 120_00)
    assert stage.look(ballot_views.ballot, item, 2).area == 120_00


def test_representatives_send_nobody(stage: Stage) -> None:
    item = _item(stage, BodyKind.REPRESENTATIVES)
    stage.do(ballots.issue, item)
    with pytest.raises(DomainError, match="没有委托投票"):
        _back(stage, item, 1, YES, proxy="李建国")


def test_after_the_result_was_announced_no_ballot_changes(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    stage.do(ballots.issue, item)
    stage.tamper(
        "INSERT INTO vote (agenda_item_id, way, rule, members, voters, yes, no, abstain, invalid,"
        " area_members, area_voters, area_yes, area_no, area_abstain, area_invalid, passed, words,"
        f" proof, announced_at, entered_by) VALUES ({item}, 'by_area', '{{}}', 5, 0, 0, 0, 0, 0,"
        " 0, 0, 0, 0, 0, 0, 0, '', '', '2026-11-21 09:30:00', '')"
    )
    for late in (ballots.issue, lambda s, i: ballots.take_out(s, i, 1)):
        with pytest.raises(DomainError, match="结果已经宣布"):
            stage.do(late, item)
    with pytest.raises(DomainError, match="结果已经宣布"):
        _back(stage, item, 1, YES)


def test_what_was_not_on_the_agenda_gets_no_ballots(stage: Stage) -> None:
    item = _item(stage, BodyKind.REPRESENTATIVES)
    stage.tamper(f"UPDATE agenda_item SET added_there = 1 WHERE id = {item}")
    with pytest.raises(DomainError, match="临时议题"):
        stage.do(ballots.issue, item)
    over = _item(stage, BodyKind.OWNERS, state=MeetingState.FILED)
    with pytest.raises(DomainError, match="不能再发票"):
        stage.do(ballots.issue, over)


def test_a_reader_types_nothing(stage: Stage) -> None:
    item = _item(stage, BodyKind.OWNERS)
    with pytest.raises(NotAllowed):
        stage.do(ballots.issue, item, by=Actor("看", READER, DEFAULTS[READER]))


CHOICES = st.lists(st.sampled_from([*Choice, None]), min_size=5, max_size=5)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(choices=CHOICES, seed=st.integers(0, 1000))
def test_no_order_of_typing_changes_the_result(
    database: Database, choices: list[Choice | None], seed: int
) -> None:
    stage = stage_on(database)
    item = _item(stage, BodyKind.OWNERS)
    typed = [(number, one) for number, one in enumerate(choices, start=1) if one is not None]
    shuffled = random.Random(seed).sample(typed, len(typed))
    results = [stage.do(_typed_in, item, order) for order in (typed, typed[::-1], shuffled)]
    assert results[0] == results[1] == results[2]
    by_hand = tuple(choices.count(one) for one in Choice)
    assert results[0][0].count.people == by_hand


def _typed_in(session: Session, item: int, order: list[tuple[int, Choice]]) -> tuple[Tally, str]:
    """All come back in this order, some of them mistyped first; the result, and a clean table."""
    ballots.issue(session, item)
    today = meeting(session, 1).on_date
    for place, (number, choice) in enumerate(order):
        if place % 2:
            ballots.type_back(session, item, number, Choice.NO, today=today)
        ballots.type_back(session, item, number, choice, today=today, correct=True)
    found = ballot_views.tally(session, item)
    rule = meeting_rules.rule_of(session, meeting(session, 1))
    try:
        words = voting.outcome(rule, Turnout(5, 5, 700_00, 700_00), found.count).words
    except DomainError as error:
        words = str(error)
    for number, _ in order:
        ballots.take_out(session, item, number)
    return found, words
