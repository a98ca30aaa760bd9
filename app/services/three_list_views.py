"""资源清单 and 需求清单 as lists, cards and papers read them (domain.md 7.2)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import ListState, NeedUrgency, ProjectState, ResourceKind
from app.storage.lookup import Lookup, Source, Sql, any_of, contains, lookup_of, one_of, query


@dataclass(frozen=True, slots=True)
class ResourceView:
    """What a unit offers; `projects` are the numbers of those that use it."""

    id: int
    version: int
    number: str
    year: int
    unit_id: int | None
    unit: str
    kind: ResourceKind
    words: str
    available: str
    contact: str
    phone: str
    state: ListState
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedView:
    """What a grid or its residents need; `projects` are the numbers of those that meet it."""

    id: int
    version: int
    number: str
    year: int
    raised_on: date
    raised_by: str
    grid_id: int | None
    grid: str
    topic_id: int | None
    topic: str
    kind: ResourceKind
    words: str
    beneficiaries: str
    urgency: NeedUrgency
    state: ListState
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """Which lines; None, () and '' for all."""

    year: int | None = None
    kind: ResourceKind | None = None
    states: tuple[ListState, ...] = ()
    unit_id: int | None = None
    grid_id: int | None = None
    text: str = ""


EVERYTHING = ListFilter()


def resources(source: Source, wanted: ListFilter = EVERYTHING) -> list[ResourceView]:
    """What is offered, the latest number first."""
    there = _common("s", wanted, ("s.number", "s.words", "u.name", "s.contact"))
    if wanted.unit_id is not None:
        there.append(Sql("s.joint_unit_id = ?", (wanted.unit_id,)))
    return _resources(lookup_of(source), there)


def resource(source: Source, resource_id: int) -> ResourceView:
    """One of them; raises DomainError where it is gone."""
    found = _resources(
        lookup_of(source), [Sql("s.id = ?", (resource_id,)), Sql("s.deleted_at IS NULL")]
    )
    if not found:
        raise DomainError("这项资源已经删除，请刷新后再看。")
    return found[0]


def needs(source: Source, wanted: ListFilter = EVERYTHING) -> list[NeedView]:
    """What is needed, the latest number first."""
    there = _common("n", wanted, ("n.number", "n.words", "n.raised_by", "n.beneficiaries"))
    if wanted.grid_id is not None:
        there.append(Sql("n.grid_id = ?", (wanted.grid_id,)))
    return _needs(lookup_of(source), there)


def need(source: Source, need_id: int) -> NeedView:
    """One of them; raises DomainError where it is gone."""
    found = _needs(lookup_of(source), [Sql("n.id = ?", (need_id,)), Sql("n.deleted_at IS NULL")])
    if not found:
        raise DomainError("这项需求已经删除，请刷新后再看。")
    return found[0]


def years(source: Source) -> list[int]:
    """The years of which there are lines, the latest first."""
    asked = Sql(
        "SELECT year FROM resource WHERE deleted_at IS NULL"
        " UNION SELECT year FROM need WHERE deleted_at IS NULL"
        " UNION SELECT year FROM project WHERE deleted_at IS NULL"
    )
    return sorted(lookup_of(source).column(asked), reverse=True)


def _common(table: str, wanted: ListFilter, columns: tuple[str, ...]) -> list[Sql]:
    there = [Sql(f"{table}.deleted_at IS NULL")]
    if wanted.year is not None:
        there.append(Sql(f"{table}.year = ?", (wanted.year,)))
    if wanted.kind is not None:
        there.append(Sql(f"{table}.kind = ?", (wanted.kind.value,)))
    if wanted.states:
        there.append(one_of(f"{table}.state", [state.value for state in wanted.states]))
    if wanted.text:
        there.append(any_of(contains(one, wanted.text) for one in columns))
    return there


_RESOURCE = """s.id, s.version, s.number, s.year, s.joint_unit_id, coalesce(u.name, ''), s.kind,
    s.words, coalesce(s.available, ''), coalesce(s.contact, u.contact, ''),
    coalesce(s.phone, u.phone, ''), s.state"""
_NEED = """n.id, n.version, n.number, n.year, n.raised_on, coalesce(n.raised_by, ''), n.grid_id,
    coalesce(g.name, ''), n.topic_id, coalesce(t.title, ''), n.kind, n.words,
    coalesce(n.beneficiaries, ''), n.urgency, n.state"""
_RESOURCE_NAMES = tuple(ResourceView.__dataclass_fields__)[:-1]
_NEED_NAMES = tuple(NeedView.__dataclass_fields__)[:-1]


def _resources(lookup: Lookup, there: list[Sql]) -> list[ResourceView]:
    tables = "resource AS s LEFT JOIN joint_unit AS u ON u.id = s.joint_unit_id"
    asked = query(_RESOURCE, tables, there, "ORDER BY s.year DESC, s.number DESC")
    used = _projects(lookup, "q.resource_id", "JOIN project_resource AS q ON q.project_id = p.id")
    return [_resource(row, used.get(row[0], ())) for row in lookup.rows(asked)]


def _resource(row: tuple[Any, ...], used: tuple[str, ...]) -> ResourceView:
    values = dict(zip(_RESOURCE_NAMES, row, strict=True))
    values |= {"kind": ResourceKind.of(values["kind"]), "state": ListState.of(values["state"])}
    return ResourceView(**values, projects=used)


def _needs(lookup: Lookup, there: list[Sql]) -> list[NeedView]:
    tables = """need AS n LEFT JOIN grid AS g ON g.id = n.grid_id
        LEFT JOIN topic AS t ON t.id = n.topic_id"""
    asked = query(_NEED, tables, there, "ORDER BY n.year DESC, n.number DESC")
    used = _projects(lookup, "p.need_id", "")
    return [_need(row, used.get(row[0], ())) for row in lookup.rows(asked)]


def _need(row: tuple[Any, ...], used: tuple[str, ...]) -> NeedView:
    values = dict(zip(_NEED_NAMES, row, strict=True))
    values |= {"kind": ResourceKind.of(values["kind"]), "state": ListState.of(values["state"])}
    values["urgency"] = NeedUrgency.of(values["urgency"])
    values["raised_on"] = date.fromisoformat(values["raised_on"])
    return NeedView(**values, projects=used)


def _projects(lookup: Lookup, column: str, more: str) -> dict[int, tuple[str, ...]]:
    """The numbers of the projects by what they take up; those that were stopped left out."""
    there = [
        Sql("p.deleted_at IS NULL"),
        Sql("p.state <> ?", (ProjectState.STOPPED.value,)),
        Sql(f"{column} IS NOT NULL"),
    ]
    found: dict[int, tuple[str, ...]] = {}
    asked = query(f"{column}, p.number", f"project AS p {more}", there, "ORDER BY p.id")
    for key, number in lookup.rows(asked):
        found[key] = (*found.get(key, ()), number)
    return found
