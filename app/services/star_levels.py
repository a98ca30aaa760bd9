"""星级门槛: from how many hours on a volunteer may have so many stars (domain.md 2.3)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import StarLevel
from app.services.stars import levels, stars_words
from app.services.terms import make_room
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.values.text import tidy

MOST_STARS, MOST_HOURS = 5, 100_000
_LONGEST_SOURCE = 120


@dataclass(frozen=True, slots=True)
class LevelView:
    """A threshold in whole hours; `until`: its last day."""

    id: int
    stars: int
    hours: int
    since: date
    until: date | None
    source: str


def listed(source: Source, today: date) -> list[LevelView]:
    """What holds now and what begins later."""
    there = Sql("deleted_at IS NULL AND (until IS NULL OR until >= ?)", (today.isoformat(),))
    columns = "id, stars, hours, since, until, source"
    asked = query(columns, "star_level", [there], "ORDER BY stars, since, id")
    return [
        LevelView(key, stars, hours, date.fromisoformat(since), day_of(until), told or "")
        for key, stars, hours, since, until, told in lookup_of(source).rows(asked)
    ]


def set_level(
    session: Session, stars: int, hours: int, *, since: date, source: str = "", today: date
) -> int:
    """From `since` on so many stars take so many hours; gives the row's id.

    Raises DomainError for a past day, and for a star that would take no more than the one below.
    """
    if since < today:
        raise DomainError("星级门槛不能从过去的日子改起：那时评的星级已经公示。请填今天或以后。")
    if not 1 <= stars <= MOST_STARS or not 1 <= hours <= MOST_HOURS:
        raise DomainError(f"服务时长要填 1 到 {MOST_HOURS} 之间的整数。")
    _check_order(session, stars, hours, since)
    rows = list(
        session.scalars(
            select(StarLevel).where(StarLevel.stars == stars, StarLevel.deleted_at.is_(None))
        )
    )
    row = next((one for one in rows if one.since == since), None)
    if row is None:
        row = StarLevel(stars=stars, since=since, until=make_room(rows, since))
        session.add(row)
    row.hours, row.source = hours, tidy(source)[:_LONGEST_SOURCE] or None
    session.flush()
    return row.id


def _check_order(session: Session, stars: int, hours: int, since: date) -> None:
    for other, needed in levels(session, since):
        if (other < stars and needed >= hours) or (other > stars and needed <= hours):
            raise DomainError(
                f"{stars_words(other)}要 {needed} 小时，{stars_words(stars)}填 {hours} 小时"
                "就颠倒了，请核对。几个都要改的，调高从最高一星改起，调低从最低一星改起。"
            )
