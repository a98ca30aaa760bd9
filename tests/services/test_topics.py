"""Topics from the word to the list: registered, screened, merged, signed, found again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    AgendaItem,
    BodyKind,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    Resolution,
    ResolutionKind,
    ResolutionState,
    TopicOrigin,
    TopicPersonKind,
    TopicState,
)
from app.services import (
    due_today,
    erasing_meetings,
    evaluations,
    notices,
    points_items,
    recycle_bin,
    requests,
    settings,
    topic_keys,
    topic_notice,
    topic_origins,
    topic_people,
    topic_points,
    topic_screening,
    topic_views,
    topic_way,
    topics,
)
from app.services.points_claims import AlreadyClaimed
from app.services.requests import RequestInput
from app.services.topic_input import TopicInput
from app.services.topic_similar import similar
from app.services.topic_stages import Stage as Step
from app.services.topic_views import TopicFilter
from app.storage.engine import Database
from app.values.rights import GRID_MEMBER, Actor, Right
from tests.services.meeting_stage import Stage, stage_on

TODAY = date(2026, 11, 21)


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def entered(stage: Stage, title: str = "3 号楼楼道灯不亮", **more: Any) -> TopicInput:
    [(category,)] = stage.ask("SELECT id FROM category WHERE \"group\" = 'matter' LIMIT 1")
    values: dict[str, Any] = {
        "title": title,
        "category_id": category,
        "origin": TopicOrigin.SLIP,
        "resident_id": stage.people["li"],
    }
    return TopicInput(**values | more)


def raised(stage: Stage, title: str = "3 号楼楼道灯不亮", **more: Any) -> int:
    key: int = stage.do(topics.register, entered(stage, title, **more), now=stage.now)
    return key


def row(stage: Stage, topic_id: int) -> topic_views.TopicRow:
    found: topic_views.TopicRow = stage.look(topic_views.topic, topic_id)
    return found


def screen(stage: Stage, topic_id: int, *, taken_up: bool = True, reason: str = "") -> None:
    version = row(stage, topic_id).version
    answer = {"taken_up": taken_up, "reason": reason, "version": version, "now": stage.now}
    stage.do(topic_screening.screen, topic_id, **answer)


def titles(stage: Stage, typed: str, **more: Any) -> list[str]:
    return [one.title for one in stage.look(similar, typed, **more)]


# -- registering


def test_a_topic_takes_grid_name_and_phone_from_who_spoke(stage: Stage) -> None:
    found = row(stage, raised(stage, person="李建国"))

    assert (found.number, found.state, found.came_on) == (1, TopicState.RAISED, TODAY)
    assert (found.who, found.grid, found.origin) == ("李建国", "第一网格", TopicOrigin.SLIP)
    assert stage.ask("SELECT person, registered_by FROM topic") == [(None, "赵敏")]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": " "}, "请写明议题"),
        ({"title": "长" * 61}, "最多 60 个字"),
        ({"category_id": None}, "请选类别"),
        ({"came_on": date(2026, 11, 22)}, "还没有到"),
        ({"households": 0}, "涉及户数"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
    stage: Stage, more: dict[str, Any], said: str
) -> None:
    with pytest.raises(DomainError, match=said):
        stage.do(topics.register, replace(entered(stage), **more), now=stage.now)
    assert stage.ask("SELECT * FROM topic") == []


def test_a_second_editor_is_told_that_it_was_changed_meanwhile(stage: Stage) -> None:
    key = raised(stage)
    values, version = stage.see(topics.input_of, key)
    stage.do(topics.change, key, replace(values, wish="换灯"), version=version, now=stage.now)

    with pytest.raises(ChangedMeanwhile):
        stage.do(topics.change, key, values, version=version, now=stage.now)
    assert row(stage, key).wish == "换灯"


def test_a_grid_member_registers_for_his_own_grid_and_sees_no_others(stage: Stage) -> None:
    office_wide, of_two = raised(stage, resident_id=None), raised(stage, grid_id=stage.grids["two"])
    rights = frozenset({Right.VIEW_MEETINGS, Right.RAISE_TOPICS})
    member = Actor("孙丽", GRID_MEMBER, rights, frozenset({stage.grids["one"]}))
    own = stage.do(
        topics.register, entered(stage, resident_id=None, person="路人"), now=stage.now, by=member
    )

    assert row(stage, own).grid == "第一网格"
    assert list(stage.look(topic_views.list_ids, by=member)) == [own]
    assert titles(stage, "楼道灯不亮", by=member) == ["3 号楼楼道灯不亮"]
    assert set(stage.look(topic_views.list_ids)) == {office_wide, of_two, own}
    with pytest.raises(NotAllowed):
        stage.do(
            topic_screening.screen,
            own,
            taken_up=True,
            reason="",
            version=1,
            now=stage.now,
            by=member,
        )


# -- similar ones


def test_similar_topics_are_found_whatever_the_building_the_same_building_first(
    stage: Stage,
) -> None:
    for title in ("12 号楼道灯坏了不亮", "楼道堆物", "停车位划分", "5号楼2单元楼道灯不亮"):
        raised(stage, title)

    assert titles(stage, "楼道灯三个月不亮") == ["5号楼2单元楼道灯不亮", "12 号楼道灯坏了不亮"]
    assert titles(stage, "3 号楼 1 单元") == []
    assert titles(stage, "") == []


def test_a_changed_title_is_found_by_its_new_words_also_after_an_undo(stage: Stage) -> None:
    key = raised(stage)
    values, version = stage.see(topics.input_of, key)
    stage.do(
        topics.change, key, replace(values, title="下水井堵塞"), version=version, now=stage.now
    )
    assert titles(stage, "下水井堵了") == ["下水井堵塞"]
    assert titles(stage, "楼道灯不亮") == []

    stage.clerk.undo_last()
    assert titles(stage, "楼道灯不亮") == ["3 号楼楼道灯不亮"]
    assert titles(stage, "下水井堵了") == []
    stage.clerk.undo_last()
    assert stage.ask("SELECT * FROM topic_key") == []


def test_what_lies_in_the_bin_is_not_similar_comes_back_and_goes_for_good(stage: Stage) -> None:
    key = raised(stage)
    stage.do(topics.remove, key, version=1, now=stage.now)
    assert titles(stage, "楼道灯不亮") == []

    stage.do(recycle_bin.restore, "topic", key, now=stage.now)
    assert titles(stage, "楼道灯不亮") == ["3 号楼楼道灯不亮"]

    stage.do(topics.remove, key, version=row(stage, key).version, now=stage.now)
    later = stage.at(date(2027, 1, 5))
    later.do(recycle_bin.purge, now=later.now)
    assert stage.ask("SELECT * FROM topic_key") == []
    assert stage.see(lambda session: list(topic_keys.strays(session))) == []


# -- screening and merging


def test_what_is_not_taken_up_says_why_and_may_be_thought_over_again(stage: Stage) -> None:
    key = raised(stage)
    with pytest.raises(DomainError, match="不列入要写明原因"):
        screen(stage, key, taken_up=False)
    screen(stage, key, taken_up=False, reason="属于物业合同，已转物业")
    found = row(stage, key)
    assert (found.state, found.screened_on, found.screened_by) == (
        TopicState.TURNED_DOWN,
        TODAY,
        "赵敏",
    )
    screen(stage, key)
    assert row(stage, key).state is TopicState.ACCEPTED


def test_merged_topics_go_on_as_one_with_everybody_behind_them(stage: Stage) -> None:
    first, second = raised(stage), raised(stage, "楼道灯坏了", resident_id=stage.people["chen"])
    stage.do(topic_people.add, second, TopicPersonKind.SUPPORTS, resident_id=stage.people["sun"])
    stage.do(topic_people.add, first, TopicPersonKind.CONCERNED, person="三单元全体")
    stage.do(topic_screening.merge, first, second)

    assert row(stage, second).state_words == "已并入 1 号"
    assert row(stage, first).merged == 1
    assert titles(stage, "楼道灯") == ["3 号楼楼道灯不亮"]
    behind = stage.look(topic_people.behind, first)
    assert [one.name for one in behind] == ["李建国", "陈桂芳", "孙玉梅", "三单元全体"]
    with pytest.raises(DomainError, match="已经在这个议题的名单里"):
        stage.do(topic_people.add, first, TopicPersonKind.SUPPORTS, resident_id=stage.people["sun"])
    with pytest.raises(DomainError, match="有别的议题并入了它"):
        stage.do(topics.remove, first, version=row(stage, first).version, now=stage.now)

    stage.do(topic_screening.separate, second, version=row(stage, second).version)
    assert row(stage, second).state is TopicState.RAISED


def test_a_topic_that_a_meeting_has_is_neither_merged_nor_thrown_away(stage: Stage) -> None:
    kept, heard = raised(stage), raised(stage)
    screen(stage, heard)
    _item(stage, heard)

    with pytest.raises(DomainError, match="不能并入别的议题"):
        stage.do(topic_screening.merge, kept, heard)
    with pytest.raises(DomainError, match="在会议的议程上"):
        stage.do(topics.remove, heard, version=row(stage, heard).version, now=stage.now)
    with pytest.raises(DomainError, match="不能再改成不列入"):
        screen(stage, heard, taken_up=False, reason="不办")


# -- its way


def _item(stage: Stage, topic_id: int, state: ItemState = ItemState.WAITING) -> int:
    meeting = stage.put(
        Meeting,
        body_id=stage.bodies[BodyKind.CONSULTATION],
        number=1,
        title="第 1 次议事会",
        on_date=date(2026, 11, 10),
        starts=840,
        state=MeetingState.ENDED,
        notified_on=date(2026, 11, 5),
    )
    return stage.put(
        AgendaItem,
        meeting_id=meeting,
        place=1,
        kind=ItemKind.DISCUSS,
        title="楼道灯",
        topic_id=topic_id,
        state=state,
    )


def _resolution(stage: Stage, topic_id: int, item: int, state: ResolutionState) -> int:
    return stage.put(
        Resolution,
        number="商-2026-001",
        kind=ResolutionKind.OPINION,
        meeting_id=1,
        agenda_item_id=item,
        topic_id=topic_id,
        title="楼道灯",
        words="换装声控灯",
        made_on=date(2026, 11, 10),
        owner="物业",
        budget=1_860_000,
        state=state,
        done_on=TODAY if state is ResolutionState.DONE else None,
    )


@pytest.mark.parametrize(
    ("item", "resolution", "told", "becomes"),
    [
        (None, None, TopicState.ON_AGENDA, TopicState.ON_AGENDA),
        (None, None, TopicState.ACCEPTED, TopicState.ACCEPTED),
        (ItemState.WAITING, None, TopicState.ACCEPTED, TopicState.ON_AGENDA),
        (ItemState.LEFT, None, TopicState.ACCEPTED, TopicState.ACCEPTED),
        (ItemState.DONE, None, TopicState.ACCEPTED, TopicState.DISCUSSED),
        (ItemState.DONE, ResolutionState.UNDERWAY, TopicState.ON_AGENDA, TopicState.DECIDED),
        (ItemState.DONE, ResolutionState.UNDERWAY, TopicState.ACCEPTED, TopicState.DECIDED),
        (ItemState.DONE, ResolutionState.DONE, TopicState.ACCEPTED, TopicState.DONE),
        (ItemState.DONE, ResolutionState.DONE, TopicState.ON_AGENDA, TopicState.ON_AGENDA),
        (ItemState.DONE, None, TopicState.REJECTED, TopicState.REJECTED),
        # An opinion goes on to those who decide, until something is done about it.
        (ItemState.DONE, ResolutionState.MADE, TopicState.ON_AGENDA, TopicState.ON_AGENDA),
        (ItemState.DONE, ResolutionState.UNDERWAY, TopicState.DONE, TopicState.DECIDED),
    ],
)
def test_a_topic_stands_where_its_meetings_and_resolutions_stand(
    stage: Stage,
    item: ItemState | None,
    resolution: ResolutionState | None,
    told: TopicState,
    becomes: TopicState,
) -> None:
    key = raised(stage)
    screen(stage, key)
    if item is not None:
        found = _item(stage, key, item)
        if resolution is not None:
            _resolution(stage, key, found, resolution)
    stage.do(topic_way.follow, key, told)

    assert row(stage, key).state is becomes


def test_a_merged_topic_lets_the_one_follow_that_it_goes_on_with(stage: Stage) -> None:
    first, second = raised(stage), raised(stage)
    stage.do(topic_screening.merge, first, second)
    stage.do(topic_way.follow, second, TopicState.ON_AGENDA)
    stage.do(topic_way.follow, None, TopicState.DONE)

    assert row(stage, first).state is TopicState.ON_AGENDA
    assert row(stage, second).state is TopicState.MERGED


def test_everybody_who_asked_for_the_same_is_asked_how_it_turned_out(stage: Stage) -> None:
    first, second = raised(stage), raised(stage, "楼道灯坏了", resident_id=stage.people["chen"])
    stage.do(topic_people.add, second, TopicPersonKind.CONCERNED, resident_id=stage.people["sun"])
    stage.do(topic_screening.merge, first, second)
    made = _resolution(stage, first, _item(stage, first, ItemState.DONE), ResolutionState.DONE)

    asked = stage.look(evaluations.asked, made)
    assert [(one.name, one.part) for one in asked] == [
        ("李建国", "提出人"),
        ("陈桂芳", "提出人"),
        ("孙玉梅", "涉及"),
    ]


def test_the_whole_way_is_told_in_its_order_with_who_spoke(stage: Stage) -> None:
    key = raised(stage, wish="换声控灯", came_on=date(2026, 11, 2))
    again = raised(stage, "楼道灯坏了", person="王大爷", resident_id=None)
    stage.do(topic_screening.merge, key, again)
    screen(stage, key, reason="涉及 24 个单元")
    stage.do(topic_people.add, key, TopicPersonKind.SUPPORTS, resident_id=stage.people["sun"])
    item = _item(stage, key, ItemState.DONE)
    _resolution(stage, key, item, ResolutionState.DONE)

    way = stage.look(topic_way.way_of, again)
    assert (way.number, way.done_on, way.days) == (1, TODAY, 19)
    kinds = [one.stage for one in way.steps]
    assert kinds == [
        Step.RAISED,
        Step.SUPPORTED,
        Step.CALLED,
        Step.HELD,
        Step.OPINION,
        Step.MERGED,
        Step.SCREENED,
        Step.DONE,
    ]
    steps = dict(zip(kinds, way.steps, strict=True))
    assert steps[Step.RAISED].people == ("李建国",)
    assert steps[Step.RAISED].words == "3 号楼楼道灯不亮\n希望：换声控灯"
    assert steps[Step.SCREENED].words == "赵敏审定，涉及 24 个单元"
    assert steps[Step.OPINION].detail == "责任人 物业，经费 18,600.00 元"


# -- where it comes from, what comes of it


def test_a_topic_comes_of_a_request_once(stage: Stage) -> None:
    [(kind,)] = stage.ask("SELECT id FROM category WHERE \"group\" = 'matter' LIMIT 1")
    asked = RequestInput(title="楼道灯不亮", category_id=kind, resident_id=stage.people["sun"])
    request = stage.do(requests.register, asked, now=stage.now)

    begun = stage.see(topic_origins.blank, request_id=request)
    assert (begun.origin, begun.title, begun.resident_id) == (
        TopicOrigin.REQUEST,
        "楼道灯不亮",
        stage.people["sun"],
    )
    key = stage.do(topics.register, begun, now=stage.now)
    assert stage.look(topic_origins.came_of, request_id=request) == (key, 1)
    with pytest.raises(DomainError, match="已经提为 1 号议题"):
        stage.see(topic_origins.blank, request_id=request)


def test_the_list_is_made_public_without_a_name_and_only_what_was_taken_up(stage: Stage) -> None:
    lights, waiting = raised(stage, households=24), raised(stage, "门禁坏了")
    screen(stage, lights)
    stage.do(topic_people.add, lights, TopicPersonKind.SUPPORTS, resident_id=stage.people["sun"])
    with pytest.raises(DomainError, match="2 号待审定，不能公布"):
        stage.do(topic_notice.publish, [lights, waiting], now=stage.now)
    assert [one.id for one in stage.look(topic_notice.unpublished)] == [lights]

    key = stage.do(topic_notice.publish, [lights], now=stage.now)
    [(kind, days, body)] = stage.ask(f"SELECT kind, period_days, body FROM notice WHERE id = {key}")
    assert (kind, days) == ("公示", 7)
    assert "1. 3 号楼楼道灯不亮（涉及 24 户，2 人联名）" in body
    assert "李建国" not in body
    assert row(stage, lights).notice_id == key
    assert stage.look(topic_notice.unpublished) == []
    stage.do(notices.delete, key, now=stage.now)
    assert stage.look(topic_views.topic, lights).notice_id is None
    assert [one.id for one in stage.look(topic_notice.unpublished)] == [lights]


def test_an_idea_that_was_taken_over_gives_points_once(stage: Stage) -> None:
    key = raised(stage)
    with pytest.raises(DomainError, match="建议被采纳以后才记积分"):
        stage.do(topic_points.reward, key, now=stage.now)
    stage.do(topic_way.follow, key, TopicState.DECIDED)
    with pytest.raises(DomainError, match="还没有定建议被采纳记哪个积分事项"):
        stage.do(topic_points.reward, key, now=stage.now)

    stage.set(settings.IDEA_ITEM, "提建议的")
    with pytest.raises(DomainError, match="没有叫“提建议的”的积分事项"):
        stage.do(topic_points.reward, key, now=stage.now)

    stage.do(points_items.seed, today=stage.today)
    [(item,)] = stage.ask("SELECT name FROM points_item WHERE deed = 'idea'")
    stage.set(settings.IDEA_ITEM, item)
    stage.do(topic_points.reward, key, now=stage.now)
    assert stage.ask("SELECT words, origin, source_key FROM points_claim") == [
        (f"建议被采纳：1 号 {row(stage, key).title}", "meeting_claim", f"topic:{key}")
    ]
    with pytest.raises(AlreadyClaimed):
        stage.do(topic_points.reward, key, now=stage.now)


def test_whoever_screens_is_reminded_of_what_waits_too_long(stage: Stage) -> None:
    raised(stage, came_on=date(2026, 11, 13))
    raised(stage, came_on=date(2026, 11, 14))

    assert stage.look(due_today.topics, days=7, today=TODAY) == "居民提事 1 件超过 7 天没有审定"
    assert stage.look(due_today.topics, days=0, today=TODAY) == ""


def test_a_name_in_a_title_goes_with_whoever_is_erased_from_the_pairs_as_well(
    stage: Stage,
) -> None:
    key = raised(stage, "李建国家楼上漏水")
    assert titles(stage, "李建国") != []
    rows = {name: set() for name in ("topic_person", "body_member", "owner", "attendee")}
    rows |= {"evaluation": set(), "speech": set(), "topic": {key}}
    stage.do(erasing_meetings.empty, rows, ["李建国"])

    assert titles(stage, "李建国") == []
    assert titles(stage, "楼上漏水") != []


def test_the_number_of_a_topic_that_was_taken_back_is_not_given_again(stage: Stage) -> None:
    first = row(stage, raised(stage)).number
    stage.clerk.undo_last()
    assert row(stage, raised(stage)).number > first


# -- lists


def test_the_list_shows_what_waits_first_and_is_filtered_and_counted(stage: Stage) -> None:
    old, new, third = (
        raised(stage),
        raised(stage, "停车位"),
        raised(stage, "门禁坏了", origin=TopicOrigin.PHONE),
    )
    screen(stage, old)
    screen(stage, third, taken_up=False, reason="不办")

    assert list(stage.look(topic_views.list_ids)) == [new, old, third]
    wanted = TopicFilter(states=(TopicState.RAISED,), origins=(TopicOrigin.SLIP,))
    assert list(stage.look(topic_views.list_ids, wanted)) == [new]
    assert list(stage.look(topic_views.list_ids, TopicFilter(text="lijianguo"))) == [
        new,
        old,
        third,
    ]
    assert list(stage.look(topic_views.list_ids, TopicFilter(text="3"))) == [old, third]
    assert stage.look(topic_views.open_count) == 1
