"""Posts held from a day to a day: 任职, 离任, 接任, 改任, 更正 (domain.md 6.5).

`until` is the last day in the post. Where a post is exclusive, nobody else holds it that day.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Post
from app.services import members, post_users, post_words
from app.services.post_checks import (
    PostInput,
    PostTaken,
    can_follow,
    check_days,
    checked,
    in_the_way,
    reason_of,
    same_place,
    taken,
    values_of,
)
from app.services.post_views import PostView, posts, staff_of

__all__ = [
    "Done",
    "PostInput",
    "PostTaken",
    "PostView",
    "appoint",
    "correct",
    "end",
    "input_of",
    "posts",
    "remove",
    "staff_of",
    "transfer",
]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it; `remarks` are sentences about what is still to be done elsewhere."""

    post_id: int
    remarks: tuple[str, ...] = ()


def appoint(session: Session, entered: PostInput, *, today: date, follow: bool = False) -> Done:
    """Give somebody a post; `follow` (接任) ends the holder's the day before in the same step.

    Raises PostTaken, and DomainError naming what else is wrong.
    """
    member = members.get(session, entered.member_id)
    entered = checked(session, member, entered, today)
    remarks: tuple[str, ...] = ()
    for other in in_the_way(session, entered):
        if not (follow and can_follow(other, entered)):
            raise taken(session, other, entered)
        other.until = entered.since - _DAY
        other.reason = f"由{member.name}接任"
        remarks += post_users.let_go(session, other, today=today)
    row = Post(**values_of(entered), member_id=member.id)
    session.add(row)
    session.flush()
    return Done(row.id, remarks + post_users.give(session, row, today=today))


def end(
    session: Session, post_id: int, *, until: date, reason: str = "", version: int, today: date
) -> Done:
    """离任: the last day in the post; one ahead may be said (任期届满)."""
    row = _current(session, post_id, version)
    if row.until is not None and row.until < today:
        raise DomainError(f"这一任已经在 {row.until} 结束。日期写错了，请用“更正”。")
    check_days(row.since, until, today)
    longer = replace(_input_of(row), until=until)
    for other in in_the_way(session, longer, besides=post_id):
        raise taken(session, other, longer)
    row.until, row.reason = until, reason_of(reason)
    session.flush()
    return Done(row.id, post_users.let_go(session, row, today=today))


def transfer(
    session: Session,
    post_id: int,
    entered: PostInput,
    *,
    version: int,
    today: date,
    follow: bool = False,
) -> Done:
    """改任: the same person leaves this post the day before and takes another one."""
    row = _current(session, post_id, version)
    if row.since >= entered.since:
        raise DomainError(f"改任的日期要在这一任开始（{row.since}）之后。日期写错了，请用“更正”。")
    if row.until is not None and row.until < entered.since - _DAY:
        raise DomainError(f"这一任在 {row.until} 就结束了，请直接办任职。")
    wanted = replace(entered, member_id=row.member_id)
    if same_place(row, wanted):
        raise DomainError("新的职务和现在的一样，没有改动。请选另一个职务或地方。")
    row.until = entered.since - _DAY
    row.reason = "改任"
    session.flush()
    left = post_users.let_go(session, row, today=today)
    done = appoint(session, wanted, today=today, follow=follow)
    row.reason = f"改任{post_words.of_post(session, session.get_one(Post, done.post_id))}"[:200]
    session.flush()
    return Done(done.post_id, left + done.remarks)


def correct(
    session: Session, post_id: int, entered: PostInput, *, reason: str, version: int, today: date
) -> Done:
    """更正: what was typed wrong; who held the post before or after stays as it is."""
    row = _current(session, post_id, version)
    member = members.get(session, entered.member_id)
    entered = checked(session, member, entered, today)
    for other in in_the_way(session, entered, besides=post_id):
        raise taken(session, other, entered, correcting=True)
    left = post_users.let_go(session, row, today=today, anyway=True)
    for name, value in values_of(entered).items():
        setattr(row, name, value)
    row.member_id, row.reason = member.id, reason_of(reason) if entered.until else None
    session.flush()
    return Done(row.id, left + post_users.give(session, row, today=today))


def remove(session: Session, post_id: int, *, version: int, now: datetime) -> Done:
    """A post that was never held goes to the bin; one that ended is ended, not removed."""
    row = _current(session, post_id, version)
    row.deleted_at = now
    session.flush()
    return Done(row.id, post_users.let_go(session, row, today=now.date(), anyway=True))


def input_of(session: Session, post_id: int) -> tuple[PostInput, str, int]:
    """A post as the form shows it, the reason of its end, and its version."""
    row = _there(session, post_id)
    return _input_of(row), row.reason or "", row.version


def _input_of(row: Post) -> PostInput:
    return PostInput(
        member_id=row.member_id,
        kind=row.kind,
        since=row.since,
        until=row.until,
        grid_id=row.grid_id,
        building_id=row.building_id,
        unit=row.unit,
    )


def _current(session: Session, post_id: int, version: int) -> Post:
    row = _there(session, post_id)
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _there(session: Session, post_id: int) -> Post:
    row = session.get(Post, post_id)
    if row is None or row.deleted_at is not None:
        raise DomainError("这一条任职已经被删除，请刷新后再看。")
    return row
