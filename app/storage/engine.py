"""The two doors to the office's file: `reading()` and `transaction(sentence)`."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlcipher3 import dbapi2

from app.clock import Clock
from app.storage import connection as raw
from app.storage import journal
from app.storage.faults import (
    CannotWrite,
    FileBusy,
    FileMissing,
    NotAnOffice,
    as_sentences,
    database_sentences,
)

# How long a window waits for a background job that is saving, before it says so.
TURN_SECONDS = 2


class Database:
    """One open file: one writer connection, and readers that see the last commit.

    Sessions are short: one per user action, never one per window; no ORM object leaves its block.
    """

    def __init__(self, file: Path, key: bytes, *, clock: Clock, user_name: str = "") -> None:
        self.file = file
        self.clock = clock
        self.user_name = user_name
        self.changed_since_backup = False
        self._key = key
        self._writing = _WriterTurn()
        self._write_engine = _engine(self._open_writer, "BEGIN IMMEDIATE", overflow=0)
        self._read_engine = _engine(self._open_reader, "BEGIN", overflow=-1)
        journal.guard_ledgers(self._write_engine)
        self._writers = sessionmaker(self._write_engine, expire_on_commit=False)
        self._readers = sessionmaker(self._read_engine, expire_on_commit=False, autoflush=False)
        journal.listen(self._writers)

    @classmethod
    def open(cls, file: Path, key: bytes, *, clock: Clock, user_name: str = "") -> "Database":
        """Open an existing file of the present schema; raises DomainError if it cannot be used."""
        database = cls(file, key, clock=clock, user_name=user_name)
        with as_sentences(file):
            if not file.is_file():
                raise FileMissing(file)
            if file.stat().st_size == 0:
                # SQLite would take it for a new file and begin to fill it.
                raise NotAnOffice(file)
            with database._write_engine.connect():
                return database

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on a read-only connection, from any thread; it sees one moment of the file."""
        with _reading_faults(self.file), self._readers() as session:
            yield session

    @contextmanager
    def transaction(self, sentence: str) -> Iterator[Session]:
        """Commit at the end of the block, roll back if it raises; journaled under `sentence`.

        `sentence` says in Chinese what the user did: 修改居民 王秀兰 的电话.
        """
        with (
            self._writing.turn(sentence),
            database_sentences(self.file),
            self._writers() as session,
        ):
            journal.begin(session)
            before = _changed_rows(session)
            yield session
            session.flush()
            journal.write(session, sentence, at=self.clock.now(), user_name=self.user_name)
            changed = _changed_rows(session) != before
            session.commit()
            self.changed_since_backup = self.changed_since_backup or changed

    def raw_copy_source(self) -> Any:
        """A connection of its own for the backup API; the caller closes it."""
        with as_sentences(self.file):
            return raw.connect(self.file, self._key, cache_mib=1)

    @property
    def key(self) -> bytes:
        """The data key, for copies that must open with the same key."""
        return self._key

    def close(self) -> None:
        """Close all connections; the last one folds the write-ahead log into the file."""
        self._read_engine.dispose()
        self._write_engine.dispose()

    def _open_writer(self) -> Any:
        connection = raw.connect(self.file, self._key, cache_mib=raw.WRITER_CACHE_MIB)
        connection.execute("PRAGMA journal_mode = WAL")
        # A log that a big import left behind is cut back to this size.
        connection.execute(f"PRAGMA journal_size_limit = {16 * 1024 * 1024}")
        return connection

    def _open_reader(self) -> Any:
        connection = raw.connect(self.file, self._key, cache_mib=raw.READER_CACHE_MIB)
        connection.execute("PRAGMA query_only = ON")
        return connection


class _WriterTurn:
    """One transaction at a time; whoever waits too long is told what is going on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._doing = ""

    @contextmanager
    def turn(self, sentence: str) -> Iterator[None]:
        if self._owner == threading.get_ident():
            raise RuntimeError(f"transaction '{sentence}' inside transaction '{self._doing}'")
        if not self._lock.acquire(timeout=TURN_SECONDS):
            raise FileBusy(self._doing)
        self._owner, self._doing = threading.get_ident(), sentence
        try:
            yield
        finally:
            self._owner, self._doing = None, ""
            self._lock.release()


def _engine(creator: Any, begin: str, *, overflow: int) -> Engine:
    # One connection stays open; a second reader at the same time (a background job) gets one
    # made for it, which is closed when it is done.
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=creator,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=overflow,
        # The text of an error goes into the log: values are people's data.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def send_begin(connection: Connection) -> None:
        # The driver opens no transaction before DDL, and a deferred one before a SELECT could
        # not be turned into a writing one later without waiting for others in the middle.
        connection.exec_driver_sql(begin)

    return engine


def _changed_rows(session: Session) -> int:
    connection: Any = session.connection().connection.dbapi_connection
    return int(connection.total_changes)


@contextmanager
def _reading_faults(file: Path) -> Iterator[None]:
    try:
        with database_sentences(file, reading=True):
            yield
    except CannotWrite as error:
        # Readers refuse writes by PRAGMA query_only: a mistake in the program, not in the folder.
        raise RuntimeError("a reading session must not write") from error
