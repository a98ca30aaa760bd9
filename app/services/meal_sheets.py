"""就餐签到表: printed with the names of who usually comes, typed back in its own order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from app.errors import DomainError
from app.models import Action, MealPeriod, MealSheet, MealWay, OrderState, PayWay
from app.reports.meal_sign_in import MealSignIn, SignInLine
from app.services import (
    canteens,
    meal_counter,
    meal_person,
    meal_vouchers,
    papers,
    residents,
    rights,
)
from app.services.meal_book import MealInput
from app.services.meal_person import OrderAhead, Sitting
from app.services.meal_recent import STANDING
from app.services.papers import Printing
from app.storage import journal
from app.storage.lookup import Lookup, Source, Sql, actor_of, lookup_of, one_of, query
from app.values.days import weekday
from app.values.meal_numbers import number_words
from app.values.money import yuan
from app.values.rights import Right

BLANK_ROWS = 10
MOST_ROWS = 3_000
"""More than any canteen seats: nobody is left off a sheet"""
_REGULAR_DAYS = 31
_REGULAR_MEALS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A sheet that was printed: its number, for which meal."""

    id: int
    sitting: Sitting
    residents: tuple[int, ...]
    """As they stand on the paper"""
    printed_by: str
    printed_at: datetime

    @property
    def words(self) -> str:
        """第 12 号 11-21 午餐 38 人"""
        meal = f"{self.sitting.on_date:%m-%d} {self.sitting.period.label}"
        return f"第 {self.id} 号 {meal} {len(self.residents):,} 人"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row of a sheet; `logged` is the number of the meal where it is in the book already."""

    place: int
    resident_id: int
    name: str
    where: str
    set_letter: str
    """What was ordered, else what was taken the last time"""
    pay_way: PayWay
    logged: str
    quantity: int = 1
    """As it was ordered"""

    @property
    def place_words(self) -> str:
        """3-2-501, 3-2-501 订 2 份."""
        ordered = f"订 {self.quantity} 份" if self.quantity > 1 else ""
        return " ".join(filter(None, (self.where, ordered)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ate:
    """What was typed for one row."""

    place: int
    resident_id: int
    set_letter: str
    pay_way: PayWay


def expected(source: Source, sitting: Sitting) -> list[int]:
    """Who came at least twice in the last month to this meal, or has ordered it; by name.

    Whoever died or moved away is left out.
    """
    day = sitting.on_date
    since = (day - timedelta(days=_REGULAR_DAYS)).isoformat()
    place = (sitting.canteen_id, sitting.period.value)
    values = (since, day.isoformat(), *place, _REGULAR_MEALS, *place, *(day.isoformat(),) * 2)
    ordered = (*place, day.isoformat(), OrderState.ORDERED.value)
    asked = Sql(_EXPECTED, (*values, f"%{day.isoweekday()}%", *ordered, MOST_ROWS))
    return list(lookup_of(source).column(asked))


def make(session: Session, sitting: Sitting, ids: Sequence[int], *, now: datetime) -> int:
    """Keep a sheet with these people in this order; gives its number."""
    rights.require(session, Right.LOG_MEALS)
    sheet = MealSheet(
        canteen_id=sitting.canteen_id,
        on_date=sitting.on_date,
        period=sitting.period,
        printed={"residents": list(ids)},
        printed_by=actor_of(session).name,
        printed_at=now,
    )
    session.add(sheet)
    session.flush()
    return sheet.id


def paper(session: Session, sheet_id: int, printing: Printing, *, blank: int) -> MealSignIn:
    """The sheet with its people and rows to write on; raises DomainError where there is none."""
    sheet = view(session, sheet_id)
    sitting = sheet.sitting
    sets = canteens.set_meals(session, sitting.canteen_id, sitting.on_date, sitting.period)
    return MealSignIn(
        office=papers.committee(session),
        canteen=canteens.name_of(session, sitting.canteen_id),
        number=sheet.id,
        day=f"{sitting.on_date:%Y-%m-%d}（周{weekday(sitting.on_date)}）",
        period=sitting.period.label,
        sets=[f"{one.letter} 餐 {yuan(one.price)} 元" for one in sets],
        letters=[one.letter for one in sets],
        lines=[SignInLine(name=one.name, place=one.place_words) for one in rows(session, sheet_id)],
        blank_rows=blank,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def note_printed(session: Session, sheet_id: int) -> None:
    """Journal that the sheet, with the people on it, was printed or saved (domain.md 10.3)."""
    journal.record_look(session, Action.PRINTED, MealSheet, [sheet_id])
    lookup = lookup_of(session)
    people = _kept(lookup, view(lookup, sheet_id).residents)
    if people:
        papers.note_printed(session, people)


def sheets(source: Source, canteen_id: int, *, most: int = 60) -> list[SheetView]:
    """The latest sheets of a canteen first."""
    own = [Sql("canteen_id = ?", (canteen_id,))]
    asked = query(_SHEET, "meal_sheet", own, f"ORDER BY id DESC LIMIT {int(most)}")
    return [_view(row) for row in lookup_of(source).rows(asked)]


def view(source: Source, sheet_id: int) -> SheetView:
    """One sheet; raises DomainError where there is none with this number."""
    asked = query(_SHEET, "meal_sheet", [Sql("id = ?", (sheet_id,))])
    row = next(lookup_of(source).rows(asked), None)
    if row is None:
        raise DomainError(f"没有第 {sheet_id} 号签到表。请核对纸上的号码，或从列表里选。")
    return _view(row)


def _view(row: tuple[Any, ...]) -> SheetView:
    key, canteen_id, day, period, kept, by, at = row
    sitting = Sitting(
        canteen_id=canteen_id, period=MealPeriod.of(period), on_date=date.fromisoformat(day)
    )
    return SheetView(
        id=key,
        sitting=sitting,
        residents=tuple(json.loads(kept)["residents"]),
        printed_by=by,
        printed_at=datetime.fromisoformat(at),
    )


def rows(source: Source, sheet_id: int) -> list[SheetRow]:
    """The rows of a sheet as they stand on the paper, with the names of today."""
    lookup = lookup_of(source)
    sheet = view(lookup, sheet_id)
    return rows_of(lookup, sheet.sitting, _kept(lookup, sheet.residents))


def rows_of(
    source: Source, sitting: Sitting, ids: Sequence[int], *, first: int = 1
) -> list[SheetRow]:
    """Rows for these people, counted from `first`; who wrote himself down below comes so."""
    lookup = lookup_of(source)
    people = {one.id: one for one in residents.rows(lookup, ids, today=sitting.on_date)}
    habits, logged = _habits(lookup, sitting, ids), _logged(lookup, sitting, ids)
    orders = _collected(lookup, sitting, ids)
    found = []
    for place, key in enumerate(ids, start=first):
        person, ahead = people.get(key), orders.get(key)
        habit = habits.get(key, ("", PayWay.CASH))
        letter, way = (ahead.set_letter, ahead.pay_way) if ahead else habit
        found.append(
            SheetRow(
                place=place,
                resident_id=key,
                name=person.name if person is not None else _GONE,
                where=person.place_short if person is not None else "",
                set_letter=letter,
                pay_way=PayWay.CASH if way is PayWay.NOTHING else way,
                logged=logged.get(key, ""),
                quantity=ahead.quantity if ahead else 1,
            )
        )
    return found


def type_back(
    session: Session, sitting: Sitting, ate: Sequence[Ate], *, now: datetime
) -> list[int]:
    """Book what was typed, all or nothing; gives the meals in this order.

    What somebody ordered and came for is settled with the meal, as at the counter. Raises
    DomainError naming the row that cannot be booked, and why.
    """
    rights.require(session, Right.LOG_MEALS)
    sets = canteens.set_meals(session, sitting.canteen_id, sitting.on_date, sitting.period)
    by_letter = {one.letter: one.id for one in sets}
    orders = _collected(session, sitting, [one.resident_id for one in ate])
    return [
        _book(session, sitting, one, by_letter, orders.get(one.resident_id), now) for one in ate
    ]


def _book(
    session: Session,
    sitting: Sitting,
    ate: Ate,
    by_letter: dict[str, int],
    ahead: OrderAhead | None,
    now: datetime,
) -> int:
    settles = actor_of(session).may(Right.RUN_CANTEEN)
    meal = MealInput(
        canteen_id=sitting.canteen_id,
        period=sitting.period,
        on_date=sitting.on_date,
        request_key=uuid4().hex,
        resident_id=ate.resident_id,
        set_meal_id=by_letter.get(ate.set_letter),
        pay_way=ate.pay_way,
        voucher_code=_voucher(session, ate, sitting) if ate.pay_way is PayWay.VOUCHER else "",
        given=True,
        quantity=ahead.quantity if ahead else 1,
        way=ahead.way if ahead else MealWay.HERE,
        # Whoever may not settle an order leaves it to the kitchen.
        order_id=ahead.id if ahead and settles else None,
    )
    try:
        return meal_counter.log(session, meal, now=now).meal_id
    except DomainError as error:
        raise DomainError(
            f"第 {ate.place} 行记不进去：{error}先去掉这一行，其余各行就能保存。"
        ) from error


def _voucher(source: Source, ate: Ate, sitting: Sitting) -> str:
    """The first of those in the person's name; a bearer's one is scanned at the counter."""
    mine = meal_vouchers.good_of(source, ate.resident_id, sitting.on_date)
    return mine[0].code if mine else ""


def _collected(source: Source, sitting: Sitting, ids: Sequence[int]) -> dict[int, OrderAhead]:
    """By person: what waits for whoever comes for it; what is brought is settled at the door."""
    found = meal_person.orders_ahead(source, ids, sitting)
    return {key: one for key, one in found.items() if one.collected}


def _kept(lookup: Lookup, ids: Sequence[int]) -> list[int]:
    """Two records of one person may have become one since, and that one part of a third."""
    found = list(ids)
    while into := _merged_into(lookup, found):
        found = [into.get(key, key) for key in found]
    return found


def _merged_into(lookup: Lookup, ids: Sequence[int]) -> dict[int, int]:
    merged = [one_of("id", ids), Sql("merged_into_id IS NOT NULL")]
    return dict(lookup.rows(query("id, merged_into_id", "resident", merged)))


def _habits(lookup: Lookup, sitting: Sitting, ids: Sequence[int]) -> dict[int, tuple[str, PayWay]]:
    """Set and payment of the last meal of each in this period."""
    since = (sitting.on_date - timedelta(days=2 * _REGULAR_DAYS)).isoformat()
    where = [
        one_of("m.resident_id", list(ids)),
        Sql("m.canteen_id = ? AND m.period = ?", (sitting.canteen_id, sitting.period.value)),
        Sql("m.on_date >= ? AND m.reverses_id IS NULL", (since,)),
    ]
    asked = query("m.resident_id, s.letter, m.pay_way", _MEALS, where, "ORDER BY m.on_date, m.id")
    return {key: (letter or "", PayWay.of(way)) for key, letter, way in lookup.rows(asked)}


def _logged(lookup: Lookup, sitting: Sitting, ids: Sequence[int]) -> dict[int, str]:
    """Who has this very meal in the book, and under which number."""
    day = sitting.on_date
    where = [
        one_of("m.resident_id", list(ids)),
        Sql("m.on_date = ? AND m.period = ?", (day.isoformat(), sitting.period.value)),
        STANDING,
    ]
    asked = query("m.resident_id, m.number", "meal AS m", where)
    return {key: number_words(day, number) for key, number in lookup.rows(asked)}


_GONE = "（已不在册）"
_MEALS = "meal AS m LEFT JOIN set_meal AS s ON s.id = m.set_meal_id"
_SHEET = "id, canteen_id, on_date, period, printed, printed_by, printed_at"
_EXPECTED = """
SELECT id FROM resident WHERE departure IS NULL AND deleted_at IS NULL AND id IN (
  SELECT resident_id FROM meal WHERE on_date >= ? AND on_date < ? AND canteen_id = ?
    AND period = ? AND way <> 'brought' AND resident_id > 0
  GROUP BY resident_id HAVING sum(quantity) >= ?
  UNION SELECT resident_id FROM standing_order WHERE canteen_id = ? AND period = ?
    AND way <> 'brought' AND deleted_at IS NULL AND since <= ?
    AND (until IS NULL OR until >= ?) AND weekdays LIKE ?
  UNION SELECT resident_id FROM meal_order WHERE canteen_id = ? AND period = ? AND on_date = ?
    AND way <> 'brought' AND state = ?)
ORDER BY name_order, id LIMIT ?
"""
