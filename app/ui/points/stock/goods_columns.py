"""How an article stands in the list: its columns, its states, and what a search means."""

from collections.abc import Callable

from app.services.goods import GoodsView, code_of
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.pinyin_match import spells

State = Callable[[GoodsView], bool]
STATES: dict[str, tuple[str, State]] = {
    "shelf": ("在架", lambda one: one.on_shelf),
    "low": ("低库存", lambda one: one.on_shelf and one.low),
    "none": ("缺货", lambda one: one.on_shelf and not one.on_hand),
    "off": ("已下架", lambda one: not one.on_shelf),
}


def state_chips(one: GoodsView) -> tuple[Chip, ...]:
    """What is to be known of an article at a glance."""
    aside = one.on_hand - one.free
    found = [
        (not one.on_shelf, Chip("已下架")),
        (one.on_shelf and not one.on_hand, Chip("缺货", "danger")),
        (one.on_shelf and one.low and one.on_hand > 0, Chip("低库存", "warn")),
        (aside > 0, Chip(f"预约 {aside}", "info")),
    ]
    return tuple(chip for holds, chip in found if holds)


def _name(one: GoodsView) -> Cell:
    return Cell(one.name, sub=one.spec, bold=True, tone="" if one.on_shelf else "text2")


def _stock(one: GoodsView) -> Cell:
    tone = "danger" if not one.on_hand else "warn" if one.low else ""
    return Cell(f"{one.on_hand:,} {one.unit}", tone=tone if one.on_shelf else "text2")


COLUMNS = (
    Column("number", "货号", lambda one: one.number, 74),
    Column("name", "品名", _name, 150, weight=3),
    Column("kind", "类别", lambda one: Cell(one.kind, tone="text2"), 84, large_mode=False),
    Column("points", "单价", lambda one: f"{one.points} 分", 76, align="right"),
    Column("stock", "库存", _stock, 92, align="right"),
    Column("shelf", "货架", lambda one: one.shelf, 66),
    Column("limit", "限兑", lambda one: Cell(one.limit_words, tone="text2"), 118, large_mode=False),
    Column("state", "状态", state_chips, 112),
)


def meant(one: GoodsView, typed: str) -> bool:
    """Whether the words of the search box mean this article."""
    wanted = code_of(typed).lower()
    codes = f"{one.number} {one.barcode} {one.spec}".lower()
    return spells(one.name, wanted) or wanted in codes
