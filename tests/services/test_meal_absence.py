"""Who always came and does not come any more is found, and nobody else."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from app.models import Meal, OrderPause, PayWay
from app.services import events, meal_absence, settings
from app.services.meal_absence import Absence
from app.storage.engine import Database
from tests.services.canteen_stage import LUNCH, Stage, stage_on

_DAY = timedelta(days=1)


@pytest.fixture
def stage(database: Database) -> Stage:
    """周德福 eats every day of two weeks; 王秀兰 until four days ago; 李建国 came twice."""
    stage = stage_on(database)
    first = stage.today - 14 * _DAY

    def write(session: Session) -> None:
        for number in range(14):
            day = first + number * _DAY
            came = ["zhou", *(["wang"] if number < 10 else []), *(["li"] if number < 2 else [])]
            session.add_all(
                _meal(stage, who, day, place) for place, who in enumerate(came, start=1)
            )

    stage.do(write)
    return stage


def _meal(stage: Stage, who: str, day: date, number: int, quantity: int = 1) -> Meal:
    facts = {"canteen_id": stage.canteen, "period": LUNCH, "month": 202611, "at": stage.now}
    cost = {"price": 12_00, "paid": 12_00, "pay_way": PayWay.CASH}
    person = stage.people[who]
    return Meal(resident_id=person, on_date=day, number=number, quantity=quantity, **facts, **cost)


def _absent(stage: Stage) -> list[Absence]:
    return list(stage.look(meal_absence.absent, stage.canteen, today=stage.today))


def test_who_came_every_day_and_stays_away_is_named_with_the_last_day(stage: Stage) -> None:
    (one,) = _absent(stage)
    assert one.name == "王秀兰"
    assert one.words == f"以前 10 个用餐日来 9 天，{stage.today - 5 * _DAY:%m-%d} 以后没来"
    assert (one.days, one.case_id) == (4, None)


def test_a_meal_that_was_taken_back_is_no_visit(stage: Stage) -> None:
    yesterday = stage.today - _DAY
    stage.do(lambda s: s.add(_meal(stage, "wang", yesterday, 8)))
    assert _absent(stage) == []
    stage.do(lambda s: s.add(_meal(stage, "wang", yesterday, 9, quantity=-1)))
    assert [one.name for one in _absent(stage)] == ["王秀兰"]


def test_who_told_why_is_not_asked(stage: Stage) -> None:
    pause = {"resident_id": stage.people["wang"], "since": stage.today - 3 * _DAY}
    stage.do(lambda s: s.add(OrderPause(reason="住院", **pause)))
    assert _absent(stage) == []


def test_who_moved_away_is_not_asked(stage: Stage) -> None:
    gone = {"on_date": stage.today - _DAY, "now": stage.now}
    stage.do(events.move_out, stage.people["wang"], **gone)
    assert _absent(stage) == []


def test_an_office_may_ask_later_or_never(stage: Stage) -> None:
    stage.set(settings.AWAY_DAYS, 5)
    assert _absent(stage) == []
    stage.set(settings.AWAY_DAYS, 0)
    assert _absent(stage) == []
