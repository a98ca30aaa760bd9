"""People who live in a flat, belong to a household or a grid that was deleted."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.models import Building, Dwelling, Grid, Household, Resident
from app.services import dwellings, search_keys
from app.services.filters import PRESENT
from app.services.health.kinds import Check, Found, Group, Kind, Level, Repair
from app.services.places import spoken
from app.storage.lookup import Sql, lookup_of


def _lost_flats(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT resident.id, building.number, dwelling.unit, dwelling.room FROM resident
        JOIN dwelling ON dwelling.id = resident.dwelling_id
        JOIN building ON building.id = dwelling.building_id
        WHERE {PRESENT}
            AND (dwelling.deleted_at IS NOT NULL OR building.deleted_at IS NOT NULL)
        ORDER BY dwelling.place_order, resident.id
        """
    )
    for key, *place in lookup_of(session).rows(found):
        yield key, f"{spoken(*place)} 已经删除"


def _lost_homes(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT resident.id, household.number FROM resident
        JOIN household ON household.id = resident.household_id
        WHERE {PRESENT} AND household.deleted_at IS NOT NULL ORDER BY resident.id
        """
    )
    return ((key, f"户 {number} 已经删除") for key, number in lookup_of(session).rows(found))


def _lost_grids(session: Session, _now: datetime) -> Iterator[Found]:
    found = Sql(
        f"""
        SELECT resident.id, grid.name FROM resident JOIN grid ON grid.id = resident.grid_id
        WHERE {PRESENT} AND grid.deleted_at IS NOT NULL ORDER BY resident.id
        """
    )
    return ((key, f"{name}已经删除") for key, name in lookup_of(session).rows(found))


def _bring_back_flats(session: Session, ids: Sequence[int], _now: datetime) -> int:
    for resident_id in ids:
        flat = session.get(Dwelling, session.get_one(Resident, resident_id).dwelling_id)
        if flat is not None:
            flat.deleted_at = session.get_one(Building, flat.building_id).deleted_at = None
    session.flush()
    search_keys.reindex(session, ids)
    return len(ids)


def _bring_back_homes(session: Session, ids: Sequence[int], _now: datetime) -> int:
    for resident_id in ids:
        home = session.get(Household, session.get_one(Resident, resident_id).household_id)
        if home is not None:
            home.deleted_at = None
    session.flush()
    return len(ids)


def _take_grids_of_buildings(session: Session, ids: Sequence[int], _now: datetime) -> int:
    for resident_id in ids:
        person = session.get_one(Resident, resident_id)
        grid_id = dwellings.grid_of(session, person.dwelling_id)
        grid = session.get(Grid, grid_id) if grid_id else None
        person.grid_id = grid.id if grid is not None and grid.deleted_at is None else None
    session.flush()
    return len(ids)


CHECKS = (
    Check(
        key="lost_flat",
        group=Group.PLACES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="住在已删除的房屋",
        why="房屋删了人还在，按楼栋数人、贴楼道通知时会漏掉他们。",
        example="3 号楼 2 单元 501 已经删除，还住着 2 人",
        look=_lost_flats,
        repair=Repair(
            label="找回房屋",
            promise="把这些人住的房屋（和它的楼）从已删除里找回来，人的资料不变。",
            mend=_bring_back_flats,
        ),
    ),
    Check(
        key="lost_home",
        group=Group.PLACES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="在已删除的户里",
        why="户删了人还在，按户的名册里就没有他们。",
        example="户 0417 已经删除，还有 1 人",
        look=_lost_homes,
        repair=Repair(
            label="找回这些户",
            promise="把这些人所在的户从已删除里找回来，人的资料不变。",
            mend=_bring_back_homes,
        ),
    ),
    Check(
        key="lost_grid",
        group=Group.PLACES,
        level=Level.WRONG,
        kind=Kind.RESIDENT,
        title="在已删除的网格里",
        why="网格删了人还在，没有网格员会走访他们。",
        example="第六网格已经删除，还有 12 人",
        look=_lost_grids,
        repair=Repair(
            label="按楼改网格",
            promise="把这些人改到所住的楼所属的网格；楼没有网格的，先空着。",
            mend=_take_grids_of_buildings,
        ),
    ),
)
