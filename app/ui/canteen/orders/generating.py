"""订餐 follows the standing orders by itself: a day is opened, its orders and tomorrow's are made.

Once for a canteen and a day while the program runs: whoever takes it back is not overruled.
"""

from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.services import meal_orders
from app.services.meal_orders import Difference
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.values.rights import Right

_TRIED = "orders_made"


def open_day(context: Context, canteen_id: int | None) -> None:
    """Make the orders of today and tomorrow where nobody did; for who may run the canteen."""
    if canteen_id is None or not context.may(Right.RUN_CANTEEN) or context.background.busy:
        return
    today = context.clock.today()
    tried: set[tuple[int, date]] = context.signals.property(_TRIED) or set()
    days = [today + timedelta(days=ahead) for ahead in (0, 1)]
    waiting = [day for day in days if (canteen_id, day) not in tried]
    context.signals.setProperty(_TRIED, tried | {(canteen_id, day) for day in waiting})
    try:
        for day in waiting:
            if _is_due(context, canteen_id, day):
                make(context, canteen_id, day)
    except DomainError as error:
        # The page opens all the same: the disk may be full, the file only looked at.
        messages.warn(context.signals, f"订餐没有自动生成：{error}")


def make(context: Context, canteen_id: int, day: date) -> Difference:
    """Bring the orders of a day to where the plan is, and say what was done."""
    words = f"{day.month}月{day.day}日"
    with context.database.transaction(f"按长期订餐生成 {words} 的订餐") as session:
        done = meal_orders.generate(session, canteen_id, day, now=context.clock.now())
    if done:
        context.signals.changed.emit(Area.CANTEEN)
        messages.notify(context.signals, f"{words}的订餐已按长期订餐生成：{done.words}")
    return done


def ask_and_make(context: Context, canteen_id: int, day: date, parent: QWidget) -> None:
    """By the button: also says so where there was nothing to do."""
    with messages.domain_errors_shown(parent):
        if not make(context, canteen_id, day):
            messages.notify(context.signals, "订餐和长期订餐一致，没有要改的。")


def _is_due(context: Context, canteen_id: int, day: date) -> bool:
    with context.database.lookup() as lookup:
        if meal_orders.made(lookup, canteen_id, day):
            return False
        now = context.clock.now()
        return bool(meal_orders.difference(lookup, canteen_id, day, now=now).new)
