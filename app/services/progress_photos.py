"""Photographs of the steps of a resolution or a project, in the encrypted file."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.models import Progress, ProgressPhoto
from app.services.photos import Photo


def of_steps(session: Session, step_ids: Sequence[int]) -> list[Photo]:
    """The pictures of these steps, in the order in which they were kept."""
    return _photos(session, ProgressPhoto.progress_id.in_(list(step_ids)))


def of_resolution(session: Session, resolution_id: int) -> list[Photo]:
    """All pictures of a resolution, the earliest first."""
    steps = select(Progress.id).where(Progress.resolution_id == resolution_id)
    return _photos(session, ProgressPhoto.progress_id.in_(steps))


def _photos(session: Session, condition: ColumnElement[bool]) -> list[Photo]:
    found = session.execute(
        select(ProgressPhoto.id, ProgressPhoto.taken_at, ProgressPhoto.jpeg)
        .where(condition)
        .order_by(ProgressPhoto.id)
    )
    return [Photo(*values) for values in found]
