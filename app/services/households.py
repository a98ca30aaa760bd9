"""Households (户): who belongs together, who leads them, splitting and moving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import EventKind, Household, Resident, ResidentEvent
from app.services import dwellings, heads, people, places, search_keys
from app.services.ages import age_on
from app.values.codes import HEAD

_NUMBER_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Member:
    id: int
    name: str
    sex: str
    age: int | None
    relation: str
    is_head: bool


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """A household with those of its members who count, the head first."""

    id: int
    number: str
    head_id: int | None
    head_name: str
    place: str
    place_short: str
    members: tuple[Member, ...]

    @property
    def label(self) -> str:
        """户 0417（户主 仇志国）."""
        return (
            f"户 {self.number}（户主 {self.head_name}）" if self.head_name else f"户 {self.number}"
        )


def household(session: Session, household_id: int, *, today: date) -> HouseholdView:
    """One household; raises DomainError when it is gone."""
    row = _get(session, household_id)
    members = [
        Member(
            one.id,
            one.name,
            one.sex or "",
            age_on(one.birth_date, today),
            one.relation or "",
            one.id == row.head_id,
        )
        for one in people.of_household(session, household_id)
    ]
    members.sort(key=lambda one: (not one.is_head, -(one.age or 0), one.id))
    place = dwellings.place_of(session, row.dwelling_id)
    return HouseholdView(
        id=row.id,
        number=row.number,
        head_id=row.head_id,
        head_name=next((one.name for one in members if one.is_head), ""),
        place=places.spoken(*place),
        place_short=places.short(*place),
        members=tuple(members),
    )


def at_address(session: Session, address: str, *, today: date) -> list[HouseholdView]:
    """The households of a flat, those with members first; none when the flat is unknown."""
    dwelling_id = dwellings.find(session, address)
    if dwelling_id is None:
        return []
    found = session.scalars(
        select(Household.id)
        .where(Household.dwelling_id == dwelling_id, Household.deleted_at.is_(None))
        .order_by(Household.number)
    )
    views = [household(session, one, today=today) for one in found]
    return sorted(views, key=lambda view: not view.members)


def next_number(session: Session) -> str:
    """The number that the next household gets: 0418."""
    candidate = (session.scalar(select(func.max(Household.id))) or 0) + 1
    while session.scalar(select(Household.id).where(Household.number == _number(candidate))):
        candidate += 1
    return _number(candidate)


def _number(count: int) -> str:
    return str(count).zfill(_NUMBER_DIGITS)


def create(session: Session, *, dwelling_id: int | None, head_id: int | None = None) -> int:
    """A new household at a flat; its head, if told, must be put into it by the caller."""
    row = Household(number=next_number(session), dwelling_id=dwelling_id, head_id=head_id)
    session.add(row)
    session.flush()
    return row.id


def change_head(
    session: Session, household_id: int, head_id: int, *, relations: Mapping[int, str] | None = None
) -> tuple[str, ...]:
    """Another member leads; `relations` says what the others are to the new head."""
    row = _get(session, household_id)
    head = heads.choose(session, household_id, head_id)
    if row.head_id == head.id:
        raise DomainError(f"{head.name}已经是这一户的户主。")
    return heads.set_head(session, row, head, relations)


def move_person(
    session: Session,
    resident_id: int,
    household_id: int,
    *,
    relation: str,
    on_date: date,
    now: datetime,
) -> tuple[str, ...]:
    """Put a person into another household; raises DomainError when he is in it already."""
    person = people.get_present(session, resident_id)
    if person.household_id == household_id:
        raise DomainError(f"{person.name}已经在这一户。")
    target = _get(session, household_id)
    said = join(session, person, target.id, relation=relation, on_date=on_date, now=now)
    person.dwelling_id = target.dwelling_id or person.dwelling_id
    search_keys.reindex(session, [person.id])
    return said


def join(
    session: Session,
    person: Resident,
    household_id: int | None,
    *,
    relation: str,
    on_date: date,
    now: datetime,
) -> tuple[str, ...]:
    """Change a person's household and note it; both households keep exactly one head."""
    left = person.household_id
    person.household_id, person.relation = household_id, relation or None
    session.flush()
    if left is not None and left != household_id:
        session.add(_changed(person.id, left, household_id, on_date, now))
    said = heads.ensure_head(session, left) if left != household_id else ()
    return (*said, *settle(session, person))


