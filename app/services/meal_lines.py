"""The book of meals as it is read: the lines of a day, one line, and their sums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import Guest, MealPeriod, MealWay, PayWay
from app.services import meal_rules
from app.storage.lookup import Source, Sql, lookup_of, query
from app.values.meal_numbers import number_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MealLine:
    """A line of the book; amounts in 分, of a counter-line negative.

    `rule_name` is what whoever asks may read. `taken_back`: a counter-line meets it.
    """

    id: int
    number_words: str
    canteen_id: int
    on_date: date
    period: MealPeriod
    at: datetime
    month: int
    resident_id: int | None
    guest: Guest | None
    name: str
    quantity: int
    age: int | None
    way: MealWay
    words: str
    rule_id: int | None
    rule_name: str
    reason: str
    price: int
    fee: int
    paid: int
    pay_way: PayWay
    reverses_id: int | None
    exception: str
    entered_by: str
    taken_back: bool

    @property
    def subsidy(self) -> int:
        """What others bear."""
        return self.price + self.fee - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySums:
    """What stands of a day or a period: portions, and amounts in 分."""

    meals: int
    price: int
    subsidy: int
    paid: int


def lines(
    source: Source,
    canteen_id: int,
    day: date,
    period: MealPeriod | None = None,
    *,
    limit: int = 50,
    before: int | None = None,
) -> tuple[MealLine, ...]:
    """The latest lines of a day, the youngest first; those before line `before`.

    Counter-lines are left out: what they meet says so itself.
    """
    where = [*_of_day(canteen_id, day, period), Sql("m.reverses_id IS NULL")]
    where += [Sql("m.id < ?", (before,))] if before is not None else []
    order = f"ORDER BY m.number DESC LIMIT {int(limit)}"
    return _read(source, where, order)


def line(source: Source, meal_id: int) -> MealLine | None:
    """One line, a counter-line too; None where there is none that one may see."""
    found = _read(source, [Sql("m.id = ?", (meal_id,))], "")
    return found[0] if found else None


def of_resident(source: Source, resident_id: int, *, limit: int = 50) -> tuple[MealLine, ...]:
    """The latest meals of somebody, the youngest day first."""
    whose = [Sql("m.resident_id = ?", (resident_id,)), Sql("m.reverses_id IS NULL")]
    return _read(source, whose, f"ORDER BY m.on_date DESC, m.id DESC LIMIT {int(limit)}")


def day_sums(
    source: Source, canteen_id: int, day: date, period: MealPeriod | None = None
) -> DaySums:
    """What stands of a day: lines and the counter-lines that meet them cancel out."""
    what = (
        "coalesce(sum(m.quantity), 0), coalesce(sum(m.price), 0),"
        " coalesce(sum(m.price + m.fee - m.paid), 0), coalesce(sum(m.paid), 0)"
    )
    asked = query(what, "meal m", _of_day(canteen_id, day, period))
    meals, price, subsidy, paid = next(lookup_of(source).rows(asked))
    return DaySums(meals=meals, price=price, subsidy=subsidy, paid=paid)


def _of_day(canteen_id: int, day: date, period: MealPeriod | None) -> list[Sql]:
    of_day = Sql("m.canteen_id = ? AND m.on_date = ?", (canteen_id, day.isoformat()))
    return [of_day] if period is None else [of_day, Sql("m.period = ?", (period.value,))]


def _read(source: Source, where: list[Sql], rest: str) -> tuple[MealLine, ...]:
    lookup = lookup_of(source)
    names = meal_rules.names(lookup)
    asked = query(_COLUMNS, _TABLES, where, rest)
    return tuple(_line(values, names) for values in lookup.rows(asked))


_COLUMNS = """
    m.id, m.on_date, m.number, m.canteen_id, m.period, m.at, m.month, m.resident_id, m.guest,
    r.name, m.quantity, m.age, m.way, m.words, m.rule_id,
    m.reason, m.price, m.fee, m.paid, m.pay_way, m.reverses_id, m.exception, m.entered_by,
    EXISTS (SELECT 1 FROM meal c WHERE c.reverses_id = m.id AND c.reverses_id > 0)
"""
_TABLES = "meal m LEFT JOIN resident r ON r.id = m.resident_id"


def _line(values: tuple[Any, ...], names: Mapping[int, str]) -> MealLine:
    key, day, number, canteen, period, at, month, resident, guest, name, *more = values
    quantity, age, way, words, rule, reason, price, fee, paid, *more = more
    pay_way, reverses, exception, entered_by, met = more
    known = None if guest is None else Guest.of(guest)
    return MealLine(
        id=key,
        number_words=number_words(date.fromisoformat(day), number),
        canteen_id=canteen,
        on_date=date.fromisoformat(day),
        period=MealPeriod.of(period),
        at=datetime.fromisoformat(at),
        month=month,
        resident_id=resident,
        guest=known,
        name=name or (known.label if known else ""),
        quantity=quantity,
        age=age,
        way=MealWay.of(way),
        words=words,
        rule_id=rule,
        rule_name=names.get(rule, ""),
        reason=reason,
        price=price,
        fee=fee,
        paid=paid,
        pay_way=PayWay.of(pay_way),
        reverses_id=reverses,
        exception=exception or "",
        entered_by=entered_by,
        taken_back=bool(met),
    )
