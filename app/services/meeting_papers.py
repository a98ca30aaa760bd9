"""The papers of a meeting to come: sign-in sheet and invitations, gathered and journaled."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, Meeting
from app.reports.invitation import Invitations
from app.reports.meeting_sheet import MeetingGuest, MeetingSheet
from app.services import (
    agenda,
    attendance_views,
    body_views,
    electorate,
    meeting_rules,
    papers,
    settings,
)
from app.services.attendance_views import MEMBER, OWNER, Presence, Seat
from app.services.body_views import MemberView
from app.services.meeting_views import MeetingRow, meeting
from app.services.papers import Printing
from app.storage import journal
from app.values.masking import mask_phones
from app.values.text import tidy

MOST_GUESTS = 200
_LISTENERS = 6
"""Rows for whoever listens"""
_ONE_PAGE = 22
"""Rows that a sheet has at least"""
_OPEN_ROWS = 66
"""Where everybody may come, who does writes himself down"""


def sheet(session: Session, meeting_id: int, printing: Printing) -> MeetingSheet:
    """签到表 with everybody who should be there in their order, phones masked."""
    papers.require_whole(session, "签到表")
    it = meeting(session, meeting_id)
    guests = _guests(session, it)
    return MeetingSheet(
        office=papers.committee(session),
        title=it.title,
        when=it.when_long,
        where=it.place,
        chair=it.chair,
        quorum=_quorum(session, it),
        guests=guests,
        blank_rows=max(_LISTENERS, _ONE_PAGE - len(guests)) if guests else _OPEN_ROWS,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def invitations(
    session: Session, meeting_id: int, guests: Sequence[str], printing: Printing
) -> Invitations:
    """邀请函 for these guests; raises DomainError for none, or for more than are ever asked."""
    papers.require_whole(session, "邀请函")
    asked = [words for words in map(tidy, guests) if words]
    if not asked:
        raise DomainError("请写上邀请谁，一行一位，如“海湾派出所 郑警官”。")
    if len(asked) > MOST_GUESTS:
        raise DomainError(f"一次最多打印 {MOST_GUESTS} 份邀请函，请分几次打印。")
    it = meeting(session, meeting_id)
    phone = settings.value(session, settings.OFFICE_PHONE)
    return Invitations(
        office=papers.committee(session),
        meeting=it.title,
        when=it.when_long,
        where=it.place,
        items=[one.title for one in agenda.items(session, meeting_id)],
        guests=asked,
        reach=f"联系电话 {phone}" if phone else "",
        day=printing.at.date(),
    )


def usual_guests(session: Session, meeting_id: int) -> list[str]:
    """Whom the office asks to come: of 大党委 every unit's member, else nobody by itself."""
    it = meeting(session, meeting_id)
    members = body_views.members(session, it.body_id, it.on_date)
    return [f"{one.joint_unit} {one.name}" for one in members if one.joint_unit]


def note_printed(session: Session, meeting_id: int) -> None:
    """Journal that the sheet, with the people on it, was printed or saved (domain.md 10.3)."""
    journal.record_look(session, Action.PRINTED, Meeting, [meeting_id])
    seats = attendance_views.seats(session, meeting_id)
    people = [one.resident_id for one in seats if one.resident_id]
    papers.note_printed(session, people)


def note_invited(session: Session, meeting_id: int) -> None:
    """Journal that invitations to a meeting were printed or saved."""
    journal.record_look(session, Action.PRINTED, Meeting, [meeting_id])


def _guests(session: Session, it: MeetingRow) -> list[MeetingGuest]:
    known = {one.id: one for one in body_views.members(session, it.body_id, it.on_date)}
    expected = attendance_views.seats(session, it.id)
    return [
        _guest(seat, known.get(seat.who.id) if seat.who and seat.who.column == MEMBER else None)
        for seat in expected
        if seat.presence is not Presence.OBSERVER
    ]


def _guest(seat: Seat, member: MemberView | None) -> MeetingGuest:
    owns = seat.who is not None and seat.who.column == OWNER
    role = (member.position or member.role.label) if member else "业主" if owns else ""
    phone = mask_phones(member.phone) if member else ""
    return MeetingGuest(seat.place, seat.name, role, seat.came_from, phone)


def _quorum(session: Session, it: MeetingRow) -> str:
    """What makes the meeting valid; '' for a 协商, which needs no number."""
    rule = meeting_rules.rule_of(session, it)
    if not rule.quorum.asked:
        return ""
    whole = electorate.electorate(session, it.body_id, it.on_date, rule.basis)
    return meeting_rules.expected_words(rule, whole)
