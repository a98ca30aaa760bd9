"""A verified backup of 100,000 residents, beside SQLite's own copy of the same file."""

import shutil
from functools import cache
from pathlib import Path

import sqlcipher3

from app.storage.backup import backup_now, office_id_of
from app.storage.engine import Database
from bench.desk import KEY
from bench.harness import Benchmark, seconds
from bench.office import FOLDER, copy_of, office, opened

PEOPLE = 100_000
COPY, PLACE = FOLDER / "backup-floor.linli", FOLDER / "备份"


@cache
def database() -> Database:
    """An office that is open, as it is when a backup is due."""
    return opened(copy_of(office(PEOPLE), FOLDER / "backup-source.linli"))


def bare_copy() -> float:
    """Seconds for Connection.backup from one encrypted file to another, and nothing else."""
    source, target = _connection(database().file), _connection(_without(COPY), salted=True)
    spent = seconds(lambda: source.backup(target, pages=-1))
    for connection in (source, target):
        connection.close()
    return spent


def verified_backup() -> float:
    """Seconds for what the timer does: copy, open again, read through, count, carry, read back."""
    shutil.rmtree(PLACE, ignore_errors=True)
    spent = seconds(lambda: backup_now(database(), None, PLACE, reason="定时"))
    shutil.rmtree(PLACE)
    return spent


def _connection(file: Path, *, salted: bool = False) -> sqlcipher3.Connection:
    salt = office_id_of(database().file) if salted else b""
    connection = sqlcipher3.connect(str(file))
    connection.execute(f"PRAGMA key = \"x'{(KEY + salt).hex()}'\"")
    return connection


def _without(file: Path) -> Path:
    file.unlink(missing_ok=True)
    return file


BENCHMARKS = (
    Benchmark("backup_100k", "s", PEOPLE, verified_backup, bare_copy, at_most=3.0, rounds=3),
)
