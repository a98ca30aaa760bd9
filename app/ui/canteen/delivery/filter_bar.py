"""Which stops are seen: one of a row of words with their counts; at the right the times."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models import OrderState
from app.services.delivery_board import Board
from app.ui.canteen.place import Place
from app.ui.kit import theme
from app.ui.kit.buttons import Button, icon_button
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import Label, row, small
from app.values.days import weekday
from app.values.times import minute_of, time_words

STATES = (
    OrderState.HANDED,
    OrderState.ORDERED,
    OrderState.NOBODY,
    OrderState.TURNED_DOWN,
)


class FilterBar(QWidget):
    """`state` is None for all; `changed` when the user took another one."""

    changed = Signal()
    day_asked = Signal(int)
    """-1 for the day before, 1 for the day after, 0 for today"""

    def __init__(self) -> None:
        super().__init__()
        large = theme.current().large
        self.state: OrderState | None = None
        self.buttons: dict[OrderState | None, Button] = {}
        for state in (None, *STATES):
            button = Button(_word(state), kind="filter", size="small")
            button.clicked.connect(lambda _=False, it=state: self.choose(it))
            self.buttons[state] = button
        self.not_today = Button("停送", size="small", action="not_today")
        self.care = Button("关怀", size="small", action="care_list")
        self.more = Button("更多", size="small", trail="chevron-down")
        """大字 has no room for what is not done at every round: here it stands in a menu"""
        self.day, self.times = Label(bold=True), small()
        before, after = (
            icon_button("chevron-left", "前一天"),
            icon_button("chevron-right", "后一天"),
        )
        before.clicked.connect(lambda: self.day_asked.emit(-1))
        after.clicked.connect(lambda: self.day_asked.emit(1))
        rest = (self.more, None) if large else (self.not_today, self.care, None, self.times)
        self.setLayout(row(*(before, self.day, after, 4), *self.buttons.values(), *rest, spacing=6))
        for away in (self.not_today, self.care, self.times) if large else (self.more,):
            away.setParent(self)
            away.hide()
        self.show_state(None)

    def show_board(self, board: Board, cases: int, now: datetime) -> None:
        """Counts as they are now, the day, when the food is ready and until when it is brought."""
        counts = board.counts
        for state, button in self.buttons.items():
            count = len(board.stops) if state is None else counts[state]
            button.setText(f"{_word(state)} {count}")
        self.not_today.setText(f"停送 {len(board.not_today)}")
        self.care.setText(f"关怀 {cases}")
        self.day.setText(f"{board.on_date.month}月{board.on_date.day}日 周{weekday(board.on_date)}")
        words, late = _times(board, now)
        self.times.setText(words)
        self.times.set_tone("danger" if late else "text2")

    def open_more(
        self, entries: Sequence[tuple[str, str, Callable[[], object]]], place: Place
    ) -> None:
        """What 大字 has no button for, and the canteen where there are several."""
        menu = menu_of(self.more)
        for words, cap, slot in entries:
            menu.addAction(f"{words}　{cap}", slot)
        for one in place.canteens if len(place.canteens) > 1 else ():
            entry = menu.addAction(one.name)
            entry.setCheckable(True)
            entry.setChecked(one.id == place.canteen_id)
            entry.triggered.connect(lambda _=False, key=one.id: place.choose_canteen(key))
        drop(menu, self.more)

    def show_state(self, state: OrderState | None) -> None:
        """Mark a word without announcing it."""
        self.state = state
        for one, button in self.buttons.items():
            button.kind = "filter_on" if one is state else "filter"
            button.setText(button.text())
            button.update()

    def choose(self, state: OrderState | None) -> None:
        """As if it had been clicked."""
        if state is not self.state:
            self.show_state(state)
            self.changed.emit()


def _word(state: OrderState | None) -> str:
    return "全部" if state is None else state.label


def _times(board: Board, now: datetime) -> tuple[str, bool]:
    """10:50 出锅・12:50 前送完, and whether meals are late (domain.md 4.3)."""
    if board.ready is None or board.deliver_by is None:
        return "", False
    minute = minute_of(now)
    today = board.on_date == now.date()
    waiting = board.counts[OrderState.ORDERED]
    if today and waiting and minute > board.deliver_by:
        by = time_words(board.deliver_by)
        return f"应 {by} 前送完，超 {minute - board.deliver_by} 分", True
    return f"{time_words(board.ready)} 出锅・{time_words(board.deliver_by)} 前送完", False
