"""Standing orders as they are listed: who gets what on which weekdays, and what to heed of it."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.models import MealPeriod, MealWay, PayWay
from app.services import places, search, terms
from app.services.ages import age_on
from app.services.chunks import chunks
from app.services.standing_orders import weekday_words
from app.storage.lookup import Lookup, Source, Sql, among, day_of, lookup_of, one_of, query

PAUSED, SPECIAL, NO_ROUTE, ENDING = "paused", "special", "no_route", "ending"
KINDS = {
    PAUSED: "正在停送",
    SPECIAL: "饮食有要求",
    NO_ROUTE: "没有排路线",
    ENDING: "14 天内结束",
}
SOON = timedelta(days=14)
_MOST_FOUND = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFilter:
    """Which standing orders of a canteen; None and '' for all. `ended` ones are a list apart."""

    canteen_id: int
    period: MealPeriod | None = None
    weekday: int | None = None
    kind: str | None = None
    ended: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A line: one standing order of one person."""

    id: int
    version: int
    resident_id: int
    name: str
    sex: str
    age: int | None
    place: str
    period: MealPeriod
    weekdays: str
    set_letter: str
    quantity: int
    way: MealWay
    pay_way: PayWay
    since: date
    until: date | None
    note: str
    diet: str
    avoids: str
    route: str
    stop: int | None
    gone: str
    """已迁出 or 已去世"""
    paused: str
    """住院，到 12-05: the stop that holds today"""

    @property
    def days(self) -> str:
        return weekday_words(self.weekdays)

    @property
    def meal(self) -> str:
        """A 餐, A 餐 ×2."""
        return f"{self.set_letter} 餐" + (f" ×{self.quantity}" if self.quantity > 1 else "")

    @property
    def carried(self) -> str:
        """一路 5, 送餐, 自取."""
        if self.way is MealWay.BROUGHT and self.route:
            return f"{self.route} {self.stop}"
        return self.way.label

    @property
    def title(self) -> str:
        """How questions and the journal call it: 王秀兰 午餐."""
        return f"{self.name} {self.period.label}"


def list_ids(
    source: Source,
    chosen: StandingFilter,
    *,
    order: str = "place",
    descending: bool = False,
    today: date,
) -> Sequence[int]:
    """The standing orders of the filter, in the order of name, place, carried or since."""
    lookup = lookup_of(source)
    way = "DESC" if descending else "ASC"
    columns = ", ".join(f"{one} {way}" for one in _ORDERS[order])
    rest = f"ORDER BY {columns}, r.name_order, t.resident_id, {_BY_PERIOD}, t.id"
    return array("q", lookup.column(query("t.id", _SOURCE, _where(lookup, chosen, today), rest)))


def counts(source: Source, chosen: StandingFilter, *, today: date) -> tuple[int, int]:
    """How many people, and how many portions of a week."""
    lookup = lookup_of(source)
    what = "count(DISTINCT t.resident_id), sum(t.quantity * length(t.weekdays))"
    people, portions = next(lookup.rows(query(what, _SOURCE, _where(lookup, chosen, today))))
    return people, portions or 0


def kind_counts(source: Source, canteen_id: int, *, today: date) -> dict[str, int]:
    """How many standing orders are to be heeded, by kind."""
    lookup = lookup_of(source)
    found = {}
    for kind in KINDS:
        chosen = StandingFilter(canteen_id=canteen_id, kind=kind)
        found[kind] = int(lookup.value(query("count(*)", _SOURCE, _where(lookup, chosen, today))))
    return found


