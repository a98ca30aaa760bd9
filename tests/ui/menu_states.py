"""菜谱 in its states: the week of the round that 订餐 shows, and the dishes that it cooks."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import MealPeriod
from app.services import canteens, menus
from app.storage.engine import Database
from app.ui.canteen.menu.copy_dialog import CopyDialog
from app.ui.canteen.menu.dish_dialog import DishDialog
from app.ui.canteen.menu.line_dialog import LineDialog
from app.ui.canteen.menu.put_dialog import PutDialog
from app.ui.canteen.menu.tab import DISHES
from app.ui.canteen.place import place_of
from tests.ui import order_states

LUNCH = MealPeriod.LUNCH


class _Stage(Protocol):
    database: Database

    def context(self) -> Context: ...


def week(stage: _Stage, page: Any) -> Any:
    """The lunches of this week, today at hand."""
    order_states.ordered(stage)
    tab = page.open("菜谱")
    place_of(tab.context).refresh()
    place_of(tab.context).choose_period(LUNCH)
    tab.show_week(tab.context.clock.today())
    tab.take_focus()
    return tab


def dishes(stage: _Stage, page: Any) -> None:
    """Every dish, the first of them at hand."""
    week(stage, page).show_view(DISHES)


def _dialog(make: Callable[[Context, int], QWidget]) -> Callable[[_Stage], QWidget]:
    def build(stage: _Stage) -> QWidget:
        context = order_states.ordered(stage)
        with context.database.lookup() as lookup:
            canteen = canteens.canteens(lookup)[0].id
        return make(context, canteen)

    return build


def _put(context: Context, canteen: int) -> QWidget:
    """Tomorrow has no menu yet: everything can be put."""
    return PutDialog(context, canteen, context.clock.today() + timedelta(days=1), LUNCH)


def _copy(context: Context, canteen: int) -> QWidget:
    """This week for the next."""
    monday = menus.monday_of(context.clock.today()) + timedelta(days=7)
    return CopyDialog(context, canteen, monday)


def _line(context: Context, canteen: int) -> QWidget:
    """The first dish of today."""
    today = context.clock.today()
    with context.database.lookup() as lookup:
        line = menus.menu_of(lookup, canteen, today, LUNCH)[0]
        sets = canteens.set_meals(lookup, canteen, today, LUNCH)
    return LineDialog(context, line, sets)


def _dish(context: Context, canteen: int) -> QWidget:
    """What the kitchen knows of one."""
    with context.database.lookup() as lookup:
        line = menus.menu_of(lookup, canteen, context.clock.today(), LUNCH)[0]
    return DishDialog(context, line.dish_id)


PAGES = {"菜谱": week, "菜谱 菜品": dishes}
ALSO_EMPTY = ("菜谱",)
DIALOGS = {
    "加菜到菜谱": _dialog(_put),
    "抄以前的一周": _dialog(_copy),
    "修改菜谱上的菜": _dialog(_line),
    "修改菜": _dialog(_dish),
}
