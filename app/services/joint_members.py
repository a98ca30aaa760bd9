"""兼职委员: who sits in 大党委 for which unit, what changed, and how active they are."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import BodyKind, MemberRole
from app.services import body_members, body_views, joint_stars, member_reports
from app.services.body_members import MemberInput
from app.services.body_views import BodyView, MemberView
from app.services.joint_stars import Activity
from app.services.member_reports import ReportView
from app.services.periods import Period
from app.storage.lookup import Source, lookup_of

JOINED, LEFT = "任职", "离任"


@dataclass(frozen=True, slots=True)
class JointMember:
    """A seat in 大党委 with the year's activity; `report` is 年度述职 where there is one."""

    seat: MemberView
    body: str
    activity: Activity
    report: ReportView | None


@dataclass(frozen=True, slots=True)
class MemberChange:
    """A line of 调整记录."""

    on: date
    what: str
    name: str
    unit: str
    position: str
    reason: str


def joint_bodies(source: Source, on: date) -> list[BodyView]:
    """大党委 as in office on a day; more than one only while terms overlap."""
    return [one for one in body_views.bodies(source, on) if one.kind is BodyKind.JOINT]


def members(
    source: Source, on: date, *, ended: bool = False, unit_id: int | None = None, text: str = ""
) -> list[JointMember]:
    """Who sits there on a day, with the activity of its year; with `ended` who ever did as well."""
    lookup = lookup_of(source)
    found: list[tuple[BodyView, MemberView]] = []
    for body in body_views.bodies(lookup, on, ended=ended):
        if body.kind is BodyKind.JOINT:
            seats = body_views.members(lookup, body.id, None if ended else on)
            found += [(body, seat) for seat in seats if _wanted(seat, unit_id, text)]
    done = joint_stars.activities(lookup, [seat for _, seat in found], on.year)
    reports = member_reports.reports(lookup, on.year)
    lines = [
        JointMember(seat, body.title, done[seat.id], reports.get(seat.id)) for body, seat in found
    ]
    return sorted(lines, key=lambda one: _place(one.seat, on))


def changes(source: Source, period: Period) -> list[MemberChange]:
    """Who came and who left in a period, the latest first (动态调整)."""
    lookup = lookup_of(source)
    found = []
    for body in body_views.bodies(lookup, period.last, ended=True):
        if body.kind is BodyKind.JOINT:
            for seat in body_views.members(lookup, body.id):
                found += _changes(seat, period)
    return sorted(found, key=lambda one: (one.on, one.what == JOINED), reverse=True)


def replace_member(
    session: Session, member_id: int, entered: MemberInput, *, on: date, reason: str, version: int
) -> int:
    """换人: somebody else speaks for the same unit from a day on; gives his seat.

    Raises DomainError for the same person, or a day on which the other had not begun.
    """
    seat = body_views.member(session, member_id)
    if on <= seat.since:
        raise DomainError(f"{seat.name}从 {seat.since:%Y-%m-%d} 起任职，换人要在这以后。")
    body_members.end_post(
        session, member_id, until=on - timedelta(days=1), reason=reason or "换人", version=version
    )
    fresh = replace(
        entered,
        role=MemberRole.PART_TIME,
        joint_unit_id=entered.joint_unit_id or seat.joint_unit_id,
        since=on,
    )
    return body_members.appoint(session, seat.body_id, fresh, today=on)


def _wanted(seat: MemberView, unit_id: int | None, text: str) -> bool:
    if unit_id is not None and seat.joint_unit_id != unit_id:
        return False
    return not text or any(
        text in one for one in (seat.name, seat.joint_unit, seat.position, seat.phone)
    )


def _place(seat: MemberView, on: date) -> tuple[bool, int, int]:
    """Who is in office first, unit by unit as they joined."""
    return (not seat.holds(on), seat.joint_unit_id or 0, seat.id)


def _changes(seat: MemberView, period: Period) -> list[MemberChange]:
    told = []
    if period.first <= seat.since <= period.last:
        told.append((seat.since, JOINED, ""))
    if seat.until is not None and period.first <= seat.until <= period.last:
        told.append((seat.until, LEFT, seat.ended_reason))
    return [
        MemberChange(on, what, seat.name, seat.joint_unit, seat.position, reason)
        for on, what, reason in told
    ]
