"""What is redeemed when: the days of the month, how often, how many of an article."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.errors import DomainError
from app.models import LimitPeriod
from app.services import settings
from app.services.goods import GoodsView
from app.services.setting_kinds import days_of_month
from app.services.settings import Settings
from app.storage.lookup import Source, Sql, any_of, lookup_of, query

_LOOK_AHEAD = 62


class BeyondLimit(DomainError):
    """A rule of the shop is against it: `reason` may be given all the same (破例原因)."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{words}确需破例，请写明原因。")
        self.words = words


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whose limit is counted: a person's, whichever account it went through, of an own account
    or a shared one; of somebody from outside that of the account."""

    account_id: int
    resident_id: int | None = None


def check(
    source: Source,
    visitor: Visitor,
    basket: Sequence[tuple[GoodsView, int]],
    today: date,
    known: Settings,
) -> None:
    """Raise BeyondLimit with the first day on which it is possible."""
    _check_day(known[settings.REDEMPTION_DAYS], today)
    _check_times(source, visitor, known[settings.REDEMPTIONS_A_MONTH], today)
    for view, quantity in basket:
        over = over_limit(source, visitor, view, quantity, today)
        if over:
            raise BeyondLimit(over)


def against(source: Source, account_id: int, today: date) -> str:
    """What the rules say against anything today, whatever is taken; '' where nothing."""
    try:
        check(source, Visitor(account_id), (), today, settings.load(source))
    except BeyondLimit as error:
        return error.words
    return ""


def _check_day(typed: str, today: date) -> None:
    """Raise BeyondLimit on a day that is none of the days of redemption."""
    days = frozenset(days_of_month(typed))
    if days and not _is_one(today, days):
        words = "、".join(str(day) for day in sorted(days))
        following = next_day(today, days)
        raise BeyondLimit(
            f"今天不是兑换日：每月 {words} 日兑换，下次是 {following.month} 月 {following.day} 日。"
        )


def next_day(today: date, days: frozenset[int]) -> date:
    """The first day of redemption after today; the last of a month stands for those it lacks."""
    ahead = (today + timedelta(days=n) for n in range(1, _LOOK_AHEAD))
    return next(day for day in ahead if _is_one(day, days))


def times_this_month(source: Source, account_id: int, today: date) -> int:
    """How often an account redeemed in the month of `today`; what was taken back is not counted."""
    where = [Sql("account_id = ?", (account_id,)), _since(today.replace(day=1)), _STANDS]
    found: int = lookup_of(source).value(query("count(*)", "redemption AS r", where))
    return found


def over_limit(
    source: Source, visitor: Visitor, view: GoodsView, quantity: int, today: date
) -> str:
    """Why so many of an article are too many, and from when on there are more; '' if they are not.

    The limit is that of a person: proxies count for whom they collect.
    """
    if view.limit is None:
        return ""
    first = period_start(view.limit_period, today)
    had = had_since(source, visitor, view.id, first)
    if had + quantity <= view.limit:
        return ""
    following = period_after(view.limit_period, today)
    period = view.limit_period.label
    before = f"已经兑了 {had} {view.unit}，" if had else ""
    return (
        f"“{view.name}”{period}限兑 {view.limit} {view.unit}，{before}"
        f"{following.month} 月 {following.day} 日起可以再兑。"
    )


def had_since(source: Source, visitor: Visitor, goods_id: int, first: date) -> int:
    """How many of an article somebody got from a day on."""
    where = [
        Sql("line.goods_id = ?", (goods_id,)),
        _whose(visitor),
        _since(first),
        _STANDS,
    ]
    lines = "redemption_line AS line JOIN redemption AS r ON r.id = line.redemption_id"
    found: int = lookup_of(source).value(query("coalesce(sum(line.quantity), 0)", lines, where))
    return found


def period_start(period: LimitPeriod, day: date) -> date:
    """The first day of the month, quarter or year of `day`."""
    if period is LimitPeriod.YEAR:
        return date(day.year, 1, 1)
    if period is LimitPeriod.QUARTER:
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return day.replace(day=1)


def period_after(period: LimitPeriod, day: date) -> date:
    """The first day of the next one."""
    months = {LimitPeriod.MONTH: 1, LimitPeriod.QUARTER: 3, LimitPeriod.YEAR: 12}[period]
    first = period_start(period, day)
    year, month = divmod(first.month - 1 + months, 12)
    return date(first.year + year, month + 1, 1)


_STANDS = Sql("r.taken_back_at IS NULL")


def _whose(visitor: Visitor) -> Sql:
    """What an account had before it was known to be a resident's is that person's, too."""
    own = Sql("r.account_id = ?", (visitor.account_id,))
    if visitor.resident_id is None:
        return own
    person = Sql("r.resident_id = ?", (visitor.resident_id,))
    return any_of([person, Sql(f"r.resident_id IS NULL AND {own.text}", own.values)])


def _since(first: date) -> Sql:
    return Sql("r.on_date >= ?", (first.isoformat(),))


def _is_one(day: date, days: frozenset[int]) -> bool:
    last = (day + timedelta(days=1)).month != day.month
    return day.day in days or (last and any(one > day.day for one in days))


def _check_times(source: Source, visitor: Visitor, most: int, today: date) -> None:
    had = times_this_month(source, visitor.account_id, today) if most else 0
    if most and had >= most:
        following = period_after(LimitPeriod.MONTH, today)
        raise BeyondLimit(
            f"每月最多兑换 {most} 次，本月已经兑换 {had} 次，{following.month} 月 1 日起可以再兑。"
        )
