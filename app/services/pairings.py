"""党员包楼联户: a party member answers for a building or for a household (domain.md 6.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Building, Household, PartyPairing, Resident
from app.services import members, places
from app.storage.lookup import Lookup, Source, Sql, day_of, lookup_of, one_of, query
from app.values.text import tidy

_AHEAD = timedelta(days=366)
_EARLIEST = date(1949, 10, 1)
_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingInput:
    """Who answers for what: a building or a household, one of the two."""

    member_id: int
    building_id: int | None = None
    household_id: int | None = None
    since: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class PairingView:
    """One pairing; `what` is 3 号楼 or 3 号楼 2 单元 501 宋桂珍户."""

    id: int
    member_id: int
    name: str
    what: str
    since: date
    until: date | None
    note: str
    version: int
    building_id: int | None
    household_id: int | None
    head_id: int | None

    def holds(self, on: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= on and (self.until is None or self.until >= on)


def pair(session: Session, entered: PairingInput, *, today: date) -> int:
    """Begin one; several to a person or place are allowed, the same twice is not.

    Raises DomainError for somebody who is not of the party, and naming what else is wrong.
    """
    member = members.get(session, entered.member_id)
    if not member.party_member:
        raise DomainError(
            f"{member.name}的资料里没有勾选“党员”，不能包楼联户。是党员的话，请先在人员资料里勾选。"
        )
    _check_place(session, entered)
    if not _EARLIEST <= entered.since <= today + _AHEAD:
        raise DomainError(f"开始日期 {entered.since} 不对，请核对年份；最多提前一年登记。")
    if _has(session, entered):
        raise DomainError(f"{member.name}已经包联这一处，还没有结束，不用再登记一次。")
    row = PartyPairing(
        member_id=member.id,
        building_id=entered.building_id,
        household_id=entered.household_id,
        since=entered.since,
        note=_note(entered.note),
    )
    session.add(row)
    session.flush()
    return row.id


def end(session: Session, pairing_id: int, *, until: date, version: int) -> None:
    """The last day of a pairing; raises DomainError where it lies before its first."""
    row = _current(session, pairing_id, version)
    if until < row.since:
        raise DomainError(f"结束日期 {until} 在开始日期 {row.since} 之前，请核对。")
    if row.until is not None:
        raise DomainError(f"这一条包联已经在 {row.until} 结束。")
    row.until = until
    session.flush()


def remove(session: Session, pairing_id: int, *, version: int, now: datetime) -> None:
    """One that was written by mistake goes to the bin."""
    _current(session, pairing_id, version).deleted_at = now
    session.flush()


def pairings(
    source: Source, *, member_id: int | None = None, building_id: int | None = None
) -> list[PairingView]:
    """Of a person, or of a building and the households in it; of all times, those in force first.

    Whoever sees some grids only is told of these: names of other households are not his business.
    """
    lookup = lookup_of(source)
    where = [Sql("p.deleted_at IS NULL"), _seen(lookup)]
    if member_id is not None:
        where.append(Sql("p.member_id = ?", (member_id,)))
    if building_id is not None:
        at = "p.building_id = ? OR d.building_id = ?"
        where.append(Sql(at, (building_id, building_id)))
    rest = "ORDER BY p.until IS NOT NULL, p.since DESC, p.id DESC"
    return [_view(values) for values in lookup.rows(query(_COLUMNS, _SOURCE, where, rest))]


_COLUMNS = """
    p.id, p.member_id, m.name, b.number, h.number, r.name, hb.number, d.unit, d.room,
    p.since, p.until, p.note, p.version, p.building_id, p.household_id, r.id
"""
_SOURCE = """
    party_pairing AS p
    JOIN grid_member AS m ON m.id = p.member_id
    LEFT JOIN building AS b ON b.id = p.building_id
    LEFT JOIN household AS h ON h.id = p.household_id
    LEFT JOIN resident AS r ON r.id = h.head_id
    LEFT JOIN dwelling AS d ON d.id = h.dwelling_id
    LEFT JOIN building AS hb ON hb.id = d.building_id
"""


def _seen(lookup: Lookup) -> Sql:
    if lookup.actor.grids is None:
        return Sql("1 = 1")
    return one_of("coalesce(b.grid_id, hb.grid_id)", sorted(lookup.actor.grids))


def _view(values: Sequence[Any]) -> PairingView:
    key, member, name, building, number, head, at, unit, room, since, until, note, *rest = values
    version, building_id, household_id, head_id = rest
    if building_id is not None:
        what = places.spoken(building, None, None)
    else:
        whose = f"{head}户" if head else f"户 {number or ''}"
        what = f"{places.spoken(at, unit, room)} {whose}".strip()
    return PairingView(
        id=key,
        member_id=member,
        name=name,
        what=what,
        since=date.fromisoformat(since),
        until=day_of(until),
        note=note or "",
        version=version,
        building_id=building_id,
        household_id=household_id,
        head_id=head_id,
    )


def household_of(session: Session, resident_id: int) -> tuple[int, str]:
    """The household that is meant by one of its people, and its name; raises DomainError."""
    person = session.get_one(Resident, resident_id)
    row = session.get(Household, person.household_id) if person.household_id else None
    if row is None or row.deleted_at is not None:
        raise DomainError(f"{person.name}还没有归到户里，请先在居民资料里填户，再登记包联。")
    head = session.get(Resident, row.head_id) if row.head_id else None
    return row.id, f"{(head or person).name}户"


def _check_place(session: Session, entered: PairingInput) -> None:
    if (entered.building_id is None) == (entered.household_id is None):
        raise DomainError("请选一栋楼，或者选一户，两样选一样。")
    row: Building | Household | None
    if entered.building_id is not None:
        row = session.get(Building, entered.building_id)
    else:
        row = session.get(Household, entered.household_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("选的楼或户已经不在了，请刷新后再选。")


def _has(session: Session, entered: PairingInput) -> bool:
    same = select(PartyPairing.id).where(
        PartyPairing.member_id == entered.member_id,
        PartyPairing.building_id == entered.building_id,
        PartyPairing.household_id == entered.household_id,
        PartyPairing.deleted_at.is_(None),
        or_(PartyPairing.until.is_(None), PartyPairing.until >= entered.since),
    )
    return session.scalar(same.limit(1)) is not None


def _note(text: str) -> str | None:
    text = tidy(text)
    if len(text) > _LONGEST_NOTE:
        raise DomainError(f"说明太长，最多 {_LONGEST_NOTE} 个字，请缩短。")
    return text or None


def _current(session: Session, pairing_id: int, version: int) -> PartyPairing:
    row = session.get(PartyPairing, pairing_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一条包联已经被删除，请刷新后再看。")
    if row.version != version:
        raise ChangedMeanwhile
    return row
