"""Small encrypted office files for tests, cheap enough to have one per test."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from app.clock import FixedClock
from app.storage.engine import Database
from app.storage.office_file import create_database

T = TypeVar("T")
KEY = bytes(range(32))
SALT = bytes(range(100, 116))
CLOCK = FixedClock(datetime(2026, 11, 21, 9, 30))
FILE_NAME = "社区资料.linli"


@cache
def _template() -> bytes:
    """An empty file with all tables, made once per process and written anew per test."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / FILE_NAME
        create_database(file, KEY, clock=CLOCK, salt=SALT).close()
        return file.read_bytes()


def fresh_office(folder: Path, *, user_name: str = "王书记") -> Database:
    """An empty office in `folder`, of the well-known test key.

    It is opened by whoever first reads or writes: most of them put another file in its place, or
    somebody else at the desk, before that.
    """
    file = folder / FILE_NAME
    file.write_bytes(_template())
    return Database(file, KEY, clock=CLOCK, user_name=user_name)


_furnished: dict[Callable[[Database], Any], tuple[Any, bytes]] = {}
"""What was told, and the file, of each office that was furnished before."""


def furnish(database: Database, fill: Callable[[Database], T]) -> T:
    """Bring an empty office to where `fill` brings it, and give what that told.

    Filled once per process; after that the file is written, which takes a hundredth of the time.
    """
    if fill in _furnished:
        told, kept = _furnished[fill]
        database.exchange(lambda: database.file.write_bytes(kept), KEY)
        return told
    told = fill(database)
    # Folds the log into the file; the next session opens it again.
    database.close()
    _furnished[fill] = told, database.file.read_bytes()
    return told
