"""快到期的积分: whom to tell in time."""

from datetime import date

import pytest

from app.services import points_accounts, points_lapsing
from app.services.points_lapsing import LapsingRow
from app.storage.engine import Database
from tests.services.points_stage import Stage, stage_on


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def lapsing(stage: Stage, days: int) -> list[LapsingRow]:
    found: list[LapsingRow] = stage.clerk.look_up(
        lambda look: points_lapsing.lapsing(look, today=stage.today, days=days)
    )
    return found


def test_those_whose_points_lapse_in_time_are_listed_by_day_with_what_is_left(
    stage: Stage,
) -> None:
    stage.earn(stage.wang, 20)
    stage.earn(stage.wang, 5, date(2026, 10, 3))
    stage.spend(stage.wang, 8)
    stage.earn(stage.chen, 3, expires=False)
    stage.earn(stage.qiu, 4)
    house = stage.do(
        points_accounts.open_account,
        household_id=stage.clerk.household_of(stage.people["wang"]),
        today=stage.today,
    )
    stage.earn(house, 6)
    before = stage.on(date(2027, 3, 1))
    found = lapsing(before, 30)
    assert {(one.name, one.last_day, one.points) for one in found} == {
        ("王秀兰", date(2027, 3, 31), 17),
        ("邱志远", date(2027, 3, 31), 4),
        ("王秀兰一户", date(2027, 3, 31), 6),
    }
    assert lapsing(before, 29) == []


def test_what_lapsed_already_or_was_spent_is_nobodys_business(stage: Stage) -> None:
    stage.earn(stage.wang, 20)
    stage.spend(stage.wang, 20)
    assert lapsing(stage, 400) == []
    stage.earn(stage.wang, 20)
    assert lapsing(stage.on(date(2027, 4, 1)), 400) == []
