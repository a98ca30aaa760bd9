"""A resolution from the vote that made it to the day on which those concerned judge it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed, OutsideGrids
from app.models import (
    Objection,
    Resolution,
    ResolutionKind,
    ResolutionState,
    TopicState,
    Verdict,
    VoteOption,
)
from app.services import (
    evaluations,
    progress,
    progress_photos,
    publicity,
    resolution_life,
    resolution_notice,
    resolution_views,
    resolutions,
)
from app.services.evaluations import EvaluationInput
from app.services.progress import StepInput
from app.services.resolution_notice import NoticeWish
from app.services.resolution_views import ResolutionFilter
from app.services.resolutions import Charge
from app.storage.engine import Database
from app.values.rights import Actor, Right
from tests.services.resolution_stage import HELD, WORDS, Matter3, matter_on, put_matter

JPEG = b"\xff\xd8 a lamp that burns"


@pytest.fixture
def matter(database: Database) -> Matter3:
    return matter_on(database)


@pytest.fixture
def made(matter: Matter3) -> int:
    key = matter.make()
    assert key is not None
    return key


def finished(matter: Matter3, key: int, day: date = date(2026, 11, 21)) -> None:
    entered = StepInput(on_date=day, words="24 个单元的灯都亮了", photos=[JPEG])
    matter.do(resolution_life.finish, key, entered, now=matter.stage.now)


# -- what a vote makes


def test_a_vote_that_passed_makes_a_numbered_decision_and_its_topic_goes_on(
    matter: Matter3,
) -> None:
    key = matter.make()
    row = matter.row(key or 0)
    assert (row.number, row.kind, row.state) == (
        "决-2026-001",
        ResolutionKind.DECISION,
        ResolutionState.MADE,
    )
    assert (row.words, row.made_on, row.grid) == (WORDS, HELD, "第一网格")
    assert row.vote_words.startswith("赞成 25 票")
    assert row.vote_proof == "25 × 2 = 50"
    assert matter.topic_state is TopicState.DECIDED


def test_a_vote_that_did_not_pass_makes_nothing(matter: Matter3) -> None:
    assert matter.make(yes=20, passed=False) is None
    assert matter.topic_state is TopicState.REJECTED
    assert matter.stage.look(resolution_views.list_ids, today=matter.stage.today) == []


def test_a_body_that_may_not_decide_leaves_an_opinion_that_is_counted_apart(
    matter: Matter3,
) -> None:
    other = put_matter(matter.stage, matter.stage.forum, number=13)
    assert matter.row(matter.make() or 0).number == "决-2026-001"
    opinion = matter.row(other.make(decides=False) or 0)
    assert (opinion.number, opinion.kind) == ("商-2026-001", ResolutionKind.OPINION)
    assert other.topic_state is TopicState.DISCUSSED


def test_a_协商_that_was_only_written_down_is_an_opinion_without_a_vote(matter: Matter3) -> None:
    key = matter.stage.do(resolutions.make, matter.item_id, None, now=matter.stage.now)
    row = matter.row(key)
    assert (row.kind, row.vote_words, row.words) == (ResolutionKind.OPINION, "", WORDS)
    said = f"UPDATE agenda_item SET result = '先换三号楼' WHERE id = {matter.item_id}"
    matter.stage.tamper(said)
    again = matter.stage.do(resolutions.make, matter.item_id, None, now=matter.stage.now)
    assert matter.row(again).words == "先换三号楼"


def test_a_later_vote_on_the_same_item_takes_the_place_of_the_one_before(matter: Matter3) -> None:
    first = matter.make(yes=25)
    assert matter.make(yes=20, passed=False) is None
    fallen = matter.row(first or 0)
    assert (fallen.state, fallen.stopped_reason) == (
        ResolutionState.STOPPED,
        resolutions.AGAIN_NOT_PASSED,
    )
    again = matter.make(yes=30)
    row = matter.row(again or 0)
    assert again == first
    assert row.state is ResolutionState.MADE
    assert not row.stopped_reason
    assert row.vote_words.startswith("赞成 30 票")
    assert row.number == "决-2026-001"


def test_an_opinion_that_is_decided_after_all_is_numbered_among_the_decisions(
    matter: Matter3,
) -> None:
    matter.make(decides=False)
    assert matter.row(matter.make() or 0).number == "决-2026-001"


def test_what_a_协商_advised_is_done_with_once_the_topic_is_decided(matter: Matter3) -> None:
    advised = put_matter(matter.stage, matter.stage.forum, number=13)
    opinion = advised.make(decides=False) or 0
    same = f"UPDATE agenda_item SET topic_id = {advised.topic_id} WHERE id = {matter.item_id}"
    matter.stage.tamper(same)
    decision = matter.make() or 0
    row = matter.row(opinion)
    assert row.state is ResolutionState.DONE
    assert row.done_words == "已提交会议讨论决定，见 决-2026-001。"
    assert advised.topic_state is TopicState.DECIDED
    matter.do(resolution_life.again, opinion, "还要再议", now=matter.stage.now)
    finished(matter, opinion)
    # The decision is still to be carried out.
    assert advised.topic_state is TopicState.DECIDED
    finished(matter, decision)
    assert advised.topic_state is TopicState.DONE


def test_the_plan_that_was_chosen_among_several_stands_in_the_words(matter: Matter3) -> None:
    vote = matter.vote()
    for place, chosen in ((1, False), (2, True)):
        matter.stage.put(
            VoteOption, vote_id=vote, place=place, words=f"方案{place}", votes=place, chosen=chosen
        )
    key = matter.stage.do(resolutions.make, matter.item_id, vote, now=matter.stage.now)
    assert matter.row(key).words == f"{WORDS}\n选定方案：方案2"


def test_numbers_go_on_after_the_thousandth_and_begin_anew_each_year(matter: Matter3) -> None:
    key = matter.make()
    matter.stage.tamper("UPDATE resolution SET number = '决-2026-999'")
    other = put_matter(matter.stage, number=13)
    assert matter.row(other.make() or 0).number == "决-2026-1000"
    assert key is not None
    third = put_matter(matter.stage, number=14)
    assert matter.row(third.make() or 0).number == "决-2026-1001"
    matter.stage.tamper(f"UPDATE meeting SET on_date = '2027-01-05' WHERE id = {third.meeting_id}")
    matter.stage.tamper(f"DELETE FROM resolution WHERE meeting_id = {third.meeting_id}")
    assert matter.row(third.make() or 0).number == "决-2027-001"


# -- who sees to it


def test_who_sees_to_it_until_when_and_with_what_money(matter: Matter3, made: int) -> None:
    given = Charge(owner=" 金城物业  冯经理 ", due_on=date(2026, 12, 15), budget=18_600_00)
    matter.do(resolutions.charge, made, given)
    row = matter.row(made)
    assert (row.owner, row.due_on, row.budget) == (
        "金城物业 冯经理",
        date(2026, 12, 15),
        18_600_00,
    )
    assert row.grid == "第一网格", "the grid is that of the topic"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Charge(due_on=HELD - timedelta(days=1)), "不能更早"),
        (Charge(budget=-1), "不能小于零"),
        (Charge(owner="物" * 61), "最多 60 个字"),
    ],
)
def test_a_charge_that_cannot_be_is_refused(
    matter: Matter3, made: int, given: Charge, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        matter.do(resolutions.charge, made, given)


def test_a_second_window_does_not_write_over_what_the_first_one_wrote(
    matter: Matter3, made: int
) -> None:
    before = matter.row(made).version
    matter.do(resolutions.charge, made, Charge(owner="冯经理"))
    with pytest.raises(ChangedMeanwhile):
        matter.stage.do(resolutions.charge, made, Charge(owner="别人"), version=before)


def test_whoever_may_not_carry_out_writes_nothing(matter: Matter3, made: int) -> None:
    reader = Actor("查看员", "查看", frozenset({Right.VIEW_MEETINGS}))
    version = matter.row(made).version
    with pytest.raises(NotAllowed):
        matter.stage.do(resolutions.charge, made, Charge(), version=version, by=reader)


def test_a_grid_member_sees_and_moves_the_resolutions_of_his_own_grids_only(
    matter: Matter3, made: int
) -> None:
    rights = frozenset({Right.VIEW_MEETINGS, Right.CARRY_OUT})
    own = Actor("孙丽", "网格员", rights, frozenset({matter.stage.grids["one"]}))
    other = replace(own, grids=frozenset({matter.stage.grids["two"]}))
    look = resolution_views.list_ids
    assert matter.stage.look(look, today=matter.stage.today, by=own) == [made]
    assert matter.stage.look(look, today=matter.stage.today, by=other) == []
    entered = StepInput(on_date=matter.stage.today, words="灯具到货", photos=[JPEG])
    now, version = matter.stage.now, matter.row(made).version
    with pytest.raises(OutsideGrids):
        matter.stage.do(resolution_life.step, made, entered, version=version, now=now, by=other)
    matter.stage.do(resolution_life.step, made, entered, version=version, now=now, by=own)
    assert matter.row(made).steps == 1


# -- step by step


def test_the_first_step_puts_it_under_way_and_steps_stand_in_the_order_of_their_days(
    matter: Matter3, made: int
) -> None:
    for day, words, percent in ((20, "装完 3 号楼", 40), (18, "灯具到货", None)):
        entered = StepInput(on_date=date(2026, 11, day), words=words, percent=percent)
        matter.do(resolution_life.step, made, entered, now=matter.stage.now)
    row = matter.row(made)
    assert (row.state, row.percent) == (ResolutionState.UNDERWAY, 40)
    assert [one.words for one in matter.stage.look(progress.of_resolution, made)] == [
        "灯具到货",
        "装完 3 号楼",
    ]


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        (StepInput(on_date=date(2026, 11, 22), words="明天的事"), "还没有到"),
        (StepInput(on_date=date(2026, 11, 9), words="开会以前"), "不会更早"),
        (StepInput(on_date=date(2026, 11, 20), words="  "), "请写明进展"),
        (StepInput(on_date=date(2026, 11, 20), words="做完", percent=101), "0 到 100"),
        (StepInput(on_date=date(2026, 11, 20), words="拍照", photos=[JPEG] * 7), "最多放 6 张"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_leaves_nothing(
    matter: Matter3, made: int, entered: StepInput, words: str
) -> None:
    with pytest.raises(DomainError, match=words):
        matter.do(resolution_life.step, made, entered, now=matter.stage.now)
    assert matter.state(made) is ResolutionState.MADE
    assert matter.stage.look(progress.of_resolution, made) == []


def test_what_is_done_has_its_day_its_result_and_a_picture_and_so_has_the_topic(
    matter: Matter3, made: int
) -> None:
    finished(matter, made)
    row = matter.row(made)
    assert (row.state, row.percent, row.done_on) == (
        ResolutionState.DONE,
        100,
        date(2026, 11, 21),
    )
    assert row.done_words == "24 个单元的灯都亮了"
    assert [one.jpeg for one in matter.stage.see(progress_photos.of_resolution, made)] == [JPEG]
    assert matter.topic_state is TopicState.DONE
    with pytest.raises(DomainError, match="已办结，不能再改"):
        finished(matter, made)


def test_those_who_are_not_content_bring_it_back_and_what_was_done_stays_on_record(
    matter: Matter3, made: int
) -> None:
    with pytest.raises(DomainError, match="还没有办结"):
        matter.do(resolution_life.again, made, "灯不亮", now=matter.stage.now)
    finished(matter, made)
    matter.do(resolution_life.again, made, "5 号楼的灯不亮", now=matter.stage.now)
    row = matter.row(made)
    assert (row.state, row.done_on, row.steps) == (ResolutionState.UNDERWAY, None, 2)
    assert matter.topic_state is TopicState.DECIDED


def test_what_cannot_be_done_is_stopped_with_its_reason_only(matter: Matter3, made: int) -> None:
    with pytest.raises(DomainError, match="请写明终止的原因"):
        matter.do(resolution_life.stop, made, " ", now=matter.stage.now)
    matter.do(resolution_life.stop, made, "居民会议 11 月 20 日撤销", now=matter.stage.now)
    assert matter.row(made).stopped_reason == "居民会议 11 月 20 日撤销"
    assert matter.topic_state is not TopicState.DECIDED


# -- 公示


def test_a_decision_of_the_representatives_hangs_fifteen_days_as_居务公开(
    matter: Matter3, made: int
) -> None:
    with pytest.raises(DomainError, match="不得少于 15 日"):
        matter.do(resolution_notice.publish, made, NoticeWish(days=7), now=matter.stage.now)
    given = Charge(owner="冯经理", due_on=date(2026, 12, 15), budget=18_600_00)
    matter.do(resolutions.charge, made, given)
    wish = NoticeWish(days=15, posted_on=matter.stage.today)
    notice_id = matter.do(resolution_notice.publish, made, wish, now=matter.stage.now)
    row = matter.row(made)
    assert row.state is ResolutionState.PUBLIC
    assert row.notice_id == notice_id
    assert (row.posted_on, row.ends_on) == (date(2026, 11, 21), date(2026, 12, 6))
    [[body, affair]] = matter.stage.ask(f"SELECT body, affair FROM notice WHERE id = {notice_id}")
    assert affair == publicity.AFFAIRS[0]
    there = "应到 61 人，表决时到会 43 人。赞成 25 票，超过到会 43 人的半数（依据第二十九条）。"
    for words in (WORDS, "决-2026-001", there, "冯经理", "18,600.00 元"):
        assert words in body
    with pytest.raises(DomainError, match="已经写好"):
        matter.do(resolution_notice.publish, made, wish, now=matter.stage.now)


def test_an_opinion_is_made_public_as_what_was_agreed_in_协商(matter: Matter3) -> None:
    key = matter.make(decides=False) or 0
    notice_id = matter.do(resolution_notice.publish, key, NoticeWish(days=15), now=matter.stage.now)
    [[affair]] = matter.stage.ask(f"SELECT affair FROM notice WHERE id = {notice_id}")
    assert affair == publicity.AFFAIRS[4]


def test_a_公示_that_was_thrown_away_can_be_written_again(matter: Matter3, made: int) -> None:
    wish = NoticeWish(days=15)
    first = matter.do(resolution_notice.publish, made, wish, now=matter.stage.now)
    matter.stage.tamper(f"UPDATE notice SET deleted_at = '2026-11-21 09:00:00' WHERE id = {first}")
    assert matter.row(made).notice_id is None
    assert matter.do(resolution_notice.publish, made, wish, now=matter.stage.now) != first


def test_it_is_not_done_while_an_objection_waits_for_an_answer(matter: Matter3, made: int) -> None:
    wish = NoticeWish(days=15, posted_on=HELD)
    notice_id = matter.do(resolution_notice.publish, made, wish, now=matter.stage.now)
    objection = matter.stage.put(
        Objection, notice_id=notice_id, raised_on=HELD, who="刘军", words="灯太亮"
    )
    with pytest.raises(DomainError, match="还有 1 条异议没有答复"):
        finished(matter, made)
    assert matter.row(made).unanswered == 1
    matter.stage.tamper(
        f"UPDATE objection SET answered_on = '2026-11-20', answer = '换灯' WHERE id = {objection}"
    )
    finished(matter, made)
    assert (matter.row(made).objections, matter.row(made).unanswered) == (1, 0)


# -- 评议


def said(matter: Matter3, key: int, who: str, verdict: Verdict, words: str = "") -> int:
    entered = EvaluationInput(
        resident_id=matter.stage.people[who],
        on_date=matter.stage.today,
        verdict=verdict,
        words=words,
    )
    found: int = matter.do(evaluations.evaluate, key, entered)
    return found


def test_those_concerned_are_asked_once_it_is_done_each_with_one_word(
    matter: Matter3, made: int
) -> None:
    with pytest.raises(DomainError, match="办结以后"):
        said(matter, made, "chen", Verdict.GOOD)
    finished(matter, made)
    said(matter, made, "chen", Verdict.GOOD)
    said(matter, made, "sun", Verdict.FAIR)
    said(matter, made, "chen", Verdict.FAIR)
    asked = matter.stage.look(evaluations.asked, made)
    assert [(one.name, one.part, one.verdict) for one in asked] == [
        ("陈桂芳", "提出人", Verdict.FAIR),
        ("李建国", "联名", None),
        ("孙玉梅", "", Verdict.FAIR),
    ]
    assert matter.stage.look(evaluations.tally, made).words == "基本满意 2 人"
    assert matter.state(made) is ResolutionState.EVALUATED


def test_who_is_not_content_says_why(matter: Matter3, made: int) -> None:
    finished(matter, made)
    with pytest.raises(DomainError, match="哪里不满意"):
        said(matter, made, "li", Verdict.BAD)
    said(matter, made, "li", Verdict.BAD, "5 号楼的灯不亮")
    row = matter.row(made)
    assert (row.good, row.fair, row.bad) == (0, 0, 1)


def test_without_any_evaluation_left_it_is_only_done(matter: Matter3, made: int) -> None:
    finished(matter, made)
    key = said(matter, made, "li", Verdict.GOOD)
    matter.stage.do(evaluations.remove, key, now=matter.stage.now)
    assert matter.state(made) is ResolutionState.DONE
    said(matter, made, "li", Verdict.GOOD)
    assert matter.state(made) is ResolutionState.EVALUATED


# -- lists


def test_what_is_late_is_listed_first_and_counted(matter: Matter3, made: int) -> None:
    others = [put_matter(matter.stage, number=number) for number in (13, 14, 15)]
    keys = [one.make() or 0 for one in others]
    for key, day in ((made, 20), (keys[0], 15), (keys[1], 30)):
        matter.do(resolutions.charge, key, Charge(due_on=date(2026, 11, day)))
    finished(matter, keys[0])
    ids = matter.stage.look(resolution_views.list_ids, today=matter.stage.today)
    assert ids == [made, keys[1], keys[2], keys[0]]
    assert matter.stage.look(resolution_views.counts, today=matter.stage.today) == (3, 1)
    late = matter.stage.look(resolution_views.overdue, matter.stage.today)
    assert [row.id for row in late] == [made]
    assert late[0].late(matter.stage.today)


def test_a_list_is_narrowed_by_state_kind_body_grid_year_and_words(
    matter: Matter3, made: int
) -> None:
    def found(**chosen: object) -> list[int]:
        wanted = ResolutionFilter(**chosen)  # type: ignore[arg-type]  # the test names them
        ids: list[int] = matter.stage.look(
            resolution_views.list_ids, wanted, today=matter.stage.today
        )
        return ids

    assert found(states=(ResolutionState.MADE,), kind=ResolutionKind.DECISION) == [made]
    assert found(body_id=matter.stage.council, grid_id=matter.stage.grids["one"]) == [made]
    assert found(year=2026, text="声控灯 决-2026") == [made]
    assert found(year=2025) == found(states=(ResolutionState.DONE,)) == []
    assert found(kind=ResolutionKind.OPINION) == found(text="停车") == found(late=True) == []


def test_the_rows_that_are_gone_are_left_out(matter: Matter3, made: int) -> None:
    matter.stage.tamper(f"UPDATE {Resolution.__tablename__} SET deleted_at = '2026-11-21'")
    assert matter.stage.look(resolution_views.rows, [made]) == []
    with pytest.raises(DomainError, match="已经被删除"):
        matter.row(made)


def test_a_step_goes_back_with_its_pictures_and_so_does_the_end(matter: Matter3, made: int) -> None:
    entered = StepInput(on_date=date(2026, 11, 20), words="装错了楼", percent=40, photos=[JPEG])
    matter.do(resolution_life.step, made, entered, now=matter.stage.now)
    matter.stage.clerk.undo_last()
    row = matter.row(made)
    assert (row.state, row.percent, row.steps, row.photos) == (ResolutionState.MADE, 0, 0, 0)
    finished(matter, made)
    matter.stage.clerk.undo_last()
    assert matter.row(made).open
    assert matter.topic_state is TopicState.DECIDED


def test_a_topic_that_is_gone_or_of_another_grid_is_not_named(matter: Matter3, made: int) -> None:
    rights = frozenset({Right.VIEW_MEETINGS, Right.CARRY_OUT})
    own = Actor("孙丽", "网格员", rights, frozenset({matter.stage.grids["one"]}))
    look = resolution_views.resolution
    assert matter.stage.look(look, made, by=own).topic_id == matter.topic_id
    two = matter.stage.grids["two"]
    matter.stage.tamper(f"UPDATE topic SET grid_id = {two}")
    assert matter.stage.look(look, made, by=own).topic_id is None
    assert matter.row(made).topic_id == matter.topic_id
    matter.stage.tamper("UPDATE topic SET deleted_at = '2026-11-21 09:00:00'")
    assert matter.row(made).topic_id is None
