"""A restore in the journal, so that the history of the file tells of it."""

from sqlalchemy.orm import Session

from app.models import Setting
from app.services.standing import FINAL
from app.storage import journal
from app.storage.after_restore import Restored

KEY = "restored_to"


def note(session: Session, restored: Restored) -> None:
    """Remember the moment that was gone back to; the line cannot be undone."""
    moment = restored.moment.isoformat() if restored.moment else ""
    row = session.query(Setting).filter_by(key=KEY).one_or_none()
    if row is None:
        session.add(Setting(key=KEY, value=moment))
    else:
        # Twice to the same moment is two restores.
        row.value = [moment, restored.at.isoformat() if restored.at else ""]
    journal.set_details(session, {FINAL: True, KEY: moment})
