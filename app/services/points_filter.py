"""Which lines of the points ledger are meant, and what they come to: one query for list and sums.

What waits for review stands beside what is booked: it does not count yet. Hours that no line of
points carries (an item that gives none) are lines of their own. SQL text: a month of a large
office opens like that of a small one.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from app.models import ClaimState, Deed, EntryKind
from app.models.base import Worded
from app.services import periods, search
from app.services.points_lines import month_number
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    all_of,
    among,
    any_of,
    contains,
    lookup_of,
    one_of,
    query,
)
from app.values.text import tidy

MONTHS_OF_YEAR = 100
"""202611 is 2026 * 100 + 11."""


class Book(IntEnum):
    """Where a line of the list comes from."""

    CLAIM = 0
    ENTRY = 1
    HOURS = 2


class LineKind(Worded):
    """What the lines are told apart by, above the list."""

    SERVICE = "service_line", "志愿服务"
    SORTING = "sorting_line", "垃圾分类"
    MEETING = "meeting_line", "议事"
    OTHER = "other_line", "其他"
    REDEEMED = "redeemed_line", "兑换"
    ADJUSTED = "adjusted_line", "调整冲正"


_OF_DEED = {
    Deed.SERVICE: LineKind.SERVICE,
    Deed.HELP: LineKind.SERVICE,
    Deed.SORTING: LineKind.SORTING,
    Deed.RECYCLING: LineKind.SORTING,
    Deed.MEETING: LineKind.MEETING,
    Deed.IDEA: LineKind.MEETING,
    Deed.PENALTY: LineKind.ADJUSTED,
}


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which lines; None, False and '' for all. `month` is the month of the book, 202611."""

    month: int | None = None
    grid_id: int | None = None
    team_id: int | None = None
    account_id: int | None = None
    text: str = ""
    kind: LineKind | None = None
    waiting: bool = False
    returned: bool = False
    """What was sent back and is to be entered anew; it stands in no book"""

    @property
    def claims_only(self) -> bool:
        return self.waiting or self.returned


EVERYTHING = LedgerFilter()


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


def key_of(book: Book, row_id: int) -> int:
    """One number for a line of any of the books."""
    return row_id * len(Book) + book


def place_of(key: int) -> tuple[Book, int]:
    """The book of a line and its number there."""
    row_id, book = divmod(key, len(Book))
    return Book(book), row_id


def first_of(month: int) -> date:
    """The first day of 202611."""
    return date(*divmod(month, MONTHS_OF_YEAR), 1)


def month_words(month: int) -> str:
    """2026年11月."""
    return periods.month(first_of(month)).words


def waiting_ids(source: Source, chosen: LedgerFilter = EVERYTHING) -> Sequence[int]:
    """Keys of what waits for review, or was sent back, the latest first."""
    lookup = lookup_of(source)
    wanted = _branch(lookup, chosen, Book.CLAIM, "key", "ORDER BY line.id DESC")
    return array("q", lookup.column(wanted))


def booked_ids(source: Source, chosen: LedgerFilter = EVERYTHING) -> Sequence[int]:
    """Keys of what is booked, the latest first; none where only what waits is asked for."""
    if chosen.claims_only:
        return array("q")
    lookup = lookup_of(source)
    books = [_branch(lookup, chosen, book, "key, at") for book in (Book.ENTRY, Book.HOURS)]
    union = Sql(" UNION ALL ".join(one.text for one in books), books[0].values + books[1].values)
    wanted = _from("key", union, "ORDER BY at DESC, key DESC")
    return array("q", lookup.column(wanted))


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
    returned = _branch(lookup, replace(every, returned=True), Book.CLAIM, "key")
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
    parts = [_branch(lookup, chosen, book, "kind, book, half_hours, points") for book in Book]
    values = tuple(value for part in parts for value in part.values)
    union = Sql(" UNION ALL ".join(part.text for part in parts), values)
    sums = (
        "kind, book, count(*), sum(half_hours), sum(CASE WHEN points > 0 THEN points ELSE 0 END),"
        " -sum(CASE WHEN points < 0 THEN points ELSE 0 END)"
    )
    return list(lookup.rows(_from(sums, union, "GROUP BY kind, book")))


# -- the three books in the same columns


def _kind_of_deed() -> str:
    parts = " ".join(f"WHEN '{deed}' THEN '{kind}'" for deed, kind in _OF_DEED.items())
    return f"CASE item.deed {parts} ELSE '{LineKind.OTHER}' END"


_DEED = _kind_of_deed()
_KIND = f"""CASE WHEN line.kind = '{EntryKind.REDEEMED}' THEN '{LineKind.REDEEMED}'
    WHEN line.kind = '{EntryKind.EARNED}' THEN {_DEED} ELSE '{LineKind.ADJUSTED}' END"""
HOURS_OF_ENTRY = """(
    SELECT coalesce(sum(h.half_hours), 0) FROM hour_entry AS h WHERE h.claim_id = line.claim_id
    AND (h.reverses_id IS NULL) = (line.reverses_id IS NULL)
)"""
"""Of a line of points: the hours that were booked, or taken back, for the same claim."""
_ALONE = """NOT EXISTS (
    SELECT 1 FROM points_entry AS p WHERE p.claim_id = line.claim_id
    AND (p.reverses_id IS NULL) = (line.reverses_id IS NULL)
)"""
# Whoever takes his own claim back knows of it; what was met by a counter-entry stands in the book.
_NEVER_BOOKED = """line.reviewed_by IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM points_entry AS p WHERE p.claim_id = line.id)
    AND NOT EXISTS (SELECT 1 FROM hour_entry AS h WHERE h.claim_id = line.id)"""
