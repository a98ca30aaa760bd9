"""Photographs of what a request is about, in the encrypted file; the journal keeps no pictures."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import RequestPhoto
from app.services import rights
from app.services.photos import Photo, check
from app.services.request_detail import get
from app.values.rights import Right


def photos(session: Session, request_id: int) -> list[Photo]:
    """All pictures of a request, in their order."""
    found = session.execute(
        select(RequestPhoto.id, RequestPhoto.taken_at, RequestPhoto.jpeg)
        .where(RequestPhoto.request_id == request_id)
        .order_by(RequestPhoto.id)
    )
    return [Photo(*values) for values in found]


def add_photo(session: Session, request_id: int, jpeg: bytes, *, now: datetime) -> int:
    """Keep one more picture; raises DomainError where there are enough or it is too large."""
    rights.require(session, Right.HANDLE_REQUESTS)
    rights.require_grid(session, get(session, request_id).grid_id)
    kept = session.scalar(
        select(func.count()).select_from(RequestPhoto).where(RequestPhoto.request_id == request_id)
    )
    check("一件诉求", (kept or 0) + 1, [jpeg])
    photo = RequestPhoto(request_id=request_id, taken_at=now, jpeg=jpeg)
    session.add(photo)
    session.flush()
    return photo.id


def remove_photo(session: Session, photo_id: int) -> None:
    """Throw a picture away for good."""
    rights.require(session, Right.HANDLE_REQUESTS)
    photo = session.get(RequestPhoto, photo_id)
    if photo is not None:
        rights.require_grid(session, get(session, photo.request_id).grid_id)
        session.delete(photo)
        session.flush()
