"""进货查验: what came in, from whom, with which ticket, and whether it was taken."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import FoodReceipt
from app.services import rights
from app.storage.lookup import Source, Sql, actor_of, day_of, lookup_of, query
from app.values.degrees import celsius
from app.values.rights import Right
from app.values.text import tidy

_LONGEST = {
    "supplier": (30, "供货单位"),
    "goods": (30, "品名"),
    "quantity": (20, "数量"),
    "ticket": (60, "票证号"),
    "note": (60, "备注"),
}
_NEEDED = ("supplier", "goods", "quantity")
_COLDEST, _WARMEST = -400, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptInput:
    """One kind of goods as typed; `temperature` of what came cold in 0.1 ℃."""

    supplier: str
    goods: str
    quantity: str
    made_on: date | None = None
    best_before: date | None = None
    ticket: str = ""
    tickets_seen: bool = False
    temperature: int | None = None
    accepted: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """One line of the register."""

    id: int
    version: int
    on_date: date
    supplier: str
    goods: str
    quantity: str
    made_on: date | None
    best_before: date | None
    ticket: str
    tickets_seen: bool
    temperature: int | None
    accepted: bool
    note: str
    received_by: str


def receipts(source: Source, canteen_id: int, first: date, last: date) -> tuple[ReceiptView, ...]:
    """What came in from a day to a day, in its order."""
    where = [
        Sql("canteen_id = ? AND deleted_at IS NULL", (canteen_id,)),
        Sql("on_date BETWEEN ? AND ?", (first.isoformat(), last.isoformat())),
    ]
    found = lookup_of(source).rows(query(_COLUMNS, "food_receipt", where, "ORDER BY on_date, id"))
    return tuple(_view(values) for values in found)


def _view(values: tuple[Any, ...]) -> ReceiptView:
    key, version, day, supplier, goods, quantity, made_on, best_before, ticket, *rest = values
    seen, warm, accepted, note, by = rest
    return ReceiptView(
        id=key,
        version=version,
        on_date=date.fromisoformat(day),
        supplier=supplier,
        goods=goods,
        quantity=quantity,
        made_on=day_of(made_on),
        best_before=day_of(best_before),
        ticket=ticket or "",
        tickets_seen=bool(seen),
        temperature=warm,
        accepted=bool(accepted),
        note=note or "",
        received_by=by,
    )


def suppliers(source: Source, canteen_id: int) -> tuple[str, ...]:
    """Who delivered before, for typing; the latest first."""
    where = [Sql("canteen_id = ? AND deleted_at IS NULL", (canteen_id,))]
    asked = query("supplier", "food_receipt", where, "GROUP BY supplier ORDER BY max(id) DESC")
    return tuple(lookup_of(source).column(asked))


def take_in(
    session: Session, canteen_id: int, entered: ReceiptInput, *, on_date: date, today: date
) -> int:
    """Write down goods that came; raises DomainError for what must not be taken."""
    rights.require(session, Right.RUN_CANTEEN)
    if on_date > today:
        raise DomainError("进货只能记今天和以前的，请核对日期。")
    row = FoodReceipt(canteen_id=canteen_id, on_date=on_date, received_by=actor_of(session).name)
    _fill(row, entered)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, receipt_id: int, entered: ReceiptInput, *, version: int) -> None:
    """Raises as `take_in`, and ChangedMeanwhile."""
    rights.require(session, Right.RUN_CANTEEN)
    _fill(_get(session, receipt_id, version), entered)
    session.flush()


def remove(session: Session, receipt_id: int, *, version: int, now: datetime) -> None:
    """Into the recycle bin."""
    rights.require(session, Right.RUN_CANTEEN)
    _get(session, receipt_id, version).deleted_at = now
    session.flush()


def _get(session: Session, receipt_id: int, version: int) -> FoodReceipt:
    row = session.scalar(select(FoodReceipt).where(FoodReceipt.id == receipt_id))
    if row is None or row.deleted_at is not None:
        raise DomainError("这笔进货已经被删除，请刷新。")
    if row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(row: FoodReceipt, entered: ReceiptInput) -> None:
    words = {name: tidy(getattr(entered, name)) for name in _LONGEST}
    for name, (longest, label) in _LONGEST.items():
        if name in _NEEDED and not words[name]:
            raise DomainError(f"请填写{label}。")
        if len(words[name]) > longest:
            raise DomainError(f"{label}最多 {longest} 个字，请写短一些。")
    _check(row.on_date, entered, words)
    for name in _LONGEST:
        setattr(row, name, words[name] or (None if name not in _NEEDED else ""))
    for name in ("made_on", "best_before", "tickets_seen", "temperature", "accepted"):
        setattr(row, name, getattr(entered, name))


def _check(on_date: date, entered: ReceiptInput, words: dict[str, str]) -> None:
    made, best = entered.made_on, entered.best_before
    if made is not None and made > on_date:
        raise DomainError(f"{words['goods']}的生产日期在到货以后，请核对。")
    if best is not None and best < on_date and entered.accepted:
        raise DomainError(f"{words['goods']}已经过了保质期，不能验收；请退货，记成不合格。")
    if not entered.tickets_seen and entered.accepted and not words["note"]:
        raise DomainError("票证不齐不能验收；先收下、以后补的，请在备注里写明何时补。")
    if not entered.accepted and not words["note"]:
        raise DomainError("验收不合格的，请在备注里写明原因和怎么处理的，如“腐坏，当场退回”。")
    warm = entered.temperature
    if warm is not None and not _COLDEST <= warm <= _WARMEST:
        raise DomainError(f"到货温度 {celsius(warm)} 不像真的，请核对。")


_COLUMNS = """
    id, version, on_date, supplier, goods, quantity, made_on, best_before, ticket, tickets_seen,
    temperature, accepted, note, received_by
"""
