"""Projects as lists, cards and papers read them; money in 分."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import ProjectState, Verdict
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    any_of,
    contains,
    day_of,
    lookup_of,
    one_of,
    query,
)
from app.values.money import yuan

OPEN = (ProjectState.PLANNED, ProjectState.STARTED, ProjectState.FINISHED)
OVER = (ProjectState.ACCEPTED, ProjectState.EVALUATED)
UNDERWAY = (ProjectState.PLANNED, ProjectState.STARTED)


@dataclass(frozen=True, slots=True)
class ProjectView:
    """One project; `spent` is what went out of the fund for it, corrections taken off."""

    id: int
    version: int
    number: str
    year: int
    name: str
    state: ProjectState
    percent: int
    need_id: int | None
    need: str
    resolution_id: int | None
    resolution: str
    topic_id: int | None
    grid_id: int | None
    grid: str
    lead_unit_id: int | None
    lead_unit: str
    owner: str
    since: date | None
    until: date | None
    funded: bool
    budget: int
    spent: int
    purpose: str
    purpose_reason: str
    approval: str
    approved_on: date | None
    accepted_on: date | None
    accepted_by: str
    effect: str
    notice_id: int | None
    stopped_reason: str
    resources: tuple[tuple[int, str], ...] = ()
    """Ids and words of what it uses"""
    verdicts: dict[str, int] = field(default_factory=dict)
    """How many found it 满意, 基本满意, 不满意, by their words"""

    @property
    def left(self) -> int:
        """What may still be spent, 分."""
        return self.budget - self.spent

    @property
    def lead(self) -> str:
        """金城物业公司 冯经理: who leads it and who answers for it."""
        return " ".join(part for part in (self.lead_unit, self.owner) if part)

    def late(self, today: date) -> bool:
        """Whether it should be ready and is not."""
        return self.state in UNDERWAY and self.until is not None and self.until < today


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """Which ones: all conditions together; `late_on` those that should be ready by then."""

    year: int | None = None
    states: tuple[ProjectState, ...] = ()
    unit_id: int | None = None
    grid_id: int | None = None
    resolution_id: int | None = None
    funded: bool | None = None
    late_on: date | None = None
    text: str = ""


def projects(source: Source, wanted: ProjectFilter | None = None) -> list[ProjectView]:
    """Those that are wanted, the latest number first."""
    return _read(lookup_of(source), _conditions(wanted or ProjectFilter()))


def project(source: Source, project_id: int) -> ProjectView:
    """One of them; raises DomainError where it is gone."""
    found = _read(lookup_of(source), [Sql("p.id = ?", (project_id,)), _ALIVE])
    if not found:
        raise DomainError("这个项目已经删除，请刷新后再看。")
    return found[0]


def spent(source: Source, project_id: int) -> int:
    """What went out of the fund for it, 分: corrections and what came back taken off."""
    asked = query("-sum(amount)", "fund_entry", [Sql("project_id = ?", (project_id,))])
    return lookup_of(source).value(asked) or 0


def check_unspent(source: Source, project_id: int) -> None:
    """Raise DomainError where a project that was paid from the fund is to be none of it."""
    if out := spent(source, project_id):
        raise DomainError(f"已经用专项经费支出 {yuan(out)} 元，不能改成不用专项经费。")


def check_spent(source: Source, project_id: int, budget: int) -> None:
    """Raise DomainError where a budget would lie below what was spent already."""
    out = spent(source, project_id)
    if budget < out:
        raise DomainError(f"已经支出 {yuan(out)} 元，预算不能比它少。")


_ALIVE = Sql("p.deleted_at IS NULL")
_SPENT = "coalesce((SELECT -sum(e.amount) FROM fund_entry AS e WHERE e.project_id = p.id), 0)"
_COLUMNS = f"""p.id, p.version, p.number, p.year, p.name, p.state, p.percent,
    p.need_id, coalesce(n.words, ''), p.resolution_id, coalesce(r.number, ''), p.topic_id,
    p.grid_id, coalesce(g.name, ''), p.lead_unit_id, coalesce(u.name, ''), coalesce(p.owner, ''),
    p.since, p.until, p.funded, p.budget, {_SPENT}, coalesce(p.purpose, ''),
    coalesce(p.purpose_reason, ''), coalesce(p.approval, ''), p.approved_on, p.accepted_on,
    coalesce(p.accepted_by, ''), coalesce(p.effect, ''), k.id,
    coalesce(p.stopped_reason, '')"""
_SOURCE = """project AS p LEFT JOIN need AS n ON n.id = p.need_id
    LEFT JOIN resolution AS r ON r.id = p.resolution_id LEFT JOIN grid AS g ON g.id = p.grid_id
    LEFT JOIN joint_unit AS u ON u.id = p.lead_unit_id
    LEFT JOIN notice AS k ON k.id = p.notice_id AND k.deleted_at IS NULL"""
_DAYS = ("since", "until", "approved_on", "accepted_on")
_NAMES = tuple(ProjectView.__dataclass_fields__)[:-2]


def _read(lookup: Lookup, there: list[Sql]) -> list[ProjectView]:
    order = "ORDER BY p.year DESC, p.number DESC"
    rows = list(lookup.rows(query(_COLUMNS, _SOURCE, there, order)))
    ids = [row[0] for row in rows]
    used, said = _resources(lookup, ids), _verdicts(lookup, ids)
    return [_view(row, used.get(row[0], ()), said.get(row[0], {})) for row in rows]


def _view(
    row: tuple[Any, ...], used: tuple[tuple[int, str], ...], said: dict[str, int]
) -> ProjectView:
    values = dict(zip(_NAMES, row, strict=True))
    values["state"] = ProjectState.of(values["state"])
    values["funded"] = bool(values["funded"])
    values |= {name: day_of(values[name]) for name in _DAYS}
    return ProjectView(**values, resources=used, verdicts=said)


def _conditions(wanted: ProjectFilter) -> list[Sql]:
    there = [_ALIVE]
    for column in ("year", "grid_id", "resolution_id"):
        value = getattr(wanted, column)
        if value is not None:
            there.append(Sql(f"p.{column} = ?", (value,)))
    if wanted.states:
        there.append(one_of("p.state", [state.value for state in wanted.states]))
    if wanted.funded is not None:
        there.append(Sql("p.funded = ?", (wanted.funded,)))
    if wanted.unit_id is not None:
        there.append(any_of([Sql("p.lead_unit_id = ?", (wanted.unit_id,)), _gives(wanted.unit_id)]))
    if wanted.late_on is not None:
        there.append(one_of("p.state", [state.value for state in UNDERWAY]))
        there.append(Sql("p.until < ?", (wanted.late_on.isoformat(),)))
    if wanted.text:
        columns = ("p.name", "p.number", "p.owner", "u.name")
        there.append(any_of(contains(one, wanted.text) for one in columns))
    return there


def _gives(unit_id: int) -> Sql:
    """Projects that use something that a unit offers."""
    return Sql(
        """EXISTS (SELECT 1 FROM project_resource AS q JOIN resource AS s ON s.id = q.resource_id
            WHERE q.project_id = p.id AND s.joint_unit_id = ?)""",
        (unit_id,),
    )


def _resources(lookup: Lookup, ids: list[int]) -> dict[int, tuple[tuple[int, str], ...]]:
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    asked = query(
        "q.project_id, s.id, coalesce(u.name, ''), s.words",
        """project_resource AS q JOIN resource AS s ON s.id = q.resource_id
            LEFT JOIN joint_unit AS u ON u.id = s.joint_unit_id""",
        [one_of("q.project_id", ids)],
        "ORDER BY q.id",
    )
    for project_id, key, unit, words in lookup.rows(asked):
        told = f"{unit}：{words}" if unit else words
        found[project_id] = (*found.get(project_id, ()), (key, told))
    return found


def _verdicts(lookup: Lookup, ids: list[int]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    there = [one_of("project_id", ids), Sql("deleted_at IS NULL")]
    asked = query("project_id, verdict, count(*)", "evaluation", there, "GROUP BY 1, 2")
    counted = {(key, verdict): count for key, verdict, count in lookup.rows(asked)}
    for key in {key for key, _ in counted}:
        found[key] = {
            one.label: counted[key, one.value] for one in Verdict if (key, one.value) in counted
        }
    return found
