"""An item of an agenda as it is typed or made from a topic, and what each must be."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AgendaItem, ItemKind, Matter, MeetingState, Topic, TopicState
from app.services import meeting_rules
from app.services.meeting_views import meeting
from app.values.text import tidy

_LONGEST_TITLE = 60
_LONGEST_WORDS = 2000
_GONE = "这个议题已经删除，请刷新后再选。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemInput:
    """What is typed of an item; `words` is the draft that is voted on."""

    title: str
    kind: ItemKind = ItemKind.DISCUSS
    words: str = ""
    matter: Matter = Matter.ORDINARY
    topic_id: int | None = None


def of_topic(session: Session, meeting_id: int, topic_id: int) -> ItemInput:
    """A topic as an item with its wish as the draft.

    What was talked over already is to be decided, where the body decides and all can be told.
    """
    topic = session.get(Topic, topic_id)
    if topic is None or topic.deleted_at is not None:
        raise DomainError(_GONE)
    it = meeting(session, meeting_id)
    decided = (
        topic.state is TopicState.DISCUSSED
        and it.state is MeetingState.PLANNED
        and meeting_rules.rule_of(session, it).decides
    )
    return ItemInput(
        title=topic.title,
        kind=ItemKind.DECIDE if decided else ItemKind.DISCUSS,
        words=topic.wish or "",
        topic_id=topic_id,
    )


def check(
    session: Session, meeting_id: int, entered: ItemInput, *, told: bool, own_id: int | None
) -> None:
    """Raise DomainError for an item that is not whole, stands there already or was not announced.

    `told` is whether everybody hears of it in time; `own_id` is that of an item that is corrected.
    """
    title = tidy(entered.title)
    if not title:
        raise DomainError("请写这项议程叫什么，如“3 号楼楼道照明改造”。")
    if len(title) > _LONGEST_TITLE or len(entered.words.strip()) > _LONGEST_WORDS:
        raise DomainError(
            f"议程最多 {_LONGEST_TITLE} 个字，决议草案最多 {_LONGEST_WORDS:,} 个字，请缩短。"
        )
    if entered.kind is ItemKind.DECIDE and not told:
        raise DomainError(
            "会议通知里没有这项，只能协商，不能表决。要表决的，请按规定的天数重新通知，或者留到下次。"
        )
    _check_topic(session, meeting_id, entered.topic_id, own_id)


def _check_topic(
    session: Session, meeting_id: int, topic_id: int | None, own_id: int | None
) -> None:
    """Only what was taken up comes before a meeting, and once in each."""
    if topic_id is None:
        return
    here = (AgendaItem.meeting_id == meeting_id, AgendaItem.topic_id == topic_id)
    found = session.scalar(select(AgendaItem.id).where(*here).limit(1))
    if found is not None and found != own_id:
        raise DomainError("这个议题已经在这次会议的议程里，没有重复加。")
    topic = session.get(Topic, topic_id)
    if topic is None or topic.deleted_at is not None:
        raise DomainError(_GONE)
    if topic.state is TopicState.RAISED:
        raise DomainError(f"“{topic.title}”还没有审定，审定立题以后才能上会。")
    if topic.state in (TopicState.TURNED_DOWN, TopicState.MERGED):
        raise DomainError(f"“{topic.title}”{topic.state.label}，不能上会。")
