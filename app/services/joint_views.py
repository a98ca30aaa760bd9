"""Units that work with the community as their list and card read them."""

from dataclasses import dataclass
from datetime import date

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
_COLUMNS = f"""u.id, u.version, u.kind, u.name, u.address, u.contact, u.phone, u.speciality,
    u.since, u.until, u.ended_reason, u.remark,
    (SELECT count(*) FROM main.body_member AS m JOIN body AS b ON b.id = m.body_id
        WHERE m.joint_unit_id = u.id AND m.deleted_at IS NULL AND b.deleted_at IS NULL
        AND b.kind = 'joint_committee' AND m.since <= ? AND (m.until IS NULL OR m.until >= ?)),
    (SELECT count(*) FROM resource AS s WHERE s.joint_unit_id = u.id AND s.deleted_at IS NULL),
    (SELECT count(*) FROM main.project AS p WHERE p.deleted_at IS NULL
        AND p.state <> '{ProjectState.STOPPED}' AND (p.lead_unit_id = u.id OR EXISTS (
            SELECT 1 FROM project_resource AS q JOIN resource AS s ON s.id = q.resource_id
            WHERE q.project_id = p.id AND s.joint_unit_id = u.id))),
    (SELECT max(t.on_date) FROM main.meeting AS t JOIN main.attendee AS a ON a.meeting_id = t.id
        JOIN main.body_member AS m ON m.id = a.body_member_id
        WHERE m.joint_unit_id = u.id AND a.came_at IS NOT NULL AND t.deleted_at IS NULL),
    (SELECT max(g.on_date) FROM main.progress AS g JOIN main.project AS p ON p.id = g.project_id
        WHERE p.deleted_at IS NULL AND (p.lead_unit_id = u.id OR EXISTS (
            SELECT 1 FROM project_resource AS q JOIN resource AS s ON s.id = q.resource_id
            WHERE q.project_id = p.id AND s.joint_unit_id = u.id)))"""  # noqa: S608 - codes of the program
_NAMES = tuple(UnitView.__dataclass_fields__)[:-1]


def _read(lookup: Lookup, there: list[Sql], on: date) -> list[UnitView]:
    asked = query(_COLUMNS, "joint_unit AS u", there)
    day = on.isoformat()
    rows = lookup.rows(Sql(asked.text, (day, day, *asked.values)))
    return [_view(*row) for row in rows]


def _view(*row: object) -> UnitView:
    *own, met, moved = row
    values = {name: "" if value is None else value for name, value in zip(_NAMES, own, strict=True)}
    values["kind"] = UnitKind.of(str(values["kind"]))
    values["since"] = date.fromisoformat(str(values["since"]))
    values["until"] = day_of(str(values["until"]))
    last = max(str(met or ""), str(moved or ""))
    return UnitView(**values, together_on=day_of(last))  # type: ignore[arg-type]
