"""Visits and requests as lines of a person's 经过, read from the records themselves.

The journal has a change for each of them; to look up all those of one person would be slow, and
what became of a visit or request is told by its own history.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.models import Action, RequestState, VisitResult
from app.storage.lookup import Sql, actor_of, lookup_of, one_of, query
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

    lookup = lookup_of(session)
    his = [one_of("resident_id", resident_ids), Sql("deleted_at IS NULL")]
    for on_date, result, note, visitor, by, at in lookup.rows(query(_VISIT, "visit", his)):
        entered = datetime.fromisoformat(at)
        day = f"（{on_date}）" if on_date != entered.date().isoformat() else ""
        words = f"走访{day}：{VisitResult.of(result).label}"
        said = f"{words}，{note}" if note else words
        yield HistoryLine(NO_STEP, entered, visitor or by, Action.CREATED, said, ())
    for number, title, state, by, at in lookup.rows(query(_REQUEST, "request", his)):
        said = f"诉求 {number} 号：{title}（{RequestState.of(state).label}）"
        came = datetime.fromisoformat(at)
        yield HistoryLine(NO_STEP, came, by, Action.CREATED, said, ())


_VISIT = "on_date, result, note, visitor, entered_by, entered_at"
_REQUEST = "number, title, state, registered_by, came_at"
