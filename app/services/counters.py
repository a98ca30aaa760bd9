"""What can be done about a step that cannot be taken back: 作废 of a paper, 冲正 in a ledger.

One entry per table; a tab that comes later adds its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app import models
from app.models import Stage
from app.storage.lookup import Sql, lookup_of, query


@dataclass(frozen=True, slots=True)
class Counter:
    """Another way than undo: the verb on the button, and the record whose page offers it."""

    verb: str
    words: str
    table: str
    row_id: int


def counter_for(session: Session, row_of: Mapping[str, int]) -> Counter | None:
    """The way that the rows of a step offer; None where there is none left."""
    for table, offer in _OFFERS.items():
        if table in row_of:
            return offer(session, row_of[table])
    return None


def _void(session: Session, certificate_id: int) -> Counter | None:
    row = session.get(models.Certificate, certificate_id)
    if row is None or row.number is None or row.stage is Stage.VOID:
        return None
    return Counter("作废", "可以作废，号不再用", "certificate", certificate_id)


def _return(session: Session, redemption_id: int) -> Counter | None:
    standing = [Sql("id = ?", (redemption_id,)), Sql("taken_back_at IS NULL")]
    if lookup_of(session).value(query("id", "redemption", standing)) is None:
        return None
    return Counter("撤销兑换", "可以撤销这次兑换，积分和物品一起退回", "redemption", redemption_id)


def _reverse(session: Session, entry_id: int) -> Counter | None:
    if _met(session, "points_entry", entry_id):
        return None
    return Counter("冲正", "可以冲正，原来那一行留着", "points_entry", entry_id)


def _reverse_hours(session: Session, entry_id: int) -> Counter | None:
    """Service without points; what gave both is met from its line of points, with its hours."""
    if _met(session, "hour_entry", entry_id):
        return None
    return Counter("冲正", "可以冲正，原来那一行留着", "hour_entry", entry_id)


def _reverse_stock(session: Session, entry_id: int) -> Counter | None:
    if _met(session, "stock_entry", entry_id):
        return None
    return Counter("冲正", "可以冲正，原来那一行留着", "stock_entry", entry_id)


def _take_back_meal(session: Session, meal_id: int) -> Counter | None:
    if _met(session, "meal", meal_id):
        return None
    return Counter("撤销这一餐", "可以撤销这一餐，收的钱一起退回", "meal", meal_id)


def _reverse_money(session: Session, entry_id: int) -> Counter | None:
    """Money over the desk; what a meal took comes back with the meal."""
    of_meal = [Sql("id = ?", (entry_id,)), Sql("meal_id IS NOT NULL")]
    if _met(session, "meal_entry", entry_id) or lookup_of(session).value(
        query("id", "meal_entry", of_meal)
    ):
        return None
    return Counter("冲正", "可以冲正，原来那一行留着", "meal_entry", entry_id)


def _reverse_fund(session: Session, entry_id: int) -> Counter | None:
    if _met(session, "fund_entry", entry_id):
        return None
    return Counter("冲正", "可以冲正，原来那一行留着", "fund_entry", entry_id)


def _met(session: Session, table: str, entry_id: int) -> bool:
    """Whether a line of a ledger has its counter-entry, or is one."""
    either = Sql("reverses_id = ? OR id = ? AND reverses_id IS NOT NULL", (entry_id, entry_id))
    return lookup_of(session).value(query("id", table, [either])) is not None


# By name, and asked by text: a card reads its history without the tables of other pages.
_OFFERS: dict[str, Callable[[Session, int], Counter | None]] = {
    "certificate": _void,
    "redemption": _return,
    "meal": _take_back_meal,
    "meal_entry": _reverse_money,
    "points_entry": _reverse,
    "hour_entry": _reverse_hours,
    "stock_entry": _reverse_stock,
    "fund_entry": _reverse_fund,
}
