"""Forms that were not saved yet, kept so that a power cut loses seconds; everybody has his own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from app.models import LOOKS, Change, Operation
from app.models import Draft as DraftRow
from app.services.touched import step_words
from app.storage.lookup import actor_of

Record = tuple[str, int]
"""Table and id of what a form changes."""
# Beside what was typed: the record, and the last operation that the form could know of.
_RECORD, _AFTER = "_record", "_after"
_LONGEST_KEY, _LONGEST_TITLE = 40, 120
# Stands between what a form is called and whose it is.
_OF = "@"


@dataclass(frozen=True, slots=True)
class Draft:
    """`changed_by` names the step by which the record was changed since; '' where it was not."""

    fields: Mapping[str, Any]
    saved_at: datetime
    key: str = ""
    title: str = ""
    changed_by: str = ""


def keep(
    session: Session,
    key: str,
    fields: Mapping[str, Any],
    *,
    now: datetime,
    title: str = "",
    record: Record | None = None,
) -> None:
    """Keep what stands in the form `key`; values must be plain (text, numbers, lists).

    `title` is what it is called in the list of what was not saved: 居民 王秀兰.
    """
    row = _row(session, key)
    known = dict(fields)
    if record is not None:
        known[_RECORD] = list(record)
        # What happened before the form was kept first is no news to it.
        first = row.fields.get(_AFTER) if row is not None else None
        known[_AFTER] = first or session.scalar(select(func.max(Operation.id))) or 0
    if row is None:
        row = DraftRow(key=_own(session, key), user_name=actor_of(session).name)
        session.add(row)
    row.fields, row.saved_at, row.title = known, now, title[:_LONGEST_TITLE]
    session.flush()


def kept(session: Session, key: str) -> Draft | None:
    """What was kept of a form, None when nothing was."""
    row = _row(session, key)
    return _draft(session, row) if row else None


def waiting(session: Session) -> list[Draft]:
    """What whoever asks has not saved, the latest first."""
    found = session.scalars(
        select(DraftRow)
        .where(DraftRow.user_name == actor_of(session).name)
        .order_by(DraftRow.saved_at.desc(), DraftRow.id.desc())
    )
    return [_draft(session, row) for row in found]


def drop(session: Session, key: str) -> None:
    """Forget a form that was saved or given up."""
    session.execute(delete(DraftRow).where(DraftRow.key == _own(session, key)))


def forget_people(session: Session, resident_ids: set[int]) -> None:
    """Drop the forms of these people and those that name one of them, whoever was filling them."""
    if not resident_ids:
        return
    theirs = (DraftRow.key.startswith(f"resident:{one}{_OF}") for one in resident_ids)
    session.execute(delete(DraftRow).where(or_(*theirs)))
    for row in session.scalars(select(DraftRow)):
        if resident_ids & set(_named(row.fields)):
            session.delete(row)
    session.flush()


def _named(value: Any) -> Iterator[int]:
    """Residents who were chosen in a form: fields keep them as `resident_id`."""
    if isinstance(value, Mapping):
        found = value.get("resident_id")
        if isinstance(found, int):
            yield found
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _named(part)


def _own(session: Session, key: str) -> str:
    return f"{key}{_OF}{actor_of(session).name}"[:_LONGEST_KEY]


def _row(session: Session, key: str) -> DraftRow | None:
    return session.scalar(select(DraftRow).where(DraftRow.key == _own(session, key)))


def _draft(session: Session, row: DraftRow) -> Draft:
    fields = {name: value for name, value in row.fields.items() if name not in (_RECORD, _AFTER)}
    changed = _changed_by(session, row.fields) if _RECORD in row.fields else ""
    return Draft(fields, row.saved_at, row.key.partition(_OF)[0], row.title, changed)


def _changed_by(session: Session, fields: Mapping[str, Any]) -> str:
    """The last step that changed the record of a draft since it was begun."""
    table, row_id = fields[_RECORD]
    last = session.scalar(
        select(func.max(Change.operation_id)).where(
            Change.table_name == table,
            Change.row_id <= row_id,
            Change.last_row_id >= row_id,
            Change.operation_id > fields[_AFTER],
            Change.action.not_in(LOOKS),
        )
    )
    return step_words(session, last) if last else ""
