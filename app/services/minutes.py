"""Minutes (会议记录): written during the meeting, closed with it, finished, then only amended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    AgendaItem,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    MinutesAmendment,
    Speech,
)
from app.models import TopicState as Way
from app.services import agenda, meetings, motions, resolutions, rights, topic_way
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

_LONGEST, _LONGEST_SUMMARY = 20_000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEnd:
    """What becomes of an item when the meeting closes; `opinion`: its result is a 协商意见."""

    item_id: int
    left: bool = False
    result: str = ""
    opinion: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndInput:
    """结束会议: every item that is still open, the summary, and who gets it.

    `closed_at` None is now: of a meeting of another day it must be told.
    """

    items: Sequence[ItemEnd] = ()
    summary: str = ""
    sent_to: str = ""
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInput:
    """定稿: who led and who wrote, and the summary in its last form."""

    chair: str
    recorder: str
    summary: str = ""
    sent_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What was added to finished minutes; `item` is the title of the item, '' for the whole."""

    at: datetime
    item_id: int | None
    item: str
    words: str
    reason: str
    user_name: str


def write(session: Session, item_id: int, text: str, *, version: int) -> None:
    """The minutes of an item; raises DomainError once they are finished."""
    rights.require(session, Right.RUN_MEETINGS)
    row = agenda.get(session, item_id, version=version)
    _unfiled(session, row.meeting_id)
    if len(text) > _LONGEST:
        raise DomainError(f"一项的会议记录最多 {_LONGEST:,} 个字，请摘要写。")
    row.minutes = text.rstrip() or None
    session.flush()


def end(session: Session, meeting_id: int, entered: EndInput, *, now: datetime) -> None:
    """散会: items that were not finished go on the next agenda by themselves.

    What was agreed upon without a vote becomes an opinion. Raises DomainError for a motion that
    has no result, and for an end that cannot be.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = meetings.get(session, meeting_id)
    if row.state is not MeetingState.RUNNING:
        raise DomainError("会议没有在进行，不用再结束。")
    _check_motions(session, meeting_id)
    closed_at = _closed_at(row, entered.closed_at, now)
    told = {one.item_id: one for one in entered.items}
    for item in agenda.rows(session, meeting_id):
        _end_item(session, item, told.get(item.id), now)
    _still(session, meeting_id, now)
    row.state, row.closed_at = MeetingState.ENDED, closed_at
    _fill_summary(row, entered.summary, entered.sent_to)
    session.flush()


def _closed_at(row: Meeting, told: datetime | None, now: datetime) -> datetime:
    """When it ended. A clock that was set back does not end a meeting before it began."""
    opened = row.opened_at or now
    if told is None:
        if now.date() > opened.date():
            raise DomainError(
                f"会议是 {opened:%Y-%m-%d %H:%M} 开的，不是今天。请填散会时间，会议记录里要写。"
            )
        return max(now, opened)
    if told < opened.replace(second=0, microsecond=0):
        raise DomainError(f"散会时间早于开会的 {opened:%H:%M}，请核对；过了半夜的写“次日 0:30”。")
    if told > now:
        raise DomainError(f"散会时间 {told:%Y-%m-%d %H:%M} 还没有到，请核对。")
    return max(told, opened)


def file(
    session: Session,
    meeting_id: int,
    *,
    entered: FileInput | None = None,
    version: int,
    now: datetime,
) -> None:
    """定稿: from now on minutes are added to and no longer changed (39: 居务档案真实、准确、完整).

    `entered` where something differs from what is known. Raises DomainError where chair and
    recorder are not known, or nothing was written.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = meetings.get(session, meeting_id, version=version)
    if row.state is MeetingState.FILED:
        raise DomainError("会议记录已经定稿。要补充或更正，请写修正。")
    if row.state is not MeetingState.ENDED:
        raise DomainError("会议还没有结束，会议记录不能定稿。")
    if entered is not None:
        row.chair = tidy(entered.chair)[:60] or row.chair
        row.recorder = tidy(entered.recorder)[:60] or row.recorder
        _fill_summary(row, entered.summary, entered.sent_to)
    if not row.chair or not row.recorder:
        raise DomainError("请先填主持人和记录人：会议记录要由他们签字。")
    if not any(one.minutes or one.result for one in agenda.rows(session, meeting_id)):
        raise DomainError("会议记录还是空的。请至少写上每一项的结果，再定稿。")
    row.state, row.filed_at = MeetingState.FILED, now
    row.filed_by = actor_of(session).name or row.recorder
    journal.set_details(session, {FINAL: "会议记录已经定稿，要补充或更正请写修正"})
    session.flush()


