"""Rows as the journal keeps them: values as JSON, and only what really changed."""

import enum
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import History

from app.models import Base

_PLAIN = (str, int, float, bool)


def json_safe(value: Any) -> Any:
    """`value` as JSON keeps it; raises TypeError for a kind no journaled column has."""
    # By far the most, and of a row that goes there are many.
    if value is None or type(value) in _PLAIN:
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): json_safe(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [json_safe(item) for item in value]
    raise TypeError(f"the journal cannot keep a {type(value).__name__}")


def image_of(row: Base) -> dict[str, Any]:
    """All columns of a row that is about to be deleted."""
    mapper = inspect(row).mapper
    return {column.key: json_safe(getattr(row, column.key)) for column in mapper.column_attrs}


def real_changes(session: Session, row: Base) -> dict[str, Any]:
    """{column: [before, after]} of what differs from the file; the version counter is no news."""
    state = inspect(row)
    counter = state.mapper.version_id_col
    untouched = state.unmodified | ({counter.key} if counter is not None else set())
    fields: dict[str, Any] = {}
    for column in (attribute.key for attribute in state.mapper.column_attrs):
        if column in untouched or not (history := state.attrs[column].history).has_changes():
            continue
        pair = [_before(session, row, column, history), getattr(row, column)]
        if pair[0] != pair[1]:
            fields[column] = [json_safe(value) for value in pair]
    return fields


def _before(session: Session, row: Base, column: str, history: History) -> Any:
    if history.deleted:
        return history.deleted[0]
    # Set without having been loaded: the file still has the old value.
    model: Any = type(row)
    identity: Any = inspect(row).identity
    with session.no_autoflush:
        return session.scalar(select(getattr(model, column)).where(model.id == identity[0]))
