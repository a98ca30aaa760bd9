"""Topics, meetings, votes and resolutions in any order, with steps taken back on the way."""

from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import DomainError
from app.models import (
    BodyKind,
    CategoryGroup,
    ItemKind,
    MeetingState,
    TopicOrigin,
    TopicState,
    VoteWay,
)
from app.services import (
    agenda,
    agenda_input,
    meeting_call,
    meeting_opening,
    meetings,
    minutes,
    recycle_bin,
    resolution_life,
    sittings,
    topic_screening,
    topic_way,
    topics,
    undo,
    votes,
)
from app.services.agenda_input import ItemInput
from app.services.health.examination import examine_again
from app.services.health.kinds import Group
from app.services.meeting_call import CallInput
from app.services.meeting_input import MeetingInput
from app.services.minutes import EndInput, FileInput, ItemEnd
from app.services.progress import StepInput
from app.services.topic_input import TopicInput
from app.services.vote_ground import VoteInput
from app.services.voting import Count
from tests.services.meeting_stage import Stage, stage_on
from tests.services.sitting_rows import sign_in
from tests.storage.offices import fresh_office

_offices = count()
THERE = {BodyKind.REPRESENTATIVES: 43, BodyKind.CONSULTATION: 2}
PLACE = st.integers(0, 5)
ACT = st.one_of(
    st.tuples(st.sampled_from(["raise_topic", "undo_last", "redo"])),
    st.tuples(st.just("undo"), PLACE),
    st.tuples(st.just("screen"), PLACE, st.booleans()),
    st.tuples(st.just("plan"), st.sampled_from(list(THERE))),
    st.tuples(st.sampled_from(["put", "merge"]), PLACE, PLACE),
    st.tuples(st.just("vote"), PLACE, st.booleans()),
    st.tuples(
        st.sampled_from(
            [
                *("separate", "throw_topic", "open", "open", "cancel", "throw", "fetch", "end"),
                *("step", "finish", "again", "stop", "end", "file"),
            ]
        ),
        PLACE,
    ),
)
BEGINNING = (
    ("raise_topic",),
    ("raise_topic",),
    ("screen", 0, True),
    ("screen", 1, True),
    ("plan", BodyKind.REPRESENTATIVES),
    ("put", 0, 0),
    ("open", 0),
    ("vote", 0, True),
)


