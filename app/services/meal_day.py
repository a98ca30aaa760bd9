"""What a meal looks like while it is given out: who came, what is left, what is on its way.

All that stands beside the counter of 食堂, read after every meal: few SELECTs by index.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models import Guest, OrderState
from app.services import menus
from app.services.meal_person import Sitting
from app.services.meal_takings import CASH, PAID_MEALS
from app.storage.lookup import Source, Sql, lookup_of, moment_of, query

PACE_MINUTES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnout:
    """Meals of the period; money in 分. `seated` ate here, `lately` came in the last minutes."""

    meals: int = 0
    price: int = 0
    given: int = 0
    paid: int = 0
    cash: int = 0
    """What came into the till for these meals"""
    seated: int = 0
    lately: int = 0
    guests: Mapping[Guest, int]

    def minutes_left(self, expected: int) -> int | None:
        """How long it takes at this pace until all that are expected have come; None: unknown."""
        missing = expected - self.seated
        if missing <= 0 or self.lately <= 0:
            return None
        return -(-missing * PACE_MINUTES // self.lately)

    def seated_after(self, minutes: int) -> int:
        """How many will have come by then at this pace."""
        return self.seated + self.lately * minutes // PACE_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class DishLeft:
    """A dish of the menu: how many went out of how many that were cooked."""

    id: int
    name: str
    suits: str
    given: int
    planned: int | None
    sold_out: bool

    @property
    def left(self) -> int | None:
        return None if self.planned is None else max(0, self.planned - self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplesKept:
    """Samples of a period; `wanted` dishes are on the menu, the least grams of one, its fridge."""

    kept: int
    wanted: int
    grams: int
    fridge: str
    temperature: int | None
    """0.1 ℃"""
    keep_until: datetime | None


def turnout(source: Source, sitting: Sitting, *, now: datetime) -> Turnout:
    """How many came, and what they and others paid."""
    since = (now - timedelta(minutes=PACE_MINUTES)).isoformat(" ", "seconds")
    asked = query(_SUMS, PAID_MEALS, [_here(sitting)])
    values = next(lookup_of(source).rows(Sql(asked.text, (since, *asked.values))))
    meals, price, given, paid, cash, seated, lately, *guests = values
    return Turnout(
        meals=meals,
        price=price,
        given=given,
        paid=paid,
        cash=cash,
        seated=seated,
        lately=lately,
        guests=dict(zip(Guest, guests, strict=True)),
    )


def dishes(source: Source, sitting: Sitting) -> tuple[DishLeft, ...]:
    """The menu of the period in its order, with what went out so far."""
    place = (sitting.canteen_id, sitting.on_date, sitting.period)
    given = menus.served(source, *place)
    return tuple(
        DishLeft(
            id=one.id,
            name=one.name,
            suits=one.suits,
            given=given.get(one.dish_id, 0),
            planned=one.planned,
            sold_out=one.sold_out_at is not None,
        )
        for one in menus.menu_of(source, *place)
    )


def deliveries(source: Source, sitting: Sitting) -> dict[OrderState, int]:
    """How many meals of the period are to be brought, by what became of them."""
    brought = [_here(sitting), Sql("way = 'brought' AND state <> 'cancelled'")]
    asked = query("state, sum(quantity)", "meal_order", brought, "GROUP BY state")
    return {OrderState.of(state): count for state, count in lookup_of(source).rows(asked)}


def samples(source: Source, sitting: Sitting) -> SamplesKept:
    """What was kept of the dishes of the period (domain-law.md 4)."""
    lookup, here = lookup_of(source), [_here(sitting)]
    kept, grams, until = next(lookup.rows(query(_SAMPLES, "food_sample", here)))
    last = query("fridge, temperature", "food_sample", here, "ORDER BY id DESC LIMIT 1")
    fridge, temperature = next(lookup.rows(last), ("", None))
    return SamplesKept(
        kept=kept,
        wanted=lookup.value(query("count(*)", "menu_dish", here)),
        grams=grams or 0,
        fridge=fridge or "",
        temperature=temperature,
        keep_until=moment_of(until),
    )


def _here(sitting: Sitting) -> Sql:
    return Sql(
        "canteen_id = ? AND on_date = ? AND period = ?",
        (sitting.canteen_id, sitting.on_date.isoformat(), sitting.period.value),
    )


_OF_GUESTS = ", ".join(
    f"coalesce(sum(CASE WHEN guest = '{guest.value}' THEN quantity END), 0)" for guest in Guest
)
_SUMS = f"""
    coalesce(sum(quantity), 0), coalesce(sum(price + fee), 0),
    coalesce(sum(price + fee - paid), 0), coalesce(sum(paid), 0), coalesce(sum({CASH}), 0),
    coalesce(sum(CASE WHEN way = 'eaten_here' THEN quantity END), 0),
    coalesce(sum(CASE WHEN way = 'eaten_here' AND at >= ? THEN quantity END), 0), {_OF_GUESTS}
"""
_SAMPLES = "count(*), min(grams), max(keep_until)"
