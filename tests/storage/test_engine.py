"""The two doors: what is committed, what is rolled back, and who may do what."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Draft, Operation, Resident
from app.storage import connection as raw
from app.storage import engine
from app.storage.engine import Database
from app.storage.faults import FileBusy, FileMissing, NotAnOffice
from app.storage.lookup import Lookup, Sql, all_of, any_of, link_of, lookup_of, one_of, query
from tests.storage.offices import CLOCK, KEY


def names(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Resident.name).order_by(Resident.id)))


def add(database: Database, name: str) -> None:
    with database.transaction("新增居民") as session:
        session.add(Resident(name=name, name_order=name))


def test_what_a_transaction_saved_is_read_afterwards(database: Database) -> None:
    add(database, "王秀兰")
    assert names(database) == ["王秀兰"]


def test_an_error_inside_the_block_leaves_nothing(database: Database) -> None:
    def half_done() -> None:
        with database.transaction("新增居民") as session:
            session.add(Resident(name="王秀兰", name_order="w"))
            session.flush()
            raise DomainError("不行")

    with pytest.raises(DomainError, match="不行"):
        half_done()
    assert names(database) == []


def test_the_file_holds_no_readable_text(database: Database) -> None:
    add(database, "王秀兰")
    for file in database.file.parent.iterdir():
        assert "王秀兰".encode() not in file.read_bytes()
        assert b"resident" not in file.read_bytes()


def test_a_reading_session_sees_one_moment_while_others_save(database: Database) -> None:
    add(database, "甲")
    with database.reading() as session:
        before = session.scalars(select(Resident.name)).all()
        add(database, "乙")
        assert session.scalars(select(Resident.name)).all() == before
    assert names(database) == ["甲", "乙"]


def looked_up(lookup: Lookup) -> list[str]:
    return list(lookup.column(query("name", "resident", rest="ORDER BY id")))


def test_a_lookup_sees_one_moment_while_others_save(database: Database) -> None:
    add(database, "甲")
    with database.lookup() as lookup:
        assert looked_up(lookup) == ["甲"]
        add(database, "乙")
        assert looked_up(lookup) == ["甲"]
    with database.lookup() as lookup:
        assert looked_up(lookup) == ["甲", "乙"]


def test_lookups_in_each_other_and_in_threads_do_not_meet(database: Database) -> None:
    add(database, "甲")
    seen: list[list[str]] = []

    def look() -> None:
        with database.lookup() as lookup:
            seen.append(looked_up(lookup))

    with database.lookup() as lookup:
        looked_up(lookup)
        add(database, "乙")
        look()
        worker = threading.Thread(target=look)
        worker.start()
        worker.join()
        assert looked_up(lookup) == ["甲"]
    assert seen == [["甲", "乙"]] * 2


def test_a_lookup_cannot_write(database: Database) -> None:
    add(database, "甲")
    with pytest.raises(RuntimeError, match="must not write"), database.lookup() as lookup:
        lookup.rows(Sql("DELETE FROM resident"))
    assert names(database) == ["甲"]


def test_a_lookup_of_a_session_sees_what_is_not_saved_yet(database: Database) -> None:
    with database.transaction("新增居民") as session:
        session.add(Resident(name="甲", name_order="j"))
        assert looked_up(lookup_of(session)) == ["甲"]


def test_a_lookup_left_by_an_error_serves_the_next(database: Database) -> None:
    add(database, "甲")

    def half_way() -> None:
        with database.lookup() as lookup:
            lookup.rows(query("name", "resident"))
            raise DomainError("不行")

    with pytest.raises(DomainError, match="不行"):
        half_way()
    add(database, "乙")
    with database.lookup() as lookup:
        assert looked_up(lookup) == ["甲", "乙"]


def test_parts_of_a_condition_keep_their_values(database: Database) -> None:
    for name in ("甲", "乙", "丙"):
        add(database, name)
    chosen = [
        any_of([Sql("name = ?", ("甲",)), Sql("name = ?", ("丙",)), one_of("name", [])]),
        all_of([one_of("name", ["丙", "乙"]), all_of([])]),
    ]
    with database.lookup() as lookup:
        assert list(lookup.rows(query("id, name", "resident", chosen))) == [(3, "丙")]
        assert lookup.value(query("name", "resident", [any_of([])])) is None


def test_a_reading_session_cannot_write(database: Database) -> None:
    draft = Draft(key="a", fields={}, saved_at=CLOCK.now())
    with pytest.raises(RuntimeError, match="must not write"), database.reading() as session:
        session.bulk_save_objects([draft])


def test_a_worker_thread_reads_and_writes_while_the_window_reads(database: Database) -> None:
    seen: list[list[str]] = []

    def work() -> None:
        add(database, "甲")
        seen.append(names(database))

    with database.reading() as session:
        session.scalars(select(Resident.name)).all()
        worker = threading.Thread(target=work)
        worker.start()
        worker.join()
    assert seen == [["甲"]]


def test_a_transaction_inside_a_transaction_is_a_mistake(database: Database) -> None:
    with (
        database.transaction("外"),
        pytest.raises(RuntimeError, match="外"),
        database.transaction("内"),
    ):
        pass


def test_whoever_waits_too_long_is_told_what_is_going_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "TURN_SECONDS", 0.05)
    faults: list[FileBusy] = []

    def save() -> None:
        try:
            add(database, "甲")
        except FileBusy as fault:
            faults.append(fault)

    with database.transaction("导入居民名册"):
        worker = threading.Thread(target=save)
        worker.start()
        worker.join()
    assert "导入居民名册" in str(faults[0])


def test_a_second_program_writing_is_a_sentence(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = raw.connect(database.file, KEY)
    other.execute("BEGIN IMMEDIATE")
    database.close()
    monkeypatch.setattr(raw, "BUSY_SECONDS", 0.05)
    with pytest.raises(FileBusy):
        add(database, "甲")
    other.execute("ROLLBACK")
    other.close()
    add(database, "乙")
    assert names(database) == ["乙"]


def test_the_second_editor_of_a_record_is_refused(database: Database) -> None:
    add(database, "甲")

    def save_over() -> None:
        with database.transaction("修改") as session:
            resident = session.get_one(Resident, 1)
            session.connection().exec_driver_sql("UPDATE resident SET version = 7")
            resident.note = "x"

    with pytest.raises(ChangedMeanwhile):
        save_over()


def test_it_is_known_whether_anything_changed_since_the_backup(database: Database) -> None:
    with database.transaction("什么都没改") as session:
        session.scalars(select(Resident)).all()
    assert not database.changed_since_backup
    with database.transaction("草稿") as session:
        session.add(Draft(key="a", fields={}, saved_at=CLOCK.now()))
    assert database.changed_since_backup


def test_the_wrong_key_opens_nothing(database: Database) -> None:
    with pytest.raises(NotAnOffice):
        Database.open(database.file, bytes(32), clock=CLOCK)


def test_a_file_that_is_gone_is_a_sentence_and_is_not_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "没有.linli"
    with pytest.raises(FileMissing, match="没有"):
        Database.open(file, KEY, clock=CLOCK)
    assert not file.exists()


def test_the_file_runs_with_a_log_written_through_and_checked_keys(database: Database) -> None:
    with database.transaction("看设置") as session:
        connection = session.connection()
        values = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "cache_size")
        }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "cache_size": -65536,
    }


def test_closing_folds_the_log_into_the_file(database: Database) -> None:
    add(database, "甲")
    database.close()
    assert [file.name for file in database.file.parent.iterdir()] == [database.file.name]


def rename(database: Database, name: str, then: Callable[[Session], object]) -> None:
    """By SQL text, past the session; `then` does what comes after it."""
    with database.transaction("改名") as session:
        link_of(session).execute("UPDATE resident SET name = ?", (name,))
        then(session)


def refuse(session: Session) -> None:
    raise DomainError("不行")


def note_and_refuse(session: Session) -> None:
    session.scalars(select(Resident)).one().note = "有"
    session.flush()
    refuse(session)


def add_two_and_keep_one(session: Session) -> None:
    with session.begin_nested() as savepoint:
        session.add(Resident(name="丁", name_order="d"))
        session.flush()
        savepoint.rollback()
    session.add(Resident(name="戊", name_order="w"))


def test_what_only_sql_text_wrote_is_committed_and_rolled_back_as_well(database: Database) -> None:
    add(database, "甲")
    rename(database, "乙", lambda session: None)
    assert names(database) == ["乙"]
    with pytest.raises(DomainError):
        rename(database, "丙", refuse)
    assert names(database) == ["乙"]


def test_objects_join_a_transaction_in_its_middle(database: Database) -> None:
    add(database, "甲")
    with pytest.raises(DomainError):
        rename(database, "乙", note_and_refuse)
    assert names(database) == ["甲"]
    rename(database, "丙", add_two_and_keep_one)
    assert names(database) == ["丙", "戊"]


def test_nothing_of_a_transaction_is_left_for_the_next(database: Database) -> None:
    """One session serves them all: rows that were not flushed, and those that were read."""
    add(database, "甲")

    def half_done() -> None:
        with database.transaction("新增居民") as session:
            assert session.get_one(Resident, 1).name == "甲"
            session.add(Resident(name="乙", name_order="y"))
            raise DomainError("不行")

    for _ in range(2):
        with pytest.raises(DomainError, match="不行"):
            half_done()
        with database.transaction("什么都没做") as session:
            assert not [*session.new, *session.identity_map.values()]
    assert names(database) == ["甲"]
    with database.reading() as session:
        assert session.scalar(select(func.count(Operation.id))) == 1


def test_nobody_rolls_back_but_the_block(database: Database) -> None:
    with database.transaction("撤回") as session, pytest.raises(RuntimeError, match="by raising"):
        session.rollback()
