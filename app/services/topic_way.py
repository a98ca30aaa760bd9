"""How far a topic has come: it follows its meetings and resolutions, here and nowhere else."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    DONE_RESOLUTIONS,
    OPEN_RESOLUTIONS,
    AgendaItem,
    ItemState,
    Meeting,
    MeetingState,
    Resolution,
    ResolutionKind,
    ResolutionState,
    Topic,
    TopicState,
    Vote,
)
from app.services.topic_steps import Stage, TopicWay, WayStep, way_of

__all__ = ["Stage", "TopicWay", "WayStep", "follow", "settle", "way_of"]

_NOT_HEARD = (TopicState.RAISED, TopicState.TURNED_DOWN, TopicState.MERGED)


def follow(session: Session, topic_id: int | None, state: TopicState) -> None:
    """A meeting or a resolution took a topic to a state; without a topic nothing happens.

    What is still carried out stays so, however often it is talked over again. ACCEPTED means that
    it was taken off an agenda: it then stands where it stood without that.
    """
    row = _going_on(session, topic_id)
    if row is None:
        return
    row.state = _standing(session, row.id, state)
    session.flush()


def settle(session: Session, topic_ids: Iterable[int]) -> None:
    """Topics whose meetings and resolutions were put back as they were stand where those do."""
    for topic_id in sorted(topic_ids):
        row = session.get(Topic, topic_id)
        if row is None or row.state in _NOT_HEARD:
            continue
        if (state := _standing(session, topic_id, TopicState.ACCEPTED)) is not row.state:
            row.state = state
    session.flush()


def _going_on(session: Session, topic_id: int | None) -> Topic | None:
    """The topic itself, or the one that it was merged into; None where that is gone."""
    row = session.get(Topic, topic_id) if topic_id is not None else None
    while row is not None and row.merged_into_id is not None:
        row = session.get(Topic, row.merged_into_id)
    return row


def _standing(session: Session, topic_id: int, told: TopicState) -> TopicState:
    made = _made(session, topic_id)
    if any(_is_carried_out(*one) for one in made):
        return TopicState.DECIDED
    if told not in (TopicState.ACCEPTED, TopicState.DECIDED):
        return told
    heard = _heard(session, topic_id)
    if heard & {ItemState.WAITING, ItemState.NOW}:
        return TopicState.ON_AGENDA
    if any(state in DONE_RESOLUTIONS for _, state in made):
        return TopicState.DONE
    if ItemState.DONE not in heard:
        return told
    return TopicState.REJECTED if _lost(session, topic_id) else TopicState.DISCUSSED


def _is_carried_out(kind: ResolutionKind, state: ResolutionState) -> bool:
    """An opinion may still be put before who decides, until something is done about it."""
    if kind is ResolutionKind.OPINION:
        return state is ResolutionState.UNDERWAY
    return state in OPEN_RESOLUTIONS


def _made(session: Session, topic_id: int) -> list[tuple[ResolutionKind, ResolutionState]]:
    """What came of it so far."""
    own = (Resolution.topic_id == topic_id, Resolution.deleted_at.is_(None))
    found = session.execute(select(Resolution.kind, Resolution.state).where(*own))
    return [(kind, state) for kind, state in found]


def _lost(session: Session, topic_id: int) -> bool:
    """Whether the last vote on the matter itself did not pass."""
    last = (
        select(Vote.passed)
        .join(AgendaItem, AgendaItem.id == Vote.agenda_item_id)
        .where(AgendaItem.topic_id == topic_id, Vote.motion_id.is_(None))
        .order_by(Vote.id.desc())
        .limit(1)
    )
    return session.scalar(last) is False


def _heard(session: Session, topic_id: int) -> set[ItemState]:
    """How its items stand on the agendas of meetings that are held or were."""
    items = (
        select(AgendaItem.state)
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.topic_id == topic_id, Meeting.deleted_at.is_(None))
        .where(Meeting.state != MeetingState.CANCELLED)
    )
    return set(session.scalars(items))
