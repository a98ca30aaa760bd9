"""A 网格员 who may see 食堂 sees what the own people ate, ordered and paid."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.errors import NotAllowed, OutsideGrids
from app.models import (
    AccountKind,
    Canteen,
    CareCase,
    CareReason,
    CareStep,
    CareStepKind,
    DeliveryRoute,
    Diner,
    Dish,
    DishKind,
    EntryOfAccount,
    Guest,
    Meal,
    MealAccount,
    MealBalance,
    MealDish,
    MealEntry,
    MealOrder,
    MealPeriod,
    MealVoucher,
    MealWay,
    OrderPause,
    PayWay,
    Resident,
    RouteStop,
    StandingOrder,
    everything,
)
from app.services import grids
from app.storage.lookup import query
from app.storage.narrowing import conditions
from app.values.rights import DEFAULTS, GRID_MEMBER, READER, Actor, Right
from tests.services.conftest import Clerk
from tests.storage.offices import fresh_office

MORE = frozenset({Right.VIEW_CANTEEN, Right.LOG_MEALS, Right.RUN_CANTEEN, Right.KEEP_DEPOSITS})
SUN = Actor("孙丽", GRID_MEMBER, DEFAULTS[GRID_MEMBER] | MORE, frozenset({1}), user_id=1)
DAY, NOW = date(2026, 11, 20), datetime(2026, 11, 21, 9, 30)
LUNCH = MealPeriod.LUNCH
BOOKS = (
    *("meal", "meal_dish", "meal_account", "meal_entry", "meal_balance", "meal_voucher"),
    *("diner", "standing_order", "order_pause", "meal_order", "route_stop", "care_case"),
    "care_step",
)
"""Tables with something of somebody"""
_OF_A_CANTEEN = {"delivery_route", "delivery_run"}
"""They name who carries, as a notice on the door would."""


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clerk]:
    """王秀兰 lives in the first grid, 陈桂芳 in the second; a courier ate without a name."""
    clerk = Clerk(fresh_office(tmp_path_factory.mktemp("canteen")), NOW)
    for number in (1, 2):
        clerk.do("网格", lambda s, n=number: grids.add(s, number=n, name=f"第{n}网格"))
    people = [clerk.add(name) for name in ("王秀兰", "陈桂芳")]

    def write(session: Session) -> None:
        session.add(Canteen(id=1, name="海棠食堂"))
        session.add(Dish(id=1, name="蒸蛋", kind=DishKind.OTHER))
        session.flush()
        session.add(DeliveryRoute(id=1, canteen_id=1, name="一路"))
        session.flush()
        for number, person in enumerate(people, start=1):
            session.get_one(Resident, person).grid_id = number
            _furnish(session, person, number)
        session.add(_meal(3, guest=Guest.COURIER))

    clerk.do("食堂", write)
    yield clerk
    clerk.database.close()


def _meal(number: int, **who: Any) -> Meal:
    facts = {"canteen_id": 1, "on_date": DAY, "period": LUNCH, "at": NOW, "month": 202611}
    return Meal(number=number, price=1200, paid=1200, pay_way=PayWay.CASH, **facts, **who)


def _furnish(session: Session, person: int, number: int) -> None:
    own, place = {"resident_id": person}, {"canteen_id": 1, "period": LUNCH, "set_letter": "A"}
    meal = _meal(number, **own)
    account = MealAccount(kind=AccountKind.CARD, opened_on=DAY, **own)
    order = MealOrder(on_date=DAY, way=MealWay.BROUGHT, pay_way=PayWay.CARD, **own, **place)
    session.add_all([meal, account, order])
    session.flush()
    case = CareCase(why=CareReason.NOBODY_ANSWERED, order_id=order.id, raised_at=NOW, **own)
    entry = MealEntry(
        account_id=account.id,
        kind=EntryOfAccount.DEPOSIT,
        amount=5000,
        balance=5000,
        on_date=DAY,
        at=NOW,
        month=202611,
    )
    session.add_all(
        [
            case,
            entry,
            MealDish(meal_id=meal.id, dish_id=1, quantity=1, price=300),
            MealBalance(account_id=account.id, kind=AccountKind.CARD, balance=5000),
            MealVoucher(code=f"Q{number}", value=500, issued_on=DAY, **own),
            Diner(diet="软食", **own),
            StandingOrder(weekdays="12345", pay_way=PayWay.CARD, since=DAY, **own, **place),
            OrderPause(since=DAY, reason="住院", **own),
            RouteStop(route_id=1, place=number, **own),
        ]
    )
    session.flush()
    session.add(CareStep(case_id=case.id, kind=CareStepKind.OWN_PHONE, at=NOW))


@pytest.fixture
def clerk(furnished: Clerk) -> Iterator[Clerk]:
    furnished.database.act_as(SUN)
    yield furnished
    furnished.database.act_as(Actor())


def _rows(clerk: Clerk, table: str) -> list[tuple[Any, ...]]:
    with clerk.database.lookup() as lookup:
        return [tuple(row) for row in lookup.rows(query("*", table))]


@pytest.mark.parametrize("table", BOOKS)
def test_of_every_book_only_the_own_people_are_read(table: str, clerk: Clerk) -> None:
    own = _rows(clerk, table)
    clerk.database.act_as(Actor())
    everybody = _rows(clerk, table)
    assert 0 < len(own) < len(everybody)
    assert set(own) < set(everybody)


@pytest.mark.parametrize(
    ("model", "column", "value"),
    [
        (MealAccount, "frozen_reason", "改了"),
        (MealVoucher, "reason", "改了"),
        (Diner, "diet", "低盐"),
        (StandingOrder, "note", "改了"),
        (OrderPause, "reason", "改了"),
        (MealOrder, "note", "改了"),
        (RouteStop, "place", 9),
        (CareCase, "outcome", "改了"),
    ],
)
def test_nothing_of_other_peoples_meals_is_changed(
    clerk: Clerk, model: Any, column: str, value: Any
) -> None:
    own = {row[0] for row in _rows(clerk, model.__tablename__)}
    clerk.database.act_as(Actor())
    other = max({row[0] for row in _rows(clerk, model.__tablename__)} - own)
    clerk.database.act_as(SUN)
    with pytest.raises(OutsideGrids):
        clerk.do("改", lambda s: setattr(s.get_one(model, other), column, value))


def test_whoever_may_only_look_changes_no_order(clerk: Clerk) -> None:
    clerk.database.act_as(Actor("何婷", READER, DEFAULTS[READER]))
    mine = _rows(clerk, "meal_order")[0][0]
    with pytest.raises(NotAllowed):
        clerk.do("改", lambda s: setattr(s.get_one(MealOrder, mine), "note", "改了"))


def test_every_table_about_somebody_who_eats_is_narrowed() -> None:
    columns = {"resident_id", "account_id", "volunteer_id", "meal_id", "case_id"}
    about = {
        name
        for name, model in everything().items()
        if model.__module__ in ("app.models.meals", "app.models.meal_orders")
        and columns & set(model.__table__.columns.keys())
    } - _OF_A_CANTEEN
    assert about <= set(conditions(SUN))
    assert about == set(BOOKS)
