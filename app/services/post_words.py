"""Posts (职务): where each kind belongs, which of them one person holds alone, and their words.

domain.md 6.5 names them; that some are exclusive is how the posts are spoken of (one 网格长).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.models import Building, Grid, PostKind
from app.services import places, settings
from app.services.terms import in_force as in_force_on
from app.storage.lookup import Lookup, Source, Sql, any_of, one_of, query

if TYPE_CHECKING:
    from app.models import Post


class Level(enum.Enum):
    """What a post belongs to."""

    COMMUNITY = "社区"
    GRID = "网格"
    BUILDING = "楼栋"
    UNIT = "单元"


LEVELS: dict[PostKind, Level] = {
    PostKind.STREET_SECRETARY: Level.COMMUNITY,
    PostKind.COMMITTEE_SECRETARY: Level.COMMUNITY,
    PostKind.BRANCH_SECRETARY: Level.GRID,
    PostKind.GRID_LEAD: Level.GRID,
    PostKind.GRID_STAFF: Level.GRID,
    PostKind.GRID_INFORMANT: Level.GRID,
    PostKind.GROUP_LEADER: Level.BUILDING,
    PostKind.BUILDING_STEWARD: Level.BUILDING,
    PostKind.HUB_HOUSEHOLD: Level.BUILDING,
    PostKind.UNIT_STEWARD: Level.UNIT,
}
PARTY = frozenset(
    {
        PostKind.STREET_SECRETARY,
        PostKind.COMMITTEE_SECRETARY,
        PostKind.BRANCH_SECRETARY,
        PostKind.GROUP_LEADER,
        PostKind.HUB_HOUSEHOLD,
    }
)
"""Held by members of the party only."""
_SHARED = frozenset({PostKind.GRID_INFORMANT, PostKind.HUB_HOUSEHOLD})


def exclusive(source: Source, kind: PostKind) -> bool:
    """Whether a place has one of them at a time; for 专职网格员 the office says so (设置)."""
    if kind is PostKind.GRID_STAFF:
        return settings.value(source, settings.ONE_STAFF_PER_GRID)
    return kind not in _SHARED


def words(kind: PostKind, grid_name: str | None, building: str | None, unit: str) -> str:
    """第三网格 网格长, 3 号楼 2 单元 单元长; the community's posts say themselves where."""
    place = place_words(grid_name, building, unit)
    return f"{place} {kind.label}".strip()


def place_words(grid_name: str | None, building: str | None, unit: str) -> str:
    """第三网格 or 3 号楼 2 单元; '' for the community."""
    return places.spoken(building, unit, None) if building else grid_name or ""


def of_post(session: Session, post: Post) -> str:
    """A post in words."""
    grid = session.get(Grid, post.grid_id) if post.grid_id is not None else None
    building = session.get(Building, post.building_id) if post.building_id is not None else None
    where = grid.name if grid else None, building.number if building else None
    return words(post.kind, *where, post.unit)


@dataclass(frozen=True, slots=True)
class Held:
    """A post in force: in words, and the grid that it is in (a building's post: its grid's)."""

    post_id: int
    kind: PostKind
    words: str
    grid_id: int | None


def in_force(lookup: Lookup, on: date) -> dict[int, tuple[Held, ...]]:
    """By member the posts held on a day, the highest first; only of grids that may be seen."""
    there = [Sql("p.deleted_at IS NULL"), in_force_on(on, "p"), seen(lookup)]
    found: dict[int, list[Held]] = {}
    for member, key, kind, unit, at, building, grid_id, grid in lookup.rows(
        query(_COLUMNS, _SOURCE, there, "ORDER BY p.since, p.id")
    ):
        post = PostKind.of(kind)
        found.setdefault(member, []).append(
            Held(key, post, words(post, None if at else grid, building, unit), grid_id)
        )
    return {member: tuple(sorted(posts, key=_rank)) for member, posts in found.items()}


def seen(lookup: Lookup) -> Sql:
    """Posts (p, with the building b) of grids that whoever asks may see, and the community's."""
    own = lookup.actor.grids
    if own is None:
        return Sql("1 = 1")
    of_all = Sql("p.grid_id IS NULL AND p.building_id IS NULL")
    return any_of([of_all, one_of("coalesce(p.grid_id, b.grid_id)", sorted(own))])


def grids_of(member_id: int, on: date) -> Sql:
    """The SELECT of the grids in which a member has a post of a grid on a day."""
    his = Sql("member_id = ? AND deleted_at IS NULL AND grid_id IS NOT NULL", (member_id,))
    return query("DISTINCT grid_id", "post", [his, in_force_on(on)])


_RANK = {kind: number for number, kind in enumerate(PostKind)}
_COLUMNS = """
    p.member_id, p.id, p.kind, p.unit, p.building_id, b.number,
    coalesce(p.grid_id, b.grid_id), g.name
"""
_SOURCE = """
    post AS p
    LEFT JOIN building AS b ON b.id = p.building_id
    LEFT JOIN grid AS g ON g.id = coalesce(p.grid_id, b.grid_id)
"""


def _rank(held: Held) -> int:
    return _RANK[held.kind]
