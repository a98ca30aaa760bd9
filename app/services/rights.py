"""Who may do what in this office: the roles' rights as the 书记 set them, and who has come in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.errors import DomainError, NotAllowed, OutsideGrids, SecretaryOnly
from app.storage.lookup import Source, Sql, actor_of, lookup_of, query
from app.values.rights import BY_KEY, DEFAULTS, GRID_MEMBER, READER, ROLES, SECRETARY, Actor, Right

# Every login asks for its rights; what changes them is loaded by whoever does.
if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class RoleRights:
    """A column of the table of permissions."""

    role: str
    rights: frozenset[Right]

    @property
    def adjusted(self) -> frozenset[Right]:
        """Those that the office gave or took, against what the role begins with."""
        return self.rights ^ DEFAULTS[self.role]


def require(source: Source, right: Right, *others: Right) -> None:
    """Raise NotAllowed, naming `right`, unless whoever works with the file has it or another."""
    actor = actor_of(source)
    if not any(map(actor.may, (right, *others))):
        raise NotAllowed(actor.role, right.label)


def require_grid(source: Source, grid_id: int | None) -> None:
    """Raise OutsideGrids unless it is one's own: of pictures the journal tells the door nothing."""
    grids = actor_of(source).grids
    if grids is not None and grid_id not in grids:
        raise OutsideGrids


def is_secretary(actor: Actor) -> bool:
    """A 书记, or the program itself, which works without a role."""
    return actor.role in ("", SECRETARY)


def load_actor(source: Source, slot: str) -> Actor:
    """Who has come in through a key slot; raises DomainError for one that the file does not know.

    The role is that of the encrypted file: the key file beside it is no secret and could be edited.
    """
    lookup = lookup_of(source)
    found = next(
        lookup.rows(query("id, name, role", "user", [Sql("slot = ?", (slot,))])),
        None,
    )
    if found is None:
        raise DomainError("这份资料里没有您的使用人登记，请书记重新添加，或用恢复单进入。")
    user_id, name, role = found
    return Actor(name, role, rights_of(source, role), _grids(source, user_id, role), slot, user_id)


def rights_of(source: Source, role: str) -> frozenset[Right]:
    """What a role may do here; one that the program does not know may only read."""
    rights = set(DEFAULTS.get(role, DEFAULTS[READER]))
    if role == SECRETARY:
        return frozenset(rights)
    adjusted = query('"right", allowed', "permission", [Sql("role = ?", (role,))])
    for key, allowed in lookup_of(source).rows(adjusted):
        # Rights of a later version stay in the file and mean nothing here.
        if key in BY_KEY:
            (rights.add if allowed else rights.discard)(BY_KEY[key])
    return frozenset(rights)


def table_of_rights(source: Source) -> list[RoleRights]:
    """All roles in their order, each with its rights."""
    return [RoleRights(role, rights_of(source, role)) for role in ROLES]


def set_right(session: Session, role: str, right: Right, *, allowed: bool) -> None:
    """Give a role a right or take it away, from its people's next login on.

    Raises DomainError for the 书记, who must always be able to put things right.
    """
    from sqlalchemy import select

    from app.models import Permission

    _require_secretary(session)
    if role == SECRETARY:
        raise DomainError("书记的权限不能减少：总要有一个人能调整权限。")
    row = session.scalar(
        select(Permission).where(Permission.role == role, Permission.right == right)
    )
    if row is None:
        session.add(Permission(role=role, right=right.value, allowed=allowed))
    else:
        row.allowed = allowed


def reset_rights(session: Session) -> None:
    """Give every role again what it began with."""
    from sqlalchemy import select

    from app.models import Permission

    _require_secretary(session)
    for row in session.scalars(select(Permission)):
        session.delete(row)


def _require_secretary(session: Session) -> None:
    """Whoever else may manage users would give the rights to himself."""
    require(session, Right.MANAGE_USERS)
    if not is_secretary(actor_of(session)):
        raise SecretaryOnly("各岗位的权限只有书记可以调整，没有改。请书记来调整。")


def _grids(source: Source, user_id: int, role: str) -> frozenset[int] | None:
    if role != GRID_MEMBER:
        return None
    own = query("grid_id", "user_grid", [Sql("user_id = ?", (user_id,))])
    return frozenset(lookup_of(source).column(own))
