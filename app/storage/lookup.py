"""Reading by SQL text: what lists, counts and the first screen need, without SQLAlchemy.

Text that is put together comes from the program alone; what a user typed is among the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from app.values.rights import Actor

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


Source: TypeAlias = "Lookup | Session"
"""What a list is read through: a lookup, or the session in the middle of which it is wanted."""


LINK = "link"
"""Key in a session's `info`: every lookup would ask SQLAlchemy again, for longer than it reads."""


class Sql(NamedTuple):
    """A statement or a part of one, with a value for each of its question marks."""

    text: str
    values: tuple[Any, ...] = ()


class Lookup:
    """One moment of the file, asked by SELECTs (`Database.lookup`)."""

    def __init__(self, connection: Any, actor: Actor) -> None:
        self._connection = connection
        self.actor = actor

    def rows(self, sql: Sql) -> Iterator[tuple[Any, ...]]:
        """The rows, each read when it is asked for; dates and times as ISO text."""
        found: Iterator[tuple[Any, ...]] = self._connection.execute(*sql)
        return found

    def column(self, sql: Sql) -> Iterator[Any]:
        """The first value of each row."""
        return (row[0] for row in self.rows(sql))

    def value(self, sql: Sql) -> Any:
        """The first value of the first row; None where there is no row."""
        return next(self.column(sql), None)


def lookup_of(source: Source) -> Lookup:
    """A session's own connection, with what it has changed and not saved yet; a lookup as it is."""
    if isinstance(source, Lookup):
        return source
    source.flush()
    return Lookup(link_of(source), actor_of(source))


def link_of(session: Session) -> Any:
    """The driver's own connection of a session; the writer's is kept until it ends (engine.py)."""
    kept = session.info.get(LINK)
    return session.connection().connection.dbapi_connection if kept is None else kept


def actor_of(source: Source) -> Actor:
    """Who asks; without limits where a session was made by the program for itself."""
    if isinstance(source, Lookup):
        return source.actor
    actor: Actor = source.info.get("actor", _PROGRAM)
    return actor


# Made once: every lookup asks.
_PROGRAM = Actor()


def day_of(text: str | None) -> date | None:
    """A day as the file keeps it; None where there is none."""
    return date.fromisoformat(text) if text else None


def moment_of(text: str | None) -> datetime | None:
    """A point in time as the file keeps it; None where there is none."""
    return datetime.fromisoformat(text) if text else None


def query(what: str, source: str, where: Iterable[Sql] = (), rest: str = "") -> Sql:
    """SELECT what FROM source WHERE all of `where`, and what follows: ORDER BY, LIMIT."""
    parts = tuple(where)
    texts, values = zip(*parts, strict=True) if parts else ((), ())
    return Sql(_select(what, source, texts, rest), tuple(chain.from_iterable(values)))


# The same few hundred statements are asked for again and again.
@lru_cache(maxsize=512)
def _select(what: str, source: str, conditions: tuple[str, ...], rest: str) -> str:
    condition = all_of(map(Sql, conditions)).text
    return f"SELECT {what} FROM {source} WHERE {condition} {rest}"  # noqa: S608 - see above


def all_of(conditions: Iterable[Sql]) -> Sql:
    """True where every condition is; without any, everywhere."""
    return _joined(" AND ", conditions) or Sql("1 = 1")


def any_of(conditions: Iterable[Sql]) -> Sql:
    """True where one of the conditions is; without any, nowhere."""
    return _joined(" OR ", conditions) or Sql("1 = 0")


def one_of(column: str, values: Sequence[Any]) -> Sql:
    """The column has one of these values."""
    if not values:
        return any_of(())
    return Sql(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def contains(column: str, typed: str) -> Sql:
    """The column has the typed text in it, to the letter."""
    plain = typed.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return Sql(f"{column} LIKE ? ESCAPE '/'", (f"%{plain}%",))


def among(column: str, found: Sql) -> Sql:
    """The column has a value that another SELECT finds."""
    return Sql(f"{column} IN ({found.text})", found.values)


def _joined(word: str, conditions: Iterable[Sql]) -> Sql | None:
    parts = list(conditions)
    if not parts:
        return None
    text = word.join(f"({part.text})" for part in parts)
    return Sql(text, tuple(value for part in parts for value in part.values))
