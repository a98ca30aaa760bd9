"""议事 and the life of a record: own grids only, two records made one, somebody erased."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import DomainError, OutsideGrids
from app.models import (
    AgendaItem,
    Attendee,
    AttendWay,
    Ballot,
    BodyKind,
    BodyMember,
    Capacity,
    Choice,
    Departure,
    Evaluation,
    ItemKind,
    Meeting,
    MemberRole,
    Owner,
    Progress,
    Resident,
    Resolution,
    ResolutionKind,
    Speech,
    Topic,
    TopicKey,
    TopicOrigin,
    TopicPerson,
    TopicPersonKind,
    Verdict,
    Vote,
    VoteWay,
    everything,
)
from app.services import categories, erasing, events, meeting_owner, merging
from app.storage.lookup import query
from app.storage.narrowing import conditions
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor
from tests.services.meeting_stage import Stage, stage_on
from tests.services.test_erasing import found_in
from tests.storage.offices import fresh_office

DAY = date(2026, 11, 20)
ABOUT = (
    *("topic", "topic_person", "topic_key", "agenda_item", "speech", "vote", "ballot"),
    *("resolution", "progress", "evaluation", "attendee"),
)
"""Tables with something of each grid."""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A matter of each grid, by somebody of it, decided in one meeting."""
    stage = stage_on(fresh_office(tmp_path_factory.mktemp("meetings")))
    stage.do(_furnish, stage)
    yield stage
    stage.database.close()


@pytest.fixture
def stage(furnished: Stage) -> Iterator[Stage]:
    yield furnished
    furnished.database.act_as(Actor())


def _furnish(session: Session, stage: Stage) -> None:
    categories.seed(session)
    meeting = Meeting(body_id=stage.council, number=1, title="第 1 次会议", on_date=DAY, starts=840)
    session.add(meeting)
    session.flush()
    for number, (grid, who) in enumerate((("one", "chen"), ("two", "sun")), 1):
        _matter(session, stage, meeting.id, number, stage.grids[grid], who)


def _matter(
    session: Session, stage: Stage, meeting_id: int, number: int, grid_id: int, who: str
) -> None:
    person = stage.people[who]
    name = session.get_one(Resident, person).name
    facts = {"came_on": DAY, "origin": TopicOrigin.SLIP, "category_id": 1}
    topic = Topic(number=number, title="楼道灯不亮", grid_id=grid_id, **facts)
    topic.resident_id, topic.registered_at, topic.phone = person, stage.now, "13611112222"
    topic.body = f"{name}说晚上看不见"
    session.add(topic)
    session.flush()
    item = AgendaItem(meeting_id=meeting_id, place=number, kind=ItemKind.DECIDE, title="楼道照明")
    item.topic_id = topic.id
    there = Attendee(meeting_id=meeting_id, capacity=Capacity.OBSERVER, resident_id=person)
    there.name, there.way, there.came_at = name, AttendWay.TYPED, stage.now
    session.add_all([item, there])
    session.flush()
    owner = session.query(Owner).filter_by(resident_id=person).one()
    counted = {"members": 61, "voters": 43, "yes": 43, "no": 0, "abstain": 0}
    said = {"rule": {}, "passed": True, "words": "通过", "announced_at": stage.now}
    decided = Resolution(number=f"决-2026-00{number}", kind=ResolutionKind.DECISION, title="照明")
    decided.meeting_id, decided.agenda_item_id, decided.grid_id = meeting_id, item.id, grid_id
    decided.words, decided.made_on, decided.topic_id = "换灯", DAY, topic.id
    session.add_all(
        [
            TopicPerson(topic_id=topic.id, resident_id=person, kind=TopicPersonKind.SUPPORTS),
            TopicKey(token="楼道", topic_id=topic.id),
            Speech(agenda_item_id=item.id, attendee_id=there.id, name=name, place=1),
            Vote(agenda_item_id=item.id, way=VoteWay.HANDS, **counted, **said),
            Ballot(agenda_item_id=item.id, number=number, owner_id=owner.id, choice=Choice.YES),
            decided,
        ]
    )
    session.flush()
    session.add_all(
        [
            Progress(resolution_id=decided.id, on_date=DAY, at=stage.now, words="已换灯"),
            Evaluation(
                resolution_id=decided.id,
                resident_id=person,
                name=name,
                on_date=DAY,
                verdict=Verdict.GOOD,
            ),
        ]
    )


def _member(stage: Stage) -> Actor:
    return Actor(
        "孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER], frozenset({stage.grids["one"]}), user_id=1
    )


def _rows(stage: Stage, table: str, by: Actor | None = None) -> list[tuple[Any, ...]]:
    stage.database.act_as(by or Actor())
    with stage.database.lookup() as lookup:
        return [tuple(row) for row in lookup.rows(query("*", table))]


@pytest.mark.parametrize("table", ABOUT)
def test_a_grid_member_reads_the_matters_of_the_own_grids(table: str, stage: Stage) -> None:
    own, everybody = _rows(stage, table, _member(stage)), _rows(stage, table)
    assert 0 < len(own) < len(everybody)
    assert set(map(str, own)) < set(map(str, everybody))


