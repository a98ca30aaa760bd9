"""Sessions of SQLAlchemy on the office's file: readers on lent connections, and one writer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, Pool, QueuePool, create_engine, event
from sqlalchemy.orm import Session, sessionmaker
from sqlcipher3 import dbapi2

from app.storage import journal
from app.storage.lookup import LINK

Opener = Callable[[], Any]
"""Gives a raw connection with its key and PRAGMAs."""


class Sessions:
    """Makes sessions; what a writing one changes goes into the journal."""

    def __init__(
        self, borrow: Opener, give_back: Callable[[Any], object], open_writer: Opener
    ) -> None:
        readers = _engine("BEGIN", NullPool(lambda: _Lent(borrow(), give_back)))
        self._write_engine = _engine(
            "BEGIN IMMEDIATE", QueuePool(open_writer, pool_size=1, max_overflow=0)
        )
        journal.guard_ledgers(self._write_engine)
        self._readers = sessionmaker(readers, expire_on_commit=False, autoflush=False)
        self._writers = sessionmaker(self._write_engine, class_=_Writing, expire_on_commit=False)
        journal.listen(self._writers)
        self._writing: tuple[Session, Any] | None = None

    def reader(self) -> Session:
        return self._readers()

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """A session in a transaction, which is rolled back unless it was committed.

        SQLAlchemy joins it with the first object: a save that needs none goes without its
        connection, pool and events, as long as all else that it does.
        """
        session, link = self._writers_session()
        link.execute("BEGIN IMMEDIATE")
        try:
            journal.begin(session)
            yield session
        finally:
            session.close()
            link.rollback()

    def close(self) -> None:
        """Close the writer's connection; those of the readers were given back."""
        self._writing = None
        self._write_engine.dispose()

    def _writers_session(self) -> tuple[Session, Any]:
        """One for all transactions, empty between them: no save waits for its making."""
        if self._writing is None:
            # Now: when SQLAlchemy meets a driver it ends with a rollback.
            with self._write_engine.connect() as connection:
                link = connection.connection.dbapi_connection
            self._writing = self._writers(info={LINK: link}), link
        return self._writing


class _Writing(Session):
    """The writer's session, on a transaction that may be begun without it."""

    def commit(self) -> None:
        if self.in_transaction():
            super().commit()
        self.info[LINK].commit()

    def rollback(self) -> None:
        # It would leave what was written by SQL text, and the record of the rest.
        raise RuntimeError("a transaction is rolled back by raising")


class _Lent:
    """A connection that goes back to its owner where SQLAlchemy would close it."""

    def __init__(self, connection: Any, give_back: Callable[[Any], object]) -> None:
        self._connection = connection
        self._give_back = give_back

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        self._give_back(self._connection)


def _engine(begin: str, pool: Pool) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        pool=pool,
        # The text of an error goes into the log: values are people's data.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def send_begin(connection: Connection) -> None:
        # The driver opens no transaction before DDL, and a deferred one before a SELECT could
        # not be turned into a writing one later without waiting for others in the middle.
        link: Any = connection.connection.dbapi_connection
        if not link.in_transaction:
            link.execute(begin)

    return engine
