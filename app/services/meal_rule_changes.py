"""Changing the tiers of a canteen: one that has meals stays as it is, a new one begins."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ChangedMeanwhile, DomainError
from app.models import (
    Belonging,
    Canteen,
    Guest,
    Meal,
    MealPeriod,
    MoneyRounding,
    Portion,
    SubsidyRule,
    SubsidyRuleTag,
    SubsidyShare,
    SubsidyWay,
)
from app.services import meal_rules, rights
from app.services.meal_tiers import Rule, Share
from app.services.standing import FINAL
from app.storage import journal
from app.values.rights import Right
from app.values.text import tidy

LONGEST_NAME, OLDEST, MOST_WEIGHT = 20, 150, 10_000
_LONGEST_SOURCE = 120
_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleInput:
    """What a tier says; amounts and caps in 分, None: none. See meal_tiers.Rule."""

    name: str
    way: SubsidyWay
    from_age: int | None = None
    to_age: int | None = None
    tag_ids: tuple[int, ...] = ()
    belongs: Belonging = Belonging.LIVING
    periods: tuple[MealPeriod, ...] = ()
    guests: tuple[Guest, ...] = ()
    percent: int | None = None
    amount: int | None = None
    rounding: MoneyRounding = MoneyRounding.CENT
    must_exceed: bool = False
    cap_meal: int | None = None
    meals_a_day: int | None = None
    cap_day: int | None = None
    meals_a_month: int | None = None
    cap_month: int | None = None
    shares: tuple[Share, ...] = ()
    source: str = ""

    def as_rule(self, since: date, *, number: int = 0) -> Rule:
        """What it would be: to show what it gives before it is saved."""
        return Rule(
            id=0,
            version=0,
            canteen_id=0,
            number=number,
            name=tidy(self.name),
            from_age=self.from_age,
            to_age=self.to_age,
            tag_ids=frozenset(self.tag_ids),
            belongs=self.belongs,
            periods=self.periods,
            guests=self.guests,
            way=self.way,
            percent=self.percent,
            amount=self.amount,
            rounding=self.rounding,
            must_exceed=self.must_exceed,
            cap_meal=self.cap_meal,
            meals_a_day=self.meals_a_day,
            cap_day=self.cap_day,
            meals_a_month=self.meals_a_month,
            cap_month=self.cap_month,
            since=since,
            source=self.source,
            shares=self.shares,
        )


def input_of(rule: Rule) -> RuleInput:
    """A tier as the form takes it."""
    return RuleInput(
        name=rule.name,
        way=rule.way,
        from_age=rule.from_age,
        to_age=rule.to_age,
        tag_ids=tuple(sorted(rule.tag_ids)),
        belongs=rule.belongs,
        periods=rule.periods,
        guests=rule.guests,
        percent=rule.percent,
        amount=rule.amount,
        rounding=rule.rounding,
        must_exceed=rule.must_exceed,
        cap_meal=rule.cap_meal,
        meals_a_day=rule.meals_a_day,
        cap_day=rule.cap_day,
        meals_a_month=rule.meals_a_month,
        cap_month=rule.cap_month,
        shares=rule.shares,
        source=rule.source,
    )


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
    """Hold no more from the earliest day that is possible; gives that day."""
    from_day = earliest(session, rule_id, today)
    end(session, rule_id, from_day=from_day, version=version)
    return from_day


def earliest(session: Session, rule_id: int, today: date) -> date:
    """From when on a tier may be changed or ended: today, or the day after its last meal."""
    last = _last_meal(session, rule_id)
    return today if last is None else max(today, last + timedelta(days=1))


def check(entered: RuleInput) -> None:
    """Raise DomainError for a tier that makes no sense by itself."""
    name = tidy(entered.name)
    if not name or len(name) > LONGEST_NAME:
        raise DomainError(f"请填写档次名称，最多 {LONGEST_NAME} 个字，如 80–89 岁。")
    _check_who(entered)
    _check_way(entered)
    caps = (entered.cap_meal, entered.cap_day, entered.cap_month)
    counts = (entered.meals_a_day, entered.meals_a_month)
    if any(cap is not None and cap <= 0 for cap in (*caps, *counts)):
        raise DomainError("最多补多少要大于 0，不限就空着。")
    _check_shares(entered)


def _check_who(entered: RuleInput) -> None:
    low, high = entered.from_age, entered.to_age
    if any(age is not None and not 0 <= age <= OLDEST for age in (low, high)):
        raise DomainError(f"年龄要填 0 到 {OLDEST} 之间的数，不限就空着。")
    if low is not None and high is not None and high < low:
        raise DomainError(f"年龄从 {low} 岁到 {high} 岁，前后写反了，请核对。")
    if entered.guests and (low is not None or high is not None or entered.tag_ids):
        raise DomainError("不记名用餐的人没有登记年龄和身份，这两项请空着，或去掉“不记名”。")


def _check_way(entered: RuleInput) -> None:
    way, amount = entered.way, entered.amount
    if way is SubsidyWay.DISCOUNT and not 1 <= (entered.percent or 0) < _WHOLE:
        raise DomainError("请填折扣，1 到 99，如九折填 90，八五折填 85。")
    if way in (SubsidyWay.AMOUNT, SubsidyWay.PRICE) and not amount:
        what = "补" if way is SubsidyWay.AMOUNT else "付"
        raise DomainError(f"请填每餐{what}多少元，如 3.00。")
    if amount is not None and amount < 0:
        raise DomainError("金额不能小于 0。")


def _check_shares(entered: RuleInput) -> None:
    """Everybody of a part once, and somebody for every part."""
    if not entered.shares:
        raise DomainError("请填补贴由谁承担：份额如 市 4、区 4、街道 1。")
    if any(not 1 <= share.weight <= MOST_WEIGHT for share in entered.shares):
        raise DomainError(f"份额要填 1 到 {MOST_WEIGHT} 之间的整数。")
    named = [(share.portion, share.payer) for share in entered.shares]
    if len(set(named)) < len(named):
        raise DomainError("同一个承担方写了两次，请合成一个份额。")
    parts = {portion for portion, _ in named} - {Portion.ALL}
    if not parts:
        return
    if entered.way is not SubsidyWay.DISCOUNT or not entered.amount:
        raise DomainError("只有“折扣后再补”才分折扣和补贴两部分，请按“全部”填份额。")
    if parts != {Portion.DISCOUNT, Portion.AMOUNT} or Portion.ALL in dict(named):
        raise DomainError("折扣部分和补贴部分都要填由谁承担。")


def _open(session: Session, rule_id: int, version: int) -> SubsidyRule:
    row = session.get(SubsidyRule, rule_id)
    if row is None or row.deleted_at is not None or row.version != version:
        raise ChangedMeanwhile
    return row


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


def joined(codes: Iterable[MealPeriod | Guest]) -> str:
    """For a column that joins them by ,: in the order of the program."""
    return ",".join(sorted({one.value for one in codes}, key=_ORDER.index))


_ORDER = [one.value for one in (*MealPeriod, *Guest)]
