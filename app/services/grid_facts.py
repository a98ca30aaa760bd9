"""One place of the tree in figures: households, people, the old, party members, special groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.services.ages import born_between
from app.services.filters import PARTY, PRESENT
from app.services.grid_tree import Node, NodeKind
from app.storage.lookup import Source, Sql, lookup_of, one_of, query

ELDERLY = 60


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A special group and how many of its people live there."""

    tag_id: int
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class GridFacts:
    """The figures of a grid, a building, a unit, or the community."""

    households: int
    people: int
    elderly: int
    """60 岁以上"""
    party: int
    groups: tuple[GroupCount, ...]
    """In the order of the office's tags, those with nobody left out; sensitive ones only for
    whoever may see them"""


def facts(source: Source, node: Node, *, today: date) -> GridFacts:
    """The figures of one line of the tree, counted as the tree counts."""
    lookup = lookup_of(source)
    where = [Sql(PRESENT), *within(node)]
    _, born = born_between(ELDERLY, None, today)
    party = one_of("political_status", PARTY)
    counted = query(
        "count(DISTINCT household_id), count(*),"
        " count(CASE WHEN birth_date <= ? THEN 1 END),"
        f" count(CASE WHEN {party.text} THEN 1 END)",
        "resident",
        where,
    )
    asked = Sql(counted.text, (str(born), *party.values, *counted.values))
    households, people, elderly, members = next(lookup.rows(asked))
    groups = query(
        "tag.id, tag.name, count(DISTINCT resident.id)",
        "resident_tag JOIN tag ON tag.id = resident_tag.tag_id"
        " JOIN resident ON resident.id = resident_tag.resident_id",
        [
            Sql("resident_tag.until IS NULL AND tag.enabled AND tag.deleted_at IS NULL"),
            *where,
        ],
        "GROUP BY tag.id ORDER BY tag.position, tag.id",
    )
    found = tuple(GroupCount(*values) for values in lookup.rows(groups))
    return GridFacts(households, people, elderly, members, found)


def within(node: Node) -> Sequence[Sql]:
    """The condition that somebody is counted in a line of the tree."""
    where = []
    if node.kind is not NodeKind.COMMUNITY:
        where.append(
            Sql("resident.grid_id IS NULL")
            if node.grid_id is None
            else Sql("resident.grid_id = ?", (node.grid_id,))
        )
    if node.kind is NodeKind.NO_BUILDING:
        where.append(Sql("resident.dwelling_id IS NULL"))
    if node.building_id is not None:
        flats = "SELECT id FROM dwelling WHERE building_id = ?"
        values: tuple[int | str, ...] = (node.building_id,)
        if node.kind is NodeKind.UNIT:
            flats, values = f"{flats} AND unit = ?", (*values, node.unit)
        where.append(Sql(f"resident.dwelling_id IN ({flats})", values))
    return where
