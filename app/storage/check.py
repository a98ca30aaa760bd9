"""Is a file whole? Every page, every link, the journal's chain; told in sentences."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3

from app.storage import connection as raw
from app.storage import migrations
from app.storage.counts import Counts, count
from app.storage.faults import Damaged, FileMissing, as_sentences
from app.storage.migrations import LATEST, Schema

# Every login lists the backups, which needs the counts of this module and no session.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_SHOWN = 10


class FaultKind(enum.StrEnum):
    """What can be wrong with a file, whoever wrote into it."""

    PAGES = "pages"
    STRUCTURE = "structure"
    VALUES = "values"
    ORPHANS = "orphans"
    ALTERED = "altered"
    MISSING = "missing"


@dataclass(frozen=True)
class Fault:
    """One kind of damage, how often, and in a sentence where."""

    kind: FaultKind
    count: int
    sentence: str


@dataclass(frozen=True)
class Report:
    """The result of a check; `pages` are the damaged ones, which stand among `faults` as well."""

    file: Path
    # None where not even the list of tables can be read.
    schema: Schema | None
    counts: Counts | None
    pages: tuple[int, ...]
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        return not self.faults

    @property
    def known(self) -> bool:
        """Whether the program can read more of it than its pages."""
        return self.schema is not None and self.schema.number == LATEST

    @property
    def head(self) -> list[str]:
        """Which file it is and what it holds, one sentence per line."""
        if self.schema is None:
            return [f"{self.file.name}：里面有哪些表也读不出来。"]
        line = f"{self.file.name}：格式第 {self.schema.number} 版（{self.schema.program} 版程序）。"
        counts = self.counts
        if not self.known:
            newer = self.schema.number > LATEST
            age = "比本程序新，请用新版程序" if newer else "较旧，用本程序打开升级后"
            return [line, f"这份文件的格式{age}再查里面的资料；现在只查了文件本身。"]
        if counts is None:
            return [line]
        held = f"居民 {counts.people:,} 人，{counts.households:,} 户"
        return [line, f"{held}，操作记录 {counts.operations:,} 条。"]

    def lines(self) -> list[str]:
        """The report for a person, one sentence per line."""
        told = [fault.sentence for fault in self.faults]
        return [*self.head, *(told or ["资料完好。"]), *([ADVICE] if told else [])]


ADVICE = "请从最近的完好备份恢复，并保留这份文件。"


def check_file(file: Path, key: bytes, tick: Callable[[], None] = lambda: None) -> Report:
    """Read all of `file` and look for damage; changes nothing. `tick` is called between the steps.

    Raises FileMissing, NotAnOffice for a wrong key, and Damaged where not even that can be told.
    """
    with as_sentences(file):
        if not file.is_file():
            raise FileMissing(file)
        with closing(raw.connect(file, key, tables=False)) as connection:
            pages = damaged_pages(connection)
            if pages:
                return Report(file, _readable_schema(connection), None, pages, (_pages(pages),))
        # An index is walked all over the file: with a small cache that takes four times as long.
        with closing(raw.connect(file, key, cache_mib=raw.WRITER_CACHE_MIB)) as connection:
            connection.execute("PRAGMA query_only = ON")
            schema = migrations.schema_of(connection)
            known = schema.number == LATEST
            looks = (_structure, _orphans, *((_values, _broken_chain) if known else ()))
            faults = tuple(_faults(connection, looks, tick))
            # The models, and what is counted, know the present schema alone.
            return Report(file, schema, count(connection) if known else None, (), faults)


def _readable_schema(connection: Any) -> Schema | None:
    try:
        return migrations.schema_of(connection)
    except sqlcipher3.DatabaseError:
        return None


def require_whole(file: Path, connection: Any) -> Counts:
    """Check a copy through its own connection and count what it holds; raises Damaged."""
    pages = damaged_pages(connection)
    if pages:
        raise Damaged(file, pages)
    return require_sound(file, connection)


def require_sound(file: Path, connection: Any) -> Counts:
    """Every page that is in use, and every table in step with its indexes; what it holds.

    Reading a page proves its seal. Free pages are not read, here or ever: they are written before
    they are used. Raises Damaged with the numbers of the pages.
    """
    _require(file, connection, f"PRAGMA integrity_check({_SHOWN})")
    return count(connection)


def require_structure(file: Path, connection: Any) -> None:
    """The first half of `require_sound`: every page has its place, every row can be read.

    The other is `require_indexes`: two connections can work on them at once. Raises Damaged.
    """
    _require(file, connection, f"PRAGMA quick_check({_SHOWN})")


def require_indexes(file: Path, connection: Any) -> None:
    """What each index says of its table; raises Damaged."""
    indexed = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'index'"
    for (name,) in connection.execute(indexed).fetchall():
        _require(file, connection, f'PRAGMA integrity_check("{name}")')


def _require(file: Path, connection: Any, pragma: str) -> None:
    if _complaints(connection, pragma) != 0:
        raise Damaged(file, damaged_pages(connection))


def damaged_pages(connection: Any) -> tuple[int, ...]:
    """Numbers of the pages whose seal (HMAC) is broken."""
    found = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    numbers = (re.search(r"page (\d+)", str(row[0])) for row in found)
    return tuple(int(number[1]) if number else 0 for number in numbers)


def _faults(
    connection: Any, looks: Sequence[Callable[[Any], Iterator[Fault]]], tick: Callable[[], None]
) -> Iterator[Fault]:
    for look in looks:
        tick()
        found = list(look(connection))
        yield from found
        if look is _values and found:
            # The chain is over values: those of the journal may be among the unreadable.
            return


def _pages(pages: Sequence[int]) -> Fault:
    words = f"有 {len(pages)} 页损坏：第 {_listed(pages)} 页。"
    return Fault(FaultKind.PAGES, len(pages), words)


def _structure(connection: Any) -> Iterator[Fault]:
    found = _complaints(connection, f"PRAGMA integrity_check({_SHOWN})")
    if found is None:
        yield Fault(FaultKind.STRUCTURE, 1, "文件的内部结构已损坏，有一部分读不出来。")
    elif found:
        yield Fault(FaultKind.STRUCTURE, found, f"文件的内部结构有 {found} 处不一致。")


def _complaints(connection: Any, pragma: str) -> int | None:
    """How many faults SQLite tells of; None where the check itself cannot be read through."""
    try:
        rows = connection.execute(pragma).fetchall()
    except sqlcipher3.DatabaseError:
        return None
    return 0 if rows == [("ok",)] else len(rows)


def _orphans(connection: Any) -> Iterator[Fault]:
    orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = "、".join(sorted({str(row[0]) for row in orphans}))
        words = f"有 {len(orphans)} 条记录指向不存在的记录（表 {tables}）。"
        yield Fault(FaultKind.ORPHANS, len(orphans), words)


def _values(connection: Any) -> Iterator[Fault]:
    from app.storage.readable import unreadable

    found = list(unreadable(connection))
    if found:
        places = "、".join(f"{table}.{column}" for table, column, _ in found[:_SHOWN])
        total = sum(count for _, _, count in found)
        yield Fault(FaultKind.VALUES, total, f"有 {total} 个值读不懂（{places}）。")


def _broken_chain(connection: Any) -> Iterator[Fault]:
    from app.storage.chain import missing, verify_chain

    with _session(connection) as session:
        broken = verify_chain(session)
        gone = missing(session, broken)
    altered = sorted(set(broken) - set(gone))
    if altered:
        words = f"操作记录被改动过：第 {_listed(altered)} 条与写入时不同。"
        yield Fault(FaultKind.ALTERED, len(altered), words)
    if gone:
        words = f"操作记录少了 {len(gone)} 条：第 {_listed(gone)} 条不在了。"
        yield Fault(FaultKind.MISSING, len(gone), words)


@contextmanager
def _session(connection: Any) -> Iterator[Session]:
    from sqlalchemy.orm import Session

    from app.storage.borrowed import borrowed

    with borrowed(connection) as link, Session(link) as session:
        yield session


def _listed(numbers: Sequence[int]) -> str:
    shown = "、".join(str(number) for number in numbers[:_SHOWN])
    return shown + ("……" if len(numbers) > _SHOWN else "")
