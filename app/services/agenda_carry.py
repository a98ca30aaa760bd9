"""What the last meetings of a body left open comes on the next agenda by itself (待办接续).

What was left goes on as an item of its own; of the resolutions that are not done yet one item
tells how far each has come, and that one stands first.
"""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    OPEN_RESOLUTIONS,
    AgendaItem,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    Resolution,
)
from app.services import agenda
from app.services.meeting_views import OVER

REPORT_TITLE = "通报以往决议落实情况"
_OWN_LINE = re.compile(r"\d+\. \S+-\d{4}-\d+ ")


def carry_over(session: Session, meeting_id: int) -> int:
    """Bring on the agenda of a meeting to come what is open; gives how many items came new.

    Done again, it brings what has come up meanwhile and tells anew how far the resolutions are.
    """
    meeting = session.get_one(Meeting, meeting_id)
    known = _followed(session, meeting_id)
    left = [row for row in _left(session, meeting) if row.id not in known]
    for row in left:
        told = meeting.state is MeetingState.PLANNED
        agenda.append(session, meeting_id, _going_on(row, told=told))
    return len(left) + _report(session, meeting)


def _open_resolutions(session: Session, meeting: Meeting) -> list[Resolution]:
    """What earlier meetings of the same body decided and is not done yet, the oldest first."""
    wanted = (
        select(Resolution)
        .join(Meeting, Meeting.id == Resolution.meeting_id)
        .where(Meeting.body_id == meeting.body_id, Meeting.id != meeting.id)
        .where(Meeting.on_date <= meeting.on_date, Resolution.deleted_at.is_(None))
        .where(Resolution.state.in_(OPEN_RESOLUTIONS))
    )
    return list(session.scalars(wanted.order_by(Resolution.made_on, Resolution.id)))


def _report(session: Session, meeting: Meeting) -> int:
    found = _open_resolutions(session, meeting)
    row = _report_item(session, meeting.id)
    if not found:
        return 0
    if row is not None:
        # What somebody wrote into it stays.
        if all(map(_OWN_LINE.match, (row.words or "").splitlines())):
            row.words = _told(found)
            session.flush()
        return 0
    row = AgendaItem(kind=ItemKind.REPORT, title=REPORT_TITLE, words=_told(found))
    row.follows_id = found[0].agenda_item_id
    agenda.append(session, meeting.id, row)
    agenda.move(session, row.id, 1)
    return 1


def _told(found: list[Resolution]) -> str:
    return "\n".join(f"{place}. {_line(row)}" for place, row in enumerate(found, start=1))


def _line(row: Resolution) -> str:
    due = f"，期限 {row.due_on:%Y-%m-%d}" if row.due_on else ""
    owner = f"，责任人 {row.owner}" if row.owner else ""
    return f"{row.number} {row.title}：{row.state.label} {row.percent}%{owner}{due}"


def _report_item(session: Session, meeting_id: int) -> AgendaItem | None:
    of_meeting = (
        AgendaItem.meeting_id == meeting_id,
        AgendaItem.kind == ItemKind.REPORT,
        AgendaItem.follows_id.is_not(None),
        AgendaItem.title == REPORT_TITLE,
    )
    return session.scalar(select(AgendaItem).where(*of_meeting).limit(1))


def _left(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """Items of the last meeting of the body that were left, in their order."""
    last = (
        select(Meeting.id)
        .where(Meeting.body_id == meeting.body_id, Meeting.id != meeting.id)
        .where(Meeting.on_date <= meeting.on_date, Meeting.state.in_(OVER))
        .where(Meeting.deleted_at.is_(None))
        .order_by(Meeting.on_date.desc(), Meeting.number.desc())
        .limit(1)
    )
    rows = session.scalars(
        select(AgendaItem)
        .where(AgendaItem.meeting_id == last.scalar_subquery())
        .where(AgendaItem.state == ItemState.LEFT)
        .order_by(AgendaItem.place)
    )
    return [row for row in rows if row.title != REPORT_TITLE]


def _followed(session: Session, meeting_id: int) -> set[int | None]:
    of_meeting = AgendaItem.meeting_id == meeting_id
    return set(session.scalars(select(AgendaItem.follows_id).where(of_meeting)))


def _going_on(row: AgendaItem, *, told: bool) -> AgendaItem:
    """What comes on after the notice is talked over only."""
    decided = row.kind is ItemKind.DECIDE
    return AgendaItem(
        kind=ItemKind.DISCUSS if decided and not told else row.kind,
        added_there=not told,
        title=row.title,
        words=row.words,
        matter=row.matter,
        topic_id=row.topic_id,
        follows_id=row.id,
    )
