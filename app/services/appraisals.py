"""民主评议 of the committee's members, at least once a year (居委会组织法 37).

Who is judged 不称职 twice in a row has lost the post: the program says so and offers to end it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Appraisal, AppraisalLine, BodyMember, Grade, Meeting
from app.services import body_changes, body_members, notices
from app.services.appraisal_views import (
    AppraisalRow,
    Judged,
    appraisal,
    appraisals,
    candidates,
    ended_by_law,
    lines,
    meetings,
    missing_years,
)
from app.services.body_composition import REPRESENTATIVE_ROLES
from app.services.rights import require
from app.storage.lookup import actor_of
from app.values.rights import Right
from app.values.text import tidy

__all__ = [
    "AppraisalInput",
    "AppraisalRow",
    "Judged",
    "Judgement",
    "appraisal",
    "appraisals",
    "candidates",
    "end_posts",
    "ended_by_law",
    "input_of",
    "lines",
    "meetings",
    "missing_years",
    "proposed",
    "remove",
    "save",
]

REASON = "连续两次被评议不称职（居民委员会组织法第三十七条）"
_LONGEST = 60
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The votes on one member; `grade` None: as the most of them say."""

    member_id: int
    competent: int = 0
    barely: int = 0
    incompetent: int = 0
    grade: Grade | None = None

    @property
    def votes(self) -> int:
        return self.competent + self.barely + self.incompetent


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalInput:
    """An appraisal as the form has it."""

    year: int
    held_on: date
    led_by: str = ""
    voters: int = 0
    meeting_id: int | None = None
    judgements: tuple[Judgement, ...] = ()


def proposed(one: Judgement) -> Grade:
    """What most votes say, the worse of two that are equal; the law sets no thresholds for it."""
    votes = {
        Grade.INCOMPETENT: one.incompetent,
        Grade.BARELY: one.barely,
        Grade.COMPETENT: one.competent,
    }
    return max(votes, key=lambda grade: votes[grade])


def save(
    session: Session,
    appraisal_id: int | None,
    entered: AppraisalInput,
    *,
    version: int = 0,
    now: datetime,
) -> int:
    """A new appraisal or a changed one; raises DomainError for more votes than voters."""
    require(session, Right.RUN_MEETINGS)
    _check(session, entered, now.date())
    if appraisal_id is None:
        row = Appraisal(entered_by=actor_of(session).name, entered_at=now)
    else:
        row = get(session, appraisal_id, version=version)
    row.year, row.held_on, row.voters = entered.year, entered.held_on, entered.voters
    row.led_by, row.meeting_id = tidy(entered.led_by), entered.meeting_id
    session.add(row)
    session.flush()
    _put_lines(session, row.id, entered.judgements)
    return row.id


def remove(session: Session, appraisal_id: int, *, now: datetime) -> None:
    """Into the recycle bin; raises DomainError for one that was made public."""
    require(session, Right.RUN_MEETINGS)
    row = get(session, appraisal_id)
    if notices.kept(session, row.notice_id) is not None:
        raise DomainError(f"{row.year} 年的评议结果已经公布，不能删除；写错了请更正后再公布。")
    row.deleted_at = now
    session.flush()


def end_posts(session: Session, member_ids: Sequence[int], *, on: date) -> int:
    """The posts of whom the law removes end on the day of the second appraisal; gives how many.

    A representative who was in the committee as well stays a representative.
    """
    require(session, Right.RUN_MEETINGS)
    ended = 0
    for member_id in member_ids:
        for seat in _seats_of_same(session, body_members.get(session, member_id), on):
            if seat.role in REPRESENTATIVE_ROLES:
                seat.in_committee = False
            else:
                seat.until, seat.ended_reason = max(on, seat.since), REASON
            ended += 1
    session.flush()
    return ended


def input_of(session: Session, appraisal_id: int) -> tuple[AppraisalInput, int]:
    """What the form shows, and the version."""
    row = get(session, appraisal_id)
    entered = AppraisalInput(
        year=row.year,
        held_on=row.held_on,
        led_by=row.led_by,
        voters=row.voters,
        meeting_id=row.meeting_id,
        judgements=tuple(
            Judgement(
                member_id=one.body_member_id,
                competent=one.competent,
                barely=one.barely,
                incompetent=one.incompetent,
                grade=one.grade,
            )
            for one in _rows(session, appraisal_id).values()
        ),
    )
    return entered, row.version


def get(session: Session, appraisal_id: int, *, version: int | None = None) -> Appraisal:
    """The row; raises DomainError where it was deleted, ChangedMeanwhile for an old version."""
    row = session.get(Appraisal, appraisal_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这次评议已经删除，请刷新后再看。")
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _check(session: Session, entered: AppraisalInput, today: date) -> None:
    if not _FIRST_YEAR <= entered.year <= _LAST_YEAR:
        raise DomainError("请填写评议哪一年的工作，如 2026。")
    if entered.held_on > today:
        raise DomainError(f"评议日期 {entered.held_on} 还没有到，请核对。")
    if not tidy(entered.led_by):
        raise DomainError(
            "请填写主持：民主评议由居务监督委员会主持（居民委员会组织法第三十七条）。"
        )
    if len(tidy(entered.led_by)) > _LONGEST:
        raise DomainError(f"“主持”太长，最多 {_LONGEST} 个字，请缩短。")
    if entered.voters < 1:
        raise DomainError("请填写参加评议的人数。")
    if not entered.judgements:
        raise DomainError("请至少填写一名成员的评议票。")
    if entered.meeting_id is not None and session.get(Meeting, entered.meeting_id) is None:
        raise DomainError("没有找到那次会议，请重新选择。")
    for one in entered.judgements:
        _check_votes(session, one, entered.voters)


def _check_votes(session: Session, one: Judgement, voters: int) -> None:
    name = body_members.get(session, one.member_id).name
    if min(one.competent, one.barely, one.incompetent) < 0:
        raise DomainError(f"{name}的票数不能是负数，请核对。")
    if one.votes == 0:
        raise DomainError(f"{name}还没有票，请填写票数；这次没有评议就去掉这一行。")
    if one.votes > voters:
        sum_words = f"{one.competent} + {one.barely} + {one.incompetent} = {one.votes}"
        raise DomainError(f"{name}的票 {sum_words}，多于参加评议的 {voters} 人，请核对。")


def _put_lines(session: Session, appraisal_id: int, judgements: Sequence[Judgement]) -> None:
    known = dict(_rows(session, appraisal_id))
    for one in judgements:
        row = known.pop(one.member_id, None)
        if row is None:
            row = AppraisalLine(appraisal_id=appraisal_id, body_member_id=one.member_id)
            session.add(row)
        row.competent, row.barely, row.incompetent = one.competent, one.barely, one.incompetent
        row.grade = one.grade or proposed(one)
    for gone in known.values():
        session.delete(gone)
    session.flush()


def _rows(session: Session, appraisal_id: int) -> Mapping[int, AppraisalLine]:
    wanted = select(AppraisalLine).where(AppraisalLine.appraisal_id == appraisal_id)
    found = session.scalars(wanted.order_by(AppraisalLine.id))
    return {row.body_member_id: row for row in found}


def _seats_of_same(session: Session, member: BodyMember, on: date) -> Sequence[BodyMember]:
    """Every seat of the committee that the same person has beyond a day."""
    if member.resident_id is not None:
        same = BodyMember.resident_id == member.resident_id
    else:
        same = BodyMember.resident_id.is_(None) & (BodyMember.name == member.name)
    return body_changes.sitting(session, on, same, BodyMember.in_committee.is_(True))