class Life:
    """What an office does with its topics; a place counts from the latest record back."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._hour = count(60)
        self._kinds: dict[int, BodyKind] = {}
        found = f"SELECT id FROM category WHERE \"group\" = '{CategoryGroup.MATTER.value}'"
        self._category = int(stage.ask(f"{found} LIMIT 1")[0][0])

    def raise_topic(self) -> None:
        told = TopicInput(
            title="楼道灯不亮",
            category_id=self._category,
            origin=TopicOrigin.SLIP,
            person="陈桂芳",
        )
        self.stage.do(topics.register, told, now=self.stage.now)

    def screen(self, place: int, up: bool) -> None:
        self._on("topic", place, topic_screening.screen, taken_up=up, reason="议过")

    def merge(self, place: int, other: int) -> None:
        self.stage.do(topic_screening.merge, self._at("topic", place), self._at("topic", other))

    def separate(self, place: int) -> None:
        key = self._at("topic", place)
        self.stage.do(topic_screening.separate, key, version=self._version("topic", key))

    def throw_topic(self, place: int) -> None:
        self._on("topic", place, topics.remove)

    def plan(self, kind: BodyKind) -> None:
        today = self.stage.today
        entered = MeetingInput(
            body_id=self.stage.bodies[kind],
            on_date=today,
            starts=next(self._hour),
            place="会议室",
            chair="王芳",
            recorder="赵敏",
            party_on=today,
            delegation="不属于",
        )
        self._kinds[self.stage.do(meetings.plan, entered, now=self.stage.now)] = kind

    def put(self, place: int, topic: int) -> None:
        meeting_id = self._at("meeting", place)
        topic_id = self._at("topic", topic)
        if self._state(meeting_id) is MeetingState.RUNNING:
            told = ItemInput(title="临时", kind=ItemKind.DISCUSS, topic_id=topic_id)
            self.stage.do(agenda.add_there, meeting_id, told)
            return
        entered = self.stage.see(agenda_input.of_topic, meeting_id, topic_id)
        decide = ItemInput(title=entered.title, kind=ItemKind.DECIDE, topic_id=topic_id)
        self.stage.do(agenda.add, meeting_id, decide)

    def open(self, place: int) -> None:
        meeting_id = self._at("meeting", place)
        if self._state(meeting_id) is MeetingState.PLANNED:
            told = CallInput(notified_on=self.stage.today)
            self._on("meeting", place, meeting_call.call, told)
        self._on("meeting", place, meeting_opening.open_meeting)
        come = f"SELECT count(*) FROM attendee WHERE meeting_id = {meeting_id}"
        if self.stage.ask(come) == [(0,)]:
            kind = self._kinds[meeting_id]
            sign_in(self.stage, meeting_id, self.stage.bodies[kind], THERE[kind])

    def vote(self, place: int, passed: bool) -> None:
        meeting_id = self._at("meeting", place)
        found = self._ids(f"agenda_item WHERE meeting_id = {meeting_id} ORDER BY place DESC")
        if not found:
            raise DomainError("没有议程。")
        self.stage.do(sittings.begin_item, found[0], now=self.stage.now)
        there = THERE[self._kinds[meeting_id]]
        counted = Count(there, 0, 0) if passed else Count(0, there, 0)
        entered = VoteInput(way=VoteWay.HANDS, count=counted)
        self.stage.do(votes.announce, found[0], entered, now=self.stage.now)

    def end(self, place: int) -> None:
        meeting_id = self._at("meeting", place)
        items = self._ids(f"agenda_item WHERE meeting_id = {meeting_id} ORDER BY place")
        told = tuple(
            ItemEnd(item_id=one, left=one % 3 == 0, result="议定", opinion=one % 3 == 1)
            for one in items
        )
        entered = EndInput(items=told)
        self.stage.do(minutes.end, meeting_id, entered, now=self.stage.now)

    def file(self, place: int) -> None:
        entered = FileInput(chair="王芳", recorder="赵敏")
        self._on("meeting", place, minutes.file, entered=entered)

    def cancel(self, place: int) -> None:
        key = self._at("meeting", place)
        version = self._version("meeting", key)
        self.stage.do(meetings.cancel, key, reason="停电", version=version)

    def throw(self, place: int) -> None:
        self._on("meeting", place, meetings.remove)

    def fetch(self, place: int) -> None:
        for table in ("meeting", "topic"):
            gone = self._ids(f"{table} WHERE deleted_at IS NOT NULL ORDER BY id DESC")
            for key in gone[place : place + 1]:
                self.stage.do(recycle_bin.restore, table, key, now=self.stage.now)

    def step(self, place: int) -> None:
        self._on("resolution", place, resolution_life.step, self._told("已换灯"))

    def finish(self, place: int) -> None:
        self._on("resolution", place, resolution_life.finish, self._told("灯亮了"))

    def again(self, place: int) -> None:
        self._on("resolution", place, resolution_life.again, "又不亮了")

    def stop(self, place: int) -> None:
        self._on("resolution", place, resolution_life.stop, "居民会议撤销")

    def undo(self, place: int) -> None:
        """A step of some time ago, past whatever came after it."""
        self._undo("undoes_id IS NULL", place)

    def undo_last(self) -> None:
        self._undo("undoes_id IS NULL", 0)

    def redo(self) -> None:
        self._undo("undoes_id IS NOT NULL", 0)

    def _undo(self, which: str, place: int) -> None:
        found = self._ids(f"operation WHERE {which} AND id > {self.first} ORDER BY id DESC")
        for key in found[place : place + 1]:
            self.stage.do(undo.undo, key)

    @property
    def first(self) -> int:
        """The step in which the first topic was raised: before it nothing is taken back."""
        asked = "SELECT min(operation_id) FROM change WHERE table_name = 'topic'"
        return int(self.stage.ask(asked)[0][0] or 0)

    # -- inside

    def _told(self, words: str) -> StepInput:
        return StepInput(on_date=self.stage.today, words=words)

    def _on(self, table: str, place: int, act: Any, *args: Any, **more: Any) -> None:
        key = self._at(table, place)
        version = self._version(table, key)
        self.stage.do(act, key, *args, version=version, now=self.stage.now, **more)

    def _ids(self, asked: str) -> list[int]:
        return [key for (key,) in self.stage.ask(f"SELECT id FROM {asked}")]

    def _at(self, table: str, place: int) -> int:
        """0, which there is not, where there are not so many."""
        return dict(enumerate(self._ids(f"{table} ORDER BY id DESC"))).get(place, 0)

    def _version(self, table: str, key: int) -> int:
        found = self.stage.ask(f"SELECT version FROM {table} WHERE id = {key}")
        return int(found[0][0]) if found else 0

    def _state(self, meeting_id: int) -> MeetingState:
        found = self.stage.ask(f"SELECT state FROM meeting WHERE id = {meeting_id}")
        return MeetingState.of(found[0][0]) if found else MeetingState.CANCELLED


_WAITS = """EXISTS (SELECT 1 FROM agenda_item AS i JOIN meeting AS m ON m.id = i.meeting_id
    WHERE i.topic_id = t.id AND i.state IN ('waiting_item', 'item_now') AND m.deleted_at IS NULL
    AND m.state IN ('planned_meeting', 'called_meeting', 'running'))"""
_OPEN = """EXISTS (SELECT 1 FROM resolution AS r WHERE r.topic_id = t.id AND r.deleted_at IS NULL
    AND ((r.kind = 'decision' AND r.state IN ('made', 'public', 'underway'))
        OR r.state = 'underway'))"""
_OVER = """EXISTS (SELECT 1 FROM resolution AS r WHERE r.topic_id = t.id AND r.deleted_at IS NULL
    AND r.state IN ('done_resolution', 'evaluated'))"""
NEVER = {
    "a topic is carried out without a resolution": (
        f"SELECT id FROM topic AS t WHERE state = 'decided' AND NOT {_OPEN}"
    ),
    "a resolution is carried out while its topic says otherwise": (
        f"SELECT id, state FROM topic AS t WHERE state NOT IN ('decided', 'merged_topic')"
        f" AND {_OPEN}"
    ),
    "a topic waits on no agenda": (
        f"SELECT id FROM topic AS t WHERE state = 'on_agenda' AND NOT {_WAITS}"
    ),
    "a topic on an agenda says that it waits for one": (
        f"SELECT id, state FROM topic AS t WHERE state IN ('raised', 'accepted_topic',"
        f" 'turned_down_topic') AND {_WAITS}"
    ),
    "a topic is done with nothing done": (
        f"SELECT id FROM topic AS t WHERE state = 'done_topic' AND NOT {_OVER}"
    ),
    "a topic is merged into nothing that goes on": (
        "SELECT t.id FROM topic AS t LEFT JOIN topic AS k ON k.id = t.merged_into_id"
        " WHERE (t.state = 'merged_topic') <> (t.merged_into_id IS NOT NULL)"
        " OR (t.deleted_at IS NULL AND t.merged_into_id IS NOT NULL"
        " AND (k.merged_into_id IS NOT NULL OR k.deleted_at IS NOT NULL))"
    ),
    "a decision has no vote that passed": (
        "SELECT r.id FROM resolution AS r LEFT JOIN vote AS v ON v.id = r.vote_id"
        " WHERE r.deleted_at IS NULL AND r.state <> 'stopped' AND (coalesce(v.passed, 1) = 0"
        " OR (r.kind = 'decision' AND v.id IS NULL))"
    ),
    "a count does not add up": (
        "SELECT id FROM vote WHERE yes + no + abstain + invalid <> voters OR voters > members"
    ),
    "a result was announced in a meeting that did not begin": (
        "SELECT v.id FROM vote AS v JOIN agenda_item AS i ON i.id = v.agenda_item_id"
        " JOIN meeting AS m ON m.id = i.meeting_id WHERE m.deleted_at IS NOT NULL"
        " OR m.state NOT IN ('running', 'ended', 'filed')"
    ),
    "two items have one place": (
        "SELECT meeting_id, place FROM agenda_item GROUP BY meeting_id, place HAVING count(*) > 1"
    ),
}


@settings(
    max_examples=7,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(ACT, min_size=12, max_size=16))
def test_topics_meetings_votes_and_resolutions_agree_whatever_is_done(
    tmp_path: Path, acts: list[Any]
) -> None:
    folder = tmp_path / f"{next(_offices)}"
    folder.mkdir()
    with closing(fresh_office(folder)) as database:
        _live(stage_on(database), acts)


def _live(stage: Stage, acts: list[Any]) -> None:
    life = Life(stage)
    for name, *args in (*BEGINNING, *acts):
        try:
            getattr(life, name)(*args)
        except DomainError:
            continue
        for fault, asked in NEVER.items():
            assert stage.ask(asked) == [], (fault, name, args)
    for group in (Group.MEETINGS, Group.BOOKS, Group.SEARCH):
        assert [one.check.key for one in examine_again(stage.database, group) if one.count] == []
    for (key,) in stage.ask("SELECT id FROM topic WHERE deleted_at IS NULL"):
        assert stage.look(topic_way.way_of, key).state in TopicState