def rows(source: Source, ids: Sequence[int], *, today: date) -> list[StandingRow]:
    """These lines in the order of `ids`; who is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, StandingRow] = {}
    for part in chunks(ids, 300):
        where = [Sql("t.deleted_at IS NULL"), one_of("t.id", part)]
        listed = list(lookup.rows(query(_COLUMNS, _SOURCE, where)))
        paused = _paused(lookup, [one[2] for one in listed], today)
        for values in listed:
            found[values[0]] = _row(values, paused, today)
    return [found[one] for one in ids if one in found]


def row(source: Source, standing_id: int, *, today: date) -> StandingRow | None:
    """One of them; None where it was deleted or is not seen by who asks."""
    return next(iter(rows(source, [standing_id], today=today)), None)


def of_resident(source: Source, resident_id: int, *, today: date) -> list[StandingRow]:
    """What somebody gets, or is to get, in every canteen; by period."""
    lookup = lookup_of(source)
    where = [
        Sql("t.resident_id = ? AND t.deleted_at IS NULL", (resident_id,)),
        Sql("t.until IS NULL OR t.until >= ?", (today.isoformat(),)),
    ]
    ids = list(lookup.column(query("t.id", "standing_order AS t", where, "ORDER BY t.id")))
    return sorted(rows(lookup, ids, today=today), key=lambda one: one.period.place)


def residents_of(source: Source, ids: Sequence[int]) -> list[int]:
    """The residents of these standing orders: whose names left the program is put on record."""
    lookup = lookup_of(source)
    return [
        one
        for part in chunks(ids, 500)
        for one in lookup.column(query("resident_id", "standing_order", [one_of("id", part)]))
    ]


_ORDERS = {
    "name": ("r.name_order",),
    "place": ("coalesce(d.place_order, '~')",),
    "carried": ("w.position IS NULL", "w.position", "w.id", "s.place"),
    "since": ("t.since",),
}
_BY_PERIOD = "CASE t.period WHEN 'breakfast' THEN 1 WHEN 'lunch' THEN 2 ELSE 3 END"
# A place on another canteen's route is none of this one's.
_SOURCE = """
    standing_order AS t
    JOIN resident AS r ON r.id = t.resident_id
    LEFT JOIN dwelling AS d ON d.id = r.dwelling_id
    LEFT JOIN building AS b ON b.id = d.building_id
    LEFT JOIN diner AS n ON n.resident_id = t.resident_id
    LEFT JOIN route_stop AS s ON s.resident_id = t.resident_id AND t.way = 'brought'
    LEFT JOIN delivery_route AS w
        ON w.id = s.route_id AND w.canteen_id = t.canteen_id AND w.deleted_at IS NULL
"""
_COLUMNS = """
    t.id, t.version, t.resident_id, r.name, r.sex, r.birth_date, b.number, d.unit, d.room,
    r.other_address, t.period, t.weekdays, t.set_letter, t.quantity, t.way, t.pay_way, t.since,
    t.until, t.note, n.diet, n.avoids, w.name, s.place, r.departure
"""
_GONE = {"moved_out": "已迁出", "died": "已去世"}


def _where(lookup: Lookup, chosen: StandingFilter, today: date) -> list[Sql]:
    day = today.isoformat()
    found = [Sql("t.deleted_at IS NULL AND t.canteen_id = ?", (chosen.canteen_id,))]
    ended = Sql("t.until < ? OR r.departure IS NOT NULL OR r.deleted_at IS NOT NULL", (day,))
    found.append(ended if chosen.ended else Sql(f"NOT coalesce({ended.text}, 0)", ended.values))
    if chosen.period is not None:
        found.append(Sql("t.period = ?", (chosen.period.value,)))
    if chosen.weekday is not None:
        found.append(Sql("t.weekdays LIKE ?", (f"%{chosen.weekday}%",)))
    if chosen.kind is not None:
        found.append(_of_kind(chosen.kind, today))
    if text := chosen.text.strip():
        people = search.find_ids(lookup, text, limit=_MOST_FOUND).ids
        found.append(one_of("t.resident_id", people))
    return found


def _of_kind(kind: str, today: date) -> Sql:
    if kind == PAUSED:
        now = [terms.in_force(today), Sql("deleted_at IS NULL")]
        return among("t.resident_id", query("resident_id", "order_pause", now))
    if kind == SPECIAL:
        return Sql("n.diet <> '' OR n.avoids <> ''")
    if kind == NO_ROUTE:
        return Sql("t.way = ? AND w.id IS NULL", (MealWay.BROUGHT.value,))
    return Sql("t.until <= ?", ((today + SOON).isoformat(),))


def _paused(lookup: Lookup, people: Sequence[int], today: date) -> dict[int, str]:
    """Of these people the stop that holds today, in words."""
    where = [one_of("resident_id", people), terms.in_force(today), Sql("deleted_at IS NULL")]
    listed = lookup.rows(query("resident_id, reason, until", "order_pause", where))
    return {
        person: reason + (f"，到 {until[5:]}" if until else "") for person, reason, until in listed
    }


def _row(values: Sequence[Any], paused: dict[int, str], today: date) -> StandingRow:
    key, version, resident_id, name, sex, born, building, unit, room, elsewhere, *rest = values
    period, weekdays, letter, quantity, way, pay_way, since, until, note, *rest = rest
    diet, avoids, route, stop, departure = rest
    return StandingRow(
        id=key,
        version=version,
        resident_id=resident_id,
        name=name,
        sex=sex or "",
        age=age_on(day_of(born), today),
        place=places.listed(building, unit, room) or elsewhere or "",
        period=MealPeriod.of(period),
        weekdays=weekdays,
        set_letter=letter,
        quantity=quantity,
        way=MealWay.of(way),
        pay_way=PayWay.of(pay_way),
        since=date.fromisoformat(since),
        until=day_of(until),
        note=note or "",
        diet=diet or "",
        avoids=avoids or "",
        route=route or "",
        stop=stop if route else None,
        gone=_GONE.get(departure or "", ""),
        paused=paused.get(resident_id, ""),
    )
