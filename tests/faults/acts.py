"""What a program is doing when it is killed or its disk fills up, and the office it does it in."""

import os
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from alembic.operations import Operations
from sqlalchemy import select

from app import paths
from app.clock import FixedClock
from app.demo_people import Community
from app.door import open_file
from app.errors import DomainError
from app.importing.rows import ParsedRow
from app.models import CategoryGroup, Household, VisitResult
from app.restoring import put_back
from app.services import (
    categories,
    diary,
    diary_photos,
    grids,
    office,
    request_life,
    requests,
    resident_forms,
    residents_import,
    visit_sheets,
)
from app.services.diary_input import DiaryInput, Met
from app.services.office import Office as OfficeFacts
from app.services.requests import RequestInput
from app.services.resident_input import ResidentInput
from app.services.user_keys import UserKeys
from app.services.visit_sheets import Found, SheetInput
from app.storage import after_restore, migrations, rekey
from app.storage import connection as raw
from app.storage.backup import backup_now, list_backups, sweep_unfinished
from app.storage.engine import Database
from app.storage.faults import as_sentences
from app.storage.lock import OfficeLock
from app.storage.migrations import runner
from app.storage.office_file import create_office, load_vault
from app.storage.slots import WEAK_COST
from app.storage.vault import Vault
from tests.faults.children import Say
from tests.storage.offices import CLOCK

USER = "周立群"
PASSWORD = "three quiet words"
FACTS = OfficeFacts("望海社区", "海湾街道", "210214")
PEOPLE, NEWCOMERS = 40, 120
WALKED = 2
"""people on a day sheet"""
PHOTO = bytes(range(256)) * 200
ROUNDS = 8
AFTER_BACKUP = "备份后来的人"
# Work goes on an hour after the backup that the office has.
NOW = FixedClock(CLOCK.now() + timedelta(hours=1))
EARLIER = CLOCK.now() - timedelta(days=1)
"""when somebody had gone back before, in the office that is restored once more"""


@dataclass
class Program:
    """An office that is open, as after a login."""

    lock: OfficeLock
    vault: Vault
    database: Database
    told: str
    """what a person would have to read after the login"""

    @property
    def slot(self) -> str:
        return self.vault.users()[0].slot

    @property
    def keys(self) -> UserKeys:
        return UserKeys(self.database, self.vault)

    def back_up(self, reason: str = "手动") -> str:
        folder = paths.backup_dir()
        return backup_now(self.database, self.vault, folder, reason=reason).folder.name

    def close(self) -> None:
        self.database.close()
        self.lock.release()


def start(folder: Path, password: str = PASSWORD) -> Program:
    """What a start and a login do to the files; raises DomainError where they would ask."""
    os.environ["LINLI_DATA"] = str(folder)
    file = paths.database_file()
    lock = OfficeLock.acquire(file, clock=NOW)
    try:
        vault = load_vault(file, cost=WEAK_COST)
        person = vault.users()[0]
        database, told = open_file(file, vault, person, vault.unlock(person.slot, password), NOW)
        sweep_unfinished(paths.backup_dir())
    except DomainError:
        lock.release()
        raise
    return Program(lock, vault, database, told)


def found(folder: Path) -> None:
    """The office in which everything happens: people, a backup, and somebody who came since."""
    os.environ["LINLI_DATA"] = str(folder)
    new = create_office(
        paths.database_file(),
        user=USER,
        role="书记",
        password=PASSWORD,
        clock=CLOCK,
        cost=WEAK_COST,
        fill=_fill,
    )
    import_people(new.database, PEOPLE, seed=1)
    backup_now(new.database, new.vault, paths.backup_dir(), reason="退出时")
    add(new.database, AFTER_BACKUP)
    new.database.close()


def _fill(database: Database) -> None:
    with database.transaction("填写社区资料") as session:
        office.set_office(session, FACTS)
        office.seed(session, today=CLOCK.today())


def save(folder: Path, say: Say) -> None:
    """One resident after the other, each with a home and a household."""
    program = start(folder)
    for number in range(1, ROUNDS + 1):
        add(program.database, f"新来的{number}")
        say(number)
    program.close()


def make_rounds(folder: Path, say: Say) -> None:
    """A line of the diary with its picture, a day sheet typed back, a request on its way."""
    program = start(folder)
    database, now = program.database, NOW.now()
    with database.transaction("建网格") as session:
        grid_id = grids.add(session, number=99, name="夜班网格")
        kind = categories.categories(session, CategoryGroup.MATTER)[0].id
        ids = session.scalars(select(Household.head_id).limit(WALKED * ROUNDS)).all()
    for number in range(1, ROUNDS + 1):
        with database.transaction(f"写日记 {number}") as session:
            line = DiaryInput(on_date=now.date(), grid_id=grid_id, met=(Met(resident_id=ids[0]),))
            entry_id = diary.write(session, line, now=now)
            diary_photos.set_photos(session, entry_id, kept=(), added=[PHOTO], now=now)
        say("diary")
        with database.transaction(f"登记诉求 {number}") as session:
            entered = RequestInput(title="灯不亮", category_id=kind, resident_id=ids[0])
            request_id = requests.register(session, entered, now=now)
            _, version = requests.input_of(session, request_id)
            request_life.accept(session, request_id, version=version, now=now)
        say("request")
        who = tuple(ids[WALKED * (number - 1) : WALKED * number])
        with database.transaction(f"走访单 {number}") as session:
            sheet = SheetInput(resident_ids=who, on_date=now.date())
            sheet_id = visit_sheets.make(session, sheet, now=now)
            rows = visit_sheets.rows(session, sheet_id)
        with database.transaction(f"录入走访单 {number}") as session:
            found = [Found(row_id=row.id, result=VisitResult.FINE) for row in rows]
            visit_sheets.type_back(session, sheet_id, found, now=now)
        say("sheet")
    program.close()


