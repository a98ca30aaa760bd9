"""Run the missing steps: a backup first, then all of them in one transaction or none."""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations

import app.models  # noqa: F401 - teaches SQLAlchemy to create virtual tables
from app.storage import connection as raw
from app.storage.borrowed import borrowed
from app.storage.faults import as_sentences
from app.storage.migrations import LATEST, STEPS, NewerFile, schema_of, stamp

VERSIONS = f"{__package__}.versions"
Step = Callable[[Operations], None]


def migrate(file: Path, key: bytes, *, backup: Callable[[], object], now: datetime) -> bool:
    """Bring `file` up to the models; False if it was already. `backup` runs before any change.

    Raises NewerFile, or the fault of a disk; the file is then as it was.
    """
    with as_sentences(file):
        connection = raw.connect(file, key)
        try:
            schema = schema_of(connection)
            if schema.number > LATEST:
                raise NewerFile(file, schema)
            if schema.number == LATEST:
                return False
            backup()
            run_steps(connection, steps_between(schema.number), now)
        finally:
            connection.close()
    return True


def run_steps(connection: Any, steps: dict[int, Step], now: datetime) -> None:
    """Take `steps` (schema number -> function) on a raw connection, all or none."""
    # SQLite alters a table by copying and dropping it: with keys on, the drop would take the
    # rows along that hang on it. They are checked at the end instead.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        with borrowed(connection) as link:
            for step in steps.values():
                step(Operations(MigrationContext.configure(link)))
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        if orphan:
            raise RuntimeError(f"a step left rows of '{orphan[0]}' without '{orphan[2]}'")
        for number in steps:
            stamp(connection, number, now)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute("PRAGMA foreign_keys = ON")


def steps_between(done: int, until: int = LATEST) -> dict[int, Step]:
    return {
        number: import_module(f"{VERSIONS}.{name}").upgrade
        for number, name in enumerate(STEPS[:until], start=1)
        if number > done
    }
