"""What 食堂 knows of somebody who is erased: meals and money keep their figures, no name stays."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import (
    Base,
    CareCase,
    CareStep,
    Diner,
    Meal,
    MealAccount,
    MealBalance,
    MealEntry,
    MealOrder,
    MealVoucher,
    OrderPause,
    OrderState,
    RouteStop,
    StandingOrder,
    table_of,
)
from app.services import erasing_rows
from app.services.erasing_rows import ids_where
from app.services.identity_texts import ERASED_WORDS, Rows
from app.values.money import yuan

_GONE: tuple[type[Base], ...] = (Diner, RouteStop)
"""Rows that are about nothing but the person."""
_EMPTIED: dict[type[Base], dict[str, Any]] = {
    Meal: {"exception": None},
    MealAccount: {"frozen_reason": None},
    MealVoucher: {"reason": ""},
    StandingOrder: {"note": None},
    OrderPause: {"reason": ERASED_WORDS},
    MealOrder: {"reason": None, "note": None},
    CareCase: {"words": "", "outcome": None},
    CareStep: {"words": ""},
}


def with_books(session: Session, own: Rows) -> dict[str, set[int]]:
    """The same with the lines of the accounts and the steps of the cases."""
    found = {table: set(ids) for table, ids in own.items()}
    accounts, cases = own[MealAccount.__tablename__], own[CareCase.__tablename__]
    found[MealEntry.__tablename__] = ids_where(
        session, MealEntry, MealEntry.account_id.in_(accounts)
    )
    found[CareStep.__tablename__] = ids_where(session, CareStep, CareStep.case_id.in_(cases))
    return found


def phones(session: Session, own: Rows) -> set[str]:
    """The family's number and name, which only 食堂 may have."""
    asked = select(Diner.contact, Diner.contact_phone).where(Diner.id.in_(own[Diner.__tablename__]))
    return {text for row in session.execute(asked) for text in row if text}


def blockers(session: Session, own: Rows, *, today: date) -> Iterator[str]:
    """Why somebody cannot be erased yet, each with what to do first."""
    accounts = MealBalance.account_id.in_(own[MealAccount.__tablename__])
    left = sum(session.scalars(select(MealBalance.balance).where(accounts)))
    if left > 0:
        yield f"餐卡里还有 {yuan(left)} 元：先到“食堂”的“账户”里退款。"
    if left < 0:
        yield f"月结餐费还欠 {yuan(-left)} 元：先到“食堂”的“账户”里收款。"
    waiting = ids_where(
        session,
        MealOrder,
        MealOrder.id.in_(own[MealOrder.__tablename__]),
        MealOrder.on_date >= today,
        MealOrder.state == OrderState.ORDERED,
    )
    if waiting:
        yield f"还有 {len(waiting)} 份订餐没有送：先到“食堂”的“订餐”里取消。"
    cases = CareCase.id.in_(own[CareCase.__tablename__])
    if ids_where(session, CareCase, cases, CareCase.closed_at.is_(None)):
        yield "送餐无人应答的事还没有了结：先到“食堂”的“送餐”里登记结果。"


def empty(session: Session, rows: Rows, texts: Sequence[str], *, today: date) -> None:
    """Take the person out of `rows` (`with_books`), which are forgotten by the journal as well."""
    for gone in _GONE:
        erasing_rows.remove(session, gone, rows[gone.__tablename__])
    for model, values in _EMPTIED.items():
        erasing_rows.empty(session, model, rows[model.__tablename__], values)
    _end_standing(session, rows[StandingOrder.__tablename__], today)
    erasing_rows.take_out(session, MealEntry, rows[MealEntry.__tablename__], ("words",), texts)


def _end_standing(session: Session, ids: set[int], today: date) -> None:
    table = table_of(StandingOrder)
    running = (table.c.id.in_(ids), table.c.until.is_(None))
    session.connection().execute(update(table).where(*running).values(until=today))
