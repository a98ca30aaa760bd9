"""Who shares a household with the holder of an account: to whom points may go."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import AccountState
from app.services import points_accounts
from app.services.points_balance import household_of
from app.storage.lookup import Source, Sql, lookup_of, query


@dataclass(frozen=True, slots=True)
class Relative:
    """One of the household with an own account or none yet, or the shared account itself."""

    name: str
    account_id: int | None
    resident_id: int | None


def relatives(source: Source, account_id: int) -> list[Relative]:
    """The others of the household, the shared account first; empty for who lives alone."""
    house = household_of(source, account_id)
    if house is None:
        return []
    lookup = lookup_of(source)
    open_ones = Sql("a.state <> ? AND a.id <> ?", (AccountState.CLOSED, account_id))
    mine = Sql("a.household_id = ?", (house,))
    shared = lookup.column(query("a.id", "points_account AS a", [mine, open_ones]))
    found = [Relative("全户共用", account, None) for account in shared]
    joined = """resident AS r LEFT JOIN points_account AS a
        ON a.resident_id = r.id AND a.state <> ?"""
    people = query(
        "r.name, a.id, r.id",
        joined,
        [Sql("r.household_id = ? AND r.deleted_at IS NULL AND r.departure IS NULL", (house,))],
        "ORDER BY r.id",
    )
    with_state = Sql(people.text, (AccountState.CLOSED, *people.values))
    others = [Relative(*row) for row in lookup.rows(with_state)]
    return found + [one for one in others if one.account_id != account_id]


def give(
    session: Session, from_id: int, to: Relative, points: int, *, reason: str, now: datetime
) -> int:
    """Points go to one of the household, whose account is opened where there is none."""
    taker = to.account_id
    if taker is None:
        taker = points_accounts.open_account(session, resident_id=to.resident_id, today=now.date())
    return points_accounts.transfer(session, from_id, taker, points, reason=reason, now=now)


def share(session: Session, account_id: int, *, today: date) -> int:
    """Open the account that the whole household shares; from then on its points go there.

    Raises DomainError for somebody without a household.
    """
    return _shared(session, household_of(session, account_id), today)


def share_with(session: Session, resident_id: int, *, today: date) -> int:
    """The same for the household of somebody who has no account: a child may have none."""
    asked = query("household_id", "resident", [Sql("id = ?", (resident_id,))])
    return _shared(session, lookup_of(session).value(asked), today)


def _shared(session: Session, house: int | None, today: date) -> int:
    if house is None:
        raise DomainError("没有登记在哪一户，不能开全户共用的账户。请先在居民页登记户。")
    return points_accounts.open_account(session, household_id=house, today=today)
