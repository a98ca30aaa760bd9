"""Resolutions (决议): what a vote or a 协商 made, its number, who sees to it until when."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    DONE_RESOLUTIONS,
    OPEN_RESOLUTIONS,
    AgendaItem,
    Meeting,
    Resolution,
    ResolutionKind,
    ResolutionState,
    Topic,
    TopicState,
    Vote,
    VoteOption,
)
from app.services import rights, topic_way, year_numbers
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

AGAIN_NOT_PASSED = "重新表决，未通过"
_LETTER = {ResolutionKind.DECISION: "决", ResolutionKind.OPINION: "商"}
_LONGEST_OWNER = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """Who sees to it, until when, with what money (分), in which grid."""

    owner: str = ""
    due_on: date | None = None
    budget: int | None = None
    grid_id: int | None = None


def make(
    session: Session, item_id: int, vote_id: int | None = None, *, now: datetime
) -> int | None:
    """What follows from an item of the agenda; gives the id of the resolution, None for none.

    With a vote: a decision or an opinion where it passed, by the rule that the vote kept; nothing
    where it did not. Without one: the opinion of a 协商 that was written down (居委会组织法 32).
    A vote that is taken again on the same item takes the place of the one before. The topic
    follows.
    """
    rights.require(session, Right.RUN_MEETINGS)
    item = session.get_one(AgendaItem, item_id)
    vote = session.get_one(Vote, vote_id) if vote_id is not None else None
    decides = vote is not None and bool(vote.rule["decides"])
    known = session.scalar(select(Resolution).where(Resolution.agenda_item_id == item_id))
    if vote is not None and not vote.passed:
        _fall(session, known, vote)
        rejected = TopicState.REJECTED if decides else TopicState.DISCUSSED
        topic_way.follow(session, item.topic_id, rejected)
        return None
    kind = ResolutionKind.DECISION if decides else ResolutionKind.OPINION
    row = known or _new(session, item)
    _give_number(session, row, kind)
    row.vote_id, row.words = vote_id, _words(session, item, vote)
    _stand_again(row)
    session.add(row)
    session.flush()
    if decides:
        _carry_out_opinions(session, row)
    decided = TopicState.DECIDED if decides else TopicState.DISCUSSED
    topic_way.follow(session, item.topic_id, decided)
    return row.id


def charge(session: Session, resolution_id: int, entered: Charge, *, version: int) -> None:
    """交办: who sees to it; what was decided is not edited here, another vote may change it.

    Raises DomainError for what is over, a day before it was made, or money below nothing.
    """
    row = get_open(session, resolution_id, version=version)
    owner = tidy(entered.owner)
    if len(owner) > _LONGEST_OWNER:
        raise DomainError(f"责任人最多 {_LONGEST_OWNER} 个字，请缩短。")
    if entered.due_on is not None and entered.due_on < row.made_on:
        raise DomainError(f"{row.made_on:%Y-%m-%d} 才作出，办结期限不能更早，请核对。")
    if entered.budget is not None and entered.budget < 0:
        raise DomainError("所需经费不能小于零。")
    row.owner, row.due_on = owner or None, entered.due_on
    row.budget = entered.budget or None
    if row.topic_id is None:
        # With a topic it stands in the grid of the topic.
        row.grid_id = entered.grid_id
    session.flush()


def get(session: Session, resolution_id: int, *, version: int | None = None) -> Resolution:
    """The row for whoever carries out in its grid; raises where it is gone or was changed."""
    rights.require(session, Right.CARRY_OUT)
    row = session.get(Resolution, resolution_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这项决议已经被删除，请刷新列表。")
    rights.require_grid(session, row.grid_id)
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def get_open(session: Session, resolution_id: int, *, version: int) -> Resolution:
    """The same, of one that is not over yet."""
    row = get(session, resolution_id, version=version)
    if row.state not in OPEN_RESOLUTIONS:
        raise DomainError(f"{row.number} {row.state.label}，不能再改。")
    return row


def _new(session: Session, item: AgendaItem) -> Resolution:
    meeting = session.get_one(Meeting, item.meeting_id)
    topic = session.get(Topic, item.topic_id) if item.topic_id is not None else None
    return Resolution(
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        topic_id=item.topic_id,
        grid_id=topic.grid_id if topic is not None else None,
        title=item.title,
        made_on=meeting.on_date,
        entered_by=actor_of(session).name,
    )


def _give_number(session: Session, row: Resolution, kind: ResolutionKind) -> None:
    """决-2026-012; an opinion that is decided after all is counted among the decisions."""
    if row.kind is kind:
        return
    number = year_numbers.following(session, Resolution.number, _LETTER[kind], row.made_on.year)
    row.kind, row.number = kind, number


def _words(session: Session, item: AgendaItem, vote: Vote | None) -> str:
    """What was talked out, or read out before a vote, with the plan chosen among several."""
    words = (item.result if vote is None else None) or item.words or item.title
    if vote is None:
        return words
    chosen = session.scalars(
        select(VoteOption.words)
        .where(VoteOption.vote_id == vote.id, VoteOption.chosen)
        .order_by(VoteOption.place)
    ).all()
    return f"{words}\n选定方案：{'、'.join(chosen)}" if chosen else words


def _carry_out_opinions(session: Session, decision: Resolution) -> None:
    """What a 协商 advised on the topic was put before who decides: that is done with it (32)."""
    if decision.topic_id is None:
        return
    advised = select(Resolution).where(
        Resolution.topic_id == decision.topic_id,
        Resolution.kind == ResolutionKind.OPINION,
        Resolution.state.in_(OPEN_RESOLUTIONS),
        Resolution.deleted_at.is_(None),
    )
    for one in session.scalars(advised):
        one.state, one.done_on, one.percent = ResolutionState.DONE, decision.made_on, 100
        one.done_words = f"已提交会议讨论决定，见 {decision.number}。"
    session.flush()


def _fall(session: Session, known: Resolution | None, vote: Vote) -> None:
    """What an earlier vote made does not stand against a later one."""
    if known is None or known.state in DONE_RESOLUTIONS:
        return
    known.state, known.stopped_reason = ResolutionState.STOPPED, AGAIN_NOT_PASSED
    known.vote_id = vote.id
    session.flush()


def _stand_again(row: Resolution) -> None:
    """What is voted for anew is to be carried out, whatever stopped it before."""
    row.deleted_at = None
    if row.state is ResolutionState.STOPPED:
        row.state, row.stopped_reason = ResolutionState.MADE, None
