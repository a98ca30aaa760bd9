"""议事 as a 网格员 sees it: the own matters named, what is told of them true of the whole."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import DomainError, OutsideGrids
from app.models import (
    Evaluation,
    Progress,
    ProgressPhoto,
    Project,
    Resolution,
    ResolutionState,
    TopicOrigin,
    TopicPersonKind,
    TopicState,
    Verdict,
)
from app.services import (
    body_papers,
    evaluations,
    joint_papers,
    matter_paper,
    meeting_papers,
    minutes_papers,
    progress,
    project_life,
    three_lists,
    topic_people,
    topic_screening,
    topic_views,
    topic_way,
    topics,
)
from app.services.evaluations import EvaluationInput
from app.services.matter_paper import MatterWish
from app.services.papers import Printing
from app.services.progress import StepInput
from app.services.three_lists import NeedInput, ResourceInput
from app.services.topic_input import TopicInput
from app.services.topic_stages import Stage as Step
from app.storage.engine import Database
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor, Right
from tests.services.meeting_stage import CLERK, UNITS, Stage, stage_on
from tests.services.resolution_stage import matter_on

DAY = date(2026, 11, 20)
JPEG = b"\xff\xd8\xff\xe0"


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def member(stage: Stage, grid: str = "one") -> Actor:
    grids = frozenset({stage.grids[grid]})
    return Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], grids, user_id=1)


# -- works of the own grid


def project(stage: Stage, grid: str | None, number: int) -> int:
    """A project of a grid with a step, its picture, and what somebody said of it."""
    key = stage.put(
        Project,
        number=f"项-2026-00{number}",
        year=2026,
        name="楼道照明改造",
        grid_id=stage.grids[grid] if grid else None,
        entered_at=stage.now,
    )
    step = stage.put(Progress, project_id=key, on_date=DAY, at=stage.now, words="已换灯")
    stage.put(ProgressPhoto, progress_id=step, taken_at=stage.now, jpeg=JPEG)
    who = {"name": "路人", "on_date": DAY, "verdict": Verdict.GOOD}
    stage.put(Evaluation, project_id=key, **who)
    return key


@pytest.mark.parametrize("model", [Progress, ProgressPhoto, Evaluation])
def test_he_reads_what_was_done_for_projects_of_his_own_grid_alone(
    model: Any, stage: Stage
) -> None:
    for number, grid in enumerate(("one", "two", None), 1):
        project(stage, grid, number)
    table = model.__tablename__
    assert stage.ask(f"SELECT id FROM {table} ORDER BY id") == [(1,), (2,), (3,)]
    stage.database.act_as(member(stage))
    assert stage.clerk.see(lambda s: [row.id for row in s.query(model)]) == [1]


def test_he_writes_a_step_of_his_own_project_and_of_no_other(stage: Stage) -> None:
    own, other = project(stage, "one", 1), project(stage, "two", 2)
    step = StepInput(on_date=DAY, words="又装一盏")
    stage.do(progress.write, step, now=stage.now, project_id=own, by=member(stage))
    with pytest.raises(OutsideGrids):
        stage.do(progress.write, step, now=stage.now, project_id=other, by=member(stage))
    assert [one.words for one in stage.look(progress.of_project, own, by=member(stage))] == [
        "已换灯",
        "又装一盏",
    ]


def test_he_neither_deletes_nor_takes_over_what_was_said_of_another_grids_project(
    stage: Stage,
) -> None:
    own, other = project(stage, "one", 1), project(stage, "two", 2)

    def delete(session: Session) -> None:
        session.delete(session.get_one(Evaluation, 2))

    def take(session: Session) -> None:
        session.get_one(Evaluation, 2).project_id = own

    for act in (delete, take):
        with pytest.raises(OutsideGrids):
            stage.do(act, by=member(stage))
    stage.database.act_as(Actor())
    assert stage.ask("SELECT project_id FROM evaluation ORDER BY id") == [(own,), (other,)]
    stage.do(lambda session: session.delete(session.get_one(Evaluation, 1)), by=member(stage))


# -- the way of a topic


def raised(stage: Stage, title: str, who: str) -> int:
    [(category,)] = stage.ask("SELECT id FROM category WHERE \"group\" = 'matter' LIMIT 1")
    facts = {"category_id": category, "origin": TopicOrigin.SLIP}
    entered = TopicInput(title=title, resident_id=stage.people[who], **facts)
    key: int = stage.do(topics.register, entered, now=stage.now)
    return key


def test_a_topic_that_goes_on_in_another_grid_keeps_its_own_card(stage: Stage) -> None:
    kept, own = raised(stage, "楼道太黑", "sun"), raised(stage, "楼道灯不亮", "chen")
    stage.do(topic_screening.merge, kept, own)
    assert stage.look(topic_way.way_of, own).topic_id == kept
    [row] = stage.look(topic_views.rows, [own], by=member(stage))
    way = stage.look(topic_way.way_of, own, by=member(stage))
    assert (way.topic_id, way.state) == (row.id, TopicState.MERGED)
    assert [one.words for one in way.steps] == ["楼道灯不亮"]


def test_the_way_counts_everybody_and_names_ones_own(stage: Stage) -> None:
    own, other = raised(stage, "楼道灯不亮", "li"), raised(stage, "楼道太黑", "sun")
    stage.do(topic_screening.merge, own, other)
    for who in ("chen", "liu"):
        supports = {"resident_id": stage.people[who]}
        stage.do(topic_people.add, own, TopicPersonKind.SUPPORTS, **supports)
    stage.do(topic_people.add, own, TopicPersonKind.SUPPORTS, person="路人")
    way = stage.look(topic_way.way_of, own, by=member(stage))
    steps = {one.stage: one for one in way.steps}
    assert steps[Step.SUPPORTED].title == "3 人联名"
    assert steps[Step.SUPPORTED].people == ("陈桂芳", "路人")
    assert steps[Step.SUPPORTED].number == 3
    assert steps[Step.MERGED].title == "2 号并入（别的网格提的）"
    assert "孙玉梅" not in repr(way)
    assert "刘军" not in repr(way)
    assert "楼道太黑" not in repr(way)
    assert stage.look(topic_views.topic, own, by=member(stage)).merged == 1


def test_a_resolution_goes_with_its_topic_into_another_grid(database: Database) -> None:
    matter = matter_on(database)
    stage, made = matter.stage, matter.make()
    entered, version = stage.see(topics.input_of, matter.topic_id)
    moved = replace(entered, grid_id=stage.grids["two"])
    stage.do(topics.change, matter.topic_id, moved, version=version, now=stage.now)
    there = f"SELECT grid_id FROM resolution WHERE id = {made}"
    assert stage.ask(there) == [(stage.grids["two"],)]


def test_whoever_raises_topics_alone_may_put_the_grid_right(database: Database) -> None:
    matter = matter_on(database)
    stage, made = matter.stage, matter.make()
    entered, version = stage.see(topics.input_of, matter.topic_id)
    moved = replace(entered, grid_id=stage.grids["two"])
    by = Actor("窗口", "社工", frozenset({Right.VIEW_MEETINGS, Right.RAISE_TOPICS}))
    stage.do(topics.change, matter.topic_id, moved, version=version, now=stage.now, by=by)
    assert matter.row(made or 0).grid_id == stage.grids["two"]


# -- what is said of it


def test_of_a_resolution_he_is_told_what_his_own_people_said_and_how_many_in_all(
    database: Database,
) -> None:
    matter = matter_on(database)
    stage, made = matter.stage, matter.make()
    done = {"state": ResolutionState.DONE, "done_on": DAY}
    stage.do(lambda s: [setattr(s.get_one(Resolution, made), *one) for one in done.items()])
    for who in ("chen", "sun"):
        entered = EvaluationInput(resident_id=stage.people[who], on_date=DAY, verdict=Verdict.GOOD)
        matter.do(evaluations.evaluate, made or 0, entered)
    entered = EvaluationInput(name="路人", on_date=DAY, verdict=Verdict.FAIR)
    matter.do(evaluations.evaluate, made or 0, entered)

    everybody = {one.name for one in stage.look(evaluations.asked, made)}
    assert everybody == {"陈桂芳", "李建国", "孙玉梅", "路人"}
    named = {one.name for one in stage.look(evaluations.asked, made, by=member(stage))}
    assert named == {"陈桂芳", "李建国", "路人"}
    told = stage.look(evaluations.tally, made, by=member(stage)).words
    assert told == "满意 2 人，基本满意 1 人"


def test_of_a_project_he_is_told_what_his_own_people_said(stage: Stage) -> None:
    key = project(stage, "one", 1)
    facts = {"name": "孙玉梅", "on_date": DAY, "verdict": Verdict.GOOD}
    stage.put(Evaluation, project_id=key, resident_id=stage.people["sun"], **facts)
    said = stage.look(project_life.said, key, by=member(stage))
    assert [one.name for one in said] == ["路人"]


# -- papers


def test_papers_of_the_whole_community_are_not_made_of_one_grid(database: Database) -> None:
    matter = matter_on(database)
    stage, printing = matter.stage, Printing("孙丽", matter.stage.now)
    wish = MatterWish(topic_id=matter.topic_id)
    papers: list[tuple[Any, ...]] = [
        (minutes_papers.record, matter.meeting_id, printing),
        (minutes_papers.summary, matter.meeting_id, printing),
        (meeting_papers.sheet, matter.meeting_id, printing),
        (meeting_papers.invitations, matter.meeting_id, ["海湾派出所"], printing),
        (matter_paper.matter_sheet, wish, printing),
        (body_papers.roster, stage.council, printing),
        (joint_papers.register, printing),
    ]
    for gather, *args in papers:
        assert stage.see(gather, *args) is not None
        with pytest.raises(DomainError, match="请让看得到全社区的同事打印"):
            stage.see(gather, *args, by=member(stage))


def test_a_list_says_of_which_grid_it_is(stage: Stage) -> None:
    printing = Printing("孙丽", stage.now)
    need = NeedInput(words="修路灯", grid_id=stage.grids["one"])
    stage.do(three_lists.add_need, need, today=stage.today)
    offered = ResourceInput(words="电工上门", joint_unit_id=stage.units[UNITS[0][0]])
    stage.do(three_lists.add_resource, offered, today=stage.today)

    def paper(gather: Any, ask: Any, by: Actor, words: str) -> Any:
        lines = stage.look(ask, by=by)
        return stage.see(gather, lines, printing, filter_words=words, by=by)

    needs, own = (three_lists.needs, member(stage))
    assert paper(joint_papers.needs, needs, own, "").filter_words == "只含第一网格"
    found = paper(joint_papers.needs, needs, own, "2026 年")
    assert found.filter_words == "只含第一网格，2026 年"
    assert found.note.startswith("只含第一网格：2026 年")
    assert paper(joint_papers.needs, needs, CLERK, "2026 年").filter_words == "2026 年"
    found = paper(joint_papers.resources, three_lists.resources, own, "")
    assert found.filter_words == "项目只含第一网格"
