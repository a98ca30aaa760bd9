"""Kinds of matters and of dangers, by which diary lines and requests are sorted."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Category, CategoryGroup
from app.values.tables import read_table


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
