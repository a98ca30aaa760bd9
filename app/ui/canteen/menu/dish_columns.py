"""How a dish stands in the list, and what narrows it."""

from app.services.diners import words
from app.services.dishes import DishView
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.money import yuan

USED, UNUSED = "used", "unused"
STATES = {USED: "在用", UNUSED: "停用"}


def _name(one: DishView) -> Cell:
    return Cell(one.name, bold=True, tone="" if one.on_offer else "text2")


def _price(one: DishView) -> Cell:
    return Cell(yuan(one.price)) if one.price else Cell("不单卖", tone="text2")


def _cost(one: DishView) -> Cell:
    if one.cost is None:
        return Cell("没有填", tone="text2")
    return Cell(yuan(one.cost), tone="danger" if one.price and one.cost > one.price else "")


def _allergens(one: DishView) -> tuple[Chip, ...]:
    return tuple(Chip(word, "warn") for word in words(one.allergens))


def _suits(one: DishView) -> tuple[Chip, ...]:
    return tuple(Chip(word, "ok") for word in words(one.suits))


def _state(one: DishView) -> tuple[Chip, ...]:
    return () if one.on_offer else (Chip("停用"),)


COLUMNS = (
    Column("name", "菜名", _name, 136, weight=2),
    Column("kind", "类别", lambda one: Cell(one.kind.label, tone="text2"), 62),
    Column("price", "单点价", _price, 80, align="right"),
    Column("cost", "成本", _cost, 76, align="right", large_mode=False),
    Column("allergens", "致敏物", _allergens, 130, weight=1),
    Column("suits", "适合", _suits, 130, weight=1),
    Column("state", "", _state, 60, large_mode=False),
)
