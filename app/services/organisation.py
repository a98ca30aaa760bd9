"""The two trees of a community side by side (domain.md 6.5, 7.1): the party's and its grids'.

街道党工委 - 社区大党委 - 网格党支部 - 楼栋党小组 - 党员中心户, and 社区 - 网格 - 楼栋 - 单元.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Building, Grid, PostKind
from app.services import places, settings
from app.services.post_views import PostView, posts
from app.services.post_words import exclusive
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query
from app.values.text import tidy

_LONGEST_NAME = 60
_NO_GRID = "未划入网格"


class Place(NamedTuple):
    """Where a post belongs: the community, a grid, a building or a unit of it."""

    grid_id: int | None = None
    building_id: int | None = None
    unit: str = ""


COMMUNITY = Place()


@dataclass(frozen=True, slots=True)
class Seat:
    """A kind of post at a place and who is in it; an exclusive one without anybody is vacant."""

    kind: PostKind
    holders: tuple[PostView, ...]
    exclusive: bool

    @property
    def vacant(self) -> bool:
        return self.exclusive and not self.holders

    @property
    def names(self) -> str:
        """周立群、王芳, or 空缺; '' where there need not be anybody."""
        return "、".join(one.name for one in self.holders) or ("空缺" if self.exclusive else "")


@dataclass(frozen=True, slots=True)
class Node:
    """A line of a tree. `key` is unique in both; `mirror` is the key of its counterpart."""

    key: str
    mirror: str
    title: str
    place: Place
    seats: tuple[Seat, ...] = ()
    children: tuple["Node", ...] = ()

    @property
    def vacancies(self) -> int:
        """Exclusive posts without anybody, here and below."""
        below = sum(child.vacancies for child in self.children)
        return below + sum(1 for seat in self.seats if seat.vacant)

    def walk(self) -> Iterable["Node"]:
        """It and all below, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Trees:
    party: Node
    community: Node

    def find(self, key: str) -> Node | None:
        """The node with this key, of either tree."""
        both = (*self.party.walk(), *self.community.walk())
        return next((node for node in both if node.key == key), None)


PARTY_SEATS: Mapping[str, tuple[PostKind, ...]] = {
    "street": (PostKind.STREET_SECRETARY,),
    "committee": (PostKind.COMMITTEE_SECRETARY,),
    "branch": (PostKind.BRANCH_SECRETARY,),
    "group": (PostKind.GROUP_LEADER, PostKind.HUB_HOUSEHOLD),
}
GRID_SEATS: Mapping[str, tuple[PostKind, ...]] = {
    "community": (),
    "grid": (PostKind.GRID_LEAD, PostKind.GRID_STAFF, PostKind.GRID_INFORMANT),
    "building": (PostKind.BUILDING_STEWARD,),
    "unit": (PostKind.UNIT_STEWARD,),
}


def trees(source: Source, *, on: date) -> Trees:
    """Both trees as they stand on a day; whoever sees some grids only gets these."""
    return _Reader(lookup_of(source), on).trees()


class _GridRow(NamedTuple):
    id: int
    name: str
    branch: str


class _BuildingRow(NamedTuple):
    id: int
    number: str
    name: str
    grid_id: int | None
    group: str
    units: tuple[str, ...]


