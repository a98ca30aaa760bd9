"""Grids, buildings and flats that an import needs: found, or made in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.importing.rows import RowValues
from app.models import Building, Dwelling, Grid
from app.services import bulk, grid_names, places
from app.services.import_known import Place, place_of
from app.storage import journal


class Homes:
    """Ids of every place that the rows name; what is new is inserted by `prepare`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._grids = {row.id: row for row in session.scalars(select(Grid))}
        self._grid_ids: dict[str, int] = {}
        self._buildings: dict[str, int] = {}
        self._building_grids: dict[str, int | None] = {}
        self._dwellings: dict[Place, int] = {}

    def prepare(self, rows: Sequence[RowValues]) -> None:
        """Make what is missing for these rows."""
        for told in dict.fromkeys(row.grid for row in rows if row.grid):
            self._grid_ids[told] = self._grid(told)
        housed = [row for row in rows if row.building]
        if housed:
            self._prepare_buildings(housed)
            self._prepare_dwellings(housed)

    def grid_id(self, row: RowValues) -> int | None:
        """The grid that the row tells, else that of its building."""
        return self._grid_ids.get(row.grid) or self._building_grids.get(row.building)

    def dwelling_id(self, place: Place) -> int | None:
        """The flat of a prepared place; None where no building is told."""
        return self._dwellings.get(place)

    def _grid(self, told: str) -> int:
        for grid in self._grids.values():
            if grid_names.same(told, grid.number, grid.name):
                grid.deleted_at = None
                return grid.id
        number = (
            int(told)
            if told.isdigit()
            else 1 + max((grid.number for grid in self._grids.values()), default=0)
        )
        grid = Grid(number=number, name=grid_names.name_of(told)[:40])
        self._session.add(grid)
        self._session.flush()
        self._grids[grid.id] = grid
        return grid.id

    def _prepare_buildings(self, rows: Sequence[RowValues]) -> None:
        found = self._session.execute(
            select(Building.id, Building.number, Building.grid_id, Building.deleted_at)
        )
        for key, number, grid_id, deleted_at in found:
            self._buildings[number], self._building_grids[number] = key, grid_id
            if deleted_at is not None:
                self._session.get_one(Building, key).deleted_at = None
        grids = self._told_grids(rows)
        new = [number for number in grids if number not in self._buildings]
        first = journal.next_id(self._session, Building)
        lines = [
            (first + position, 1, number, _only(grids[number]))
            for position, number in enumerate(new)
        ]
        bulk.insert_rows(self._session, Building, ("id", "version", "number", "grid_id"), lines)
        for key, _, number, grid_id in lines:
            self._buildings[number], self._building_grids[number] = key, grid_id

    def _told_grids(self, rows: Iterable[RowValues]) -> dict[str, set[int]]:
        told: defaultdict[str, set[int]] = defaultdict(set)
        for building, grid in dict.fromkeys((row.building, row.grid) for row in rows):
            grid_id = self._grid_ids.get(grid)
            told[building].update({grid_id} if grid_id else ())
        return told

    def _prepare_dwellings(self, rows: Sequence[RowValues]) -> None:
        numbers = {key: number for number, key in self._buildings.items()}
        found = self._session.execute(
            select(
                Dwelling.id, Dwelling.building_id, Dwelling.unit, Dwelling.room, Dwelling.deleted_at
            )
        )
        for key, building_id, unit, room, deleted_at in found:
            self._dwellings[numbers[building_id], unit, room] = key
            if deleted_at is not None:
                self._session.get_one(Dwelling, key).deleted_at = None
        kinds: dict[Place, str] = {}
        for row in rows:
            kinds.setdefault(place_of(row), row.dwelling_kind)
        new = [place for place in kinds if place not in self._dwellings]
        first = journal.next_id(self._session, Dwelling)
        lines: list[tuple[Any, ...]] = []
        for key, place in enumerate(new, start=first):
            self._dwellings[place] = key
            building, unit, room = place
            order = places.place_order(*place)
            kind = kinds[place] or None
            lines.append((key, 1, self._buildings[building], unit, room, kind, order))
        columns = ("id", "version", "building_id", "unit", "room", "kind", "place_order")
        bulk.insert_rows(self._session, Dwelling, columns, lines)


def _only(ids: set[int]) -> int | None:
    """The grid of a building that lies in one; a split building has none of its own."""
    return next(iter(ids)) if len(ids) == 1 else None
