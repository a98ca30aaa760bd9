"""Matters that give points (积分事项), as an office begins with them."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    Deed,
    ExpiryRule,
    ExpiryWay,
    PointsItem,
    PointsRule,
    PointsUnit,
    StarLevel,
)
from app.values.tables import read_table


def seed(session: Session, *, today: date) -> None:
    """The usual matters with their rules, stars and expiry, at the creation of an office.

    Figures of domain.md 3.3 and 2.3, all of them the office's own to change.
    """
    if session.scalar(select(PointsItem.id).limit(1)) is not None:
        return
    for position, row in enumerate(read_table("points_items")):
        _add_item(session, row, position, today)
    for row in read_table("star_levels"):
        stars, hours = int(row["stars"]), int(row["hours"])
        session.add(StarLevel(stars=stars, hours=hours, since=today, source=row["source"]))
    session.add(ExpiryRule(way=ExpiryWay.NEXT_YEAR, number=3, since=today, source="社区默认"))
    session.flush()


def _add_item(session: Session, row: dict[str, str], position: int, today: date) -> None:
    item = PointsItem(
        name=row["name"],
        deed=Deed.of(row["deed"]),
        enabled=row["enabled"] == "1",
        position=position,
    )
    session.add(item)
    session.flush()
    session.add(
        PointsRule(
            item_id=item.id,
            points=int(row["points"]),
            per=PointsUnit.of(row["per"]),
            cap_once=_number(row["cap_once"]),
            cap_day=_number(row["cap_day"]),
            cap_household_day=_number(row["cap_household_day"]),
            since=today,
            source="社区默认",
        )
    )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
