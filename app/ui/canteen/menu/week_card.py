"""Below the week: the dish that is chosen, and what the set meals of its day cost the kitchen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.context import Context
from app.models import MenuDish
from app.services import menus
from app.services.canteens import SetView
from app.services.diners import words
from app.services.dishes import DishView
from app.services.menus import MenuLine
from app.ui.kit import keys, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, clear, column, row, rule, small
from app.ui.recent.history import Record, history_button
from app.values.days import weekday
from app.values.money import yuan
from app.values.rights import Right


def food_chips(one: MenuLine | DishView, *, most: int | None = None) -> list[Chip]:
    """含鱼, 低盐: what somebody must not eat, who may; with more than `most` one for them all."""
    allergens, suits = words(one.allergens), words(one.suits)
    if most is not None and len(allergens) > most:
        holds = [Chip(f"含{allergens[0]}等 {len(allergens)} 种", "warn")]
    else:
        holds = [Chip(f"含{word}", "warn") for word in allergens]
    if most is not None and len(suits) > most:
        return [*holds, Chip(f"{suits[0]}等 {len(suits)} 种", "ok")]
    return [*holds, *(Chip(word, "ok") for word in suits)]


@dataclass(frozen=True, slots=True)
class SetCost:
    """A set meal of a day: its price, what its dishes cost in 分; names of those without a cost."""

    letter: str
    name: str
    price: int
    cost: int | None
    unknown: tuple[str, ...]

    @property
    def words(self) -> str:
        """成本 6.80，余 5.20（43%）."""
        if self.unknown:
            more = "等" if len(self.unknown) > 1 else ""
            return f"{self.unknown[0]}{more}没有填成本，算不出"
        if self.cost is None:
            return "还没有排菜"
        left = self.price - self.cost
        if left < 0:
            return f"成本 {yuan(self.cost)}，亏 {yuan(-left)}"
        return f"成本 {yuan(self.cost)}，余 {yuan(left)}（{left * 100 // self.price}%）"

    @property
    def tone(self) -> str:
        return "danger" if self.cost is not None and self.cost > self.price else "text2"


def set_costs(
    sets: Sequence[SetView], menu: Sequence[MenuLine], known: Mapping[int, DishView]
) -> tuple[SetCost, ...]:
    """The set meals that are offered, with the menu of their day."""
    prices = {key: one.cost for key, one in known.items()}
    costs = menus.costs(menu, prices)
    return tuple(
        SetCost(
            letter=one.letter,
            name=one.name,
            price=one.price,
            cost=costs.get(one.letter),
            unknown=tuple(
                line.name
                for line in menu
                if one.letter in line.sets and prices.get(line.dish_id) is None
            ),
        )
        for one in sets
    )


class WeekCard(Card):
    """`asked` carries what is to be done with the dish: edit, sold_out, off."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(16, 8, 16, 8))
        self._line: MenuLine | None = None
        writes = context.may(Right.RUN_CANTEEN)
        self._advice = f"按 {keys.cap('new')} 加菜。" if writes else ""
        self.name = Label("", "title", bold=True)
        self.chips = ChipRow()
        self.facts = small(wrap=True)
        self.history = history_button(context, self, self._record)
        self.edit_button = Button("修改", size="small", cap="Enter")
        self.sold_button = Button("售完", size="small", action="menu_sold_out")
        self.off_button = Button("去掉", size="small", action="dish_off")
        offer(writes, self.edit_button, self.off_button)
        offer(writes or context.may(Right.LOG_MEALS), self.sold_button)
        self.sets = QGridLayout()
        self.sets.setContentsMargins(0, 0, 0, 0)
        self.sets.setHorizontalSpacing(theme.current().px(10))
        self.sets.setVerticalSpacing(theme.current().px(3))
        self._lay_out()
        for button, what in (
            (self.edit_button, "edit"),
            (self.sold_button, "sold_out"),
            (self.off_button, "off"),
        ):
            button.clicked.connect(lambda _=False, what=what: self.asked.emit(what))

    def show_dish(self, line: MenuLine | None, dish: DishView | None, out: int | None) -> None:
        """The chosen dish; `out` is how many went out, None on a day to come."""
        self._line = line
        for button in (self.edit_button, self.sold_button, self.off_button, self.history):
            button.setEnabled(line is not None)
        if line is None:
            self.name.setText("这一天还没有菜")
            self.chips.set_chips(())
            self.facts.setText(self._advice)
            return
        self.name.setText(line.name)
        sold = [Chip(f"{line.sold_out_at:%H:%M} 售完", "danger")] if line.sold_out_at else []
        self.chips.set_chips([*sold, *food_chips(line, most=_CHIPS)])
        self.facts.setText(_facts(line, dish, out))
        self.sold_button.setText("恢复供应" if line.sold_out_at else "售完")

    def show_sets(self, costs: Sequence[SetCost]) -> None:
        """What each set of the day costs against its price."""
        clear(self.sets)
        for place, one in enumerate(costs):
            cells = (
                Label(f"{one.letter} 餐", bold=True),
                Label(yuan(one.price)),
                Label(one.words, tone=one.tone),
            )
            for number, cell in enumerate(cells):
                self.sets.addWidget(cell, place % _DOWN, place // _DOWN * len(cells) + number)
        if not costs:
            self.sets.addWidget(small("这一天没有套餐，在“设置”的“食堂”里登记。"), 0, 0)

    def _lay_out(self) -> None:
        head = row(self.name, (self.chips, 1), spacing=10)
        buttons = row(self.edit_button, self.sold_button, self.off_button, None, self.history)
        left = column(head, self.facts, None, buttons, spacing=4)
        sets = QWidget()
        sets.setLayout(self.sets)
        right = column(row(sets, None), None, spacing=4)
        self.body.addLayout(row((box(left), 5), rule(vertical=True), (box(right), 4), spacing=16))
        metrics = theme.current()
        self.setMinimumHeight(metrics.px(_LINES_HIGH) + metrics.control_small)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _record(self) -> Record | None:
        line = self._line
        if line is None:
            return None
        return Record(MenuDish, line.id, f"{line.on_date:%m-%d} {line.period.label} {line.name}")


_LINES_HIGH = 72
_CHIPS = 3
"""More than that have no room beside the name; the card of the dish has them all"""
_DOWN = 3
"""Set meals below each other, before they stand beside each other"""


def _facts(line: MenuLine, dish: DishView | None, out: int | None) -> str:
    cost = dish.cost if dish is not None else None
    parts = [
        f"周{weekday(line.on_date)}{line.period.label}{line.kind.label}",
        f"单点 {yuan(line.price)} 元" if line.price else "不单卖",
        f"成本 {yuan(cost)} 元" if cost is not None else "成本没有填",
        f"备 {line.planned:,} 份" if line.planned is not None else "备餐份数没有填",
        *([f"已出 {out:,} 份"] if out is not None else []),
    ]
    return "・".join(parts)
