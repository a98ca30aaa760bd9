"""The texts by which a person is known, and taking them out of tables and journal for good."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Column, Enum, String, Table, Text, cast, or_, select, update
from sqlalchemy.orm import Session

from app.models import (
    Action,
    Change,
    GridMember,
    Household,
    Operation,
    Resident,
    User,
    all_tables,
    model_named,
    table_of,
)
from app.services.chunks import chunks
from app.storage import journal, redaction
from app.storage.digests import ANNOUNCED, ERASED

ERASED_WORDS = "已抹去"
PAPERS = frozenset({"certificate", "refusal", "seal_use"})
"""Tables that keep what they hold as long as their own retention runs."""
_NEVER = PAPERS | {"operation", "change", "user", "user_grid", "permission", "setting"}
_NAMES = ("name", "former_name")
_NUMBERS = ("document_number", "phone", "other_phones")
_SHORTEST = 2
# Two letters or digits stand in many words that are nobody's name.
_SHORTEST_ELSEWHERE = 5
_AT_ONCE = 500

Rows = Mapping[str, set[int]]
"""ids by table"""


@dataclass(frozen=True)
class Texts:
    """`own` are looked for where a person is concerned, `everywhere` where nobody else has them."""

    own: tuple[str, ...]
    everywhere: tuple[str, ...]


@dataclass
class Forgotten:
    """What was taken out of the journal, and how many rows elsewhere named the person."""

    operations: set[int] = field(default_factory=set)
    changes: set[int] = field(default_factory=set)
    mentions: int = 0


def texts_of(session: Session, rows: Rows, found: Iterable[str] = ()) -> Texts:
    """Names and numbers of residents, those of former days included, the longest first."""
    own = set(found)
    ids = rows.get(Resident.__tablename__, set())
    for person in session.scalars(select(Resident).where(Resident.id.in_(ids))):
        own.update(_split({key: getattr(person, key) for key in (*_NAMES, *_NUMBERS)}))
    for change in _changes_of(session, {Resident.__tablename__: ids}):
        for name, pair in (change.fields or {}).items():
            if name in (*_NAMES, *_NUMBERS):
                for value in pair if isinstance(pair, list) else [pair]:
                    own.update(_split({name: value}))
    own = {text for text in own if len(text) >= _SHORTEST and text != ERASED_WORDS}
    ordered = tuple(sorted(own, key=lambda text: (-len(text), text)))
    telling = [t for t in ordered if not t.isascii() or len(t) >= _SHORTEST_ELSEWHERE]
    return Texts(ordered, tuple(t for t in telling if not _others_have(session, t, ids)))


def mentions(session: Session, texts: Texts, own: Rows) -> dict[str, list[int]]:
    """Rows of other people and things that name the person, by table."""
    found: dict[str, list[int]] = {}
    for table in _searched():
        ids = [row["id"] for row in _rows_with(session, table, texts.everywhere)]
        if left := [one for one in ids if one not in own.get(table.name, set())]:
            found[table.name] = left
    return found


def forget(session: Session, texts: Texts, own: Rows, *, elsewhere: bool) -> Forgotten:
    """Take the texts out of tables and journal; of `own` rows the journal keeps no value at all."""
    done = Forgotten()
    if elsewhere:
        done.mentions = sum(_clean(session, table, texts.everywhere) for table in _searched())
    _forget_values(session, texts, own, done, elsewhere=elsewhere)
    _forget_words(session, texts, own, done, elsewhere=elsewhere)
    journal.set_details(
        session,
        {ANNOUNCED: {"operation": sorted(done.operations), "change": sorted(done.changes)}},
    )
    return done


def without(texts: Sequence[str], value: Any) -> Any:
    """The same words, lists or JSON with `ERASED_WORDS` in the place of the texts."""
    if isinstance(value, str):
        for text in texts:
            value = value.replace(text, ERASED_WORDS)
        return value
    if isinstance(value, dict):
        return {without(texts, key): without(texts, one) for key, one in value.items()}
    return [without(texts, one) for one in value] if isinstance(value, list) else value


def _split(values: Mapping[str, Any]) -> set[str]:
    return {
        text.strip()
        for value in values.values()
        if isinstance(value, str)
        for text in value.split("、")
        if text.strip()
    }


def _others_have(session: Session, text: str, own: set[int]) -> bool:
    """Whether somebody else goes by it: a family's telephone, a namesake, a longer name."""
    columns = [getattr(Resident, name) for name in (*_NAMES, *_NUMBERS)]
    held = or_(*(column.contains(text, autoescape=True) for column in columns))
    theirs = select(Resident.id).where(Resident.id.not_in(own), held)
    staff = select(User.id).where(User.name.contains(text, autoescape=True))
    serving = select(GridMember.id).where(
        or_(GridMember.resident_id.is_(None), GridMember.resident_id.not_in(own)),
        or_(GridMember.name.contains(text, autoescape=True), GridMember.phone == text),
    )
    return any(session.scalar(one.limit(1)) is not None for one in (theirs, staff, serving))


