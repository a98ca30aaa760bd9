"""Who serves in a place of the tree, in words."""

from collections.abc import Sequence
from datetime import date

from app.models import PostKind
from app.services.grid_tree import Node, NodeKind
from app.services.post_views import PostView, posts
from app.storage.lookup import Source

_OF_GRID = (
    PostKind.GRID_LEAD,
    PostKind.GRID_STAFF,
    PostKind.GRID_INFORMANT,
    PostKind.BRANCH_SECRETARY,
)
_OF_BUILDING = (PostKind.BUILDING_STEWARD, PostKind.GROUP_LEADER, PostKind.HUB_HOUSEHOLD)
_OF_UNIT = (PostKind.UNIT_STEWARD,)
_NAMED = 2
"""So many are named, more are counted."""


def serving(source: Source, node: Node, *, today: date) -> list[str]:
    """网格长 周立群, 专职网格员 孙丽, 网格信息员 4 人: the most important first."""
    held = [one for one in _posts(source, node) if one.holds(today)]
    parts = []
    for kind in dict.fromkeys((*_OF_GRID, *_OF_BUILDING, *_OF_UNIT)):
        names = [one.name for one in held if one.kind is kind]
        if names:
            many = f"{len(names)} 人" if len(names) > _NAMED else "、".join(names)
            parts.append(f"{kind.label} {many}")
    return parts


def _posts(source: Source, node: Node) -> Sequence[PostView]:
    if node.kind is NodeKind.GRID:
        return posts(source, grid_id=node.grid_id, kinds=_OF_GRID)
    if node.kind is NodeKind.BUILDING:
        return posts(source, building_id=node.building_id, kinds=_OF_BUILDING)
    if node.kind is NodeKind.UNIT:
        return posts(source, building_id=node.building_id, unit=node.unit, kinds=_OF_UNIT)
    return ()