def settle(session: Session, person: Resident) -> tuple[str, ...]:
    """After a relation was entered: a new 户主 takes over from the old one."""
    if person.household_id is None:
        return ()
    row = session.get_one(Household, person.household_id)
    if person.relation == HEAD and row.head_id != person.id:
        return heads.set_head(session, row, person)
    return heads.ensure_head(session, row.id)


def split(
    session: Session,
    resident_ids: Sequence[int],
    *,
    head_id: int,
    address: str | None = None,
    on_date: date,
    now: datetime,
    relations: Mapping[int, str] | None = None,
) -> int:
    """分户: these people of one household become a household of their own; returns its id."""
    leaving = [people.get_present(session, one) for one in resident_ids]
    _check_split(session, leaving, head_id)
    old = leaving[0].household_id
    dwelling_id = _new_place(session, address) if address else leaving[0].dwelling_id
    new = create(session, dwelling_id=dwelling_id)
    told = relations or {}
    for person in sorted(leaving, key=lambda one: one.id != head_id):
        relation = HEAD if person.id == head_id else told.get(person.id, person.relation or "")
        if relation == HEAD and person.id != head_id:
            relation = ""
        person.household_id, person.relation = new, relation or None
        person.dwelling_id = dwelling_id
        session.add(_changed(person.id, old, new, on_date, now))
    session.flush()
    heads.ensure_head(session, new)
    heads.ensure_head(session, old)
    search_keys.reindex(session, resident_ids)
    return new


def _check_split(session: Session, leaving: Sequence[Resident], head_id: int) -> None:
    if not leaving or len({person.household_id for person in leaving}) != 1:
        raise DomainError("分户的人必须来自同一户，请重新选择。")
    if head_id not in {person.id for person in leaving}:
        raise DomainError("新户的户主必须在分出去的人当中，请重新选择。")
    old = leaving[0].household_id
    if old is None:
        raise DomainError("这些人还没有户，请在资料里选“新立一户”。")
    if len(people.of_household(session, old)) == len(leaving):
        raise DomainError("全户的人都选上了，这不是分户；整户搬家请用“整户搬迁”。")


def _changed(
    resident_id: int, old: int | None, new: int | None, on_date: date, now: datetime
) -> ResidentEvent:
    return ResidentEvent(
        resident_id=resident_id,
        kind=EventKind.CHANGED_HOUSEHOLD,
        on_date=on_date,
        from_household_id=old,
        to_household_id=new,
        created_at=now,
    )


def move(session: Session, household_id: int, address: str) -> tuple[str, ...]:
    """整户搬迁: everybody who lived at the household's flat goes with it to another one."""
    row = _get(session, household_id)
    dwelling_id = _new_place(session, address)
    if dwelling_id == row.dwelling_id:
        raise DomainError("这一户已经住在那里。")
    old_place, grid_id = row.dwelling_id, dwellings.grid_of(session, dwelling_id)
    members = people.of_household(session, household_id)
    moving = [one for one in members if one.dwelling_id in {old_place, None}]
    for person in moving:
        person.dwelling_id = dwelling_id
        person.grid_id = grid_id or person.grid_id
    row.dwelling_id = dwelling_id
    search_keys.reindex(session, [one.id for one in moving])
    staying = [one.name for one in members if one not in moving]
    place = places.spoken(*dwellings.place_of(session, dwelling_id))
    said = [f"户 {row.number} 共 {len(moving)} 人搬到 {place}。"]
    if staying:
        said.append(f"{'、'.join(staying)} 另有住处，没有改动。")
    return tuple(said)


def _new_place(session: Session, address: str) -> int:
    dwelling_id = dwellings.ensure(session, address)
    if dwelling_id is None:
        raise DomainError(f"看不懂住址“{address}”，请写成 3-2-501 这样。")
    return dwelling_id


def _get(session: Session, household_id: int) -> Household:
    row = session.get(Household, household_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一户已经不在了，请刷新后再试。")
    return row
