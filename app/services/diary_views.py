"""The diary as it is listed: which lines, in which order, and what is shown of each.

SQL text, so that two hundred thousand lines open like two hundred.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models import RequestState, Satisfaction, VisitResult
from app.services import periods, search
from app.services.chunks import chunks
from app.services.diary_met import met_words, people_of
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    all_of,
    among,
    any_of,
    contains,
    day_of,
    lookup_of,
    one_of,
    query,
)
from app.values.text import tidy

__all__ = [
    "EVERYTHING",
    "DiaryCounts",
    "DiaryFilter",
    "DiaryRow",
    "counts",
    "list_ids",
    "months",
    "people_of",
    "rows",
    "waiting",
]

Month = tuple[int, int]
"""Year and month"""
WAYS = {"round": "巡查", "home": "入户", "phone": "电话"}
"""By the values of `models.RoundWay`, in the order of the counts."""
SOME = 0
"""In place of an id: any danger, whichever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryFilter:
    """Which lines; None, '' and False for all. `open`: findings neither settled nor handed on."""

    month: Month | None = None
    day: date | None = None
    grid_id: int | None = None
    member_id: int | None = None
    category_id: int | None = None
    hazard_id: int | None = None
    """SOME for any"""
    open: bool = False
    text: str = ""


EVERYTHING = DiaryFilter()


@dataclass(frozen=True, slots=True)
class Raised:
    """A request (诉求) that came of a line, and how it went on."""

    id: int
    number: int
    state: str
    called_on: date | None
    satisfaction: str

    @property
    def words(self) -> str:
        """1187 处理."""
        return f"{self.number} {self.state}"


@dataclass(frozen=True, slots=True)
class DiaryRow:
    """A line of the list and of its card; texts are '' where nothing was said."""

    id: int
    version: int
    on_date: date
    weather: str
    period: str
    way: str
    grid_name: str
    member_name: str
    met: str
    category: str
    seen: str
    measures: str
    hazard: str
    outcome: str
    settled_on: date | None
    photos: int
    written_by: str
    requests: tuple[Raised, ...] = ()
    visits: tuple[str, ...] = ()
    """王秀兰 正常"""

    @property
    def finding(self) -> bool:
        return bool(self.category or self.hazard)

    @property
    def open(self) -> bool:
        return self.finding and self.settled_on is None and not self.requests


@dataclass(frozen=True, slots=True)
class DiaryCounts:
    """Of the lines of a filter: how many by way, dangers among them, findings not settled."""

    by_way: dict[str, int]
    hazards: int
    open: int


# A line that became a request is settled with the request.
_OPEN = """(d.category_id IS NOT NULL OR d.hazard_id IS NOT NULL) AND d.settled_on IS NULL
    AND NOT EXISTS (
        SELECT 1 FROM request AS q WHERE q.diary_entry_id = d.id AND q.deleted_at IS NULL
    )"""
_TEXTS = ("d.seen", "d.measures", "d.outcome")


def list_ids(source: Source, chosen: DiaryFilter = EVERYTHING) -> Sequence[int]:
    """The lines of the filter: the latest day first, within it the last written first."""
    lookup = lookup_of(source)
    wanted = query(
        "d.id",
        "diary_entry AS d",
        _conditions(lookup, chosen),
        "ORDER BY d.on_date DESC, d.id DESC",
    )
    # Plain 64-bit numbers: as Python's integers they would take five times the memory.
    return array("q", lookup.column(wanted))


def counts(source: Source, chosen: DiaryFilter = EVERYTHING) -> DiaryCounts:
    """What the lines of the same filter come to."""
    lookup = lookup_of(source)
    told = f"d.way, count(*), count(d.hazard_id), sum(CASE WHEN {_OPEN} THEN 1 ELSE 0 END)"
    wanted = query(told, "diary_entry AS d", _conditions(lookup, chosen), "GROUP BY d.way")
    found = list(lookup.rows(wanted))
    by_way = dict.fromkeys(WAYS, 0) | {way: number for way, number, *_ in found}
    return DiaryCounts(
        {WAYS[way]: number for way, number in by_way.items()},
        sum(hazards for _, _, hazards, _ in found),
        sum(open_ones for *_, open_ones in found),
    )


def waiting(source: Source) -> tuple[int, date | None]:
    """How many findings are open, and the day of the oldest."""
    where = [Sql("d.deleted_at IS NULL"), Sql(_OPEN)]
    found = lookup_of(source).rows(query("count(*), min(d.on_date)", "diary_entry AS d", where))
    count, first = next(found)
    return count, day_of(first)


def months(source: Source, *, today: date, most: int = 24) -> list[Month]:
    """The months that can be chosen, the present one first, back to the first line."""
    first = lookup_of(source).value(
        query("min(on_date)", "diary_entry", [Sql("deleted_at IS NULL")])
    )
    begun, found = day_of(first) or today, [periods.month(today).first]
    while found[-1] > begun and len(found) < most:
        found.append(periods.month_before(found[-1]).first)
    return [(day.year, day.month) for day in found]