def amend(
    session: Session,
    meeting_id: int,
    *,
    words: str,
    reason: str,
    item_id: int | None = None,
    now: datetime,
) -> int:
    """修正 of finished minutes: the text stays, what is added names day, reason and person."""
    rights.require(session, Right.RUN_MEETINGS)
    row = meetings.get(session, meeting_id)
    if row.state is not MeetingState.FILED:
        raise DomainError("会议记录还没有定稿，直接改就可以，不用写修正。")
    text, why = words.strip(), tidy(reason)
    if not text or not why:
        raise DomainError("请写清修正的内容和原因，两样都要留底。")
    line = MinutesAmendment(
        meeting_id=meeting_id,
        agenda_item_id=item_id,
        at=now,
        words=text,
        reason=why[:200],
        user_name=actor_of(session).name,
    )
    session.add(line)
    session.flush()
    return line.id


def amendments(source: Source, meeting_id: int) -> list[Amendment]:
    """All of a meeting in the order in which they were added."""
    tables = "minutes_amendment AS a LEFT JOIN agenda_item AS i ON i.id = a.agenda_item_id"
    columns = "a.at, a.agenda_item_id, i.title, a.words, a.reason, a.user_name"
    mine = [Sql("a.meeting_id = ?", (meeting_id,))]
    found = lookup_of(source).rows(query(columns, tables, mine, "ORDER BY a.id"))
    return [
        Amendment(
            at=datetime.fromisoformat(at),
            item_id=item_id,
            item=title or "",
            words=words,
            reason=reason,
            user_name=user,
        )
        for at, item_id, title, words, reason, user in found
    ]


def _unfiled(session: Session, meeting_id: int) -> None:
    row = meetings.get(session, meeting_id)
    if row.state is MeetingState.FILED:
        raise DomainError("会议记录已经定稿，不能再改。要补充或更正，请写修正，原文不动。")
    if row.state not in (MeetingState.RUNNING, MeetingState.ENDED):
        raise DomainError("会议还没有开始，没有记录可写。")


def _check_motions(session: Session, meeting_id: int) -> None:
    for item in agenda.rows(session, meeting_id):
        open_ones = [one for one in motions.motions(session, item.id) if not one.result]
        if open_ones and not motions.voted(session, item.id):
            raise DomainError(
                f"第 {item.place} 项的“{open_ones[0].title}”还没有结果。"
                "请表决，或记上撤回、无人附议，再结束会议。"
            )


def _end_item(session: Session, item: AgendaItem, told: ItemEnd | None, now: datetime) -> None:
    voted = motions.voted(session, item.id)
    open_vote = item.kind is ItemKind.DECIDE and not voted
    if told is not None and told.result and not voted:
        item.result = tidy(told.result)[:200]
    left = told.left if told is not None else open_vote or item.state is ItemState.WAITING
    item.state = ItemState.LEFT if left and not voted else ItemState.DONE
    session.flush()
    if told is not None and told.opinion and item.state is ItemState.DONE and not voted:
        resolutions.make(session, item.id, None, now=now)
    topic_way.follow(session, item.topic_id, Way.ACCEPTED)


def _still(session: Session, meeting_id: int, now: datetime) -> None:
    """Whoever still had the floor has ended."""
    mine = select(Speech).join(AgendaItem, AgendaItem.id == Speech.agenda_item_id)
    for row in session.scalars(mine.where(AgendaItem.meeting_id == meeting_id)):
        if row.began_at is not None and row.seconds is None:
            row.seconds = max(0, round((now - row.began_at).total_seconds()))


def _fill_summary(row: Meeting, summary: str, sent_to: str) -> None:
    if len(summary) > _LONGEST_SUMMARY:
        raise DomainError(f"纪要最多 {_LONGEST_SUMMARY:,} 个字，请写得短一些。")
    row.summary = summary.strip() or None
    row.sent_to = tidy(sent_to)[:200] or None
