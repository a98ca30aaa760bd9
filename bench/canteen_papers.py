"""Box labels and route sheets for 500 deliveries, against the same words by a bare canvas."""

import random
from functools import cache

from app.reports import box_label, delivery_sheet
from app.reports.box_label import BoxLabel, BoxLabels
from app.reports.delivery_sheet import DeliveryRow, DeliverySheets, Route
from app.reports.labels import SHEETS
from app.services.chunks import chunks
from bench.harness import Benchmark, seconds
from bench.papers import DAY, OFFICE, Strings, bare, strings_of
from bench.roster import Person, people

DELIVERIES, STOPS = 500, 12
_DIETS = ("", "", "", "低盐", "软食", "低盐、软食")
_DOORS = ("", "", "", "敲门要重", "放门口架子上，不要放地上")


@cache
def _who() -> list[tuple[Person, str, str]]:
    choice = random.Random(11).choice
    return [(one, choice(_DIETS), choice(_DOORS)) for one in people(DELIVERIES)]


def _home(person: Person) -> str:
    return f"{person.building} 号楼 {person.unit}-{person.room}"


@cache
def _labels() -> BoxLabels:
    labels = [
        BoxLabel(
            name=person.name,
            place=_home(person),
            set_letter="AB"[place % 2],
            diet=diet,
            where=f"第{place // STOPS + 1}路 {place % STOPS + 1}",
        )
        for place, (person, diet, _) in enumerate(_who())
    ]
    return BoxLabels(
        office=OFFICE,
        sheet=SHEETS[1],
        labels=labels,
        head="海棠食堂 11-21 午餐",
        eat_before="10:50 出锅，请在 12:50 前吃完",
    )


@cache
def _sheets() -> DeliverySheets:
    routes = [
        Route(
            name=f"第{number}路",
            area="北岗街",
            carrier="孙志强・志愿者",
            departs="11:00",
            rows=[_row(place, *one) for place, one in enumerate(part, start=1)],
            portions=len(part),
        )
        for number, part in enumerate(chunks(_who(), STOPS), start=1)
    ]
    return DeliverySheets(
        office=OFFICE,
        canteen="海棠食堂",
        on_date=DAY.date(),
        period="午餐",
        deliver_by="12:50",
        routes=routes,
        printed_on=DAY.date(),
        printed_by="赵敏",
    )


def _row(place: int, person: Person, diet: str, door: str) -> DeliveryRow:
    phone = f"{person.phone[:3]} **** {person.phone[-4:]}"
    return DeliveryRow(
        place=place,
        name=person.name,
        home=_home(person),
        meal="A 餐",
        diet=diet,
        phone=phone,
        door=door,
    )


def _draw() -> None:
    box_label.render(_labels())
    delivery_sheet.render(_sheets())


@cache
def _drawn() -> tuple[Strings, Strings]:
    labels = strings_of(box_label, lambda: box_label.render(_labels()))
    return labels, strings_of(delivery_sheet, lambda: delivery_sheet.render(_sheets()))


def _bare() -> float:
    both = _drawn()
    return seconds(lambda: [bare(strings) for strings in both])


BENCHMARKS = (
    Benchmark("labels_delivery_500", "s", DELIVERIES, lambda: seconds(_draw), _bare, at_most=1.8),
)
