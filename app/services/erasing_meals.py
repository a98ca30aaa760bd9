"""What 食堂 knows of somebody who is erased: meals and money keep their figures, no name stays."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
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
from app.services.identity_texts import ERASED_WORDS, Rows, without
from app.storage import journal
from app.storage.redaction import ERASING
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
_NAMED_IN: dict[type[Base], tuple[str, ...]] = {MealEntry: ("words",)}


def with_books(session: Session, own: Rows) -> dict[str, set[int]]:
    """The same with the lines of the accounts and the steps of the cases."""
    found = {table: set(ids) for table, ids in own.items()}
    accounts, cases = own[MealAccount.__tablename__], own[CareCase.__tablename__]
    found[MealEntry.__tablename__] = _ids(session, MealEntry, MealEntry.account_id.in_(accounts))
    found[CareStep.__tablename__] = _ids(session, CareStep, CareStep.case_id.in_(cases))
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
    waiting = _ids(
        session,
        MealOrder,
        MealOrder.id.in_(own[MealOrder.__tablename__]),
        MealOrder.on_date >= today,
        MealOrder.state == OrderState.ORDERED,
    )
    if waiting:
        yield f"还有 {len(waiting)} 份订餐没有送：先到“食堂”的“订餐”里取消。"
    cases = CareCase.id.in_(own[CareCase.__tablename__])
    if _ids(session, CareCase, cases, CareCase.closed_at.is_(None)):
        yield "送餐无人应答的事还没有了结：先到“食堂”的“送餐”里登记结果。"


def empty(session: Session, rows: Rows, texts: Sequence[str], *, today: date) -> None:
    """Take the person out of `rows` (`with_books`), which are forgotten by the journal as well."""
    for model in _GONE:
        _forget(session, model, rows, delete(table_of(model)))
    for model, values in _EMPTIED.items():
        _forget(session, model, rows, update(table_of(model)).values(values))
    _end_standing(session, rows[StandingOrder.__tablename__], today)
    for model, names in _NAMED_IN.items():
        _take_out(session, model, rows[model.__tablename__], names, texts)


def _forget(session: Session, model: type[Base], rows: Rows, statement: Any) -> None:
    """Also in a ledger: of its words, never of its figures."""
    ids = rows[model.__tablename__]
    where = table_of(model).c.id.in_(ids)
    session.connection().execute(statement.where(where), execution_options={ERASING: True})
    journal.record_erased(session, model, sorted(ids))


def _end_standing(session: Session, ids: set[int], today: date) -> None:
    table = table_of(StandingOrder)
    running = (table.c.id.in_(ids), table.c.until.is_(None))
    session.connection().execute(update(table).where(*running).values(until=today))


def _take_out(
    session: Session, model: type[Base], ids: set[int], names: Sequence[str], texts: Sequence[str]
) -> None:
    table = table_of(model)
    columns = [table.c[name] for name in names]
    for key, *words in session.connection().execute(
        select(table.c.id, *columns).where(table.c.id.in_(ids))
    ):
        values = dict(zip(names, without(texts, words), strict=True))
        statement = update(table).where(table.c.id == key).values(values)
        session.connection().execute(statement, execution_options={ERASING: True})
    journal.record_erased(session, model, sorted(ids))


def _ids(session: Session, model: type[Base], *where: ColumnElement[bool]) -> set[int]:
    return set(session.scalars(select(table_of(model).c.id).where(*where)))
