"""A meeting from its planning to its opening: agenda, notice days, what is still wanted."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    Ballot,
    Basis,
    BodyKind,
    ItemKind,
    ItemState,
    MeetingState,
    Notice,
    Resolution,
    ResolutionKind,
    ResolutionState,
    TopicState,
)
from app.services import (
    agenda,
    agenda_carry,
    agenda_topics,
    meeting_checks,
    meeting_due,
    meeting_papers,
    meeting_views,
    meetings,
    notice_papers,
    notices,
    recycle_bin,
)
from app.services.agenda import ItemInput
from app.services.meeting_views import MeetingFilter
from app.services.notice_kinds import DOOR
from app.services.papers import Printing
from app.storage.engine import Database
from app.values.rights import Actor, Right
from tests.services.meeting_plans import (
    SOON,
    TODAY,
    called,
    entered,
    held,
    opened,
    planned,
    topic,
    version,
)
from tests.services.meeting_stage import Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def titles(stage: Stage, meeting_id: int) -> list[str]:
    return [one.title for one in stage.look(agenda.items, meeting_id)]


def gaps(stage: Stage, meeting_id: int) -> dict[str, str]:
    found = stage.look(meeting_checks.checks, meeting_id, today=stage.today)
    return {one.name: one.words for one in found if one.done is False}


def test_a_meeting_is_numbered_in_its_body_and_named_by_it(stage: Stage) -> None:
    planned(stage)
    second = planned(stage, on_date=SOON + timedelta(days=1))
    other = planned(stage, body_id=stage.forum)
    assert stage.look(meeting_views.meeting, second).title == "第 2 次居民代表会议"
    assert stage.look(meeting_views.meeting, other).title == "第 1 次议事协商会"


def test_a_cancelled_meeting_leaves_its_number_to_the_next(stage: Stage) -> None:
    first = planned(stage)
    stage.do(meetings.cancel, first, reason="停电", version=version(stage, first))
    second = planned(stage)
    assert stage.look(meeting_views.meeting, second).number == 1
    assert stage.look(meeting_views.meeting, first).state is MeetingState.CANCELLED


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on_date": date(2025, 12, 31)}, "任期不包括"),
        ({"on_date": date(2028, 12, 31)}, "太远"),
        ({"starts": 1440}, "开始时间"),
        ({"place": "楼" * 81}, "地点"),
        ({"party_on": SOON + timedelta(days=1)}, "党组织研究"),
    ],
)
def test_what_cannot_be_is_refused(stage: Stage, wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        planned(stage, **wrong)


def test_an_assembly_is_of_all_residents_or_of_households(stage: Stage) -> None:
    assembly = stage.bodies[BodyKind.ASSEMBLY]
    with pytest.raises(DomainError, match="参加范围"):
        planned(stage, body_id=assembly)
    key = planned(stage, body_id=assembly, basis=Basis.HOUSEHOLDS)
    assert stage.look(meeting_views.meeting, key).basis is Basis.HOUSEHOLDS


def test_the_same_meeting_is_not_planned_twice(stage: Stage) -> None:
    planned(stage)
    with pytest.raises(DomainError, match="没有重复登记"):
        planned(stage)


def test_who_may_not_run_meetings_plans_none(stage: Stage) -> None:
    reader = Actor("来访", "只读", frozenset({Right.VIEW_MEETINGS}))
    with pytest.raises(NotAllowed):
        stage.do(meetings.plan, entered(stage), now=stage.now, by=reader)


def test_an_old_version_of_a_meeting_is_not_saved_over_a_newer(stage: Stage) -> None:
    key = planned(stage)
    stale = version(stage, key)
    stage.do(meetings.change, key, entered(stage, chair="周立群"), version=stale, now=stage.now)
    with pytest.raises(ChangedMeanwhile):
        stage.do(meetings.change, key, entered(stage), version=stale, now=stage.now)


def test_items_move_and_are_numbered_anew(stage: Stage) -> None:
    key = planned(stage, "停车位", "楼道灯", "其他")
    last = stage.look(agenda.items, key)[2]
    stage.do(agenda.move, last.id, 1)
    assert titles(stage, key) == ["其他", "停车位", "楼道灯"]
    stage.do(agenda.remove, last.id, version=stage.look(agenda.item, last.id).version)
    assert [one.place for one in stage.look(agenda.items, key)] == [1, 2]


def test_what_the_last_meeting_left_comes_on_by_itself(stage: Stage) -> None:
    held(stage, date(2026, 5, 8), ("早就议完", ItemState.LEFT))
    held(
        stage,
        date(2026, 9, 8),
        ("楼道灯", ItemState.DONE),
        ("增补代表", ItemState.LEFT),
        number=2,
    )
    key = planned(stage)
    [item] = stage.look(agenda.items, key)
    assert (item.title, item.kind, item.added_there) == ("增补代表", ItemKind.DECIDE, False)
    assert item.follows == "第 2 次居民代表会议（2026-09-08）"
    assert stage.do(agenda_carry.carry_over, key) == 0


def test_open_resolutions_are_reported_first_and_told_anew(stage: Stage) -> None:
    [item] = held(stage, date(2026, 9, 8), ("楼道灯", ItemState.DONE))
    resolution = stage.put(
        Resolution,
        number="决-2026-001",
        kind=ResolutionKind.DECISION,
        meeting_id=1,
        agenda_item_id=item,
        title="楼道灯",
        words="换灯",
        made_on=date(2026, 9, 8),
        owner="周立群",
        due_on=date(2026, 12, 15),
        state=ResolutionState.UNDERWAY,
        percent=40,
    )
    key = planned(stage, "停车位")
    first = stage.look(agenda.items, key)[0]
    assert first.title == agenda_carry.REPORT_TITLE
    assert first.words == "1. 决-2026-001 楼道灯：办理中 40%，责任人 周立群，期限 2026-12-15"
    stage.tamper(f"UPDATE resolution SET percent = 80 WHERE id = {resolution}")
    stage.do(agenda_carry.carry_over, key)
    told = stage.look(agenda.items, key)[0]
    assert "80%" in told.words
    written = ItemInput(title=told.title, kind=told.kind, words=f"{told.words}\n请周立群到会说明")
    stage.do(agenda.change, told.id, written, version=told.version)
    stage.tamper(f"UPDATE resolution SET percent = 90 WHERE id = {resolution}")
    stage.do(agenda_carry.carry_over, key)
    assert stage.look(agenda.items, key)[0].words.endswith("到会说明")
    assert len(stage.look(agenda.items, key)) == 2


def test_a_notice_names_every_item_and_waits_in_the_papers(stage: Stage) -> None:
    key = planned(stage, "楼道灯改造")
    notice_id = called(stage, key)
    [(kind, title, body, when)] = stage.ask(
        f"SELECT kind, title, body, when_words FROM notice WHERE id = {notice_id}"
    )
    assert (kind, title) == ("会议通知", "关于召开第 1 次居民代表会议的通知")
    assert "（1）楼道灯改造（协商）" in body
    assert "代理" not in body
    assert when == "2026年12月10日（周四）14:00"
    assert stage.look(meeting_views.meeting, key).state is MeetingState.CALLED


@pytest.mark.parametrize(("days", "fits"), [(9, False), (10, True), (11, True)])
def test_an_assembly_is_called_ten_days_before_or_with_a_reason(
    stage: Stage, days: int, fits: bool
) -> None:
    assembly = stage.bodies[BodyKind.ASSEMBLY]
    key = planned(stage, "公约", body_id=assembly, basis=Basis.RESIDENTS)
    day = SOON - timedelta(days=days)
    if not fits:
        with pytest.raises(DomainError, match=r"提前 9 天，应当提前 10 天.*第二十六条.*写明原因"):
            called(stage, key, day)
        called(stage, key, day, short_notice="台风将至")
    else:
        called(stage, key, day)
    assert stage.look(meeting_views.meeting, key).short_notice == ("" if fits else "台风将至")


@pytest.mark.parametrize(("days", "fits"), [(14, False), (15, True)])
def test_owners_are_called_fifteen_days_before_without_exception(
    stage: Stage, days: int, fits: bool
) -> None:
    key = planned(stage, "维修资金", body_id=stage.owners)
    told = {"short_notice": "急", "committee_told_on": TODAY}
    if fits:
        called(stage, key, SOON - timedelta(days=days), **told)
    else:
        with pytest.raises(DomainError, match=r"应当提前 15 天通知全体业主.*请把会议改到 12-11"):
            called(stage, key, SOON - timedelta(days=days), **told)


def test_of_an_owners_meeting_the_committee_is_told(stage: Stage) -> None:
    key = planned(stage, "维修资金", body_id=stage.owners)
    assert "告知居委会" in gaps(stage, key)
    with pytest.raises(DomainError, match="同时告知居民委员会"):
        called(stage, key)
    notice_id = called(stage, key, committee_told_on=TODAY)
    assert "告知居委会" not in gaps(stage, key)
    assert "书面委托" in stage.ask(f"SELECT body FROM notice WHERE id = {notice_id}")[0][0]


def test_days_that_are_no_law_are_a_hint(stage: Stage) -> None:
    key = planned(stage, "楼道灯")
    called(stage, key, SOON - timedelta(days=1))
    found = stage.look(meeting_checks.checks, key, today=stage.today)
    [line] = [one for one in found if one.name == "会议通知"]
    assert line.done is None
    assert line.article == "法律没有规定天数，是建议"


def test_nothing_is_called_without_agenda_or_place(stage: Stage) -> None:
    key = planned(stage)
    with pytest.raises(DomainError, match="还没有议程"):
        called(stage, key)
    stage.do(agenda.add, key, ItemInput(title="楼道灯"))
    stage.do(
        meetings.change,
        key,
        entered(stage, place=""),
        version=version(stage, key),
        now=stage.now,
    )
    with pytest.raises(DomainError, match="地点"):
        called(stage, key)


def test_another_matter_under_an_announced_item_counts_as_not_told(stage: Stage) -> None:
    key = planned(stage, "楼道灯")
    called(stage, key)
    (told,) = stage.look(agenda.items, key)
    same = ItemInput(title="楼道灯", words="换声控灯")
    stage.do(agenda.change, told.id, same, version=told.version)
    assert not stage.look(agenda.item, told.id).added_there
    other = ItemInput(title="涨价", kind=ItemKind.DECIDE)
    stage.do(agenda.change, told.id, other, version=told.version + 1)
    assert stage.look(agenda.item, told.id).added_there
    assert "重新通知" in next(
        one.words
        for one in stage.look(meeting_checks.checks, key, today=stage.today)
        if one.name == "临时议题"
    )
    called(stage, key)
    assert not stage.look(agenda.item, told.id).added_there


def test_what_was_announced_to_be_talked_over_is_not_decided_until_all_are_told_again(
    stage: Stage,
) -> None:
    key = planned(stage, "楼道灯")
    called(stage, key)
    (told,) = stage.look(agenda.items, key)
    decided = ItemInput(title="楼道灯", kind=ItemKind.DECIDE, words="换声控灯")
    stage.do(agenda.change, told.id, decided, version=told.version)
    assert stage.look(agenda.item, told.id).added_there
    called(stage, key)
    assert not stage.look(agenda.item, told.id).added_there


def test_what_comes_after_the_notice_is_not_decided_until_all_are_told_again(stage: Stage) -> None:
    key = planned(stage, "楼道灯")
    called(stage, key)
    with pytest.raises(DomainError, match="会议通知里没有这项，只能协商"):
        stage.do(agenda.add, key, ItemInput(title="涨价", kind=ItemKind.DECIDE))
    late = stage.do(agenda.add, key, ItemInput(title="涨价"))
    assert stage.look(agenda.item, late).added_there
    called(stage, key)
    told = stage.look(agenda.item, late)
    assert not told.added_there
    decided = ItemInput(title="涨价", kind=ItemKind.DECIDE)
    stage.do(agenda.change, late, decided, version=told.version)
    assert stage.look(agenda.item, late).kind is ItemKind.DECIDE


def test_another_day_means_that_all_are_told_again(stage: Stage) -> None:
    key = planned(stage, "楼道灯")
    called(stage, key)
    stage.do(
        meetings.change,
        key,
        entered(stage, chair="周立群"),
        version=version(stage, key),
        now=stage.now,
    )
    assert stage.look(meeting_views.meeting, key).state is MeetingState.CALLED
    stage.do(
        meetings.change,
        key,
        entered(stage, on_date=SOON + timedelta(days=7)),
        version=version(stage, key),
        now=stage.now,
    )
    row = stage.look(meeting_views.meeting, key)
    assert (row.state, row.notified_on, row.notice_id) == (MeetingState.PLANNED, None, None)
    assert stage.clerk.see(lambda s: s.query(Notice).count()) == 1


def test_the_list_tells_what_is_wanted_and_by_which_article(stage: Stage) -> None:
    key = planned(stage, "楼道灯", recorder="")
    [item] = stage.look(agenda.items, key)
    decided = replace(ItemInput(title="楼道灯"), kind=ItemKind.DECIDE)
    stage.do(agenda.change, item.id, decided, version=item.version)
    found = stage.look(meeting_checks.checks, key, today=stage.today)
    told = {one.name: (one.done, one.words, one.article) for one in found}
    assert told["议程"] == (True, "共 1 项，1 项表决", "")
    assert told["决议草案"] == (False, "第 1 项要表决，还没有写付表决的文字", "")
    assert told["时间地点"][:2] == (False, "记录人还没有填")
    assert told["会议通知"][:2] == (False, "提前 3 天通知居民代表，最迟 12-07")
    assert told["党组织研究"][0] is False
    assert told["党组织研究"][2] == "城市居民委员会组织法第三十条"
    assert told["居民会议授权"][0] is False
    assert told["应到"][1] == "应到 61 人，到会 41 人（三分之二以上）会议有效"
    stage.do(
        meetings.change,
        key,
        entered(stage, party_on=TODAY, delegation="不属于"),
        version=version(stage, key),
        now=stage.now,
    )
    assert not {"党组织研究", "居民会议授权"} & set(gaps(stage, key))


def test_a_consultation_wants_neither_party_nor_quorum(stage: Stage) -> None:
    key = planned(stage, "停车", body_id=stage.forum)
    [item] = stage.look(agenda.items, key)
    wish = ItemInput(title="停车", kind=ItemKind.DECIDE, words="划线")
    stage.do(agenda.change, item.id, wish, version=item.version)
    assert gaps(stage, key) == {}


def test_opening_keeps_how_many_should_be_there(stage: Stage) -> None:
    key = planned(stage, "楼道灯", on_date=TODAY)
    called(stage, key)
    opened(stage, key)
    row = stage.look(meeting_views.meeting, key)
    assert (row.state, row.expected) == (MeetingState.RUNNING, 61)
    assert row.opened_at == stage.now
    with pytest.raises(DomainError, match="议程不能再改"):
        stage.do(agenda.add, key, ItemInput(title="涨价"))
    with pytest.raises(DomainError, match="只能协商"):
        stage.do(agenda.add_there, key, ItemInput(title="涨价", kind=ItemKind.DECIDE))
    there = stage.do(agenda.add_there, key, ItemInput(title="涨价"))
    assert stage.look(agenda.item, there).added_there


def test_owners_are_expected_with_their_area(stage: Stage) -> None:
    key = planned(stage, "维修资金", body_id=stage.owners)
    called(stage, key, committee_told_on=TODAY)
    opened(stage.at(SOON), key)
    row = stage.look(meeting_views.meeting, key)
    assert (row.expected, row.expected_area) == (5, 700_00)


def test_a_meeting_is_not_opened_before_its_day_nor_without_notice_nor_agenda(
    stage: Stage,
) -> None:
    early = planned(stage, "楼道灯")
    with pytest.raises(DomainError, match="还没有到"):
        opened(stage, early)
    untold = planned(stage, "楼道灯", on_date=TODAY)
    with pytest.raises(DomainError, match="提前 3 天通知"):
        opened(stage, untold)
    empty = planned(stage, body_id=stage.forum, on_date=TODAY)
    with pytest.raises(DomainError, match="还没有议程"):
        opened(stage, empty)


def test_a_meeting_that_was_held_is_neither_changed_nor_cancelled_nor_deleted(
    stage: Stage,
) -> None:
    key = planned(stage, "停车", body_id=stage.forum, on_date=TODAY)
    opened(stage, key)
    told: tuple[Any, ...] = (meetings.change, key, entered(stage, stage.forum))
    with pytest.raises(DomainError, match="已经开始"):
        stage.do(*told, version=version(stage, key), now=stage.now)
    with pytest.raises(DomainError, match="已经开始"):
        stage.do(meetings.cancel, key, reason="停电", version=version(stage, key))
    with pytest.raises(DomainError, match="不能删除"):
        stage.do(meetings.remove, key, version=version(stage, key), now=stage.now)


def test_the_list_begins_with_what_is_next(stage: Stage) -> None:
    held(stage, date(2026, 5, 8))
    held(stage, date(2026, 9, 8), number=2)
    later = planned(stage, on_date=SOON + timedelta(days=7))
    sooner = planned(stage, "楼道灯", body_id=stage.forum)
    found = list(stage.look(meeting_views.list_ids))
    assert found[:2] == [sooner, later]
    days = [one.on_date for one in stage.look(meeting_views.rows, found[2:])]
    assert days == [date(2026, 9, 8), date(2026, 5, 8)]
    by_word = MeetingFilter(text="楼道")
    assert list(stage.look(meeting_views.list_ids, by_word)) == [sooner]
    over = MeetingFilter(states=(MeetingState.ENDED,), until=date(2026, 6, 30))
    assert len(stage.look(meeting_views.list_ids, over)) == 1


def test_representatives_meet_every_half_year(stage: Stage) -> None:
    """2026-01-08 the term began; after a meeting on 05-31 the next is due by 11-30."""
    late = stage.look(meeting_due.due, today=stage.today)
    assert [(one.body_id, one.due_on) for one in late] == [
        (stage.council, date(2026, 7, 8)),
        (stage.joint, date(2026, 7, 8)),
    ]
    assert "居民代表会议" in stage.look(meeting_due.reminder, today=stage.today)
    held(stage, date(2026, 5, 31))
    [council] = [
        one
        for one in stage.look(meeting_due.due, today=stage.today)
        if one.body_id == stage.council
    ]
    assert council.due_on == date(2026, 11, 30)
    assert not council.late(stage.today)
    assert "2026-05-31 开过，11-30 前应再开一次" in council.words(stage.today)
    planned(stage)
    assert "居民代表会议" not in stage.look(meeting_due.reminder, today=stage.today)


def test_what_is_held_today_is_thought_of(stage: Stage) -> None:
    planned(stage, body_id=stage.forum, on_date=TODAY, starts=15 * 60)
    said = stage.look(meeting_due.reminder, today=stage.today)
    assert said.startswith("今天 15:00 第 1 次议事协商会，")
    assert "该发通知" not in said
    planned(stage, on_date=TODAY + timedelta(days=6))
    assert "，1 次会议该发通知，" in stage.look(meeting_due.reminder, today=stage.today)


def test_of_owners_the_area_is_wanted_as_well(stage: Stage) -> None:
    key = planned(stage, "维修资金", body_id=stage.owners)
    found = stage.look(meeting_checks.checks, key, today=stage.today)
    [line] = [one for one in found if one.name == "应到"]
    assert line.words == "应到 5 人，参与表决 4 人、面积 466.67 ㎡（都三分之二以上）才有效"


def test_planning_and_telling_are_each_taken_back_as_a_whole(stage: Stage) -> None:
    held(stage, date(2026, 9, 8), ("增补代表", ItemState.LEFT))
    key = planned(stage)
    called(stage, key)
    stage.clerk.undo_last()
    row = stage.look(meeting_views.meeting, key)
    assert (row.state, row.notice_id) == (MeetingState.PLANNED, None)
    stage.clerk.undo_last()
    assert len(stage.look(meeting_views.list_ids)) == 1
    assert stage.ask("SELECT count(*) FROM agenda_item WHERE follows_id IS NOT NULL") == [(0,)]


def test_the_notice_is_hung_in_the_stairwell_as_well(stage: Stage) -> None:
    key = planned(stage, "楼道灯改造")
    notice_id = called(stage, key)
    text, _ = stage.see(notices.text_of, notice_id)
    door = stage.see(notice_papers.sheet, text, DOOR)
    assert "楼道灯改造" in door.body
    assert "2026年12月10日（周四）14:00" in door.body
    assert "其他居民可以列席会议并发表意见" in door.body


def test_the_sheet_has_everybody_in_the_order_in_which_it_is_typed_back(stage: Stage) -> None:
    printing = Printing("赵敏", stage.now)
    council = stage.see(meeting_papers.sheet, planned(stage), printing)
    assert [one.place for one in council.guests] == [*range(1, 62)]
    assert (council.guests[0].name, council.guests[0].role) == ("王芳", "主任")
    assert council.quorum.startswith("应到 61 人，到会 41 人")
    owners = stage.see(meeting_papers.sheet, planned(stage, body_id=stage.owners), printing)
    assert {one.role for one in owners.guests} == {"业主"}
    assembly = planned(stage, body_id=stage.bodies[BodyKind.ASSEMBLY], basis=Basis.RESIDENTS)
    everybody = stage.see(meeting_papers.sheet, assembly, printing)
    assert (len(everybody.guests), everybody.blank_rows) == (0, 66)
    forum = stage.see(meeting_papers.sheet, planned(stage, body_id=stage.forum), printing)
    assert forum.quorum == ""


def test_nobody_is_invited_without_a_name(stage: Stage) -> None:
    key = planned(stage, "楼道灯")
    with pytest.raises(DomainError, match="请写上邀请谁"):
        stage.see(meeting_papers.invitations, key, ["", " "], Printing("赵敏", stage.now))


def test_a_meeting_that_was_held_before_it_was_written_down_is_put_on_record(stage: Stage) -> None:
    key = planned(stage, "楼道灯", on_date=TODAY - timedelta(days=3))
    called(stage, key, TODAY - timedelta(days=9))
    opened(stage, key)
    assert stage.look(meeting_views.meeting, key).state is MeetingState.RUNNING


def test_whoever_is_named_on_the_agenda_is_masked_where_everybody_reads_it(stage: Stage) -> None:
    key = planned(stage, "何桂英家漏水", body_id=stage.owners)
    text, _ = stage.see(notices.text_of, called(stage, key, committee_told_on=TODAY))
    door = stage.see(notice_papers.sheet, text, DOOR)
    assert "何*英家漏水" in door.body


def test_a_notice_of_a_consultation_promises_no_decision(stage: Stage) -> None:
    key = planned(stage, body_id=stage.forum)
    stage.do(agenda.add, key, ItemInput(title="停车位", kind=ItemKind.DECIDE))
    notice_id = called(stage, key)
    [(body,)] = stage.ask(f"SELECT body FROM notice WHERE id = {notice_id}")
    assert "（1）停车位（意向表决）" in body


def test_nobody_is_told_after_the_meeting(stage: Stage) -> None:
    key = planned(stage, "楼道灯", on_date=TODAY - timedelta(days=3))
    with pytest.raises(DomainError, match="通知日期晚于开会日期"):
        called(stage, key)


def test_what_was_talked_over_comes_to_be_decided_where_the_body_decides(stage: Stage) -> None:
    talked, fresh = topic(stage, 1, "停车位", TopicState.DISCUSSED), topic(stage, 2, "楼道灯")
    council, forum = planned(stage), planned(stage, body_id=stage.forum)
    stage.do(agenda.add_topics, council, [talked, fresh])
    kinds = [one.kind for one in stage.look(agenda.items, council)]
    assert kinds == [ItemKind.DECIDE, ItemKind.DISCUSS]
    stage.do(meetings.cancel, council, reason="停电", version=version(stage, council))
    stage.do(agenda.add_topics, forum, [talked])
    assert [one.kind for one in stage.look(agenda.items, forum)] == [ItemKind.DISCUSS]


def test_a_topic_stands_once_on_an_agenda_and_only_after_it_was_taken_up(stage: Stage) -> None:
    lamp, raised = topic(stage, 1, "楼道灯"), topic(stage, 2, "快递柜", TopicState.RAISED)
    key = planned(stage)
    stage.do(agenda.add_topics, key, [lamp])
    with pytest.raises(DomainError, match="没有重复加"):
        stage.do(agenda.add_topics, key, [lamp])
    with pytest.raises(DomainError, match="还没有审定"):
        stage.do(agenda.add_topics, key, [raised])


def test_the_topics_of_a_deleted_meeting_wait_and_leave_again_with_its_return(
    stage: Stage,
) -> None:
    lamp = topic(stage, 1, "楼道灯")
    key = planned(stage)
    stage.do(agenda.add_topics, key, [lamp])
    stage.do(meetings.remove, key, version=version(stage, key), now=stage.now)
    assert [one.id for one in stage.look(agenda_topics.waiting)] == [lamp]
    stage.tamper(f"UPDATE meeting SET deleted_at = NULL WHERE id = {key}")
    assert stage.look(agenda_topics.waiting) == []


def test_an_item_with_ballots_stays_on_the_agenda(stage: Stage) -> None:
    key = planned(stage, "楼道灯")
    [item] = stage.look(agenda.items, key)
    member = stage.members(stage.council)[0]
    stage.put(Ballot, agenda_item_id=item.id, number=1, body_member_id=member)
    with pytest.raises(DomainError, match="已经发出表决票"):
        stage.do(agenda.remove, item.id, version=item.version)


def test_the_last_day_for_the_notice_is_that_of_the_rule_of_the_day(stage: Stage) -> None:
    council = stage.look(meeting_views.meeting, planned(stage))
    owners = stage.look(meeting_views.meeting, planned(stage, body_id=stage.owners))
    forum = stage.look(meeting_views.meeting, planned(stage, body_id=stage.forum))
    assert council.notify_by == SOON - timedelta(days=3)
    assert owners.notify_by == SOON - timedelta(days=15)
    assert forum.notify_by is None


def test_a_meeting_comes_back_from_the_bin_beside_others_with_a_number_of_its_own(
    stage: Stage,
) -> None:
    first = planned(stage)
    stage.do(meetings.remove, first, version=version(stage, first), now=stage.now)
    second = planned(stage)
    with pytest.raises(DomainError, match="同一时间已经另有第 1 次居民代表会议"):
        stage.do(recycle_bin.restore, "meeting", first, now=stage.now)
    later = entered(stage, starts=16 * 60)
    stage.do(meetings.change, second, later, version=version(stage, second), now=stage.now)
    stage.do(recycle_bin.restore, "meeting", first, now=stage.now)
    back = stage.look(meeting_views.meeting, first)
    assert (back.title, stage.look(meeting_views.meeting, second).title) == (
        "第 2 次居民代表会议",
        "第 1 次居民代表会议",
    )


def test_a_cancelled_meeting_that_comes_back_has_no_topic_on_its_agenda(stage: Stage) -> None:
    about = topic(stage, 3, "楼道灯")
    key = planned(stage)
    stage.do(agenda.add, key, ItemInput(title="楼道灯", topic_id=about))
    stage.do(meetings.cancel, key, reason="停电", version=version(stage, key))
    stage.do(meetings.remove, key, version=version(stage, key), now=stage.now)
    stage.do(recycle_bin.restore, "meeting", key, now=stage.now)
    assert stage.ask(f"SELECT state FROM topic WHERE id = {about}") == [("accepted_topic",)]
