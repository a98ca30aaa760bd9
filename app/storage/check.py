"""Is a file whole? Every page, every link, the journal's chain; told in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3

from app.storage import connection as raw
from app.storage import migrations
from app.storage.faults import Damaged, FileMissing, as_sentences
from app.storage.migrations import LATEST, Schema

# Every login lists the backups, which needs the counts of this module and no session.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Look = Callable[["Session"], Sequence[str]]
"""A look at what the tables hold; each sentence tells one thing that is wrong, and what to do."""

_SHOWN = 10
_COUNT = """
SELECT
    (SELECT count(*) FROM resident WHERE deleted_at IS NULL AND departure IS NULL),
    (SELECT count(*) FROM household WHERE deleted_at IS NULL),
    (SELECT count(*) FROM operation)
"""


@dataclass(frozen=True)
class Counts:
    """What the office sees in a file: people who count, households, operations in the journal."""

    people: int
    households: int
    operations: int


@dataclass(frozen=True)
class Report:
    """The result of a check: `faults` are damage, `remarks` what can be put right in the file."""

    file: Path
    schema: Schema
    counts: Counts | None
    pages: tuple[int, ...]
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not (self.faults or self.remarks)

    def lines(self) -> list[str]:
        """The report for a person, one sentence per line."""
        head = f"{self.file.name}：格式第 {self.schema.number} 版（{self.schema.program} 版程序）。"
        counts = self.counts
        held = (
            [f"居民 {counts.people} 人，{counts.households} 户，操作记录 {counts.operations} 条。"]
            if counts
            else []
        )
        advice = ["请从最近的完好备份恢复，并保留这份文件。"] if self.faults else []
        return [head, *held, *self.faults, *self.remarks, *(["资料完好。"] if self.ok else advice)]


def check_file(file: Path, key: bytes, look: Look | None = None) -> Report:
    """Read all of `file` and look for damage, then `look` at what it holds; changes nothing.

    Raises FileMissing, NotAnOffice for a wrong key, and Damaged where not even that can be told.
    """
    with as_sentences(file):
        if not file.is_file():
            raise FileMissing(file)
        with closing(raw.connect(file, key, cache_mib=raw.READER_CACHE_MIB)) as connection:
            connection.execute("PRAGMA query_only = ON")
            pages = damaged_pages(connection)
            schema = migrations.schema_of(connection)
            if pages:
                return Report(file, schema, None, pages, (_pages_sentence(pages),))
            faults = tuple(_faults(connection))
            remarks = () if faults or not look else _remarks(connection, schema, look)
            return Report(file, schema, _counts(connection), (), faults, remarks)


def require_whole(file: Path, connection: Any) -> Counts:
    """Check a copy through its own connection and count what it holds; raises Damaged."""
    pages = damaged_pages(connection)
    if pages or any(_structure(connection)):
        raise Damaged(file, pages)
    return _counts(connection)


def damaged_pages(connection: Any) -> tuple[int, ...]:
    """Numbers of the pages whose seal (HMAC) is broken."""
    found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    numbers = (re.search(r"page (\d+)", str(row[0])) for row in found)
    return tuple(int(number[1]) if number else 0 for number in numbers)


def _faults(connection: Any) -> Iterator[str]:
    yield from _structure(connection)
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = "、".join(sorted({str(row[0]) for row in orphans}))
        yield f"有 {len(orphans)} 条记录指向不存在的记录（表 {tables}）。"
    broken = _broken_chain(connection)
    if broken:
        yield f"操作记录被改动过：第 {_listed(broken)} 条与写入时不同。"


def _structure(connection: Any) -> Iterator[str]:
    try:
        rows = connection.execute(f"PRAGMA integrity_check({_SHOWN})").fetchall()
    except sqlcipher3.DatabaseError:
        yield "文件的内部结构已损坏，有一部分读不出来。"
        return
    if rows != [("ok",)]:
        yield f"文件的内部结构有 {len(rows)} 处不一致。"


def _remarks(connection: Any, schema: Schema, look: Look) -> tuple[str, ...]:
    # The models know the present schema alone.
    if schema.number != LATEST:
        return ()
    with _session(connection) as session:
        return tuple(look(session))


def _broken_chain(connection: Any) -> list[int]:
    from app.storage.chain import verify_chain

    with _session(connection) as session:
        return verify_chain(session)


@contextmanager
def _session(connection: Any) -> Iterator[Session]:
    from sqlalchemy.orm import Session

    from app.storage.borrowed import borrowed

    with borrowed(connection) as link, Session(link) as session:
        yield session


def _counts(connection: Any) -> Counts:
    return Counts(*connection.execute(_COUNT).fetchone())


def _pages_sentence(pages: tuple[int, ...]) -> str:
    return f"有 {len(pages)} 页损坏：第 {_listed(pages)} 页。"


def _listed(numbers: tuple[int, ...] | list[int]) -> str:
    shown = "、".join(str(number) for number in numbers[:_SHOWN])
    return shown + ("……" if len(numbers) > _SHOWN else "")
