"""Meetings (会议): planned, changed, cancelled, thrown away; `meeting_views` reads them.

筹备 → 已通知 (`meeting_call`) → 进行中 (`meeting_opening`) → 待定稿 → 已定稿.
"""

from dataclasses import fields
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Body, BodyKind, Meeting, MeetingState
from app.services import agenda, agenda_carry, meeting_input, rights
from app.services.meeting_input import MeetingInput
from app.services.meeting_views import COMING
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy
from app.values.times import time_words

_NAMES = tuple(field.name for field in fields(MeetingInput))
_FIXED_BY_CALL = ("body_id", "on_date", "starts", "place")


def plan(session: Session, entered: MeetingInput, *, now: datetime) -> int:
    """A new meeting with what the last one of its body left open already on the agenda.

    Raises DomainError for what cannot be, or for a meeting that is planned already.
    """
    rights.require(session, Right.RUN_MEETINGS)
    body = _checked(session, entered, now.date(), None)
    row = Meeting(number=_next_number(session, body.id), entered_by=actor_of(session).name)
    _fill(row, entered, body)
    session.add(row)
    session.flush()
    agenda_carry.carry_over(session, row.id)
    return row.id


def change(
    session: Session, meeting_id: int, entered: MeetingInput, *, version: int, now: datetime
) -> bool:
    """Correct a meeting that is still to come; gives whether everybody has to be told again.

    Raises DomainError once it was held. Another day, hour or place after the notice brings it back
    to 筹备.
    """
    rights.require(session, Right.RUN_MEETINGS)
    row = get(session, meeting_id, version=version)
    _must_be_coming(row)
    if entered.body_id != row.body_id:
        raise DomainError("已经建好的会议不能换组织。请取消这次会议，另建一次。")
    body = _checked(session, entered, now.date(), meeting_id)
    told = row.state is MeetingState.CALLED
    moved = any(_kept(row, name) != _stored(entered, name) for name in _FIXED_BY_CALL)
    _fill(row, entered, body)
    if told and moved:
        row.state, row.notified_on, row.short_notice = MeetingState.PLANNED, None, None
        row.notice_id = None
    session.flush()
    return told and moved


def cancel(session: Session, meeting_id: int, *, reason: str, version: int) -> None:
    """It is not held: its topics wait again; raises DomainError without a reason."""
    rights.require(session, Right.RUN_MEETINGS)
    row = get(session, meeting_id, version=version)
    _must_be_coming(row)
    words = tidy(reason)
    if not words:
        raise DomainError("请写明取消的原因，接到通知的人会来问。")
    row.state, row.cancelled_reason = MeetingState.CANCELLED, words[:120]
    session.flush()
    agenda.give_back_topics(session, meeting_id)


def remove(session: Session, meeting_id: int, *, version: int, now: datetime) -> None:
    """Into the recycle bin; a meeting that was held stays."""
    rights.require(session, Right.RUN_MEETINGS)
    row = get(session, meeting_id, version=version)
    if row.state not in (*COMING, MeetingState.CANCELLED):
        raise DomainError("这次会议已经开了，有记录，不能删除。")
    row.deleted_at = now
    session.flush()
    agenda.give_back_topics(session, meeting_id)


def input_of(session: Session, meeting_id: int) -> tuple[MeetingInput, int]:
    """What stands in a meeting, and its version."""
    row = get(session, meeting_id)
    values = {name: getattr(row, name) for name in _NAMES}
    texts = {name: values[name] or "" for name in meeting_input.TEXTS}
    return MeetingInput(**values | texts), row.version


