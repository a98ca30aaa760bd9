"""收款日报: what came over the desk on a day and what went back, by what for and how.

A meal counts on its own day, also where the sheet was typed back later; what was taken back
counts when the money went back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.models import EntryOfAccount, Tender
from app.services.points_lines import following, month_number
from app.storage.lookup import Lookup, Source, Sql, lookup_of, query

MEALS = "用餐收现金"
MEALS_BACK = "撤销用餐退现金"
_REVERSED = "冲正"


@dataclass(frozen=True, slots=True)
class Taking:
    """One kind of money: how many times, how much in 分; what went back is negative."""

    words: str
    tender: Tender
    times: int
    amount: int


@dataclass(frozen=True, slots=True)
class Takings:
    """A day at the desk."""

    on_date: date
    lines: tuple[Taking, ...]

    @property
    def cash(self) -> int:
        """What has to be in the till more than in the morning."""
        return sum(one.amount for one in self.lines if one.tender is Tender.CASH)

    @property
    def other(self) -> int:
        """What came by phone or through the bank."""
        return sum(one.amount for one in self.lines) - self.cash


def takings(source: Source, day: date) -> Takings:
    """Of all canteens, and of the accounts."""
    lookup = lookup_of(source)
    written = (day.isoformat(), (day + timedelta(days=1)).isoformat())
    found = [*_meals(lookup, day, written), *_entries(lookup, day, written)]
    return Takings(day, tuple(one for one in found if one.times))


def _meals(lookup: Lookup, day: date, written: tuple[str, str]) -> list[Taking]:
    """In cash, and what a voucher left open."""
    eaten = Sql(
        "m.canteen_id IN (SELECT id FROM canteen) AND m.on_date = ? AND m.reverses_id IS NULL",
        (day.isoformat(),),
    )
    taken_back = Sql("m.reverses_id > 0 AND m.at >= ? AND m.at < ?", written)
    came, back = (
        next(lookup.rows(query(_COUNTED, PAID_MEALS, [which, _IN_CASH])))
        for which in (eaten, taken_back)
    )
    return [Taking(MEALS, Tender.CASH, *came), Taking(MEALS_BACK, Tender.CASH, *back)]


def _entries(lookup: Lookup, day: date, written: tuple[str, str]) -> list[Taking]:
    month = month_number(day)
    values = (month, following(month), *written)
    made = []
    for kind, reversed_, tender, times, amount in lookup.rows(Sql(_BOOKED, values)):
        label = EntryOfAccount.of(kind).label
        words = f"{_REVERSED}{label}" if reversed_ else label
        made.append(Taking(words, Tender.of(tender), times, amount))
    return made


PAID_MEALS = "meal AS m LEFT JOIN meal_voucher AS v ON v.id = m.voucher_id"
CASH = """CASE WHEN m.pay_way = 'cash' THEN m.paid
    WHEN m.paid > v.value THEN m.paid - v.value WHEN -m.paid > v.value THEN m.paid + v.value END"""
"""What came into the till for one of PAID_MEALS, NULL for nothing: what a voucher leaves open is
paid in cash; of a counter-line it went back."""
_IN_CASH = Sql("m.pay_way = 'cash' OR m.pay_way = 'voucher' AND abs(m.paid) > v.value")
_COUNTED = f"count(*), coalesce(sum({CASH}), 0)"
_BOOKED = """
    SELECT coalesce(o.kind, e.kind) AS what, e.reverses_id IS NOT NULL AS back, e.tender,
        count(*), sum(e.amount)
    FROM meal_entry e LEFT JOIN meal_entry o ON o.id = e.reverses_id
    WHERE e.month IN (?, ?) AND e.tender IS NOT NULL AND e.at >= ? AND e.at < ?
    GROUP BY what, back, e.tender ORDER BY what, back, e.tender
"""
