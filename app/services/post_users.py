"""Posts of those who log in: a 网格员 sees the grids that he has a post in (domain.md 10.3)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import Grid, GridMember, Post, User, UserGrid
from app.storage.lookup import actor_of
from app.values.rights import GRID_MEMBER, Right


def give(session: Session, post: Post, *, today: date) -> tuple[str, ...]:
    """Let the holder's user see the grid of a post in force.

    Where whoever works may not manage users, or the post begins later, a sentence says who does it.
    """
    user = _user_of(session, post)
    if user is None or post.grid_id is None or _has(session, user, post.grid_id):
        return ()
    grid = session.get_one(Grid, post.grid_id).name
    if post.until is not None and post.until < today:
        return ()
    if post.since <= today and actor_of(session).may(Right.MANAGE_USERS):
        session.add(UserGrid(user_id=user.id, grid_id=post.grid_id))
        session.flush()
        return (f"使用人{user.name}下次登录起能看到{grid}。",)
    when = "" if post.since <= today else f"到 {post.since} "
    return (f"使用人{user.name}还看不到{grid}：{when}请书记在“设置 · 使用人”里加上。",)


def let_go(session: Session, post: Post, *, today: date, anyway: bool = False) -> tuple[str, ...]:
    """Take the grid from the holder's user when the post ended and no other keeps it.

    `anyway`: the post goes whatever its days say (it was a mistake).
    """
    user = _user_of(session, post)
    if user is None or post.grid_id is None or not _has(session, user, post.grid_id):
        return ()
    if _another(session, post, today):
        return ()
    grid = session.get_one(Grid, post.grid_id).name
    over = anyway or (post.until is not None and post.until < today)
    if over and actor_of(session).may(Right.MANAGE_USERS):
        for row in _grids(session, user, post.grid_id):
            session.delete(row)
        session.flush()
        return (f"使用人{user.name}下次登录起看不到{grid}了。",)
    when = "" if over else f"过了 {post.until} "
    return (f"使用人{user.name}还看得到{grid}：{when}请书记在“设置 · 使用人”里去掉。",)


def catch_up(session: Session, member_id: int, *, today: date) -> tuple[str, ...]:
    """Somebody got a user of the program: the grids of the posts in force."""
    held = session.scalars(
        select(Post).where(
            Post.member_id == member_id, Post.deleted_at.is_(None), Post.grid_id.is_not(None)
        )
    ).all()
    return tuple(words for post in held for words in give(session, post, today=today))


def _user_of(session: Session, post: Post) -> User | None:
    """Those of other roles see all grids without being given any."""
    user_id = session.get_one(GridMember, post.member_id).user_id
    user = session.get(User, user_id) if user_id is not None else None
    return user if user is not None and user.role == GRID_MEMBER else None


def _has(session: Session, user: User, grid_id: int) -> bool:
    return bool(_grids(session, user, grid_id))


def _grids(session: Session, user: User, grid_id: int) -> Sequence[UserGrid]:
    own = select(UserGrid).where(UserGrid.user_id == user.id, UserGrid.grid_id == grid_id)
    return session.scalars(own).all()


def _another(session: Session, post: Post, today: date) -> bool:
    found = select(Post.id).where(
        Post.member_id == post.member_id,
        Post.grid_id == post.grid_id,
        Post.id != post.id,
        Post.deleted_at.is_(None),
        Post.since <= today,
        or_(Post.until.is_(None), Post.until >= today),
    )
    return session.scalar(found.limit(1)) is not None
