"""Matters that give points (积分事项): those an office begins with, and its own."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Activity,
    Deed,
    ExpiryRule,
    ExpiryWay,
    PointsClaim,
    PointsItem,
    PointsRule,
    PointsUnit,
    StarLevel,
)
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.tables import read_table

LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class ItemView:
    """A matter; `enabled`: offered in the forms."""

    id: int
    version: int
    name: str
    deed: Deed
    enabled: bool


def seed(session: Session, *, today: date) -> None:
    """The usual matters with their rules, stars and expiry, at the creation of an office.

    Figures of domain.md 3.3 and 2.3, all of them the office's own to change. They hold from the
    beginning of the year: what was done before the program came may still be written down.
    """
    if session.scalar(select(PointsItem.id).limit(1)) is not None:
        return
    since = today.replace(month=1, day=1)
    for position, row in enumerate(read_table("points_items")):
        _add_item(session, row, position, since)
    for row in read_table("star_levels"):
        stars, hours = int(row["stars"]), int(row["hours"])
        session.add(StarLevel(stars=stars, hours=hours, since=since, source=row["source"]))
    session.add(ExpiryRule(way=ExpiryWay.NEXT_YEAR, number=3, since=since, source="社区默认"))
    session.flush()


def items(source: Source, *, enabled_only: bool = True) -> list[ItemView]:
    """The matters in their order."""
    there = [Sql("deleted_at IS NULL"), *([Sql("enabled")] if enabled_only else [])]
    asked = query("id, version, name, deed, enabled", "points_item", there, "ORDER BY position, id")
    return [
        ItemView(key, version, name, Deed.of(deed), bool(enabled))
        for key, version, name, deed, enabled in lookup_of(source).rows(asked)
    ]


def named(source: Source, name: str) -> ItemView:
    """The matter that a setting of 议事 names; raises DomainError where none in use has it."""
    found = next((one for one in items(source) if one.name == name), None)
    if found is None:
        raise DomainError(
            f"没有叫“{name}”的积分事项，没有记分。请在“设置 · 积分”里加上，或改设置“议事”。"
        )
    return found


def add(session: Session, *, name: str, deed: Deed) -> int:
    """A matter more, at the end; raises DomainError for a name that is taken."""
    last = session.scalar(select(func.max(PointsItem.position)))
    row = PointsItem(name=_checked(session, name), deed=deed, position=(last or 0) + 1)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, item_id: int, *, name: str, deed: Deed, version: int) -> None:
    """Another name; another kind only while nothing was recorded by it.

    What was recorded keeps its kind: hours hang on it (order 67 art. 19). A rule that gives never
    becomes one that takes, nor the other way round.
    """
    row = _get(session, item_id, version)
    row.name = _checked(session, name, but=row.id)
    if deed is not row.deed and _is_used(session, row.id):
        raise DomainError(
            f"“{row.name}”已经记过积分或办过活动，不能改类型。请新加一个事项，把这一个停用。"
        )
    if (deed is Deed.PENALTY) is not (row.deed is Deed.PENALTY) and _has_rules(session, row.id):
        raise DomainError(
            f"“{row.name}”的规则是{'扣' if row.deed is Deed.PENALTY else '加'}分的，不能改成"
            f"“{deed.label}”。请新加一个事项，把这一个停用。"
        )
    row.deed = deed
    session.flush()


def set_enabled(session: Session, item_id: int, enabled: bool, *, version: int) -> None:
    """Offer a matter in the forms or no longer; what was recorded stays."""
    _get(session, item_id, version).enabled = enabled
    session.flush()


def move(session: Session, item_id: int, *, by: int) -> None:
    """Up (-1) or down (1); at the end of the list nothing happens."""
    ordered = list(
        session.scalars(
            select(PointsItem)
            .where(PointsItem.deleted_at.is_(None))
            .order_by(PointsItem.position, PointsItem.id)
        )
    )
    at = [row.id for row in ordered].index(item_id)
    if not 0 <= at + by < len(ordered):
        return
    ordered.insert(at + by, ordered.pop(at))
    for position, row in enumerate(ordered):
        row.position = position
    session.flush()


def _get(session: Session, item_id: int, version: int) -> PointsItem:
    row = session.get(PointsItem, item_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这个事项已经删除，请刷新。")
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _checked(session: Session, name: str, but: int | None = None) -> str:
    name = "".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise DomainError(f"请填写事项名称，最多 {LONGEST_NAME} 个字，如 楼道清扫。")
    taken = session.scalar(
        select(PointsItem.id).where(PointsItem.name == name, PointsItem.deleted_at.is_(None))
    )
    if taken is not None and taken != but:
        raise DomainError(f"已经有“{name}”，请改那一个，或换个名称。")
    return name


def _is_used(session: Session, item_id: int) -> bool:
    claimed = select(PointsClaim.id).where(PointsClaim.item_id == item_id).limit(1)
    planned = select(Activity.id).where(Activity.item_id == item_id).limit(1)
    return any(session.scalar(asked) is not None for asked in (claimed, planned))


def _has_rules(session: Session, item_id: int) -> bool:
    there = (PointsRule.item_id == item_id, PointsRule.deleted_at.is_(None))
    return session.scalar(select(PointsRule.id).where(*there).limit(1)) is not None


def _add_item(session: Session, row: dict[str, str], position: int, since: date) -> None:
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
            since=since,
            source="社区默认",
        )
    )


def _number(cell: str) -> int | None:
    return int(cell) if cell else None
