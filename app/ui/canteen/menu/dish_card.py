"""One dish: what it costs, who may eat it, when it is on the menu."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.context import Context
from app.models import Dish
from app.services.dishes import DishView
from app.services.menus import Use
from app.ui.canteen.menu.week_card import food_chips
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, row, rule, small
from app.ui.recent.history import Record, history_button
from app.values.days import weekday
from app.values.money import yuan
from app.values.rights import Right

WIDTH = 280
_USES = 7


class DishCard(Card):
    """`asked` carries what is to be done: edit, on_offer."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.dish: DishView | None = None
        self.setFixedWidth(theme.current().px(WIDTH))
        self.name = Label("", "title", bold=True, wrap=True)
        self.chips = ChipRow()
        self.facts = Facts(label=62)
        self.uses = Label(wrap=True)
        self.history = history_button(context, self, self._record)
        self.edit_button = Button("修改", size="small", action="edit_dish")
        self.offer_button = Button("停用", size="small", action="dish_on_offer")
        offer(context.may(Right.RUN_CANTEEN), self.edit_button, self.offer_button)
        self.body.addLayout(row((self.name, 1), self.history))
        self.body.addWidget(self.chips)
        self.body.addWidget(self.facts)
        self.body.addWidget(rule())
        self.body.addWidget(small("菜谱里（上周起）"))
        self.body.addWidget(self.uses)
        self.body.addStretch(1)
        self.body.addLayout(row(self.edit_button, self.offer_button, None))
        self.edit_button.clicked.connect(lambda: self.asked.emit("edit"))
        self.offer_button.clicked.connect(lambda: self.asked.emit("on_offer"))

    def show_dish(self, dish: DishView | None, uses: Sequence[Use] = ()) -> None:
        """Another dish, or none; `uses` are its menus since last week."""
        self.dish = dish
        self.setVisible(dish is not None)
        if dish is None:
            return
        self.name.setText(dish.name)
        off = [] if dish.on_offer else [Chip("停用")]
        self.chips.set_chips([*off, Chip(dish.kind.label), *food_chips(dish)])
        self.facts.set_pairs(_facts(dish))
        lines = [_use(one) for one in uses[:_USES]]
        more = [f"还有 {len(uses) - _USES} 次"] if len(uses) > _USES else []
        self.uses.setText("\n".join([*lines, *more]) or "没有排过")
        self.offer_button.setText("停用" if dish.on_offer else "启用")

    def _record(self) -> Record | None:
        return None if self.dish is None else Record(Dish, self.dish.id, f"菜 {self.dish.name}")


def _facts(dish: DishView) -> list[tuple[str, str]]:
    pairs = [
        ("单点价", f"{yuan(dish.price)} 元" if dish.price else "不单卖"),
        ("成本", f"{yuan(dish.cost)} 元" if dish.cost is not None else "没有填"),
        ("备注", dish.note),
    ]
    return [(name, fact) for name, fact in pairs if fact]


def _use(one: Use) -> str:
    sets = f" {one.sets} 餐" if one.sets else " 单点"
    planned = f"，备 {one.planned:,} 份" if one.planned is not None else ""
    return f"{one.on_date:%m-%d} 周{weekday(one.on_date)}{one.period.label}{sets}{planned}"
