"""The bodies (议事组织) and who sits in them, as lists, cards and papers read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import BodyKind, MemberRole
from app.services import places, terms
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, query
from app.values.figures import spelled

_GONE = "这个组织已经删除，请刷新后再看。"


@dataclass(frozen=True, slots=True)
class BodyView:
    """One body in one term; `members` are those of the day that was asked for."""

    id: int
    version: int
    kind: BodyKind
    name: str
    term: int | None
    since: date
    until: date | None
    grid_id: int | None
    grid: str
    scope: str
    rule_code: str
    remark: str
    members: int

    @property
    def title(self) -> str:
        """The name, with 第六届 where it does not say so itself."""
        if self.term is None or "届" in self.name:
            return self.name
        return f"{self.name}（{self.term_words}）"

    @property
    def term_words(self) -> str:
        """第六届; '' where there are no terms."""
        return f"第{spelled(self.term)}届" if self.term is not None else ""

    def holds(self, day: date) -> bool:
        """Whether it is in office on a day."""
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class MemberView:
    """Somebody in a body; `building` and `joint_unit` are whom he speaks for."""

    id: int
    version: int
    body_id: int
    resident_id: int | None
    name: str
    phone: str
    role: MemberRole
    in_committee: bool
    building_id: int | None
    building: str
    households: int | None
    joint_unit_id: int | None
    joint_unit: str
    position: str
    since: date
    until: date | None
    ended_reason: str
    remark: str

    def holds(self, day: date) -> bool:
        """Whether he is in it on a day."""
        return self.since <= day and (self.until is None or self.until >= day)

    @property
    def came_from(self) -> str:
        """The unit or the building that he speaks for; '' where neither is known."""
        return self.joint_unit or self.building


def bodies(source: Source, on: date, *, ended: bool = False) -> list[BodyView]:
    """Those in office on a day, by kind; with `ended` also those before and after it."""
    there = [Sql("b.deleted_at IS NULL")]
    if not ended:
        there.append(terms.in_force(on, "b"))
    found = _bodies(lookup_of(source), there, on)
    return sorted(found, key=lambda one: (one.kind.place, -one.since.toordinal(), one.id))


def body(source: Source, body_id: int, on: date | None = None) -> BodyView:
    """One of them with its members of a day, of its last days where none is given.

    Raises DomainError where it is gone.
    """
    there = [Sql("b.id = ?", (body_id,)), Sql("b.deleted_at IS NULL")]
    lookup = lookup_of(source)
    found = next(iter(_bodies(lookup, there, on)), None)
    if found is None:
        raise DomainError(_GONE)
    return found


def members(source: Source, body_id: int, on: date | None = None) -> list[MemberView]:
    """Who sits in a body on a day, in its usual order; everybody who ever did without a day."""
    there = [Sql("m.body_id = ?", (body_id,)), Sql("m.deleted_at IS NULL")]
    if on is not None:
        there.append(terms.in_force(on, "m"))
    return sorted(_members(lookup_of(source), there), key=_place)


def member(source: Source, member_id: int) -> MemberView:
    """One of them; raises DomainError where there is none."""
    there = [Sql("m.id = ?", (member_id,)), Sql("m.deleted_at IS NULL")]
    found = next(iter(_members(lookup_of(source), there)), None)
    if found is None:
        raise DomainError("这位成员已经删除，请刷新后再看。")
    return found


def _bodies(lookup: Lookup, there: Iterable[Sql], on: date | None) -> list[BodyView]:
    day = on.isoformat() if on is not None else None
    # main: how many sit there is nobody's secret, who they are is told by `members`.
    counted = """(SELECT count(*) FROM main.body_member AS m WHERE m.body_id = b.id
        AND m.deleted_at IS NULL AND m.since <= coalesce(?, b.until, m.since)
        AND (m.until IS NULL OR m.until >= coalesce(?, b.until, m.until)))"""
    asked = query(
        f"""b.id, b.version, b.kind, b.name, b.term, b.since, b.until, b.grid_id, g.name, b.scope,
            b.rule_code, b.remark, {counted}""",
        "body AS b LEFT JOIN grid AS g ON g.id = b.grid_id",
        there,
    )
    return [
        BodyView(
            id=key,
            version=version,
            kind=BodyKind.of(kind),
            name=name,
            term=term,
            since=date.fromisoformat(since),
            until=day_of(until),
            grid_id=grid_id,
            grid=grid or "",
            scope=scope or "",
            rule_code=rule_code or "",
            remark=remark or "",
            members=count,
        )
        for (
            key,
            version,
            kind,
            name,
            term,
            since,
            until,
            grid_id,
            grid,
            scope,
            rule_code,
            remark,
            count,
        ) in lookup.rows(Sql(asked.text, (day, day, *asked.values)))
    ]


_COLUMNS = """m.id, m.version, m.body_id, m.resident_id, coalesce(r.name, m.name),
    coalesce(m.phone, r.phone), m.role, m.in_committee, m.building_id, b.number, b.name,
    m.households, m.joint_unit_id, u.name, m.position, m.since, m.until, m.ended_reason, m.remark"""
_SOURCE = """body_member AS m LEFT JOIN resident AS r ON r.id = m.resident_id
    LEFT JOIN building AS b ON b.id = m.building_id
    LEFT JOIN joint_unit AS u ON u.id = m.joint_unit_id"""


def _members(lookup: Lookup, there: Iterable[Sql]) -> list[MemberView]:
    return [
        MemberView(
            id=key,
            version=version,
            body_id=body_id,
            resident_id=resident_id,
            name=name,
            phone=phone or "",
            role=MemberRole.of(role),
            in_committee=bool(in_committee),
            building_id=building_id,
            building=places.building_label(number, label) if number else "",
            households=households,
            joint_unit_id=joint_unit_id,
            joint_unit=unit or "",
            position=position or "",
            since=date.fromisoformat(since),
            until=day_of(until),
            ended_reason=reason or "",
            remark=remark or "",
        )
        for (
            key,
            version,
            body_id,
            resident_id,
            name,
            phone,
            role,
            in_committee,
            building_id,
            number,
            label,
            households,
            joint_unit_id,
            unit,
            position,
            since,
            until,
            reason,
            remark,
        ) in lookup.rows(query(_COLUMNS, _SOURCE, there))
    ]


def _place(one: MemberView) -> tuple[int, str, int]:
    return (one.role.place, places.natural(one.building), one.id)