def _conditions(lookup: Lookup, chosen: DiaryFilter) -> list[Sql]:
    found = [Sql("d.deleted_at IS NULL"), *_when(chosen)]
    ids = (
        ("d.grid_id", chosen.grid_id),
        ("d.member_id", chosen.member_id),
        ("d.category_id", chosen.category_id),
        ("d.hazard_id", chosen.hazard_id or None),
    )
    found += [Sql(f"{column} = ?", (value,)) for column, value in ids if value is not None]
    if chosen.hazard_id == SOME:
        found.append(Sql("d.hazard_id IS NOT NULL"))
    if chosen.open:
        found.append(Sql(_OPEN))
    return found + [_said(lookup, word) for word in tidy(chosen.text).split()]


def _when(chosen: DiaryFilter) -> list[Sql]:
    if chosen.day is not None:
        return [Sql("d.on_date = ?", (chosen.day.isoformat(),))]
    if chosen.month is None:
        return []
    days = periods.month(date(*chosen.month, 1))
    return [Sql("d.on_date BETWEEN ? AND ?", (days.first.isoformat(), days.last.isoformat()))]


def _said(lookup: Lookup, word: str) -> Sql:
    """The word stands in the line, or somebody of whom it speaks is found by it."""
    texts = [contains(column, word) for column in _TEXTS]
    words = among("d.id", query("entry_id", "diary_met", [contains("words", word)]))
    found = search.find_ids(lookup, word).ids
    return any_of([*texts, words, *([_meeting(found)] if found else [])])


def _meeting(resident_ids: Sequence[int]) -> Sql:
    return among("d.id", query("entry_id", "diary_met", [one_of("resident_id", resident_ids)]))


# -- the lines


def rows(source: Source, ids: Sequence[int]) -> list[DiaryRow]:
    """These lines in the order of `ids`; what is gone is left out."""
    lookup = lookup_of(source)
    found: dict[int, DiaryRow] = {}
    for part in chunks(ids, 500):
        found.update(_some(lookup, part))
    return [found[one] for one in ids if one in found]


_COLUMNS = """
    d.id, d.version, d.on_date, d.weather, d.period, d.way, g.name, m.name, c.name, d.seen,
    d.measures, h.name, d.outcome, d.settled_on, d.written_by,
    (SELECT count(*) FROM diary_photo AS p WHERE p.entry_id = d.id)
"""
_SOURCE = """
    diary_entry AS d
    LEFT JOIN grid AS g ON g.id = d.grid_id
    LEFT JOIN grid_member AS m ON m.id = d.member_id
    LEFT JOIN category AS c ON c.id = d.category_id
    LEFT JOIN category AS h ON h.id = d.hazard_id
"""


def _some(lookup: Lookup, ids: Sequence[int]) -> Iterable[tuple[int, DiaryRow]]:
    wanted = [one_of("d.id", ids), Sql("d.deleted_at IS NULL")]
    met = met_words(lookup, ids)
    requests, visits = _requests(lookup, ids), _visits(lookup, ids)
    for values in lookup.rows(query(_COLUMNS, _SOURCE, wanted)):
        key = values[0]
        came_of_it = tuple(requests.get(key, ())), tuple(visits.get(key, ()))
        yield key, _row(values, "、".join(met.get(key, ())), *came_of_it)


def _row(values: Sequence[Any], met: str, *came_of_it: Any) -> DiaryRow:
    key, version, day, weather, period, way, grid, member, category, *rest = values
    seen, measures, hazard, outcome, settled, written_by, photos = rest
    return DiaryRow(
        key,
        version,
        date.fromisoformat(day),
        weather or "",
        period or "",
        WAYS.get(way, way),
        grid or "",
        member or "",
        met,
        category or "",
        seen or "",
        measures or "",
        hazard or "",
        outcome or "",
        day_of(settled),
        photos,
        written_by,
        *came_of_it,
    )


def _requests(lookup: Lookup, ids: Sequence[int]) -> dict[int, list[Raised]]:
    wanted = [one_of("diary_entry_id", ids), Sql("deleted_at IS NULL")]
    told = "diary_entry_id, id, number, state, called_on, satisfaction"
    found: dict[int, list[Raised]] = {}
    for entry, key, number, state, called, satisfaction in lookup.rows(
        query(told, "request", wanted, "ORDER BY number")
    ):
        said = Satisfaction.of(satisfaction).label if satisfaction else ""
        raised = Raised(key, number, RequestState.of(state).label, day_of(called), said)
        found.setdefault(entry, []).append(raised)
    return found


def _visits(lookup: Lookup, ids: Sequence[int]) -> dict[int, list[str]]:
    wanted = all_of([one_of("v.diary_entry_id", ids), Sql("v.deleted_at IS NULL")])
    found: dict[int, list[str]] = {}
    for entry, name, result in lookup.rows(
        query(
            "v.diary_entry_id, r.name, v.result",
            "visit AS v LEFT JOIN resident AS r ON r.id = v.resident_id",
            [wanted],
            "ORDER BY v.id",
        )
    ):
        found.setdefault(entry, []).append(f"{name or ''} {VisitResult.of(result).label}".strip())
    return found
