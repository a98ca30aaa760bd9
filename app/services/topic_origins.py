"""What a new topic begins with: nothing, a person, a line of the diary, a request, a visit."""

from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    DiaryEntry,
    DiaryMet,
    Dwelling,
    Request,
    Resident,
    TopicOrigin,
    Visit,
)
from app.services import diary, request_detail
from app.services.request_origins import title_of
from app.services.topic_input import TopicInput
from app.storage.lookup import Source, Sql, any_of, lookup_of, query


class Known(NamedTuple):
    """A topic that is there already."""

    id: int
    number: int


def blank(
    session: Session,
    *,
    resident_id: int | None = None,
    diary_entry_id: int | None = None,
    request_id: int | None = None,
    visit_id: int | None = None,
) -> TopicInput:
    """As much as is known before anything is typed.

    Raises DomainError where that is gone, or where a topic has come of it already.
    """
    known = came_of(
        session, diary_entry_id=diary_entry_id, request_id=request_id, visit_id=visit_id
    )
    if known is not None:
        raise DomainError(f"它已经提为 {known.number} 号议题，没有再记一次。")
    if diary_entry_id is not None:
        return _of_diary(session, diary.get(session, diary_entry_id))
    if request_id is not None:
        return _of_request(request_detail.get(session, request_id))
    if visit_id is not None:
        return _of_visit(session, visit_id)
    entered = TopicInput(origin=TopicOrigin.FORUM)
    return entered if resident_id is None else of_person(session, entered, resident_id)


def of_person(session: Session, entered: TopicInput, resident_id: int) -> TopicInput:
    """Who speaks, the building and unit where nothing else is entered, the grid."""
    resident = session.get(Resident, resident_id)
    if resident is None or resident.deleted_at is not None:
        raise DomainError("这个人已经不在名册里，请重新选人。")
    known = replace(entered, resident_id=resident_id, grid_id=entered.grid_id or resident.grid_id)
    home = session.get(Dwelling, resident.dwelling_id) if resident.dwelling_id else None
    if home is None or entered.building_id is not None or entered.place:
        return known
    return replace(known, building_id=home.building_id, unit=home.unit)


def came_of(
    source: Source,
    *,
    diary_entry_id: int | None = None,
    request_id: int | None = None,
    visit_id: int | None = None,
) -> Known | None:
    """The topic that came of a diary line, a request or a visit; None for none."""
    asked = {"diary_entry_id": diary_entry_id, "request_id": request_id, "visit_id": visit_id}
    chosen = [Sql(f"{name} = ?", (key,)) for name, key in asked.items() if key is not None]
    there = [any_of(chosen), Sql("deleted_at IS NULL")]
    found = next(lookup_of(source).rows(query("id, number", "topic", there)), None)
    return Known(*found) if found is not None else None


def _of_diary(session: Session, entry: DiaryEntry) -> TopicInput:
    entered = TopicInput(
        origin=TopicOrigin.DIARY,
        came_on=entry.on_date,
        title=title_of(entry.seen),
        body="\n".join(part for part in (entry.seen, entry.measures) if part),
        category_id=entry.category_id,
        grid_id=entry.grid_id,
        diary_entry_id=entry.id,
    )
    met = session.scalars(
        select(DiaryMet).where(DiaryMet.entry_id == entry.id).order_by(DiaryMet.id)
    ).all()
    building = next((one for one in met if one.building_id), None)
    if building is not None:
        entered = replace(entered, building_id=building.building_id, unit=building.unit)
    words = next((one.words for one in met if one.words), None)
    entered = replace(entered, place=words or "")
    person = next((one.resident_id for one in met if one.resident_id), None)
    return of_person(session, entered, person) if person is not None else entered


def _of_request(row: Request) -> TopicInput:
    return TopicInput(
        origin=TopicOrigin.REQUEST,
        came_on=row.came_on,
        title=row.title,
        body=row.body or "",
        category_id=row.category_id,
        resident_id=row.resident_id,
        person=row.person or "",
        phone=row.phone or "",
        building_id=row.building_id,
        unit=row.unit,
        place=row.place or "",
        grid_id=row.grid_id,
        request_id=row.id,
    )


def _of_visit(session: Session, visit_id: int) -> TopicInput:
    visit = session.get(Visit, visit_id)
    if visit is None or visit.deleted_at is not None:
        raise DomainError("这次走访已经不在了，请刷新后再试。")
    entered = TopicInput(
        origin=TopicOrigin.VISIT,
        came_on=visit.on_date,
        title=title_of(visit.note or ""),
        body=visit.note or "",
        grid_id=visit.grid_id,
        visit_id=visit.id,
    )
    return of_person(session, entered, visit.resident_id)
