"""People who may be entered twice: the same document number, or the same name and birth date."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from app.models import DistinctPair, Grid, Household, Resident
from app.services import people, places
from app.services.resident_input import ResidentInput, tidied
from app.services.resident_rows import ResidentRow, rows
from app.values.addresses import parse_address
from app.values.documents import check_document
from app.values.masking import mask_id, mask_phone
from app.values.phones import parse_phones

Verdict = Literal["同", "不同", "—"]
_MOST = 5


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One field of two records side by side; — where one of them has nothing."""

    label: str
    entered: str
    existing: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Somebody in the file who may be the person being entered."""

    id: int
    card: ResidentRow
    same: tuple[str, ...]
    lines: tuple[ComparedLine, ...]
    certain: bool
    hint: str
    family: tuple[str, ...]


def look_alikes(
    session: Session, entered: ResidentInput, *, exclude_id: int | None = None, today: date
) -> list[LookAlike]:
    """Who looks like the input, the same document number first; declared-distinct are left out."""
    entered = tidied(entered)
    number = check_document(entered.document_number, today=today).number
    likeness = _likeness(entered, number)
    if not likeness:
        return []
    statement = select(Resident.id).where(or_(*likeness), Resident.deleted_at.is_(None))
    if exclude_id is not None:
        statement = statement.where(
            Resident.id != exclude_id, Resident.id.not_in(_distinct_from(exclude_id))
        )
    ids = session.scalars(statement.order_by(Resident.id).limit(_MOST)).all()
    found = [_look_alike(session, entered, number, row) for row in rows(session, ids, today=today)]
    return sorted(found, key=lambda one: not one.certain)


def _likeness(entered: ResidentInput, number: str) -> list[ColumnElement[bool]]:
    likeness: list[ColumnElement[bool]] = []
    if number:
        likeness.append(Resident.document_number == number)
    if entered.name and entered.birth_date:
        # The birth date leads: it has an index, and few people share one.
        likeness.append(
            and_(Resident.birth_date == entered.birth_date, Resident.name == entered.name)
        )
    return likeness


def _distinct_from(resident_id: int) -> ColumnElement[int]:
    first = select(DistinctPair.second_id).where(DistinctPair.first_id == resident_id)
    second = select(DistinctPair.first_id).where(DistinctPair.second_id == resident_id)
    return first.union(second).scalar_subquery()


def _look_alike(
    session: Session, entered: ResidentInput, number: str, row: ResidentRow
) -> LookAlike:
    lines = _compare(session, entered, number, row)
    family, hint = _family(session, entered, row)
    return LookAlike(
        id=row.id,
        card=row,
        same=tuple(line.label for line in lines if line.verdict == "同"),
        lines=lines,
        certain=bool(number) and row.document_number == number,
        hint=hint,
        family=family,
    )


def _compare(
    session: Session, entered: ResidentInput, number: str, row: ResidentRow
) -> tuple[ComparedLine, ...]:
    address = parse_address(entered.address)
    phones = parse_phones(entered.phone)
    phone = "" if phones.faults else next(iter(phones.numbers), "")
    grid = session.get(Grid, entered.grid_id) if entered.grid_id else None
    return (
        compared("姓名", entered.name, row.name),
        compared("性别", entered.sex, row.sex),
        compared("出生", _iso(entered.birth_date), _iso(row.birth_date)),
        compared("证件号", number, row.document_number, mask_id),
        compared(
            "现住址",
            places.listed(address.building, address.unit, address.room),
            row.place,
        ),
        compared(
            "户",
            _membership(_number_of(session, entered.household_id), entered.relation),
            _membership(row.household_number, row.relation),
        ),
        compared("手机", phone, row.phone, mask_phone),
        compared("网格", grid.name if grid else "", row.grid_name),
    )


def compared(
    label: str, entered: str, existing: str, shown: Callable[[str], str] = str
) -> ComparedLine:
    """Two values side by side, compared in the clear and shown as on screen."""
    verdict: Verdict = "—"
    if entered and existing:
        verdict = "同" if entered == existing else "不同"
    return ComparedLine(
        label, shown(entered) if entered else "", shown(existing) if existing else "", verdict
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _membership(number: str, relation: str) -> str:
    return "・".join(part for part in (number, relation) if part)


def _number_of(session: Session, household_id: int | None) -> str:
    row = session.get(Household, household_id) if household_id else None
    return row.number if row else ""


def _family(
    session: Session, entered: ResidentInput, row: ResidentRow
) -> tuple[tuple[str, ...], str]:
    """The look-alike's household, and what ties it to the one being entered."""
    theirs = people.get(session, row.id).household_id
    if theirs is None:
        return (), ""
    others = [one for one in people.of_household(session, theirs) if one.id != row.id]
    family = tuple(f"{one.name}（{one.relation}）" if one.relation else one.name for one in others)
    target = session.get(Household, entered.household_id) if entered.household_id else None
    head = session.get(Resident, target.head_id) if target and target.head_id else None
    if head is None:
        return family, ""
    if theirs == entered.household_id:
        return family, f"已有的人就在您填的这一户（户主{head.name}）。"
    if any(one.name == head.name for one in others):
        return family, f"家人里有「{head.name}」，正是您填的这一户的户主。"
    return family, ""


def declare_distinct(session: Session, first_id: int, second_id: int, *, now: datetime) -> None:
    """不是同一人: remembered, the two are never compared again."""
    first, second = sorted((first_id, second_id))
    known = select(DistinctPair.id).where(
        DistinctPair.first_id == first, DistinctPair.second_id == second
    )
    if first != second and session.scalar(known) is None:
        session.add(DistinctPair(first_id=first, second_id=second, decided_at=now))
        session.flush()


def pairs(
    session: Session, *, today: date, limit: int = 50
) -> list[tuple[ResidentRow, ResidentRow]]:
    """People in the file who look like one another and were not declared distinct."""
    found: dict[tuple[int, int], None] = {}
    for facts in (("document_number",), ("name", "birth_date")):
        statement = _pairs_by(*facts).limit(limit)
        found.update({(first, second): None for first, second in session.execute(statement)})
    chosen = list(found)[:limit]
    lines = {
        row.id: row
        for row in rows(session, list({key for pair in chosen for key in pair}), today=today)
    }
    return [(lines[first], lines[second]) for first, second in chosen]


def pairs_of_one_name(session: Session) -> list[tuple[int, int]]:
    """Ids of all pairs with the same name and birth date that were not declared distinct."""
    found = session.execute(_pairs_by("name", "birth_date"))
    return [(first, second) for first, second in found]


def _pairs_by(*facts: str) -> Select[int, int]:
    """Pairs with the same facts: first which of them are shared at all, in one reading.

    An index would lead from each person to the next all over the file, so it is kept away.
    """
    one, other = aliased(Resident), aliased(Resident)
    first, *rest = [getattr(Resident, fact) for fact in facts]
    columns = (first.concat(literal_column("''")), *rest)
    shared = select(*columns).where(Resident.deleted_at.is_(None))
    shared = shared.group_by(*columns).having(func.count() > 1)
    distinct = exists().where(DistinctPair.first_id == one.id, DistinctPair.second_id == other.id)
    alike = [getattr(one, fact) == getattr(other, fact) for fact in facts]
    return (
        select(one.id, other.id)
        .join(other, and_(*alike, other.id > one.id))
        .where(
            tuple_(*(getattr(one, fact) for fact in facts)).in_(shared),
            one.deleted_at.is_(None),
            other.deleted_at.is_(None),
            ~distinct,
        )
        .order_by(one.id, other.id)
    )
