"""The start after the trouble: nothing acknowledged is missing, nothing is half done."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app import paths
from app.services import office, search_keys, users
from app.storage import after_restore
from app.storage.backup import list_backups
from app.storage.check import check_file
from app.storage.engine import Database
from app.storage.faults import NotAnOffice
from app.storage.lookup import Sql
from app.storage.office_file import load_vault
from app.storage.slots import WEAK_COST
from app.storage.vault_faults import WrongPassword
from tests.faults import acts
from tests.faults.acts import AFTER_BACKUP, PASSWORD, Program
from tests.storage.offices import CLOCK

Look = Callable[[Program, list[Any]], None]


@contextmanager
def started(folder: Path, password: str = PASSWORD) -> Iterator[Program]:
    """The next start, which asks nothing; the file is whole and nothing lies about."""
    program = acts.start(folder, password)
    try:
        assert program.told == ""
        file = paths.database_file()
        report = check_file(file, program.database.key)
        assert report.ok, report.faults
        with program.database.reading() as session:
            assert list(search_keys.strays(session)) == []
        yield program
        assert leftovers(folder) == []
    finally:
        program.close()


def leftovers(folder: Path) -> list[str]:
    """Temporary files and folders of the program, anywhere in the office's folder."""
    return [path.name for path in folder.rglob("*") if path.name.startswith(".")]


def people(program: Program) -> list[str]:
    return _names(program.database)


def _names(database: Database) -> list[str]:
    return list(column(database, "SELECT name FROM resident ORDER BY id"))


def operations(program: Program) -> list[str]:
    return list(column(program.database, "SELECT sentence FROM operation ORDER BY id"))


def _number(program: Program, what: str) -> int:
    [found] = column(program.database, f"SELECT count({what}")
    return int(found)


def column(database: Database, sql: str) -> list[Any]:
    """The first value of each row."""
    with database.lookup() as lookup:
        return list(lookup.column(Sql(sql)))


def after_saving(program: Program, said: list[Any]) -> None:
    names = [f"新来的{number}" for number in range(1, acts.ROUNDS + 1)]
    came = [name for name in people(program) if name in names]
    assert came == names[: len(came)]
    assert len(came) - len(said) in (0, 1)
    assert operations(program)[-len(came) :] == [f"新增居民 {name}" for name in came] or not came
    homes = "DISTINCT household_id) FROM resident WHERE name LIKE '新来的%'"
    assert _number(program, homes) == len(came)


def after_making_rounds(program: Program, said: list[Any]) -> None:
    """A line has its picture, a sheet all its visits, a request all its steps, or there is none."""
    lines, requests = (_number(program, f"*) FROM {name}") for name in ("diary_entry", "request"))
    typed = column(
        program.database, "SELECT count(visit_id) FROM visit_sheet_row GROUP BY sheet_id"
    )
    sheets = typed.count(acts.WALKED)
    assert set(typed) <= {0, acts.WALKED}
    assert _number(program, "*) FROM visit") == acts.WALKED * sheets
    assert _number(program, "DISTINCT entry_id) FROM diary_photo") == lines
    assert _number(program, "DISTINCT entry_id) FROM diary_met") == lines
    assert column(program.database, "SELECT sum(steps) FROM request") == [2 * requests or None]
    assert _number(program, "*) FROM request_step") == 2 * requests
    for name, done in (("diary", lines), ("request", requests), ("sheet", sheets)):
        assert done - said.count(name) in (0, 1)


def after_importing(program: Program, said: list[Any]) -> None:
    came = len(people(program)) - _people_at_first(program)
    assert came == said[0] if said else came == 0 or came > acts.NEWCOMERS * 0.9
    assert operations(program).count("导入名册") == (2 if came else 1)


def _people_at_first(program: Program) -> int:
    """In the backup that the office had from the beginning, and one who came after it."""
    oldest = list_backups(paths.backup_dir())[-1]
    with closing(Database.open(oldest.file, program.database.key, clock=acts.NOW)) as database:
        return len(_names(database)) + 1


