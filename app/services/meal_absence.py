"""Who always came to eat and has not come for some days: somebody should ask why."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.services import settings
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

USUAL_DAYS = 10
"""So many days on which the canteen served, before the last ones, tell who always comes."""
OFTEN = 0.7


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody who came on `came` of `usual` days, and last on a day; `days` were missed since."""

    resident_id: int
    name: str
    last_on: date
    came: int
    usual: int
    days: int
    case_id: int | None
    """A case that is open about it"""

    @property
    def words(self) -> str:
        return f"以前 {self.usual} 个用餐日来 {self.came} 天，{self.last_on:%m-%d} 以后没来"


def absent(source: Source, canteen_id: int, *, today: date) -> tuple[Absence, ...]:
    """By how long they stay away, the longest first; nobody where the office does not ask.

    Left out are who died or moved away, and whose meals are stopped (停送): the reason is known.
    """
    lookup = lookup_of(source)
    away = settings.value(source, settings.AWAY_DAYS)
    served = _served_days(lookup, canteen_id, today, away + USUAL_DAYS)
    if not away or len(served) <= away:
        return ()
    missed, usual = served[:away], served[away:]
    came = _came(lookup, canteen_id, usual[-1], today)
    lately = {person for person, days in came.items() if days & set(missed)}
    regular = {
        person: days
        for person, days in came.items()
        if person not in lately and len(days) >= OFTEN * len(usual) and len(days) > 1
    }
    found = (
        Absence(
            person,
            name,
            max(regular[person]),
            len(regular[person]),
            len(usual),
            sum(day > max(regular[person]) for day in served),
            case,
        )
        for person, name, case in _still_here(lookup, regular, today)
    )
    return tuple(sorted(found, key=lambda one: (one.last_on, one.resident_id)))


def _served_days(lookup: Lookup, canteen_id: int, today: date, most: int) -> list[date]:
    """Days before today on which somebody ate there, the latest first."""
    where = [Sql("canteen_id = ? AND on_date < ?", (canteen_id, today.isoformat()))]
    days = query("DISTINCT on_date", "meal", where, "ORDER BY on_date DESC LIMIT ?")
    found = lookup.column(Sql(days.text, (*days.values, most)))
    return [date.fromisoformat(day) for day in found]


def _came(lookup: Lookup, canteen_id: int, first: date, today: date) -> dict[int, set[date]]:
    """On which days everybody ate; what was taken back does not count."""
    where = [
        Sql("canteen_id = ? AND on_date BETWEEN ? AND ?", (canteen_id, f"{first}", f"{today}")),
        Sql("resident_id IS NOT NULL"),
    ]
    having = "GROUP BY resident_id, on_date HAVING sum(quantity) > 0"
    found: defaultdict[int, set[date]] = defaultdict(set)
    for person, day in lookup.rows(query("resident_id, on_date", "meal", where, having)):
        found[person].add(date.fromisoformat(day))
    return found


def _still_here(
    lookup: Lookup, people: Mapping[int, object], today: date
) -> Iterable[tuple[int, str, int | None]]:
    day = today.isoformat()
    for person in people:
        yield from lookup.rows(Sql(_PERSON, (person, day, day)))


_PERSON = """
SELECT p.id, p.name, (SELECT max(c.id) FROM care_case AS c
    WHERE c.resident_id = p.id AND c.closed_at IS NULL)
FROM resident AS p
WHERE p.id = ? AND p.deleted_at IS NULL AND p.departure IS NULL AND NOT EXISTS (
    SELECT 1 FROM order_pause AS o WHERE o.resident_id = p.id AND o.deleted_at IS NULL
        AND o.since <= ? AND (o.until IS NULL OR o.until >= ?))
"""
