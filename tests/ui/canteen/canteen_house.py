"""A canteen before its day: the office of the pictures, who eats there, who gets it brought, what
is cooked; a door that will stay shut."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.models import DishKind, PayWay, PostKind
from app.services import (
    delivery_routes,
    diners,
    dishes,
    menu_writing,
    points_cards,
    standing_orders,
)
from app.services.delivery_routes import RouteInput
from app.services.diners import DinerView
from app.services.dishes import DishInput
from app.services.standing_orders import StandingInput
from app.storage.engine import Database
from tests.services import delivery_stage, grid_life
from tests.services.canteen_stage import LUNCH, Stage, stage_on
from tests.services.conftest import Clerk
from tests.storage.offices import furnish

DAY = date(2026, 11, 23)
"""A Monday"""
SURNAMES = "崔范高孔罗莫牛潘秦任宋唐魏徐邹白艾姜严侯"
GIVEN = "旺"
EATERS = tuple(f"{one}{GIVEN}" for one in SURNAMES)
BROUGHT = ("chen", "wang", "he", "ma", "sun")
SHUT, UNWANTED = "wang", "sun"
SIGNED = ("leap", "young")
"""Who come so often that their names stand on the sheet to sign"""
MENU = (
    ("红烧带鱼", DishKind.MEAT, 8_00, "AB"),
    ("狮子头", DishKind.MEAT, 6_00, "B"),
    ("清炒时蔬", DishKind.VEGETABLE, 4_00, "AB"),
    ("低盐蒸蛋", DishKind.HALF, 3_00, ""),
    ("米饭", DishKind.STAPLE, 1_00, "AB"),
)


@dataclass(frozen=True)
class House:
    """The stage at the eve of the day; `cards` and `vouchers` are codes by person."""

    stage: Stage
    cards: dict[str, str]
    vouchers: dict[str, str]
    routes: tuple[int, int]


def house_on(database: Database) -> House:
    """The house on an empty office."""
    told = furnish(database, _furnished)
    stage = Stage(Clerk(database, datetime(2026, 11, 22, 9)), *told[0])
    return House(stage, *told[1:])


def _furnished(database: Database) -> tuple[Any, ...]:
    stage = stage_on(database).at(date(2026, 11, 21))
    for name in EATERS:
        stage.people[name] = stage.clerk.add(name, birth_date=date(1952, 5, 6), new_household=True)
    _cook(stage)
    routes = _walks(stage)
    for who in SIGNED:
        for day in (16, 19):
            stage.log(who, on_date=date(2026, 11, day))
    points = stage.points("li", 10)
    cards = {"li": stage.do(points_cards.issue_card, points, stage.today)}
    vouchers = {"zhou": stage.voucher("zhou", 20_00)}
    stage.account("liu", fen=4_00)
    ours = (stage.canteen, stage.people, stage.sets, stage.rules)
    return ours, cards, vouchers, routes


def _cook(stage: Stage) -> None:
    for name, kind, price, sets in MENU:
        dish = stage.do(dishes.add, DishInput(name=name, kind=kind, price=price))
        stage.do(menu_writing.put, stage.canteen, DAY, LUNCH, dish, sets=sets, planned=60)


def _walks(stage: Stage) -> tuple[int, int]:
    """Three stops on the first walk, two on the second; whose door stays shut has a daughter and
    a grid member."""
    for who in BROUGHT:
        stage.account(who, fen=200_00)
        diet = {"diet": "低盐", "consented_on": stage.today} if who == "he" else {}
        entered = DinerView(
            resident_id=stage.people[who],
            contact="王丽",
            contact_relation="女儿",
            contact_phone="13940962277",
            **diet,
        )
        stage.do(diners.save, entered, today=stage.today)
        order = StandingInput(
            resident_id=stage.people[who],
            canteen_id=stage.canteen,
            period=LUNCH,
            weekdays="1",
            set_letter="A",
            pay_way=PayWay.CARD,
            since=DAY,
        )
        stage.do(standing_orders.add, order, now=stage.now)
    walks = []
    for name, people in (("一路", BROUGHT[:3]), ("二路", BROUGHT[3:])):
        entered = RouteInput(name=name, carrier="孙志强", carrier_role="志愿者")
        walk = stage.do(delivery_routes.add, stage.canteen, entered)
        stops = [stage.people[one] for one in people]
        stage.do(delivery_routes.set_stops, walk, stops, today=stage.today)
        walks.append(walk)
    grid = stage.do(delivery_stage.a_grid, 1)
    stage.do(delivery_stage.live_in, stage.people[SHUT], grid)
    member = grid_life.member(stage.clerk, "周敏")
    grid_life.post(stage.clerk, member, PostKind.GRID_STAFF, grid_id=grid)
    return walks[0], walks[1]
