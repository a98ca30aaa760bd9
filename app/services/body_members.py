"""Members of a body: 任职, 离任, 更正. Nobody has two seats in one body on the same day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Action, Attendee, Body, BodyKind, BodyMember, MemberRole, Resident
from app.services import body_changes, form_texts, member_checks, people
from app.services.body_composition import COMMITTEE_ROLES
from app.storage import journal
from app.values.text import tidy

_LONGEST = {
    "name": (60, "姓名"),
    "phone": (40, "电话"),
    "position": (60, "职务"),
    "remark": (120, "备注"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberInput:
    """A seat as the form has it; `kin_asked` says that somebody checked the next of kin."""

    role: MemberRole = MemberRole.MEMBER
    resident_id: int | None = None
    name: str = ""
    phone: str = ""
    in_committee: bool = False
    building_id: int | None = None
    households: int | None = None
    joint_unit_id: int | None = None
    position: str = ""
    since: date | None = None
    until: date | None = None
    remark: str = ""
    kin_asked: bool = False


def appoint(session: Session, body_id: int, entered: MemberInput, *, today: date) -> int:
    """Somebody takes a seat, today unless another day is given; gives its number.

    Raises DomainError for a second seat in this body and for what the law excludes (28, 36);
    KinUnasked where somebody has to be asked first.
    """
    body = body_changes.get(session, body_id)
    body_changes.require_for(session, body.kind)
    row = BodyMember(body_id=body_id)
    _fill(session, body, row, entered, entered.since or max(today, body.since))
    if row.resident_id is not None:
        people.get_present(session, row.resident_id)
    session.add(row)
    session.flush()
    return row.id


def change_member(session: Session, member_id: int, entered: MemberInput, *, version: int) -> None:
    """更正: what was typed wrong about a seat."""
    row = _current(session, member_id, version)
    body = body_changes.get(session, row.body_id)
    body_changes.require_for(session, body.kind)
    _fill(session, body, row, entered, entered.since or row.since)
    session.flush()


def end_post(
    session: Session, member_id: int, *, until: date, reason: str = "", version: int
) -> None:
    """离任: the last day in the seat; one ahead may be said."""
    row = _current(session, member_id, version)
    body_changes.require_for(session, body_changes.get(session, row.body_id).kind)
    if until < row.since:
        raise DomainError(f"离任日期在任职日期（{row.since}）之前，请核对。")
    if len(tidy(reason)) > _LONGEST["remark"][0]:
        raise DomainError("“离任原因”太长，最多 120 个字，请缩短。")
    row.until, row.ended_reason = until, tidy(reason) or None
    session.flush()


def remove_member(session: Session, member_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError for somebody who signed in: he leaves instead."""
    row = get(session, member_id)
    body_changes.require_for(session, body_changes.get(session, row.body_id).kind)
    came = select(Attendee.id).where(Attendee.body_member_id == member_id)
    if session.scalar(came.limit(1)) is not None:
        raise DomainError(f"{row.name}参加过会议，不能删除；不再担任了，请办“离任”。")
    row.deleted_at = now
    session.flush()


def input_of(session: Session, member_id: int) -> tuple[MemberInput, int]:
    """What the form shows, and the version."""
    row = get(session, member_id)
    entered = MemberInput(
        role=row.role,
        resident_id=row.resident_id,
        name=row.name,
        phone=row.phone or "",
        in_committee=row.in_committee,
        building_id=row.building_id,
        households=row.households,
        joint_unit_id=row.joint_unit_id,
        position=row.position or "",
        since=row.since,
        until=row.until,
        remark=row.remark or "",
    )
    return entered, row.version


def note_opened(session: Session, member_id: int) -> None:
    """The form shows somebody's telephone in the clear: that it was opened is on record."""
    journal.record_look(session, Action.LOOKED, BodyMember, [member_id])


def get(session: Session, member_id: int) -> BodyMember:
    """The row; raises DomainError where it was deleted."""
    row = session.get(BodyMember, member_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这位成员已经删除，请刷新后再看。")
    return row


def _current(session: Session, member_id: int, version: int) -> BodyMember:
    row = get(session, member_id)
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(session: Session, body: Body, row: BodyMember, entered: MemberInput, since: date) -> None:
    texts = _texts(session, row, entered)
    if entered.households is not None and entered.households < 1:
        raise DomainError("推选户数至少 1 户；不知道就不填。")
    seat = member_checks.Seat(
        resident_id=entered.resident_id,
        name=texts["name"],
        role=entered.role,
        in_committee=(
            entered.in_committee
            or entered.role in COMMITTEE_ROLES
            or body.kind is BodyKind.COMMITTEE
        ),
        apart=(texts["phone"], entered.joint_unit_id, entered.building_id),
        since=since,
        until=entered.until,
    )
    member_checks.check(session, body, seat, besides=row.id, kin_asked=entered.kin_asked)
    row.resident_id, row.name, row.role = seat.resident_id, seat.name, seat.role
    row.in_committee = seat.in_committee and member_checks.counts_committee(body.kind)
    row.building_id, row.joint_unit_id = entered.building_id, entered.joint_unit_id
    row.households, row.since, row.until = entered.households, since, entered.until
    row.phone, row.position = texts["phone"] or None, texts["position"] or None
    row.remark = texts["remark"] or None


def _texts(session: Session, row: BodyMember, entered: MemberInput) -> dict[str, str]:
    texts = form_texts.tidied(entered, _LONGEST)
    if entered.resident_id is not None:
        # Whose record was deleted since keeps the seat until he leaves it.
        if entered.resident_id == row.resident_id:
            texts["name"] = session.get_one(Resident, entered.resident_id).name
        else:
            texts["name"] = people.get(session, entered.resident_id).name
    if not texts["name"]:
        raise DomainError("请选择居民，或填写不在册的人的姓名。")
    return texts
