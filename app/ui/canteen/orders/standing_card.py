"""One person's standing orders: the week, what the kitchen must know, stops, what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import StandingOrder
from app.services import diners, order_pauses, standing_views
from app.services.diners import DinerView
from app.services.order_pauses import PauseView
from app.services.standing_views import StandingRow
from app.ui.canteen.orders.week_grid import WeekGrid
from app.ui.canteen.orders.words import food_chips
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, clear, column, row, small
from app.ui.kit.scroll import scrolled
from app.ui.recent.history import Record, history_button
from app.values.rights import Right

_NAMES = ("edit", "pause", "diner", "order", "remove")


class StandingCard(Card):
    """`asked` carries what is to be done: edit, pause, diner, order, remove; `pause_asked` whose
    stop is to be changed."""

    asked = Signal(str)
    pause_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.line: StandingRow | None = None
        self.title = Label("", "title", bold=True)
        self.hint = small("在左边选一位，这里看他每周吃什么、要注意什么。", wrap=True)
        self.chips = ChipRow()
        self.week = WeekGrid()
        self.facts = Facts(label=58)
        self.stops = column(spacing=4)
        self.edit = Button("修改", size="small", action="edit_order")
        self.pause = Button("停送", size="small", action="stop_meals")
        self.diner = Button("饮食和家属", size="small", action="diet_and_family")
        self.order = Button("订一餐", size="small", action="order_once")
        self.remove = Button("删除", kind="danger", size="small")
        self.history = history_button(context, self, self._record)
        self._buttons = tuple(getattr(self, name) for name in _NAMES)
        offer(context.may(Right.RUN_CANTEEN), *self._buttons)
        self._lay_out()
        self.show_line(None)

    def show_line(self, line: StandingRow | None) -> None:
        """Somebody else, or the same read anew; None for nobody."""
        self.line = line
        for widget in (self.chips, self.week, self.facts, self.history, *self._buttons):
            widget.setVisible(line is not None)
        self.hint.setVisible(line is None)
        self.title.setText(line.name if line else "还没有选中的人")
        pauses: list[PauseView] = []
        if line is not None:
            pauses = self._show_person(line)
        self._show_stops(pauses)

    # -- inside

    def _show_person(self, line: StandingRow) -> list[PauseView]:
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            every = standing_views.of_resident(lookup, line.resident_id, today=today)
            known = diners.diner(lookup, line.resident_id)
            pauses = order_pauses.pauses(lookup, line.resident_id, today=today)
        age = [Chip(f"{line.age} 岁")] if line.age is not None else []
        gone = [Chip(line.gone, "warn")] if line.gone else []
        self.chips.set_chips([*age, *gone, *food_chips(known.diet, known.avoids)])
        self.week.show_orders(every or [line])
        self.facts.set_pairs([pair for pair in _facts(line, known) if pair[1]])
        return pauses

    def _show_stops(self, pauses: list[PauseView]) -> None:
        clear(self.stops)
        for one in pauses:
            button = Button(f"停送 {one.span}：{one.reason}", kind="link", size="small")
            button.clicked.connect(lambda _=False, stop=one: self.pause_asked.emit(stop))
            button.setEnabled(self._context.may(Right.RUN_CANTEEN))
            self.stops.addWidget(button)

    def _lay_out(self) -> None:
        for name, button in zip(_NAMES, self._buttons, strict=True):
            button.clicked.connect(lambda _=False, what=name: self.asked.emit(what))
        content = column(self.week, 4, self.facts, self.stops, None)
        self.body.addLayout(row((self.title, 1), self.history))
        self.body.addWidget(self.hint)
        self.body.addWidget(self.chips)
        self.body.addWidget(scrolled(box(content)), 1)
        self.body.addLayout(row(self.edit, self.pause, None, self.remove))
        self.body.addLayout(row(self.diner, self.order, None))

    def _record(self) -> Record | None:
        line = self.line
        return None if line is None else Record(StandingOrder, line.id, f"{line.title} 长期订餐")

    def buttons(self) -> tuple[QWidget, ...]:
        """What the view binds to its keys."""
        return self.edit, self.pause, self.diner, self.order


def _facts(line: StandingRow, known: DinerView) -> tuple[tuple[str, str], ...]:
    family = f"{known.contact_relation} {known.contact}".strip()
    until = f" 到 {line.until}" if line.until else " 起，一直送"
    return (
        ("送到", "　".join(part for part in (line.place, line.carried) if part)),
        ("付款", line.pay_way.label),
        ("时间", f"{line.since}{until}"),
        ("提示", known.door_note),
        # A number is not torn apart at the end of a line.
        ("家属", "　".join(p for p in (family, known.phone_masked.replace(" ", "\u00a0")) if p)),
        ("备注", line.note),
    )
