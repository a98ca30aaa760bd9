"""Rows written past SQLAlchemy's statements, which cost ten times what SQLite needs for them.

For what somebody waits for (a booking at the counter) and for what is many (the journal of an
undo). Rows of a journaled table are handed over to the journal as well: see `journal.add_rows`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Dialect, Table, insert
from sqlalchemy.orm import Session

from app.models import Base, table_of
from app.storage.lookup import link_of

Encoder = Callable[[Any], Any]


def insert_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns; the others get their defaults."""
    if not rows:
        return
    text, columns, defaults = _insertion(table, tuple(rows[0]), session.get_bind().dialect)
    whole = ({**defaults, **row} for row in rows) if defaults else rows
    lines = [
        [encode(row[name]) if encode else row[name] for name, encode in columns] for row in whole
    ]
    link_of(session).executemany(text, lines)


def keep_rows(
    session: Session, model: type[Base], put: str, where: str, values: Sequence[tuple[Any, ...]]
) -> None:
    """UPDATE model SET put WHERE where, once for each tuple of values; never of a journaled table.

    Raises RuntimeError for one: its journal would not know the values before.
    """
    if model.__journaled__:
        raise RuntimeError(f"a change of '{model.__tablename__}' belongs into the journal")
    text = f"UPDATE {model.__tablename__} SET {put} WHERE {where}"  # noqa: S608 - our own
    link_of(session).executemany(text, values)


def insert_kept(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """The same for new rows of such a table."""
    if model.__journaled__:
        raise RuntimeError(f"a row of '{model.__tablename__}' belongs into the journal")
    insert_rows(session, table_of(model), rows)


# A file that is opened has a dialect of its own.
@lru_cache(maxsize=64)
def _insertion(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[tuple[str, Encoder | None]], dict[str, Any]]:
    """The statement, its columns with what makes their values ones for the driver, the defaults."""
    compiled: Any = insert(table).compile(dialect=dialect, column_keys=names)
    columns = [table.columns[name] for name in compiled.positiontup]
    defaults = {one.name: _default(one) for one in columns if one.name not in names}
    return str(compiled), [(one.name, encoder(one, dialect)) for one in columns], defaults


def _default(column: Column[Any]) -> Any:
    value = getattr(column.default, "arg", None)
    if callable(value):
        raise TypeError(f"the default of '{column}' is made for each row: give its value")
    return value


def encoder(column: Column[Any], dialect: Dialect) -> Encoder | None:
    """What makes a value of this column one for the driver; None where it is one."""
    return column.type.dialect_impl(dialect).bind_processor(dialect)
