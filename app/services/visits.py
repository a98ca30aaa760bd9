"""Households to be visited: of the people on a list, each once, with everybody who lives there."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.models import Household, Resident
from app.reports.visit_form import Member, Visit
from app.services import residents
from app.services.chunks import chunks
from app.services.filters import present
from app.services.homes import Home, homes
from app.services.residents import ResidentRow
from app.values.codes import HEAD


def visits(session: Session, ids: Sequence[int], *, today: date, masked: bool) -> list[Visit]:
    """One for each household of these people in the order of `ids`; who has none counts alone."""
    household_of = _households(session, ids)
    members = _members(session, sorted({one for one in household_of.values() if one}))
    people = list(dict.fromkeys([*ids, *(one for home in members.values() for one in home)]))
    rows = {row.id: row for row in residents.rows(session, people, today=today)}
    where = homes(session, people)
    groups = [
        [rows[one] for one in members.get(home or 0, (first,)) if one in rows]
        for first, home in _first_of_each(ids, household_of)
    ]
    return [_visit(group, where, masked) for group in groups if group]


def everybody(session: Session, ids: Sequence[int]) -> tuple[int, ...]:
    """All who stand on the forms of these people's households: they are journaled."""
    household_of = _households(session, ids)
    members = _members(session, sorted({one for one in household_of.values() if one}))
    found = [key for home in members.values() for key in home]
    return tuple(dict.fromkeys([*ids, *found]))


def _households(session: Session, ids: Sequence[int]) -> dict[int, int | None]:
    """The household of each person who still counts; None without one."""
    found: dict[int, int | None] = {}
    for part in chunks(ids, 500):
        for key, home in session.connection().execute(_HOUSEHOLD_OF, {"ids": list(part)}):
            found[key] = home
    return found


def _members(session: Session, household_ids: Sequence[int]) -> dict[int, list[int]]:
    """Who lives in each household, the head first, then the eldest."""
    found: dict[int, list[int]] = {}
    for part in chunks(household_ids, 500):
        for key, home in session.connection().execute(_MEMBERS, {"ids": list(part)}):
            found.setdefault(home, []).append(key)
    return found


def _first_of_each(
    ids: Sequence[int], household_of: Mapping[int, int | None]
) -> Iterable[tuple[int, int | None]]:
    """The person who brings each household onto the list, and the household."""
    seen: set[int] = set()
    for one in ids:
        home = household_of.get(one)
        if home is not None and home in seen:
            continue
        if home is not None:
            seen.add(home)
        yield one, home


def _visit(group: Sequence[ResidentRow], where: Mapping[int, Home], masked: bool) -> Visit:
    head = next((row for row in group if row.relation == HEAD), group[0])
    reached = next((row for row in (head, *group) if row.phone), head)
    return Visit(
        number=head.household_number,
        head=head.name,
        place=where[head.id].words,
        phone=reached.phone_masked if masked else reached.phone,
        grid=head.grid_name,
        members=tuple(map(_member, group)),
    )


def _member(row: ResidentRow) -> Member:
    tags = tuple(tag.name for tag in row.tags)
    return Member(row.name, row.relation, row.sex, row.age, tags)


_HOUSEHOLD_OF = select(Resident.id, Resident.household_id).where(
    Resident.id.in_(bindparam("ids", expanding=True)), present()
)
_MEMBERS = (
    select(Resident.id, Household.id)
    .join(Household, Household.id == Resident.household_id)
    .where(Household.id.in_(bindparam("ids", expanding=True)), present())
    .order_by(Household.id, Household.head_id != Resident.id, Resident.birth_date, Resident.id)
)
