"""Writing over the words of somebody who is erased, past the session and also in a ledger."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from app.models import Base, table_of
from app.services.identity_texts import without
from app.storage import journal
from app.storage.redaction import ERASING


def ids_where(session: Session, model: type[Base], *where: ColumnElement[bool]) -> set[int]:
    """The rows for which all of it is true."""
    return set(session.scalars(select(table_of(model).c.id).where(*where)))


def empty(session: Session, model: type[Base], ids: set[int], values: dict[str, Any]) -> None:
    """Give these rows `values`; the journal forgets what they were."""
    _execute(session, update(table_of(model)).where(table_of(model).c.id.in_(ids)).values(values))
    journal.record_erased(session, model, sorted(ids))


def remove(session: Session, model: type[Base], ids: set[int]) -> None:
    """Take these rows out; the journal forgets what they were."""
    _execute(session, delete(table_of(model)).where(table_of(model).c.id.in_(ids)))
    journal.record_erased(session, model, sorted(ids))


def take_out(
    session: Session, model: type[Base], ids: set[int], names: Sequence[str], texts: Sequence[str]
) -> None:
    """Take the texts out of the columns `names`; the journal forgets rows in which they stood."""
    table = table_of(model)
    asked = select(table.c.id, *(table.c[name] for name in names)).where(table.c.id.in_(ids))
    changed = []
    for key, *words in session.connection().execute(asked).all():
        left = without(texts, words)
        if left != words:
            values = dict(zip(names, left, strict=True))
            _execute(session, update(table).where(table.c.id == key).values(values))
            changed.append(key)
    journal.record_erased(session, model, changed)


def _execute(session: Session, statement: Any) -> None:
    """Also in a ledger: of its words, never of its figures."""
    session.connection().execute(statement, execution_options={ERASING: True})
