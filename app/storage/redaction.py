"""Erasing parts of the journal for good: what law asks to be forgotten (个人信息保护法 47).

Rows, ids, times and users stay; of the words and values a digest stays, so that the chain is
still whole (digests.py). The operation that erases says which parts it took.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.models import Change, Operation, table_of
from app.storage.digests import ERASED, fields_digest, words_digest

ERASING = "erasing"
"""Execution option by which the guard of the ledgers knows these statements."""

_OPERATIONS = table_of(Operation)
_CHANGES = table_of(Change)
_AT_ONCE = 500


def erase_words(
    session: Session, words: Mapping[int, tuple[str, dict[str, Any] | None]]
) -> list[int]:
    """Put other words in the place of operations' sentences and details; their ids, in order."""
    rows = []
    for operation in _rows(session, _OPERATIONS, sorted(words)):
        sentence, details = words[operation["id"]]
        kept = {**(details or {}), ERASED: words_digest(operation)}
        rows.append({"key": operation["id"], "new_sentence": sentence[:300], "new_details": kept})
    _write(session, _OPERATIONS, rows, sentence="new_sentence", details="new_details")
    return [row["key"] for row in rows]


def erase_fields(session: Session, change_ids: Sequence[int]) -> list[int]:
    """Erase the values of changes; the ids of those that had any."""
    rows = [
        {"key": change["id"], "new_fields": {ERASED: fields_digest(change)}}
        for change in _rows(session, _CHANGES, sorted(change_ids))
        if change["salt"] is not None
    ]
    _write(session, _CHANGES, rows, fields="new_fields")
    return [row["key"] for row in rows]


def _rows(session: Session, table: Any, ids: Sequence[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start : start + _AT_ONCE]
        rows = session.connection().execute(select(table).where(table.c.id.in_(part)))
        found.extend(dict(row._mapping) for row in rows)
    return sorted(found, key=lambda row: int(row["id"]))


def _write(session: Session, table: Any, rows: list[dict[str, Any]], **columns: str) -> None:
    if rows:
        values = {name: bindparam(new, type_=table.c[name].type) for name, new in columns.items()}
        statement = update(table).where(table.c.id == bindparam("key")).values(salt=None, **values)
        session.connection().execute(statement, rows, execution_options={ERASING: True})
