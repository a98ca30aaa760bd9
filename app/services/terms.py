"""Terms: what holds from a day to a day, the last one included (posts, pairings, rules)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from app.storage.lookup import Sql


class Term(Protocol):
    """A row that holds from a day to a day."""

    since: date
    until: date | None


def in_force(day: date, table: str = "") -> Sql:
    """What holds on a day, by its columns `since` and `until`."""
    since, until = (f"{table}.{name}" if table else name for name in ("since", "until"))
    return Sql(
        f"{since} <= ? AND ({until} IS NULL OR {until} >= ?)", (day.isoformat(), day.isoformat())
    )


def make_room(rows: Sequence[Term], since: date) -> date | None:
    """End what holds before a new row begins; gives the last day of the new one, None for no end.

    What begins later still begins. There must be none of the same day.
    """
    before = next((row for row in rows if row.since < since and _reaches(row, since)), None)
    if before is not None:
        until, before.until = before.until, since - timedelta(days=1)
        return until
    later = min((row.since for row in rows if row.since > since), default=None)
    return later - timedelta(days=1) if later is not None else None


def withdraw(rows: Sequence[Term], row: Term) -> None:
    """Take out a row that has not begun: it never holds, and what ended for it goes on."""
    eve = row.since - timedelta(days=1)
    for before in (one for one in rows if one is not row and one.until == eve):
        before.until = row.until
    row.until = eve


def _reaches(row: Term, day: date) -> bool:
    return row.until is None or row.until >= day
