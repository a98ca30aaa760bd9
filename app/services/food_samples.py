"""留样: the samples of every meal as lists and labels show them, and what is missing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import MealPeriod
from app.services import menus
from app.storage.lookup import Source, Sql, lookup_of, moment_of, query


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleView:
    """A sample that was taken; `temperature` of the fridge in 0.1 ℃."""

    id: int
    version: int
    on_date: date
    period: MealPeriod
    dish_id: int | None
    name: str
    grams: int
    taken_at: datetime
    taken_by: str
    fridge: str
    temperature: int | None
    keep_until: datetime
    reviewed_by: str
    destroyed_at: datetime | None
    destroyed_by: str
    note: str
    number: str
    """On the label of the box: 1120-午-03"""

    @property
    def review_words(self) -> str:
        """Who reviewed it; that somebody has to, or nobody did while it was there."""
        return self.reviewed_by or ("未审核" if self.destroyed_at else "待审核")


@dataclass(frozen=True, slots=True)
class Missing:
    """A dish of the menu of which no sample was taken."""

    dish_id: int
    name: str


def samples(
    source: Source, canteen_id: int, first: date, last: date, period: MealPeriod | None = None
) -> tuple[SampleView, ...]:
    """Samples from a day to a day, in the order of their days and numbers."""
    where = [
        Sql("canteen_id = ?", (canteen_id,)),
        Sql("on_date BETWEEN ? AND ?", (first.isoformat(), last.isoformat())),
        *([Sql("period = ?", (period.value,))] if period else []),
    ]
    found = lookup_of(source).rows(query(_COLUMNS, "food_sample", where, "ORDER BY on_date, id"))
    views: list[SampleView] = []
    count: Counter[tuple[str, str]] = Counter()
    for values in found:
        count[values[2:4]] += 1
        views.append(_view(values, count[values[2:4]]))
    return tuple(sorted(views, key=lambda one: (one.on_date, one.period.place, one.id)))


def to_destroy(source: Source, canteen_id: int, *, now: datetime) -> list[int]:
    """The ids of those whose hours are over and that are still there, the oldest first."""
    where = [
        Sql("canteen_id = ? AND destroyed_at IS NULL", (canteen_id,)),
        Sql("keep_until <= ?", (f"{now:%Y-%m-%d %H:%M:%S.%f}",)),
    ]
    asked = query("id", "food_sample", where, "ORDER BY on_date, id")
    return list(lookup_of(source).column(asked))


def next_to_go(source: Source, canteen_id: int) -> datetime | None:
    """From when on the next one may be destroyed; None where none is kept."""
    where = [Sql("canteen_id = ? AND destroyed_at IS NULL", (canteen_id,))]
    found = lookup_of(source).value(query("min(keep_until)", "food_sample", where))
    return moment_of(found)


def fridges(source: Source, canteen_id: int) -> tuple[str, ...]:
    """Where samples were put before, the latest first."""
    where = [Sql("canteen_id = ? AND fridge <> ''", (canteen_id,))]
    asked = query("fridge", "food_sample", where, "GROUP BY fridge ORDER BY max(id) DESC")
    return tuple(lookup_of(source).column(asked))


def missing(
    source: Source, canteen_id: int, on_date: date, period: MealPeriod
) -> tuple[Missing, ...]:
    """Dishes of the menu without a sample."""
    there = {one.dish_id for one in samples(source, canteen_id, on_date, on_date, period)}
    menu = menus.menu_of(source, canteen_id, on_date, period)
    return tuple(Missing(one.dish_id, one.name) for one in menu if one.dish_id not in there)


def _view(values: tuple[Any, ...], number: int) -> SampleView:
    key, version, day, period, dish_id, name, grams, taken_at, taken_by, *rest = values
    fridge, temperature, keep_until, reviewed_by, destroyed_at, destroyed_by, note = rest
    on_date, of_period = date.fromisoformat(day), MealPeriod.of(period)
    return SampleView(
        id=key,
        version=version,
        on_date=on_date,
        period=of_period,
        dish_id=dish_id,
        name=name,
        grams=grams,
        taken_at=datetime.fromisoformat(taken_at),
        taken_by=taken_by,
        fridge=fridge,
        temperature=temperature,
        keep_until=datetime.fromisoformat(keep_until),
        reviewed_by=reviewed_by or "",
        destroyed_at=moment_of(destroyed_at),
        destroyed_by=destroyed_by or "",
        note=note or "",
        number=f"{on_date:%m%d}-{of_period.label[0]}-{number:02d}",
    )


_COLUMNS = """
    id, version, on_date, period, dish_id, name, grams, taken_at, taken_by, fridge, temperature,
    keep_until, reviewed_by, destroyed_at, destroyed_by, note
"""
