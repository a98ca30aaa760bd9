"""柜台 of 食堂 in its states: a lunch that has begun, on a stage with people of every age."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    AccountKind,
    Diner,
    Dish,
    DishKind,
    Guest,
    Meal,
    MealPeriod,
    MenuDish,
    Resident,
)
from app.services import (
    canteens,
    meal_accounts,
    meal_book,
    meal_deposits,
    meal_sheets,
    meal_taking_back,
)
from app.services.filters import present
from app.services.meal_book import MealInput
from app.services.meal_person import Sitting
from app.ui.canteen.counter.dish_dialogs import ExtrasDialog, SoldOutDialog
from app.ui.canteen.counter.meal_dialog import MealDialog
from app.ui.canteen.counter.tab import CounterTab
from app.ui.canteen.counter.type_dialog import PickDialog, TypeMealsDialog
from app.ui.canteen.page import CanteenPage
from tests.ui.canteen_rule_states import furnish

_MENU = (
    ("红烧带鱼", 1200, "B", 120, ""),
    ("冬瓜丸子", 800, "AB", 30, "软食"),
    ("清炒时蔬", 300, "AB", 190, ""),
    ("低盐蒸蛋", 400, "A", 7, "低盐"),
    ("无糖米糕", 200, "", 20, "低糖"),
)
_PEOPLE = 7


def lived(context: Context) -> tuple[Sitting, list[int]]:
    """Lunch goes on, once per office: who eats are the eldest; nobody in an empty office."""
    canteen, today = furnish(context), context.clock.today()
    sitting = Sitting(canteen_id=canteen, period=MealPeriod.LUNCH, on_date=today)
    with context.database.reading() as session:
        born = Resident.birth_date <= today - timedelta(days=366 * 62)
        asked = select(Resident.id).where(present(), born).order_by(Resident.birth_date)
        people = list(session.scalars(asked.limit(_PEOPLE + 2)))
        eaten = select(Meal.id).where(Meal.on_date == today).limit(1)
        done = session.scalar(eaten) is not None
    if people and not done:
        with context.database.transaction("午餐") as session:
            _cook(session, sitting)
            _eat(session, context, sitting, people)
    return sitting, people


def _cook(session: Session, sitting: Sitting) -> None:
    for name, price, sets, planned, suits in _MENU:
        dish = Dish(name=name, kind=DishKind.OTHER, price=price, suits=suits)
        session.add(dish)
        session.flush()
        session.add(
            MenuDish(
                canteen_id=sitting.canteen_id,
                on_date=sitting.on_date,
                period=sitting.period,
                dish_id=dish.id,
                sets=sets,
                planned=planned,
            )
        )


def _eat(session: Session, context: Context, sitting: Sitting, people: list[int]) -> None:
    now = context.clock.now()
    place = (sitting.canteen_id, sitting.on_date, sitting.period)
    sets = [one.id for one in canteens.set_meals(session, *place)]

    def log(**more: Any) -> int:
        facts = {"canteen_id": sitting.canteen_id, "period": sitting.period}
        key = f"lunch {len(session.scalars(select(Meal.id)).all())}"
        meal = MealInput(**facts, on_date=sitting.on_date, request_key=key, **more)
        return meal_book.log(session, meal, now=now).meal_id

    meals = [log(resident_id=one, set_meal_id=sets[one % len(sets)]) for one in people[:_PEOPLE]]
    log(guest=Guest.SANITATION, quantity=2, set_meal_id=sets[0])
    meal_taking_back.take_back(session, meals[2], reason="重复", now=now)
    card = meal_accounts.open_account(session, people[-1], AccountKind.CARD, today=now.date())
    meal_deposits.deposit(session, card, 63_50, now=now)
    diet = {"diet": "低盐、软食", "avoids": "", "consented_on": now.date()}
    session.add(Diner(resident_id=people[-1], **diet))
    meal_sheets.make(session, sitting, people, now=now)


def _somebody(tab: CounterTab, people: list[int]) -> None:
    tab.open(people[-1])


def _second(tab: CounterTab, people: list[int]) -> None:
    tab.open(people[0])


def _several(tab: CounterTab, people: list[int]) -> None:
    tab.eater.field.setText("w")
    tab.eater.field._pause.timeout.emit()


def _free(tab: CounterTab, people: list[int]) -> None:
    """Nobody stands there."""


def _page(act: Callable[[CounterTab, list[int]], None]) -> Callable[[CanteenPage], None]:
    def then(page: CanteenPage) -> None:
        tab = page.open("柜台")
        assert isinstance(tab, CounterTab)
        _, people = lived(tab.context)
        tab.place.refresh()
        tab.refresh()
        if people:
            act(tab, people)

    return then


PAGES = {
    "食堂 柜台": _page(_free),
    "食堂 柜台 有人": _page(_somebody),
    "食堂 柜台 第二餐": _page(_second),
    "食堂 柜台 找人": _page(_several),
}


def _sold_out(stage: Any) -> QWidget:
    context = stage.context()
    return SoldOutDialog(context, lived(context)[0])


def _extras(stage: Any) -> QWidget:
    context = stage.context()
    dialog = ExtrasDialog(context, lived(context)[0], ())
    dialog.step(dialog.table.current_id(), 1)
    return dialog


def _type_back(stage: Any) -> QWidget:
    context = stage.context()
    return TypeMealsDialog(context, lived(context)[0].canteen_id)


def _pick(stage: Any) -> QWidget:
    return PickDialog(stage.context())


def _meal(stage: Any) -> QWidget:
    context = stage.context()
    lived(context)
    with context.database.reading() as session:
        first = session.scalar(select(Meal.id).order_by(Meal.id))
    assert first is not None
    return MealDialog(context, first)


DIALOGS = {
    "售完": _sold_out,
    "加菜": _extras,
    "照签到表补录": _type_back,
    "加一个人": _pick,
    "用餐": _meal,
}
"""The last needs somebody who ate."""
