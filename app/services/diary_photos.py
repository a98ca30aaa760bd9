"""Photographs of a line of the diary, in the encrypted file; the journal keeps no pictures."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.models import DiaryPhoto
from app.services import diary, rights
from app.services.photos import Photo, check
from app.values.rights import Right


def set_photos(
    session: Session, entry_id: int, *, kept: Sequence[int], added: Sequence[bytes], now: datetime
) -> None:
    """Keep some of the pictures of a line, throw the others away, add new ones."""
    rights.require(session, Right.LOG_ROUNDS)
    rights.require_grid(session, diary.get(session, entry_id).grid_id)
    check("一条日记", len(kept) + len(added), added)
    gone = (DiaryPhoto.entry_id == entry_id, DiaryPhoto.id.not_in(list(kept)))
    session.execute(delete(DiaryPhoto).where(*gone))
    session.add_all(DiaryPhoto(entry_id=entry_id, taken_at=now, jpeg=jpeg) for jpeg in added)
    session.flush()


def photos(session: Session, entry_id: int) -> list[Photo]:
    """All pictures of a line, in their order."""
    found = session.execute(
        select(DiaryPhoto.id, DiaryPhoto.taken_at, DiaryPhoto.jpeg)
        .where(DiaryPhoto.entry_id == entry_id)
        .order_by(DiaryPhoto.id)
    )
    return [Photo(*values) for values in found]
