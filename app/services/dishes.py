"""Dishes (菜): what the kitchen knows, with price, cost, and words for who may eat it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import Dish, DishKind
from app.services import rights
from app.services.diners import JOINED
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right
from app.values.text import tidy

ALLERGENS = ("麸质", "虾蟹", "鱼", "蛋", "花生", "大豆", "奶", "坚果")
"""The eight groups of GB 7718, in the words of the menu (domain.md 4.5)."""
SUITS = ("低盐", "低糖", "低脂", "软食", "无刺", "素食", "清真")
MOST_CENTS = 100_000
_LONGEST_NAME, _LONGEST_NOTE = 20, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DishView:
    """A dish; prices and costs in 分, `allergens` and `suits` joined by 、."""

    id: int
    version: int
    name: str
    kind: DishKind
    price: int
    cost: int | None
    allergens: str
    suits: str
    on_offer: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DishInput:
    """A dish as it is typed."""

    name: str
    kind: DishKind
    price: int = 0
    cost: int | None = None
    allergens: Sequence[str] = ()
    suits: Sequence[str] = ()
    on_offer: bool = True
    note: str = ""


def dishes(source: Source, *, on_offer_only: bool = False) -> tuple[DishView, ...]:
    """Every dish by kind and name; `on_offer_only` leaves out those that are not cooked now."""
    found = _views(source, [Sql("on_offer")] if on_offer_only else [])
    return tuple(sorted(found, key=lambda one: (one.kind.place, one.id)))


def dish(source: Source, dish_id: int) -> DishView:
    """One dish; raises DomainError where it was deleted."""
    found = next(iter(_views(source, [Sql("id = ?", (dish_id,))])), None)
    if found is None:
        raise DishGone
    return found


class DishGone(DomainError):
    """Somebody else deleted it."""

    def __init__(self) -> None:
        super().__init__("这道菜已经被删除，请刷新。")


def add(session: Session, entered: DishInput) -> int:
    """A new dish; raises DomainError for a name that is taken and for a price beyond reason."""
    rights.require(session, Right.RUN_CANTEEN)
    row = Dish()
    _fill(session, row, entered)
    session.add(row)
    session.flush()
    return row.id


def change(session: Session, dish_id: int, entered: DishInput, *, version: int) -> None:
    """Raises as `add`, and ChangedMeanwhile. Meals that were logged keep the price they had."""
    rights.require(session, Right.RUN_CANTEEN)
    _fill(session, _get(session, dish_id, version), entered)
    session.flush()


def set_on_offer(session: Session, dish_ids: Collection[int], *, on_offer: bool) -> int:
    """Take dishes off the list of what is cooked, or back on it; gives how many changed."""
    rights.require(session, Right.RUN_CANTEEN)
    rows = [row for one in dish_ids if (row := _get(session, one)).on_offer != on_offer]
    for row in rows:
        row.on_offer = on_offer
    session.flush()
    return len(rows)


def remove(session: Session, dish_id: int, *, version: int, now: datetime) -> None:
    """Into the recycle bin; menus and meals of the past keep its name. Raises ChangedMeanwhile."""
    rights.require(session, Right.RUN_CANTEEN)
    _get(session, dish_id, version).deleted_at = now
    session.flush()


def _views(source: Source, where: Sequence[Sql]) -> list[DishView]:
    there = query(_COLUMNS, "dish", [Sql("deleted_at IS NULL"), *where])
    return [_view(values) for values in lookup_of(source).rows(there)]


def _view(values: Sequence[Any]) -> DishView:
    key, version, name, kind, price, cost, allergens, suits, on_offer, note = values
    return DishView(
        id=key,
        version=version,
        name=name,
        kind=DishKind.of(kind),
        price=price,
        cost=cost,
        allergens=allergens,
        suits=suits,
        on_offer=bool(on_offer),
        note=note or "",
    )


def _get(session: Session, dish_id: int, version: int | None = None) -> Dish:
    row = session.get(Dish, dish_id)
    if row is None or row.deleted_at is not None:
        raise DishGone
    if version is not None and row.version != version:
        raise ChangedMeanwhile
    return row


def _fill(session: Session, row: Dish, entered: DishInput) -> None:
    name, note = tidy(entered.name), tidy(entered.note)
    _check(session, row, name, note, entered)
    row.name, row.kind, row.note = name, entered.kind, note or None
    row.price, row.cost, row.on_offer = entered.price, entered.cost, entered.on_offer
    row.allergens = JOINED.join(_in_order(entered.allergens, ALLERGENS))
    row.suits = JOINED.join(_in_order(entered.suits, SUITS))


def _in_order(chosen: Sequence[str], known: Sequence[str]) -> list[str]:
    """Known words as the list has them, then those that somebody typed."""
    words = [tidy(one) for one in chosen]
    own = [one for one in dict.fromkeys(words) if one and one not in known]
    return [*(one for one in known if one in words), *own]


def _check(session: Session, row: Dish, name: str, note: str, entered: DishInput) -> None:
    if not name:
        raise DomainError("请填写菜名。")
    if len(name) > _LONGEST_NAME:
        raise DomainError(f"菜名最多 {_LONGEST_NAME} 个字，请写短一些。")
    if len(note) > _LONGEST_NOTE:
        raise DomainError(f"备注最多 {_LONGEST_NOTE} 个字，请写短一些。")
    if not 0 <= entered.price <= MOST_CENTS or not 0 <= (entered.cost or 0) <= MOST_CENTS:
        raise DomainError(f"价格和成本要在 0 到 {MOST_CENTS // 100} 元之间，请核对。")
    same = select(Dish.id).where(Dish.deleted_at.is_(None), Dish.name == name)
    taken = session.scalar(same.limit(1))
    if taken is not None and taken != row.id:
        raise DomainError(f"已经有一道“{name}”，请改个名字，或修改原来那道。")


_COLUMNS = "id, version, name, kind, price, cost, allergens, suits, on_offer, note"
