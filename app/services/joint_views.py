"""Units that work with the community as their list and card read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import ProjectState, UnitKind
from app.services import terms
from app.services.periods import quarter
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

RED_PROPERTY = (UnitKind.PROPERTY, UnitKind.OWNERS)
"""红色物业: the manager and the owners' committee of an estate."""


@dataclass(frozen=True, slots=True)
class UnitView:
    """One unit with what it brings: `members` sit in 大党委 now, `together_on` is the last day
    on which somebody of it came to a meeting or one of its projects moved."""

    id: int
    version: int
    kind: UnitKind
    name: str
    address: str
    contact: str
    phone: str
    speciality: str
    since: date
    until: date | None
    ended_reason: str
    remark: str
    members: int
    resources: int
    projects: int
    together_on: date | None

    def holds(self, day: date) -> bool:
        """Whether it takes part on a day."""
        return self.since <= day and (self.until is None or self.until >= day)

    def waits(self, today: date) -> bool:
        """结对支部每季 ≥1 次共建 (domain.md 7.1): none in this quarter yet."""
        if self.kind is not UnitKind.PAIRED or not self.holds(today):
            return False
        return self.together_on is None or self.together_on < quarter(today).first


def units(
    source: Source,
    on: date,
    *,
    kinds: tuple[UnitKind, ...] = (),
    ended: bool = False,
    text: str = "",
) -> list[UnitView]:
    """Those that take part on a day, by kind; with `ended` those that left as well, at the end."""
    there = [_ALIVE]
    if not ended:
        there.append(terms.in_force(on, "u"))
    if kinds:
        there.append(one_of("u.kind", [kind.value for kind in kinds]))
    if text:
        columns = ("u.name", "u.contact", "u.speciality", "u.address")
        there.append(any_of(contains(one, text) for one in columns))
    found = _read(lookup_of(source), there, on)
    return sorted(found, key=lambda one: (not one.holds(on), one.kind.place, one.id))


def unit(source: Source, unit_id: int, on: date) -> UnitView:
    """One of them; raises DomainError where it is gone."""
    found = _read(lookup_of(source), [_ALIVE, Sql("u.id = ?", (unit_id,))], on)
    if not found:
        raise DomainError("这个单位已经删除，请刷新后再看。")
    return found[0]


def names(source: Source, on: date) -> dict[int, str]:
    """The units of a day by id, for a choice."""
    there = [_ALIVE, terms.in_force(on, "u")]
    asked = query("u.id, u.name", "joint_unit AS u", there, "ORDER BY u.kind, u.id")
    return dict(lookup_of(source).rows(asked))


_ALIVE = Sql("u.deleted_at IS NULL")
# main: how many of them there are is nobody's secret, who they are is told elsewhere.
_COLUMNS = """u.id, u.version, u.kind, u.name, u.address, u.contact, u.phone, u.speciality,
    u.since, u.until, u.ended_reason, u.remark,
    (SELECT count(*) FROM main.body_member AS m JOIN body AS b ON b.id = m.body_id
        WHERE m.joint_unit_id = u.id AND m.deleted_at IS NULL AND b.deleted_at IS NULL
        AND b.kind = 'joint_committee' AND m.since <= ? AND (m.until IS NULL OR m.until >= ?)),
    (SELECT count(*) FROM resource AS s WHERE s.joint_unit_id = u.id AND s.deleted_at IS NULL)"""
_NAMES = tuple(UnitView.__dataclass_fields__)[:-2]


def _read(lookup: Lookup, there: list[Sql], on: date) -> list[UnitView]:
    asked = query(_COLUMNS, "joint_unit AS u", there)
    day = on.isoformat()
    rows = list(lookup.rows(Sql(asked.text, (day, day, *asked.values))))
    taken = _projects(lookup)
    met, moved = _meetings(lookup), _steps(lookup)
    return [_view(row, taken.get(row[0], set()), met, moved) for row in rows]


def _view(
    row: tuple[Any, ...], taken: set[int], met: dict[int, str], moved: dict[int, str]
) -> UnitView:
    told = zip(_NAMES, row, strict=True)
    values: dict[str, Any] = {name: "" if value is None else value for name, value in told}
    values["kind"] = UnitKind.of(values["kind"])
    values["since"] = date.fromisoformat(values["since"])
    values["until"] = day_of(values["until"])
    last = max([met.get(row[0], ""), *(moved.get(project, "") for project in taken)])
    return UnitView(**values, projects=len(taken), together_on=day_of(last))


def _projects(lookup: Lookup) -> dict[int, set[int]]:
    """By unit the projects that it leads or gives something to; those that were stopped not."""
    found: dict[int, set[int]] = {}
    asked = query(
        "p.id, p.lead_unit_id, s.joint_unit_id",
        """main.project AS p LEFT JOIN project_resource AS q ON q.project_id = p.id
            LEFT JOIN resource AS s ON s.id = q.resource_id""",
        [Sql("p.deleted_at IS NULL"), Sql("p.state <> ?", (ProjectState.STOPPED.value,))],
    )
    for key, lead, gives in lookup.rows(asked):
        for unit_id in filter(None, (lead, gives)):
            found.setdefault(unit_id, set()).add(key)
    return found


def _meetings(lookup: Lookup) -> dict[int, str]:
    """By unit the last day on which somebody of it came to a meeting."""
    source = """main.attendee AS a JOIN main.meeting AS t ON t.id = a.meeting_id
        JOIN main.body_member AS m ON m.id = a.body_member_id"""
    there = [
        Sql("t.deleted_at IS NULL AND a.came_at IS NOT NULL"),
        Sql("m.joint_unit_id IS NOT NULL"),
    ]
    rest = "GROUP BY m.joint_unit_id"
    return dict(lookup.rows(query("m.joint_unit_id, max(t.on_date)", source, there, rest)))


def _steps(lookup: Lookup) -> dict[int, str]:
    """By project the day of its last step."""
    there = [Sql("project_id IS NOT NULL")]
    asked = query("project_id, max(on_date)", "main.progress", there, "GROUP BY project_id")
    return dict(lookup.rows(asked))
