"""What a meal with all that belongs to it costs, before it is booked: the counter shows the same.

A subsidy is for the meal itself and for one portion: dishes beside a set meal, further portions
and the way to the door are the person's own (domain.md 4.2: 补贴≤餐费, 每餐计 1 次).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import Guest, MealPeriod, MealWay, PayWay
from app.services import meal_price
from app.services.meal_price import Quote
from app.services.meal_shares import Shares
from app.services.terms import in_force
from app.storage.lookup import Lookup, Source, Sql, lookup_of, one_of, query

_LONGEST_WORDS, _LONGEST_REASON = 80, 160
MOST_PORTIONS = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class MealInput:
    """A meal to be booked, of a resident or of a guest without a name.

    `request_key` is one for each confirmation; `extras`: (dish, quantity). Without a set meal the
    extras are the meal. An `exception` says why a second meal in the period is right; what was
    `given` out already (a sheet, a delivery) may be sold out by now.
    """

    canteen_id: int
    period: MealPeriod
    on_date: date
    request_key: str
    resident_id: int | None = None
    guest: Guest | None = None
    quantity: int = 1
    way: MealWay = MealWay.HERE
    set_meal_id: int | None = None
    extras: tuple[tuple[int, int], ...] = ()
    pay_way: PayWay = PayWay.CASH
    voucher_code: str = ""
    exception: str = ""
    order_id: int | None = None
    given: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A dish at the price of now, in 分."""

    dish_id: int
    name: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedMeal:
    """The whole: price + fee = paid + shares; `quote` tells why, of one portion.

    Of a line that is booked again as it was there is none.
    """

    words: str
    """A 餐＋蒸蛋"""
    price: int
    fee: int
    paid: int
    shares: Shares
    age: int | None
    rule_id: int | None
    reason: str
    extras: tuple[Extra, ...] = ()
    quote: Quote | None = None

    @property
    def same_period(self) -> str:
        """The number of a meal that the person has in the period already: M-1101-037; or ''."""
        return self.quote.same_period if self.quote else ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a meal is given out: `offered` tells whether the period is one of the canteen's."""

    name: str
    fee: int
    offered: bool


def priced(source: Source, meal: MealInput) -> PricedMeal:
    """What `meal` costs; raises DomainError for a set or dish that is not offered."""
    return price_at(source, meal, place_of(source, meal))


def place_of(source: Source, meal: MealInput) -> Place:
    """The canteen of a meal; raises DomainError where it was deleted."""
    asked = query(_PLACE, _PLACES, [Sql("c.id = ? AND c.deleted_at IS NULL", (meal.canteen_id,))])
    where = Sql(asked.text, (meal.period.value, *asked.values))
    found = next(lookup_of(source).rows(where), None)
    if found is None:
        raise DomainError("这个食堂已经被删除，请另选一个食堂。")
    name, fee, enabled = found
    return Place(name, fee, bool(enabled))


def price_at(
    source: Source, meal: MealInput, place: Place, extras: tuple[Extra, ...] | None = None
) -> PricedMeal:
    """The same for whoever knows the canteen, and what its dishes cost."""
    if not 1 <= meal.quantity <= MOST_PORTIONS:
        raise DomainError(f"份数要在 1 到 {MOST_PORTIONS} 之间，请核对。")
    lookup = lookup_of(source)
    chosen = _set_of(lookup, meal)
    extras = _extras(lookup, meal) if extras is None else extras
    beside = sum(one.price * one.quantity for one in extras)
    portion, own = (chosen[1], beside) if chosen else (beside, 0)
    if not chosen and not extras:
        raise DomainError("请先选套餐，或者点菜。")
    quote = meal_price.quote(
        source,
        meal.canteen_id,
        meal.period,
        meal.on_date,
        portion,
        resident_id=meal.resident_id,
        guest=meal.guest,
    )
    fee = place.fee * meal.quantity if meal.way is MealWay.BROUGHT else 0
    return _whole(meal, quote, own, fee, extras, _words(chosen, extras))


def _whole(
    meal: MealInput, quote: Quote, own: int, fee: int, extras: tuple[Extra, ...], words: str
) -> PricedMeal:
    """Guests are given each portion alike; of a person's portions the first one is subsidised."""
    shares = quote.shares.times(meal.quantity) if meal.guest else quote.shares
    price = quote.price * meal.quantity + own
    return PricedMeal(
        words=words,
        price=price,
        fee=fee,
        paid=price + fee - shares.total,
        shares=shares,
        age=quote.age,
        rule_id=quote.rule_id,
        reason=_reason(meal, quote, own),
        extras=extras,
        quote=quote,
    )


def _reason(meal: MealInput, quote: Quote, own: int) -> str:
    """What is not subsidised is said, where something is."""
    parts = [quote.reason]
    if quote.shares.total and meal.resident_id is not None:
        parts += ["加菜自付"] if own else []
        parts += [f"补 1 份，另 {meal.quantity - 1} 份自付"] if meal.quantity > 1 else []
    return "；".join(filter(None, parts))[:_LONGEST_REASON]


def _set_of(lookup: Lookup, meal: MealInput) -> tuple[str, int] | None:
    """Its letter and price; raises DomainError for one that is not offered then."""
    if meal.set_meal_id is None:
        return None
    day = meal.on_date
    asked = query(_SET, "set_meal", [Sql("id = ?", (meal.set_meal_id,)), in_force(day)])
    found = next(lookup.rows(asked), None)
    if found is None or found[2] != meal.canteen_id:
        raise DomainError(f"这个套餐 {day:%m-%d} 不供应，请另选一个。")
    letter, price, _, periods = found
    if periods and meal.period.value not in periods.split(","):
        raise DomainError(f"{letter} 餐不在{meal.period.label}供应，请另选一个。")
    return letter, price


def _extras(lookup: Lookup, meal: MealInput) -> tuple[Extra, ...]:
    if not meal.extras:
        return ()
    wanted: dict[int, int] = {}
    for dish_id, quantity in meal.extras:
        wanted[dish_id] = wanted.get(dish_id, 0) + quantity
    there = [one_of("id", list(wanted)), Sql("deleted_at IS NULL")]
    known = {key: more for key, *more in lookup.rows(query("id, name, price", "dish", there))}
    if len(known) < len(wanted) or min(wanted.values()) < 1:
        raise DomainError("点的菜里有一样已经没有了，请重新点。")
    if max(wanted.values()) > MOST_PORTIONS:
        raise DomainError(f"一样菜最多点 {MOST_PORTIONS} 份，请核对。")
    return tuple(
        Extra(dish_id=key, name=known[key][0], quantity=quantity, price=known[key][1])
        for key, quantity in wanted.items()
    )


def _words(chosen: tuple[str, int] | None, extras: Sequence[Extra]) -> str:
    """A 餐＋蒸蛋 ×2"""
    dishes = [f"{one.name} ×{one.quantity}" if one.quantity > 1 else one.name for one in extras]
    parts = [f"{chosen[0]} 餐", *dishes] if chosen else dishes
    return "＋".join(parts)[:_LONGEST_WORDS]


_PLACE = "c.name, c.delivery_fee, p.enabled"
_PLACES = "canteen c LEFT JOIN canteen_period p ON p.canteen_id = c.id AND p.period = ?"
_SET = "letter, price, canteen_id, periods"
