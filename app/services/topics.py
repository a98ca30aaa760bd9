"""Topics (议题) as residents bring them up: registered, corrected, thrown away (domain.md 5.3)."""

from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Action,
    AgendaItem,
    Resident,
    Resolution,
    Topic,
    TopicState,
)
from app.services import matter_place, people, rights, topic_input, topic_keys
from app.services.topic_input import TopicInput
from app.storage import journal
from app.storage.lookup import actor_of
from app.values.rights import Right

FRESH = (TopicState.RAISED, TopicState.ACCEPTED)
"""No meeting has it yet: it may be screened, merged, thrown away"""
_ASK_CATEGORY = "请选类别，公布清单和统计按类别分。"
_ASK_GRID = "请选这件事属于哪个网格。"
_NAMES = tuple(field.name for field in fields(TopicInput))
_TEXTS = tuple(topic_input.LONGEST)


def register(session: Session, entered: TopicInput, *, now: datetime) -> int:
    """Write a topic down under the next number; gives its id. Raises DomainError."""
    rights.require(session, Right.RAISE_TOPICS)
    row = Topic(
        number=_next_number(session),
        came_on=entered.came_on or now.date(),
        state=TopicState.RAISED,
        registered_by=actor_of(session).name,
        registered_at=now,
        diary_entry_id=entered.diary_entry_id,
        request_id=entered.request_id,
        visit_id=entered.visit_id,
    )
    _fill(session, row, entered, now.date())
    session.add(row)
    session.flush()
    topic_keys.reindex(session, [row.id])
    return row.id


def change(
    session: Session, topic_id: int, entered: TopicInput, *, version: int, now: datetime
) -> None:
    """Correct what was written down; raises DomainError, ChangedMeanwhile."""
    rights.require(session, Right.RAISE_TOPICS)
    row = get(session, topic_id, version=version)
    if row.state is TopicState.MERGED:
        raise DomainError("这个议题已经并入别的议题，不能再改。请改并入的那一个。")
    row.came_on = entered.came_on or row.came_on
    before = row.grid_id
    _fill(session, row, entered, now.date())
    if row.grid_id != before:
        _move_resolutions(session, row)
    session.flush()
    topic_keys.reindex(session, [row.id])


def remove(session: Session, topic_id: int, *, version: int, now: datetime) -> None:
    """Into the recycle bin; what a meeting has talked over stays."""
    rights.require(session, Right.RAISE_TOPICS)
    row = get(session, topic_id, version=version)
    if is_heard(session, topic_id):
        raise DomainError(
            "这个议题在会议的议程上，或者开会议过，不能删除。还没开的会，先从议程里去掉。"
        )
    same = (Topic.merged_into_id == topic_id, Topic.deleted_at.is_(None))
    if session.scalar(select(Topic.id).where(*same).limit(1)) is not None:
        raise DomainError("有别的议题并入了它，删掉就找不到了。请先把那几个分出来。")
    row.deleted_at = now
    session.flush()


def input_of(session: Session, topic_id: int) -> tuple[TopicInput, int]:
    """What the form shows, and the version that it goes back with."""
    row = get(session, topic_id)
    values = {name: getattr(row, name) for name in _NAMES}
    return TopicInput(**values | {name: values[name] or "" for name in _TEXTS}), row.version


def get(session: Session, topic_id: int, *, version: int | None = None) -> Topic:
    """The row; raises DomainError where it is gone, ChangedMeanwhile for an old version."""
    row = session.get(Topic, topic_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这个议题已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def is_heard(session: Session, topic_id: int) -> bool:
    """Whether it stands on an agenda, or a resolution came of it."""
    found = (
        select(AgendaItem.id).where(AgendaItem.topic_id == topic_id),
        select(Resolution.id).where(Resolution.topic_id == topic_id),
    )
    return any(session.scalar(asked.limit(1)) is not None for asked in found)


def _move_resolutions(session: Session, row: Topic) -> None:
    """What came of it is the grid's that the topic is of: whoever sees the one sees the other."""
    for made in session.scalars(select(Resolution).where(Resolution.topic_id == row.id)):
        made.grid_id = row.grid_id


def _next_number(session: Session) -> int:
    """Never one that was given before: what was taken back keeps its number (journal.next_id)."""
    used = session.scalar(select(func.max(Topic.number))) or 0
    return max(used + 1, journal.next_id(session, Topic))


def _fill(session: Session, row: Topic, entered: TopicInput, today: date) -> None:
    texts = topic_input.texts(entered)
    topic_input.check_figures(entered, today)
    resident = _resident(session, row, entered.resident_id)
    row.origin, row.households = entered.origin, entered.households
    row.category_id = matter_place.category(
        session, entered.category_id, row.category_id, ask=_ASK_CATEGORY
    )
    row.title, row.resident_id = texts["title"], resident.id if resident else None
    # What the person's own record tells is not kept twice.
    row.person = _unless_same(texts["person"], resident.name if resident else "")
    row.phone = _unless_same(texts["phone"], resident.phone if resident else "")
    for name in ("place", "body", "wish", "concerns"):
        setattr(row, name, texts[name] or None)
    # What was left as it was is not asked again: the building may have gone since.
    if entered.building_id is not None and entered.building_id == row.building_id:
        row.unit = texts["unit"]
    else:
        row.building_id, row.unit = matter_place.place(session, entered)
    if entered.grid_id is None or entered.grid_id != row.grid_id:
        row.grid_id = matter_place.grid(session, entered, resident, row.building_id, ask=_ASK_GRID)


def _resident(session: Session, row: Topic, resident_id: int | None) -> Resident | None:
    """Whose topic it is; somebody whose record was deleted since stays."""
    if resident_id is None or resident_id != row.resident_id:
        return people.get(session, resident_id) if resident_id else None
    return session.get_one(Resident, resident_id)


def _unless_same(text: str, known: str | None) -> str | None:
    return text if text and text != (known or "") else None


def reveal_phone(session: Session, topic_id: int) -> str:
    """The number of whoever spoke, in the clear; the look is journaled."""
    rights.require(session, Right.SEE_NUMBERS)
    row = get(session, topic_id)
    journal.record_look(session, Action.LOOKED, Topic, [topic_id])
    resident = session.get(Resident, row.resident_id) if row.resident_id else None
    return row.phone or (resident.phone if resident else "") or ""
