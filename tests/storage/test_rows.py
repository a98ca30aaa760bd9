"""A row changed past SQLAlchemy's objects is read, refused and journaled as an object would be."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import ChangedMeanwhile
from app.models import Change, Departure, Draft, HourEntry, Resident
from app.storage.chain import verify_chain
from app.storage.engine import Database
from app.storage.rows import change_row, stored_row
from tests.storage.test_journal import add_person

NEW = {
    "phone": "13900000001",
    "birth_date": date(1950, 2, 3),
    "departure": Departure.DIED,
    "deleted_at": datetime(2026, 11, 1, 9, 30),
    "name": "王秀兰",
}


def change(database: Database, resident_id: int, values: dict[str, Any]) -> None:
    with database.transaction("修改") as session:
        before = stored_row(session, Resident, resident_id)
        assert before is not None
        change_row(session, Resident, before, values)


def assign(database: Database, resident_id: int, values: dict[str, Any]) -> None:
    with database.transaction("修改") as session:
        person = session.get_one(Resident, resident_id)
        for name, value in values.items():
            setattr(person, name, value)


def changes(database: Database) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        assert verify_chain(session) == []
        found = session.scalars(select(Change).where(Change.fields.is_not(None)))
        return [(one.table_name, str(one.action), one.fields) for one in found]


def row(database: Database, resident_id: int) -> dict[str, Any] | None:
    with database.reading() as session:
        return stored_row(session, Resident, resident_id)


def test_a_row_is_read_as_its_object_has_it(database: Database) -> None:
    key = add_person(database)
    assign(database, key, NEW)
    with database.reading() as session:
        person = session.get_one(Resident, key)
        columns = Resident.__table__.columns.keys()
        assert stored_row(session, Resident, key) == {one: getattr(person, one) for one in columns}
        assert stored_row(session, Resident, key + 1) is None


def test_a_change_leaves_what_an_object_would_leave(database: Database) -> None:
    one, other = add_person(database), add_person(database)
    assign(database, one, NEW)
    change(database, other, NEW)
    first, second = changes(database)
    assert first == second
    written = row(database, one)
    assert written is not None
    assert row(database, other) == {**written, "id": other}


def test_what_does_not_differ_is_neither_written_nor_journaled(database: Database) -> None:
    key = add_person(database)
    before = row(database, key)
    assert before is not None
    change(database, key, {"name": before["name"], "phone": before["phone"]})
    assert (row(database, key), changes(database)) == (before, [])


def test_the_second_to_save_is_refused(database: Database) -> None:
    key = add_person(database)
    before = row(database, key)
    assert before is not None
    change(database, key, {"phone": "1"})
    with (
        pytest.raises(ChangedMeanwhile),
        database.transaction("修改") as session,
    ):
        change_row(session, Resident, before, {"phone": "2"})
    assert [fields for _, _, fields in changes(database)] == [{"phone": [None, "1"]}]


def test_an_object_that_was_loaded_before_follows(database: Database) -> None:
    key = add_person(database)
    with database.transaction("修改") as session:
        person = session.get_one(Resident, key)
        person.note = "先"
        before = stored_row(session, Resident, key)
        assert before is not None
        change_row(session, Resident, before, {"phone": "13900000001"})
        assert person.phone == "13900000001"
        person.sex = "女"
    (only,) = changes(database)
    assert only[2] == {
        "note": [None, "先"],
        "phone": [None, "13900000001"],
        "sex": [None, "女"],
    }


def test_ledgers_and_what_is_not_journaled_are_refused(database: Database) -> None:
    with database.transaction("绕过") as session:
        for model in (HourEntry, Draft):
            with pytest.raises(RuntimeError, match="are not changed here"):
                change_row(session, model, {"id": 1, "version": 1}, {"note": "x"})
