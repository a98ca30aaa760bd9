"""What 议事 knows of somebody who is erased: votes and counts stay, no name does."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    Attendee,
    Base,
    BodyMember,
    Evaluation,
    Owner,
    Speech,
    Topic,
    TopicPerson,
)
from app.services import erasing_rows, topic_keys
from app.services.erasing_rows import ids_where
from app.services.identity_texts import ERASED_WORDS, Rows

_EMPTIED: dict[type[Base], dict[str, Any]] = {
    Topic: {"person": None, "phone": None},
    BodyMember: {"name": ERASED_WORDS, "phone": None, "remark": None},
    Owner: {"name": ERASED_WORDS, "phone": None, "remark": None},
    Attendee: {"name": ERASED_WORDS, "came_from": None, "remark": None},
    Evaluation: {"name": ERASED_WORDS, "words": None},
    Speech: {"name": ERASED_WORDS},
}


def with_parts(session: Session, own: Rows) -> dict[str, set[int]]:
    """The same with what was said at meetings."""
    found = {table: set(ids) for table, ids in own.items()}
    there = Speech.attendee_id.in_(own[Attendee.__tablename__])
    found[Speech.__tablename__] = ids_where(session, Speech, there)
    return found


def phones(session: Session, own: Rows) -> set[str]:
    """Numbers and names that only 议事 may have."""
    found: set[str] = set()
    for model in (Topic, BodyMember, Owner):
        asked = select(model.phone).where(model.id.in_(own[model.__tablename__]))
        found |= {text for text in session.scalars(asked) if text}
    return found


def blockers(session: Session, own: Rows) -> Iterator[str]:
    """Why somebody cannot be erased yet, each with what to do first."""
    seats = BodyMember.id.in_(own[BodyMember.__tablename__])
    if ids_where(session, BodyMember, seats, BodyMember.until.is_(None), _stays(BodyMember)):
        yield "他还是议事组织的成员：先到“议事”的“组织”里登记离任。"
    if ids_where(session, Owner, Owner.id.in_(own[Owner.__tablename__]), _stays(Owner)):
        yield "他还在业主名册里：先到“议事”的“组织”里改成现在的业主。"


def _stays(model: Any) -> Any:
    return model.deleted_at.is_(None)


def empty(session: Session, rows: Rows, texts: Sequence[str]) -> None:
    """Take the person out of `rows` (`with_parts`), which are forgotten by the journal as well."""
    for model, values in _EMPTIED.items():
        erasing_rows.empty(session, model, rows[model.__tablename__], values)
    erasing_rows.remove(session, TopicPerson, rows[TopicPerson.__tablename__])
    words = ("title", "body", "wish", "concerns")
    erasing_rows.take_out(session, Topic, rows[Topic.__tablename__], words, texts)
    topic_keys.reindex(session, rows[Topic.__tablename__])
    erasing_rows.take_out(session, Speech, rows[Speech.__tablename__], ("words",), texts)