def get(session: Session, meeting_id: int, *, version: int | None = None) -> Meeting:
    """The row; raises DomainError where it is gone, ChangedMeanwhile for an old version."""
    row = session.get(Meeting, meeting_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这次会议已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def body_of(session: Session, row: Meeting) -> Body:
    """The body whose meeting it is."""
    return session.get_one(Body, row.body_id)


def twin_of(
    session: Session, body_id: int, on_date: date, starts: int, *, besides: int | None
) -> str:
    """The title of another meeting of a body at the same hour that is held; '' for none."""
    same = (
        Meeting.deleted_at.is_(None),
        Meeting.state != MeetingState.CANCELLED,
        Meeting.body_id == body_id,
        Meeting.on_date == on_date,
        Meeting.starts == starts,
        Meeting.id != (besides or 0),
    )
    return session.scalar(select(Meeting.title).where(*same).limit(1)) or ""


def number_again(session: Session, row: Meeting) -> None:
    """A meeting that comes back after its number was given to another has the next one."""
    kind = body_of(session, row).kind
    same = (
        Meeting.body_id == row.body_id,
        Meeting.number == row.number,
        Meeting.id != row.id,
        Meeting.deleted_at.is_(None),
        Meeting.state != MeetingState.CANCELLED,
    )
    if (
        row.state is MeetingState.CANCELLED
        or session.scalar(select(Meeting.id).where(*same)) is None
    ):
        return
    own_name = row.title == name_of(row.number, kind)
    row.number = _next_number(session, row.body_id)
    if own_name:
        row.title = name_of(row.number, kind)
    session.flush()


def name_of(number: int, kind: BodyKind) -> str:
    """第 4 次居民代表会议: what a meeting is called where nothing else was typed."""
    words = kind.label if kind.label.endswith("会") or "会议" in kind.label else f"{kind.label}会议"
    return f"第 {number} 次{words}"


def _checked(session: Session, entered: MeetingInput, today: date, own_id: int | None) -> Body:
    meeting_input.check(entered, today)
    body = session.get(Body, entered.body_id)
    if body is None or body.deleted_at is not None:
        raise DomainError("请选一个组织：谁来开会，决定要到多少人、怎样算通过。")
    if body.since > entered.on_date or (body.until and body.until < entered.on_date):
        raise DomainError(
            f"“{body.name}”的任期不包括 {entered.on_date:%Y-%m-%d}，请核对日期，或选这一届的组织。"
        )
    if body.kind is BodyKind.ASSEMBLY and entered.basis is None:
        raise DomainError("居民会议请选参加范围：全体十八周岁以上居民，或者每户派一名代表。")
    _check_twice(session, entered, own_id)
    return body


def _check_twice(session: Session, entered: MeetingInput, own_id: int | None) -> None:
    if twin_of(session, entered.body_id, entered.on_date, entered.starts, besides=own_id):
        raise DomainError(
            f"{entered.on_date:%m-%d} {time_words(entered.starts)} 这个组织已经有一次会议，"
            "没有重复登记。在列表里打开那一次就可以。"
        )


def _next_number(session: Session, body_id: int) -> int:
    held = (
        Meeting.body_id == body_id,
        Meeting.deleted_at.is_(None),
        Meeting.state != MeetingState.CANCELLED,
    )
    return (session.scalar(select(func.max(Meeting.number)).where(*held)) or 0) + 1


def _fill(row: Meeting, entered: MeetingInput, body: Body) -> None:
    for name in _NAMES:
        setattr(row, name, _stored(entered, name) or None)
    row.starts = entered.starts
    row.title = tidy(entered.title) or name_of(row.number, body.kind)
    row.basis = entered.basis if body.kind is BodyKind.ASSEMBLY else None


def _kept(row: Meeting, name: str) -> object:
    value = getattr(row, name)
    return "" if value is None else value


def _stored(entered: MeetingInput, name: str) -> object:
    value = getattr(entered, name)
    return tidy(value) if name in meeting_input.TEXTS else value


def _must_be_coming(row: Meeting) -> None:
    if row.state is MeetingState.CANCELLED:
        raise DomainError("这次会议已经取消。要开的话请另建一次。")
    if row.state not in COMING:
        raise DomainError("会议已经开始，会前填的内容不能再改。写错的在会议记录里说明。")
