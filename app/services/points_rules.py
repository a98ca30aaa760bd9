"""What a matter gives (积分规则): the rule of a day, what it makes of a quantity, and its caps.

A rule that was used is never changed: a new one begins on a later day, so that every line can be
worked out again from the rule that it names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.models import ClaimState, Deed, EntryKind, PointsUnit, Rounding
from app.services.points_balance import household_of, of_household
from app.services.terms import in_force
from app.storage.lookup import Source, Sql, lookup_of, one_of, query
from app.values.figures import figure

_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What an item gives from a day to a day; caps in points, None: none."""

    id: int
    version: int
    item_id: int
    item: str
    deed: Deed
    points: int
    per: PointsUnit
    rounding: Rounding
    cap_once: int | None
    cap_day: int | None
    cap_household_day: int | None
    since: date
    until: date | None
    source: str

    @property
    def gives(self) -> str:
        """1 分/小时."""
        return f"{figure(self.points)} 分/{self.per.label}"

    @property
    def caps(self) -> str:
        """每次最多 2 分，每天最多 4 分; '' without any."""
        pairs = (
            ("每次", self.cap_once),
            ("每天", self.cap_day),
            ("每户每天", self.cap_household_day),
        )
        return "，".join(f"{when}最多 {most} 分" for when, most in pairs if most is not None)

    @property
    def words(self) -> str:
        """1 分/小时，每天最多 4 分."""
        return "，".join(filter(None, (self.gives, self.caps)))


def rule_on(source: Source, item_id: int, day: date) -> Rule | None:
    """The rule of an item in force on a day."""
    where = [Sql("r.item_id = ?", (item_id,)), in_force(day, "r")]
    found = rules_where(source, where, "ORDER BY r.since DESC, r.id DESC LIMIT 1")
    return found[0] if found else None


def rules_on(source: Source, day: date) -> list[Rule]:
    """The rules in force on a day of the items in use, in their order."""
    return rules_where(source, [Sql("i.enabled"), in_force(day, "r")], "ORDER BY i.position, i.id")


def rules_where(source: Source, where: Sequence[Sql], rest: str) -> list[Rule]:
    """Rules by conditions on `r` (the rule) and `i` (its item)."""
    there = Sql("r.deleted_at IS NULL AND i.deleted_at IS NULL")
    asked = query(_COLUMNS, _TABLES, [there, *where], rest)
    return [_rule(values) for values in lookup_of(source).rows(asked)]


def reckon(rule: Rule, quantity: int) -> int:
    """Points for a quantity in hundredths of the rule's unit, before caps."""
    parts = abs(rule.points) * quantity
    whole = {
        Rounding.NEAREST: (parts + _WHOLE // 2) // _WHOLE,
        Rounding.DOWN: parts // _WHOLE,
        Rounding.UP: -(-parts // _WHOLE),
    }[rule.rounding]
    return whole if rule.points >= 0 else -whole


def capped(
    session: Session, rule: Rule, account_id: int, day: date, points: int
) -> tuple[int, str]:
    """What the caps leave of points for a day, and why in words: 按每户每天最多 5 分，记 2 分.

    What already counts: lines of the item on that day that stand, and claims that wait.
    """
    if points <= 0:
        return points, ""
    left = [(f"按每次最多 {rule.cap_once} 分", rule.cap_once)]
    if rule.cap_day is not None:
        had = given_on(session, rule.item_id, day, [account_id])
        left.append((f"按每天最多 {rule.cap_day} 分", max(0, rule.cap_day - had)))
    if rule.cap_household_day is not None:
        had = given_on(session, rule.item_id, day, _household_accounts(session, account_id))
        most = rule.cap_household_day
        left.append((f"按每户每天最多 {most} 分", max(0, most - had)))
    why, most_left = min(
        ((words, room) for words, room in left if room is not None),
        key=lambda one: one[1],
        default=("", points),
    )
    return (points, "") if points <= most_left else (most_left, f"{why}，记 {most_left} 分")


def given_on(source: Source, item_id: int, day: date, accounts: Sequence[int]) -> int:
    """Points of an item for a day that some accounts have got, or wait for."""
    lookup = lookup_of(source)
    mine = one_of("e.account_id", accounts)
    of_day = Sql("e.item_id = ? AND e.on_date = ?", (item_id, day.isoformat()))
    stands = Sql(
        "e.kind <> ? AND NOT EXISTS (SELECT 1 FROM points_entry r WHERE r.reverses_id = e.id)",
        (EntryKind.REVERSAL.value,),
    )
    waiting = Sql("e.state = ?", (ClaimState.WAITING.value,))
    booked = lookup.value(query("sum(e.points)", "points_entry e", [mine, of_day, stands]))
    asked_for = lookup.value(query("sum(e.points)", "points_claim e", [mine, of_day, waiting]))
    return (booked or 0) + (asked_for or 0)


def _household_accounts(source: Source, account_id: int) -> list[int]:
    """The account, and those of the household of whoever holds it."""
    household = household_of(source, account_id)
    if household is None:
        return [account_id]
    found = lookup_of(source).column(query("a.id", "points_account a", [of_household(household)]))
    return sorted({account_id, *found})


_COLUMNS = (
    "r.id, r.version, r.item_id, i.name, i.deed, r.points, r.per, r.rounding, r.cap_once,"
    " r.cap_day, r.cap_household_day, r.since, r.until, r.source"
)
_TABLES = "points_rule r JOIN points_item i ON i.id = r.item_id"


def _rule(values: tuple[Any, ...]) -> Rule:
    key, version, item_id, item, deed, points, per, rounding, once, daily, house, *dates = values
    since, until, source = dates
    return Rule(
        id=key,
        version=version,
        item_id=item_id,
        item=item,
        deed=Deed.of(deed),
        points=points,
        per=PointsUnit.of(per),
        rounding=Rounding.of(rounding),
        cap_once=once,
        cap_day=daily,
        cap_household_day=house,
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
        source=source or "",
    )
