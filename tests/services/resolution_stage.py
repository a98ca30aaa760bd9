"""The matter of a dark staircase on the stage of 议事: topic, meeting, item, and votes on it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.models import (
    AgendaItem,
    Category,
    CategoryGroup,
    ItemKind,
    Matter,
    Meeting,
    MeetingState,
    ResolutionState,
    Topic,
    TopicOrigin,
    TopicPerson,
    TopicPersonKind,
    TopicState,
    Vote,
    VoteWay,
)
from app.services import resolutions
from app.services.resolution_views import ResolutionRow, resolution
from app.storage.engine import Database
from tests.services.meeting_stage import Stage, stage_on

HELD = date(2026, 11, 10)
WORDS = "3 号楼至 6 号楼 24 个单元换装声控灯，12 月 15 日前完工。"


@dataclass
class Matter3:
    """`stage` with the ids of what the matter went through."""

    stage: Stage
    topic_id: int
    meeting_id: int
    item_id: int

    def vote(self, *, yes: int = 25, passed: bool = True, decides: bool = True) -> int:
        """A vote as it was announced; gives its id."""
        return put_vote(self.stage, self.item_id, yes=yes, passed=passed, decides=decides)

    def make(self, **vote: Any) -> int | None:
        """A vote and what follows from it."""
        made: int | None = self.stage.do(
            resolutions.make, self.item_id, self.vote(**vote), now=self.stage.now
        )
        return made

    def row(self, resolution_id: int) -> ResolutionRow:
        found: ResolutionRow = self.stage.look(resolution, resolution_id)
        return found

    def do(self, act: Any, resolution_id: int, *args: Any, **more: Any) -> Any:
        """A step of its life, with the version that it has now."""
        version = self.row(resolution_id).version
        return self.stage.do(act, resolution_id, *args, version=version, **more)

    def at(self, day: date) -> "Matter3":
        return replace(self, stage=self.stage.at(day))

    @property
    def topic_state(self) -> TopicState:
        [[state]] = self.stage.ask(f"SELECT state FROM topic WHERE id = {self.topic_id}")
        return TopicState.of(state)

    def state(self, resolution_id: int) -> ResolutionState:
        return self.row(resolution_id).state


def matter_on(database: Database) -> Matter3:
    """陈桂芳 brought it up, 李建国 stands behind it; the representatives met on 2026-11-10."""
    stage = stage_on(database)
    return put_matter(stage)


def put_matter(stage: Stage, body_id: int | None = None, number: int = 12) -> Matter3:
    """The rows of it, past the services of topics and meetings."""
    category = stage.put(
        Category, group=CategoryGroup.MATTER, name=f"公共设施{number}", position=90 + number
    )
    topic_id = stage.put(
        Topic,
        number=number,
        came_on=date(2026, 10, 12),
        origin=TopicOrigin.SLIP,
        resident_id=stage.people["chen"],
        grid_id=stage.grids["one"],
        category_id=category,
        title="楼道没有灯",
        body="6 号楼 2 单元楼道没有灯，陈桂芳晚上摸黑上楼，电话 13812340612。",
        wish="换声控灯",
        state=TopicState.ON_AGENDA,
        screened_on=date(2026, 10, 15),
        screened_by="王芳",
        registered_at=stage.now,
    )
    stage.put(
        TopicPerson,
        topic_id=topic_id,
        resident_id=stage.people["li"],
        kind=TopicPersonKind.SUPPORTS,
    )
    meeting_id = stage.put(
        Meeting,
        body_id=body_id or stage.council,
        number=4,
        title="第 4 次居民代表会议",
        on_date=HELD,
        starts=14 * 60,
        state=MeetingState.RUNNING,
        expected=61,
        opened_at=datetime(2026, 11, 10, 14, 5),
    )
    item_id = stage.put(
        AgendaItem,
        meeting_id=meeting_id,
        place=3,
        kind=ItemKind.DECIDE,
        title="楼道照明改造",
        words=WORDS,
        matter=Matter.ORDINARY,
        topic_id=topic_id,
    )
    return Matter3(stage, topic_id, meeting_id, item_id)


def put_vote(stage: Stage, item_id: int, *, yes: int, passed: bool, decides: bool) -> int:
    return stage.put(
        Vote,
        agenda_item_id=item_id,
        way=VoteWay.BALLOT,
        rule={"decides": decides, "name": "CN-2025", "article": "第二十九条"},
        members=61,
        voters=43,
        yes=yes,
        no=43 - yes,
        abstain=0,
        passed=passed,
        words=f"赞成 {yes} 票，{'超过' if passed else '没有超过'}到会 43 人的半数",
        proof=f"{yes} × 2 = {yes * 2}",
        announced_at=datetime(2026, 11, 10, 14, 50),
    )
