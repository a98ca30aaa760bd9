"""What an appointment must be: its place, its days, and that nobody else has the post then."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Building, Grid, GridMember, Post, PostKind
from app.services import post_words
from app.services.post_words import LEVELS, PARTY, Level, exclusive
from app.values.text import tidy

_AHEAD, _TERM_AHEAD = timedelta(days=366), timedelta(days=3660)
_LONGEST_UNIT, _LONGEST_REASON = 10, 200
_EARLIEST = date(1949, 10, 1)


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


class PostTaken(DomainError):
    """Somebody else holds the exclusive post in that time; `can_follow`: 接任 is possible."""

    def __init__(self, words: str, holder: str, since: date, *, can_follow: bool) -> None:
        how = f"请先给{holder}办离任，或者直接办接任。" if can_follow else "请先改好这一任的日期。"
        super().__init__(f"{words}从 {since} 起由{holder}担任，同一时间只能有一个人。{how}")
        self.holder, self.since, self.can_follow = holder, since, can_follow


def checked(session: Session, member: GridMember, entered: PostInput, today: date) -> PostInput:
    """The post with the place that its kind has, and no other."""
    check_days(entered.since, entered.until, today)
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


def check_days(since: date, until: date | None, today: date) -> None:
    """Raise DomainError for days that cannot be, or that look like a slip of the hand."""
    if not _EARLIEST <= since <= today + _AHEAD:
        raise DomainError(f"任职日期 {since} 不对，请核对年份；最多提前一年登记。")
    if until is not None and until < since:
        raise DomainError(f"离任日期 {until} 在任职日期 {since} 之前，请核对。")
    if until is not None and until > today + _TERM_AHEAD:
        raise DomainError(f"离任日期 {until} 太远，请核对年份；没有定下来的不用填。")


def in_the_way(session: Session, entered: PostInput, *, besides: int = 0) -> list[Post]:
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


def same_place(row: Post, entered: PostInput) -> bool:
    """Whether what is entered is the post that the row is."""
    here = (row.kind, row.grid_id, row.building_id, row.unit)
    level = LEVELS[entered.kind]
    grid_id = entered.grid_id if level is Level.GRID else None
    building_id = entered.building_id if level in (Level.BUILDING, Level.UNIT) else None
    return here == (entered.kind, grid_id, building_id, entered.unit if level is Level.UNIT else "")


def can_follow(other: Post, entered: PostInput) -> bool:
    """Whether the other's time can end the day before."""
    return other.since < entered.since and other.member_id != entered.member_id


def taken(
    session: Session, other: Post, entered: PostInput, *, correcting: bool = False
) -> DomainError:
    """The sentence that says who has it since when, and what can be done."""
    words = post_words.of_post(session, other)
    holder = session.get_one(GridMember, other.member_id).name
    if other.member_id == entered.member_id:
        return DomainError(f"{holder}从 {other.since} 起已经任{words}，不用再任一次。")
    free = can_follow(other, entered) and not correcting
    return PostTaken(words, holder, other.since, can_follow=free)


def values_of(entered: PostInput) -> dict[str, Any]:
    """The columns of a post besides who holds it."""
    return {
        "kind": entered.kind,
        "grid_id": entered.grid_id,
        "building_id": entered.building_id,
        "unit": entered.unit,
        "since": entered.since,
        "until": entered.until,
    }


def reason_of(text: str) -> str | None:
    """A reason as it is kept; raises DomainError for one that is too long."""
    text = tidy(text)
    if len(text) > _LONGEST_REASON:
        raise DomainError(f"离任原因太长，最多 {_LONGEST_REASON} 个字，请缩短。")
    return text or None
