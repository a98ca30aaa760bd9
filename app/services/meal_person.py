"""Who stands at the counter of 食堂: all that the clerk sees of somebody, in few SELECTs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.errors import DomainError
from app.models import AccountKind, AccountState, MealPeriod, MealWay, OrderState, PayWay
from app.services import diners, points_book, points_owner, residents
from app.services.resident_rows import TagChip
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query
from app.values.rights import Right

_TAIL = 4
_CHIPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """What somebody took and how it was paid the last time in this period."""

    set_letter: str
    pay_way: PayWay


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAhead:
    """An order for this very meal that was not settled yet."""

    id: int
    set_letter: str
    quantity: int
    way: MealWay
    pay_way: PayWay

    @property
    def collected(self) -> bool:
        """Whether whoever ordered it comes for it."""
        return self.way is not MealWay.BROUGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class MealPerson:
    """`diet` is a word of the kitchen; `purses` hold 分, `points` are free to spend."""

    resident_id: int
    name: str
    age: int | None
    gone: str
    """死亡, 迁出"""
    chips: tuple[TagChip, ...]
    diet: str
    place: str
    habit: Habit | None
    purses: dict[AccountKind, int] = field(default_factory=dict)
    frozen: frozenset[AccountKind] = frozenset()
    points: int | None = None
    order: OrderAhead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """The meal that is given out: where, when."""

    canteen_id: int
    period: MealPeriod
    on_date: date


def person(source: Source, resident_id: int, sitting: Sitting, *, with_points: bool) -> MealPerson:
    """Everything at once. Raises DomainError for who was deleted meanwhile."""
    lookup = lookup_of(source)
    found = residents.rows(lookup, [resident_id], today=sitting.on_date)
    if not found:
        raise DomainError("没有找到这个人，可能已经删除或合并，请重新找。")
    row = found[0]
    tail = f"尾号 {row.phone[-_TAIL:]}" if row.phone else ""
    return MealPerson(
        resident_id=resident_id,
        name=row.name,
        age=row.age,
        gone=row.departure,
        chips=_chips(lookup, resident_id, sitting.canteen_id),
        diet=_diet(lookup, resident_id),
        place="・".join(one for one in (row.grid_name, row.place_short, tail) if one),
        habit=_habit(lookup, resident_id, sitting),
        **_purses(lookup, resident_id),
        points=_points(lookup, resident_id, sitting.on_date) if with_points else None,
        order=orders_ahead(lookup, [resident_id], sitting).get(resident_id),
    )


def _chips(lookup: Lookup, resident_id: int, canteen_id: int) -> tuple[TagChip, ...]:
    """Only what counts for the price: the next in the queue looks on."""
    hidden = "" if lookup.actor.may(Right.SEE_SENSITIVE) else "AND NOT tag.sensitive"
    rows = lookup.rows(Sql(_TAGS.format(hidden=hidden), (resident_id, canteen_id, _CHIPS)))
    return tuple(TagChip(name, tone) for name, tone in rows)


def _diet(lookup: Lookup, resident_id: int) -> str:
    known = diners.diner(lookup, resident_id)
    avoids = f"忌{known.avoids}" if known.avoids else ""
    return "・".join(one for one in (known.diet.replace(diners.JOINED, "・"), avoids) if one)


def _habit(lookup: Lookup, resident_id: int, sitting: Sitting) -> Habit | None:
    asked = (resident_id, sitting.canteen_id, sitting.period.value)
    row = next(lookup.rows(Sql(_LAST, asked)), None)
    return None if row is None else Habit(set_letter=row[0] or "", pay_way=PayWay.of(row[1]))


def _purses(lookup: Lookup, resident_id: int) -> dict[str, Any]:
    """Balances of what is open, and what is frozen."""
    found = [
        (AccountKind.of(kind), AccountState.of(state), balance)
        for kind, state, balance in lookup.rows(Sql(_PURSES, (resident_id,)))
    ]
    return {
        "purses": {kind: balance for kind, state, balance in found if state is AccountState.OPEN},
        "frozen": frozenset(kind for kind, state, _ in found if state is AccountState.FROZEN),
    }


def _points(lookup: Lookup, resident_id: int, today: date) -> int | None:
    account_id = points_owner.account_of(lookup, resident_id)
    return None if account_id is None else points_book.available(lookup, account_id, today).points


def orders_ahead(
    source: Source, resident_ids: Sequence[int], sitting: Sitting
) -> dict[int, OrderAhead]:
    """By person: what was ordered for this very meal and waits."""
    meal = (sitting.on_date.isoformat(), sitting.period.value, sitting.canteen_id)
    where = [
        one_of("resident_id", resident_ids),
        Sql("on_date = ? AND period = ? AND canteen_id = ?", meal),
        Sql("state = ?", (OrderState.ORDERED.value,)),
    ]
    columns = "resident_id, id, set_letter, quantity, way, pay_way"
    return {
        person: OrderAhead(
            id=key,
            set_letter=letter,
            quantity=quantity,
            way=MealWay.of(way),
            pay_way=PayWay.of(pays),
        )
        for person, key, letter, quantity, way, pays in lookup_of(source).rows(
            query(columns, "meal_order", where)
        )
    }


_TAGS = """
SELECT tag.name, tag.tone FROM main.resident_tag JOIN tag ON tag.id = resident_tag.tag_id
WHERE resident_tag.resident_id = ? AND resident_tag.until IS NULL AND tag.deleted_at IS NULL
  AND tag.id IN (SELECT subsidy_rule_tag.tag_id FROM subsidy_rule_tag
    JOIN subsidy_rule ON subsidy_rule.id = subsidy_rule_tag.rule_id
    WHERE subsidy_rule.canteen_id = ? AND subsidy_rule.deleted_at IS NULL) {hidden}
ORDER BY tag.position, tag.id LIMIT ?
"""
_LAST = """
SELECT set_meal.letter, meal.pay_way FROM meal
LEFT JOIN set_meal ON set_meal.id = meal.set_meal_id
WHERE meal.resident_id = ? AND meal.canteen_id = ? AND meal.period = ?
  AND meal.reverses_id IS NULL
ORDER BY meal.on_date DESC, meal.id DESC LIMIT 1
"""
_PURSES = """
SELECT a.kind, a.state, coalesce(b.balance, 0) FROM meal_account AS a
LEFT JOIN meal_balance AS b ON b.account_id = a.id
WHERE a.resident_id = ? AND a.state <> 'closed_account'
"""
