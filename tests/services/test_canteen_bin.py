"""What of 食堂 was deleted comes back where it fits, and brings the orders along."""

from datetime import date
from typing import Any

import pytest

from app.errors import DomainError
from app.models import Dish, DishKind, OrderPause, StandingOrder
from app.services import (
    canteen_changes,
    delivery_routes,
    dishes,
    order_pauses,
    recycle_bin,
    standing_orders,
)
from app.services.canteen_changes import CanteenInput
from app.services.delivery_routes import RouteInput
from app.services.dishes import DishInput
from app.storage.engine import Database
from tests.services.canteen_stage import Stage, stage_on
from tests.services.test_meal_orders import MONDAY, SUNDAY, generate, order, orders, plan, stop


@pytest.fixture
def stage(database: Database) -> Stage:
    return stage_on(database)


def _restore(stage: Stage, table: str, key: int) -> tuple[str, ...]:
    said: tuple[str, ...] = stage.do(recycle_bin.restore, table, key, now=stage.now)
    return said


def _resume(stage: Stage, key: int, first: date) -> None:
    stage.do(order_pauses.resume, key, version=1, first=first, now=stage.now)


def test_a_standing_order_that_comes_back_is_in_the_days_that_stand(stage: Stage) -> None:
    key = plan(stage, "chen")
    generate(stage)
    stage.do(standing_orders.remove, key, version=1, now=stage.now)
    assert orders(stage)["陈桂芳 午餐"].state.label == "已取消"
    said = _restore(stage, StandingOrder.__tablename__, key)
    assert said == ("已经排好的订餐跟着改了：改动 1 份。",)
    assert orders(stage)["陈桂芳 午餐"].state.label == "待送"


def test_a_standing_order_does_not_come_back_beside_another(stage: Stage) -> None:
    key = plan(stage, "chen")
    stage.do(standing_orders.remove, key, version=1, now=stage.now)
    plan(stage, "chen", weekdays="3")
    with pytest.raises(DomainError, match="陈桂芳周三的午餐已经有长期订餐"):
        _restore(stage, StandingOrder.__tablename__, key)


def test_a_stop_that_comes_back_wins_over_what_was_ordered_since(stage: Stage) -> None:
    key = stop(stage, "chen", SUNDAY, MONDAY)
    _resume(stage, key, SUNDAY)
    order(stage, "chen", on_date=MONDAY)
    assert _restore(stage, OrderPause.__tablename__, key) == (
        "已经排好的订餐跟着改了：取消 1 份。",
    )
    assert orders(stage, MONDAY)["陈桂芳 午餐"].reason == "停送：住院"


def test_a_stop_does_not_come_back_over_another(stage: Stage) -> None:
    key = stop(stage, "chen", SUNDAY, None)
    _resume(stage, key, SUNDAY)
    stop(stage, "chen", MONDAY, MONDAY)
    with pytest.raises(DomainError, match="已经登记停送"):
        _restore(stage, OrderPause.__tablename__, key)


def test_a_name_that_was_given_anew_keeps_the_old_one_away(stage: Stage) -> None:
    def twice(add: Any, remove: Any, *args: Any) -> int:
        key = int(stage.do(add, *args))
        remove(key)
        stage.do(add, *args)
        return key

    canteen = twice(
        canteen_changes.add,
        lambda key: stage.do(canteen_changes.remove, key, version=1, now=stage.now),
        CanteenInput(name="二食堂"),
    )
    route = twice(
        delivery_routes.add,
        lambda key: stage.do(delivery_routes.remove, key, now=stage.now),
        stage.canteen,
        RouteInput(name="一路"),
    )
    dish = twice(
        dishes.add,
        lambda key: stage.do(dishes.remove, key, version=1, now=stage.now),
        DishInput(name="红烧肉", kind=DishKind.MEAT),
    )
    for table, key in (("canteen", canteen), ("delivery_route", route), (Dish.__tablename__, dish)):
        with pytest.raises(DomainError, match="现在已经有一"):
            _restore(stage, table, key)


def test_what_belongs_to_a_canteen_waits_for_it(stage: Stage) -> None:
    canteen = stage.do(canteen_changes.add, CanteenInput(name="二食堂"))
    route = stage.do(delivery_routes.add, canteen, RouteInput(name="一路"))
    stage.do(delivery_routes.remove, route, now=stage.now)
    stage.do(canteen_changes.remove, canteen, version=1, now=stage.now)
    with pytest.raises(DomainError, match="请先放回食堂"):
        _restore(stage, "delivery_route", route)
    _restore(stage, "canteen", canteen)
    _restore(stage, "delivery_route", route)
    assert [one.name for one in stage.look(delivery_routes.routes, canteen)] == ["一路"]
