"""Changing the tiers of a canteen: one that has meals stays as it is, a new one begins."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Canteen,
    Meal,
    MoneyRounding,
    SubsidyRule,
    SubsidyRuleTag,
    SubsidyShare,
    SubsidyWay,
)
from app.services import meal_rules, rights
from app.services.canteens import joined
from app.services.meal_rule_input import RuleInput, check
from app.services.meal_shares import Share
from app.services.standing import FINAL
from app.services.terms import withdraw
from app.storage import journal
from app.values.rights import Right
from app.values.text import tidy

_LONGEST_SOURCE = 120


def add(session: Session, canteen_id: int, entered: RuleInput, *, since: date, today: date) -> int:
    """A tier more, from a day on; gives its id. Raises DomainError for what makes no sense."""
    rights.require(session, Right.EDIT_OFFICE)
    canteen = session.get(Canteen, canteen_id)
    if canteen is None or canteen.deleted_at is not None:
        raise DomainError("这个食堂已经删除，请刷新。")
    check(entered)
    _check_name(session, canteen_id, entered.name, since)
    _check_past(session, canteen_id, since, today)
    last = session.scalar(
        select(func.max(SubsidyRule.number)).where(SubsidyRule.canteen_id == canteen_id)
    )
    row = SubsidyRule(canteen_id=canteen_id, number=(last or 0) + 1, since=since)
    _fill(session, row, entered)
    return row.id


def change(
    session: Session, rule_id: int, entered: RuleInput, *, since: date, today: date, version: int
) -> int:
    """A tier says something else from `since` on; gives the id of what then holds.

    Raises ChangedMeanwhile, and DomainError with the earliest day that is possible where meals
    were booked by it.
    """
    rights.require(session, Right.EDIT_OFFICE)
    row = _open(session, rule_id, version)
    check(entered)
    _check_name(session, row.canteen_id, entered.name, since, besides=row.number)
    used = _last_meal(session, row.id)
    if used is None and since <= row.since:
        _check_past(session, row.canteen_id, since, today)
        _check_follows(session, row, since)
        # By the time of an undo somebody may have eaten by it.
        journal.set_details(session, {FINAL: "规则改错了，请再改一次"})
        row.since = since
        _fill(session, row, entered)
        return row.id
    _check_free(row, used, since)
    if row.until is not None and since > row.until:
        raise DomainError(f"“{row.name}”到 {row.until:%Y-%m-%d} 就停止了，请新加一条。")
    after = SubsidyRule(canteen_id=row.canteen_id, number=row.number, since=since, until=row.until)
    row.until = since - timedelta(days=1)
    _fill(session, after, entered)
    return after.id


def end(session: Session, rule_id: int, *, from_day: date, version: int) -> None:
    """A tier holds no more from a day on.

    Raises ChangedMeanwhile, DomainError where meals were booked by it on that day or later.
    """
    rights.require(session, Right.EDIT_OFFICE)
    row = _open(session, rule_id, version)
    _check_free(row, _last_meal(session, row.id), from_day)
    # One that was to begin later ends before its first day: it has never held.
    row.until = max(from_day, row.since) - timedelta(days=1)
    session.flush()


def stop(session: Session, rule_id: int, *, today: date, version: int) -> date:
    """Hold no more from the earliest day that is possible; gives that day.

    One that has not begun is withdrawn: what was to end for it goes on.
    """
    row = session.get(SubsidyRule, rule_id)
    if row is not None and row.since > today:
        rights.require(session, Right.EDIT_OFFICE)
        _open(session, rule_id, version)
        withdraw(_same_number(session, row), row)
        session.flush()
        return row.since
    from_day = earliest(session, rule_id, today)
    end(session, rule_id, from_day=from_day, version=version)
    return from_day


def earliest(session: Session, rule_id: int, today: date) -> date:
    """From when on a tier may be changed or ended: today, or the day after its last meal."""
    last = _last_meal(session, rule_id)
    return today if last is None else max(today, last + timedelta(days=1))


def _open(session: Session, rule_id: int, version: int) -> SubsidyRule:
    row = session.get(SubsidyRule, rule_id)
    if row is None or row.deleted_at is not None or row.version != version:
        raise ChangedMeanwhile
    return row


def _same_number(session: Session, row: SubsidyRule) -> list[SubsidyRule]:
    """What was and is to be the same tier, with another content."""
    same = select(SubsidyRule).where(
        SubsidyRule.canteen_id == row.canteen_id,
        SubsidyRule.number == row.number,
        SubsidyRule.deleted_at.is_(None),
    )
    return list(session.scalars(same))


def _last_meal(session: Session, rule_id: int) -> date | None:
    """The last day of which a meal by this tier is in the book."""
    return session.scalar(select(func.max(Meal.on_date)).where(Meal.rule_id == rule_id))


def _check_free(row: SubsidyRule, used: date | None, since: date) -> None:
    if used is not None and since <= used:
        raise DomainError(
            f"“{row.name}”已经用在 {used:%Y-%m-%d} 的餐上，用过的规则不能改。"
            f"最早从 {used + timedelta(days=1):%Y-%m-%d} 起改。"
        )


def _check_past(session: Session, canteen_id: int, since: date, today: date) -> None:
    """History is not changed: what was eaten before today was eaten by the tiers of then."""
    if since >= today:
        return
    last = session.scalar(
        select(func.max(Meal.on_date)).where(
            Meal.canteen_id == canteen_id, Meal.on_date >= since, Meal.on_date < today
        )
    )
    if last is not None:
        raise DomainError(
            f"{last:%Y-%m-%d} 已经按当时的规则记过餐，规则不能从那以前改起。"
            f"最早从 {last + timedelta(days=1):%Y-%m-%d} 起。"
        )


def _check_follows(session: Session, row: SubsidyRule, since: date) -> None:
    """A tier that follows another begins after it."""
    before = session.scalar(
        select(func.max(SubsidyRule.until)).where(
            SubsidyRule.canteen_id == row.canteen_id,
            SubsidyRule.number == row.number,
            SubsidyRule.id != row.id,
            SubsidyRule.deleted_at.is_(None),
            SubsidyRule.since < row.since,
        )
    )
    if before is not None and since <= before:
        raise DomainError(f"这一条接着 {before:%Y-%m-%d} 为止的旧规则，请填那以后的日子。")


def _check_name(
    session: Session, canteen_id: int, name: str, since: date, *, besides: int = 0
) -> None:
    """Two tiers of one name would be one line of the claim."""
    others = meal_rules.current(session, canteen_id, since)
    if any(rule.name == tidy(name) and rule.number != besides for rule in others):
        raise DomainError(f"已经有“{tidy(name)}”这一档。请改那一条，或换个名称。")


def _fill(session: Session, row: SubsidyRule, entered: RuleInput) -> None:
    row.name, row.way, row.belongs = tidy(entered.name), entered.way, entered.belongs
    row.from_age, row.to_age = entered.from_age, entered.to_age
    row.periods, row.guests = joined(entered.periods), joined(entered.guests)
    discount = entered.way is SubsidyWay.DISCOUNT
    row.percent = entered.percent if discount else None
    row.amount = None if entered.way is SubsidyWay.FREE else entered.amount or None
    row.rounding = entered.rounding if discount else MoneyRounding.CENT
    row.must_exceed = entered.must_exceed
    row.cap_meal, row.cap_day, row.cap_month = entered.cap_meal, entered.cap_day, entered.cap_month
    row.meals_a_day, row.meals_a_month = entered.meals_a_day, entered.meals_a_month
    row.source = tidy(entered.source)[:_LONGEST_SOURCE] or None
    session.add(row)
    session.flush()
    _set_tags(session, row.id, entered.tag_ids)
    _set_shares(session, row.id, entered.shares)
    session.flush()


def _set_tags(session: Session, rule_id: int, tag_ids: Sequence[int]) -> None:
    had = _rows(session.scalars(select(SubsidyRuleTag).where(SubsidyRuleTag.rule_id == rule_id)))
    for tag_id in had.keys() - set(tag_ids):
        session.delete(had[tag_id])
    session.add_all(
        SubsidyRuleTag(rule_id=rule_id, tag_id=tag_id)
        for tag_id in dict.fromkeys(tag_ids)
        if tag_id not in had
    )


def _rows(found: Iterable[SubsidyRuleTag]) -> dict[int, SubsidyRuleTag]:
    return {one.tag_id: one for one in found}


def _set_shares(session: Session, rule_id: int, shares: Sequence[Share]) -> None:
    rows = session.scalars(select(SubsidyShare).where(SubsidyShare.rule_id == rule_id))
    had = {(row.portion, row.payer): row for row in rows}
    wanted = {(share.portion, share.payer): share.weight for share in shares}
    for key in had.keys() - wanted.keys():
        session.delete(had[key])
    for key, weight in wanted.items():
        if key in had:
            had[key].weight = weight
        else:
            portion, payer = key
            session.add(SubsidyShare(rule_id=rule_id, portion=portion, payer=payer, weight=weight))
