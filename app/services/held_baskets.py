"""挂单: a basket put aside for the next in the queue, which outlives the program.

It is no redemption: nothing is booked, and nothing is kept from others.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import HeldBasket
from app.services import points_accounts, rights
from app.storage.lookup import Source, actor_of, lookup_of, query
from app.values.rights import Right


@dataclass(frozen=True, slots=True)
class Held:
    """`resident_id` is who stood at the counter, None for a volunteer from outside.

    `reason` is why the rules of the shop were set aside for it; '' where they were not.
    """

    id: int
    account_id: int
    resident_id: int | None
    name: str
    lines: tuple[tuple[int, int], ...]
    proxy: str
    proxy_relation: str
    reason: str
    held_at: datetime
    held_by: str


def hold(
    session: Session,
    account_id: int,
    resident_id: int | None,
    lines: tuple[tuple[int, int], ...],
    *,
    now: datetime,
    proxy: str = "",
    proxy_relation: str = "",
    reason: str = "",
) -> int:
    """Put a basket aside: (goods id, quantity) each. Raises DomainError for an empty one."""
    rights.require(session, Right.REDEEM)
    if not lines:
        raise DomainError("篮子里还没有东西，不用挂单。")
    points_accounts.check_open(session, account_id)
    content: dict[str, Any] = {
        "resident_id": resident_id,
        "lines": [list(line) for line in lines],
        "proxy": proxy,
        "proxy_relation": proxy_relation,
        "reason": reason,
    }
    row = HeldBasket(
        account_id=account_id, held_at=now, held_by=actor_of(session).name, basket=content
    )
    session.add(row)
    session.flush()
    return row.id


def waiting(session: Session) -> list[Held]:
    """All that were put aside, the longest waiting first."""
    rows = session.scalars(select(HeldBasket).order_by(HeldBasket.held_at, HeldBasket.id))
    return [_held(session, row) for row in rows]


def count(source: Source) -> int:
    """How many wait."""
    found: int = lookup_of(source).value(query("count(*)", "held_basket"))
    return found


def resume(session: Session, held_id: int) -> Held:
    """Take a basket up again; it waits no longer. Raises DomainError where somebody else did."""
    rights.require(session, Right.REDEEM)
    row = session.get(HeldBasket, held_id)
    if row is None:
        raise DomainError("这笔挂单已经被取走了，请看看还有没有别的。")
    held = _held(session, row)
    session.delete(row)
    session.flush()
    return held


def _held(session: Session, row: HeldBasket) -> Held:
    content = row.basket
    holder = points_accounts.holder(session, row.account_id)
    # Of an own account it is the holder, whose record may have been merged meanwhile.
    resident_id = holder.resident_id or content.get("resident_id")
    return Held(
        id=row.id,
        account_id=row.account_id,
        resident_id=resident_id,
        name=holder.name,
        lines=tuple((goods_id, quantity) for goods_id, quantity in content["lines"]),
        proxy=content.get("proxy", ""),
        proxy_relation=content.get("proxy_relation", ""),
        reason=content.get("reason", ""),
        held_at=row.held_at,
        held_by=row.held_by,
    )
