"""What every step of a request does: may it be done, note it, set the deadline, take along."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Request, RequestStep, StepKind
from app.services import request_due
from app.services.request_detail import followers, get, position, waiting_extension
from app.services.request_due import OPEN, Reckoner
from app.services.request_rules import RequestAction, refusal
from app.storage.lookup import actor_of


def open_row(
    session: Session, request_id: int, version: int | None, action: RequestAction
) -> Request:
    """The row that an action is about; raises DomainError where it may not be done now."""
    row = get(session, request_id)
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    require(session, row, action)
    return row


def require(session: Session, row: Request, action: RequestAction) -> None:
    """Raise DomainError where an action may not be done now."""
    if said := refusal(action, position(session, row), actor_of(session)):
        raise DomainError(said)


def add_step(
    session: Session, row: Request, kind: StepKind, now: datetime, *, words: str = "", to: str = ""
) -> RequestStep:
    """Note what happened, with where the request stands after it."""
    session.flush()
    row.steps += 1
    step = RequestStep(
        request_id=row.id,
        at=now,
        kind=kind,
        level=row.level,
        state=row.state,
        to=to[:60] or None,
        words=words or None,
        due_on=row.due_on,
        user_name=actor_of(session).name,
    )
    session.add(step)
    session.flush()
    return step


def set_due(session: Session, row: Request, reckoner: Reckoner | None = None) -> None:
    """The deadline of the step that a request has just come to."""
    row.due_on = (reckoner or request_due.reckoner(session)).due(request_due.facts(session, row))


def mirror(session: Session, row: Request) -> None:
    """Those that go on with a request stand where it stands, as long as it is worked on."""
    session.flush()
    for one in followers(session, row.id):
        if one.state in OPEN and row.state in OPEN:
            one.state, one.level = row.state, row.level
            one.due_on, one.extended = row.due_on, row.extended
            one.steps += 1
    session.flush()


def drop_extension(session: Session, row: Request, now: datetime) -> None:
    """Nobody has to decide any more about an extension that was asked for."""
    asked = waiting_extension(session, row.id)
    if asked is not None:
        asked.granted, asked.remark = False, "已经办完或并案，不用延期"
        asked.decided_by, asked.decided_at = actor_of(session).name or None, now
