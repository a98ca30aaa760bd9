"""What 积分超市 knows of somebody who is erased: the books keep their sums, nobody is named.

Lines of the ledgers stay with figures and days; the name is taken out of their words. What is
still open is settled first.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import (
    Appeal,
    Base,
    ClaimState,
    HeldBasket,
    HourEntry,
    Participation,
    PointsAccount,
    PointsBalance,
    PointsCard,
    PointsClaim,
    PointsEntry,
    Redemption,
    Reservation,
    ReservationState,
    StarAward,
    TeamMember,
    Volunteer,
    VolunteerNote,
    table_of,
)
from app.services import erasing_rows
from app.services.erasing_rows import ids_where
from app.services.identity_texts import ERASED_WORDS, Rows

_OF_ACCOUNT: tuple[type[Base], ...] = (PointsCard, PointsClaim, PointsEntry, Appeal, Reservation)
_OF_VOLUNTEER: tuple[type[Base], ...] = (TeamMember, VolunteerNote, StarAward, HourEntry)
_EMPTIED: dict[type[Base], dict[str, Any]] = {
    Volunteer: {
        "name": None,
        "gender": None,
        "id_number": None,
        "birth_date": None,
        "phone": None,
        "address": None,
        "skills": None,
        "services": None,
        "system_number": None,
        "guardian": None,
        "guardian_relation": None,
        "guardian_phone": None,
        "insurance": None,
        "note": None,
    },
    VolunteerNote: {"title": ERASED_WORDS, "detail": None},
    StarAward: {"reason": None},
    Participation: {"note": None},
    PointsAccount: {"frozen_reason": None},
    PointsClaim: {"reason": None, "witness": None, "answer": None, "place": None, "leader": None},
    Redemption: {
        "proxy": None,
        "proxy_relation": None,
        "reason": None,
        "taken_back_reason": None,
    },
    Reservation: {"note": None},
    Appeal: {"raised_by": ERASED_WORDS, "words": ERASED_WORDS, "answer": None},
}
_NAMED_IN: dict[type[Base], tuple[str, ...]] = {
    PointsClaim: ("words",),
    PointsEntry: ("words",),
    HourEntry: ("words",),
}
"""Words about the matter, which stay without the names."""


def with_books(session: Session, own: Rows) -> dict[str, set[int]]:
    """The same with what hangs on the account and on the volunteer."""
    found = {table: set(ids) for table, ids in own.items()}
    _add(session, found, PointsAccount, "account_id", (*_OF_ACCOUNT, Redemption))
    _add(session, found, Volunteer, "volunteer_id", (*_OF_VOLUNTEER, Participation))
    return found


def _add(
    session: Session,
    found: dict[str, set[int]],
    owner: type[Base],
    column: str,
    models: Sequence[type[Base]],
) -> None:
    owners = found[owner.__tablename__]
    for model in models:
        rows = ids_where(session, model, table_of(model).c[column].in_(owners))
        found.setdefault(model.__tablename__, set()).update(rows)


def blockers(session: Session, own: Rows) -> Iterator[str]:
    """Why somebody cannot be erased yet, each with what to do first."""
    accounts = own[PointsAccount.__tablename__]
    left = sum(
        session.scalars(select(PointsBalance.balance).where(PointsBalance.account_id.in_(accounts)))
    )
    if left:
        yield f"积分账户里还有 {left:,} 分：先兑换，或转给同户的人。"
    of_account = PointsClaim.account_id.in_(accounts)
    if waiting := ids_where(
        session, PointsClaim, of_account, PointsClaim.state == ClaimState.WAITING
    ):
        yield f"还有 {len(waiting)} 笔积分没有复核：先到“积分超市”的“台账”里复核或退回。"
    kept = Reservation.state == ReservationState.WAITING
    if ids_where(session, Reservation, Reservation.account_id.in_(accounts), kept):
        yield "还有预约的商品没有领：先到“积分超市”的“柜台”里取消。"
    asked = ids_where(
        session, Appeal, Appeal.account_id.in_(accounts), Appeal.answered_on.is_(None)
    )
    if asked:
        yield f"还有 {len(asked)} 件积分申诉没有答复。"


def empty(session: Session, rows: Rows, texts: Sequence[str]) -> None:
    """Take the person out of `rows` (`with_books`), which are forgotten by the journal as well."""
    for model, names in _NAMED_IN.items():
        erasing_rows.take_out(session, model, rows[model.__tablename__], names, texts)
    _others_lines(session, rows, texts)
    for model, values in _EMPTIED.items():
        erasing_rows.empty(session, model, rows[model.__tablename__], values)
    _void_cards(session, rows[PointsCard.__tablename__])
    held = table_of(HeldBasket)
    accounts = rows[PointsAccount.__tablename__]
    session.connection().execute(held.delete().where(held.c.account_id.in_(accounts)))


def _others_lines(session: Session, rows: Rows, texts: Sequence[str]) -> None:
    """Points that went to somebody or came from somebody name the other side."""
    own = rows[PointsEntry.__tablename__]
    partners = select(PointsEntry.partner_id).where(PointsEntry.id.in_(own))
    met = ids_where(
        session, PointsEntry, or_(PointsEntry.partner_id.in_(own), PointsEntry.id.in_(partners))
    )
    erasing_rows.take_out(session, PointsEntry, met, _NAMED_IN[PointsEntry], texts)


def _void_cards(session: Session, ids: set[int]) -> None:
    """The number of a chip card is the person's own: the code goes, the line stays."""
    for key in sorted(ids):
        erasing_rows.empty(session, PointsCard, {key}, {"code": f"{ERASED_WORDS}{key}"})
