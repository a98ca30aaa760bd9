"""A stop beside the board: what is brought to whom, and the keys for what became of it."""

from PySide6.QtCore import Signal

from app.context import Context
from app.models import MealOrder, OrderState
from app.services.delivery_board import NO_ROUTE, Stop, Walk
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card, Facts
from app.ui.kit.chips import Chip, ChipRow
from app.ui.kit.labels import Label, box, column, row, rule, small
from app.ui.recent.history import Record, history_button
from app.values.rights import Right
from app.values.times import time_words

_TONES = {
    OrderState.ORDERED: "info",
    OrderState.HANDED: "ok",
    OrderState.NOBODY: "warn",
    OrderState.TURNED_DOWN: "danger",
}
_ADVICE = "用 ← → 换路线，↑ ↓ 换户；送到的按空格，没人应门按 N，不收的按 R。"


class StopPanel(Card):
    """`asked` carries an action of the key map; only what can be done now is shown."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._stop: Stop | None = None
        self.name, self.place = Label("", "h2", bold=True, wrap=True), small()
        self.chips = ChipRow()
        self.facts = Facts(label=44)
        self.walk_title, self.walk_words = Label(bold=True, wrap=True), small(wrap=True)
        self.handed = self._button("送达", "handed", kind="primary")
        self.nobody = self._button("无人应答", "nobody")
        self.turned_down = self._button("拒收", "turned_down")
        self.again = self._button("改回待送", "waits_again")
        self.carrier = self._button("换人送", "walk_carrier", size="small")
        self.departs = self._button("登记出发", "walk_departs")
        self.returns = self._button("登记返回", "walk_returns")
        may = context.may(Right.RUN_CANTEEN)
        for button in self.buttons:
            offer(may, button)
        self.history = history_button(context, self, self._record)
        self._lay_out()

    @property
    def buttons(self) -> tuple[Button, ...]:
        both = (self.handed, self.nobody, self.turned_down, self.again)
        return (*both, self.carrier, self.departs, self.returns)

    def show_stop(self, walk: Walk | None, stop: Stop | None) -> None:
        """What can be done depends on what was done."""
        self._stop = stop
        there = walk is not None and stop is not None
        self._whole.setVisible(there)
        self.empty.setVisible(not there)
        if walk is None or stop is None:
            return
        self.name.setText(stop.name)
        number = f" {stop.place}" if stop.place else ""
        self.place.setText(f"{walk.name}{number}")
        diet = [Chip(one, "warn") for one in stop.diet.split("、") if one]
        self.chips.set_chips([Chip(stop.state.label, _TONES[stop.state]), *diet])
        self.facts.set_pairs([pair for pair in _facts(stop) if pair[1]])
        self.handed.setVisible(stop.open)
        self.nobody.setVisible(stop.open)
        self.turned_down.setVisible(stop.open)
        self.again.setVisible(not stop.open)
        self._show_walk(walk)

    def _show_walk(self, walk: Walk) -> None:
        loose = walk.route_id == NO_ROUTE
        self.walk_title.setText(walk.title)
        self.walk_words.setText(
            "这些人还没有路线。按 F2 排进路线，送餐单和标签才有站序。" if loose else _walk(walk)
        )
        self.carrier.setVisible(not loose and walk.returned_at is None)
        self.departs.setVisible(not loose and walk.departed_at is None)
        waits = walk.departed_at is not None and walk.returned_at is None
        self.returns.setVisible(not loose and waits)

    def _lay_out(self) -> None:
        self.empty = small(_ADVICE, wrap=True)
        walk = column(
            *(rule(), row((self.walk_title, 1), self.carrier), self.walk_words),
            *(self.departs, self.returns),
        )
        others = row((self.nobody, 1), (self.turned_down, 1))
        acts = column(self.handed, others, self.again)
        self._whole = box(
            column(
                row((self.name, 1), self.place),
                self.chips,
                self.facts,
                walk,
                None,
                acts,
                row(None, self.history),
                spacing=10,
            )
        )
        self.body.addWidget(self.empty)
        self.body.addWidget(self._whole, 1)

    def _button(
        self, words: str, action: str, *, kind: str = "normal", size: str = "control"
    ) -> Button:
        wide = size == "control"
        button = Button(words, kind=kind, action=action, size=size, wide=wide)
        button.clicked.connect(lambda: self.asked.emit(action))
        return button

    def _record(self) -> Record | None:
        if self._stop is None:
            return None
        return Record(MealOrder, self._stop.order_id, f"{self._stop.name} 的送餐")


def _facts(stop: Stop) -> tuple[tuple[str, str], ...]:
    when = f"{stop.at:%H:%M} " if stop.at is not None else ""
    done = "" if stop.open else f"{when}{stop.state.label}"
    return (
        ("住址", stop.home),
        ("餐", stop.meal),
        ("提示", stop.door_note),
        ("结果", "：".join(part for part in (done, stop.reason) if part)),
    )


def _walk(walk: Walk) -> str:
    """Who carries, when out, when back."""
    out = (
        f"{walk.departed_at:%H:%M} 出发"
        if walk.departed_at
        else f"应 {time_words(walk.departs)} 出发"
    )
    back = f"{walk.returned_at:%H:%M} 返回" if walk.returned_at else ""
    return "，".join(part for part in (walk.who, out, back) if part)
