"""The journal of tables that left the program, on paper or as a file (domain.md 10.3)."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Action, Notice, Resident, User
from app.storage import journal


def note_printed(session: Session, people: Sequence[int], *, by: str) -> None:
    """Note under the transaction's sentence that these residents' rows were printed.

    A table without residents (backups, users) is noted with the user who printed it.
    """
    _note(session, Action.PRINTED, people, by)


def note_exported(session: Session, people: Sequence[int], *, by: str) -> None:
    """The same for a file that was written."""
    _note(session, Action.EXPORTED, people, by)


def note_notice(session: Session, notice_id: int | None, *, by: str) -> None:
    """A notice that was printed or saved; one that was not kept with the user who took it."""
    if notice_id is None:
        _note(session, Action.PRINTED, (), by)
    else:
        journal.record_look(session, Action.PRINTED, Notice, [notice_id])


def _note(session: Session, action: Action, people: Sequence[int], by: str) -> None:
    if people:
        journal.record_look(session, action, Resident, people)
        return
    users = session.scalars(select(User.id).where(User.name == by)).all()
    # Who works without a name in the file (the demo) is on record all the same.
    journal.record_look(session, action, User, users or [0])
