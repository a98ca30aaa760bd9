"""Which schema a file has, and the steps that bring an older one up to the models.

To add a step: `python tools/new_migration.py what_changes`, read what it wrote, append its name to
STEPS. Released steps never change. Opening an up-to-date file imports nothing but this module;
the runner, and Alembic with it, is loaded only when there is work for it.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.storage.faults import StorageFault
from app.version import VERSION

STEPS = ("m0001_initial",)
LATEST = len(STEPS)

_TABLE = """
CREATE TABLE IF NOT EXISTS schema_version (
    number INTEGER PRIMARY KEY,
    program TEXT NOT NULL,
    at TEXT NOT NULL
)
"""


@dataclass(frozen=True)
class Schema:
    """`number` of steps taken, the last of them by this version of the program."""

    number: int
    program: str


class NewerFile(StorageFault):
    """Both versions are named: the file's and the program's."""

    def __init__(self, file: Path, schema: Schema) -> None:
        super().__init__(
            f"资料文件“{file.name}”的格式是第 {schema.number} 版"
            f"（由 {schema.program} 版程序写成），"
            f"比本程序（{VERSION} 版，认识到第 {LATEST} 版格式）新，没有打开，也没有改动。"
            f"请安装 {schema.program} 或更新的程序。"
        )
        self.schema = schema


def schema_of(connection: Any) -> Schema:
    """The schema of the file behind a raw connection; number 0 for one without tables."""
    known = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'"
    ).fetchone()
    newest = (
        connection.execute(
            "SELECT number, program FROM schema_version ORDER BY number DESC LIMIT 1"
        ).fetchone()
        if known[0]
        else None
    )
    return Schema(*newest) if newest else Schema(0, "")


def stamp(connection: Any, number: int, at: datetime) -> None:
    """Note inside the running transaction that the file has schema `number` now."""
    connection.execute(_TABLE)
    connection.execute(
        "INSERT INTO schema_version (number, program, at) VALUES (?, ?, ?)",
        (number, VERSION, at.isoformat(timespec="seconds")),
    )
