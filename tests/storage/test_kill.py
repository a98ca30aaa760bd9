"""kill -9 while saving, importing, backing up and migrating: nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.storage import connection as raw
from app.storage.backup import list_backups
from app.storage.check import check_file
from tests.storage.offices import FILE_NAME, KEY, fresh_office

ROOT = Path(__file__).parents[2]
KILLS = 4
SEED = 20261121

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a matter of Unix")

HEAD = """
import sys
from pathlib import Path
from sqlalchemy import insert
from app.models import Resident
from app.storage import journal
from app.storage.backup import backup_now
from app.storage.engine import Database
from tests.storage.offices import CLOCK, KEY
folder = Path(sys.argv[1])
database = Database.open(folder / "社区资料.linli", KEY, clock=CLOCK)
def say(text):
    print(text, flush=True)
"""

SAVE = (
    HEAD
    + """
say("ready")
while True:
    with database.transaction("新增两人") as session:
        people = [Resident(name=f"甲{i}", name_order="jia") for i in range(2)]
        session.add_all(people)
        session.flush()
        last = people[1].id
    say(last)
"""
)

IMPORT = (
    HEAD
    + """
rows = [{"name": "导入", "name_order": "dao", "note": "字" * 200} for _ in range(500)]
with database.transaction("导入名册") as session:
    say("ready")
    for start in range(1_000_000):
        ids = session.scalars(insert(Resident).returning(Resident.id), rows).all()
        journal.record_created(session, Resident, ids)
"""
)

ROSTER = ROOT / "tests/data/rosters/望海社区居民信息台账.xlsx"

IMPORT_ROSTER = (
    HEAD
    + f"""
import time
from app.importing.layout import recognise_all
from app.importing.parse import parse_rows
from app.importing.workbook import read_workbook
from app.services import residents_import
workbook = read_workbook(Path({str(ROSTER)!r}))
rows = parse_rows(workbook, recognise_all(workbook), today=CLOCK.today())
with database.reading() as session:
    plan = residents_import.plan(session, rows)
def tell(done, total):
    if done and not told:
        told.append(done)
        say("ready")
told = []
with database.transaction("导入名册") as session:
    residents_import.apply(
        session, plan, now=CLOCK.now(), file_name="名册", progress=tell
    )
say(plan.importable)
time.sleep(60)
"""
)

BACK_UP = (
    HEAD
    + """
say("ready")
while True:
    backup_now(database, None, folder / "备份", reason="定时")
    say("done")
"""
)


def run_and_kill(program: str, folder: Path, seconds: float) -> list[str]:
    """Start `program`, kill it `seconds` after it is ready; the lines it finished."""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        time.sleep(seconds)
        os.kill(child.pid, signal.SIGKILL)
        rest = child.stdout.read()
    assert child.returncode == -signal.SIGKILL
    return [line for line in rest.split("\n")[:-1] if line]


def pauses(shortest: float, longest: float) -> list[float]:
    chance = random.Random(SEED)
    return [chance.uniform(shortest, longest) for _ in range(KILLS)]


def ids(folder: Path) -> list[int]:
    with closing(raw.connect(folder / FILE_NAME, KEY)) as connection:
        return [row[0] for row in connection.execute("SELECT id FROM resident ORDER BY id")]


def test_a_kill_while_saving_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    fresh_office(tmp_path).close()
    for pause in pauses(0.02, 0.3):
        acknowledged = run_and_kill(SAVE, tmp_path, pause)
        saved = ids(tmp_path)
        assert len(saved) % 2 == 0
        if acknowledged:
            assert saved[-1] >= int(acknowledged[-1])
    report = check_file(tmp_path / FILE_NAME, KEY)
    assert report.ok, report.lines()
    assert report.counts
    assert report.counts.people == len(saved) > 0
    assert report.counts.operations == len(saved) // 2


def test_a_kill_during_an_import_leaves_nothing_of_it(tmp_path: Path) -> None:
    database = fresh_office(tmp_path)
    database.close()
    for pause in pauses(0.1, 0.6):
        run_and_kill(IMPORT, tmp_path, pause)
        assert ids(tmp_path) == []
    assert check_file(tmp_path / FILE_NAME, KEY).ok


def test_a_kill_during_the_import_of_a_roster_leaves_all_of_it_or_nothing(tmp_path: Path) -> None:
    for number, pause in enumerate((0.0, 0.1, 1.5)):
        folder = tmp_path / str(number)
        folder.mkdir()
        fresh_office(folder).close()
        acknowledged = run_and_kill(IMPORT_ROSTER, folder, pause)
        report = check_file(folder / FILE_NAME, KEY)
        assert report.ok, report.lines()
        assert report.counts
        assert report.counts.operations == (report.counts.people > 0)
        if acknowledged:
            assert report.counts.people == int(acknowledged[0])
        elif not pause:
            assert report.counts.people == 0


def test_a_kill_during_a_backup_leaves_only_whole_backups(tmp_path: Path) -> None:
    fresh_office(tmp_path).close()
    finished = 0
    for pause in pauses(0.01, 0.2):
        finished += len(run_and_kill(BACK_UP, tmp_path, pause))
    backups = list_backups(tmp_path / "备份")
    assert len(backups) >= finished
    assert all(check_file(info.file, KEY).ok for info in backups)
    assert check_file(tmp_path / FILE_NAME, KEY).ok


MIGRATE = """
import sys
from datetime import datetime
from pathlib import Path
from app.storage import connection as raw
from app.storage.migrations import runner
from tests.storage.offices import KEY
def slowly(op):
    print("ready", flush=True)
    for number in range(1_000_000):
        op.execute(f"CREATE TABLE lamp{number} (id INTEGER PRIMARY KEY)")
connection = raw.connect(Path(sys.argv[1]) / "社区资料.linli", KEY)
runner.run_steps(connection, {2: slowly}, datetime(2026, 11, 21))
"""


def test_a_kill_during_a_migration_leaves_the_old_file(tmp_path: Path) -> None:
    fresh_office(tmp_path).close()
    for pause in pauses(0.05, 0.3):
        run_and_kill(MIGRATE, tmp_path, pause)
        with closing(raw.connect(tmp_path / FILE_NAME, KEY)) as connection:
            found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name LIKE 'lamp%'")
            assert found.fetchone() == (0,)
    assert check_file(tmp_path / FILE_NAME, KEY).ok