@pytest.mark.parametrize("table", ["body_member", "owner", "owner_unit"])
def test_of_the_members_he_reads_those_of_the_own_people(table: str, stage: Stage) -> None:
    assert 0 < len(_rows(stage, table, _member(stage))) < len(_rows(stage, table))


@pytest.mark.parametrize(
    ("model", "column"), [(Topic, "wish"), (Resolution, "owner"), (Evaluation, "words")]
)
def test_he_changes_nothing_of_other_grids(stage: Stage, model: Any, column: str) -> None:
    own = {row[0] for row in _rows(stage, model.__tablename__, _member(stage))}
    other = max({row[0] for row in _rows(stage, model.__tablename__)} - own)
    with pytest.raises(OutsideGrids):
        stage.do(lambda s: setattr(s.get_one(model, other), column, "改了"), by=_member(stage))


def test_every_table_of_a_matter_or_of_somebody_is_narrowed(stage: Stage) -> None:
    columns = {"resident_id", "topic_id", "agenda_item_id", "resolution_id", "grid_id"}
    modules = {f"app.models.{name}" for name in ("topics", "meetings", "votes", "resolutions")}
    about = {
        name
        for name, model in everything().items()
        if model.__module__ in modules and columns & set(model.__table__.columns.keys())
    }
    # Narrowed by a view alone: it has no row that anybody changes.
    assert about - {"topic_key"} <= set(conditions(_member(stage)))


def test_two_records_become_one_with_all_that_was_brought_up_and_said(stage: Stage) -> None:
    other = stage.clerk.add("陈桂芳", new_household=True)
    chen = stage.people["chen"]
    key = stage.do(_seat, stage.bodies[BodyKind.CONSULTATION], other)
    topic = stage.put(
        Topic,
        number=9,
        came_on=DAY,
        origin=TopicOrigin.PHONE,
        category_id=1,
        title="停车难",
        resident_id=other,
        registered_at=stage.now,
    )
    said = stage.do(merging.merge, chen, other, now=stage.now)
    assert stage.ask(f"SELECT resident_id FROM topic WHERE id = {topic}") == [(chen,)]
    assert stage.ask(f"SELECT resident_id FROM body_member WHERE id = {key}") == [(chen,)]
    # She sits in the 议事协商会 under both records.
    assert "陈桂芳在一个议事组织里有两个身份，请到“议事”的“组织”里留一个。" in said
    known = stage.see(meeting_owner.of_person, chen, today=stage.today)
    assert (known.topics, known.attended) == (2, 1)


def _seat(session: Session, body_id: int, resident_id: int) -> int:
    row = BodyMember(body_id=body_id, resident_id=resident_id, name="陈桂芳", since=DAY)
    row.role = MemberRole.MEMBER
    session.add(row)
    session.flush()
    return row.id


def test_whoever_leaves_is_told_where_he_sits_and_is_not_erased_before(stage: Stage) -> None:
    sun = stage.people["sun"]
    warned = stage.see(events.hangs_on, sun, today=stage.today)
    assert any("第六届居民代表会议居民代表：请到“议事”的“组织”里登记离任" in one for one in warned)
    stage.do(events.move_out, sun, on_date=DAY, now=stage.now)
    with pytest.raises(DomainError, match="还是议事组织的成员"):
        stage.do(erasing.erase, sun, typed_name="孙玉梅", reason="本人要求", now=stage.now)


def test_who_is_erased_is_named_nowhere_and_every_count_stays(stage: Stage) -> None:
    who = stage.clerk.add("甄有名", new_household=True)

    def write(session: Session) -> None:
        meeting = session.query(Meeting).first()
        item = session.query(AgendaItem).first()
        assert meeting is not None
        assert item is not None
        there = Attendee(meeting_id=meeting.id, capacity=Capacity.OBSERVER, resident_id=who)
        there.name, there.way, there.came_from = "甄有名", AttendWay.TYPED, "3 号楼"
        topic = Topic(number=77, came_on=DAY, origin=TopicOrigin.SLIP, category_id=1, title="井盖")
        topic.resident_id, topic.registered_at = who, stage.now
        topic.body, topic.phone = "甄有名说井盖松了", "13922223333"
        session.add_all([there, topic])
        session.flush()
        session.add(
            Speech(
                agenda_item_id=item.id,
                attendee_id=there.id,
                name="甄有名",
                place=2,
                words="甄有名赞成",
            )
        )

    stage.do(write)
    before = stage.ask("SELECT count(*) FROM attendee")
    stage.do(lambda s: _gone(s, who))
    stage.do(erasing.erase, who, typed_name="甄有名", reason="本人要求", now=stage.now)
    assert found_in(stage.database, ("甄有名", "13922223333")) == set()
    assert stage.ask("SELECT count(*) FROM attendee") == before
    assert stage.ask("SELECT title FROM topic WHERE number = 77") == [("井盖",)]


def _gone(session: Session, resident_id: int) -> None:
    row = session.get_one(Resident, resident_id)
    row.departure, row.departed_on = Departure.MOVED_OUT, DAY
