"""Lines of the points ledger (积分账): written here and nowhere else, with the balances."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import EntryKind, PointsBalance, PointsEntry
from app.services import points_clock
from app.services.standing import FINAL
from app.storage import journal
from app.storage.lookup import Source, Sql, actor_of, lookup_of, one_of, query
from app.storage.statements import insert_kept, keep_rows
from app.values.text import tidy

_LONGEST_WORDS = 120
_AT_ONCE = 500
_DECEMBER = 12


class NotEnough(DomainError):
    """Fewer points than were asked for; `missing` tells how many."""

    def __init__(self, missing: int) -> None:
        super().__init__(f"积分不够，差 {missing} 分。")
        self.missing = missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A line to be booked; points that go are negative.

    `quantity` in hundredths of the rule's unit. Without `entered_by` it is who works with the file.
    """

    account_id: int
    kind: EntryKind
    points: int
    on_date: date
    words: str = ""
    item_id: int | None = None
    quantity: int = 0
    claim_id: int | None = None
    redemption_id: int | None = None
    team_id: int | None = None
    entered_by: str = ""
    reviewed_by: str = ""
    expires: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A booking with what the ledger itself knows of it."""

    booking: Booking
    expires_on: date | None = None
    reverses_id: int | None = None
    partner_id: int | None = None


def write(session: Session, lines: Sequence[Line], *, now: datetime) -> list[int]:
    """Add the lines and what they make of the balances; gives their ids.

    Raises DomainError for a day to come, ClockWentBack, NotEnough.
    """
    check_days(session, (line.booking.on_date for line in lines), now)
    session.flush()
    accounts = sorted({line.booking.account_id for line in lines})
    known = _balances(session, accounts)
    balances = dict.fromkeys(accounts, 0) | known
    rows = _rows(session, lines, balances, now)
    ids = journal.add_rows(session, PointsEntry, rows)
    _keep(session, balances, known)
    make_final(session)
    return ids


def make_final(session: Session) -> None:
    """What is in a ledger is not undone, but met by a counter-entry."""
    journal.set_details(session, {FINAL: "已经记账，改错请用冲正"})


def balance(source: Source, account_id: int) -> int:
    """The sum of an account's lines."""
    asked = query("balance", "points_balance", [Sql("account_id = ?", (account_id,))])
    found: int | None = lookup_of(source).value(asked)
    return found or 0


def check_days(session: Session, days: Iterable[date], now: datetime) -> None:
    """Raises DomainError for a day to come, ClockWentBack when a line is younger than today."""
    today = now.date()
    for day in days:
        if day > today:
            raise DomainError(f"{day:%Y-%m-%d} 还没有到，不能先记账。请核对日期。")
    points_clock.check(session, today)


class BookMonths:
    """In the book of which month a day is written: its own, or the first that is open (月结)."""

    def __init__(self, session: Session) -> None:
        self._closed: int = lookup_of(session).value(query("max(month)", "points_month")) or 0

    def of(self, day: date) -> int:
        """202611."""
        month = month_number(day)
        return month if month > self._closed else following(self._closed)

    def words(self, day: date, words: str) -> str:
        """What is written late says so: 补 2026-10 (domain.md 3.4)."""
        late = f"补 {day:%Y-%m} " if self.of(day) != month_number(day) else ""
        return f"{late}{tidy(words)}".strip()[:_LONGEST_WORDS]


def month_number(day: date) -> int:
    """202611 of a day in November 2026."""
    return day.year * 100 + day.month


def following(month: int) -> int:
    """202701 after 202612."""
    return month + 1 if month % 100 < _DECEMBER else (month // 100 + 1) * 100 + 1


def grids_of(source: Source, accounts: Sequence[int]) -> dict[int, int]:
    """The grid in which whoever holds an account lives now."""
    found: dict[int, int] = {}
    for begin in range(0, len(accounts), _AT_ONCE):
        chosen = one_of("a.id", accounts[begin : begin + _AT_ONCE])
        for account, grid in lookup_of(source).rows(query("a.id, r.grid_id", _HOLDERS, [chosen])):
            if grid is not None:
                found[account] = grid
    return found


_HOLDERS = (
    "points_account a"
    " LEFT JOIN volunteer v ON v.id = a.volunteer_id"
    " LEFT JOIN household h ON h.id = a.household_id"
    " LEFT JOIN resident r ON r.id = coalesce(a.resident_id, v.resident_id, h.head_id,"
    " (SELECT min(id) FROM resident m WHERE m.household_id = h.id))"
)


def _rows(
    session: Session, lines: Sequence[Line], balances: dict[int, int], now: datetime
) -> list[dict[str, Any]]:
    """The lines as they stand in their table; `balances` become those after them."""
    grids, months = grids_of(session, sorted(balances)), BookMonths(session)
    rows = []
    for line in lines:
        account = line.booking.account_id
        balances[account] += line.booking.points
        if balances[account] < 0:
            raise NotEnough(-balances[account])
        known = {"balance": balances[account], "booked_at": now}
        rows.append(_facts(session, line, months) | known | {"grid_id": grids.get(account)})
    return rows


def _facts(session: Session, line: Line, months: BookMonths) -> dict[str, Any]:
    booking = line.booking
    return {
        "account_id": booking.account_id,
        "kind": booking.kind,
        "points": booking.points,
        "on_date": booking.on_date,
        "month": months.of(booking.on_date),
        "item_id": booking.item_id,
        "quantity": booking.quantity,
        "words": months.words(booking.on_date, booking.words),
        "expires_on": line.expires_on,
        "claim_id": booking.claim_id,
        "redemption_id": booking.redemption_id,
        "reverses_id": line.reverses_id,
        "partner_id": line.partner_id,
        "team_id": booking.team_id,
        "entered_by": booking.entered_by or actor_of(session).name,
        "reviewed_by": booking.reviewed_by,
    }


def _balances(session: Session, accounts: Sequence[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for begin in range(0, len(accounts), _AT_ONCE):
        chosen = one_of("account_id", accounts[begin : begin + _AT_ONCE])
        rows = lookup_of(session).rows(query("account_id, balance", "points_balance", [chosen]))
        found.update({account: left for account, left in rows})
    return found


def _keep(session: Session, balances: dict[int, int], known: dict[int, int]) -> None:
    changed = [(left, account) for account, left in balances.items() if account in known]
    keep_rows(session, PointsBalance, "balance = ?", "account_id = ?", changed)
    opened = [
        {"account_id": account, "balance": left}
        for account, left in balances.items()
        if account not in known
    ]
    insert_kept(session, PointsBalance, opened)
