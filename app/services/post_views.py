"""Who holds which post, and who held it before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models import PostKind
from app.services import post_words
from app.storage.lookup import Source, Sql, day_of, lookup_of, one_of, query


@dataclass(frozen=True, slots=True)
class PostView:
    """One post of one person; `place` in words, '' for the community."""

    id: int
    member_id: int
    name: str
    kind: PostKind
    place: str
    since: date
    until: date | None
    reason: str
    version: int
    grid_id: int | None
    building_id: int | None
    unit: str

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or self.until >= on)

    @property
    def words(self) -> str:
        return f"{self.place} {self.kind.label}".strip()

    @property
    def term(self) -> str:
        """2024-03-01 起, or 2024-03-01 至 2025-02-28."""
        return f"{self.since} 至 {self.until}" if self.until else f"{self.since} 起"


def posts(
    source: Source,
    *,
    member_id: int | None = None,
    kinds: Sequence[PostKind] = (),
    grid_id: int | None = None,
    building_id: int | None = None,
    unit: str | None = None,
) -> list[PostView]:
    """The posts of a person or of a place, of all times, the latest first; all without either."""
    lookup = lookup_of(source)
    where = [Sql("p.deleted_at IS NULL"), post_words.seen(lookup)]
    asked = {"member_id": member_id, "grid_id": grid_id, "building_id": building_id, "unit": unit}
    where += [Sql(f"p.{name} = ?", (value,)) for name, value in asked.items() if value is not None]
    where += [one_of("p.kind", [kind.value for kind in kinds])] if kinds else []
    rest = "ORDER BY p.since DESC, p.id DESC"
    return [_view(values) for values in lookup.rows(query(_COLUMNS, _SOURCE, where, rest))]


def staff_of(source: Source, today: date) -> dict[int, tuple[int, str]]:
    """By grid who does its rounds: the 专职网格员 (member id, name), without one the 网格长."""
    found: dict[int, tuple[int, str]] = {}
    for kind in (PostKind.GRID_LEAD, PostKind.GRID_STAFF):
        for one in posts(source, kinds=[kind]):
            if one.grid_id is not None and one.holds(today):
                found[one.grid_id] = (one.member_id, one.name)
    return found


_COLUMNS = """
    p.id, p.member_id, m.name, p.kind, g.name, b.number, p.unit, p.since, p.until, p.reason,
    p.version, p.grid_id, p.building_id
"""
_SOURCE = """
    post AS p
    JOIN grid_member AS m ON m.id = p.member_id
    LEFT JOIN building AS b ON b.id = p.building_id
    LEFT JOIN grid AS g ON g.id = p.grid_id
"""


def _view(values: Sequence[Any]) -> PostView:
    key, member, name, kind, grid, building, unit, since, until, reason, version, *at = values
    return PostView(
        id=key,
        member_id=member,
        name=name,
        kind=PostKind.of(kind),
        place=post_words.place_words(grid, building, unit),
        since=date.fromisoformat(since),
        until=day_of(until),
        reason=reason or "",
        version=version,
        grid_id=at[0],
        building_id=at[1],
        unit=unit,
    )
