"""Forms that were not saved yet, kept so that a power cut loses seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import Draft as DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    fields: Mapping[str, Any]
    saved_at: datetime


def keep(session: Session, key: str, fields: Mapping[str, Any], *, now: datetime) -> None:
    """Keep what stands in the form `key`; values must be plain (text, numbers, lists)."""
    row = session.scalar(select(DraftRow).where(DraftRow.key == key))
    if row is None:
        row = DraftRow(key=key)
        session.add(row)
    row.fields, row.saved_at = dict(fields), now
    session.flush()


def kept(session: Session, key: str) -> Draft | None:
    """What was kept of a form, None when nothing was."""
    row = session.scalar(select(DraftRow).where(DraftRow.key == key))
    return Draft(row.fields, row.saved_at) if row else None


def drop(session: Session, key: str) -> None:
    """Forget a form that was saved or given up."""
    session.execute(delete(DraftRow).where(DraftRow.key == key))
