"""复核: the second person agrees to claims, sends them back, or takes what was agreed out again."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from app.errors import DomainError
from app.models import (
    Appeal,
    Attendance,
    ClaimState,
    Deed,
    EntryKind,
    HourEntry,
    Participation,
    PointsAccount,
    PointsClaim,
    PointsEntry,
    PointsItem,
)
from app.services import points_accounts, points_book, rights, settings
from app.services.points_book import NothingLeft
from app.services.points_posting import post
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_ANSWER = 200


def accept(session: Session, claim_ids: Sequence[int], *, now: datetime) -> int:
    """Book claims that somebody else entered; gives how many, all of them or none.

    Raises DomainError naming whose claim cannot be booked: entered by the same person, over 24
    hours a day, overlapping, a penalty whose days for an appeal are not over.
    """
    rights.require(session, Right.REVIEW_POINTS)
    claims = [_waiting(session, claim_id) for claim_id in dict.fromkeys(claim_ids)]
    for claim in sorted(claims, key=lambda one: (one.on_date, one.id)):
        try:
            _check_second(session, claim)
            _check_attendance(session, claim)
            _check_penalty(session, claim, now)
            post(session, claim, now=now, reviewed_by=actor_of(session).name)
        except DomainError as error:
            name = points_accounts.holder(session, claim.account_id).name
            error.args = (f"{name} {claim.on_date:%m-%d}：{error}",)
            raise
    return len(claims)


def send_back(session: Session, claim_ids: Sequence[int], *, answer: str, now: datetime) -> None:
    """Return claims with a word why; what they were made from may be entered again."""
    rights.require(session, Right.REVIEW_POINTS)
    if not tidy(answer):
        raise DomainError("请写明为什么退回，经手的人才知道怎么改。")
    for claim_id in dict.fromkeys(claim_ids):
        claim = _waiting(session, claim_id)
        claim.reviewed_by, claim.reviewed_at = actor_of(session).name, now
        _return(claim, answer)
    session.flush()


def withdraw(session: Session, claim_ids: Sequence[int], *, now: datetime) -> None:
    """Take back claims that one entered oneself and that nobody has agreed to."""
    rights.require(session, Right.RECORD_POINTS)
    for claim_id in dict.fromkeys(claim_ids):
        claim = _waiting(session, claim_id)
        if claim.entered_by != actor_of(session).name:
            raise DomainError(f"这一笔是{claim.entered_by}记的，要退的请用「退回并说明」。")
        _return(claim, f"{now:%Y-%m-%d} 经手人撤回")
    session.flush()


def reverse(session: Session, claim_id: int, *, reason: str, now: datetime) -> None:
    """Take an agreed claim out of both books by counter-entries; it may be entered again.

    Raises NotEnough where the points are spent, DomainError without a reason.
    """
    rights.require(session, Right.REVIEW_POINTS)
    claim = session.get(PointsClaim, claim_id)
    if claim is None or claim.state is not ClaimState.ACCEPTED:
        raise DomainError("这一笔没有入账，不用冲正，请刷新后再看。")
    for entry_id in _standing_points(session, claim_id):
        # What has lapsed since is gone already; its hours are not.
        with suppress(NothingLeft):
            points_book.reverse(session, entry_id, reason=reason, now=now)
    for entry_id in _standing_hours(session, claim_id):
        points_book.reverse_hours(session, entry_id, reason=reason, now=now)
    _return(claim, f"已冲正：{tidy(reason)}")
    session.flush()


def _waiting(session: Session, claim_id: int) -> PointsClaim:
    claim = session.get(PointsClaim, claim_id)
    if claim is None or claim.state is not ClaimState.WAITING:
        raise DomainError("选中的里面有已经复核或退回的，请刷新后再选。")
    return claim


def _check_second(session: Session, claim: PointsClaim) -> None:
    """Who wrote the hours down is the first person, whoever pressed 送复核."""
    reviewer = actor_of(session).name
    if claim.entered_by == reviewer:
        raise DomainError("这一笔是您自己记的，要由另一个人复核。")
    line = _line_of(session, claim)
    if line is not None and line.entered_by == reviewer:
        raise DomainError("这次活动的签到是您自己录的，要由另一个人复核。")


def _check_attendance(session: Session, claim: PointsClaim) -> None:
    """A posting that came back by a redo may be older than what was typed back since."""
    if not _from_sheet(claim):
        return
    line = _line_of(session, claim)
    if line is not None and (line.state, line.half_hours) != (Attendance.CAME, claim.half_hours):
        raise DomainError("签到后来改过，和送复核的时候不一样。请退回这一笔，再从活动里重新送。")


def _from_sheet(claim: PointsClaim) -> bool:
    """Posted from a line of the sheet, and not typed anew after it was returned."""
    return (claim.source_key or "").startswith(f"{Participation.__tablename__}:")


def _line_of(session: Session, claim: PointsClaim) -> Participation | None:
    """Where the hours of an activity were written down."""
    if claim.source_key is not None and _from_sheet(claim):
        return session.get(Participation, int(claim.source_key.partition(":")[2]))
    if claim.activity_id is None:
        return None
    whose = Participation.volunteer_id == claim.volunteer_id
    if claim.volunteer_id is None:
        account = session.get_one(PointsAccount, claim.account_id)
        whose = Participation.resident_id == account.resident_id
    wanted = select(Participation).where(Participation.activity_id == claim.activity_id, whose)
    return session.scalars(wanted).first()


def _check_penalty(session: Session, claim: PointsClaim, now: datetime) -> None:
    item = session.get_one(PointsItem, claim.item_id)
    if item.deed is not Deed.PENALTY or claim.told_on is None:
        return
    if not settings.value(session, settings.PENALTIES):
        raise DomainError("本社区已经停用扣分，请用「退回并说明」退掉。")
    days = settings.value(session, settings.PENALTY_APPEAL_DAYS)
    until = claim.told_on + timedelta(days=days)
    if now.date() <= until:
        raise DomainError(f"扣分已告知本人，申诉期到 {until:%Y-%m-%d}，过了这天才能扣。")
    appeals = session.scalars(select(Appeal).where(Appeal.claim_id == claim.id)).all()
    if any(one.answered_on is None for one in appeals):
        raise DomainError("本人对这次扣分有申诉，还没有答复，答复以后才能扣。")
    if any(one.upheld for one in appeals):
        raise DomainError("本人的申诉成立，这次不能扣分，请用「退回并说明」退掉。")


def _return(claim: PointsClaim, answer: str) -> None:
    claim.state, claim.source_key = ClaimState.RETURNED, None
    claim.answer = tidy(answer)[:_LONGEST_ANSWER]


def _standing_points(session: Session, claim_id: int) -> list[int]:
    counter = aliased(PointsEntry)
    found = select(PointsEntry.id).where(
        PointsEntry.claim_id == claim_id,
        PointsEntry.kind != EntryKind.REVERSAL,
        ~exists().where(counter.reverses_id == PointsEntry.id),
    )
    return list(session.scalars(found))


def _standing_hours(session: Session, claim_id: int) -> list[int]:
    counter = aliased(HourEntry)
    found = select(HourEntry.id).where(
        HourEntry.claim_id == claim_id,
        HourEntry.half_hours > 0,
        ~exists().where(counter.reverses_id == HourEntry.id),
    )
    return list(session.scalars(found))
