"""Taking over a list of owners: who is the same, what is new, what stands there already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.importing.owner_list import OwnerFault, OwnerList, OwnerRow
from app.models import Owner, OwnerUnit
from app.services import owner_views, owners
from app.services.chunks import chunks
from app.services.owner_views import Place
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query

_SameAs = tuple[str, str]
_MANY = 400


@dataclass(frozen=True, slots=True)
class NewOwner:
    """An owner who is to be added, or who is known already and gets more dwellings."""

    known_id: int | None
    name: str
    phone: str
    resident_id: int | None
    rows: tuple[OwnerRow, ...]

    @property
    def area(self) -> int:
        """Of what is added, 0.01 m²."""
        return sum(row.area for row in self.rows)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What taking over would do; `faults` are the lines that it leaves out."""

    owners: tuple[NewOwner, ...]
    faults: tuple[OwnerFault, ...]

    @property
    def units(self) -> int:
        return sum(len(one.rows) for one in self.owners)

    @property
    def area(self) -> int:
        return sum(one.area for one in self.owners)

    @property
    def several(self) -> tuple[NewOwner, ...]:
        """Those with more than one dwelling: one person, or two of one name?"""
        return tuple(one for one in self.owners if len(one.rows) > 1)


def propose(source: Source, body_id: int, listed: OwnerList) -> Proposal:
    """What of a list is new to this estate. Nothing is changed.

    Lines are of one owner by his number in the list, else by name and telephone.
    """
    lookup = lookup_of(source)
    rows, faults = _free(owner_views.holders(lookup, body_id), listed)
    grouped: dict[_SameAs, list[OwnerRow]] = {}
    for row in rows:
        grouped.setdefault(_same_as(row), []).append(row)
    known = {(one.name, one.phone): one.id for one in owner_views.owners(lookup, body_id)}
    residents = _residents(lookup, rows)
    proposed = [
        NewOwner(
            known_id=known.get((group[0].name, group[0].phone)),
            name=group[0].name,
            phone=group[0].phone,
            resident_id=_resident(residents, group),
            rows=tuple(group),
        )
        for group in grouped.values()
    ]
    return Proposal(tuple(proposed), tuple(sorted(faults, key=lambda one: one.line)))


def apply(session: Session, body_id: int, proposal: Proposal) -> int:
    """Do what was proposed; gives how many owners were added.

    Raises DomainError for a dwelling that somebody else entered meanwhile.
    """
    owners.check_body(session, body_id)
    proposal = _checked_again(session, body_id, proposal)
    number = owners.next_number(session, body_id)
    new: list[tuple[Owner, NewOwner]] = []
    for one in (one for one in proposal.owners if one.known_id is None):
        row = Owner(body_id=body_id, number=number, name=one.name, phone=one.phone or None)
        row.resident_id = one.resident_id
        new.append((row, one))
        number += 1
    session.add_all(row for row, _ in new)
    session.flush()
    keyed = [(row.id, one) for row, one in new]
    keyed += [(one.known_id, one) for one in proposal.owners if one.known_id is not None]
    session.add_all(_units(keyed))
    session.flush()
    return len(new)


def _checked_again(session: Session, body_id: int, proposal: Proposal) -> Proposal:
    taken = owner_views.holders(session, body_id)
    kept = []
    for one in proposal.owners:
        rows = tuple(row for row in one.rows if _place(row) not in taken)
        if rows:
            kept.append(replace(one, rows=rows))
    return replace(proposal, owners=tuple(kept))


def _units(keyed: Iterable[tuple[int, NewOwner]]) -> Iterable[OwnerUnit]:
    for owner_id, one in keyed:
        for row in one.rows:
            building, unit, room = _place(row)
            yield OwnerUnit(
                owner_id=owner_id, building=building, unit=unit, room=room, area=row.area
            )


def _free(taken: dict[Place, str], listed: OwnerList) -> tuple[list[OwnerRow], list[OwnerFault]]:
    """Lines whose dwelling nobody has yet, and why the others are left out."""
    rows, faults, seen = [], list(listed.faults), dict(taken)
    for row in listed.rows:
        place = _place(row)
        if place in seen:
            words = owner_views.UnitView(*place, row.area).words
            faults.append(OwnerFault(row.line, f"{words}已经在{seen[place]}名下，没有重复导入。"))
            continue
        seen[place] = row.name
        rows.append(row)
    return rows, faults


def _same_as(row: OwnerRow) -> _SameAs:
    return ("", row.number) if row.number else (row.name, row.phone)


def _place(row: OwnerRow) -> Place:
    return (row.building, row.unit, row.room)


def _residents(lookup: Lookup, rows: Sequence[OwnerRow]) -> dict[str, list[tuple[int, str, Place]]]:
    """Who of the file has such a name: with telephone and home."""
    found: dict[str, list[tuple[int, str, Place]]] = {}
    joined = """resident AS r LEFT JOIN dwelling AS d ON d.id = r.dwelling_id
        LEFT JOIN building AS b ON b.id = d.building_id"""
    for names in chunks(sorted({row.name for row in rows}), _MANY):
        there = [one_of("r.name", list(names)), Sql("r.deleted_at IS NULL")]
        asked = query("r.id, r.name, r.phone, b.number, d.unit, d.room", joined, there)
        for key, name, phone, building, unit, room in lookup.rows(asked):
            home = (building or "", unit or "", room or "")
            found.setdefault(name, []).append((key, phone or "", home))
    return found


def _resident(
    residents: dict[str, list[tuple[int, str, Place]]], group: Sequence[OwnerRow]
) -> int | None:
    """The one of that name who has the telephone or lives in the dwelling; a guess is none."""
    places, phone = {_place(row) for row in group}, group[0].phone
    same = [
        key
        for key, number, home in residents.get(group[0].name, ())
        if (phone and number == phone) or home in places
    ]
    return same[0] if len(same) == 1 else None
