"""Grids (网格): their names, which buildings belong to them, and how many people live there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Building, Dwelling, Grid, Resident
from app.services.filters import present


@dataclass(frozen=True, slots=True)
class GridView:
    id: int
    number: int
    name: str
    people: int
    households: int
    version: int


class GridInUse(DomainError):
    """People still belong to the grid."""

    def __init__(self, name: str, people: int) -> None:
        super().__init__(f"{name}里还有 {people} 人，请先把他们归到别的网格，再删除。")
        self.people = people


def grids(session: Session) -> list[GridView]:
    """All grids by number, each with the people and households that count."""
    counted = (
        select(
            Resident.grid_id,
            func.count().label("people"),
            func.count(Resident.household_id.distinct()).label("households"),
        )
        .where(present())
        .group_by(Resident.grid_id)
        .subquery()
    )
    found = session.execute(
        select(
            Grid.id,
            Grid.number,
            Grid.name,
            func.coalesce(counted.c.people, 0),
            func.coalesce(counted.c.households, 0),
            Grid.version,
        )
        .outerjoin(counted, counted.c.grid_id == Grid.id)
        .where(Grid.deleted_at.is_(None))
        .order_by(Grid.number, Grid.id)
    )
    return [GridView(*values) for values in found]


def names(session: Session) -> dict[int, str]:
    """The name of every grid, for choices."""
    found = session.execute(
        select(Grid.id, Grid.name).where(Grid.deleted_at.is_(None)).order_by(Grid.number, Grid.id)
    )
    return {key: name for key, name in found}


def add(session: Session, *, number: int, name: str) -> int:
    """A new grid; raises DomainError when its number or name is taken."""
    name = name.strip()
    if not name:
        raise DomainError("请填写网格名称。")
    taken = select(Grid.id).where(
        Grid.deleted_at.is_(None), (Grid.number == number) | (Grid.name == name)
    )
    if session.scalar(taken) is not None:
        raise DomainError(f"已经有 {number} 号网格或“{name}”，请换一个编号和名称。")
    grid = Grid(number=number, name=name)
    session.add(grid)
    session.flush()
    return grid.id


def rename(session: Session, grid_id: int, *, name: str, version: int) -> None:
    """Give a grid another name."""
    grid = _grid(session, grid_id)
    if grid.version != version:
        raise ChangedMeanwhile
    if not name.strip():
        raise DomainError("请填写网格名称。")
    grid.name = name.strip()


def assign_building(session: Session, building_id: int, grid_id: int | None) -> int:
    """Move a building with all its people to a grid; returns how many people moved along."""
    building = session.get_one(Building, building_id)
    building.grid_id = grid_id
    people = session.scalars(
        select(Resident)
        .join(Dwelling, Dwelling.id == Resident.dwelling_id)
        .where(Dwelling.building_id == building_id, present())
    ).all()
    moved = [person for person in people if person.grid_id != grid_id]
    for person in moved:
        person.grid_id = grid_id
    return len(moved)


def remove(session: Session, grid_id: int, *, now: datetime) -> None:
    """Put an empty grid into the recycle bin; raises GridInUse."""
    grid = _grid(session, grid_id)
    people = session.scalar(
        select(func.count()).select_from(Resident).where(Resident.grid_id == grid_id, present())
    )
    if people:
        raise GridInUse(grid.name, people)
    grid.deleted_at = now


def _grid(session: Session, grid_id: int) -> Grid:
    grid = session.get(Grid, grid_id)
    if grid is None or grid.deleted_at is not None:
        raise DomainError("这个网格已经不在了，请刷新后再试。")
    return grid


def name_of(session: Session, grid_id: int | None) -> str:
    """The grid's name, '' for none."""
    grid = session.get(Grid, grid_id) if grid_id is not None else None
    return grid.name if grid else ""
