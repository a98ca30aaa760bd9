"""What stands in the 就餐登记表 of a day or a month (domain.md 4.5)."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Guest, MealPeriod, MealWay, PayWay
from app.reports.meal_register import MealLine, MealRegister
from app.services import canteens, meal_rules, papers
from app.services.meal_recent import STANDING
from app.services.papers import Printing
from app.services.periods import Period
from app.storage.lookup import Sql, lookup_of, query
from app.values.meal_numbers import number_words
from app.values.money import yuan

_NAMELESS = "不记名"


def register(
    session: Session, canteen_id: int, period: Period, printing: Printing
) -> tuple[MealRegister, list[int]]:
    """The meals of a period that were not taken back; and the residents who stand in it.

    Raises DomainError where nobody ate.
    """
    lookup = lookup_of(session)
    first, last = period.first.isoformat(), period.last.isoformat()
    where = [
        Sql("m.canteen_id = ? AND m.on_date BETWEEN ? AND ?", (canteen_id, first, last)),
        STANDING,
    ]
    rows = list(lookup.rows(query(_COLUMNS, _TABLES, where, "ORDER BY m.on_date, m.number")))
    if not rows:
        raise DomainError(f"{_words(period)}没有人用餐，没有可打印的。请换个日期。")
    names = meal_rules.names(lookup)
    price, paid = sum(row[9] for row in rows), sum(row[10] for row in rows)
    data = MealRegister(
        office=papers.committee(session),
        canteen=canteens.name_of(session, canteen_id),
        filter_words=_words(period),
        lines=[_line(row, names) for row in rows],
        count=sum(row[6] for row in rows),
        price=yuan(price),
        given=yuan(price - paid),
        paid=yuan(paid),
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return data, list(dict.fromkeys(row[3] for row in rows if row[3] is not None))


def _line(row: tuple[Any, ...], names: dict[int, str]) -> MealLine:
    day, period, number, _, name, guest, quantity, age, way, price, paid, words, pays, rule = row
    kind = names.get(rule, "" if guest else "不享受补贴")
    years = "" if age is None else f"{age} 岁"
    return MealLine(
        on_date=day[5:],
        period=MealPeriod.of(period).label,
        number=number_words(date.fromisoformat(day), number),
        name=name or f"{Guest.of(guest).label} {quantity} 人",
        kind="・".join(one for one in ((_NAMELESS if guest else years), kind) if one),
        way=MealWay.of(way).label,
        words=f"{words} ×{quantity}" if quantity > 1 and not guest else words,
        price=yuan(price),
        given=yuan(price - paid),
        paid=yuan(paid),
        pays=PayWay.of(pays).label,
    )


def _words(period: Period) -> str:
    """2026年11月, or the one day."""
    day = period.first
    return period.words if day != period.last else f"{day.year}年{day.month}月{day.day}日"


_COLUMNS = """
    m.on_date, m.period, m.number, m.resident_id, r.name, m.guest, m.quantity, m.age, m.way,
    m.price + m.fee, m.paid, m.words, m.pay_way, m.rule_id
"""
_TABLES = "meal AS m LEFT JOIN resident AS r ON r.id = m.resident_id"
