"""Resolutions (决议): what a vote or a 协商 made, with its number."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import AgendaItem, Meeting, Resolution, ResolutionKind, Topic, Vote
from app.storage.lookup import actor_of

_LETTER = {ResolutionKind.DECISION: "决", ResolutionKind.OPINION: "商"}


def make(session: Session, item_id: int, vote_id: int | None, *, now: datetime) -> int | None:
    """What follows from an item of the agenda; gives the id of the resolution, None for none.

    With a vote: a decision or an opinion where it passed, by the rule that the vote kept; nothing
    where it did not. Without one: the opinion of a 协商 that was written down (居委会组织法 32).
    A vote that is taken again on the same item takes the place of the one before.
    """
    item = session.get_one(AgendaItem, item_id)
    vote = session.get_one(Vote, vote_id) if vote_id is not None else None
    if vote is not None and not vote.passed:
        return None
    decided = vote is not None and vote.rule["decides"]
    kind = ResolutionKind.DECISION if decided else ResolutionKind.OPINION
    known = session.scalar(select(Resolution).where(Resolution.agenda_item_id == item_id))
    row = known or _new(session, item, kind, now)
    row.kind, row.vote_id = kind, vote_id
    row.words = item.words or item.result or item.title
    session.add(row)
    session.flush()
    return row.id


def _new(session: Session, item: AgendaItem, kind: ResolutionKind, now: datetime) -> Resolution:
    meeting = session.get_one(Meeting, item.meeting_id)
    topic = session.get(Topic, item.topic_id) if item.topic_id is not None else None
    return Resolution(
        number=_number(session, kind, meeting.on_date.year),
        kind=kind,
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        topic_id=item.topic_id,
        grid_id=topic.grid_id if topic is not None else None,
        title=item.title,
        made_on=meeting.on_date,
        entered_by=actor_of(session).name,
    )


def _number(session: Session, kind: ResolutionKind, year: int) -> str:
    begin = f"{_LETTER[kind]}-{year}-"
    same = Resolution.number.startswith(begin)
    last = session.scalar(select(func.max(Resolution.number)).where(same))
    return f"{begin}{(int(last.removeprefix(begin)) if last else 0) + 1:03d}"
