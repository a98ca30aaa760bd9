"""Canteens (食堂), the meal periods they offer, and what set meals cost on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import Guest, MealPeriod
from app.services.terms import in_force
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.values.times import minute_of

COOKS = "kitchen"
"""The key of models.Facility.KITCHEN: only who cooks keeps samples of the own (domain-law.md 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CanteenView:
    """A canteen; `delivery_fee` in 分 for a meal that is brought."""

    id: int
    version: int
    name: str
    facility: str
    """The key of models.Facility"""
    operator: str
    supplier: str
    address: str
    phone: str
    delivery_fee: int
    note: str

    @property
    def cooks(self) -> bool:
        return self.facility == COOKS


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """A meal period of a canteen; times in minutes since midnight.

    Orders are taken until `order_until` of the day `order_days` before.
    """

    id: int
    version: int
    period: MealPeriod
    opens: int
    closes: int
    order_until: int
    order_days: int
    ready: int
    deliver_by: int
    expected: int
    enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SetView:
    """A set meal by its letter; `price` in 分, no `periods` means every one."""

    id: int
    version: int
    letter: str
    name: str
    price: int
    periods: tuple[MealPeriod, ...]
    words: str
    since: date
    until: date | None


def canteens(source: Source) -> tuple[CanteenView, ...]:
    """Every canteen of the office, in order."""
    there = [Sql("deleted_at IS NULL")]
    asked = query(_CANTEEN, "canteen", there, "ORDER BY position, id")
    return tuple(_canteen(values) for values in lookup_of(source).rows(asked))


def canteen(source: Source, canteen_id: int) -> CanteenView | None:
    """One canteen; None where it was deleted."""
    there = [Sql("id = ? AND deleted_at IS NULL", (canteen_id,))]
    found = next(lookup_of(source).rows(query(_CANTEEN, "canteen", there)), None)
    return None if found is None else _canteen(found)


def name_of(source: Source, canteen_id: int) -> str:
    """As it stands on papers; '' where it was deleted."""
    found = canteen(source, canteen_id)
    return found.name if found is not None else ""


def periods(
    source: Source, canteen_id: int, *, enabled_only: bool = True
) -> tuple[PeriodView, ...]:
    """The periods that a canteen offers, in the order of the day."""
    where = [Sql("canteen_id = ?", (canteen_id,)), *([Sql("enabled")] if enabled_only else [])]
    found = lookup_of(source).rows(query(_PERIOD, "canteen_period", where, "ORDER BY opens, id"))
    return tuple(_period(values) for values in found)


def period_at(offered: Sequence[PeriodView], now: datetime) -> MealPeriod:
    """The period that is open, or the next of the day; after the last one, that one.

    Of the periods of a canteen; lunch where it offers nothing yet.
    """
    minute = minute_of(now)
    coming = [one for one in offered if one.closes > minute]
    if coming:
        return coming[0].period
    return offered[-1].period if offered else MealPeriod.LUNCH


def set_meals(
    source: Source, canteen_id: int, day: date, period: MealPeriod | None = None
) -> tuple[SetView, ...]:
    """The set meals of a day by their letters; with a period, those that it offers."""
    found = sets_where(source, [Sql("canteen_id = ?", (canteen_id,)), in_force(day)])
    return tuple(one for one in found if period is None or period in (one.periods or (period,)))


def set_by_letter(
    source: Source, canteen_id: int, day: date, period: MealPeriod, letter: str
) -> int | None:
    """What a letter means on a day; None where it is not offered."""
    offered = set_meals(source, canteen_id, day, period)
    return next((one.id for one in offered if one.letter == letter), None)


def sets_where(source: Source, where: Sequence[Sql]) -> tuple[SetView, ...]:
    """Set meals by conditions on `set_meal`, by letter and then by the day they begin."""
    there = [Sql("deleted_at IS NULL"), *where]
    found = lookup_of(source).rows(query(_SET, "set_meal", there, "ORDER BY letter, since, id"))
    return tuple(_set(values) for values in found)


def joined(codes: Iterable[MealPeriod | Guest]) -> str:
    """For a column that joins them by ,: in the order of the program."""
    return ",".join(sorted({one.value for one in codes}, key=_ORDER.index))


def split_periods(stored: str) -> tuple[MealPeriod, ...]:
    """Of a column that joins them by ,: breakfast,lunch."""
    return tuple(MealPeriod.of(key) for key in stored.split(",") if key)


_ORDER = [one.value for one in (*MealPeriod, *Guest)]
_CANTEEN = "id, version, name, facility, operator, supplier, address, phone, delivery_fee, note"
_PERIOD = (
    "id, version, period, opens, closes, order_until, order_days, ready, deliver_by, expected,"
    " enabled"
)
_SET = "id, version, letter, name, price, periods, words, since, until"


def _canteen(values: tuple[Any, ...]) -> CanteenView:
    key, version, name, facility, operator, supplier, address, phone, fee, note = values
    return CanteenView(
        id=key,
        version=version,
        name=name,
        facility=facility,
        operator=operator or "",
        supplier=supplier or "",
        address=address or "",
        phone=phone or "",
        delivery_fee=fee,
        note=note or "",
    )


def _period(values: tuple[Any, ...]) -> PeriodView:
    key, version, period, opens, closes, until, days, ready, deliver_by, expected, on = values
    return PeriodView(
        id=key,
        version=version,
        period=MealPeriod.of(period),
        opens=opens,
        closes=closes,
        order_until=until,
        order_days=days,
        ready=ready,
        deliver_by=deliver_by,
        expected=expected,
        enabled=bool(on),
    )


def _set(values: tuple[Any, ...]) -> SetView:
    key, version, letter, name, price, of_periods, words, since, until = values
    return SetView(
        id=key,
        version=version,
        letter=letter,
        name=name,
        price=price,
        periods=split_periods(of_periods),
        words=words,
        since=date.fromisoformat(since),
        until=day_of(until),
    )
