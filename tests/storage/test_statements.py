"""Rows written past SQLAlchemy arrive as SQLAlchemy would have written them."""

from datetime import date

import pytest
from sqlalchemy import delete, insert, select

from app.models import AccountState, Change, Draft, PointsAccount, PointsLot, table_of
from app.storage import journal
from app.storage.engine import Database
from app.storage.statements import insert_kept, keep_rows
from tests.storage.test_journal import add_person

ACCOUNT = {"opened_on": date(2026, 11, 1)}
LOT = {"entry_id": 1, "account_id": 1, "points": 30, "left": 30}


@pytest.fixture
def people(database: Database) -> tuple[int, int]:
    return add_person(database), add_person(database)


def test_defaults_days_and_codes_are_those_of_the_table(
    database: Database, people: tuple[int, int]
) -> None:
    table = table_of(PointsAccount)
    with database.transaction("开户") as session:
        session.execute(insert(table), {**ACCOUNT, "id": 1, "resident_id": people[0]})
        journal.record_created(session, PointsAccount, [1])
        journal.add_rows(session, PointsAccount, [{**ACCOUNT, "resident_id": people[1]}])
    with database.reading() as session:
        one, other = session.scalars(select(PointsAccount).order_by(PointsAccount.id))
        same = {column.name for column in table.columns} - {"id", "resident_id"}
        assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
        assert (other.state, other.opened_on) == (AccountState.OPEN, date(2026, 11, 1))
        change = session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change is not None
        assert (change.table_name, change.row_id, change.last_row_id) == ("points_account", 1, 2)


def test_a_change_reads_what_stood_there(database: Database) -> None:
    with database.transaction("批次") as session:
        # The lines that these lots come from are not wanted here.
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        insert_kept(session, PointsLot, [LOT, {**LOT, "entry_id": 2}])
        keep_rows(session, PointsLot, '"left" = "left" - ?', "entry_id = ?", [(5, 1), (30, 2)])
        found = session.scalars(select(PointsLot.left).order_by(PointsLot.entry_id))
        assert list(found) == [25, 0]
        session.execute(delete(PointsLot))


def test_what_the_journal_keeps_is_not_written_past_it(database: Database) -> None:
    with database.transaction("绕过") as session:
        with pytest.raises(RuntimeError, match="belongs into the journal"):
            keep_rows(session, PointsAccount, "opened_on = ?", "id = ?", [("2026-11-01", 1)])
        with pytest.raises(RuntimeError, match="belongs into the journal"):
            insert_kept(session, PointsAccount, [ACCOUNT])


def test_nothing_to_write_is_no_statement(database: Database) -> None:
    with database.transaction("没有") as session:
        insert_kept(session, Draft, [])
        keep_rows(session, Draft, "id = ?", "id = ?", [])
