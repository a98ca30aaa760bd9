"""What a user may not do is refused at the door, whichever service forgot to ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.errors import NotAllowed, OutsideGrids
from app.models import (
    Action,
    Change,
    Grid,
    Household,
    Operation,
    Resident,
    ResidentTag,
    Tag,
    User,
    everything,
)
from app.services import search, search_keys
from app.storage import journal
from app.storage.engine import Database
from app.storage.guard import WRITES
from app.storage.lookup import query
from app.storage.rows import change_row, stored_row
from app.values.rights import ALL, DEFAULTS, GRID_MEMBER, READER, Actor, Right
from tests.storage.offices import fresh_office

OWN, OTHER = 1, 2


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Database]:
    """Two grids with two people each; 甲 of the first and 丙 of the second have a sensitive tag."""
    database = fresh_office(tmp_path)
    with database.transaction("登记") as session:
        session.add(User(name="孙丽", role=GRID_MEMBER, slot="a"))
        session.add_all([Grid(number=number, name=f"第{number}网格") for number in (OWN, OTHER)])
        tags = [Tag(name="高龄", group="老人"), Tag(name="大病", group="救助", sensitive=True)]
        session.add_all(tags)
        session.flush()
        for number, name in enumerate(["甲一", "乙二", "丙三", "丁四"]):
            home = Household(number=f"{number}")
            session.add(home)
            session.flush()
            grid = OWN if number < 2 else OTHER
            session.add(Resident(name=name, name_order=name, grid_id=grid, household_id=home.id))
        session.flush()
        for person in (1, 3):
            session.add_all([ResidentTag(resident_id=person, tag_id=tag.id) for tag in tags])
        session.flush()
        search_keys.reindex(session, {1, 2, 3, 4})
    yield database
    database.close()


def member(rights: frozenset[Right] = DEFAULTS[GRID_MEMBER]) -> Actor:
    return Actor("孙丽", GRID_MEMBER, rights, frozenset({OWN}), user_id=2)


def rename(database: Database, resident_id: int, name: str) -> None:
    with database.transaction(f"修改居民 {name}") as session:
        session.get_one(Resident, resident_id).name = name


def names(database: Database) -> list[str]:
    with database.lookup() as lookup:
        return list(lookup.column(query("name", "resident", rest="ORDER BY id")))


def test_every_table_that_is_journaled_belongs_to_a_right() -> None:
    journaled = {name for name, model in everything().items() if model.__journaled__}
    assert journaled == set(WRITES)


def test_a_reader_changes_nothing_and_the_attempt_stands_in_the_journal(office: Database) -> None:
    office.act_as(Actor("何婷", READER, DEFAULTS[READER], user_id=1))
    with pytest.raises(NotAllowed, match="登记和修改居民"):
        rename(office, 1, "改了")
    assert names(office)[0] == "甲一"
    with office.reading() as session:
        last = session.scalars(select(Operation).order_by(Operation.id.desc())).first()
        assert last is not None
        change = session.scalars(select(Change).where(Change.operation_id == last.id)).one()
        assert last.user_name == "何婷"
        assert (last.details or {})["refused"] == "修改居民 改了"
        assert change.action is Action.REFUSED
        assert not journal.verify_chain(session)


def test_bulk_statements_and_looks_are_seen_as_well(office: Database) -> None:
    office.act_as(Actor("何婷", READER, DEFAULTS[READER]))
    with (
        pytest.raises(NotAllowed, match="查看完整号码"),
        office.transaction("查看 甲一 的电话") as session,
    ):
        journal.record_look(session, Action.LOOKED, Resident, [1])
    with pytest.raises(NotAllowed, match="导出"), office.transaction("导出") as session:
        journal.record_look(session, Action.EXPORTED, Resident, [1, 2])


def test_a_grid_member_reads_the_people_of_the_own_grids_alone(office: Database) -> None:
    office.act_as(member())
    assert names(office) == ["甲一", "乙二"]
    with office.reading() as session:
        assert session.get(Resident, 3) is None
        assert session.scalar(select(func.count(Household.id))) == 2
        assert session.scalar(select(func.count(ResidentTag.id))) == 1
        assert session.scalar(select(func.count(Operation.id))) == 0


def test_the_search_box_of_a_grid_member_finds_nobody_else(office: Database) -> None:
    with office.lookup() as lookup:
        assert search.find_ids(lookup, "丙三").ids == [3]
    office.act_as(member())
    with office.lookup() as lookup:
        assert search.find_ids(lookup, "丙三").ids == []
        assert search.find_ids(lookup, "甲一").ids == [1]
        assert search.find_ids(lookup, "甲 一").ids == [1]


def test_a_grid_member_writes_in_the_own_grids_alone(office: Database) -> None:
    office.act_as(member())
    rename(office, 2, "乙贰")
    with pytest.raises(OutsideGrids):
        rename(office, 3, "丙叁")
    with pytest.raises(OutsideGrids), office.transaction("换网格") as session:
        session.get_one(Resident, 3).grid_id = OWN
    with pytest.raises(OutsideGrids), office.transaction("换网格") as session:
        session.get_one(Resident, 1).grid_id = OTHER
    with pytest.raises(OutsideGrids), office.transaction("查看 丙三 的电话") as session:
        journal.record_look(session, Action.LOOKED, Resident, [3])
    office.act_as(Actor("王书记"))
    assert names(office) == ["甲一", "乙贰", "丙三", "丁四"]


def test_sensitive_tags_are_not_there_for_those_who_may_not_see_them(office: Database) -> None:
    office.act_as(Actor("李娜", "社工", ALL - {Right.SEE_SENSITIVE}))
    with office.reading() as session:
        assert list(session.scalars(select(Tag.name))) == ["高龄"]
        assert set(session.scalars(select(ResidentTag.tag_id))) == {1}
    with pytest.raises(NotAllowed, match="敏感标签"), office.transaction("贴标签") as session:
        session.add(ResidentTag(resident_id=2, tag_id=2))


def test_who_comes_next_does_not_see_through_the_eyes_of_the_one_before(office: Database) -> None:
    with office.lookup() as held:
        office.act_as(member())
        # A background job that began before goes on as it was.
        assert len(list(held.column(query("id", "resident")))) == 4
    assert len(names(office)) == 2
    office.act_as(Actor("王书记"))
    assert len(names(office)) == 4


def note(database: Database, resident_id: int, words: str) -> None:
    """By the path of a form, which needs no object."""
    with database.transaction("备注") as session:
        before = stored_row(session, Resident, resident_id)
        assert before is not None
        change_row(session, Resident, before, {"note": words})


@pytest.mark.parametrize(
    ("actor", "resident_id"), [(member(frozenset({Right.VIEW_PEOPLE})), 1), (member(), 3)]
)
def test_a_row_written_past_the_objects_is_guarded_as_well(
    office: Database, actor: Actor, resident_id: int
) -> None:
    office.act_as(member())
    note(office, 1, "来过")
    office.act_as(actor)
    with pytest.raises((NotAllowed, OutsideGrids)):
        note(office, resident_id, "又来")
    office.act_as(Actor())
    with office.reading() as session:
        noted = session.execute(select(Resident.id, Resident.note).where(Resident.note != ""))
        assert [tuple(row) for row in noted] == [(1, "来过")]
