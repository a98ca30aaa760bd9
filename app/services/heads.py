"""Exactly one head (户主) while a household has members."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Household, Resident
from app.services import people
from app.values.codes import HEAD

_SPOUSES = ("配偶", "夫", "妻")


def ensure_head(session: Session, household_id: int | None) -> tuple[str, ...]:
    """Give the household a head if it has members and none leads it; says whom it chose."""
    if household_id is None:
        return ()
    session.flush()
    household = session.get_one(Household, household_id)
    members = people.of_household(session, household_id)
    if not members:
        household.head_id = None
        return ()
    head = next((one for one in members if one.id == household.head_id), None)
    if head is not None:
        head.relation = HEAD
        return ()
    return set_head(session, household, min(members, key=_rank))


def proposed(session: Session, household_id: int) -> Resident | None:
    """Whom `ensure_head` would choose where nobody leads; None for a household without members."""
    return min(people.of_household(session, household_id), key=_rank, default=None)


def set_head(
    session: Session,
    household: Household,
    head: Resident,
    relations: Mapping[int, str] | None = None,
) -> tuple[str, ...]:
    """Make a member the head; `relations` tells what the others are to the new one."""
    others = [one for one in people.of_household(session, household.id) if one.id != head.id]
    had_head = household.head_id is not None
    told = relations or {}
    for one in others:
        if one.id in told:
            one.relation = told[one.id]
        elif one.relation == HEAD:
            one.relation = None
    household.head_id, head.relation = head.id, HEAD
    session.flush()
    untold = [one.name for one in others if one.id not in told]
    said = [f"户 {household.number} 的户主{'改为' if had_head else '是'}{head.name}。"]
    if had_head and untold:
        said.append(f"请核对 {'、'.join(untold)} 与新户主的关系。")
    return tuple(said)


def choose(session: Session, household_id: int, head_id: int) -> Resident:
    """A member who counts, to be the head; raises DomainError for anybody else."""
    for one in people.of_household(session, household_id):
        if one.id == head_id:
            return one
    raise DomainError("新户主必须是本户现有的成员，请重新选择。")


def _rank(person: Resident) -> tuple[int, date, int]:
    """Who would lead: the one called head, the spouse, then the eldest."""
    if person.relation == HEAD:
        standing = 0
    elif person.relation in _SPOUSES:
        standing = 1
    else:
        standing = 2
    return standing, person.birth_date or date.max, person.id
