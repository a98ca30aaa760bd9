"""Columns of the orders of a day and of the standing orders, on the screen and on paper."""

from dataclasses import replace

from app.models import MealWay
from app.services.order_lines import OrderLine
from app.services.standing_views import StandingRow
from app.ui.canteen.orders.words import food_chips, state_chip
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column


def _name(line: OrderLine | StandingRow) -> Cell:
    return Cell(line.name, sub="" if line.age is None else f"{line.age} 岁", bold=True)


def _meal(line: OrderLine) -> str:
    return f"{line.set_letter} 餐" + (f" ×{line.quantity}" if line.quantity > 1 else "")


def carried(line: OrderLine) -> str:
    """一路 5, 没有排路线, 自取."""
    if line.way is not MealWay.BROUGHT:
        return line.way.label
    return f"{line.route_name} {line.stop}" if line.route_name else "没有排路线"


def _carried(line: OrderLine) -> Cell:
    missing = line.way is MealWay.BROUGHT and not line.route_name
    return Cell(carried(line), tone="warn" if missing else "")


def _state(line: OrderLine) -> list[Chip]:
    by_hand = [Chip("手工", "grey")] if line.by_hand else []
    return [state_chip(line), *by_hand]


# The card beside the list says it in 大字.
_PLACE = Column(
    "place",
    "住址",
    lambda line: Cell(line.place, tone="text2"),
    112,
    weight=1,
    large_mode=False,
)
DAY = (
    Column("name", "姓名", _name, 120, weight=2),
    _PLACE,
    Column("meal", "套餐", _meal, 78),
    Column("carried", "路线", _carried, 84, weight=1),
    Column("food", "饮食", lambda line: food_chips(line.diet, line.avoids), 118, weight=1),
    Column("pay", "付款", lambda line: line.pay_way.label, 52, large_mode=False),
    Column("state", "状态", _state, 108),
)
DAY_PAPER = (
    Column("name", "姓名", lambda line: line.name, 60),
    Column("place", "住址", lambda line: line.place, 100),
    Column("phone", "电话", lambda line: line.phone_masked, 90),
    Column("meal", "套餐", lambda line: f"{line.set_letter} 餐", 44),
    Column("quantity", "份数", lambda line: str(line.quantity), 34, align="right"),
    Column("way", "方式", lambda line: line.way.label, 40),
    Column("route", "路线", lambda line: line.route_name, 44),
    Column("stop", "站", lambda line: "" if line.stop is None else str(line.stop), 26),
    Column("diet", "饮食要求", lambda line: line.diet, 70),
    Column("avoids", "忌口", lambda line: line.avoids, 70),
    Column("pay", "付款", lambda line: line.pay_way.label, 40),
    Column("state", "状态", lambda line: line.state.label, 54),
    Column("note", "备注", lambda line: line.note or line.reason, 80),
)
"""The list of orders as it leaves the program; numbers masked."""


def _heed(line: StandingRow) -> list[Chip]:
    found = [Chip(line.gone, "warn")] if line.gone else []
    if line.paused:
        found.append(Chip(f"停送 {line.paused}", "warn"))
    if line.until is not None:
        found.append(Chip(f"到 {line.until:%m-%d}", "grey"))
    return [*found, *food_chips(line.diet, line.avoids)]


def _standing_route(line: StandingRow) -> Cell:
    missing = line.way is MealWay.BROUGHT and not line.route
    return Cell("没有排路线" if missing else line.carried, tone="warn" if missing else "")


STANDING = (
    Column("name", "姓名", _name, 120, weight=3, sortable=True),
    replace(_PLACE, sortable=True),
    Column("period", "餐次", lambda line: line.period.label, 52),
    Column("days", "星期", lambda line: line.days, 106, weight=1),
    Column("meal", "套餐", lambda line: line.meal, 78),
    Column("carried", "路线", _standing_route, 96, sortable=True),
    Column("heed", "留意", _heed, 128, weight=1),
)
STANDING_PAPER = (
    Column("name", "姓名", lambda line: line.name, 60),
    Column("age", "年龄", lambda line: "" if line.age is None else str(line.age), 32),
    Column("place", "住址", lambda line: line.place, 100),
    Column("period", "餐次", lambda line: line.period.label, 40),
    Column("days", "星期", lambda line: line.days, 80),
    Column("meal", "套餐", lambda line: f"{line.set_letter} 餐", 44),
    Column("quantity", "份数", lambda line: str(line.quantity), 34, align="right"),
    Column("carried", "方式和路线", lambda line: line.carried, 60),
    Column("pay", "付款", lambda line: line.pay_way.label, 40),
    Column("diet", "饮食要求", lambda line: line.diet, 70),
    Column("avoids", "忌口", lambda line: line.avoids, 70),
    Column("since", "开始", lambda line: line.since.isoformat(), 66),
    Column("until", "结束", lambda line: line.until.isoformat() if line.until else "", 66),
    Column("paused", "停送", lambda line: line.paused, 80),
)
"""长期订餐名单, as it leaves the program."""
