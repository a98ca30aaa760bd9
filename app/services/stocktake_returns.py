"""What an undo may not bring back of 盘点: a count beside a closed book, a second open one."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Stocktake, StocktakeLine

Images = Mapping[int, Mapping[str, Any]]


def refused(session: Session, table: str, images: Images) -> dict[int, str]:
    """By row that was deleted, why it stays away; the rest may come back."""
    if table == Stocktake.__tablename__:
        return _second_ones(session, images)
    if table == StocktakeLine.__tablename__:
        return _late_counts(session, images)
    return {}


def _second_ones(session: Session, images: Images) -> dict[int, str]:
    """Two that are open would book the same difference twice."""
    going = session.scalar(select(Stocktake.id).where(Stocktake.closed_at.is_(None)))
    opened = [row_id for row_id, image in images.items() if image.get("closed_at") is None]
    return dict.fromkeys(opened, "另一次盘点正在进行") if going is not None else {}


def _late_counts(session: Session, images: Images) -> dict[int, str]:
    """A count that its stocktaking did not book would stand there without a line in the ledger."""
    still_open = _open_ones(session, {image["stocktake_id"] for image in images.values()})
    return {
        row_id: "这次盘点已经结束，请再盘一次"
        for row_id, image in images.items()
        if image["stocktake_id"] not in still_open
    }


def _open_ones(session: Session, ids: Iterable[int]) -> set[int]:
    wanted = select(Stocktake.id).where(Stocktake.id.in_(ids), Stocktake.closed_at.is_(None))
    return set(session.scalars(wanted))
