"""SQLAlchemy's view of a raw connection whose transaction and end belong to somebody else."""

from typing import Any

from sqlalchemy import Connection, NullPool, create_engine
from sqlcipher3 import dbapi2


def borrowed(connection: Any) -> Connection:
    """A view that neither begins, commits, rolls back nor closes; use it in a `with` block."""
    return create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=lambda: _Borrowed(connection),
        poolclass=NullPool,
    ).connect()


class _Borrowed:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Left to the owner."""

    rollback = close = commit
