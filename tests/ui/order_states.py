"""订餐 in its states: on the round at noon that 送餐 shows, with plan and menu behind it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.context import Context
from app.models import (
    Canteen,
    Diner,
    Dish,
    DishKind,
    MealOrder,
    MealPeriod,
    MenuDish,
    PayWay,
    StandingOrder,
)
from app.services import meal_orders
from app.storage.engine import Database
from app.ui.canteen.orders.diner_dialog import DinerDialog
from app.ui.canteen.orders.labels_dialog import LabelsDialog
from app.ui.canteen.orders.order_dialog import OrderDialog
from app.ui.canteen.orders.pause_dialog import PauseDialog
from app.ui.canteen.orders.standing_dialog import StandingDialog
from app.ui.canteen.orders.tab import STANDING
from app.ui.canteen.place import place_of
from tests.ui import delivery_states

LUNCH = MealPeriod.LUNCH
_DISHES = (
    ("红烧带鱼", DishKind.MEAT, "鱼"),
    ("冬瓜丸子", DishKind.HALF, ""),
    ("清炒时蔬", DishKind.VEGETABLE, ""),
    ("低盐蒸蛋", DishKind.HALF, "蛋"),
)


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...


def ordered(stage: _Stage) -> Context:
    """Everybody who gets lunch today gets it by a standing order; somebody does not eat fish."""
    context = delivery_states.delivered(stage)
    now = context.clock.now()
    with context.database.transaction("订餐") as session:
        canteen = session.scalars(select(Canteen.id)).first()
        waiting = session.scalars(select(MealOrder).where(MealOrder.on_date == now.date())).all()
        planned = any(one.standing_id for one in waiting)
        if canteen is not None and waiting and not planned:
            _plan(session, canteen, [one.resident_id for one in waiting], now.date())
            for day in (now.date(), now.date() + timedelta(days=1)):
                meal_orders.generate(session, canteen, day, now=now)
    return context


def _plan(session: Session, canteen: int, people: list[int], today: date) -> None:
    for number, person in enumerate(people):
        session.add(
            StandingOrder(
                resident_id=person,
                canteen_id=canteen,
                period=LUNCH,
                weekdays="1234567" if number % 3 else "12345",
                set_letter="A",
                pay_way=PayWay.CARD,
                since=today - timedelta(days=60),
            )
        )
    known = session.scalars(select(Diner)).all()
    for diner in known[::4]:
        diner.avoids = "鱼"
    for place, (name, kind, allergens) in enumerate(_DISHES):
        dish = Dish(name=name, kind=kind, allergens=allergens)
        session.add(dish)
        session.flush()
        on_menu = MenuDish(dish_id=dish.id, sets="A", planned=120, position=place)
        on_menu.canteen_id, on_menu.on_date, on_menu.period = canteen, today, LUNCH
        session.add(on_menu)
    session.flush()


def day(stage: _Stage, page: Any) -> None:
    """The lunch of today, somebody with a diet at hand."""
    ordered(stage)
    tab = page.open("订餐")
    place_of(tab.context).refresh()
    place_of(tab.context).choose_period(LUNCH)
    tab.refresh()
    tab.take_focus()
    with tab.context.database.lookup() as lookup:
        lines = meal_orders.order_lines(lookup, list(tab.day.model.ids))
    special = [one.id for one in lines if one.avoids]
    tab.day.table.select_id(*special[:1] or [0])


def standing(stage: _Stage, page: Any) -> None:
    """What everybody gets every week."""
    ordered(stage)
    tab = page.open("订餐")
    place_of(tab.context).refresh()
    tab.show_view(STANDING)


def _dialog(make: Callable[[Context, int], QWidget]) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        context = ordered(stage)
        with context.database.reading() as session:
            person = session.scalars(select(Diner.resident_id)).first() or 0
        return make(context, person)

    return build


def _labels(context: Context, _person: int) -> QWidget:
    place = place_of(context)
    assert place.canteen is not None
    return LabelsDialog(context, place.canteen, context.clock.today(), LUNCH)


PAGES = {"订餐": day, "订餐 长期": standing}
ALSO_EMPTY = ("订餐",)
DIALOGS = {
    "订一餐": _dialog(lambda c, who: OrderDialog(c, place_of(c), resident_id=who)),
    "登记长期订餐": _dialog(lambda c, who: StandingDialog(c, place_of(c), resident_id=who)),
    "停送": _dialog(lambda c, who: PauseDialog(c, who, "王秀兰")),
    "饮食和家属": _dialog(lambda c, who: DinerDialog(c, who, "王秀兰")),
    "餐盒标签": _dialog(_labels),
}
