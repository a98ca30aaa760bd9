"""Canteens, the periods they offer and set meals: what was eaten keeps its price."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import ChangedMeanwhile, DomainError
from app.models import Facility, MealPeriod
from app.services import canteen_changes, canteens, set_meals, standing_orders
from app.services.canteen_changes import USUAL, CanteenInput
from app.services.set_meals import SetInput
from app.services.standing_orders import StandingInput
from app.storage.engine import Database
from tests.services.canteen_stage import DINNER, LUNCH, Stage, stage_on

BREAKFAST = MealPeriod.BREAKFAST


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def test_a_set_meal_that_is_stopped_is_not_offered_from_the_day_after_it_was_eaten(
    stage: Stage,
) -> None:
    stage.log("he")
    [first, second] = stage.look(set_meals.current, stage.canteen, stage.today)
    more = {"today": stage.today}
    tomorrow = stage.today + timedelta(days=1)
    assert stage.do(set_meals.stop, first.id, version=first.version, **more) == tomorrow
    assert stage.do(set_meals.stop, second.id, version=second.version, **more) == stage.today
    offered = [
        stage.look(canteens.set_meals, stage.canteen, day) for day in (stage.today, tomorrow)
    ]
    assert [[one.letter for one in some] for some in offered] == [["A"], []]


def test_a_set_meal_that_was_eaten_keeps_its_price_and_a_new_price_begins(stage: Stage) -> None:
    def offered(day: date) -> list[tuple[str, int]]:
        found = stage.look(canteens.set_meals, stage.canteen, day, LUNCH)
        return [(one.letter, one.price) for one in found]

    stage.log("he")
    [first, _] = stage.look(set_meals.current, stage.canteen, stage.today)
    dearer = SetInput(letter="A", name="A 餐", price=1300)
    change = {"version": first.version}
    with pytest.raises(DomainError, match="最早从 2026-11-22 起改"):
        stage.do(set_meals.change, first.id, dearer, since=stage.today, **change)
    tomorrow = stage.today + timedelta(days=1)
    stage.do(set_meals.change, first.id, dearer, since=tomorrow, **change)
    assert offered(stage.today) == [("A", 1200), ("B", 1500)]
    assert offered(tomorrow) == [("A", 1300), ("B", 1500)]
    with pytest.raises(DomainError, match="已经有 B 餐"):
        stage.do(
            set_meals.add,
            stage.canteen,
            SetInput(letter="b", name="素餐", price=900),
            since=tomorrow,
        )


def test_a_letter_has_one_price_a_day(stage: Stage) -> None:
    [first, _] = stage.look(set_meals.current, stage.canteen, stage.today)
    begins = stage.today + timedelta(days=9)

    def change(key: int, price: int, since: date) -> int:
        [version] = [row[0] for row in stage.ask(f"SELECT version FROM set_meal WHERE id = {key}")]
        entered = SetInput(letter="A", name="A 餐", price=price)
        return int(stage.do(set_meals.change, key, entered, since=since, version=version))

    later = change(first.id, 13_00, begins)
    with pytest.raises(DomainError, match="接着 2026-11-29 为止的旧价"):
        change(later, 14_00, begins - timedelta(days=3))
    with pytest.raises(DomainError, match="到 2026-11-29 就停止了"):
        change(first.id, 14_00, begins + timedelta(days=3))
    assert change(later, 14_00, begins) == later
    offered = stage.look(canteens.set_meals, stage.canteen, begins - timedelta(days=1), LUNCH)
    assert [(one.letter, one.price) for one in offered] == [("A", 12_00), ("B", 15_00)]


def test_a_set_meal_may_be_for_one_period_only(stage: Stage) -> None:
    entered = SetInput(letter="C", name="粥餐", price=500, periods=(BREAKFAST, DINNER))
    stage.do(set_meals.add, stage.canteen, entered, since=stage.today)
    [found] = [
        one
        for one in stage.look(canteens.set_meals, stage.canteen, stage.today, DINNER)
        if one.letter == "C"
    ]
    assert found.periods == (BREAKFAST, DINNER)
    at_lunch = stage.look(canteens.set_meals, stage.canteen, stage.today, LUNCH)
    assert [one.letter for one in at_lunch] == ["A", "B"]


def test_the_period_follows_the_clock(stage: Stage) -> None:
    def at(hour: int, minute: int = 0) -> MealPeriod:
        moment = stage.at(stage.today, hour, minute)
        return canteens.period_at(offered, moment.now)

    offered = stage.look(canteens.periods, stage.canteen)

    assert [at(8), at(11, 40), at(12, 30), at(17), at(22)] == [
        *(LUNCH, LUNCH, DINNER, DINNER, DINNER)
    ]


def test_times_of_a_period_follow_each_other_and_a_second_editor_is_told(stage: Stage) -> None:
    [lunch, _] = stage.look(canteens.periods, stage.canteen)
    usual = USUAL[LUNCH]
    wrong = replace(usual, closes=usual.opens)
    with pytest.raises(DomainError, match="收餐要晚于开餐"):
        stage.do(canteen_changes.set_period, stage.canteen, wrong, version=lunch.version)
    off = replace(usual, enabled=False)
    stage.do(canteen_changes.set_period, stage.canteen, off, version=lunch.version)
    assert [one.period for one in stage.look(canteens.periods, stage.canteen)] == [DINNER]
    with pytest.raises(ChangedMeanwhile):
        stage.do(canteen_changes.set_period, stage.canteen, usual, version=lunch.version)


def test_a_canteen_with_meals_is_not_deleted(stage: Stage) -> None:
    [canteen] = stage.look(canteens.canteens)
    entered = CanteenInput(name="海棠分餐点", facility=Facility.SERVERY, supplier="中心厨房")
    stage.do(canteen_changes.change, canteen.id, entered, version=canteen.version)
    [canteen] = stage.look(canteens.canteens)
    assert (canteen.name, canteen.cooks, canteen.supplier) == ("海棠分餐点", False, "中心厨房")
    stage.log("he")
    with pytest.raises(DomainError, match="已经有用餐记录"):
        stage.do(canteen_changes.remove, canteen.id, version=canteen.version, now=stage.now)
    empty = stage.do(canteen_changes.add, CanteenInput(name="二食堂"))
    stage.do(canteen_changes.remove, empty, version=1, now=stage.now)
    assert [one.id for one in stage.look(canteens.canteens)] == [canteen.id]


def test_a_canteen_that_somebody_gets_meals_from_is_not_deleted(stage: Stage) -> None:
    entered = StandingInput(
        resident_id=stage.people["he"],
        canteen_id=stage.canteen,
        period=LUNCH,
        weekdays="12345",
        set_letter="A",
        since=stage.today + timedelta(days=1),
    )
    stage.do(standing_orders.add, entered, now=stage.now)
    with pytest.raises(DomainError, match="已经有长期订餐"):
        stage.do(canteen_changes.remove, stage.canteen, version=1, now=stage.now)
