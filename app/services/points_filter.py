"""Which lines of the points ledger are meant, and what they come to: one query for list and sums.

What waits for review stands beside what is booked: it does not count yet. Hours that no line of
points carries (an item that gives none) are lines of their own. SQL text: a month of a large
office opens like that of a small one.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.services import periods
from app.services.points_branches import (
    ACCOUNT_OF_HOURS,
    EVERYTHING,
    HOURS_OF_ENTRY,
    Book,
    LedgerFilter,
    LineKind,
    branch,
    first_of,
    key_of,
    place_of,
)
from app.services.points_lines import month_number
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

__all__ = [
    "ACCOUNT_OF_HOURS",
    "EVERYTHING",
    "HOURS_OF_ENTRY",
    "Book",
    "LedgerCounts",
    "LedgerFilter",
    "LedgerSums",
    "LineKind",
    "booked_ids",
    "counts",
    "first_of",
    "key_of",
    "month_words",
    "months",
    "place_of",
    "waiting_ids",
]


@dataclass(frozen=True, slots=True)
class LedgerSums:
    """What some lines come to: how many, hours in halves, points that came and went."""

    lines: int = 0
    half_hours: int = 0
    added: int = 0
    taken: int = 0

    def plus(self, other: "LedgerSums") -> "LedgerSums":
        """Both together."""
        return LedgerSums(
            self.lines + other.lines,
            self.half_hours + other.half_hours,
            self.added + other.added,
            self.taken + other.taken,
        )


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """Of one filter: the lines of each kind, and what waits and what is booked of the chosen."""

    by_kind: dict[LineKind, int]
    all_waiting: int
    all_returned: int
    waiting: LedgerSums
    booked: LedgerSums

    @property
    def lines(self) -> int:
        """Of every kind."""
        return sum(self.by_kind.values())


def month_words(month: int) -> str:
    """2026年11月."""
    return periods.month(first_of(month)).words


_LATEST = "ORDER BY line.id DESC"


def waiting_ids(source: Source, chosen: LedgerFilter = EVERYTHING) -> Sequence[int]:
    """Keys of what waits for review, or was sent back, the latest first."""
    lookup = lookup_of(source)
    wanted = branch(lookup, chosen, Book.CLAIM, "key", _LATEST)
    return array("q", lookup.column(wanted))


def booked_ids(source: Source, chosen: LedgerFilter = EVERYTHING) -> Sequence[int]:
    """Keys of what is booked, the latest first; none where only what waits is asked for."""
    if chosen.claims_only:
        return array("q")
    lookup = lookup_of(source)
    hours = branch(lookup, chosen, Book.HOURS, "key, at")
    if next(lookup.rows(hours), None) is None:
        # The lines of one book stand in the order in which they were written.
        return array("q", lookup.column(branch(lookup, chosen, Book.ENTRY, "key", _LATEST)))
    entries = branch(lookup, chosen, Book.ENTRY, "key, at")
    union = Sql(f"{entries.text} UNION ALL {hours.text}", entries.values + hours.values)
    return array("q", lookup.column(_from("key", union, "ORDER BY at DESC, key DESC")))


def counts(source: Source, chosen: LedgerFilter = EVERYTHING) -> LedgerCounts:
    """What the lines of the filter come to, and how many of each kind it would find."""
    every = replace(chosen, kind=None, waiting=False, returned=False)
    by_kind = dict.fromkeys(LineKind, 0)
    found = {Book.CLAIM: LedgerSums(), Book.ENTRY: LedgerSums()}
    all_waiting = 0
    lookup = lookup_of(source)
    for kind, book, *numbers in _grouped(lookup, every):
        sums = LedgerSums(*numbers)
        by_kind[LineKind.of(kind)] += sums.lines
        waits = book == Book.CLAIM
        all_waiting += sums.lines if waits else 0
        if _takes(chosen, LineKind.of(kind), waits=waits):
            side = Book.CLAIM if waits else Book.ENTRY
            found[side] = found[side].plus(sums)
    returned = branch(lookup, replace(every, returned=True), Book.CLAIM, "key")
    all_returned = lookup.value(_from("count(*)", returned, ""))
    return LedgerCounts(by_kind, all_waiting, all_returned, found[Book.CLAIM], found[Book.ENTRY])


def months(source: Source, *, today: date) -> list[int]:
    """The months that can be chosen, the present one first, back to the first line."""
    first = lookup_of(source).value(query("min(month)", "points_entry"))
    begun, found = first or month_number(today), [month_number(today)]
    while found[-1] > begun:
        found.append(month_number(periods.month_before(first_of(found[-1])).first))
    return found


def _takes(chosen: LedgerFilter, kind: LineKind, *, waits: bool) -> bool:
    if chosen.kind not in (None, kind) or chosen.returned:
        return False
    return waits or not chosen.waiting


def _grouped(lookup: Lookup, chosen: LedgerFilter) -> Sequence[tuple[str, int, int, int, int, int]]:
    parts = [branch(lookup, chosen, book, "kind, book, half_hours, points") for book in Book]
    values = tuple(value for part in parts for value in part.values)
    union = Sql(" UNION ALL ".join(part.text for part in parts), values)
    sums = (
        "kind, book, count(*), sum(half_hours), sum(CASE WHEN points > 0 THEN points ELSE 0 END),"
        " -sum(CASE WHEN points < 0 THEN points ELSE 0 END)"
    )
    return list(lookup.rows(_from(sums, union, "GROUP BY kind, book")))


def _from(what: str, lines: Sql, rest: str) -> Sql:
    return Sql(f"SELECT {what} FROM ({lines.text}) {rest}", lines.values)  # noqa: S608 - both made here
