"""谁的担子重: what each grid has to carry, and what it would be if buildings went to others.

Counted per grid and, for the trial of moves, per part of a building. 重点对象 are people whom a
red or orange visit rule covers; 本月走访 are those of them who were visited this month out of those
who are to be (services/visit_due.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.services import request_views, visit_due
from app.services.building_moves import Part
from app.services.chunks import chunks
from app.services.filters import PRESENT
from app.services.places import building_label, natural
from app.services.post_views import staff_of
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be carried; `requests` are open ones."""

    households: int = 0
    people: int = 0
    key: int = 0
    visited: int = 0
    wanted: int = 0
    requests: int = 0

    def plus(self, other: "Load", sign: int = 1) -> "Load":
        """With another load beside it, or taken away from it."""
        return Load(
            self.households + sign * other.households,
            self.people + sign * other.people,
            self.key + sign * other.key,
            self.visited + sign * other.visited,
            self.wanted + sign * other.wanted,
            self.requests + sign * other.requests,
        )

    @property
    def share(self) -> float:
        """Visits done of those wanted, 0 to 1; whoever has none to make is done."""
        return self.visited / self.wanted if self.wanted else 1.0


@dataclass(frozen=True, slots=True)
class GridLoad:
    """A grid, who does its rounds, and the load."""

    grid_id: int
    name: str
    member: str
    load: Load


@dataclass(frozen=True, slots=True)
class BuildingLoad:
    """A part of a building, what it is called, and the load that moves with it."""

    part: Part
    label: str
    load: Load


@dataclass(frozen=True, slots=True)
class Average:
    """What one grid carries on average."""

    households: float
    key: float
    share: float
    requests: float


@dataclass(frozen=True, slots=True)
class Workload:
    """Every 基础网格 by number, and the buildings of all of them."""

    grids: tuple[GridLoad, ...]
    buildings: tuple[BuildingLoad, ...]

    @property
    def total(self) -> Load:
        return _sum(one.load for one in self.grids)

    @property
    def average(self) -> Average:
        count, total = max(1, len(self.grids)), self.total
        return Average(
            total.households / count, total.key / count, total.share, total.requests / count
        )

    def after(self, moves: Mapping[Part, int]) -> "Workload":
        """The same with parts of buildings looked after by other grids; requests stay."""
        change: dict[int, Load] = defaultdict(Load)
        for one in self.buildings:
            if (target := moves.get(one.part)) is not None and one.part.grid_id is not None:
                change[one.part.grid_id] = change[one.part.grid_id].plus(one.load, -1)
                change[target] = change[target].plus(one.load)
        grids = tuple(
            GridLoad(one.grid_id, one.name, one.member, one.load.plus(change[one.grid_id]))
            for one in self.grids
        )
        return Workload(grids, self.buildings)


def workload(source: Source, *, today: date) -> Workload:
    """What the grids carry today. 专属网格 have no residents and are not compared."""
    lookup = lookup_of(source)
    staff = staff_of(lookup, today)
    parts = _parts(lookup, today)
    requests = request_views.open_by_grid(lookup)
    by_grid: dict[int, Load] = defaultdict(Load)
    for part, load in parts.items():
        if part.grid_id is not None:
            by_grid[part.grid_id] = by_grid[part.grid_id].plus(load)
    grids = tuple(
        GridLoad(
            key,
            name,
            staff.get(key, (0, ""))[1],
            by_grid[key].plus(Load(requests=requests.get(key, 0))),
        )
        for key, name in lookup.rows(_BASIC)
    )
    return Workload(grids, tuple(_buildings(lookup, parts, {one.grid_id for one in grids})))


def _sum(loads: Iterable[Load]) -> Load:
    total = Load()
    for one in loads:
        total = total.plus(one)
    return total


_BASIC = query(
    "id, name", "grid", [Sql("deleted_at IS NULL AND kind = 'basic'")], "ORDER BY number, id"
)


def _parts(lookup: Lookup, today: date) -> dict[Part, Load]:
    """What each part of a building carries; people without a flat count for building 0."""
    counted = query(
        "coalesce(dwelling.building_id, 0), resident.grid_id,"
        " count(DISTINCT resident.household_id), count(*)",
        "resident LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id",
        [Sql(PRESENT)],
        "GROUP BY 1, 2",
    )
    found: dict[Part, Load] = {
        Part(building, grid): Load(households=households, people=people)
        for building, grid, households, people in lookup.rows(counted)
    }
    for part, load in _key_people(lookup, today).items():
        found[part] = found.get(part, Load()).plus(load)
    return found


def _key_people(lookup: Lookup, today: date) -> dict[Part, Load]:
    first = today.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    items = visit_due.watched(lookup, today)
    homes = _buildings_of(lookup, [one.resident_id for one in items])
    found: dict[Part, Load] = defaultdict(Load)
    for one in items:
        visited = one.last_on is not None and one.last_on >= first
        wanted = visited or one.due_on <= last
        part = Part(homes.get(one.resident_id, 0), one.grid_id)
        found[part] = found[part].plus(Load(key=1, visited=int(visited), wanted=int(wanted)))
    return found


def _buildings_of(lookup: Lookup, ids: Sequence[int]) -> dict[int, int]:
    source = "resident JOIN dwelling ON dwelling.id = resident.dwelling_id"
    found: dict[int, int] = {}
    for some in chunks(ids, 500):
        wanted = query("resident.id, dwelling.building_id", source, [one_of("resident.id", some)])
        found.update(lookup.rows(wanted))
    return found


def _buildings(lookup: Lookup, parts: Mapping[Part, Load], grids: set[int]) -> list[BuildingLoad]:
    """The parts that can be moved between these grids, in the order of a walk."""
    known = {key: (number, name) for key, number, name in lookup.rows(_EVERY_BUILDING)}
    movable = [one for one in parts if one.building_id in known and one.grid_id in grids]
    movable.sort(key=lambda one: (natural(known[one.building_id][0]), one.grid_id or 0))
    return [
        BuildingLoad(one, building_label(*known[one.building_id]), parts[one]) for one in movable
    ]


_EVERY_BUILDING = query("id, number, name", "building", [Sql("deleted_at IS NULL")])
