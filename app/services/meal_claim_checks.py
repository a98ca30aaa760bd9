"""核对: what is looked at before a settlement is signed, each a sentence with its result.

What is open names the meals, so that it can be put right at the spot (domain.md 4.5, 防虚报).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from app.models import Departure, MealWay, OrderState, Payer
from app.services.meal_claims import Matrix, within
from app.services.meal_recent import STANDING
from app.services.periods import month as month_of
from app.services.points_filter import first_of
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query
from app.values.meal_numbers import number_words
from app.values.money import yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A subsidised meal after somebody moved away or died."""

    meal_id: int
    name: str
    number: str
    on_date: date
    departed_on: date
    died: bool

    @property
    def words(self) -> str:
        """李国庆 11-18 迁出，11-19 有 1 餐."""
        how = "去世" if self.died else "迁出"
        return f"{self.name} {self.departed_on:%m-%d} {how}，{self.on_date:%m-%d} 有 1 餐"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One of them; `open` is how many things are to be done about it, 0 where all is well."""

    words: str
    result: str
    open: int = 0
    advice: str = ""
    """What to do where it is open"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """All of a month; `gone` are the meals behind the last of them."""

    lines: tuple[Check, ...]
    gone: tuple[Gone, ...] = ()

    @property
    def open(self) -> int:
        """How many things are to be done."""
        return sum(one.open for one in self.lines)

    @property
    def passed(self) -> int:
        return sum(not one.open for one in self.lines)

    @property
    def words(self) -> str:
        """4 项通过，1 项待办."""
        waiting = len(self.lines) - self.passed
        return f"{self.passed} 项通过，{waiting} 项待办" if waiting else f"{self.passed} 项都通过"


def checks(source: Source, found: Matrix) -> Checks:
    """The five of a month, against the table that is shown."""
    lookup = lookup_of(source)
    gone = tuple(gone_meals(lookup, found.canteen_id, found.month))
    apart, above = _line_by_line(lookup, found)
    return Checks(
        lines=(
            _adds_up(found),
            _money("各方分担 + 本人付 = 餐费", apart),
            _within_price(above, found),
            _settled(lookup, found),
            _moved_away(gone),
        ),
        gone=gone,
    )


def gone_meals(source: Source, canteen_id: int, month: int) -> Iterator[Gone]:
    """Subsidised meals after the day on which somebody moved away or died.

    Also of months that were submitted before that was known: what is put right now is a difference.
    """
    there = [
        Sql("m.resident_id = r.id"),
        Sql("r.departed_on IS NOT NULL AND m.on_date > r.departed_on"),
        Sql(
            f"m.canteen_id = ? AND (m.month = ? OR m.month < ? AND {_SENT})",
            (canteen_id, month, month),
        ),
        Sql(f"{_SUBSIDY} <> 0"),
        STANDING,
    ]
    columns = "m.id, r.name, m.on_date, m.number, r.departed_on, r.departure"
    # From those who are gone, who are few; put in order here, or SQLite would walk all days.
    joined = "resident AS r CROSS JOIN meal AS m"
    rows = sorted(lookup_of(source).rows(query(columns, joined, there)), key=itemgetter(2, 0))
    for key, name, day, number, left, how in rows:
        on_date = date.fromisoformat(day)
        yield Gone(
            meal_id=key,
            name=name,
            number=number_words(on_date, number),
            on_date=on_date,
            departed_on=date.fromisoformat(left),
            died=how == Departure.DIED.value,
        )


_SENT = """EXISTS (SELECT 1 FROM meal_claim AS c WHERE c.canteen_id = m.canteen_id
    AND c.month = m.month AND c.submitted_at IS NOT NULL)"""
_SUBSIDY = "(" + " + ".join(f"m.by_{one.value}" for one in Payer) + ")"


def _adds_up(found: Matrix) -> Check:
    """The tiers against the single lines, in every column."""
    columns = [one for one in found.columns if one != "people"]
    gaps = [
        sum(line.sums.of(column) for line in found.lines) - found.total.of(column)
        for column in columns
    ]
    apart = max(map(abs, gaps))
    return _money("逐餐合计 = 结算表", apart)


def _line_by_line(lookup: Lookup, found: Matrix) -> tuple[int, int]:
    """By how much parts and whole are apart, of every line and not only of the sums, where one
    could hide another; and how many lines give more than the meal costs."""
    gap = f"sum(abs(m.price + m.fee - m.paid - {_SUBSIDY}))"
    above = f"sum(CASE WHEN abs({_SUBSIDY}) > abs(m.price) THEN 1 ELSE 0 END)"
    where = within(found.canteen_id, found.month)
    apart, more = next(lookup.rows(query(f"{gap}, {above}", "meal AS m", where)))
    return apart or 0, more or 0


def _money(words: str, apart: int) -> Check:
    advice = "账目不符，请到“设置”里做一次数据体检，先不要提交。" if apart else ""
    return Check(words=words, result=f"差 {yuan(apart)}", open=int(apart != 0), advice=advice)


def _within_price(wrong: int, found: Matrix) -> Check:
    return Check(
        words="每餐补贴不超过餐费",
        result=f"{wrong:,} 餐超过" if wrong else f"{found.total.meals:,} 餐",
        open=wrong,
        advice="这几餐的补贴比餐费还多，请撤销以后重新记。" if wrong else "",
    )


def _settled(lookup: Lookup, found: Matrix) -> Check:
    """Orders of which nobody said what became; who came for a meal stands on no delivery board."""
    period = month_of(first_of(found.month))
    where = [
        Sql("canteen_id = ?", (found.canteen_id,)),
        Sql("on_date BETWEEN ? AND ?", (period.first.isoformat(), period.last.isoformat())),
        Sql("state = ?", (OrderState.ORDERED.value,)),
    ]
    brought = query(_WAITING, "meal_order", [*where, Sql("way = ?", (MealWay.BROUGHT.value,))])
    others = query(_WAITING, "meal_order", [*where, Sql("way <> ?", (MealWay.BROUGHT.value,))])
    at_door, first = next(lookup.rows(brought))
    collected, since = next(lookup.rows(others))
    left = at_door + collected
    advice = (
        f"送餐 {at_door:,} 笔：从 {_day(first)} 起，在“送餐”里登记结果。" if at_door else "",
        f"堂食、自取 {collected:,} 笔：从 {_day(since)} 起，{_COLLECTED}" if collected else "",
    )
    return Check(words="订餐未关闭", result=f"{left:,} 笔", open=left, advice="".join(advice))


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%m-%d}"


_WAITING = "count(*), min(on_date)"
_COLLECTED = "吃过的照签到表补录，没来的、另记了餐的在“订餐”里按 Alt+X 取消。"


def _moved_away(gone: tuple[Gone, ...]) -> Check:
    return Check(words="迁出后仍就餐", result=f"{len(gone):,} 笔", open=len(gone))
