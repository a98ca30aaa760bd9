"""Photographs of a line of the diary, in the encrypted file; the journal keeps no pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import DiaryPhoto
from app.services import diary, rights
from app.values.rights import Right

MOST_PHOTOS = 6
LARGEST_PHOTO = 300_000
"""Bytes; the form scales pictures down to it."""


@dataclass(frozen=True, slots=True)
class DiaryPicture:
    """A photograph of a line, as JPEG."""

    id: int
    taken_at: datetime
    jpeg: bytes


def set_photos(
    session: Session, entry_id: int, *, kept: Sequence[int], added: Sequence[bytes], now: datetime
) -> None:
    """Keep some of the pictures of a line, throw the others away, add new ones."""
    rights.require(session, Right.LOG_ROUNDS)
    rights.require_grid(session, diary.get(session, entry_id).grid_id)
    if len(kept) + len(added) > MOST_PHOTOS:
        raise DomainError(f"一条日记最多放 {MOST_PHOTOS} 张照片，请去掉几张。")
    if any(len(jpeg) > LARGEST_PHOTO for jpeg in added):
        raise DomainError("照片太大，没有保存。请换一张小一些的。")
    gone = (DiaryPhoto.entry_id == entry_id, DiaryPhoto.id.not_in(list(kept)))
    session.execute(delete(DiaryPhoto).where(*gone))
    session.add_all(DiaryPhoto(entry_id=entry_id, taken_at=now, jpeg=jpeg) for jpeg in added)
    session.flush()


def photos(session: Session, entry_id: int) -> list[DiaryPicture]:
    """All pictures of a line, in their order."""
    found = session.execute(
        select(DiaryPhoto.id, DiaryPhoto.taken_at, DiaryPhoto.jpeg)
        .where(DiaryPhoto.entry_id == entry_id)
        .order_by(DiaryPhoto.id)
    )
    return [DiaryPicture(*values) for values in found]
