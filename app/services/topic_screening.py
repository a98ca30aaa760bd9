"""书记审定: topics are taken up or not, with a reason; those that ask for the same become one."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Topic, TopicState
from app.services import rights, topics
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

LONGEST_REASON = 200


def screen(
    session: Session,
    topic_id: int,
    *,
    taken_up: bool,
    reason: str,
    version: int,
    now: datetime,
) -> None:
    """立题, or 不列入 with the reason that the proposer is told; raises DomainError.

    May be thought over again as long as no meeting has the topic.
    """
    rights.require(session, Right.SCREEN_TOPICS)
    row = topics.get(session, topic_id, version=version)
    if row.state not in (*topics.FRESH, TopicState.TURNED_DOWN):
        raise DomainError(f"这个议题{row.state.label}，不用再审定。")
    words = tidy(reason)
    if not taken_up and not words:
        raise DomainError("不列入要写明原因，提出的人会来问。")
    if len(words) > LONGEST_REASON:
        raise DomainError(f"审定意见最多 {LONGEST_REASON} 个字，请缩短。")
    if not taken_up and topics.is_heard(session, topic_id):
        raise DomainError("这个议题在会议的议程上，或者开会议过，不能再改成不列入。")
    row.state = TopicState.ACCEPTED if taken_up else TopicState.TURNED_DOWN
    row.screened_on, row.screened_by = now.date(), actor_of(session).name or None
    row.screen_reason = words or None
    session.flush()


def merge(session: Session, keep_id: int, other_id: int) -> None:
    """`other` goes on with `keep`; those behind it are asked with it. Raises DomainError."""
    rights.require(session, Right.RAISE_TOPICS, Right.SCREEN_TOPICS)
    if keep_id == other_id:
        raise DomainError("请选两个不同的议题来合并。")
    keep, other = topics.get(session, keep_id), topics.get(session, other_id)
    if keep.state in (TopicState.MERGED, TopicState.TURNED_DOWN):
        raise DomainError(f"{keep.number} 号{keep.state.label}，不能再并入它。")
    if other.state not in topics.FRESH or topics.is_heard(session, other_id):
        raise DomainError(
            f"{other.number} 号{other.state.label}，不能并入别的议题。"
            f"请反过来，把 {keep.number} 号并入 {other.number} 号。"
        )
    for row in session.scalars(select(Topic).where(Topic.merged_into_id == other_id)):
        row.merged_into_id = keep_id
    other.state, other.merged_into_id = TopicState.MERGED, keep_id
    session.flush()


def separate(session: Session, topic_id: int, *, version: int) -> None:
    """Take a merged topic out again: it waits to be screened on its own."""
    rights.require(session, Right.RAISE_TOPICS, Right.SCREEN_TOPICS)
    row = topics.get(session, topic_id, version=version)
    if row.merged_into_id is None:
        raise DomainError("这个议题没有并入别的议题。")
    row.state = TopicState.ACCEPTED if row.screened_on else TopicState.RAISED
    row.merged_into_id = None
    session.flush()
