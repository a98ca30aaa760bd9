"""What an account has: points to use, what lapses soon, its latest lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.models import AccountState, EntryKind
from app.services import settings
from app.services.points_lines import balance
from app.storage.lookup import Source, Sql, day_of, lookup_of, one_of, query


@dataclass(frozen=True, slots=True)
class Available:
    """`points` can be spent now unless `frozen`; `balance` still has what lapsed and is not booked.

    `expiring`: (last day, points) within the days of warning, the next first.
    """

    points: int
    expiring: tuple[tuple[date, int], ...]
    balance: int
    frozen: bool


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A line of the ledger as a card shows it; `reversed`: a counter-entry meets it."""

    id: int
    on_date: date
    kind: EntryKind
    words: str
    points: int
    balance: int
    half_hours: int
    reversed: bool
    entered_by: str


def available(source: Source, account_id: int, today: date) -> Available:
    """What an account can spend today."""
    lots = _lots(source, [account_id])
    soon = today + timedelta(days=settings.value(source, settings.EXPIRY_WARNING_DAYS))
    state = lookup_of(source).value(
        query("state", "points_account", [Sql("id = ?", (account_id,))])
    )
    return Available(
        points=_lasting(lots, today),
        expiring=tuple((day, left) for day, left in lots if day and today <= day <= soon),
        balance=balance(source, account_id),
        frozen=state == AccountState.FROZEN.value,
    )


def _lots(source: Source, accounts: Sequence[int]) -> list[tuple[date | None, int]]:
    """(last day, points left) of some accounts, by account alone: each has few lots."""
    held = [one_of("account_id", accounts), Sql("left > 0")]
    asked = query("expires_on, sum(left)", "points_lot", held, "GROUP BY expires_on ORDER BY 1")
    return [(day_of(day), left) for day, left in lookup_of(source).rows(asked)]


def _lasting(lots: Iterable[tuple[date | None, int]], today: date) -> int:
    return sum(left for day, left in lots if day is None or day >= today)


def usable(source: Source, account_id: int, today: date) -> int:
    """What an account can spend today, whether or not it may: `available` tells the rest."""
    lasting = Sql(
        "account_id = ? AND left > 0 AND (expires_on IS NULL OR expires_on >= ?)",
        (account_id, today.isoformat()),
    )
    return lookup_of(source).value(query("sum(left)", "points_lot", [lasting])) or 0


def household_points(source: Source, household_id: int, today: date) -> tuple[int, int]:
    """What the accounts of a household can spend together, and how many accounts those are."""
    accounts = query("id", "points_account a", [of_household(household_id)])
    ids = list(lookup_of(source).column(accounts))
    return _lasting(_lots(source, ids), today), len(ids)


def household_of(source: Source, account_id: int) -> int | None:
    """The household of whoever holds an account; None for somebody from outside."""
    joined = """points_account AS a LEFT JOIN volunteer AS v ON v.id = a.volunteer_id
        LEFT JOIN resident AS r ON r.id = coalesce(a.resident_id, v.resident_id)"""
    asked = query(
        "coalesce(a.household_id, r.household_id)", joined, [Sql("a.id = ?", (account_id,))]
    )
    found: int | None = lookup_of(source).value(asked)
    return found


def of_household(household_id: int) -> Sql:
    """The open accounts, as `a`, of a household and of everybody in it."""
    people = "SELECT id FROM resident WHERE household_id = ?"
    return Sql(
        f"a.state <> ? AND (a.household_id = ? OR a.resident_id IN ({people})"  # noqa: S608 - constants
        f" OR a.volunteer_id IN (SELECT id FROM volunteer WHERE resident_id IN ({people})))",
        (AccountState.CLOSED.value, household_id, household_id, household_id),
    )


def entries(
    source: Source, account_id: int, limit: int = 50, before: int | None = None
) -> tuple[EntryLine, ...]:
    """The latest lines of an account, the youngest first; those before line `before`."""
    where = [Sql("e.account_id = ?", (account_id,))]
    where += [Sql("e.id < ?", (before,))] if before is not None else []
    asked = query(_COLUMNS, _TABLES, where, f"ORDER BY e.id DESC LIMIT {int(limit)}")
    return tuple(_line(values) for values in lookup_of(source).rows(asked))


_COLUMNS = (
    "e.id, e.on_date, e.kind, i.name, e.words, e.points, e.balance,"
    " (SELECT sum(half_hours) FROM hour_entry h WHERE h.claim_id = e.claim_id),"
    " EXISTS (SELECT 1 FROM points_entry r WHERE r.reverses_id = e.id), e.entered_by"
)
_TABLES = "points_entry e LEFT JOIN points_item i ON i.id = e.item_id"


def _line(values: tuple[Any, ...]) -> EntryLine:
    key, day, kind_key, item, words, points, left, half_hours, met, entered_by = values
    kind = EntryKind.of(kind_key)
    what = item if item and kind is EntryKind.EARNED else kind.label
    return EntryLine(
        id=key,
        on_date=date.fromisoformat(day),
        kind=kind,
        words=f"{what} {words}".strip(),
        points=points,
        balance=left,
        half_hours=half_hours or 0,
        reversed=bool(met),
        entered_by=entered_by,
    )
