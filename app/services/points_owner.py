"""What 积分超市 knows of one resident, for cards: read without the tables of its page."""

from dataclasses import dataclass
from datetime import date

from app.errors import DomainError
from app.models import AccountState, ClaimState
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.rights import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPoints:
    """As whoever asks may see it; `points` can be used today, `lapses` of them on `lapses_on`."""

    account_id: int | None = None
    points: int = 0
    frozen: bool = False
    lapses: int = 0
    lapses_on: date | None = None
    volunteer_id: int | None = None
    volunteer_number: int | None = None
    half_hours: int = 0


NOTHING = PersonPoints()


def account_of(source: Source, resident_id: int) -> int | None:
    """The account that counts for a resident: the household's shared one if open, else their own.

    A volunteer's account, where it was opened before they became a resident, is their own too.
    """
    usable = Sql("a.state <> ?", (AccountState.CLOSED.value,))
    shared = "resident p JOIN points_account a ON a.household_id = p.household_id"
    served = "volunteer p JOIN points_account a ON a.volunteer_id = p.id"
    # Each of them by an index: asked for together, all accounts would be read.
    asked = (
        query("a.id", shared, [Sql("p.id = ?", (resident_id,)), usable]),
        query("a.id", "points_account a", [Sql("a.resident_id = ?", (resident_id,)), usable]),
        query("a.id", served, [Sql("p.resident_id = ?", (resident_id,)), usable]),
    )
    lookup = lookup_of(source)
    return next((found for one in asked if (found := lookup.value(one)) is not None), None)


def account_of_volunteer(source: Source, volunteer_id: int, resident_id: int | None) -> int | None:
    """Where a volunteer's points are booked; None where no account was opened yet."""
    if resident_id is not None:
        return account_of(source, resident_id)
    usable = Sql("volunteer_id = ? AND state <> ?", (volunteer_id, AccountState.CLOSED.value))
    found: int | None = lookup_of(source).value(query("id", "points_account", [usable]))
    return found


def waits_for(source: Source, resident_id: int, *, today: date) -> list[str]:
    """What to think of in 积分超市 before somebody is marked as gone, each with what to do."""
    lookup = lookup_of(source)
    found: list[str] = []
    if not lookup.actor.may(Right.VIEW_POINTS):
        return found
    if left := lookup.value(Sql(_OWN_POINTS, (resident_id, resident_id, today.isoformat()))):
        found.append(f"个人积分账户里还有 {left:,} 分：可以先兑换，或转给同户的人")
    serving = Sql(
        "v.resident_id = ? AND v.deleted_at IS NULL AND v.left_on IS NULL", (resident_id,)
    )
    for number, team in lookup.rows(query(f"v.number, ({_LED})", "volunteer v", [serving])):
        leads = f"、{team}的队长，先换队长" if team else ""
        found.append(f"是志愿者 {number:04d}{leads}：请到“积分超市”的“志愿者”里办退出")
    return found


def check_settled(source: Source, volunteer_id: int) -> None:
    """Raises DomainError while claims of a volunteer wait, or points hang on the record alone."""
    lookup = lookup_of(source)
    waiting = Sql("volunteer_id = ? AND state = ?", (volunteer_id, ClaimState.WAITING.value))
    if lookup.value(query("count(*)", "points_claim", [waiting])):
        raise DomainError("这位志愿者还有没复核的积分，请先到“台账”复核或退回，再删除。")
    joined = "points_account a JOIN points_balance b ON b.account_id = a.id"
    left = lookup.value(query("b.balance", joined, [Sql("a.volunteer_id = ?", (volunteer_id,))]))
    if left:
        raise DomainError(f"这位志愿者的账户里还有 {left:,} 分，不能删除；不再参加了就办退出。")


def of_person(source: Source, resident_id: int, *, today: date) -> PersonPoints:
    """Account and service of one resident; empty for whoever may not see points."""
    lookup = lookup_of(source)
    if not lookup.actor.may(Right.VIEW_POINTS):
        return NOTHING
    account_id = account_of(source, resident_id)
    volunteer = next(lookup.rows(Sql(_VOLUNTEER, (resident_id,))), (None, None, 0))
    lots = list(lookup.rows(Sql(_LOTS, (account_id, today.isoformat()))))
    first = next(((day, left) for day, left in lots if day), None)
    state = lookup.value(query("state", "points_account", [Sql("id = ?", (account_id,))]))
    return PersonPoints(
        account_id=account_id,
        points=sum(left for _, left in lots),
        frozen=state == AccountState.FROZEN.value,
        lapses=first[1] if first else 0,
        lapses_on=date.fromisoformat(first[0]) if first else None,
        volunteer_id=volunteer[0],
        volunteer_number=volunteer[1],
        half_hours=volunteer[2],
    )


_LOTS = """
SELECT expires_on, sum("left") FROM points_lot
WHERE account_id = ? AND "left" > 0 AND (expires_on IS NULL OR expires_on >= ?)
GROUP BY expires_on ORDER BY expires_on
"""
_LED = (
    "SELECT min(t.name) FROM team t"
    " WHERE t.leader_id = v.id AND t.deleted_at IS NULL AND t.closed_on IS NULL"
)
_OWN_POINTS = """
SELECT sum(l."left") FROM points_lot l JOIN points_account a ON a.id = l.account_id
WHERE (a.resident_id = ? OR a.volunteer_id IN (SELECT id FROM volunteer WHERE resident_id = ?))
    AND l."left" > 0 AND (l.expires_on IS NULL OR l.expires_on >= ?)
"""
_VOLUNTEER = """
SELECT volunteer.id, volunteer.number,
    (SELECT coalesce(sum(half_hours), 0) FROM hour_entry WHERE volunteer_id = volunteer.id)
FROM volunteer WHERE resident_id = ? AND deleted_at IS NULL
"""
