"""From a slip of paper in the 议事亭 to the lamp that burns, through every service on the way."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.models import ItemKind, TopicOrigin, TopicState, Verdict, VoteWay
from app.services import (
    agenda,
    evaluations,
    fund_sources,
    funds,
    meetings,
    minutes,
    projects,
    resolution_life,
    resolution_notice,
    resolutions,
    topic_notice,
    topic_screening,
    topic_views,
    topic_way,
    topics,
    votes,
)
from app.services.agenda_input import ItemInput
from app.services.evaluations import EvaluationInput
from app.services.fund_sources import SourceInput
from app.services.funds import EntryInput
from app.services.meeting_input import MeetingInput
from app.services.minutes import EndInput, ItemEnd
from app.services.progress import StepInput
from app.services.projects import ProjectInput
from app.services.resolution_notice import NoticeWish
from app.services.resolutions import Charge
from app.services.topic_input import TopicInput
from app.services.topic_stages import Stage as Step
from app.services.vote_ground import VoteInput
from app.services.voting import Count
from app.storage.engine import Database
from tests.services.meeting_plans import called, opened
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import sign_in

SAID, TALKED, DECIDED = date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 20)
STARTED, DONE = date(2026, 12, 8), date(2026, 12, 14)
LAMPS = "3 号楼至 6 号楼 24 个单元换装声控灯，用专项经费 18,600 元，由物业维护一年。"


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database).at(SAID)


def state(stage: Stage, topic_id: int) -> TopicState:
    found: TopicState = stage.look(topic_views.topic, topic_id).state
    return found


def raised(stage: Stage) -> int:
    """Two slips about the same staircase, one topic that is taken up and made public."""
    [(kind,)] = stage.ask("SELECT id FROM category WHERE \"group\" = 'matter' LIMIT 1")
    slip = TopicInput(
        title="楼道灯不亮",
        category_id=kind,
        origin=TopicOrigin.SLIP,
        resident_id=stage.people["li"],
        wish="换声控灯",
        households=24,
    )
    lights: int = stage.do(topics.register, slip, now=stage.now)
    other = replace(slip, title="楼道太黑", resident_id=stage.people["chen"])
    again = stage.do(topics.register, other, now=stage.now)
    stage.do(topic_screening.merge, lights, again)
    answer = {"taken_up": True, "reason": "涉及 24 户", "version": 1, "now": stage.now}
    stage.do(topic_screening.screen, lights, **answer)
    stage.do(topic_notice.publish, [lights], now=stage.now)
    return lights


def met(stage: Stage, body_id: int, topic_id: int, on: date, **item: Any) -> tuple[Stage, int, int]:
    """A meeting of a body on the topic that was called in time and has begun."""
    when = {"on_date": on, "starts": 14 * 60, "place": "社区三楼", "chair": "王芳"}
    more = {"party_on": stage.today, "delegation": "不属于", "recorder": "赵敏"}
    entered = MeetingInput(body_id=body_id, **when, **more)
    key = stage.do(meetings.plan, entered, now=stage.now)
    if item:
        wanted = ItemInput(title="楼道照明改造", topic_id=topic_id, **item)
        [item_id] = [stage.do(agenda.add, key, wanted)]
    else:
        [item_id] = stage.do(agenda.add_topics, key, [topic_id])
    called(stage, key, stage.today)
    there = stage.at(on, 14)
    opened(there, key)
    return there, key, item_id


def test_a_dark_staircase_from_the_slip_to_the_lamp(stage: Stage) -> None:
    lights = raised(stage)
    assert state(stage, lights) is TopicState.ACCEPTED

    there, forum, item = met(stage, stage.forum, lights, TALKED)
    assert state(there, lights) is TopicState.ON_AGENDA
    sign_in(there, forum, stage.forum, 3)
    agreed = ItemEnd(item_id=item, result="同意换声控灯，提交居民代表会议决定", opinion=True)
    there.do(minutes.end, forum, EndInput(items=(agreed,)), now=there.now)
    assert state(there, lights) is TopicState.DISCUSSED

    put = {"kind": ItemKind.DECIDE, "words": LAMPS}
    there, council, item = met(there, stage.council, lights, DECIDED, **put)
    sign_in(there, council, stage.council, 43)
    count = VoteInput(way=VoteWay.HANDS, count=Count(25, 12, 5, 1))
    there.do(votes.announce, item, count, now=there.now)
    there.do(minutes.end, council, EndInput(), now=there.now)
    assert state(there, lights) is TopicState.DECIDED

    [(made, number)] = there.ask("SELECT id, number FROM resolution WHERE kind = 'decision'")
    _carried_out(there, made)
    assert state(there, lights) is TopicState.DONE
    _told(there, lights, number)


def _version(stage: Stage, table: str, key: int) -> int:
    return int(stage.ask(f"SELECT version FROM {table} WHERE id = {key}")[0][0])


def _carried_out(stage: Stage, made: int) -> None:
    """公示, project, money, a step with a picture, the end, and what those concerned say."""

    def act(at: Stage, do: Any, *args: Any, **more: Any) -> Any:
        return at.do(do, made, *args, version=_version(at, "resolution", made), **more)

    charge = Charge(owner="金城物业", due_on=date(2026, 12, 15), budget=1_860_000)
    act(stage, resolutions.charge, charge)
    act(stage, resolution_notice.publish, NoticeWish(days=15, posted_on=DECIDED), now=stage.now)
    works = stage.at(STARTED)
    facts = {"funded": True, "budget": 1_860_000, "purpose": "更换楼道照明"}
    entered = ProjectInput(name="楼道照明改造", resolution_id=made, approved_on=STARTED, **facts)
    project = works.do(projects.add, entered, now=works.now)
    works.do(
        fund_sources.save, None, SourceInput(year=2026, name="市级专项经费", planned=10_000_000)
    )
    [(source,)] = works.ask("SELECT id FROM fund_source")
    money = {"source_id": source, "on_date": STARTED, "approved_by": "周立群"}
    grant = EntryInput(amount=10_000_000, words="拨入", **money)
    works.do(funds.grant, grant, now=works.now)
    pay = {"ticket": "No.0012", "payee": "金城物业公司", "handled_by": "赵敏"}
    lamps = EntryInput(amount=1_860_000, words="声控灯 24 套", project_id=project, **pay, **money)
    works.do(funds.spend, lamps, now=works.now)
    step = StepInput(on_date=STARTED, words="3 号楼装好", percent=25)
    act(works, resolution_life.step, step, now=works.now)
    ended = works.at(DONE)
    end = StepInput(on_date=DONE, words="24 个单元都亮了")
    act(ended, resolution_life.finish, end, now=ended.now)
    later = ended.at(DONE + timedelta(days=1))
    for name in ("li", "chen"):
        said = EvaluationInput(
            resident_id=stage.people[name], on_date=later.today, verdict=Verdict.GOOD
        )
        act(later, evaluations.evaluate, said)


def _told(stage: Stage, lights: int, number: str) -> None:
    way = stage.look(topic_way.way_of, lights)
    assert (way.done_on, way.days) == (DONE, 42)
    assert [one.on for one in way.steps if one.stage is Step.DONE] == [DONE]
    steps = {one.stage: one for one in way.steps}
    assert list(dict.fromkeys(one.stage.part for one in way.steps)) == [
        "居民提事",
        "民主议事",
        "集体决策",
        "落实",
    ]
    assert set(Step) - set(steps) <= {Step.SUPPORTED, Step.STOPPED}
    assert steps[Step.VOTED].detail.startswith("25 × 2 = 50")
    assert steps[Step.MADE].title == f"决议 {number}"
    assert steps[Step.PUBLIC].detail.endswith("没有收到异议")
    assert steps[Step.PAID].words == "专项经费支出 18,600.00 元"
    assert steps[Step.DONE].words == "24 个单元都亮了"
    assert steps[Step.EVALUATED].words == "满意 2 人"
