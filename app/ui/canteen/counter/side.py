"""Beside the counter: how many came, what is left, what is on its way, guests, samples."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.models import Guest, OrderState
from app.services.canteens import PeriodView
from app.services.meal_day import DishLeft, SamplesKept, Turnout
from app.ui.canteen.counter.bars import Bar, DishList
from app.ui.kit import theme
from app.ui.kit.buttons import Button
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.labels import Label, column, hide_unless, row, small, title
from app.ui.kit.tokens import COLORS
from app.values.times import span_words, time_words

WIDTH = 276
_MARGINS = (16, 10, 16, 10)
_TENTHS = 10
_GUEST_KEYS = {
    Guest.SANITATION: "guest_sanitation",
    Guest.COURIER: "guest_courier",
    Guest.VISITOR: "guest_visitor",
}


class TurnoutCard(Card):
    """128 / 150 人, the pace, and when it will be over."""

    def __init__(self) -> None:
        super().__init__(margins=_MARGINS, spacing=6)
        self.heading_line, self.hours = title(""), small()
        self.seated = Label("0", "brand", tone="sel", bold=True)
        self.expected, self.pace, self.rest = small(), small(), small()
        self.bar = Bar()
        for label in (self.pace, self.rest):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.expected.setAlignment(Qt.AlignmentFlag.AlignBottom)
        self.expected.setContentsMargins(0, 0, 0, theme.current().px(7))
        self.body.addLayout(row(self.heading_line, self.hours, None))
        paces = column(None, self.pace, self.rest, None, spacing=2)
        self.body.addLayout(row(self.seated, self.expected, None, paces, spacing=6))
        self.body.addWidget(self.bar)

    def show_turnout(self, hours: PeriodView, sums: Turnout, *, minute: int) -> None:
        """`minute` of the day it is: what cannot be over in time says how many will have come."""
        self.heading_line.setText(f"堂食{hours.period.label}")
        self.hours.setText(span_words(hours.opens, hours.closes))
        self.seated.setText(f"{sums.seated:,}")
        self.expected.setText(f"/ {hours.expected:,} 人" if hours.expected else "人")
        self.pace.setText(f"近 10 分钟 {sums.lately:,} 人" if sums.lately else "")
        self.rest.setText(_pace_words(hours, sums, hours.closes - minute))
        self.bar.setVisible(hours.expected > 0)
        self.bar.show_shares(hours.expected, [(sums.seated, COLORS.primary)])


def _pace_words(hours: PeriodView, sums: Turnout, minutes: int) -> str:
    left = sums.minutes_left(hours.expected)
    if left is None or minutes <= 0:
        return ""
    if left <= minutes:
        return f"还要约 {left:,} 分钟"
    return f"到 {time_words(hours.closes)} 约 {sums.seated_after(minutes):,} 人"


class KitchenCard(Card):
    """What went out of what was cooked; 售完 takes a dish off the list of what one may have."""

    def __init__(self) -> None:
        super().__init__(margins=_MARGINS, spacing=4)
        self.sold_out = Button("售完", action="sold_out", size="small")
        self.dishes = DishList()
        self.heading("后厨", "已出 / 备", self.sold_out)
        self.body.addWidget(self.dishes, 1)

    def show_dishes(self, dishes: Sequence[DishLeft]) -> None:
        self.dishes.show_dishes(dishes)
        self.sold_out.setEnabled(bool(dishes))


class DeliveryCard(Card):
    """How many meals are out, and at how many doors nobody answered."""

    def __init__(self) -> None:
        super().__init__(margins=_MARGINS, spacing=6)
        self.words = title("送餐")
        self.board = Button("送餐板", action="show_board", size="small")
        self.bar = Bar()
        self.states = {state: small(tone=tone) for state, tone, _ in _STATES}
        self.body.addLayout(row(self.words, None, self.board))
        self.body.addWidget(self.bar)
        self.nothing = small("这一餐没有人订送餐")
        self.body.addLayout(row(*self.states.values(), self.nothing, None, spacing=10))
        hide_unless(not theme.current().large, self.bar)

    def show_orders(self, counts: dict[OrderState, int]) -> None:
        whole = sum(counts.values())
        self.words.setText(f"送餐 {whole:,} 份" if whole else "送餐")
        self.bar.show_shares(whole, [(counts.get(one, 0), color) for one, _, color in _STATES])
        for state, label in self.states.items():
            count = counts.get(state, 0)
            label.setText(f"{state.label} {count:,}" if count else "")
            label.setVisible(bool(count))
        self.nothing.setVisible(not whole)


_STATES = (
    (OrderState.HANDED, "ok", COLORS.ok),
    (OrderState.ORDERED, "primary", COLORS.primary),
    (OrderState.NOBODY, "warn", COLORS.warn),
    (OrderState.TURNED_DOWN, "danger", COLORS.danger),
)


class GuestsCard(Card):
    """爱心驿站 and visitors: counted, not named."""

    wanted = Signal(object)
    """Guest: one more"""

    def __init__(self) -> None:
        super().__init__(margins=_MARGINS, spacing=4)
        self.heading("不记名", "爱心驿站与访客")
        self.counts: dict[Guest, Label] = {}
        self.buttons: dict[Guest, Button] = {}
        for guest, action in _GUEST_KEYS.items():
            count = self.counts[guest] = Label("0", bold=True)
            button = self.buttons[guest] = Button("+1", action=action, size="small")
            button.setAccessibleName(f"{guest.label}加一 {button.cap}")
            button.clicked.connect(lambda _=False, one=guest: self.wanted.emit(one))
            self.body.addLayout(row(Label(guest.label), None, count, button, spacing=10))

    def show_guests(self, sums: Turnout) -> None:
        for guest, label in self.counts.items():
            label.setText(f"{sums.guests[guest]:,}")

    def bind(self, owner: QWidget) -> None:
        for button in self.buttons.values():
            button.bind(owner)


class SamplesCard(Card):
    """留样: whether there is one of every dish, and from when on it may be destroyed."""

    def __init__(self) -> None:
        super().__init__(margins=_MARGINS, spacing=4)
        self.count = small()
        self.state = ChipLabel("齐全", "ok")
        self.facts, self.until = small(), small()
        self.body.addLayout(row(title("留样"), self.count, None, self.state))
        self.body.addWidget(self.facts)
        self.body.addWidget(self.until)

    def show_samples(self, kept: SamplesKept) -> None:
        self.count.setText(f"{kept.kept} / {kept.wanted} 品种" if kept.wanted else "")
        missing = kept.wanted - kept.kept
        whole = Chip("齐全", "ok") if kept.kept else Chip("未登记", "grey")
        self.state.set_chip(Chip(f"差 {missing} 样", "warn") if missing > 0 else whole)
        cold = "" if kept.temperature is None else f" {kept.temperature / _TENTHS:g} ℃"
        where = f"・{kept.fridge}{cold}" if kept.fridge else ""
        self.facts.setText(f"各 {kept.grams} g 以上{where}" if kept.kept else _NO_SAMPLES)
        until = f"{kept.keep_until:%m-%d %H:%M} 以后才可销毁" if kept.keep_until else ""
        self.until.setText(until)
        self.until.setVisible(bool(until))


_NO_SAMPLES = "开餐前在“食品安全”里登记留样"
