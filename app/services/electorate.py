"""How many may take part: members, residents over 18, households, owners with their area."""

from datetime import date
from typing import NamedTuple

from app.errors import DomainError
from app.models import Basis
from app.services import body_composition, body_views
from app.services.ages import years_later
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.codes import AWAY

ADULT = 18
"""Years of those of whom a 居民会议 consists (居委会组织法 26)"""


class Electorate(NamedTuple):
    """应到: people (or households), and for owners their area in 0.01 m²."""

    people: int
    area: int = 0


def electorate(source: Source, body_id: int, on: date, basis: Basis) -> Electorate:
    """Against whom a body's quorum is counted on a day.

    Residents and households are those living here now, of the body's grid where it has one
    (居委会组织法 26, 27); owners count once each, whatever they own (民法典 278). Raises
    DomainError for a basis that only the meeting itself tells.
    """
    lookup = lookup_of(source)
    one = body_views.body(lookup, body_id, on)
    if basis in (Basis.MEMBERS, Basis.REPRESENTATIVES):
        found = body_composition.composition(lookup, body_id, on)
        whole = basis is Basis.MEMBERS
        return Electorate(found.members if whole else found.representatives)
    if basis is Basis.RESIDENTS:
        return Electorate(_count("count(*)", lookup, one.grid_id, on, adult=True))
    if basis is Basis.HOUSEHOLDS:
        return Electorate(_count("count(DISTINCT household_id)", lookup, one.grid_id, on))
    if basis is Basis.OWNERS:
        return _owners(lookup, body_id)
    raise DomainError(f"{basis.label}要到开会时才知道，不能事先算应到人数。")


def households(source: Source, body_id: int, on: date) -> list[int]:
    """The households with somebody living here now, of the body's grid where it has one."""
    lookup = lookup_of(source)
    one = body_views.body(lookup, body_id, on)
    there = [*_living(one.grid_id, on), Sql("household_id IS NOT NULL")]
    found = query("DISTINCT household_id", "main.resident", there, "ORDER BY household_id")
    return list(lookup.column(found))


def unknown_ages(source: Source, body_id: int, on: date) -> int:
    """Residents living here whose birth date nobody wrote down: they are not among the adults."""
    lookup = lookup_of(source)
    one = body_views.body(lookup, body_id, on)
    where = [*_living(one.grid_id, on), Sql("birth_date IS NULL")]
    return int(lookup.value(query("count(*)", "main.resident", where)))


def _count(what: str, lookup: Lookup, grid_id: int | None, on: date, *, adult: bool = False) -> int:
    where = _living(grid_id, on)
    if adult:
        where.append(Sql("birth_date <= ?", (years_later(on, -ADULT).isoformat(),)))
    # main: how many there are is the community's figure, whoever asks.
    return int(lookup.value(query(what, "main.resident", where)))


def _living(grid_id: int | None, on: date) -> list[Sql]:
    away = ", ".join("?" * len(AWAY))
    where = [
        Sql("deleted_at IS NULL"),
        Sql("merged_into_id IS NULL"),
        Sql("departure IS NULL OR departed_on > ?", (on.isoformat(),)),
        Sql(f"coalesce(residence_status, '') NOT IN ({away})", AWAY),
    ]
    if grid_id is not None:
        where.append(Sql("grid_id = ?", (grid_id,)))
    return where


def _owners(lookup: Lookup, body_id: int) -> Electorate:
    mine = [Sql("body_id = ?", (body_id,)), Sql("deleted_at IS NULL")]
    people = lookup.value(query("count(*)", "main.owner", mine))
    area = lookup.value(
        query(
            "sum(u.area)",
            "main.owner_unit AS u JOIN main.owner AS o ON o.id = u.owner_id",
            [
                Sql("o.body_id = ?", (body_id,)),
                Sql("o.deleted_at IS NULL"),
                Sql("u.deleted_at IS NULL"),
            ],
        )
    )
    return Electorate(int(people), int(area or 0))
