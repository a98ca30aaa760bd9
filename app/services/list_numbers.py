"""Numbers of the three lists: 资-2026-001, 需-2026-001, 项-2026-001, counted in each year."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Need, Project, Resource

_LETTERS: dict[type[Resource | Need | Project], str] = {Resource: "资", Need: "需", Project: "项"}


def following(session: Session, model: type[Resource | Need | Project], year: int) -> str:
    """The number after the highest one of a year, of deleted lines too: on papers it means one."""
    begin = f"{_LETTERS[model]}-{year}-"
    with session.no_autoflush:
        given = session.scalars(select(model.number).where(model.number.startswith(begin)))
        last = max((int(number.removeprefix(begin)) for number in given), default=0)
    return f"{begin}{last + 1:03d}"
