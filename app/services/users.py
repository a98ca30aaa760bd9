"""Who may log in: the rows of the file. Their keys lie in the key file (user_keys.py)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, Grid, GridMember, User, UserGrid
from app.services.standing import FINAL
from app.storage import journal
from app.values.rights import GRID_MEMBER, ROLES

_FINAL_WORDS = "使用人已和密钥文件配对"


@dataclass(frozen=True, slots=True)
class UserView:
    """`grids`: names of the grids that a 网格员 looks after, with their ids."""

    id: int
    name: str
    role: str
    slot: str
    grids: tuple[tuple[int, str], ...] = ()


def users(session: Session) -> list[UserView]:
    """Everybody who may log in, in the order in which they were added."""
    found = session.execute(select(User.id, User.name, User.role, User.slot).order_by(User.id))
    owned = session.execute(
        select(UserGrid.user_id, Grid.id, Grid.name)
        .join(Grid, Grid.id == UserGrid.grid_id)
        .order_by(Grid.number, Grid.id)
    ).all()
    return [
        UserView(*values, tuple((grid, name) for user, grid, name in owned if user == values[0]))
        for values in found
    ]


def add(session: Session, *, name: str, role: str, slot: str, grids: Collection[int] = ()) -> int:
    """Somebody who may log in with key slot `slot`; raises DomainError when the name is taken."""
    user = User(name=_checked(session, name, role), role=role, slot=slot)
    session.add(user)
    session.flush()
    _set_grids(session, user, grids)
    _keep(session)
    return user.id


def change(session: Session, slot: str, *, name: str, role: str, grids: Collection[int]) -> None:
    """Another name, role or other grids; raises DomainError when the name is taken."""
    user = _of(session, slot)
    user.name, user.role = _checked(session, name, role, besides=user.id), role
    _set_grids(session, user, grids)
    _keep(session)


def put(session: Session, *, slot: str, name: str, role: str) -> None:
    """Let the owner of a key stand in the list as the key file names him."""
    user = session.scalar(select(User).where(User.slot == slot))
    if user is None:
        session.add(User(name=_free_name(session, name), role=role, slot=slot))
    elif (user.name, user.role) != (name, role):
        user.name, user.role = _free_name(session, name, besides=user.id), role
    session.flush()
    _keep(session)


def remove(session: Session, slot: str) -> None:
    """Take a person off the list; what he did stays in the journal under his name."""
    user = _of(session, slot)
    _set_grids(session, user, ())
    for member in session.scalars(select(GridMember).where(GridMember.user_id == user.id)):
        member.user_id = None
    session.flush()
    session.delete(user)
    _keep(session)


def keep_only(session: Session, slots: Collection[str]) -> None:
    """Take everybody off the list who has no key."""
    for slot in session.scalars(select(User.slot).where(User.slot.not_in(slots))).all():
        remove(session, slot)


def note_key(session: Session, slot: str, replaced_by: str) -> None:
    """A password or the recovery code was changed; a key that was lost got another slot."""
    user = _of(session, slot)
    if replaced_by != slot:
        user.slot = replaced_by
    journal.record_look(session, Action.KEYED, User, [user.id])
    _keep(session)


def note_newer_keys(session: Session) -> None:
    """Somebody's password or the recovery code was changed; whose, nobody knows any more."""
    ids = session.scalars(select(User.id).order_by(User.id)).all()
    journal.record_look(session, Action.KEYED, User, ids)


def note_refused(session: Session, slots: Iterable[str], present: int) -> None:
    """Wrong passwords for some slots; where nobody has one (any more), it stands with `present`."""
    known = {slot: user for slot, user in session.execute(select(User.slot, User.id))}
    ids = {known.get(slot, present) for slot in slots}
    journal.record_look(session, Action.REFUSED, User, sorted(ids))


def _of(session: Session, slot: str) -> User:
    user = session.scalar(select(User).where(User.slot == slot))
    if user is None:
        raise DomainError("这个人已经不在使用人名单里，可能刚被移除。请刷新名单再看。")
    return user


def _checked(session: Session, name: str, role: str, *, besides: int = 0) -> str:
    name = name.strip()
    if not name:
        raise DomainError("请填写姓名。")
    if role not in ROLES:
        raise DomainError("请从列表中选择岗位。")
    taken = select(User.id).where(User.name == name, User.id != besides)
    if session.scalar(taken) is not None:
        raise DomainError(f"已经有叫“{name}”的使用人，请加上区别的字。")
    return name


def _free_name(session: Session, name: str, *, besides: int = 0) -> str:
    """`name`, or with a number behind it where somebody without a key has it."""
    taken = set(session.scalars(select(User.name).where(User.id != besides)))
    names = [name, *(f"{name}{number}" for number in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)


def _set_grids(session: Session, user: User, grids: Collection[int]) -> None:
    wanted = set(grids) if user.role == GRID_MEMBER else set()
    for row in session.scalars(select(UserGrid).where(UserGrid.user_id == user.id)):
        if row.grid_id in wanted:
            wanted.discard(row.grid_id)
        else:
            session.delete(row)
    session.add_all(UserGrid(user_id=user.id, grid_id=grid) for grid in sorted(wanted))
    session.flush()


def _keep(session: Session) -> None:
    # The key file cannot be taken back with the row: neither is.
    journal.set_details(session, {FINAL: _FINAL_WORDS})
