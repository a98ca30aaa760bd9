"""Words and tones that several parts of 订餐 share."""

from datetime import date, datetime

from app.models import MealWay, OrderState, PayWay
from app.services.canteens import PeriodView
from app.services.diners import words
from app.services.order_lines import OrderLine
from app.services.order_plan import cut_off
from app.ui.kit.chips import Chip

PAY_WAYS = (PayWay.CARD, PayWay.CASH, PayWay.BILL)
"""How an order is paid when it is handed over; a voucher or points need the person at the desk."""
WAYS = (MealWay.BROUGHT, MealWay.TAKEN, MealWay.HERE)
_STATES = {
    OrderState.ORDERED: "info",
    OrderState.HANDED: "ok",
    OrderState.NOBODY: "warn",
    OrderState.TURNED_DOWN: "danger",
    OrderState.CANCELLED: "grey",
}


def state_chip(line: OrderLine) -> Chip:
    """待送 送达 无人应答 拒收 已取消."""
    return Chip(line.state.label, _STATES[line.state])


def food_chips(diet: str, avoids: str) -> list[Chip]:
    """低盐、软食, 忌 鱼: what the kitchen must look at."""
    found = [Chip(diet, "warn")] if diet else []
    return [*found, *(Chip(f"忌{word}", "danger") for word in words(avoids))]


def cut_off_words(hours: PeriodView, day: date, now: datetime) -> str:
    """09:00 截止订餐, 11-22 09:00 已截止订餐: until when orders of a day are taken."""
    limit = cut_off(hours, day)
    on_day = "" if limit.date() == now.date() else f"{limit:%m-%d} "
    return f"{on_day}{limit:%H:%M} {'已截止订餐' if limit <= now else '截止订餐'}"


def day_words(day: date) -> str:
    """12月2日."""
    return f"{day.month}月{day.day}日"
