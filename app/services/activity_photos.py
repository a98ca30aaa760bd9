"""Photographs of an activity, in the encrypted file; the journal keeps no pictures."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import ActivityPhoto
from app.services import activities, rights
from app.services.photos import Photo, check
from app.values.rights import Right


def set_photos(
    session: Session,
    activity_id: int,
    *,
    kept: Sequence[int],
    added: Sequence[bytes],
    now: datetime,
) -> None:
    """Keep some of the pictures of an activity, throw the others away, add new ones."""
    rights.require(session, Right.RECORD_POINTS)
    activities.get(session, activity_id)
    check("一次活动", len(kept) + len(added), added)
    gone = (ActivityPhoto.activity_id == activity_id, ActivityPhoto.id.not_in(list(kept)))
    session.execute(delete(ActivityPhoto).where(*gone))
    session.add_all(
        ActivityPhoto(activity_id=activity_id, taken_at=now, jpeg=jpeg) for jpeg in added
    )
    session.flush()


def photos(session: Session, activity_id: int) -> list[Photo]:
    """All pictures of an activity, in their order."""
    found = session.execute(
        select(ActivityPhoto.id, ActivityPhoto.taken_at, ActivityPhoto.jpeg)
        .where(ActivityPhoto.activity_id == activity_id)
        .order_by(ActivityPhoto.id)
    )
    return [Photo(*values) for values in found]