class _Reader:
    """What the trees are made of, read once."""

    def __init__(self, lookup: Lookup, on: date) -> None:
        self._all = settings.load(lookup)
        self._shared = {kind: exclusive(lookup, kind) for kind in PostKind}
        self._held: dict[tuple[PostKind, Place], list[PostView]] = defaultdict(list)
        for one in reversed(posts(lookup)):
            if one.holds(on):
                place = Place(one.grid_id, one.building_id, one.unit)
                self._held[one.kind, place].append(one)
        self._grids = _grids(lookup)
        self._buildings = _buildings(lookup, [place for _, place in self._held])

    def trees(self) -> Trees:
        branches = [*map(self._branch, self._grids), *self._loose(self._group)]
        grids = [*map(self._grid, self._grids), *self._loose(self._building)]
        committee = self._node(
            "committee", "community", self._title("社区大党委"), children=branches
        )
        street = self._node("street", "community", self._street(), children=[committee])
        name = self._all[settings.COMMUNITY_NAME] or "社区"
        community = self._node("community", "committee", name, children=grids)
        return Trees(street, community)

    def _title(self, body: str) -> str:
        """望海社区大党委: the name of the office with 社区 said once."""
        name = self._all[settings.COMMUNITY_NAME].removesuffix("社区")
        return f"{name}{body}"

    def _street(self) -> str:
        return f"{self._all[settings.STREET] or '街道'}党工委"

    def _branch(self, grid: _GridRow) -> Node:
        children = [self._group(one) for one in self._of(grid.id)]
        title = grid.branch or f"{grid.name}党支部"
        return self._node("branch", "grid", title, Place(grid.id), children)

    def _grid(self, grid: _GridRow) -> Node:
        children = [self._building(one) for one in self._of(grid.id)]
        return self._node("grid", "branch", grid.name, Place(grid.id), children)

    def _group(self, building: _BuildingRow) -> Node:
        place = Place(building_id=building.id)
        spoken = places.building_label(building.number, None)
        hubs = [
            Node(
                f"hub:{one.id}",
                f"building:{building.id}",
                f"{one.name} 中心户",
                place,
                (Seat(PostKind.HUB_HOUSEHOLD, (one,), exclusive=False),),
            )
            for one in self._held.get((PostKind.HUB_HOUSEHOLD, place), ())
        ]
        return self._node("group", "building", building.group or f"{spoken}党小组", place, hubs)

    def _building(self, building: _BuildingRow) -> Node:
        place = Place(building_id=building.id)
        units = [self._unit(building, unit) for unit in building.units]
        title = places.building_label(building.number, building.name or None)
        return self._node("building", "group", title, place, units)

    def _unit(self, building: _BuildingRow, unit: str) -> Node:
        place = Place(building_id=building.id, unit=unit)
        node = self._node("unit", "group", f"{unit} 单元", place)
        return Node(
            f"unit:{building.id}:{unit}", f"group:{building.id}", node.title, place, node.seats
        )

    def _loose(self, build: Callable[[_BuildingRow], Node]) -> list[Node]:
        """Buildings that no grid has, under a heading that says so."""
        children = tuple(build(one) for one in self._of(None))
        if not children:
            return []
        party = children[0].key.startswith("group")
        keys = ("loose-party", "loose") if party else ("loose", "loose-party")
        return [Node(*keys, _NO_GRID, COMMUNITY, (), children)]

    def _of(self, grid_id: int | None) -> list[_BuildingRow]:
        return [one for one in self._buildings if one.grid_id == grid_id]

    def _node(
        self,
        kind: str,
        mirror: str,
        title: str,
        place: Place = COMMUNITY,
        children: Sequence[Node] = (),
    ) -> Node:
        kinds = {**PARTY_SEATS, **GRID_SEATS}[kind]
        seats = tuple(self._seat(one, place) for one in kinds)
        at = place.grid_id or place.building_id
        tail = f":{at}" if at is not None else ""
        return Node(f"{kind}{tail}", f"{mirror}{tail}", title, place, seats, tuple(children))

    def _seat(self, kind: PostKind, place: Place) -> Seat:
        return Seat(kind, tuple(self._held.get((kind, place), ())), self._shared[kind])


def _grids(lookup: Lookup) -> list[_GridRow]:
    there = [Sql("deleted_at IS NULL")]
    found = lookup.rows(query("id, name, party_branch", "grid", there, "ORDER BY number, id"))
    return [_GridRow(key, name, branch or "") for key, name, branch in found]


def _buildings(lookup: Lookup, held: Iterable[Place]) -> list[_BuildingRow]:
    """In the order of their numbers, each with the units that have a flat or a steward."""
    units: dict[int, set[str]] = defaultdict(set)
    told = query(
        "DISTINCT building_id, unit",
        "dwelling",
        [Sql("unit <> ''"), Sql("deleted_at IS NULL")],
    )
    for building, unit in lookup.rows(told):
        units[building].add(unit)
    for place in held:
        if place.building_id is not None and place.unit:
            units[place.building_id].add(place.unit)
    where = [Sql("deleted_at IS NULL")]
    if lookup.actor.grids is not None:
        where.append(one_of("grid_id", sorted(lookup.actor.grids)))
    found = [
        _BuildingRow(
            key,
            number,
            name or "",
            grid_id,
            group or "",
            tuple(sorted(units[key], key=places.natural)),
        )
        for key, number, name, grid_id, group in lookup.rows(
            query("id, number, name, grid_id, party_group", "building", where)
        )
    ]
    return sorted(found, key=lambda one: places.natural(one.number))


# -- names of the party's bodies


def body_name(session: Session, place: Place) -> tuple[str, int]:
    """What a branch or group is called by its own name ('' for the usual one), and the version."""
    row = _body(session, place)
    name = row.party_group if isinstance(row, Building) else row.party_branch
    return name or "", row.version


def rename_body(session: Session, place: Place, name: str, *, version: int) -> None:
    """Give a branch (of a grid) or a group (of a building) a name; '' for the usual one again."""
    name = tidy(name)
    if len(name) > _LONGEST_NAME:
        raise DomainError(f"名称太长，最多 {_LONGEST_NAME} 个字，请缩短。")
    row = _body(session, place)
    if row.version != version:
        raise ChangedMeanwhile
    if isinstance(row, Building):
        row.party_group = name or None
    else:
        row.party_branch = name or None
    session.flush()


def _body(session: Session, place: Place) -> Grid | Building:
    row: Grid | Building | None
    if place.building_id is not None:
        row = session.get(Building, place.building_id)
    else:
        row = session.get(Grid, place.grid_id) if place.grid_id is not None else None
    if row is None or row.deleted_at is not None:
        raise DomainError("这个网格或这栋楼已经不在了，请刷新后再看。")
    return row
