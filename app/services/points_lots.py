"""Lots of points: what came in by a line, until when it lasts, which of it a line used up.

Of every line: its points = those of its lot - the points that it used of lots. The sum of what is
left of an account's lots is its balance.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session, aliased

from app.models import EntryKind, ExpiryWay, LotUse, PointsEntry, PointsLot, table_of
from app.services import periods
from app.storage.lookup import Source, Sql, day_of, lookup_of, query
from app.storage.statements import insert_kept, keep_rows

_MONTHS_A_YEAR = 12
# Values in one statement: some thousands are the most that a file takes.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Lapsed:
    """What is left of an account's lots that ended on one day."""

    account_id: int
    last_day: date
    lots: tuple[tuple[int, int], ...]
    """(lot, points left)."""

    @property
    def points(self) -> int:
        return sum(left for _, left in self.lots)


def lasts_until(source: Source, earned_on: date) -> date | None:
    """The last day on which points earned on a day can be used; None: they last.

    By the rule of that day (domain.md 3.3): a later rule changes nothing of earlier points.
    """
    held = Sql("deleted_at IS NULL AND since <= ?", (earned_on.isoformat(),))
    found = next(
        lookup_of(source).rows(
            query("way, number", "expiry_rule", [held], "ORDER BY since DESC, id DESC LIMIT 1")
        ),
        None,
    )
    if found is None:
        return None
    return last_day(ExpiryWay.of(found[0]), found[1] or 0, earned_on)


def last_day(way: ExpiryWay, number: int, earned_on: date) -> date | None:
    """What a rule makes of a day: 31 March of the next year, the end of the 24th month after."""
    if way is ExpiryWay.YEAR_END:
        return date(earned_on.year, 12, 31)
    if way is ExpiryWay.NEXT_YEAR:
        return periods.month(date(earned_on.year + 1, number, 1)).last
    if way is ExpiryWay.MONTHS:
        months = earned_on.year * _MONTHS_A_YEAR + earned_on.month - 1 + number
        return periods.month(date(months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1, 1)).last
    return None


def put(
    session: Session, entry_id: int, account_id: int, points: int, expires_on: date | None
) -> None:
    """The points of a line become a lot."""
    values = {"entry_id": entry_id, "account_id": account_id, "expires_on": expires_on}
    insert_kept(session, PointsLot, [values | {"points": points, "left": points}])


def take(
    session: Session, entry_id: int, account_id: int, points: int, *, today: date, first: int = 0
) -> Mapping[date | None, int]:
    """Use up points for a line: lot `first` before all, then by expiry, then by age.

    Gives how many of each expiry. There must be enough: the balance was asked before.
    """
    used: list[tuple[int, int]] = []
    by_expiry: dict[date | None, int] = defaultdict(int)
    for lot, left, expires_on in _usable(session, account_id, today, first):
        part = min(left, points)
        used.append((lot, part))
        by_expiry[expires_on] += part
        points -= part
        if not points:
            break
    if points:
        raise RuntimeError(f"lots of account {account_id} lack {points} of its balance")
    use(session, entry_id, used)
    return by_expiry


def use(session: Session, entry_id: int, parts: Iterable[tuple[int, int]]) -> None:
    """Book (lot, points) to a line; negative points come back to their lot."""
    rows = [{"entry_id": entry_id, "lot_id": lot, "points": points} for lot, points in parts]
    if not rows:
        return
    less = [(row["points"], row["lot_id"]) for row in rows]
    keep_rows(session, PointsLot, '"left" = "left" - ?', "entry_id = ?", less)
    insert_kept(session, LotUse, rows)


def used_by(session: Session, entry_id: int) -> list[tuple[int, int, date | None]]:
    """(lot, points, its last day) of what a line used."""
    found = (
        select(LotUse.lot_id, func.sum(LotUse.points), PointsLot.expires_on)
        .join(PointsLot, PointsLot.entry_id == LotUse.lot_id)
        .where(LotUse.entry_id == entry_id)
        .group_by(LotUse.lot_id, PointsLot.expires_on)
        .order_by(LotUse.lot_id)
    )
    return [(lot, points, until) for lot, points, until in session.execute(found)]


def standing(
    session: Session, used: Sequence[tuple[int, int, date | None]]
) -> list[tuple[int, int, date | None]]:
    """Of what a line used the lots whose own line was not met by a counter-entry."""
    lots = [lot for lot, _, _ in used]
    met = set(
        session.scalars(select(PointsEntry.reverses_id).where(PointsEntry.reverses_id.in_(lots)))
    )
    return [one for one in used if one[0] not in met]


def expired_of(session: Session, lot_id: int) -> int:
    """How many points of a lot ended unused, where that was not taken back."""
    counter = aliased(PointsEntry)
    found = (
        select(func.sum(LotUse.points))
        .join(PointsEntry, PointsEntry.id == LotUse.entry_id)
        .where(
            LotUse.lot_id == lot_id,
            PointsEntry.kind == EntryKind.EXPIRED,
            ~exists().where(counter.reverses_id == PointsEntry.id),
        )
    )
    return session.scalar(found) or 0


def lapsed(session: Session, today: date, account_id: int | None = None) -> list[Lapsed]:
    """What ended before today and is still in the books, by account and day."""
    where = [Sql('expires_on < ? AND "left" > 0', (today.isoformat(),))]
    where += [Sql("account_id = ?", (account_id,))] if account_id is not None else []
    order = "ORDER BY expires_on, account_id, entry_id"
    asked = query('account_id, expires_on, entry_id, "left"', "points_lot", where, order)
    parts: dict[tuple[int, date], list[tuple[int, int]]] = defaultdict(list)
    for account, last, lot, left in lookup_of(session).rows(asked):
        parts[account, date.fromisoformat(last)].append((lot, left))
    return [Lapsed(account, last, tuple(lots)) for (account, last), lots in parts.items()]


def empty(session: Session, emptied: Sequence[tuple[int, Lapsed]]) -> None:
    """Book what lapsed to its lines, (line, what lapsed), however many there are."""
    uses = [
        {"entry_id": entry_id, "lot_id": lot, "points": left}
        for entry_id, one in emptied
        for lot, left in one.lots
    ]
    if not uses:
        return
    insert_kept(session, LotUse, uses)
    lots = table_of(PointsLot)
    days = sorted({one.last_day for _, one in emptied})
    accounts = sorted({one.account_id for _, one in emptied})
    ended = update(lots).where(lots.c.expires_on.in_(days), lots.c.left > 0).values(left=0)
    for begin in range(0, len(accounts), _AT_ONCE):
        session.execute(ended.where(lots.c.account_id.in_(accounts[begin : begin + _AT_ONCE])))


def _usable(
    session: Session, account_id: int, today: date, first: int
) -> list[tuple[int, int, date | None]]:
    """(lot, left, last day) in the order of their use."""
    held = Sql('account_id = ? AND "left" > 0', (account_id,))
    found = lookup_of(session).rows(query('entry_id, "left", expires_on', "points_lot", [held]))
    lots = ((lot, left, day_of(last)) for lot, left, last in found)
    usable = [(lot, left, day) for lot, left, day in lots if day is None or day >= today]
    return sorted(usable, key=lambda one: (one[0] != first, one[2] or date.max, one[0]))
