"""备餐单 and 餐盒标签: gathered from the orders, handed to app/reports as plain data."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from app.models import MealPeriod, MealWay, OrderState
from app.reports import box_label, kitchen_sheet
from app.reports.labels import LabelSheet
from app.services import canteens
from app.services.kitchen_count import Clash, KitchenCount, kitchen_count
from app.services.order_lines import OrderLine, orders_of
from app.services.order_plan import period_of
from app.services.papers import Printing, committee
from app.values.days import weekday
from app.values.times import time_words

EATEN_WITHIN = 120
"""Minutes from the pot to the mouth (domain.md 4.3)"""


def kitchen(
    session: Session, canteen_id: int, day: date, period: MealPeriod, printing: Printing
) -> tuple[kitchen_sheet.KitchenSheet, Sequence[int]]:
    """备餐单 of a period, and the residents whose names stand on it."""
    count = kitchen_count(session, canteen_id, day, period)
    offered = period_of(session, canteen_id, period)
    ready = (
        f"{time_words(offered.ready)} 出锅，{time_words(offered.deliver_by)} 前送完"
        if offered
        else ""
    )
    sheet = kitchen_sheet.KitchenSheet(
        office=committee(session),
        canteen=canteens.name_of(session, canteen_id),
        when=f"{day.month}月{day.day}日 星期{weekday(day)} {period.label}",
        ready=ready,
        told=_told(count),
        portions=count.portions,
        diets=count.diets,
        lines=[
            kitchen_sheet.CountLine(
                one.name, one.by_diet, "" if one.planned is None else str(one.planned)
            )
            for one in count.dishes or count.sets
        ],
        clashes=list(map(_clash, count.clashes)),
        special=[_special(one) for one in count.special],
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )
    return sheet, [one.resident_id for one in count.special]


def labels(
    session: Session,
    canteen_id: int,
    day: date,
    period: MealPeriod,
    *,
    sheet: LabelSheet,
    start: int = 0,
    outline: bool = False,
) -> tuple[box_label.BoxLabels, Sequence[int]]:
    """餐盒标签 of a period, one for each portion, and the residents whose names stand on them."""
    lines = label_lines(orders_of(session, canteen_id, day, period))
    offered = period_of(session, canteen_id, period)
    name = canteens.name_of(session, canteen_id)
    made = box_label.BoxLabels(
        office=committee(session),
        sheet=sheet,
        labels=[label for one in lines for label in _labels(one)],
        head=f"{name} {day:%m-%d} {period.label}".strip(),
        eat_before=_eat_before(offered.ready) if offered else "",
        start=start,
        outline=outline,
    )
    return made, [one.resident_id for one in lines]


def label_lines(lines: Sequence[OrderLine]) -> list[OrderLine]:
    """The orders that get a box: special diets first, each diet together, then route and stop."""
    carried = [
        one
        for one in lines
        if one.state is not OrderState.CANCELLED and one.way is not MealWay.HERE
    ]
    return sorted(carried, key=lambda one: (not one.special, one.diet, one.avoids))


def _labels(one: OrderLine) -> Iterator[box_label.BoxLabel]:
    where = f"{one.route_name} {one.stop}" if one.route_name else one.way.label
    for portion in range(1, one.quantity + 1):
        yield box_label.BoxLabel(
            name=one.name,
            place=one.place,
            set_letter=one.set_letter,
            diet=one.diet,
            avoids=one.avoids,
            where=where,
            portion=f"{portion}/{one.quantity}" if one.quantity > 1 else "",
            note=one.note,
        )


def _told(count: KitchenCount) -> str:
    ways = "，".join(f"{way.label} {number} 份" for way, number in count.by_way)
    expected = f"堂食预计 {count.expected} 人" if count.expected else ""
    return "；".join(part for part in (ways, expected) if part)


def _clash(one: Clash) -> str:
    return f"{one.name}（{one.place}，{one.set_letter} 餐）忌{one.avoids}：{one.dish}要换"


def _special(one: OrderLine) -> tuple[str, ...]:
    where = f"{one.route_name} {one.stop}" if one.route_name else one.way.label
    letter, number = f"{one.set_letter} 餐", str(one.quantity)
    return where, one.name, one.place, letter, number, one.diet, one.avoids


def _eat_before(ready: int) -> str:
    before = time_words(ready + EATEN_WITHIN)
    return f"{time_words(ready)} 出锅，请在 {before} 前趁热吃"
