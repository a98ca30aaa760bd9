"""Posts held from a day to a day: 任职, 离任, 接任, 改任, 更正 (domain.md 6.5).

`until` is the last day in the post. Where a post is exclusive, nobody else holds it that day.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Building, Grid, GridMember, Post, PostKind
from app.services import members, post_users, post_words
from app.services.post_views import PostView, posts, staff_of
from app.services.post_words import LEVELS, PARTY, Level, exclusive
from app.values.text import tidy

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

_AHEAD, _TERM_AHEAD = timedelta(days=366), timedelta(days=3660)
_LONGEST_UNIT, _LONGEST_REASON = 10, 200
_EARLIEST = date(1949, 10, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInput:
    """Who is to hold what, where and from when; places that the kind has not are None and ''."""

    member_id: int
    kind: PostKind
    since: date
    until: date | None = None
    grid_id: int | None = None
    building_id: int | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it; `remarks` are sentences about what is still to be done elsewhere."""

    post_id: int
    remarks: tuple[str, ...] = ()


class PostTaken(DomainError):
    """Somebody else holds the exclusive post in that time; `can_follow`: 接任 is possible."""

    def __init__(self, words: str, holder: str, since: date, *, can_follow: bool) -> None:
        how = f"请先给{holder}办离任，或者直接办接任。" if can_follow else "请先改好这一任的日期。"
        super().__init__(f"{words}从 {since} 起由{holder}担任，同一时间只能有一个人。{how}")
        self.holder, self.since, self.can_follow = holder, since, can_follow


def appoint(session: Session, entered: PostInput, *, today: date, follow: bool = False) -> Done:
    """Give somebody a post; `follow` (接任) ends the holder's the day before in the same step.

    Raises PostTaken, and DomainError naming what else is wrong.
    """
    member = members.get(session, entered.member_id)
    entered = _checked(session, member, entered, today)
    remarks: tuple[str, ...] = ()
    for other in _in_the_way(session, entered):
        if not (follow and _can_follow(other, entered)):
            raise _taken(session, other, entered)
        other.until = entered.since - _DAY
        other.reason = f"由{member.name}接任"
        remarks += post_users.let_go(session, other, today=today)
    row = Post(**_values(entered), member_id=member.id)
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
    _check_days(row.since, until, today)
    longer = replace(_input_of(row), until=until)
    for other in _in_the_way(session, longer, besides=post_id):
        raise _taken(session, other, longer)
    row.until, row.reason = until, _reason(reason)
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
    if _same_place(row, wanted):
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
    entered = _checked(session, member, entered, today)
    for other in _in_the_way(session, entered, besides=post_id):
        raise _taken(session, other, entered, correcting=True)
    left = post_users.let_go(session, row, today=today, anyway=True)
    for name, value in _values(entered).items():
        setattr(row, name, value)
    row.member_id, row.reason = member.id, _reason(reason) if entered.until else None
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


# -- checks


def _checked(session: Session, member: GridMember, entered: PostInput, today: date) -> PostInput:
    """The post with the place that its kind has, and no other."""
    _check_days(entered.since, entered.until, today)
    if entered.kind in PARTY and not member.party_member:
        raise DomainError(
            f"{member.name}的资料里没有勾选“党员”，不能任{entered.kind.label}。"
            "是党员的话，请先在人员资料里勾选。"
        )
    level = LEVELS[entered.kind]
    grid_id = entered.grid_id if level is Level.GRID else None
    building_id = entered.building_id if level in (Level.BUILDING, Level.UNIT) else None
    unit = tidy(entered.unit) if level is Level.UNIT else ""
    _check_place(session, level, grid_id, building_id, unit)
    return replace(entered, grid_id=grid_id, building_id=building_id, unit=unit)


def _check_place(
    session: Session, level: Level, grid_id: int | None, building_id: int | None, unit: str
) -> None:
    if level is Level.GRID:
        grid = session.get(Grid, grid_id) if grid_id is not None else None
        if grid is None or grid.deleted_at is not None:
            raise DomainError("请选一个网格；原来的网格可能已经撤销，请刷新后再选。")
    elif level is not Level.COMMUNITY:
        building = session.get(Building, building_id) if building_id is not None else None
        if building is None or building.deleted_at is not None:
            raise DomainError("请选一栋楼；原来的楼可能已经删除，请刷新后再选。")
    if level is Level.UNIT and not unit:
        raise DomainError("请填写单元，如 2。")
    if len(unit) > _LONGEST_UNIT:
        raise DomainError(f"单元太长，最多 {_LONGEST_UNIT} 个字，请缩短。")


def _check_days(since: date, until: date | None, today: date) -> None:
    if not _EARLIEST <= since <= today + _AHEAD:
        raise DomainError(f"任职日期 {since} 不对，请核对年份；最多提前一年登记。")
    if until is not None and until < since:
        raise DomainError(f"离任日期 {until} 在任职日期 {since} 之前，请核对。")
    if until is not None and until > today + _TERM_AHEAD:
        raise DomainError(f"离任日期 {until} 太远，请核对年份；没有定下来的不用填。")


def _in_the_way(session: Session, entered: PostInput, *, besides: int = 0) -> list[Post]:
    """Posts of the same kind and place on one of these days: of anybody, or of the same person."""
    same = select(Post).where(
        Post.kind == entered.kind,
        Post.grid_id == entered.grid_id,
        Post.building_id == entered.building_id,
        Post.unit == entered.unit,
        Post.deleted_at.is_(None),
        Post.id != besides,
        or_(Post.until.is_(None), Post.until >= entered.since),
    )
    if entered.until is not None:
        same = same.where(Post.since <= entered.until)
    if not exclusive(session, entered.kind):
        same = same.where(Post.member_id == entered.member_id)
    return list(session.scalars(same.order_by(Post.since)))


def _same_place(row: Post, entered: PostInput) -> bool:
    here = (row.kind, row.grid_id, row.building_id, row.unit)
    level = LEVELS[entered.kind]
    grid_id = entered.grid_id if level is Level.GRID else None
    building_id = entered.building_id if level in (Level.BUILDING, Level.UNIT) else None
    return here == (entered.kind, grid_id, building_id, entered.unit if level is Level.UNIT else "")


def _can_follow(other: Post, entered: PostInput) -> bool:
    return other.since < entered.since and other.member_id != entered.member_id


def _taken(
    session: Session, other: Post, entered: PostInput, *, correcting: bool = False
) -> DomainError:
    words = post_words.of_post(session, other)
    holder = session.get_one(GridMember, other.member_id).name
    if other.member_id == entered.member_id:
        return DomainError(f"{holder}从 {other.since} 起已经任{words}，不用再任一次。")
    can_follow = _can_follow(other, entered) and not correcting
    return PostTaken(words, holder, other.since, can_follow=can_follow)


def _values(entered: PostInput) -> dict[str, Any]:
    """The columns of a post besides who holds it."""
    return {
        "kind": entered.kind,
        "grid_id": entered.grid_id,
        "building_id": entered.building_id,
        "unit": entered.unit,
        "since": entered.since,
        "until": entered.until,
    }


def _reason(text: str) -> str | None:
    text = tidy(text)
    if len(text) > _LONGEST_REASON:
        raise DomainError(f"离任原因太长，最多 {_LONGEST_REASON} 个字，请缩短。")
    return text or None


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
