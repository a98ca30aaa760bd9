"""What two records of one person have in 食堂 becomes one: accounts, orders, diet, place on a walk.

The book of meals is never changed: what was eaten under the record that is given up stays there,
and money goes over by lines.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import (
    AccountKind,
    AccountState,
    Diner,
    MealAccount,
    MealOrder,
    MealPeriod,
    OrderState,
    Resident,
    RouteStop,
)
from app.services import meal_accounts
from app.storage.lookup import Sql, lookup_of
from app.values.money import yuan

_WORDS = ("diet", "avoids")
_ORDERED = (
    *("canteen_id", "set_letter", "quantity", "way", "pay_way", "standing_id"),
    *("route_id", "stop", "note"),
)
_FACTS = ("consented_on", "contact", "contact_relation", "contact_phone", "door_note")


def bring_together(
    session: Session, keep: Resident, other: Resident, *, now: datetime
) -> tuple[str, ...]:
    """Give the keeper all that the other record has; says what a ledger had to be written for,
    and what is to be put right."""
    said = (*_accounts(session, keep, other, now), *_subsidised_twice(session, keep, other))
    _diner(session, keep, other)
    _stop(session, keep, other)
    _orders(session, keep, other)
    session.flush()
    return said


def _accounts(session: Session, keep: Resident, other: Resident, now: datetime) -> Iterator[str]:
    mine = {one.kind: one for one in _all_of(session, MealAccount, keep)}
    for theirs in _all_of(session, MealAccount, other):
        if theirs.kind not in mine:
            theirs.resident_id = keep.id
            continue
        stays = mine[theirs.kind]
        if stays.state is AccountState.CLOSED and theirs.state is not AccountState.CLOSED:
            stays.state, stays.closed_on = AccountState.OPEN, None
        moved = meal_accounts.move_all(session, theirs.id, stays.id, words="两份资料合并", now=now)
        if moved:
            what = "餐卡转来" if theirs.kind is AccountKind.CARD else "月结欠款转来"
            yield f"{what} {yuan(abs(moved))} 元。"
        theirs.state, theirs.closed_on = AccountState.CLOSED, now.date()


def _subsidised_twice(session: Session, keep: Resident, other: Resident) -> Iterator[str]:
    """One meal a period is subsidised: where both records had one, somebody takes one back."""
    found = list(lookup_of(session).rows(Sql(_TWICE, (keep.id, other.id))))
    if found:
        day, period = found[0]
        more = f"等 {len(found)} 餐" if len(found) > 1 else ""
        yield (
            f"{day[5:]} {MealPeriod.of(period).label}{more}，两份资料都享受了补贴，"
            "请到“食堂”的“结算”里更正其中一份。"
        )


def _diner(session: Session, keep: Resident, other: Resident) -> None:
    """What either of them must not eat holds; other facts of the keeper come first."""
    mine, theirs = _one_of(session, Diner, keep), _one_of(session, Diner, other)
    if theirs is None:
        return
    if mine is None:
        theirs.resident_id = keep.id
        return
    for name in _WORDS:
        both = [*getattr(mine, name).split("、"), *getattr(theirs, name).split("、")]
        setattr(mine, name, "、".join(dict.fromkeys(word for word in both if word)))
    for name in _FACTS:
        if not getattr(mine, name):
            setattr(mine, name, getattr(theirs, name))
    session.delete(theirs)


def _stop(session: Session, keep: Resident, other: Resident) -> None:
    """One place on the walks."""
    mine, theirs = _one_of(session, RouteStop, keep), _one_of(session, RouteStop, other)
    if theirs is None:
        return
    if mine is None:
        theirs.resident_id = keep.id
    else:
        session.delete(theirs)


def _orders(session: Session, keep: Resident, other: Resident) -> None:
    """One meal a period: where both have an order, that of the record given up is cancelled.

    One that the keeper's record had cancelled waits instead: somebody ordered that meal.
    """
    mine = {(one.on_date, one.period): one for one in _all_of(session, MealOrder, keep)}
    for order in _all_of(session, MealOrder, other):
        own = mine.get((order.on_date, order.period))
        if own is None:
            order.resident_id = keep.id
        elif order.state is OrderState.ORDERED:
            if own.state is OrderState.CANCELLED:
                _take_over(own, order)
            order.state, order.reason, order.by_hand = OrderState.CANCELLED, "两份资料合并", True


def _take_over(own: MealOrder, order: MealOrder) -> None:
    for name in _ORDERED:
        setattr(own, name, getattr(order, name))
    own.state, own.reason, own.by_hand = OrderState.ORDERED, None, True


def _one_of(session: Session, model: Any, person: Resident) -> Any:
    return session.scalar(select(model).where(model.resident_id == person.id))


def _all_of(session: Session, model: Any, person: Resident) -> list[Any]:
    return list(session.scalars(select(model).where(model.resident_id == person.id)))


_TWICE = """
    SELECT on_date, period FROM meal WHERE resident_id IN (?, ?) AND price + fee <> paid
    GROUP BY on_date, period HAVING sum(CASE WHEN quantity > 0 THEN 1 ELSE -1 END) > 1
    ORDER BY on_date, period
"""
