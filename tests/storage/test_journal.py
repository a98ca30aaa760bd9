"""What a transaction leaves in the journal."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from app.models import Action, Change, Draft, Operation, Resident
from app.storage import journal
from app.storage.engine import Database
from tests.storage.offices import CLOCK


def person(name: str = "王秀兰", **values: Any) -> Resident:
    return Resident(name=name, name_order="wang", **values)


def add_person(database: Database, **values: Any) -> int:
    with database.transaction("新增居民") as session:
        resident = person(**values)
        session.add(resident)
        session.flush()
        return resident.id


def changes(database: Database) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        rows = session.scalars(select(Change).order_by(Change.id))
        return [(c.table_name, c.row_id, c.last_row_id, c.action, c.fields) for c in rows]


def last_change(database: Database) -> tuple[Any, ...]:
    return changes(database)[-1]


def operations(session: Session) -> list[Operation]:
    return list(session.scalars(select(Operation).order_by(Operation.id)))


def test_an_operation_says_who_did_what_when_and_on_which_computer(database: Database) -> None:
    add_person(database)
    with database.reading() as session:
        [operation] = operations(session)
    assert operation.sentence == "新增居民"
    assert operation.user_name == "王书记"
    assert operation.at == CLOCK.now()
    assert operation.computer


def test_a_created_row_is_recorded_without_an_image(database: Database) -> None:
    row_id = add_person(database)
    assert changes(database) == [("resident", row_id, row_id, Action.CREATED, None)]


def test_an_update_records_what_differs_with_its_values_before_and_after(
    database: Database,
) -> None:
    row_id = add_person(database, phone="13800000612")
    with database.transaction("修改") as session:
        resident = session.get_one(Resident, row_id)
        resident.phone = "13900000612"
        resident.name = "王秀兰"
        resident.birth_date = date(1958, 3, 2)
    assert last_change(database) == (
        "resident",
        row_id,
        row_id,
        Action.UPDATED,
        {"phone": ["13800000612", "13900000612"], "birth_date": [None, "1958-03-02"]},
    )


def test_a_transaction_that_changes_nothing_leaves_no_operation(database: Database) -> None:
    row_id = add_person(database, phone="1")
    with database.transaction("什么都没改") as session:
        resident = session.get_one(Resident, row_id)
        resident.phone = "2"
        session.flush()
        resident.phone = "1"
    assert len(changes(database)) == 1
    with database.reading() as session:
        assert len(operations(session)) == 1


def test_several_saves_of_one_row_are_one_change_from_first_to_last(database: Database) -> None:
    row_id = add_person(database, phone="1", note="旧")
    with database.transaction("修改") as session:
        resident = session.get_one(Resident, row_id)
        for phone in ("2", "3"):
            resident.phone = phone
            session.flush()
    assert last_change(database)[4] == {"phone": ["1", "3"]}


def test_a_value_set_without_being_loaded_still_has_its_value_before(database: Database) -> None:
    row_id = add_person(database, note="旧")
    with database.transaction("修改") as session:
        resident = session.get_one(Resident, row_id)
        session.expire(resident, ["note"])
        resident.note = "新"
    assert last_change(database)[4] == {"note": ["旧", "新"]}


def test_a_deleted_row_leaves_its_values_as_they_were_before_the_operation(
    database: Database,
) -> None:
    row_id = add_person(database, phone="1")
    with database.transaction("删除") as session:
        resident = session.get_one(Resident, row_id)
        resident.phone = "2"
        session.flush()
        session.delete(resident)
    table, _, _, action, fields = last_change(database)
    assert (table, action) == ("resident", Action.DELETED)
    assert fields["phone"] == "1"
    assert fields["name"] == "王秀兰"


def test_a_row_made_and_removed_in_one_operation_leaves_no_trace(database: Database) -> None:
    with database.transaction("试一下") as session:
        resident = person()
        session.add(resident)
        session.flush()
        session.delete(resident)
    assert changes(database) == []


def test_consecutive_created_rows_share_one_change(database: Database) -> None:
    with database.transaction("导入") as session:
        session.execute(
            insert(Resident), [{"id": i, "name": "甲", "name_order": "jia"} for i in (5, 6, 7, 9)]
        )
        journal.record_created(session, Resident, [5, 6, 7, 9])
    assert [change[1:3] for change in changes(database)] == [(5, 7), (9, 9)]


def test_a_bulk_insert_that_is_not_handed_over_is_refused(database: Database) -> None:
    with (
        pytest.raises(RuntimeError, match="resident"),
        database.transaction("导入") as session,
    ):
        session.execute(insert(Resident), [{"name": "甲", "name_order": "jia"}])
    with database.reading() as session:
        assert session.scalar(select(Resident.id)) is None


def test_a_bulk_update_is_recorded_as_it_was_handed_over(database: Database) -> None:
    row_id = add_person(database)
    with database.transaction("批量修改") as session:
        session.execute(update(Resident).values(checked_on=date(2026, 11, 21)))
        fields = {"checked_on": [None, date(2026, 11, 21)]}
        journal.record_updates(session, Resident, [(row_id, fields)])
    assert last_change(database)[3:] == (Action.UPDATED, {"checked_on": [None, "2026-11-21"]})


def test_a_bulk_delete_is_recorded_as_it_was_handed_over(database: Database) -> None:
    row_id = add_person(database)
    with database.transaction("清空") as session:
        session.execute(delete(Resident))
        journal.record_deleted(session, Resident, [(row_id, {"name": "王秀兰"})])
    assert last_change(database)[3:] == (Action.DELETED, {"name": "王秀兰"})


def test_tables_outside_the_journal_change_without_a_record(database: Database) -> None:
    with database.transaction("草稿") as session:
        session.execute(insert(Draft), [{"key": "a", "fields": {}, "saved_at": CLOCK.now()}])
        session.add(Draft(key="b", fields={}, saved_at=CLOCK.now()))
    assert changes(database) == []


def test_looking_at_a_record_in_the_clear_appears_in_the_journal(database: Database) -> None:
    row_id = add_person(database)
    with database.transaction("查看证件号码") as session:
        journal.record_look(session, Action.LOOKED, Resident, [row_id])
    assert last_change(database) == ("resident", row_id, row_id, Action.LOOKED, None)


def test_a_change_is_not_recorded_as_a_look(database: Database) -> None:
    with (
        pytest.raises(ValueError, match="look"),
        database.transaction("查看") as session,
    ):
        journal.record_look(session, Action.UPDATED, Resident, [1])


def test_details_and_the_operation_taken_back_are_kept(database: Database) -> None:
    add_person(database)
    with database.transaction("撤销") as session:
        session.add(person("李明"))
        journal.set_details(session, {"kept": [3], "file": "名册.xlsx"})
        journal.set_undoes(session, 1)
    with database.reading() as session:
        operation = operations(session)[-1]
    assert operation.details == {"kept": [3], "file": "名册.xlsx"}
    assert operation.undoes_id == 1


def test_the_operation_id_is_known_before_the_operation_is_written(database: Database) -> None:
    add_person(database)
    with database.transaction("新增居民") as session:
        session.add(person("李明"))
        announced = journal.operation_id(session)
    with database.reading() as session:
        assert operations(session)[-1].id == announced


def test_a_savepoint_rolled_back_takes_its_record_along(database: Database) -> None:
    with database.transaction("两步") as session:
        session.add(person("留下"))
        session.flush()
        savepoint = session.begin_nested()
        session.add(person("不要"))
        session.flush()
        savepoint.rollback()
    assert changes(database) == [("resident", 1, 1, Action.CREATED, None)]


def test_the_number_of_a_deleted_row_given_again_leaves_both_events(database: Database) -> None:
    row_id = add_person(database)
    with database.transaction("换人") as session:
        session.delete(session.get_one(Resident, row_id))
        session.flush()
        session.add(person("李明", id=row_id))
    assert [(c[1], c[3]) for c in changes(database)[1:]] == [
        (row_id, Action.DELETED),
        (row_id, Action.CREATED),
    ]


def test_nobody_gets_the_number_of_a_deleted_row(database: Database) -> None:
    row_id = add_person(database)
    with database.transaction("换人") as session:
        session.delete(session.get_one(Resident, row_id))
        session.flush()
        session.add(person("李明"))
    with database.transaction("又换人") as session:
        session.delete(session.get_one(Resident, row_id + 1))
    assert add_person(database) == row_id + 2


@pytest.mark.parametrize(
    "statement",
    [update(Operation).values(sentence="改"), delete(Change)],
    ids=["update", "delete"],
)
@pytest.mark.parametrize("by_connection", [False, True], ids=["session", "connection"])
def test_a_ledger_refuses_update_and_delete(
    database: Database, statement: Any, by_connection: bool
) -> None:
    add_person(database)
    with (
        pytest.raises(RuntimeError, match="append-only"),
        database.transaction("篡改") as session,
    ):
        (session.connection() if by_connection else session).execute(statement)


def test_a_ledger_row_cannot_be_changed_as_an_object(database: Database) -> None:
    add_person(database)
    with (
        pytest.raises(RuntimeError, match="append-only"),
        database.transaction("篡改") as session,
    ):
        session.get_one(Operation, 1).sentence = "改"


def tamper(database: Database, statement: str) -> list[int]:
    for name in ("甲", "乙", "丙"):
        add_person(database, note=name)
    with database.transaction("修改") as session:
        session.get_one(Resident, 2).note = "丁"
    with database.transaction("x") as session:
        session.connection().exec_driver_sql(statement)
    with database.reading() as session:
        return journal.verify_chain(session)


def test_an_untouched_journal_verifies(database: Database) -> None:
    assert tamper(database, "SELECT 1") == []


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE operation SET user_name = '别人' WHERE id = 2", [2]),
        ("UPDATE change SET row_id = 9 WHERE operation_id = 3", [3]),
        ("UPDATE change SET fields = '{\"note\":[1,2]}' WHERE operation_id = 4", [4]),
        ("DELETE FROM change WHERE operation_id = 2", [2]),
        ("INSERT INTO change SELECT 99, 1, 'tag', 1, 1, 'created', NULL, NULL", [1]),
        ("UPDATE operation SET hash = '00' WHERE id = 1", [1, 2]),
    ],
)
def test_tampering_with_the_journal_shows(
    database: Database, statement: str, broken: list[int]
) -> None:
    assert tamper(database, statement) == broken


def test_an_operation_taken_out_of_the_journal_shows(database: Database) -> None:
    add_person(database)
    add_person(database)
    add_person(database)
    with database.transaction("x") as session:
        session.connection().exec_driver_sql("DELETE FROM change WHERE operation_id = 2")
        session.connection().exec_driver_sql("DELETE FROM operation WHERE id = 2")
    with database.reading() as session:
        assert journal.verify_chain(session) == [2, 3]


def test_operations_cut_off_the_end_of_the_journal_show(database: Database) -> None:
    for name in ("甲", "乙", "丙"):
        add_person(database, note=name)
    with database.transaction("x") as session:
        link = session.connection()
        link.exec_driver_sql("DELETE FROM change WHERE operation_id >= 2")
        link.exec_driver_sql("DELETE FROM operation WHERE id >= 2")
    with database.reading() as session:
        assert journal.verify_chain(session) == [2, 3]


def test_a_cut_end_still_shows_when_the_office_has_gone_on(database: Database) -> None:
    add_person(database)
    add_person(database)
    with database.transaction("x") as session:
        link = session.connection()
        link.exec_driver_sql("DELETE FROM change WHERE operation_id = 2")
        link.exec_driver_sql("DELETE FROM operation WHERE id = 2")
    add_person(database)
    with database.reading() as session:
        assert journal.verify_chain(session) == [2]