_ITEM = "LEFT JOIN points_item AS item ON item.id = line.item_id"
_SOURCES = {
    Book.CLAIM: f"""points_claim AS line {_ITEM}
        LEFT JOIN activity ON activity.id = line.activity_id""",
    Book.ENTRY: f"points_entry AS line {_ITEM}",
    Book.HOURS: """hour_entry AS line
        LEFT JOIN points_claim AS claim ON claim.id = line.claim_id
        LEFT JOIN points_item AS item ON item.id = claim.item_id
        LEFT JOIN activity ON activity.id = line.activity_id""",
}
_COLUMNS = {
    Book.CLAIM: (_DEED, "line.entered_at", "line.half_hours", "line.points"),
    Book.ENTRY: (_KIND, "line.booked_at", HOURS_OF_ENTRY, "line.points"),
    Book.HOURS: (f"'{LineKind.SERVICE}'", "line.booked_at", "line.half_hours", "0"),
}
_ACCOUNTS = {Book.CLAIM: "line.account_id", Book.ENTRY: "line.account_id"}
ACCOUNT_OF_HOURS = """coalesce(claim.account_id, (
    SELECT a.id FROM points_account AS a JOIN volunteer AS v
    ON v.id = a.volunteer_id OR v.resident_id = a.resident_id WHERE v.id = line.volunteer_id
))"""
"""Of a line of hours: the account of its claim, or of whoever served."""


def _branch(lookup: Lookup, chosen: LedgerFilter, book: Book, what: str, rest: str = "") -> Sql:
    """`what` of the lines of one book; `key at kind book half_hours points` can be asked for."""
    kind, at, hours, points = _COLUMNS[book]
    known = {
        "key": f"line.id * {len(Book)} + {book.value} AS key",
        "at": f"{at} AS at",
        "kind": f"{kind} AS kind",
        "book": f"{book.value} AS book",
        "half_hours": f"{hours} AS half_hours",
        "points": f"{points} AS points",
    }
    columns = ", ".join(known[one] for one in what.split(", "))
    return query(columns, _SOURCES[book], _conditions(lookup, chosen, book), rest)


def _from(what: str, lines: Sql, rest: str) -> Sql:
    return Sql(f"SELECT {what} FROM ({lines.text}) {rest}", lines.values)  # noqa: S608 - both made here


def _conditions(lookup: Lookup, chosen: LedgerFilter, book: Book) -> list[Sql]:
    account = _ACCOUNTS.get(book, ACCOUNT_OF_HOURS)
    found = [_of_book(chosen, book), *_when(chosen, book)]
    if chosen.grid_id is not None:
        found.append(_in_grid(book, account, chosen.grid_id))
    if chosen.team_id is not None:
        team = "line.team_id" if book is Book.ENTRY else "activity.team_id"
        found.append(Sql(f"{team} = ?", (chosen.team_id,)))
    if chosen.account_id is not None:
        found.append(Sql(f"{account} = ?", (chosen.account_id,)))
    if chosen.kind is not None:
        found.append(Sql(f"{_COLUMNS[book][0]} = ?", (chosen.kind,)))
    return found + [_said(lookup, word, book, account) for word in tidy(chosen.text).split()]


def _of_book(chosen: LedgerFilter, book: Book) -> Sql:
    if book is Book.CLAIM and chosen.returned:
        return all_of([Sql("line.state = ?", (ClaimState.RETURNED,)), Sql(_NEVER_BOOKED)])
    if book is Book.CLAIM:
        return Sql("line.state = ?", (ClaimState.WAITING,))
    return Sql(_ALONE) if book is Book.HOURS else all_of(())


def _when(chosen: LedgerFilter, book: Book) -> list[Sql]:
    """What is late waits in the month that is looked at: nobody is to forget it."""
    if chosen.month is None:
        return []
    if book is Book.CLAIM:
        last = periods.month(first_of(chosen.month)).last
        return [Sql("line.on_date <= ?", (last.isoformat(),))]
    return [Sql("line.month = ?", (chosen.month,))]


def _in_grid(book: Book, account: str, grid_id: int) -> Sql:
    """A line of points keeps the grid of its day; of what waits it is that of the person now."""
    if book is Book.ENTRY:
        return Sql("line.grid_id = ?", (grid_id,))
    people = query("id, household_id", "resident", [Sql("grid_id = ?", (grid_id,))])
    return among(account, _accounts_of(people))


def _accounts_of(people: Sql) -> Sql:
    """Accounts of residents, given as (id, household_id): their own and those of the household."""
    text = f"""SELECT a.id FROM points_account AS a JOIN ({people.text}) AS p
        ON a.resident_id = p.id OR a.household_id = p.household_id
        OR a.volunteer_id = (SELECT v.id FROM volunteer AS v WHERE v.resident_id = p.id)"""  # noqa: S608 - made here
    return Sql(text, people.values)


def _said(lookup: Lookup, word: str, book: Book, account: str) -> Sql:
    """The word is the number of the line, stands in it, or finds whose account it is."""
    parts = [contains("line.words", word), contains("coalesce(item.name, '')", word)]
    if word.isdigit() and book is Book.ENTRY:
        parts.append(Sql("line.id = ?", (int(word),)))
    outside = Sql(
        """SELECT a.id FROM points_account AS a JOIN volunteer AS v ON v.id = a.volunteer_id
        WHERE v.name LIKE ? ESCAPE '/'""",
        contains("v.name", word).values,
    )
    parts.append(among(account, outside))
    found = search.find_ids(lookup, word).ids
    if found:
        people = query("id, household_id", "resident", [one_of("id", found)])
        parts.append(among(account, _accounts_of(people)))
    return any_of(parts)
