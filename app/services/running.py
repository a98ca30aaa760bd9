"""Whether a meeting goes on: what is asked before anything is entered of its course."""

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AgendaItem, Meeting, MeetingState
from app.services import agenda, meetings


def running(session: Session, meeting_id: int) -> Meeting:
    """The meeting; raises DomainError where it does not go on."""
    row = meetings.get(session, meeting_id)
    if row.state is not MeetingState.RUNNING:
        raise DomainError("会议没有在进行。要改已经散会的记录，请写修正。")
    return row


def running_item(session: Session, item_id: int) -> AgendaItem:
    """An item of a meeting that goes on."""
    row = agenda.get(session, item_id)
    running(session, row.meeting_id)
    return row
