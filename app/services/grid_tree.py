"""The community as a tree: grids, their buildings, the units of these, and who lives there.

People are counted where they are looked after: a building that is split between grids stands in
each of them with its part, so that buildings sum to their grid and grids to the community.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.services.filters import PRESENT
from app.services.places import building_label, natural
from app.storage.lookup import Lookup, Source, Sql, actor_of, lookup_of, query


class NodeKind(enum.StrEnum):
    """What a line of the tree is."""

    COMMUNITY = "community"
    GRID = "grid"
    NO_GRID = "no_grid"
    BUILDING = "building"
    UNIT = "unit"
    NO_BUILDING = "no_building"


@dataclass(frozen=True, slots=True)
class Node:
    """One line. `people` is the sum of its children's, where it has any."""

    kind: NodeKind
    name: str
    people: int
    grid_id: int | None = None
    building_id: int | None = None
    unit: str = ""
    special: bool = False
    """A 专属网格: nobody is expected to live there"""
    guest: bool = False
    """A part of a building that belongs to another grid"""
    children: tuple[Node, ...] = ()

    @property
    def key(self) -> tuple[str, int | None, int | None, str]:
        """Says which node it is, also after the tree was read anew."""
        return (self.kind.value, self.grid_id, self.building_id, self.unit)


_Part = tuple[int | None, int | None]
"""Grid and building"""


@dataclass(frozen=True, slots=True)
class _Building:
    id: int
    number: str
    label: str
    grid_id: int | None


def tree(source: Source, community: str) -> Node:
    """The whole of what the user may see; one pass over the people, whatever their number."""
    lookup = lookup_of(source)
    limited = actor_of(source).grids is not None
    units = _people(lookup)
    held = _held(_buildings(lookup, units), units, limited=limited)
    grids = [
        _grid_node(
            units,
            held.get(grid_id, ()),
            grid_id,
            name if there else name + _GONE,
            special=kind == "special",
        )
        for grid_id, name, kind, there in lookup.rows(_GRIDS)
        # Somebody who came back after his grid was deleted still counts, where it is seen.
        if there or grid_id in held or (grid_id, None) in units
    ]
    loose = _grid_node(units, held.get(None, ()), None, "未划网格", special=False)
    if (loose.children or loose.people) and not limited:
        grids.append(loose)
    total = sum(grid.people for grid in grids)
    return Node(NodeKind.COMMUNITY, community, total, children=tuple(grids))


_GONE = "（已删除）"
_GRIDS = query("id, name, kind, deleted_at IS NULL", "grid", (), "ORDER BY number, id")


def _people(lookup: Lookup) -> dict[_Part, dict[str, int]]:
    """How many live in each unit of each building, by the grid that looks after them."""
    counted = query(
        "resident.grid_id, dwelling.building_id, coalesce(dwelling.unit, ''), count(*)",
        "resident LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id",
        [Sql(PRESENT)],
        "GROUP BY 1, 2, 3",
    )
    found: dict[_Part, dict[str, int]] = defaultdict(dict)
    for grid_id, building_id, unit, people in lookup.rows(counted):
        found[grid_id, building_id][unit] = people
    return found


def _buildings(lookup: Lookup, units: Iterable[_Part]) -> dict[int, _Building]:
    """Those that there are, and those deleted to which somebody came back."""
    lived_in = {building_id for _, building_id in units}
    wanted = query("id, number, name, grid_id, deleted_at IS NULL", "building")
    return {
        key: _Building(
            key, number, building_label(number, name) + ("" if there else _GONE), grid_id
        )
        for key, number, name, grid_id, there in lookup.rows(wanted)
        if there or key in lived_in
    }


def _held(
    buildings: Mapping[int, _Building], units: Iterable[_Part], *, limited: bool
) -> dict[int | None, list[_Building]]:
    """The buildings that stand under each grid: its own, and those of which a part lives there."""
    found: dict[int | None, set[int]] = defaultdict(set)
    for grid_id, building_id in units:
        if building_id is not None and building_id in buildings:
            found[grid_id].add(building_id)
    placed = set().union(*found.values())
    for building in buildings.values():
        # One that no grid claims, but whose people all have one, stands with them alone.
        if building.grid_id is not None or building.id not in placed:
            found[building.grid_id].add(building.id)
    if limited:
        found.pop(None, None)
    return {
        grid_id: sorted((buildings[one] for one in ids), key=lambda it: natural(it.number))
        for grid_id, ids in found.items()
    }


def _grid_node(
    units: Mapping[_Part, dict[str, int]],
    buildings: Iterable[_Building],
    grid_id: int | None,
    name: str,
    *,
    special: bool,
) -> Node:
    inside = [_building_node(units, one, grid_id) for one in buildings]
    homeless = sum(units.get((grid_id, None), {}).values())
    if homeless:
        inside.append(Node(NodeKind.NO_BUILDING, "没有登记楼栋", homeless, grid_id))
    people = sum(node.people for node in inside)
    kind = NodeKind.NO_GRID if grid_id is None else NodeKind.GRID
    return Node(kind, name, people, grid_id, special=special, children=tuple(inside))


def _building_node(
    units: Mapping[_Part, dict[str, int]], building: _Building, grid_id: int | None
) -> Node:
    counted = units.get((grid_id, building.id), {})
    inside = [
        Node(NodeKind.UNIT, _unit_words(unit), people, grid_id, building.id, unit)
        for unit, people in sorted(counted.items(), key=lambda one: natural(one[0]))
    ]
    return Node(
        NodeKind.BUILDING,
        building.label,
        sum(counted.values()),
        grid_id,
        building.id,
        guest=building.grid_id not in (grid_id, None),
        children=tuple(inside) if any(unit for unit in counted) else (),
    )


def _unit_words(unit: str) -> str:
    return f"{unit} 单元" if unit else "不分单元"
