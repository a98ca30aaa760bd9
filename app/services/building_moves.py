"""Buildings that go from one grid to another, with everybody who lives there that day.

A building may be split: some of its people belong to another grid than the building itself. A
move takes those who are looked after in the grid that it is made from, and those whom no grid
looks after yet; whoever belongs to a third grid stays there. Open requests stay with the grid
that has them in hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Building, BuildingMove, Dwelling, Resident
from app.services import grids, rights
from app.services.filters import PRESENT, present
from app.services.places import building_label
from app.storage.lookup import Source, Sql, actor_of, any_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

NO_GRID = "未划网格"
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class Part:
    """A building, or the part of it that `grid_id` looks after, as it stands in the tree."""

    building_id: int
    grid_id: int | None


@dataclass(frozen=True, slots=True)
class Planned:
    """What a move of one building would do."""

    part: Part
    label: str
    from_name: str
    people: int
    """Who go along"""
    staying: int
    """Who live there and belong to a third grid"""
    requests: int
    """Open ones, which the old grid brings to their end"""

    @property
    def words(self) -> str:
        """6 号楼（第三网格）：142 人一起过去."""
        said = [f"{self.people:,} 人一起过去" if self.people else "没有人住"]
        if self.staying:
            said.append(f"另有 {self.staying:,} 人归别的网格，不动")
        if self.requests:
            said.append(f"在办诉求 {self.requests:,} 件仍由{self.from_name}办完")
        return f"{self.label}（{self.from_name}）：{'；'.join(said)}"


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move that was made."""

    id: int
    on_date: date
    building: str
    from_name: str
    to_name: str
    people: int
    reason: str
    who: str


def plan(source: Source, parts: Sequence[Part], to_grid_id: int | None) -> list[Planned]:
    """What moving these to a grid would do; raises DomainError where one is there already."""
    lookup = lookup_of(source)
    names = dict(lookup.rows(query("id, name", "grid")))
    found = []
    for part in parts:
        number, name, own = next(lookup.rows(_building(part.building_id)))
        label = building_label(number, name)
        if part.grid_id == to_grid_id:
            raise DomainError(f"{label}已经在{names.get(to_grid_id, NO_GRID)}，不用划。")
        lived = dict(lookup.rows(_people_by_grid(part.building_id)))
        going = lived.pop(part.grid_id, 0)
        if own in (part.grid_id, None):
            going += lived.pop(None, 0)
        lived.pop(to_grid_id, 0)
        waiting = lookup.value(_open_requests(part)) if part.grid_id is not None else 0
        found.append(
            Planned(
                part,
                label,
                names.get(part.grid_id, NO_GRID),
                going,
                sum(lived.values()),
                waiting,
            )
        )
    return found


def move(
    session: Session, part: Part, to_grid_id: int | None, *, today: date, reason: str = ""
) -> int:
    """Move a building with its people; gives back how many went along.

    Raises DomainError where it is there already, NotAllowed.
    """
    rights.require(session, Right.EDIT_GRIDS)
    reason = tidy(reason)
    if len(reason) > _LONGEST_REASON:
        raise DomainError(f"划楼的原因最多 {_LONGEST_REASON} 个字，请写短些。")
    if to_grid_id is not None:
        grids.get(session, to_grid_id)
    building = _there(session, part.building_id)
    if part.grid_id == to_grid_id:
        name = grids.name_of(session, to_grid_id) or NO_GRID
        raise DomainError(f"{building_label(building.number, building.name)}已经在{name}，不用划。")
    # One that no grid claims goes with those of its people who are moved.
    whole = building.grid_id in (part.grid_id, None)
    people = _going(session, part, whole=whole)
    for person in people:
        person.grid_id = to_grid_id
    if whole:
        building.grid_id = to_grid_id
    session.add(
        BuildingMove(
            building_id=building.id,
            from_grid_id=part.grid_id,
            to_grid_id=to_grid_id,
            on_date=today,
            people=len(people),
            reason=reason or None,
            moved_by=actor_of(session).name,
        )
    )
    session.flush()
    return len(people)


def moves(
    source: Source, *, building_id: int | None = None, grid_id: int | None = None
) -> list[MoveView]:
    """The moves of a building, from or to a grid, or all: the latest first."""
    where = []
    if building_id is not None:
        where.append(Sql("moved.building_id = ?", (building_id,)))
    if grid_id is not None:
        ends = ("moved.from_grid_id", "moved.to_grid_id")
        where.append(any_of(Sql(f"{end} = ?", (grid_id,)) for end in ends))
    rest = "ORDER BY moved.on_date DESC, moved.id DESC"
    found = lookup_of(source).rows(query(_MOVE_COLUMNS, _MOVE_SOURCE, where, rest))
    return [_view(values) for values in found]


def _going(session: Session, part: Part, *, whole: bool) -> Sequence[Resident]:
    theirs = (
        Resident.grid_id.is_(None) if part.grid_id is None else Resident.grid_id == part.grid_id
    )
    if whole:
        theirs |= Resident.grid_id.is_(None)
    return session.scalars(
        select(Resident)
        .join(Dwelling, Dwelling.id == Resident.dwelling_id)
        .where(Dwelling.building_id == part.building_id, present(), theirs)
    ).all()


def _there(session: Session, building_id: int) -> Building:
    building = session.get(Building, building_id)
    if building is None or building.deleted_at is not None:
        raise DomainError("这栋楼已经不在了，请刷新后再试。")
    return building


def _building(building_id: int) -> Sql:
    there = [Sql("id = ?", (building_id,)), Sql("deleted_at IS NULL")]
    return query("number, name, grid_id", "building", there)


def _people_by_grid(building_id: int) -> Sql:
    return query(
        "resident.grid_id, count(*)",
        "resident JOIN dwelling ON dwelling.id = resident.dwelling_id",
        [Sql(PRESENT), Sql("dwelling.building_id = ?", (building_id,))],
        "GROUP BY resident.grid_id",
    )


def _open_requests(part: Part) -> Sql:
    where = [
        Sql("deleted_at IS NULL AND state <> 'closed'"),
        Sql("building_id = ? AND grid_id = ?", (part.building_id, part.grid_id)),
    ]
    return query("count(*)", "request", where)


_MOVE_COLUMNS = """
    moved.id, moved.on_date, building.number, building.name, old.name, new.name, moved.people,
    coalesce(moved.reason, ''), moved.moved_by
"""
_MOVE_SOURCE = """
    building_move AS moved
    JOIN building ON building.id = moved.building_id
    LEFT JOIN grid AS old ON old.id = moved.from_grid_id
    LEFT JOIN grid AS new ON new.id = moved.to_grid_id
"""


def _view(values: Sequence[Any]) -> MoveView:
    key, day, number, name, old, new, people, reason, who = values
    return MoveView(
        id=key,
        on_date=date.fromisoformat(day),
        building=building_label(number, name),
        from_name=old or NO_GRID,
        to_name=new or NO_GRID,
        people=people,
        reason=reason,
        who=who,
    )
