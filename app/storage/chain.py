"""The hash chain over the journal: an operation cannot be altered or taken out unnoticed.

The file itself keeps the highest number that an operation ever had (AUTOINCREMENT): where the end
of the journal was cut off, numbers are missing, also after the office has gone on working.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.models import Change, Operation
from app.storage.digests import ErasedParts, canonical, fields_digest, salt, words_digest
from app.storage.lookup import link_of

NO_HASH = "0" * 64


def seal(previous: str, operation: dict[str, Any], changes: Iterable[dict[str, Any]]) -> None:
    """Give an operation that is about to be written its salts and its hash."""
    operation["salt"] = salt()
    for change in changes:
        change["salt"] = None if change["fields"] is None else salt()
    operation["hash"] = operation_hash(previous, operation, changes)


def operation_hash(
    previous: str, operation: dict[str, Any], changes: Iterable[dict[str, Any]]
) -> str:
    """sha256 over the previous hash, the operation, its changes and the digests of their words."""
    digest = hashlib.sha256(previous.encode())
    digest.update(canonical(_operation_facts(operation)))
    for change in changes:
        digest.update(canonical(_change_facts(change)))
    return digest.hexdigest()


def last_hash(session: Session) -> str:
    """The hash at the end of the chain."""
    found = link_of(session).execute(_NEWEST).fetchone()
    return found[0] if found else NO_HASH


def next_operation(session: Session) -> int:
    """The number of the next operation: one that no operation ever had."""
    found = link_of(session).execute(_HIGHEST).fetchone()
    return (found[0] if found else 0) + 1


def verify_chain(session: Session) -> list[int]:
    """Ids of operations that are not as they were written; an id that is missing counts too.

    So does one of which a part was erased and no operation says so.
    """
    broken: list[int] = []
    erased = ErasedParts()
    previous, expected = NO_HASH, 1
    changes = _changes_by_operation(session)
    upcoming = next(changes, None)
    for row in session.execute(_OPERATIONS.execution_options(yield_per=500)):
        broken.extend(range(expected, row.id))
        own: list[dict[str, Any]] = []
        while upcoming is not None and upcoming[0] <= row.id:
            own = upcoming[1] if upcoming[0] == row.id else own
            upcoming = next(changes, None)
        if operation_hash(previous, _mapping(row), own) != row.hash:
            broken.append(row.id)
        erased.read(_mapping(row), own)
        previous, expected = row.hash, row.id + 1
    broken.extend(range(expected, next_operation(session)))
    return sorted({*broken, *erased.unannounced()})


def missing(session: Session, ids: Sequence[int]) -> list[int]:
    """Those of the ids under which there is no operation any more."""
    there = set(session.scalars(select(Operation.id)))
    return [one for one in ids if one not in there]


_NEWEST = "SELECT hash FROM operation ORDER BY id DESC LIMIT 1"
_HIGHEST = "SELECT seq FROM sqlite_sequence WHERE name = 'operation'"
_OPERATIONS = select(Operation.__table__).order_by(Operation.id)
_CHANGES = select(Change.__table__).order_by(Change.operation_id, Change.id)


def _changes_by_operation(session: Session) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    rows = session.execute(_CHANGES.execution_options(yield_per=1000))
    for operation_id, group in groupby(rows, key=lambda row: row.operation_id):
        yield operation_id, [_mapping(row) for row in group]


def _mapping(row: Row[Any]) -> dict[str, Any]:
    return dict(row._mapping)


def _operation_facts(operation: dict[str, Any]) -> list[Any]:
    return [
        operation["id"],
        operation["at"].isoformat(),
        operation["user_name"],
        operation["computer"],
        words_digest(operation),
        operation["undoes_id"],
    ]


def _change_facts(change: dict[str, Any]) -> list[Any]:
    return [
        change["table_name"],
        change["row_id"],
        change["last_row_id"],
        str(change["action"]),
        fields_digest(change),
    ]
