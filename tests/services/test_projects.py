"""The three lists: what is offered, what is needed, what comes of both."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import ChangedMeanwhile, DomainError, NotAllowed
from app.models import (
    FundEntry,
    FundKind,
    FundSource,
    ListState,
    ProjectState,
    ResourceKind,
    Topic,
    TopicOrigin,
    Verdict,
)
from app.services import (
    list_matching,
    notices,
    progress,
    progress_photos,
    project_choices,
    project_life,
    project_notice,
    projects,
    three_lists,
)
from app.services.evaluations import EvaluationInput
from app.services.progress import StepInput
from app.services.projects import ProjectFilter, ProjectInput
from app.services.three_lists import ListFilter, NeedInput, ResourceInput
from app.storage.engine import Database
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor, Right
from tests.services.meeting_stage import UNITS, Stage, stage_on

SCHOOL, POLICE, MANAGER = (name for name, _ in UNITS)
KEEPS_FUND = Actor("会计", "社工", frozenset({Right.VIEW_MEETINGS, Right.KEEP_FUND}))


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def offer(stage: Stage, words: str, unit: str = MANAGER, **more: object) -> int:
    entered = ResourceInput(words=words, joint_unit_id=stage.units[unit], **more)  # type: ignore[arg-type]  # its own fields
    key: int = stage.do(three_lists.add_resource, entered, today=stage.today)
    return key


def ask(stage: Stage, words: str, **more: object) -> int:
    entered = NeedInput(words=words, **more)  # type: ignore[arg-type]  # its own fields
    key: int = stage.do(three_lists.add_need, entered, today=stage.today)
    return key


def begin(stage: Stage, **more: object) -> int:
    entered = ProjectInput(name="楼道照明改造", **more)  # type: ignore[arg-type]  # its own fields
    key: int = stage.do(projects.add, entered, now=stage.now)
    return key


def test_a_project_is_begun_for_what_is_still_there_and_keeps_what_was_deleted_since(
    stage: Stage,
) -> None:
    need = ask(stage, "修路灯")
    key = begin(stage, need_id=need)
    stage.tamper(f"UPDATE need SET deleted_at = '2026-11-21 09:00:00' WHERE id = {need}")
    for gone in ({"need_id": need}, {"need_id": 99}, {"resolution_id": 99}):
        with pytest.raises(DomainError, match="已经删除，请刷新后再选"):
            begin(stage, **gone)
    entered, version = stage.see(projects.input_of, key)
    stage.do(projects.change, key, replace(entered, owner="王芳"), version=version)
    assert stage.ask(f"SELECT need_id FROM project WHERE id = {key}") == [(need,)]


def test_what_was_paid_from_the_fund_stays_a_project_of_the_fund(stage: Stage) -> None:
    key = begin(stage, funded=True, budget=150_00, purpose="换灯")
    source = stage.put(FundSource, year=2026, name="市级")
    paid = {"kind": FundKind.SPENT, "amount": -80_00, "balance": 0, "words": "购灯"}
    stage.put(
        FundEntry, source_id=source, project_id=key, on_date=stage.today, at=stage.now, **paid
    )
    entered, version = stage.see(projects.input_of, key)
    with pytest.raises(DomainError, match=r"已经用专项经费支出 80.00 元，不能改成"):
        stage.do(projects.change, key, replace(entered, funded=False), version=version)


def test_numbers_are_counted_in_each_list_and_year_and_never_given_twice(stage: Stage) -> None:
    first = offer(stage, "借用报告厅")
    stage.do(three_lists.remove_resource, first, now=stage.now)
    second = offer(stage, "借用操场")
    old = ask(stage, "修路灯", raised_on=date(2025, 5, 1))
    new = ask(stage, "修路灯")
    assert stage.look(three_lists.resource, second).number == "资-2026-002"
    assert stage.look(three_lists.need, old).number == "需-2025-001"
    assert stage.look(three_lists.need, new).number == "需-2026-001"
    assert stage.look(projects.project, begin(stage)).number == "项-2026-001"


def test_a_need_and_its_resources_stand_as_their_projects_do(stage: Stage) -> None:
    resource, need = offer(stage, "电工上门"), ask(stage, "修路灯")

    def stand() -> tuple[ListState, ListState]:
        found = stage.look(three_lists.need, need), stage.look(three_lists.resource, resource)
        return found[0].state, found[1].state

    first = begin(stage, need_id=need, resources=(resource,))
    assert stand() == (ListState.MATCHED, ListState.MATCHED)
    assert stage.look(three_lists.need, need).projects == ("项-2026-001",)
    with pytest.raises(DomainError, match="已经立项"):
        stage.do(three_lists.withdraw_need, need, withdrawn=True, version=2)
    stage.do(project_life.stop, first, "没有经费", version=1, now=stage.now)
    assert stand() == (ListState.OPEN, ListState.OPEN)
    second = begin(stage, need_id=need, resources=(resource,))
    done = StepInput(on_date=stage.today, words="24 个单元的灯都亮了")
    stage.do(project_life.finish, second, done, version=1, now=stage.now)
    assert stand() == (ListState.MATCHED, ListState.MATCHED)
    stage.do(
        project_life.accept,
        second,
        on_date=stage.today,
        accepted_by="周立群",
        version=2,
        now=stage.now,
    )
    assert stand() == (ListState.DONE, ListState.DONE)
    stage.do(project_life.again, second, "三单元不亮", version=3, now=stage.now)
    assert stand() == (ListState.MATCHED, ListState.MATCHED)


def test_what_is_withdrawn_is_in_no_project_and_in_no_rate(stage: Stage) -> None:
    resource, need = offer(stage, "借用操场"), ask(stage, "健身场地")
    ask(stage, "修路灯")
    stage.do(three_lists.withdraw_resource, resource, withdrawn=True, version=1)
    with pytest.raises(DomainError, match="资-2026-001 借用操场 已经撤回"):
        begin(stage, need_id=need, resources=(resource,))
    begin(stage, need_id=need)
    told = stage.look(list_matching.progress, 2026)
    assert told.claimed_words == "需求 2 项，认领 1 项，认领率 50%"
    assert told.finished_words == "项目 1 个，完成 0 个，完成率 0%"
    assert told.resources == 0
    stage.do(three_lists.withdraw_resource, resource, withdrawn=False, version=2)
    assert stage.look(three_lists.resource, resource).state is ListState.OPEN


def test_a_need_is_told_which_resources_fit_and_nothing_is_taken(stage: Stage) -> None:
    hair = offer(stage, "每月上门理发一次", SCHOOL)
    talk = offer(stage, "防诈骗讲座", POLICE)
    hall = offer(stage, "报告厅", SCHOOL, kind=ResourceKind.PLACE)
    gone = offer(stage, "理发")
    stage.do(three_lists.withdraw_resource, gone, withdrawn=True, version=1)
    need = ask(stage, "高龄老人理发")
    found = stage.look(list_matching.proposals, need)
    assert [one.resource.id for one in found] == [hair, talk]
    assert [one.why for one in found] == ["类型相同（服务）；都提到“理发”", "类型相同（服务）"]
    assert stage.look(three_lists.need, need).state is ListState.OPEN
    assert [one.id for one in stage.look(list_matching.waiting, hair)] == [need]
    assert stage.look(list_matching.waiting, hall) == []


def test_a_project_goes_on_in_dated_steps_and_is_accepted_before_it_is_judged(
    stage: Stage,
) -> None:
    key = begin(stage, until=date(2026, 11, 1))
    assert stage.look(projects.projects, ProjectFilter(late_on=stage.today))
    step = StepInput(on_date=date(2026, 11, 3), words="灯已到货", percent=40, photos=(b"jpeg",))
    made = stage.do(project_life.step, key, step, version=1, now=stage.now)
    view = stage.look(projects.project, key)
    assert (view.state, view.percent, view.since) == (
        ProjectState.STARTED,
        40,
        date(2026, 11, 3),
    )
    assert [one.photos for one in stage.look(progress.of_project, key)] == [1]
    assert [one.jpeg for one in stage.see(progress_photos.of_steps, [made])] == [b"jpeg"]
    with pytest.raises(DomainError, match="完工以后再验收"):
        stage.do(
            project_life.accept,
            key,
            on_date=stage.today,
            accepted_by="周立群",
            version=2,
            now=stage.now,
        )
    ahead = replace(step, on_date=date(2026, 12, 1))
    with pytest.raises(DomainError, match="还没有到"):
        stage.do(project_life.step, key, ahead, version=2, now=stage.now)
    good = EvaluationInput(name="李建国", verdict=Verdict.GOOD, on_date=stage.today)
    with pytest.raises(DomainError, match="验收以后再请大家评价"):
        stage.do(project_life.evaluate, key, good, version=2)
    stage.do(project_life.finish, key, replace(step, words="灯都亮了"), version=2, now=stage.now)
    stage.do(
        project_life.accept,
        key,
        on_date=stage.today,
        accepted_by="周立群",
        version=3,
        now=stage.now,
    )
    mine = replace(good, resident_id=stage.people["li"])
    stage.do(project_life.evaluate, key, mine, version=4)
    bad = replace(mine, verdict=Verdict.BAD)
    with pytest.raises(DomainError, match="哪里不满意"):
        stage.do(project_life.evaluate, key, bad, version=5)
    stage.do(project_life.evaluate, key, replace(bad, words="太暗"), version=5)
    view = stage.look(projects.project, key)
    assert (view.state, view.effect, view.accepted_by) == (
        ProjectState.EVALUATED,
        "灯都亮了",
        "周立群",
    )
    assert view.verdicts == {"不满意": 1}
    assert not stage.look(projects.projects, ProjectFilter(late_on=stage.today))
    with pytest.raises(DomainError, match="不能再终止"):
        stage.do(project_life.stop, key, "不做了", version=5, now=stage.now)


def test_money_and_days_of_a_project_have_to_hold_together(stage: Stage) -> None:
    for more, words in (
        ({"funded": True}, "要有预算"),
        ({"funded": True, "budget": 100}, "写明用途"),
        ({"budget": -1}, "不能小于零"),
        ({"funded": True, "budget": 100, "purpose": "发放补贴"}, "“补贴”在专项经费不得使用"),
        ({"since": date(2026, 5, 2), "until": date(2026, 5, 1)}, "在开始之前"),
    ):
        with pytest.raises(DomainError, match=words):
            begin(stage, **more)


def test_a_budget_never_falls_below_what_was_spent_and_a_paid_project_stays(stage: Stage) -> None:
    key = begin(stage, funded=True, budget=18_600_00, purpose="声控灯")
    source = stage.put(FundSource, year=2026, name="市级", planned=0)
    stage.put(
        FundEntry,
        source_id=source,
        kind=FundKind.SPENT,
        amount=-5_000_00,
        balance=0,
        on_date=stage.today,
        at=stage.now,
        project_id=key,
        words="买灯",
    )
    view = stage.look(projects.project, key)
    assert (view.spent, view.left) == (5_000_00, 13_600_00)
    entered, version = stage.see(projects.input_of, key)
    with pytest.raises(DomainError, match=r"已经支出 5,000\.00 元"):
        stage.do(projects.change, key, replace(entered, budget=4_999_99), version=version)
    stage.do(projects.change, key, replace(entered, budget=5_000_00), version=version)
    with pytest.raises(ChangedMeanwhile):
        stage.do(projects.change, key, entered, version=version)
    with pytest.raises(DomainError, match="不能删除"):
        stage.do(projects.remove, key, now=stage.now)


def test_whoever_keeps_the_fund_works_on_projects_and_a_grid_member_does_not(
    stage: Stage,
) -> None:
    resource, need = offer(stage, "电工上门"), ask(stage, "修路灯")
    entered = ProjectInput(name="路灯", need_id=need, resources=(resource,))
    key = stage.do(projects.add, entered, now=stage.now, by=KEEPS_FUND)
    step = StepInput(on_date=stage.today, words="开工")
    stage.do(project_life.step, key, step, version=1, now=stage.now, by=KEEPS_FUND)
    member = Actor("网格员", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({stage.grids["one"]}))
    with pytest.raises(NotAllowed):
        stage.do(projects.add, entered, now=stage.now, by=member)


def test_a_member_of_a_grid_sees_the_needs_and_projects_of_his_own(stage: Stage) -> None:
    one, two = stage.grids["one"], stage.grids["two"]
    mine, other = ask(stage, "修路灯", grid_id=one), ask(stage, "修路灯", grid_id=two)
    begin(stage, need_id=mine)
    begin(stage, need_id=other)
    member = Actor("网格员", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({one}))
    assert [line.id for line in stage.look(three_lists.needs, by=member)] == [mine]
    seen = stage.look(projects.projects, by=member)
    assert [line.grid for line in seen] == ["第一网格"]


def test_the_lists_are_found_by_year_kind_state_and_words(stage: Stage) -> None:
    offer(stage, "借用报告厅", SCHOOL, kind=ResourceKind.PLACE)
    offer(stage, "电工上门")
    for wanted, count in (
        (ListFilter(kind=ResourceKind.PLACE), 1),
        (ListFilter(text="小学"), 1),
        (ListFilter(text="报告"), 1),
        (ListFilter(unit_id=stage.units[MANAGER]), 1),
        (ListFilter(states=(ListState.MATCHED,)), 0),
        (ListFilter(year=2026), 2),
        (ListFilter(year=2025), 0),
    ):
        assert len(stage.look(three_lists.resources, wanted)) == count
    assert stage.look(three_lists.years) == [2026]


def test_a_need_and_its_project_stand_where_the_topic_does(stage: Stage) -> None:
    [kind] = stage.ask("SELECT min(id) FROM category")[0]
    told = {"origin": TopicOrigin.SLIP, "registered_at": stage.now, "category_id": kind}
    grid = stage.grids["two"]
    topic = stage.put(
        Topic, number=1, title="楼道灯不亮", came_on=stage.today, grid_id=grid, **told
    )
    need = stage.look(three_lists.need, ask(stage, "", topic_id=topic))
    assert (need.words, need.grid_id) == ("楼道灯不亮", grid)
    project = stage.look(projects.project, begin(stage, need_id=need.id))
    assert (project.topic_id, project.grid_id) == (topic, grid)
    assert stage.look(project_choices.needs) == {need.id: "楼道灯不亮"}


def test_the_notice_of_a_project_tells_steps_and_money_and_hangs_fifteen_days(
    stage: Stage,
) -> None:
    key = begin(stage, budget=18_600_00, owner="冯经理", until=date(2026, 12, 15))
    step = StepInput(on_date=stage.today, words="3 号楼装完。")
    stage.do(project_life.step, key, step, version=1, now=stage.now)
    notice_id = stage.do(project_notice.publish, key, version=2, now=stage.now)
    [(body, days, affair)] = stage.ask(
        f"SELECT body, period_days, affair FROM notice WHERE id = {notice_id}"
    )
    assert "预算：18,600.00 元。" in body
    assert "2026年11月21日，3 号楼装完。\n" in body
    assert (days, affair) == (15, "社区服务项目的实施")
    assert stage.look(projects.project, key).notice_id == notice_id
    with pytest.raises(DomainError, match="已经写好"):
        stage.do(project_notice.publish, key, version=3, now=stage.now)
    stage.do(notices.delete, notice_id, now=stage.now)
    assert stage.look(projects.project, key).notice_id is None
    again = stage.do(project_notice.publish, key, version=3, now=stage.now)
    assert stage.look(projects.project, key).notice_id == again != notice_id
