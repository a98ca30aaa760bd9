"""One row read and changed past SQLAlchemy's objects: for what somebody waits for.

The law is that of the objects: the version decides who was first, the journal gets the values
before and after, ledgers are left alone.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Table
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile
from app.models import Base, table_of
from app.storage import journal
from app.storage.lookup import link_of
from app.storage.statements import Encoder, encoder

_Decoder = Callable[[Any], Any]


def stored_row(session: Session, model: type[Base], row_id: int) -> dict[str, Any] | None:
    """All columns of a row as its object would have them; None where there is none."""
    session.flush()
    text, names, decoders = _selection(table_of(model), session.get_bind().dialect)
    found = link_of(session).execute(text, (row_id,)).fetchone()
    if found is None:
        return None
    row = dict(zip(names, found, strict=True))
    for name, decode in decoders:
        row[name] = decode(row[name])
    return row


def change_row(
    session: Session, model: type[Base], before: Mapping[str, Any], values: Mapping[str, Any]
) -> frozenset[str]:
    """Write what differs from `before`, a versioned row as `stored_row` gave it, and journal it.

    Gives the columns that differ. Raises ChangedMeanwhile where somebody saved the row since.
    """
    if model.__ledger__ or not model.__journaled__:
        raise RuntimeError(f"rows of '{model.__tablename__}' are not changed here")
    fields: dict[str, Sequence[Any]] = {
        name: (before[name], new) for name, new in values.items() if new != before[name]
    }
    if not fields:
        return frozenset()
    key, version = before["id"], before["version"]
    text, encoders = _update(table_of(model), tuple(fields), session.get_bind().dialect)
    new = [
        encode(value) if encode else value
        for encode, (_, value) in zip(encoders, fields.values(), strict=True)
    ]
    if link_of(session).execute(text, (*new, version + 1, key, version)).rowcount != 1:
        raise ChangedMeanwhile
    journal.record_updates(session, model, [(key, fields)])
    _forget(session, model, key)
    return frozenset(fields)


def _forget(session: Session, model: type[Base], row_id: int) -> None:
    """An object that was loaded before reads the row anew."""
    if not session.identity_map:
        return
    loaded = session.identity_map.get(session.identity_key(model, row_id))
    if loaded is not None:
        session.expire(loaded)


# A file that is opened has a dialect of its own.
@lru_cache(maxsize=64)
def _selection(table: Table, dialect: Dialect) -> tuple[str, list[str], list[tuple[str, _Decoder]]]:
    """The statement, its columns, and those whose values are not what the driver gives."""
    names = [column.name for column in table.columns]
    decoders = [(name, _decoder(table, name, dialect)) for name in names]
    text = f"SELECT {_quoted(names)} FROM {table.name} WHERE id = ?"  # noqa: S608 - our own
    return text, names, [(name, decode) for name, decode in decoders if decode is not None]


def _decoder(table: Table, name: str, dialect: Dialect) -> Any:
    kind = table.columns[name].type.dialect_impl(dialect)
    return kind.result_processor(dialect, None)


# By the columns that are written: few sets of them come again and again.
@lru_cache(maxsize=256)
def _update(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[Encoder | None]]:
    put = _quoted(names, " = ?")
    text = f"UPDATE {table.name} SET {put}, version = ? WHERE id = ? AND version = ?"  # noqa: S608 - our own
    return text, [encoder(table.columns[name], dialect) for name in names]


def _quoted(names: list[str] | tuple[str, ...], end: str = "") -> str:
    return ", ".join(f'"{name}"{end}' for name in names)
