"""Small encrypted office files for tests, cheap enough to have one per test."""

import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from app.clock import FixedClock
from app.storage.engine import Database
from app.storage.office_file import create_database

KEY = bytes(range(32))
SALT = bytes(range(100, 116))
CLOCK = FixedClock(datetime(2026, 11, 21, 9, 30))
FILE_NAME = "社区资料.linli"


@cache
def _template() -> Path:
    """An empty file with all tables, made once per process and copied per test."""
    file = Path(tempfile.mkdtemp(prefix="linli-test-")) / FILE_NAME
    create_database(file, KEY, clock=CLOCK, salt=SALT).close()
    return file


def fresh_office(folder: Path, *, user_name: str = "王书记") -> Database:
    """An empty office in `folder`, opened with the well-known test key."""
    file = folder / FILE_NAME
    shutil.copyfile(_template(), file)
    return Database.open(file, KEY, clock=CLOCK, user_name=user_name)