def after_backing_up(program: Program, said: list[Any]) -> None:
    found = list_backups(paths.backup_dir())
    assert set(said) <= {info.folder.name for info in found}
    # The one the office had, those that were told of, and one that nobody could be told of.
    assert len(found) - 1 - len(said) in (0, 1)
    for info in found:
        assert info.ok
        assert check_file(info.file, program.database.key).ok
        assert load_vault(info.file, cost=WEAK_COST).unlock(program.slot, PASSWORD)


def after_restoring(program: Program, said: list[Any]) -> None:
    """Either restore waits for its confirmation: no backup is thinned out."""
    restored = AFTER_BACKUP not in people(program)
    assert restored or "restored" not in said
    waits = after_restore.marked(paths.backup_dir())
    if restored:
        assert waits is not None
        assert waits.moment == CLOCK.now()
        [aside] = paths.data_dir().glob("* *.linli")
        assert check_file(aside, program.database.key).ok
    elif "waits" in said:
        assert waits == after_restore.Restored(acts.EARLIER, acts.EARLIER, "", journaled=True)


def after_migrating(program: Program, said: list[Any]) -> None:
    """The start after it knows the step as well: it has been taken once, after a backup."""
    lamps = _number(program, "*) FROM sqlite_master WHERE name LIKE 'lamp%'")
    lights = _number(program, "*) FROM lamp0")
    notes = _number(program, "*) FROM resident WHERE note LIKE '%已升级）'")
    twice = _number(program, "*) FROM resident WHERE note LIKE '%级）%级）'")
    assert (lamps, lights, notes, twice) == (20, *[len(people(program))] * 2, 0)
    assert "升级前" in [info.reason for info in list_backups(paths.backup_dir())]


def password_that_opens(folder: Path, said: list[Any]) -> str:
    """The last one acknowledged or the one after it, and no other."""
    known = acts.passwords()
    likely = known[len(said) : len(said) + 2]
    return next(one for one in likely if _opens(folder, one))


def _opens(folder: Path, password: str) -> bool:
    """Tried on a copy, so that a wrong try makes nobody wait."""
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    try:
        vault = load_vault(copy / paths.database_file().name, cost=WEAK_COST)
        vault.unlock(vault.users()[0].slot, password)
    except WrongPassword:
        return False
    finally:
        shutil.rmtree(copy)
    return True


def after_changing_the_password(program: Program, _said: list[Any]) -> None:
    assert [user.name for user in program.vault.users()] == [acts.USER]
    assert len(people(program)) == _people_at_first(program)


def after_changing_the_data_key(program: Program, said: list[Any]) -> None:
    [backup] = [info for info in list_backups(paths.backup_dir()) if info.reason == "退出时"]
    assert not program.vault.is_unfinished
    assert program.vault.is_genuine(program.database.key)
    if "changed" in said:
        # What opened the file before opens nothing any more but the backups of before.
        old = load_vault(backup.file, cost=WEAK_COST).unlock(program.slot, PASSWORD)
        assert old != program.database.key
        with pytest.raises(NotAnOffice):
            check_file(program.database.file, old)
    names = people(program)
    assert AFTER_BACKUP in names
    assert ("换钥匙后来的人" in names) >= ("saved" in said)


def after_changing_users(program: Program, said: list[Any]) -> None:
    there = {name for what, name in said if what == "came"}
    there -= {name for what, name in said if what == "went"}
    listed = [(one.name, one.slot) for one in program.vault.users()]
    with program.database.reading() as session:
        known = [(one.name, one.slot) for one in users.users(session)]
    assert sorted(known) == sorted(listed)
    # One more or one less, of whom nobody could be told.
    assert len(there ^ {name for name, _ in listed if name != acts.USER}) <= 1


def after_beginning(program: Program, _said: list[Any]) -> None:
    """Where there is a file, it has all that an office begins with."""
    with program.database.reading() as session:
        assert office.office(session) == acts.FACTS
        listed = [(user.name, user.slot) for user in users.users(session)]
    assert listed == [(acts.USER, program.slot)]
    assert operations(program) == ["建立社区资料", "填写社区资料"]
