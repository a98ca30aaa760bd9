"""Who is to be at a meeting and who is: the list of seats, in the order of the sign-in sheet."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

from app.models import AttendWay, BodyKind, Capacity
from app.services import body_views, places
from app.services.meeting_views import MeetingRow, meeting
from app.storage.lookup import Lookup, Source, Sql, lookup_of, moment_of, query
from app.values.pinyin_match import spells


class Who(NamedTuple):
    """Whom a seat belongs to: the column of `attendee` that names him, and his id."""

    column: str
    id: int


OPEN = (BodyKind.BENCH, BodyKind.GROUP, BodyKind.CONSULTATION)
"""协商: whoever lives here and comes takes part, member or not (居委会组织法 32)"""
MEMBER, OWNER, RESIDENT, HOUSEHOLD = "body_member_id", "owner_id", "resident_id", "household_id"


class Presence(Enum):
    """What is known of somebody now."""

    MISSING = "未到"
    HERE = "已到"
    PROXY = "受托"
    EXCUSED = "请假"
    LEFT = "已离会"
    OBSERVER = "列席"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who should be there, or who listens; `place` as on the sign-in sheet, from 1."""

    who: Who | None
    """None for a guest who is in no list"""
    place: int
    name: str
    came_from: str
    """Building or unit; '' where nothing is known"""
    resident_id: int | None = None
    attendee_id: int | None = None
    version: int = 0
    presence: Presence = Presence.MISSING
    way: AttendWay | None = None
    came_at: datetime | None = None
    left_at: datetime | None = None
    holder_id: int | None = None
    holder: str = ""
    remark: str = ""

    @property
    def counts(self) -> bool:
        """Whether he is among those who are there now."""
        return self.presence in (Presence.HERE, Presence.PROXY)


@dataclass(frozen=True, slots=True)
class _Attendee:
    id: int
    version: int
    capacity: Capacity
    who: Who | None
    resident_id: int | None
    name: str
    came_from: str
    way: AttendWay
    came_at: datetime | None
    left_at: datetime | None
    holder_id: int | None
    remark: str

    @property
    def here(self) -> bool:
        return self.came_at is not None and self.left_at is None


def seats(source: Source, meeting_id: int) -> list[Seat]:
    """Everybody who should be there, then those who listen.

    Of an assembly of all residents, or of their households, those who came.
    """
    lookup = lookup_of(source)
    row = meeting(lookup, meeting_id)
    there = _attendees(lookup, meeting_id)
    by_who = {one.who: one for one in there if one.who and one.capacity is Capacity.MEMBER}
    by_id = {one.id: one for one in there}
    expected = _expected(lookup, row)
    known = {seat.who for seat in expected}
    found = [_seated(seat, by_who.get(seat.who) if seat.who else None, by_id) for seat in expected]
    rest = [one for one in there if one.capacity is Capacity.OBSERVER or one.who not in known]
    for one in rest:
        empty = Seat(who=one.who, place=len(found) + 1, name=one.name, came_from=one.came_from)
        found.append(_seated(empty, one, by_id))
    return found


def matching(listed: list[Seat], typed: str) -> list[Seat]:
    """Those of the list whose name, its letters, number or building fit what was typed."""
    words = typed.strip().lower()
    if not words:
        return listed
    if words.isdigit():
        numbered = [one for one in listed if str(one.place) == words]
        return numbered + [one for one in listed if one not in numbered and words in one.came_from]
    return [one for one in listed if spells(one.name, words) or words in one.came_from.lower()]


def _expected(lookup: Lookup, row: MeetingRow) -> list[Seat]:
    if row.kind is BodyKind.ASSEMBLY:
        return []
    if row.kind is BodyKind.OWNERS:
        return _owners(lookup, row.body_id)
    members = body_views.members(lookup, row.body_id, row.on_date)
    return [
        Seat(
            who=Who(MEMBER, one.id),
            place=place,
            name=one.name,
            came_from=one.came_from,
            resident_id=one.resident_id,
        )
        for place, one in enumerate(members, start=1)
    ]


def _owners(lookup: Lookup, body_id: int) -> list[Seat]:
    """By number, with the first of their rooms."""
    mine = [Sql("o.body_id = ? AND o.deleted_at IS NULL", (body_id,))]
    columns = "o.id, o.name, o.resident_id, u.building, u.unit, u.room"
    first = (
        "(SELECT min(x.id) FROM owner_unit AS x WHERE x.owner_id = o.id AND x.deleted_at IS NULL)"
    )
    tables = f"owner AS o LEFT JOIN owner_unit AS u ON u.id = {first}"
    found = lookup.rows(query(columns, tables, mine, "ORDER BY o.number, o.id"))
    return [
        Seat(
            who=Who(OWNER, key),
            place=place,
            name=name,
            came_from=places.short(building, unit, room) if room else "",
            resident_id=resident_id,
        )
        for place, (key, name, resident_id, building, unit, room) in enumerate(found, start=1)
    ]


def _seated(seat: Seat, one: _Attendee | None, by_id: dict[int, _Attendee]) -> Seat:
    if one is None:
        return seat
    holder = by_id.get(one.holder_id or 0)
    return Seat(
        who=seat.who,
        place=seat.place,
        name=seat.name,
        came_from=seat.came_from or one.came_from,
        resident_id=seat.resident_id or one.resident_id,
        attendee_id=one.id,
        version=one.version,
        presence=_presence(one, holder),
        way=one.way,
        came_at=one.came_at,
        left_at=one.left_at,
        holder_id=one.holder_id,
        holder=holder.name if holder else "",
        remark=one.remark,
    )


def _presence(one: _Attendee, holder: _Attendee | None) -> Presence:
    if one.capacity is Capacity.OBSERVER:
        return Presence.OBSERVER
    if one.way is AttendWay.EXCUSED:
        return Presence.EXCUSED
    if one.way is AttendWay.PROXY:
        # Who stands for him has gone, and with him the vote.
        held = holder is not None and holder.here and one.left_at is None
        return Presence.PROXY if held else Presence.LEFT
    return Presence.LEFT if one.left_at else Presence.HERE


_COLUMNS = """id, version, capacity, body_member_id, owner_id, resident_id, household_id, name,
    came_from, way, came_at, left_at, holder_id, remark"""


def _attendees(lookup: Lookup, meeting_id: int) -> list[_Attendee]:
    mine = [Sql("meeting_id = ?", (meeting_id,))]
    return [_attendee(row) for row in lookup.rows(query(_COLUMNS, "attendee", mine, "ORDER BY id"))]


def _attendee(values: tuple[Any, ...]) -> _Attendee:
    key, version, capacity, *ids, name, came_from, way, came_at, left_at, holder_id, remark = values
    named = zip((MEMBER, OWNER, HOUSEHOLD, RESIDENT), (*ids[:2], ids[3], ids[2]), strict=True)
    who = next((Who(column, one) for column, one in named if one is not None), None)
    return _Attendee(
        id=key,
        version=version,
        capacity=Capacity.of(capacity),
        who=who,
        resident_id=ids[2],
        name=name,
        came_from=came_from or "",
        way=AttendWay.of(way),
        came_at=moment_of(came_at),
        left_at=moment_of(left_at),
        holder_id=holder_id,
        remark=remark or "",
    )
