"""The doors to the office's file: `lookup()`, `reading()` and `transaction(sentence)`."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.clock import Clock
from app.errors import DomainError, Refused
from app.storage import connection as raw
from app.storage.faults import (
    CannotWrite,
    FileBusy,
    FileMissing,
    NotAnOffice,
    as_sentences,
    database_sentences,
)
from app.storage.lookup import Lookup, link_of
from app.storage.narrowing import narrow
from app.values.rights import Actor

# SQLAlchemy costs as long as the rest of a start: it is loaded with the first session.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.storage.sessions import Sessions

# How long a window waits for a background job that is saving, before it says so.
TURN_SECONDS = 2
# How long the exchange of the file waits for a list that is being read.
READERS_SECONDS = 20


class Database:
    """One open file: one writer connection, and readers that see the last commit.

    Sessions are short: one per user action, never one per window; no ORM object leaves its block.
    """

    def __init__(self, file: Path, key: bytes, *, clock: Clock, user_name: str = "") -> None:
        self.file = file
        self.clock = clock
        self.actor = Actor(user_name)
        self.changed_since_backup = False
        self._key = key
        self._writing = _WriterTurn()
        self._idle: Any = None
        # Readers whose views are those of the present actor.
        self._valid: set[int] = set()
        self._lent = 0
        self._made: Sessions | None = None
        self._own = threading.Condition()

    @classmethod
    def open(cls, file: Path, key: bytes, *, clock: Clock, user_name: str = "") -> Database:
        """Open an existing file of the present schema; raises DomainError if it cannot be used."""
        database = cls(file, key, clock=clock, user_name=user_name)
        with as_sentences(file):
            if not file.is_file():
                raise FileMissing(file)
            if file.stat().st_size == 0:
                # SQLite would take it for a new file and begin to fill it.
                raise NotAnOffice(file)
            database._give_back(database._borrow())
            return database

    @property
    def user_name(self) -> str:
        """Who stands in the journal."""
        return self.actor.name

    def act_as(self, actor: Actor) -> None:
        """From now on `actor` reads and writes; every session asks for what he may (guard.py)."""
        with self._own:
            self.actor, spare, self._idle = actor, self._idle, None
            self._valid.clear()
        if spare is not None:
            spare.close()

    @contextmanager
    def lookup(self) -> Iterator[Lookup]:
        """SELECTs as text, from any thread, on one moment of the file: for lists and counts."""
        with self._noting_refusals(), _reading_faults(self.file):
            connection = self._borrow()
            try:
                connection.execute("BEGIN")
                yield Lookup(connection, self.actor)
            finally:
                connection.rollback()
                self._give_back(connection)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on a read-only connection, from any thread; it sees one moment of the file."""
        with (
            self._noting_refusals(),
            _reading_faults(self.file),
            self._sessions().reader() as session,
        ):
            session.info["actor"] = self.actor
            yield session

    @contextmanager
    def transaction(self, sentence: str) -> Iterator[Session]:
        """Commit at the end of the block, roll back if it raises; journaled under `sentence`.

        `sentence` says in Chinese what the user did: 修改居民 王秀兰 的电话. What the user may not
        do raises Refused, and that it was tried is journaled.
        """
        with self._noting_refusals(sentence), self._writer(sentence) as session:
            yield session

    @contextmanager
    def _writer(self, sentence: str) -> Iterator[Session]:
        from app.storage import journal

        with (
            self._writing.turn(sentence),
            database_sentences(self.file),
            self._sessions().writer() as session,
        ):
            # Who began it: the screen may be locked and another enter before it ends.
            actor = session.info["actor"] = self.actor
            link = link_of(session)
            before = link.total_changes
            yield session
            session.flush()
            journal.write(session, sentence, at=self.clock.now(), actor=actor)
            changed = link.total_changes != before
            session.commit()
            self.changed_since_backup = self.changed_since_backup or changed

    @contextmanager
    def _noting_refusals(self, sentence: str = "") -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            # Inside a transaction it is noted when that has been rolled back.
            if not self._writing.is_mine:
                self._note_refusal(sentence, str(refused))
            raise

    def _note_refusal(self, sentence: str, reason: str) -> None:
        from app.storage import journal

        # Where not even this can be written, the refusal is what the user must read.
        with suppress(DomainError), self._writer("没有权限，没有做") as session:
            journal.record_refusal(session, self.actor, sentence, reason)

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
        with self._own:
            if self._idle is not None:
                self._idle.close()
                self._idle = None
            if self._made is not None:
                self._made.close()

    @contextmanager
    def kept_still(self, doing: str) -> Iterator[None]:
        """Others read on and cannot write: raises FileBusy, and they are told `doing`."""
        with self._writing.turn(doing):
            yield

    def exchange(self, put: Callable[[], object], key: bytes) -> None:
        """`put` another file in the place of this one, of the data key `key`; called in kept_still.

        Every connection is closed meanwhile, and readers wait. Raises FileBusy where one stays.
        """
        with self._own:
            if not self._own.wait_for(lambda: not self._lent, timeout=READERS_SECONDS):
                raise FileBusy
            self.close()
            put()
            self._key = key

    def _borrow(self) -> Any:
        """The reader that stays open; whoever comes while it is in use gets one made for him."""
        with self._own:
            connection, self._idle = self._idle, None
            if connection is None:
                connection = self._open_reader()
            self._lent += 1
            return connection

    def _give_back(self, connection: Any) -> None:
        with self._own:
            self._lent -= 1
            self._own.notify_all()
            spare = connection
            if id(connection) in self._valid:
                spare, self._idle = self._idle, connection
        if spare is not None:
            self._valid.discard(id(spare))
            spare.close()

    def _sessions(self) -> Sessions:
        with self._own:
            if self._made is None:
                from app.storage.sessions import Sessions

                self._made = Sessions(self._borrow, self._give_back, self._open_writer)
            return self._made

    def _open_writer(self) -> Any:
        connection = raw.connect(self.file, self._key, cache_mib=raw.WRITER_CACHE_MIB)
        connection.execute("PRAGMA journal_mode = WAL")
        # A log that a big import left behind is cut back to this size.
        connection.execute(f"PRAGMA journal_size_limit = {16 * 1024 * 1024}")
        return connection

    def _open_reader(self) -> Any:
        connection = raw.connect(self.file, self._key, cache_mib=raw.READER_CACHE_MIB)
        if not self.actor.unlimited:
            narrow(connection, self.actor)
        connection.execute("PRAGMA query_only = ON")
        self._valid.add(id(connection))
        return connection


class _WriterTurn:
    """One transaction at a time; whoever waits too long is told what is going on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None
        self._doing = ""

    @property
    def is_mine(self) -> bool:
        return self._owner == threading.get_ident()

    @contextmanager
    def turn(self, sentence: str) -> Iterator[None]:
        if self.is_mine:
            raise RuntimeError(f"transaction '{sentence}' inside transaction '{self._doing}'")
        if not self._lock.acquire(timeout=TURN_SECONDS):
            raise FileBusy(self._doing)
        self._owner, self._doing = threading.get_ident(), sentence
        try:
            yield
        finally:
            self._owner, self._doing = None, ""
            self._lock.release()


@contextmanager
def _reading_faults(file: Path) -> Iterator[None]:
    try:
        with database_sentences(file, reading=True):
            yield
    except CannotWrite as error:
        # Readers refuse writes by PRAGMA query_only: a mistake in the program, not in the folder.
        raise RuntimeError("a reading session must not write") from error
