"""The stops of a day's sheets as they are typed back: one key a stop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.models import OrderState
from app.services.delivery_board import Board, Stop, Walk
from app.ui.canteen.delivery.typed_draft import Typed
from app.ui.kit import keys
from app.ui.kit.chips import Chip
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.table_columns import Cell, Column
from app.ui.kit.table_model import PagedTableModel

KEY_OF = {
    OrderState.HANDED: "door_handed",
    OrderState.NOBODY: "door_nobody",
    OrderState.TURNED_DOWN: "door_turned_down",
}
"""Each result by its action in the key map, in the order of the boxes on the paper."""
_BY_CAP = {keys.cap(action): state for state, action in KEY_OF.items()}
_TONES = {
    OrderState.HANDED: "ok",
    OrderState.NOBODY: "warn",
    OrderState.TURNED_DOWN: "danger",
}


@dataclass(frozen=True, slots=True)
class _Line:
    walk: str
    stop: Stop
    typed: Typed


def _state(line: _Line) -> Cell:
    if not line.stop.open:
        return Cell(chips=(Chip(line.stop.state.label, _TONES[line.stop.state]), Chip("已录")))
    chosen = line.typed.state
    if chosen is None:
        return Cell("—", tone="placeholder")
    words = f"{keys.cap(KEY_OF[chosen])} {chosen.label}"
    return Cell(chips=(Chip(words, _TONES[chosen]),))


def _at(line: _Line) -> str:
    return f"{line.stop.at:%H:%M}" if line.stop.at is not None else line.typed.at


COLUMNS = (
    Column("walk", "路线", lambda line: Cell(line.walk, tone="text2"), 90, weight=1),
    Column("place", "站", lambda line: Cell(str(line.stop.place or "—"), bold=True), 46),
    Column("name", "姓名", lambda line: Cell(line.stop.name, bold=True), 110, weight=1),
    Column("home", "住址", lambda line: line.stop.home, 150, weight=1, large_mode=False),
    Column("meal", "餐", lambda line: Cell(line.stop.meal, tone="text2"), 96, large_mode=False),
    Column("state", "结果", _state, 170),
    Column("at", "时间", _at, 70),
    Column("words", "情况", lambda line: line.stop.reason or line.typed.words, 150, weight=1),
)


class TypeTable(PagedTable):
    """1 to 3 set the result of the current stop and go on; 退格 goes back and takes it off."""

    detail_wanted = Signal()
    save_wanted = Signal()
    changed = Signal()

    def __init__(self) -> None:
        self.stops: dict[int, Stop] = {}
        self.walks: dict[int, Walk] = {}
        """By order, as the stops"""
        self.typed: dict[int, Typed] = {}
        super().__init__(PagedTableModel(COLUMNS, self._fetch), name="送餐单的站")
        self.paper.people = self._people
        self.installEventFilter(self)

    def show_board(self, board: Board, typed: Mapping[int, Typed]) -> None:
        """All stops in the order of the sheets, with what was typed for them before."""
        self.stops = {one.order_id: one for one in board.stops}
        self.walks = {one.order_id: walk for walk in board.walks for one in walk.stops}
        self.typed = {key: one for key, one in typed.items() if self.is_open(key)}
        self.paged_model.set_ids(list(self.stops))

    def is_open(self, order_id: int | None) -> bool:
        """Whether it is on the sheets and nothing was put down yet."""
        return order_id in self.stops and self.stops[order_id].open

    def typed_of(self, order_id: int) -> Typed:
        return self.typed.setdefault(order_id, Typed())

    @property
    def ready(self) -> dict[int, Typed]:
        """What can be saved: the stops with a result."""
        return {key: one for key, one in self.typed.items() if one.state is not None}

    def go_to_open(self, route_id: int | None = None) -> None:
        """The first stop that waits, of this walk if it has one."""
        ids = [one for one in self.paged_model.ids if self._waits(one)]
        of_walk = [one for one in ids if self.walks[one].route_id == route_id]
        first = next(iter((*of_walk, *ids, *self.paged_model.ids)), None)
        if first is not None:
            self.select_id(first)

    def step(self, by: int) -> None:
        """The stop after or before the current one."""
        number = self.currentIndex().row() + by
        if 0 <= number < len(self.paged_model.ids):
            self.select_row(number)

    def rest_handed(self, route_id: int) -> None:
        """Every stop of a walk that has no result yet was handed over; where all have one, the
        next walk comes."""
        there = [key for key, walk in self.walks.items() if walk.route_id == route_id]
        waiting = [key for key in there if self._waits(key)]
        for key in waiting:
            self.typed_of(key).state = OrderState.HANDED
        self.show_typed()
        if not waiting and any(map(self._waits, self.stops)):
            self.go_to_open()

    def show_typed(self) -> None:
        """What was typed has changed."""
        self.paged_model.reload()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_wanted.emit()
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain or self.current_id() is None:
            return False
        if event.text() in _BY_CAP:
            self._type(_BY_CAP[event.text()])
        elif event.key() == Qt.Key.Key_Backspace:
            self._back()
        elif enter or event.key() == Qt.Key.Key_F2:
            self.detail_wanted.emit()
        else:
            return False
        return True

    def _type(self, state: OrderState) -> None:
        """拒收 wants its reason at once; the others go on to the next stop."""
        current = self.current_id()
        if current is None or not self.is_open(current):
            self.step(1)
            return
        self.typed_of(current).state = state
        self.show_typed()
        if state is OrderState.TURNED_DOWN:
            self.detail_wanted.emit()
        else:
            self.step(1)

    def _back(self) -> None:
        """To the stop before; its result is taken off, so that another key can set it."""
        current = self.current_id()
        if current not in self.ready:
            self.step(-1)
            current = self.current_id()
        if current is not None and self.is_open(current):
            self.typed_of(current).state = None
            self.show_typed()

    def _waits(self, order_id: int) -> bool:
        return self.is_open(order_id) and order_id not in self.ready

    def _fetch(self, ids: Sequence[Any]) -> list[_Line]:
        return [
            _Line(self.walks[one].name, self.stops[one], self.typed.get(one) or Typed())
            for one in ids
        ]

    def _people(self, ids: Sequence[Any]) -> list[int]:
        return [self.stops[one].resident_id for one in ids]
