"""Changing what a matter gives: a rule that was used stays as it is, a new one begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import ClaimState, Deed, PointsClaim, PointsItem, PointsRule, PointsUnit, Rounding
from app.services import points_items, points_rules
from app.services.points_items import ItemView
from app.services.points_rules import Rule
from app.services.standing import FINAL
from app.services.terms import make_room
from app.storage import journal
from app.storage.lookup import Source, Sql
from app.values.text import tidy

MOST_POINTS = 10_000
_LONGEST_SOURCE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """What a rule says; caps in points, None: none."""

    points: int
    per: PointsUnit
    rounding: Rounding = Rounding.NEAREST
    cap_once: int | None = None
    cap_day: int | None = None
    cap_household_day: int | None = None
    since: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class ItemRules:
    """A matter with the rule of today, and the next that is to begin."""

    item: ItemView
    now: Rule | None
    next: Rule | None

    @property
    def id(self) -> int:
        return self.item.id

    @property
    def latest(self) -> Rule | None:
        """What a change begins from."""
        return self.next or self.now


def listed(source: Source, today: date) -> list[ItemRules]:
    """Every matter in its order, those that are off included."""
    open_rules = Sql("r.until IS NULL OR r.until >= ?", (today.isoformat(),))
    rules = points_rules.rules_where(source, [open_rules], "ORDER BY r.since, r.id")
    # The latest that has begun, as `rule_on`.
    begun = {one.item_id: one for one in rules if one.since <= today}
    coming = {one.item_id: one for one in reversed(rules) if one.since > today}
    return [
        ItemRules(item, begun.get(item.id), coming.get(item.id))
        for item in points_items.items(source, enabled_only=False)
    ]


def set_rule(session: Session, item_id: int, entered: RuleInput) -> int:
    """From `since` on a matter gives this, until the next rule that was already planned.

    Gives the rule's id. Raises DomainError where points were recorded by the rule that holds
    then: history is not changed, the earliest day is named.
    """
    item = session.get(PointsItem, item_id)
    if item is None or item.deleted_at is not None:
        raise DomainError("这个事项已经删除，请刷新。")
    _check(item, entered)
    rows = _rows(session, item_id)
    _check_unused(session, item, entered.since, rows)
    row = next((one for one in rows if one.since == entered.since), None)
    if row is None:
        until = make_room(rows, entered.since)
        row = PointsRule(item_id=item_id, since=entered.since, until=until)
        session.add(row)
    else:
        # By the time of an undo somebody may have recorded by it.
        journal.set_details(session, {FINAL: "规则改错了，请再改一次"})
    row.points, row.per, row.rounding = entered.points, entered.per, entered.rounding
    row.cap_once, row.cap_day = entered.cap_once, entered.cap_day
    row.cap_household_day = entered.cap_household_day
    row.source = tidy(entered.source)[:_LONGEST_SOURCE] or None
    session.flush()
    return row.id


def _rows(session: Session, item_id: int) -> list[PointsRule]:
    found = select(PointsRule).where(PointsRule.item_id == item_id, PointsRule.deleted_at.is_(None))
    return list(session.scalars(found.order_by(PointsRule.since)))


def _check(item: PointsItem, entered: RuleInput) -> None:
    taken = item.deed is Deed.PENALTY
    if not 1 <= abs(entered.points) <= MOST_POINTS or (entered.points < 0) != taken:
        least = f"-{MOST_POINTS} 到 -1" if taken else f"1 到 {MOST_POINTS}"
        raise DomainError(f"“{item.name}”的积分要填 {least} 之间的整数。")
    caps = (entered.cap_once, entered.cap_day, entered.cap_household_day)
    if any(cap is not None and not 1 <= cap <= MOST_POINTS for cap in caps):
        raise DomainError(f"最多几分要填 1 到 {MOST_POINTS} 之间的整数，不限就空着。")


def _check_unused(
    session: Session, item: PointsItem, since: date, rows: Sequence[PointsRule]
) -> None:
    """Nothing may have been recorded by rule for a day that the new rule would hold for."""
    later = min((row.since for row in rows if row.since > since), default=date.max)
    last = session.scalar(
        select(func.max(PointsClaim.on_date)).where(
            PointsClaim.item_id == item.id,
            PointsClaim.rule_id.is_not(None),
            PointsClaim.state != ClaimState.RETURNED,
            PointsClaim.on_date >= since,
            PointsClaim.on_date < later,
        )
    )
    if last is not None:
        raise DomainError(
            f"“{item.name}”已经按现在的规则记过 {last:%Y-%m-%d} 的积分，用过的规则不能改。"
            f"新规则最早从 {last:%Y-%m-%d} 的第二天起。"
        )
