"""The three books of the ledger in the same columns: claims, lines of points, lines of hours.

A branch is the SELECT over one of them, with the conditions of a filter; app/services/
points_filter.py puts the branches together.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from app.models import ClaimState, Deed, EntryKind
from app.models.base import Worded
from app.services import periods, search
from app.storage.lookup import (
    Lookup,
    Sql,
    all_of,
    among,
    any_of,
    contains,
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
ACCOUNT_OF_HOURS = """coalesce(claim.account_id, (
    SELECT a.id FROM points_account AS a JOIN volunteer AS v
    ON v.id = a.volunteer_id OR v.resident_id = a.resident_id WHERE v.id = line.volunteer_id
))"""
"""Of a line of hours: the account of its claim, or of whoever served."""


def branch(lookup: Lookup, chosen: LedgerFilter, book: Book, what: str, rest: str = "") -> Sql:
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


def _conditions(lookup: Lookup, chosen: LedgerFilter, book: Book) -> list[Sql]:
    found = [_of_book(chosen, book), *_when(chosen, book)]
    if chosen.grid_id is not None:
        found.append(_in_grid(book, chosen.grid_id))
    if chosen.team_id is not None:
        team = "line.team_id" if book is Book.ENTRY else "activity.team_id"
        found.append(Sql(f"{team} = ?", (chosen.team_id,)))
    if chosen.account_id is not None:
        found.append(_of_account(book, chosen.account_id))
    if chosen.kind is not None:
        found.append(Sql(f"{_COLUMNS[book][0]} = ?", (chosen.kind,)))
    return found + [_said(lookup, word, book) for word in tidy(chosen.text).split()]


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


def _in_grid(book: Book, grid_id: int) -> Sql:
    """A line of points keeps the grid of its day; of what waits it is that of the person now."""
    if book is Book.ENTRY:
        return Sql("line.grid_id = ?", (grid_id,))
    return _of_people(book, query(_PERSON, "resident", [Sql("grid_id = ?", (grid_id,))]))


def _of_account(book: Book, account_id: int) -> Sql:
    """Hours belong to whoever served: of a shared account, all of the household."""
    if book is not Book.HOURS:
        return Sql("line.account_id = ?", (account_id,))
    served = """SELECT v.id FROM points_account AS a JOIN volunteer AS v
        ON v.id = a.volunteer_id OR v.resident_id = a.resident_id OR v.resident_id IN (
            SELECT r.id FROM resident AS r WHERE r.household_id = a.household_id
        ) WHERE a.id = ?"""
    return among("line.volunteer_id", Sql(served, (account_id,)))


_PERSON = "id, household_id"


def _of_people(book: Book, people: Sql) -> Sql:
    """Lines of residents, given as _PERSON: of their accounts and those of their households."""
    if book is Book.HOURS:
        served = (
            f"SELECT v.id FROM volunteer AS v JOIN ({people.text}) AS p ON p.id = v.resident_id"  # noqa: S608 - made here
        )
        return among("line.volunteer_id", Sql(served, people.values))
    accounts = f"""SELECT a.id FROM points_account AS a JOIN ({people.text}) AS p
        ON a.resident_id = p.id OR a.household_id = p.household_id
        OR a.volunteer_id = (SELECT v.id FROM volunteer AS v WHERE v.resident_id = p.id)"""  # noqa: S608 - made here
    return among("line.account_id", Sql(accounts, people.values))


def _of_outsiders(book: Book, word: str) -> Sql:
    """Lines of volunteers who live elsewhere, by their names."""
    named = contains("v.name", word)
    if book is Book.HOURS:
        return among("line.volunteer_id", query("v.id", "volunteer AS v", [named]))
    joined = "points_account AS a JOIN volunteer AS v ON v.id = a.volunteer_id"
    return among("line.account_id", query("a.id", joined, [named]))


def _said(lookup: Lookup, word: str, book: Book) -> Sql:
    """The word is the number of the line, stands in it, or finds whose it is."""
    parts = [contains("line.words", word), contains("coalesce(item.name, '')", word)]
    if word.isdigit() and book is Book.ENTRY:
        parts.append(Sql("line.id = ?", (int(word),)))
    parts.append(_of_outsiders(book, word))
    found = search.find_ids(lookup, word).ids
    if found:
        parts.append(_of_people(book, query(_PERSON, "resident", [one_of("id", found)])))
    return any_of(parts)