def _searched() -> list[Table]:
    return [
        table
        for table in all_tables()
        if table.name not in _NEVER and "module" not in table.info and _texts(table)
    ]


def _texts(table: Table) -> list[Column[Any]]:
    return [
        column
        for column in table.columns
        if isinstance(column.type, String | JSON)
        and not isinstance(column.type, Enum)
        and not column.foreign_keys
    ]


def _rows_with(session: Session, table: Table, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Rows in which one of the texts stands; JSON may hold Chinese in its escaped form."""
    if not texts:
        return []
    forms = [form for text in texts for form in _forms(text)]
    columns = [cast(column, Text) for column in _texts(table)]
    held = [column.contains(form, autoescape=True) for column in columns for form in forms]
    rows: dict[Any, dict[str, Any]] = {}
    # SQLite allows expressions of a limited depth only.
    for some in chunks(held, 200):
        for found in session.connection().execute(select(table).where(or_(*some))):
            row = dict(found._mapping)
            # LIKE does not tell capitals from small letters.
            if without(texts, row) != row:
                rows[found[0]] = row
    return list(rows.values())


def _forms(text: str) -> set[str]:
    return {text, json.dumps(text)[1:-1]}


def _clean(session: Session, table: Table, texts: Sequence[str]) -> int:
    rows = _rows_with(session, table, texts)
    key = next(iter(table.primary_key.columns))
    for row in rows:
        values = {column.name: without(texts, row[column.name]) for column in _texts(table)}
        statement = update(table).where(key == row[key.name]).values(values)
        # Of a ledger as well: its words go, its figures stay.
        session.connection().execute(statement, execution_options={redaction.ERASING: True})
    if rows and model_named(table.name).__journaled__:
        journal.record_erased(session, model_named(table.name), [row[key.name] for row in rows])
    return len(rows)


def _forget_values(
    session: Session, texts: Texts, own: Rows, done: Forgotten, *, elsewhere: bool
) -> None:
    wanted = {change.id for change in _changes_of(session, own)}
    if elsewhere:
        wanted |= {
            row["id"]
            for row in _rows_with(session, table_of(Change), texts.everywhere)
            if row["table_name"] not in PAPERS
        }
    done.changes.update(redaction.erase_fields(session, sorted(wanted)))


def _forget_words(
    session: Session, texts: Texts, own: Rows, done: Forgotten, *, elsewhere: bool
) -> None:
    named: dict[int, tuple[str, dict[str, Any] | None]] = {}
    linked = _operations_of(session, own)
    for row in _rows_with(session, table_of(Operation), texts.own):
        known = texts.own if row["id"] in linked else texts.everywhere if elsewhere else ()
        sentence, details = without(known, row["sentence"]), without(known, row["details"])
        if (sentence, details) != (row["sentence"], row["details"]):
            kept = {key: value for key, value in (details or {}).items() if key != ERASED}
            named[row["id"]] = (sentence, kept)
    done.operations.update(redaction.erase_words(session, named))


def _changes_of(session: Session, own: Rows) -> list[Change]:
    """Changes with values of these rows, and of rows of theirs that were deleted since."""
    found: list[Change] = []
    for table, ids in own.items():
        for part in chunks(sorted(ids), _AT_ONCE):
            found += session.scalars(
                select(Change).where(
                    Change.table_name == table, Change.row_id.in_(part), Change.salt.is_not(None)
                )
            )
    people = own.get(Resident.__tablename__, set())
    found += [change for change in _changes_of_homes(session) if _led(change) & people]
    deleted = select(Change).where(Change.action == Action.DELETED, Change.salt.is_not(None))
    owned = [table.name for table in _owned()]
    for change in session.scalars(deleted.where(Change.table_name.in_(owned))):
        if (change.fields or {}).get("resident_id") in people:
            found.append(change)
    return found


def _changes_of_homes(session: Session) -> list[Change]:
    """Taking one of them back must not give a household an erased head."""
    homes = select(Change).where(
        Change.table_name == Household.__tablename__, Change.salt.is_not(None)
    )
    return list(session.scalars(homes))


def _led(change: Change) -> set[Any]:
    heads = (change.fields or {}).get("head_id")
    return set(heads) if isinstance(heads, list) else {heads}


def _owned() -> list[Table]:
    return [table for table in all_tables() if "resident_id" in table.columns]


def _operations_of(session: Session, own: Rows) -> set[int]:
    found: set[int] = set()
    for table, ids in own.items():
        for one in ids:
            touched = select(Change.operation_id).where(
                Change.table_name == table, Change.row_id <= one, Change.last_row_id >= one
            )
            found.update(session.scalars(touched))
    return found
