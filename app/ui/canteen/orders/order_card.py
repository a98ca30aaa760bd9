"""One order of a day: who, where to, what to heed at the door, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.context import Context
from app.models import MealOrder, OrderState
from app.services.order_lines import OrderLine
from app.ui.canteen.orders.columns import carried
from app.ui.canteen.orders.words import food_chips, state_chip
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, row
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


class OrderCard(Card):
    """`asked` carries what is to be done: edit, cancel, restore, pause, diner."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.line: OrderLine | None = None
        # 大字 has no room for it, nor for the chips, which stand in the list: the board of
        # deliveries shows whom to call.
        self._left_out = ("家属",) if theme.current().large else ()
        self.title = Label("", "title", bold=True)
        self.chips = ChipRow()
        self.facts = Facts()
        self.edit = Button("修改", size="small", action="edit_order")
        self.cancel = Button("取消", size="small", action="cancel_order")
        self.restore = Button("恢复", size="small", action="cancel_order")
        self.pause = Button("停送", size="small", action="stop_meals")
        self.history = history_button(context, self, self._record)
        offer(context.may(Right.RUN_CANTEEN), self.edit, self.cancel, self.restore, self.pause)
        self.body.addLayout(row(self.title, None, self.history))
        self.body.addWidget(self.chips)
        self.body.addWidget(self.facts)
        self.body.addLayout(row(self.edit, self.cancel, self.restore, self.pause, None))
        for name in ("edit", "cancel", "restore", "pause"):
            button = getattr(self, name)
            button.clicked.connect(lambda _=False, what=name: self.asked.emit(what))
        self.show_line(None)

    def show_line(self, line: OrderLine | None, dishes: Sequence[str] = ()) -> None:
        """Another order, or None for none; `dishes` have what the person does not eat."""
        self.line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self.title.setText(f"{line.name}　{line.set_letter} 餐 {line.quantity} 份")
        by_hand = [Chip("手工", "grey")] if line.by_hand else []
        self.chips.set_chips([state_chip(line), *by_hand, *food_chips(line.diet, line.avoids)])
        instead = "、".join(dishes)
        told = (("换菜", f"{instead}（忌{line.avoids}）" if instead else ""), *_facts(line))
        self.chips.setVisible(not theme.current().large)
        self.facts.set_pairs([one for one in told if one[1] and one[0] not in self._left_out])
        waits = line.state is OrderState.ORDERED
        self.edit.setVisible(waits)
        self.cancel.setVisible(waits)
        self.restore.setVisible(line.state is OrderState.CANCELLED)

    def _record(self) -> Record | None:
        line = self.line
        if line is None:
            return None
        return Record(MealOrder, line.id, f"{line.name} {line.on_date:%m-%d} {line.period.label}")


def _facts(line: OrderLine) -> tuple[tuple[str, str], ...]:
    family = "　".join(
        part
        for part in (f"{line.contact_relation} {line.contact}".strip(), line.contact_phone_masked)
        if part
    )
    return (
        ("送到", "　".join(part for part in (line.place, carried(line)) if part)),
        ("提示", line.door_note),
        ("家属", family),
        ("原因", line.reason),
        ("备注", line.note),
    )
