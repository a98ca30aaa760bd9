"""What can be done about a step that cannot be taken back: 作废 of a paper, 冲正 in a ledger.

One entry per table; a tab that comes later adds its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import models
from app.models import Stage

PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Counter:
    """Another way than undo: the verb on the button, and the record whose page offers it."""

    verb: str
    words: str
    page: str
    row_id: int


def counter_for(session: Session, row_of: Mapping[str, int]) -> Counter | None:
    """The way that the rows of a step offer; None where there is none left."""
    for table, offer in _OFFERS.items():
        if table in row_of:
            return offer(session, row_of[table])
    return None


def _void(session: Session, certificate_id: int) -> Counter | None:
    row = session.get(models.Certificate, certificate_id)
    if row is None or row.number is None or row.stage is Stage.VOID:
        return None
    return Counter("作废", "可以作废，号不再用", PAPERS, certificate_id)


_OFFERS: dict[str, Callable[[Session, int], Counter | None]] = {"certificate": _void}
