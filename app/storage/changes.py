"""What one transaction did, collected row by row and merged when it ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy.orm import SessionTransaction

from app.models import Action


class Entry(NamedTuple):
    table: str
    row_id: int
    action: Action
    fields: dict[str, Any] | None


@dataclass
class ChangeLog:
    """Entries in the order in which they happened; a savepoint rolled back cuts the tail off."""

    entries: list[Entry] = field(default_factory=list)
    details: dict[str, Any] | None = None
    undoes_id: int | None = None
    # Tables touched by bulk statements, and those whose rows were handed over.
    bulk: set[str] = field(default_factory=set)
    accounted: set[str] = field(default_factory=set)
    # By table, the last id that a row made by the session got.
    last_ids: dict[str, int] = field(default_factory=dict)
    marks: dict[SessionTransaction, int] = field(default_factory=dict)

    def add(self, table: str, row_id: int, action: Action, fields: dict[str, Any] | None) -> None:
        self.entries.append(Entry(table, row_id, action, fields))

    def extend(self, table: str, action: Action, ids: Iterable[int]) -> None:
        self.entries.extend(Entry(table, row_id, action, None) for row_id in ids)

    def note_id(self, table: str, row_id: int) -> None:
        """A row got this id."""
        self.last_ids[table] = max(row_id, self.last_ids.get(table, 0))

    def merged(self) -> list[dict[str, Any]]:
        """One Change per row as column values; rows without fields share one as ranges of ids."""
        final = _merge(self.entries)
        plain = [entry for entry in final if entry.fields is None]
        imaged = [entry for entry in final if entry.fields is not None]
        deleted = [entry for entry in imaged if entry.action is Action.DELETED]
        updated = [entry for entry in imaged if entry.action is not Action.DELETED]
        # Deleted first: a row made afterwards may have been given the free id.
        return [
            *(_values(entry, entry.row_id) for entry in deleted),
            *_ranges(plain),
            *(_values(entry, entry.row_id) for entry in updated),
        ]


def _merge(entries: list[Entry]) -> list[Entry]:
    open_rows: dict[tuple[str, int], Entry] = {}
    others: dict[tuple[str, int, Action], Entry] = {}
    for entry in entries:
        key = (entry.table, entry.row_id)
        earlier = open_rows.get(key)
        if entry.action in (Action.CREATED, Action.UPDATED) and earlier is None:
            open_rows[key] = entry
        elif entry.action is Action.UPDATED and earlier is not None:
            open_rows[key] = _updated_again(earlier, entry)
        elif entry.action is Action.DELETED:
            open_rows.pop(key, None)
            if earlier is None or earlier.action is not Action.CREATED:
                others[(*key, entry.action)] = _as_it_was(earlier, entry)
        else:
            others[(*key, entry.action)] = entry
    return [*others.values(), *(row for row in open_rows.values() if row.fields != {})]


def _updated_again(earlier: Entry, entry: Entry) -> Entry:
    if earlier.fields is None or entry.fields is None:
        return earlier
    fields = dict(earlier.fields)
    for column, (before, after) in entry.fields.items():
        first = fields[column][0] if column in fields else before
        fields[column] = [first, after]
        if first == after:
            del fields[column]
    return earlier._replace(fields=fields)


def _as_it_was(earlier: Entry | None, deleted: Entry) -> Entry:
    changed = (earlier.fields if earlier else None) or {}
    before = {column: pair[0] for column, pair in changed.items()}
    return deleted._replace(fields={**(deleted.fields or {}), **before})


def _ranges(entries: list[Entry]) -> Iterator[dict[str, Any]]:
    entries = sorted(entries, key=lambda entry: (entry.table, entry.action, entry.row_id))
    # Within a run of consecutive ids, id minus position stays the same.
    numbered = enumerate(entries)
    for _, run in groupby(
        numbered, key=lambda pair: (pair[1].table, pair[1].action, pair[1].row_id - pair[0])
    ):
        rows = [entry for _, entry in run]
        yield _values(rows[0], rows[-1].row_id)


def _values(entry: Entry, last_row_id: int) -> dict[str, Any]:
    return {
        "table_name": entry.table,
        "row_id": entry.row_id,
        "last_row_id": last_row_id,
        "action": entry.action,
        "fields": entry.fields,
    }