def import_roster(folder: Path, say: Say) -> None:
    program = start(folder)
    say(import_people(program.database, NEWCOMERS, seed=2))
    program.close()


def back_up(folder: Path, say: Say) -> None:
    program = start(folder)
    for _ in range(3):
        say(program.back_up())
    program.close()


def restore(folder: Path, say: Say) -> None:
    """The file is closed, as it must be; an earlier restore still waits for its confirmation."""
    program = start(folder)
    key = program.database.key
    after_restore.mark(paths.backup_dir(), EARLIER, EARLIER, "")
    after_restore.note_journaled(paths.backup_dir())
    say("waits")
    program.database.close()
    newest = list_backups(paths.backup_dir())[0]
    put_back(newest, paths.database_file(), key, NOW)
    say("restored")
    program.close()


def passwords() -> list[str]:
    """The first and those it is changed to, one after the other."""
    return [PASSWORD, *(f"{PASSWORD} {number}" for number in range(1, ROUNDS + 1))]


def change_password(folder: Path, say: Say) -> None:
    program = start(folder)
    known = passwords()
    for number in range(1, len(known)):
        program.keys.change_password(known[number - 1], known[number])
        say(number)
    program.close()


def change_data_key(folder: Path, say: Say) -> None:
    """After somebody left: the file is encrypted anew and exchanged."""
    program = start(folder)
    rekey.change_data_key(
        program.database, program.vault, backup=program.back_up, report=lambda *_: None
    )
    say("changed")
    add(program.database, "换钥匙后来的人")
    say("saved")
    program.close()


def change_users(folder: Path, say: Say) -> None:
    """Two come, the first of them goes, and so on."""
    program = start(folder)
    for number in range(1, 5):
        name = f"干事{number}"
        program.keys.add(name=name, role="社工", grids=(), password=PASSWORD)
        say(("came", name))
        if number % 2:
            continue
        gone = f"干事{number - 1}"
        slot = next(one.slot for one in program.vault.users() if one.name == gone)
        program.keys.remove(slot)
        say(("went", gone))
    program.close()


def migrate(folder: Path, say: Say) -> None:
    """A program that knows one step more opens the file: backup, step, ready."""
    learn_a_step()
    program = start(folder)
    say(migrations.LATEST)
    program.close()


def learn_a_step() -> None:
    """From here on this process is a program of the next version."""
    number = len(migrations.STEPS) + 1
    migrations.LATEST = runner.LATEST = number
    runner.steps_between = lambda done, until=number: (  # type: ignore[assignment]
        {number: _step} if done < number else {}
    )


def _step(op: Operations) -> None:
    for number in range(20):
        op.execute(f"CREATE TABLE lamp{number} (id INTEGER PRIMARY KEY, light TEXT)")
    op.execute("INSERT INTO lamp0 (light) SELECT name FROM resident")
    op.execute("UPDATE resident SET note = coalesce(note, '') || '（已升级）'")


def begin_an_office(folder: Path, say: Say) -> None:
    """What the first start does when its last page is confirmed."""
    os.environ["LINLI_DATA"] = str(folder)
    with as_sentences(paths.database_file()):
        folder.mkdir(parents=True, exist_ok=True)
    lock = OfficeLock.acquire(paths.database_file(), clock=NOW)
    new = create_office(
        paths.database_file(),
        user=USER,
        role="书记",
        password=PASSWORD,
        clock=NOW,
        cost=WEAK_COST,
        fill=_fill,
    )
    say(FACTS.community_name)
    new.database.close()
    lock.release()


def hold(folder: Path, say: Say) -> None:
    """Another program that has the office open and does nothing."""
    program = start(folder)
    say("open")
    time.sleep(60)
    program.close()


def write_on(folder: Path, say: Say) -> None:
    """Another program, which asks for no lock and is in the middle of writing."""
    os.environ["LINLI_DATA"] = str(folder)
    file = paths.database_file()
    key = load_vault(file, cost=WEAK_COST).unlock(load_vault(file).users()[0].slot, PASSWORD)
    with closing(raw.connect(file, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        say("writing")
        time.sleep(60)


def add(
    database: Database, name: str, *, number: str = "", phone: str = "", note: str = ""
) -> None:
    entered = ResidentInput(
        name=name,
        document_kind="id_card" if number else "none",
        document_number=number,
        phone=phone,
        note=note,
        address="3-2-501",
        new_household=True,
        relation="户主",
    )
    with database.transaction(f"新增居民 {name}") as session:
        resident_forms.add(session, entered, now=NOW.now())


def import_people(database: Database, count: int, *, seed: int) -> int:
    """How many people came in."""
    people = Community(seed, NOW.today()).people(count)
    rows = [ParsedRow("居民", row, values, ()) for row, values in enumerate(people, start=2)]
    with database.transaction("导入名册") as session:
        plan = residents_import.plan(session, rows)
        done = residents_import.apply(session, plan, now=NOW.now(), file_name="名册.xlsx")
    return done.new
