"""Older files become new ones whole or not at all; newer ones are left alone."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.operations import Operations

from app.storage import connection as raw
from app.storage import migrations
from app.storage.engine import Database
from app.storage.faults import DiskFull
from app.storage.migrations import NewerFile, runner
from app.storage.office_file import open_office
from app.version import VERSION
from tests.storage.offices import CLOCK, FILE_NAME, KEY, fresh_office


def query(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(raw.connect(file, KEY)) as connection:
        return list(connection.execute(sql).fetchall())


def schema(file: Path) -> dict[tuple[str, str], str]:
    """Everything that was declared, as SQL with the blanks taken out."""
    rows = query(file, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(kind, name): "".join(sql.split()) for kind, name, sql in rows}


def columns_and_constraints(statement: str) -> list[str]:
    """A declaration without regard to the order of its parts."""
    return sorted(re.split("[(),]", statement))


def empty(file: Path) -> Path:
    raw.connect(file, KEY, mode="rwc").close()
    return file


@pytest.fixture
def office(tmp_path: Path) -> Path:
    database = fresh_office(tmp_path)
    with database.transaction("写一些") as session:
        session.connection().exec_driver_sql(
            "INSERT INTO building (id, number, version) VALUES (1, '3', 1)"
        )
        session.connection().exec_driver_sql(
            "INSERT INTO dwelling (id, building_id, unit, room, place_order, version)"
            " VALUES (1, 1, '2', '501', 'x', 1)"
        )
    database.close()
    return tmp_path / FILE_NAME


@pytest.fixture
def next_step(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[runner.Step], None]]:
    """Pretend that the program has one step more than its files."""

    def add(step: runner.Step) -> None:
        number = migrations.LATEST + 1
        monkeypatch.setattr(migrations, "LATEST", number)
        monkeypatch.setattr(runner, "LATEST", number)
        monkeypatch.setattr(runner, "steps_between", lambda done: {number: step})

    return add


def open_again(file: Path, backup: Callable[[], object] = lambda: None) -> None:
    open_office(file, KEY, clock=CLOCK, backup=backup).close()


def test_the_steps_make_exactly_what_the_models_declare(tmp_path: Path) -> None:
    stepped = empty(tmp_path / "steps.linli")
    runner.migrate(stepped, KEY, backup=lambda: None, now=CLOCK.now())
    fresh_office(tmp_path).close()
    by_steps, by_models = schema(stepped), schema(tmp_path / FILE_NAME)
    assert by_steps.keys() == by_models.keys()
    for name, declared in by_models.items():
        assert columns_and_constraints(by_steps[name]) == columns_and_constraints(declared), (
            f"{name}: run python tools/new_migration.py"
        )


def test_every_step_is_listed_once_and_exists() -> None:
    folder = Path(runner.__file__).parent / "versions"
    assert sorted(file.stem for file in folder.glob("m*.py")) == list(migrations.STEPS)


def test_a_new_file_says_its_schema_and_the_program_that_made_it(office: Path) -> None:
    [(number, program)] = query(office, "SELECT number, program FROM schema_version")
    assert (number, program) == (migrations.LATEST, VERSION)


def test_an_up_to_date_file_is_opened_without_a_backup(office: Path) -> None:
    backups: list[str] = []
    open_again(office, lambda: backups.append("x"))
    assert not runner.migrate(office, KEY, backup=lambda: backups.append("x"), now=CLOCK.now())
    assert backups == []


def test_an_older_file_is_backed_up_before_it_changes(
    office: Path, next_step: Callable[[runner.Step], None]
) -> None:
    next_step(lambda op: op.create_table("lamp", sa.Column("id", sa.Integer, primary_key=True)))
    before: list[bool] = []
    open_again(office, lambda: before.append(("table", "lamp") in schema(office)))
    assert before == [False]
    assert ("table", "lamp") in schema(office)
    numbers = query(office, "SELECT number FROM schema_version ORDER BY number")
    assert numbers == [(1,), (migrations.LATEST,)]


def test_a_step_that_rebuilds_a_table_keeps_the_rows_that_hang_on_it(
    office: Path, next_step: Callable[[runner.Step], None]
) -> None:
    def rebuild(op: Operations) -> None:
        with op.batch_alter_table("building") as table:
            table.alter_column("name", existing_type=sa.String(60), nullable=True, type_=sa.Text())

    next_step(rebuild)
    open_again(office)
    assert query(office, "SELECT building_id, room FROM dwelling") == [(1, "501")]


def fail_after(change: Callable[[Operations], object]) -> runner.Step:
    def step(op: Operations) -> None:
        change(op)
        raise OSError(28, "No space left on device")

    return step


@pytest.mark.parametrize(
    "change",
    [
        lambda op: op.create_table("lamp", sa.Column("id", sa.Integer, primary_key=True)),
        lambda op: op.add_column("building", sa.Column("lamp", sa.Integer)),
        lambda op: op.execute("UPDATE building SET number = '9'"),
    ],
    ids=["table", "column", "rows"],
)
def test_a_step_that_fails_leaves_the_file_as_it_was(
    office: Path,
    next_step: Callable[[runner.Step], None],
    change: Callable[[Operations], object],
) -> None:
    declared, rows = schema(office), query(office, "SELECT number FROM building")
    next_step(fail_after(change))
    with pytest.raises(DiskFull):
        open_again(office)
    assert schema(office) == declared
    assert query(office, "SELECT number FROM building") == rows
    assert query(office, "SELECT max(number) FROM schema_version") == [(1,)]


def test_a_step_that_leaves_orphans_is_taken_back(
    office: Path, next_step: Callable[[runner.Step], None]
) -> None:
    next_step(lambda op: op.execute("DELETE FROM building"))
    with pytest.raises(RuntimeError, match="dwelling"):
        open_again(office)
    assert query(office, "SELECT count(*) FROM building") == [(1,)]


def test_no_backup_means_no_migration(
    office: Path, next_step: Callable[[runner.Step], None]
) -> None:
    def no_room() -> None:
        raise DiskFull(office)

    next_step(lambda op: op.execute("UPDATE building SET number = '9'"))
    with pytest.raises(DiskFull):
        open_again(office, no_room)
    assert query(office, "SELECT number FROM building") == [("3",)]


def test_a_newer_file_is_refused_and_both_versions_are_named(office: Path) -> None:
    with closing(raw.connect(office, KEY)) as connection:
        connection.execute("INSERT INTO schema_version VALUES (7, '2.4.0', '2027-01-01')")
    content = office.read_bytes()
    with pytest.raises(NewerFile) as caught:
        open_again(office)
    for named in ("第 7 版", "2.4.0", f"第 {migrations.LATEST} 版", VERSION):
        assert named in str(caught.value)
    assert office.read_bytes() == content


def test_opening_an_up_to_date_file_loads_no_migration_or_password_library(office: Path) -> None:
    import subprocess
    import sys

    program = (
        "import sys; from pathlib import Path; from app.clock import Clock;"
        "from app.storage.office_file import open_office;"
        f"file = Path({str(office)!r});"
        "open_office(file, bytes(range(32)), clock=Clock(), backup=print).close();"
        "names = {'alembic', 'argon2', 'cryptography', 'PySide6'};"
        "names.add('sqlalchemy.dialects.postgresql');"
        "heavy = names & set(sys.modules);"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[2])


def test_a_file_of_the_present_schema_opens_as_a_database(office: Path) -> None:
    database = open_office(office, KEY, clock=CLOCK, backup=lambda: None, user_name="李干事")
    assert isinstance(database, Database)
    assert database.user_name == "李干事"
    database.close()
