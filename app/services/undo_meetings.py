"""What an undo may not reach of 议事: finished minutes, announced results and agendas.

The services refuse to change these by hand; taking an older step back must not do it either.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import (
    Action,
    AgendaItem,
    Attendee,
    Ballot,
    Change,
    Meeting,
    MeetingState,
    Motion,
    Resolution,
    Speech,
    Topic,
    Vote,
    VoteRule,
    model_named,
    table_of,
)
from app.services import agenda, meetings, topic_way
from app.services.meeting_views import COMING
from app.storage.digests import ERASED

_OF_THE_PERSON = {"resident_id", "household_id", "name", "version"}
"""What two records made one change in a line: not what happened in the meeting"""
_ANNOUNCED = {"title", "kind", "matter", "topic_id"}


def check(session: Session, changes: Iterable[Change]) -> None:
    """Raise DomainError where a step of 议事 has to stand, with what to do in its place."""
    changes = list(changes)
    begun = any(
        one.table_name == Meeting.__tablename__ and "state" in (one.fields or {}) for one in changes
    )
    for change in changes:
        if change.table_name == AgendaItem.__tablename__ and not begun:
            _check_coming(session, change)
        found = _CHECKS.get(change.table_name)
        if found is not None and ERASED not in (change.fields or {}):
            found(session, change)


def _rule(session: Session, change: Change) -> None:
    """A rule that counted stands: else the one before it would be in force beside it."""
    if change.action is not Action.CREATED:
        return
    by_it = Vote.vote_rule_id.between(change.row_id, change.last_row_id)
    if session.scalar(select(Vote.id).where(by_it).limit(1)) is not None:
        raise DomainError("这条规则已经用在表决上，不能再撤销。要改，请从以后的日期起改。")


def topics_of(session: Session, rows: Mapping[str, Iterable[int]]) -> set[int]:
    """The topics that hang on meetings, items and resolutions, by table."""
    found = set(rows.get(Topic.__tablename__, ()))
    for column, model in _OF_TOPICS:
        if ids := set(rows.get(model.__tablename__, ())):
            of = AgendaItem.meeting_id if model is Meeting else model.id
            found |= set(session.scalars(select(column).where(of.in_(ids), column.is_not(None))))
    return found


def settle(session: Session, rows: Mapping[str, Iterable[int]], topic_ids: Iterable[int]) -> None:
    """Topics stand where their meetings do; items that came back stand in a row with the others."""
    topic_way.settle(session, topic_ids)
    back = set(rows.get(AgendaItem.__tablename__, ()))
    found = select(AgendaItem.meeting_id).where(AgendaItem.id.in_(back)).distinct()
    for meeting_id in session.scalars(found).all() if back else ():
        agenda.number(session, meeting_id)


_OF_TOPICS: tuple[tuple[Any, Any], ...] = (
    (AgendaItem.topic_id, AgendaItem),
    (AgendaItem.topic_id, Meeting),
    (Resolution.topic_id, Resolution),
)


def _record(session: Session, change: Change) -> None:
    if change.action is Action.UPDATED and set(change.fields or {}) <= _OF_THE_PERSON:
        return
    for meeting in _meetings(session, change):
        if meeting.state is MeetingState.FILED:
            raise DomainError(
                f"{meeting.title}的会议记录已经定稿，以前的步骤不能再撤销。要补充或更正，请写修正。"
            )
        if change.table_name == Attendee.__tablename__ and meeting.state is MeetingState.ENDED:
            raise DomainError(
                f"{meeting.title}已经结束，签到不能再撤销。记错的请在会议记录里写明。"
            )


def _item(session: Session, change: Change) -> None:
    _record(session, change)
    fields = change.fields or {}
    for meeting in _meetings(session, change):
        if meeting.state is MeetingState.PLANNED:
            continue
        if change.action is Action.DELETED and not fields.get("added_there"):
            raise DomainError(
                f"{meeting.title}已经通知，去掉的议程不能再撤销回来：没有通知的事不能表决。"
                "请重新加上，再重新通知。"
            )
        if change.action is Action.UPDATED and _ANNOUNCED & set(fields):
            raise DomainError(f"{meeting.title}已经通知，议程不能靠撤销改回去，请在议程里改。")


def _check_coming(session: Session, change: Change) -> None:
    """An item of a meeting that goes on is not taken off by the step that put it there.

    Other than what came on with the opening itself, and goes with it.
    """
    if change.action is not Action.CREATED:
        return
    told = select(AgendaItem.id).where(
        AgendaItem.id.between(change.row_id, change.last_row_id), AgendaItem.added_there.is_(False)
    )
    for meeting in _meetings(session, change):
        if meeting.state not in COMING and session.scalar(told.limit(1)) is not None:
            raise DomainError(f"{meeting.title}已经开始，议程不能再撤销。不议的，留到下次。")


def _meeting(session: Session, change: Change) -> None:
    row = session.get(Meeting, change.row_id)
    fields = change.fields or {}
    if row is None or change.action is not Action.UPDATED:
        return
    if "state" in fields and row.state is MeetingState.RUNNING and _voted(session, row.id):
        raise DomainError(
            f"{row.title}已经宣布过表决结果，不能退回到开会以前。宣布的结果不能撤销。"
        )
    away = row.deleted_at is not None or row.state is MeetingState.CANCELLED
    if not away:
        return
    twin = meetings.twin_of(session, row.body_id, row.on_date, row.starts, besides=row.id)
    if twin:
        raise DomainError(f"后来又登记了同一时间的{twin}，这次会议不能再撤销回来。")


def _topic(session: Session, change: Change) -> None:
    before = (change.fields or {}).get("merged_into_id")
    if change.action is not Action.UPDATED or before is None or before[0] is None:
        return
    row, into = session.get(Topic, change.row_id), session.get(Topic, before[0])
    if row is None or into is None:
        return
    same = (Topic.merged_into_id == row.id, Topic.deleted_at.is_(None))
    led = session.scalar(select(Topic.id).where(*same).limit(1))
    if led is not None or into.merged_into_id is not None:
        raise DomainError(f"“{row.title}”后来又和别的议题合并过，不能再撤销。请在提事里重新合并。")


def _voted(session: Session, meeting_id: int) -> bool:
    on_it = select(Vote.id).join(AgendaItem, AgendaItem.id == Vote.agenda_item_id)
    return session.scalar(on_it.where(AgendaItem.meeting_id == meeting_id).limit(1)) is not None


def _meetings(session: Session, change: Change) -> Iterator[Meeting]:
    """Those to which the rows of a change belong."""
    model = model_named(change.table_name)
    column = "meeting_id" if hasattr(model, "meeting_id") else "agenda_item_id"
    if change.action is Action.DELETED:
        owners = {(change.fields or {}).get(column)}
    else:
        table = table_of(model)
        rows = table.c.id.between(change.row_id, change.last_row_id)
        owners = set(session.scalars(select(table.c[column]).where(rows)))
    if column == "agenda_item_id":
        of_items = select(AgendaItem.meeting_id).where(AgendaItem.id.in_(owners))
        owners = set(session.scalars(of_items))
    yield from session.scalars(select(Meeting).where(Meeting.id.in_(owners)))


_CHECKS: dict[str, Callable[[Session, Change], None]] = {
    Meeting.__tablename__: _meeting,
    AgendaItem.__tablename__: _item,
    Topic.__tablename__: _topic,
    VoteRule.__tablename__: _rule,
    **dict.fromkeys((one.__tablename__ for one in (Attendee, Motion, Speech, Ballot)), _record),
}
