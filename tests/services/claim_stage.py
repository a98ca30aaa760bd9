"""November as in the picture of the settlement: 4,006 meals of 247 people, and what was corrected
of October. The lines are put into the book as they are; who logs meals is tested elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.models import Meal, Payer, Resident
from app.storage import journal
from app.storage.engine import Database
from app.values import pinyin
from tests.services.canteen_stage import LUNCH, Stage, stage_on
from tests.services.conftest import Clerk
from tests.storage.offices import CLOCK, furnish

MONTH, OCTOBER = 202611, 202610
SECOND_OF_DECEMBER = date(2026, 12, 2)


@dataclass(frozen=True)
class Tier:
    """A row of the picture: people, meals, how many of them of the dearer set, who bears what."""

    name: str
    people: int
    meals: int
    dear: int
    born: int
    shares: tuple[int, ...] | None
    """市 区 街道 运营 捐赠 of a meal, in 分"""


TIERS = (
    Tier("60–69 岁", 62, 696, 210, 1960, (100, 0, 0, 0, 0)),
    Tier("70–79 岁", 88, 1356, 344, 1950, (100, 100, 0, 0, 0)),
    Tier("80–89 岁", 54, 824, 136, 1942, (100, 100, 100, 0, 0)),
    Tier("90 岁以上", 7, 118, 0, 1933, (400, 400, 100, 0, 300)),
    Tier("低保对象", 21, 362, 0, 1955, (400, 400, 100, 0, 0)),
    Tier("重度残疾", 9, 153, 12, 1956, (200, 200, 0, 0, 0)),
    Tier("优抚对象", 6, 95, 18, 1957, (100, 200, 0, 0, 0)),
    Tier("爱心驿站", 0, 402, 0, 0, (0, 0, 0, 0, 1200)),
)
_SURNAMES = "何李马曹袁王张刘陈杨赵黄周吴"
_GIVEN = ("桂英", "淑珍", "桂兰", "德顺", "桂芝", "秀兰", "建国", "玉梅", "福", "永明")


def november_on(database: Database) -> Stage:
    """The month on an empty office, seen on the second of December."""
    return Stage(Clerk(database, CLOCK.now()), *furnish(database, _november)).at(
        SECOND_OF_DECEMBER, 9, 3
    )


def _november(database: Database) -> tuple[Any, ...]:
    stage = stage_on(database)
    stage.do(_everything, stage)
    return stage.canteen, stage.people, stage.sets, stage.rules


def _everything(session: Session, stage: Stage) -> None:
    first = stage.people["unknown"] + 1
    numbers: dict[date, int] = {}
    rows = []
    for tier in TIERS:
        people = [_person(first + place, tier) for place in range(tier.people)]
        if people:
            session.execute(insert(Resident), people)
            journal.record_created(session, Resident, (one["id"] for one in people))
        rows += list(_meals(stage, tier, [one["id"] for one in people], numbers))
        first += tier.people
    october = list(_october(stage, rows[-500]["resident_id"], numbers))
    journal.add_rows(session, Meal, [*october, *sorted(rows, key=lambda one: one["at"])])


def _person(key: int, tier: Tier) -> dict[str, Any]:
    name = _SURNAMES[key % len(_SURNAMES)] + _GIVEN[key * 7 % len(_GIVEN)]
    born = date(tier.born, key % 10 + 1, key % 27 + 1)
    return {"id": key, "name": name, "name_order": pinyin.sort_key(name), "birth_date": born}


def _meals(
    stage: Stage, tier: Tier, people: list[int], numbers: dict[date, int]
) -> Iterator[dict[str, Any]]:
    for place in range(tier.meals):
        # One a day: whoever has a line, has it once in a period.
        person = people[place % len(people)] if people else None
        turn = place // len(people) if people else place
        day = date(2026, 11, 1) + timedelta(days=turn % 30)
        dear = place < tier.dear
        yield meal_row(stage, tier, person, day, numbers, dear=dear)


def meal_row(
    stage: Stage,
    tier: Tier,
    person: int | None,
    day: date,
    numbers: dict[date, int],
    *,
    dear: bool = False,
    month: int = MONTH,
    sign: int = 1,
) -> dict[str, Any]:
    """A line of the book; with sign −1 one that takes a meal back."""
    numbers[day] = number = numbers.get(day, 0) + 1
    price = 15_00 if dear else 12_00
    shares = tier.shares or (0, 0, 0, 0, 0)
    return {
        "canteen_id": stage.canteen,
        "on_date": day,
        "period": LUNCH,
        "number": number,
        "at": datetime.combine(day, time(11)) + timedelta(seconds=number),
        "month": month,
        "resident_id": person,
        "guest": None if person else "sanitation",
        "quantity": sign,
        "way": "eaten_here",
        "set_meal_id": stage.sets["B" if dear else "A"],
        "words": "B 餐" if dear else "A 餐",
        "age": day.year - tier.born if person else None,
        "rule_id": stage.rules[tier.name],
        "reason": tier.name,
        "price": price * sign,
        "fee": 0,
        "paid": (price - sum(shares)) * sign,
        **{f"by_{payer.value}": part * sign for payer, part in zip(Payer, shares, strict=True)},
        "pay_way": "cash",
        "reverses_id": None,
        "grid_id": None,
        "entered_by": "赵敏",
        "request_key": f"{day}-{number}",
    }


def _october(stage: Stage, person: int, numbers: dict[date, int]) -> Iterator[dict[str, Any]]:
    """Two meals went from 优抚 to the tier of 60: the district gets 4.00 back, the city nothing."""
    young, honoured = TIERS[0], TIERS[6]
    for day in (date(2026, 10, 8), date(2026, 10, 9)):
        yield meal_row(stage, honoured, person, day, numbers, month=OCTOBER)
        yield meal_row(stage, honoured, person, day, numbers, sign=-1)
        yield meal_row(stage, young, person, day, numbers)
