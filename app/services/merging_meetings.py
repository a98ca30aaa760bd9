"""What two records of one person have in 议事 becomes one: what they brought up, sat in and said.

Who voted and who was there is told as it was then: two lines of one meeting both stay.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Attendee, BodyMember, Evaluation, Owner, Resident, Topic, TopicPerson

# Once in each: the column that tells in what.
_ONCE: tuple[tuple[Any, str], ...] = (
    (TopicPerson, "topic_id"),
    (Evaluation, "resolution_id"),
    (Attendee, "meeting_id"),
)


def bring_together(session: Session, keep: Resident, other: Resident) -> tuple[str, ...]:
    """Give the keeper all that the other record has; says what is to be put right by hand."""
    for topic in _all_of(session, Topic, other):
        topic.resident_id = keep.id
    for model, where in _ONCE:
        have = {getattr(one, where) for one in _all_of(session, model, keep)}
        for row in _all_of(session, model, other):
            if getattr(row, where) not in have:
                row.resident_id = keep.id
    said = (*_seats(session, keep, other), *_dwellings(session, keep, other))
    session.flush()
    return said


def _seats(session: Session, keep: Resident, other: Resident) -> Iterator[str]:
    """Two seats in one body count twice: only somebody who knows them can end one."""
    mine = {one.body_id for one in _all_of(session, BodyMember, keep) if _sits(one)}
    for row in _all_of(session, BodyMember, other):
        row.resident_id = keep.id
        if _sits(row) and row.body_id in mine:
            yield f"{keep.name}在一个议事组织里有两个身份，请到“议事”的“组织”里留一个。"


def _sits(row: BodyMember) -> bool:
    return row.until is None and row.deleted_at is None


def _dwellings(session: Session, keep: Resident, other: Resident) -> Iterator[str]:
    mine = {one.body_id for one in _all_of(session, Owner, keep) if one.deleted_at is None}
    for row in _all_of(session, Owner, other):
        row.resident_id = keep.id
        if row.deleted_at is None and row.body_id in mine:
            yield f"{keep.name}在业主名册里有两份，请到“议事”的“组织”里并成一位业主。"


def _all_of(session: Session, model: Any, person: Resident) -> list[Any]:
    return list(session.scalars(select(model).where(model.resident_id == person.id)))
