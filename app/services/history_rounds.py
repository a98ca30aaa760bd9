"""Visits and requests as lines of a person's 经过, read from the records themselves.

The journal has a change for each of them; to look up all those of one person would be slow, and
what became of a visit or request is told by its own history.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, Request, Visit
from app.storage.lookup import actor_of
from app.values.rights import Right

if TYPE_CHECKING:
    from app.services.history import HistoryLine

NO_STEP = 0
"""In the place of an operation: there is nothing to take back from here."""


def lines(session: Session, resident_ids: Sequence[int]) -> "Iterator[HistoryLine]":
    """Of these records of a person, as far as whoever asks may see the grids."""
    if not actor_of(session).may(Right.VIEW_GRIDS):
        return
    from app.services.history import HistoryLine

    visits = select(Visit).where(Visit.resident_id.in_(resident_ids), Visit.deleted_at.is_(None))
    for visit in session.scalars(visits):
        late = visit.on_date != visit.entered_at.date()
        day = f"（{visit.on_date:%Y-%m-%d}）" if late else ""
        words = f"走访{day}：{visit.result.label}"
        said = f"{words}，{visit.note}" if visit.note else words
        who = visit.visitor or visit.entered_by
        yield HistoryLine(NO_STEP, visit.entered_at, who, Action.CREATED, said, ())
    asked = select(Request).where(
        Request.resident_id.in_(resident_ids), Request.deleted_at.is_(None)
    )
    for request in session.scalars(asked):
        said = f"诉求 {request.number} 号：{request.title}（{request.state.label}）"
        yield HistoryLine(NO_STEP, request.came_at, request.registered_by, Action.CREATED, said, ())
