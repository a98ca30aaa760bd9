"""What a new request begins with: nothing, a person, a line of the diary, or a visit."""

import re
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Category,
    DiaryEntry,
    DiaryMet,
    Dwelling,
    Origin,
    RequestState,
    Resident,
    Visit,
)
from app.services import diary
from app.services.request_due import Facts
from app.services.requests import RequestInput

_TITLE = 20
"""Characters of a finding that make a title; the whole of it stands in the details."""
_CLAUSE = re.compile(r"[。；;，,！!？?\n]")


def blank(
    session: Session,
    *,
    resident_id: int | None = None,
    diary_entry_id: int | None = None,
    visit_id: int | None = None,
) -> RequestInput:
    """As much as is known before anything is typed; raises DomainError where that is gone."""
    if diary_entry_id is not None:
        return _of_diary(session, diary.get(session, diary_entry_id))
    if visit_id is not None:
        visit = session.get(Visit, visit_id)
        if visit is None or visit.deleted_at is not None:
            raise DomainError("这次走访已经不在了，请刷新后再试。")
        return _of_visit(session, visit)
    if resident_id is not None:
        return of_person(session, RequestInput(), resident_id)
    return RequestInput(origin=Origin.RESIDENT)


def of_person(session: Session, entered: RequestInput, resident_id: int) -> RequestInput:
    """The person who asks, the building and unit where nothing else is entered, the grid."""
    resident = session.get(Resident, resident_id)
    if resident is None or resident.deleted_at is not None:
        raise DomainError("这个人已经不在名册里，请重新选人。")
    known = replace(entered, resident_id=resident_id, grid_id=entered.grid_id or resident.grid_id)
    home = session.get(Dwelling, resident.dwelling_id) if resident.dwelling_id else None
    if home is None or entered.building_id is not None or entered.place:
        return known
    return replace(known, building_id=home.building_id, unit=home.unit)


def _of_diary(session: Session, entry: DiaryEntry) -> RequestInput:
    entered = RequestInput(
        origin=Origin.MEMBER,
        title=title_of(entry.seen),
        body="\n".join(part for part in (entry.seen, entry.measures) if part),
        category_id=entry.category_id,
        grid_id=entry.grid_id,
        member_id=entry.member_id,
        diary_entry_id=entry.id,
    )
    met = session.scalars(
        select(DiaryMet).where(DiaryMet.entry_id == entry.id).order_by(DiaryMet.id)
    ).all()
    person = next((one.resident_id for one in met if one.resident_id), None)
    building = next((one for one in met if one.building_id), None)
    if building is not None:
        entered = replace(entered, building_id=building.building_id, unit=building.unit)
    words = next((one.words for one in met if one.words), None)
    entered = replace(entered, place=words or "")
    return of_person(session, entered, person) if person is not None else entered


def _of_visit(session: Session, visit: Visit) -> RequestInput:
    entered = RequestInput(
        origin=Origin.MEMBER,
        title=title_of(visit.note or ""),
        body=visit.note or "",
        grid_id=visit.grid_id,
        member_id=visit.member_id,
        visit_id=visit.id,
    )
    return of_person(session, entered, visit.resident_id)


def title_of(words: str) -> str:
    """The first clause of a finding: 楼道灯三个月不亮."""
    return _CLAUSE.split(words.strip(), maxsplit=1)[0].strip()[:_TITLE]


def name_on_file(session: Session, resident_id: int) -> str:
    """The name in the roster, '' for somebody who is not seen there."""
    resident = session.get(Resident, resident_id)
    return resident.name if resident else ""


def phone_on_file(session: Session, resident_id: int) -> str:
    """The number in the roster, in the clear: windows mask it."""
    resident = session.get(Resident, resident_id)
    return (resident.phone or "") if resident else ""


def facts(session: Session, entered: RequestInput, *, today: date) -> Facts:
    """What its deadline will hang on when it is written down today."""
    category = session.get(Category, entered.category_id) if entered.category_id else None
    came_on = entered.came_at.date() if entered.came_at else today
    return Facts(
        state=RequestState.REGISTERED,
        urgency=entered.urgency,
        consultation=category is not None and category.consultation,
        begun_on=came_on,
        order_due_on=entered.order_due_on,
        done_on=None,
    )
