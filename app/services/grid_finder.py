"""楼、人、网格员: one search over buildings, grids, those who serve in them, and residents."""

import enum
from dataclasses import dataclass
from datetime import date

from app.services import residents, search
from app.services.grid_tree import Node, NodeKind
from app.services.post_views import posts
from app.storage.lookup import Lookup, Source, lookup_of, one_of, query
from app.values.pinyin_match import spells

MOST_PEOPLE = 8
MOST = 6
Key = tuple[str, int | None, int | None, str]


class HitKind(enum.StrEnum):
    """What was found."""

    GRID = "网格"
    BUILDING = "楼"
    MEMBER = "网格员"
    PERSON = "人"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found; `key` is the line of the tree where it is."""

    kind: HitKind
    title: str
    note: str
    key: Key

    @property
    def words(self) -> str:
        return f"{self.kind.value}　{self.title}　{self.note}".rstrip("　")


def find(source: Source, tree: Node, text: str, *, today: date) -> list[Hit]:
    """What the text means in the tree that the user sees: places first, then people."""
    wanted = text.strip()
    if not wanted:
        return []
    lookup = lookup_of(source)
    return [
        *_places(tree, wanted),
        *_members(lookup, tree, wanted, today),
        *_people(lookup, wanted, today),
    ]


def _places(tree: Node, wanted: str) -> list[Hit]:
    grids, buildings = [], []
    for grid in tree.children:
        if spells(grid.name, wanted):
            grids.append(Hit(HitKind.GRID, grid.name, f"{grid.people:,} 人", grid.key))
        for one in grid.children:
            if one.kind is NodeKind.BUILDING and _means(one.name, wanted):
                note = f"{grid.name} {one.people:,} 人"
                buildings.append(Hit(HitKind.BUILDING, one.name, note, one.key))
    # 6 is building 6 before it is 16 or 26.
    buildings.sort(key=lambda hit: not _begins(hit.title, wanted))
    return [*grids[:MOST], *buildings[:MOST]]


def _means(name: str, wanted: str) -> bool:
    return spells(name.replace(" ", ""), wanted.replace(" ", ""))


def _begins(name: str, wanted: str) -> bool:
    digits = name.split(" ", maxsplit=1)[0]
    return digits == wanted.removesuffix("号楼").removesuffix("楼")


def _members(lookup: Lookup, tree: Node, wanted: str, today: date) -> list[Hit]:
    """Those who serve in one of the grids or buildings that are seen."""
    homes = {one.building_id: one for grid in tree.children for one in grid.children}
    grids = {grid.grid_id: grid for grid in tree.children}
    found: dict[int, Hit] = {}
    for post in posts(lookup):
        node = grids.get(post.grid_id) if post.grid_id else homes.get(post.building_id)
        if node is not None and post.holds(today) and spells(post.name, wanted):
            found.setdefault(post.member_id, Hit(HitKind.MEMBER, post.name, post.words, node.key))
    return list(found.values())[:MOST]


def _people(lookup: Lookup, wanted: str, today: date) -> list[Hit]:
    ids = search.find_ids(lookup, wanted, limit=MOST_PEOPLE).ids
    where = query(
        "resident.id, resident.grid_id, dwelling.building_id",
        "resident LEFT JOIN dwelling ON dwelling.id = resident.dwelling_id",
        [one_of("resident.id", ids)],
    )
    places = {key: (grid, building) for key, grid, building in lookup.rows(where)}
    return [_person(row, *places[row.id]) for row in residents.rows(lookup, ids, today=today)]


def _person(row: residents.ResidentRow, grid: int | None, building: int | None) -> Hit:
    kind = NodeKind.BUILDING if building is not None else NodeKind.NO_BUILDING
    age = "" if row.age is None else f"{row.age} 岁"
    note = " ".join(part for part in (row.sex, age, row.place) if part)
    return Hit(HitKind.PERSON, row.name, note, (kind.value, grid, building, ""))
