"""Kinds of matters and of dangers, by which diary lines and requests are sorted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Category, CategoryGroup, DiaryEntry, Request, Topic
from app.values.tables import read_table

_LONGEST = 20


@dataclass(frozen=True, slots=True)
class CategoryView:
    """One kind; `consultation` is a question that is answered, with a deadline of its own."""

    id: int
    group: CategoryGroup
    name: str
    consultation: bool
    enabled: bool
    version: int


def seed(session: Session) -> None:
    """The usual kinds (domain.md 6.3, 6.4), at the creation of an office."""
    have = {(one.group, one.name) for one in session.scalars(select(Category))}
    for position, row in enumerate(read_table("categories")):
        group = CategoryGroup.of(row["group"])
        if (group, row["name"]) not in have:
            session.add(
                Category(
                    group=group,
                    name=row["name"],
                    consultation=row["consultation"] == "1",
                    position=position,
                )
            )
    session.flush()


def categories(
    session: Session, group: CategoryGroup, *, enabled_only: bool = True
) -> list[CategoryView]:
    """The kinds of a group in their order."""
    wanted = select(Category).where(Category.group == group, Category.deleted_at.is_(None))
    if enabled_only:
        wanted = wanted.where(Category.enabled)
    return [
        CategoryView(one.id, one.group, one.name, one.consultation, one.enabled, one.version)
        for one in session.scalars(wanted.order_by(Category.position, Category.id))
    ]


def uses(session: Session) -> dict[int, int]:
    """How many diary lines, requests and topics have each kind, those in the bin included."""
    found: dict[int, int] = {}
    columns = (DiaryEntry.category_id, DiaryEntry.hazard_id, Request.category_id)
    for column in (*columns, Topic.category_id):
        counted = select(column, func.count()).where(column.is_not(None)).group_by(column)
        for key, count in session.execute(counted):
            if key is not None:
                found[key] = found.get(key, 0) + count
    return found


def add(session: Session, group: CategoryGroup, *, name: str, consultation: bool = False) -> int:
    """Another kind at the end of its group; raises DomainError for a name that is taken."""
    name = _checked(session, group, name)
    last = session.scalar(select(func.max(Category.position)).where(Category.group == group))
    row = Category(
        group=group,
        name=name,
        consultation=consultation and group is CategoryGroup.MATTER,
        position=(last or 0) + 1,
    )
    session.add(row)
    session.flush()
    return row.id


def change(
    session: Session, category_id: int, *, name: str, consultation: bool, version: int
) -> None:
    """Another name, or another deadline; open requests are to be recounted after that."""
    row = _get(session, category_id, version)
    row.name = _checked(session, row.group, name, but=row.id)
    row.consultation = consultation and row.group is CategoryGroup.MATTER
    session.flush()


def set_enabled(session: Session, category_id: int, enabled: bool, *, version: int) -> None:
    """Offer a kind in the forms or not; what has it keeps it. The last of a group stays."""
    row = _get(session, category_id, version)
    if not enabled:
        _refuse_last(session, row)
    row.enabled = enabled
    session.flush()


def move(session: Session, category_id: int, *, by: int) -> None:
    """Up (-1) or down (1) among those of its group; at the end of it nothing happens."""
    row = _get(session, category_id)
    rows = session.scalars(
        select(Category)
        .where(Category.group == row.group, Category.deleted_at.is_(None))
        .order_by(Category.position, Category.id)
    ).all()
    ordered = list(rows)
    at = ordered.index(row)
    if not 0 <= at + by < len(ordered):
        return
    ordered.insert(at + by, ordered.pop(at))
    for position, one in enumerate(ordered):
        one.position = position
    session.flush()


def remove(session: Session, category_id: int, *, version: int, now: datetime) -> None:
    """Into the bin; raises DomainError for one that diary lines or requests have."""
    row = _get(session, category_id, version)
    used = uses(session).get(row.id, 0)
    if used:
        raise DomainError(
            f"“{row.name}”已有 {used:,} 条日记或诉求在用，不能删除。"
            "请停用：旧的照样显示，新的不再出现。"
        )
    _refuse_last(session, row)
    row.deleted_at = now
    session.flush()


def _get(session: Session, category_id: int, version: int | None = None) -> Category:
    row = session.get(Category, category_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这个类别已经删除，请刷新。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _checked(session: Session, group: CategoryGroup, name: str, but: int | None = None) -> str:
    name = "".join(name.split())
    if not name or len(name) > _LONGEST:
        raise DomainError(f"请填写{group.label}类别的名称，最多 {_LONGEST} 个字。")
    taken = session.scalar(select(Category).where(Category.group == group, Category.name == name))
    if taken is None or taken.id == but:
        return name
    if taken.deleted_at is not None:
        raise DomainError(f"“{name}”在回收站里，请从回收站放回来。")
    raise DomainError(f"{group.label}里已经有“{name}”。")


def _refuse_last(session: Session, row: Category) -> None:
    others = categories(session, row.group)
    if [one.id for one in others] == [row.id]:
        raise DomainError(f"{row.group.label}至少要留一类，请先添加或启用另一类。")
