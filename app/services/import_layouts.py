"""Columns that a user put right once, for all later sheets with the same headings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import ImportLayout


def remember_layout(
    session: Session, fingerprint: str, columns: Mapping[str, Any], *, now: datetime
) -> None:
    """Keep which column means what under these headings."""
    row = session.scalar(select(ImportLayout).where(ImportLayout.fingerprint == fingerprint))
    if row is None:
        row = ImportLayout(fingerprint=fingerprint)
        session.add(row)
    row.columns, row.used_at = dict(columns), now
    session.flush()


def find_layout(session: Session, fingerprint: str) -> dict[str, Any] | None:
    """What was kept for these headings, None when they are new."""
    return session.scalar(
        select(ImportLayout.columns).where(ImportLayout.fingerprint == fingerprint)
    )
