"""The board: walks as columns of one width in walking order, worked by arrows and single keys."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models import OrderState
from app.services.delivery_board import Board, Stop, Walk
from app.ui.canteen.delivery import board_painter
from app.ui.canteen.delivery.board_painter import RowLook
from app.ui.kit import theme

_WIDEST, _GAP = 300, 10


def window(count: int, room: int, current: int, pinned: Sequence[int]) -> list[int]:
    """Which of `count` rows are seen in `room`: those around the current one, and the pinned."""
    if count <= room:
        return list(range(count))
    start = min(max(0, current - room // 2), count - room)
    shown = list(range(start, start + room))
    for row in pinned:
        if row not in shown:
            free = [one for one in shown if one not in pinned and one != current]
            if free:
                shown.remove(max(free, key=lambda one: abs(one - current)))
                shown.append(row)
    return sorted(shown)


class BoardView(QWidget):
    """`acted` carries the key that was pressed on the current stop, by its name in the key map."""

    current_changed = Signal()
    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.walks: Sequence[Walk] = ()
        self._whole: dict[int, Walk] = {}
        """By route with all its stops, whatever is filtered: what the head counts"""
        self._route: int | None = None
        self._at: dict[int, int] = {}
        """By route the order on which one stands"""
        self._first = 0
        self.keys: dict[int, str] = {}
        """What each key does with the current stop"""

    # -- what is shown

    def show_board(self, board: Board, state: OrderState | None = None) -> None:
        """All stops, or those in one state; where one stands stays where it can."""
        stood, walk = self.stop, self.walk
        if stood is not None and walk is not None:
            self._at[walk.route_id] = stood.order_id
        self._whole = {walk.route_id: walk for walk in board.walks}
        self.walks = [walk for walk in (_only(one, state) for one in board.walks) if walk.stops]
        routes = [walk.route_id for walk in self.walks]
        if self._route not in routes:
            self._route = self._begin()
        self._keep_in_sight()
        self._tell()

    def _begin(self) -> int | None:
        """Where one stands at first: at a door that nobody opened, else where a walk goes next."""
        for walk in self.walks:
            door = next((one for one in walk.stops if one.state is OrderState.NOBODY), None)
            if door is not None:
                self._at[walk.route_id] = door.order_id
                return walk.route_id
        going = [walk.route_id for walk in self.walks if self._whole[walk.route_id].next_stop]
        return next(iter([*going, *(walk.route_id for walk in self.walks)]), None)

    @property
    def walk(self) -> Walk | None:
        """The column in which one stands, with the stops that are shown."""
        return next((one for one in self.walks if one.route_id == self._route), None)

    @property
    def stop(self) -> Stop | None:
        """The stop on which one stands."""
        walk = self.walk
        return walk.stops[self._row(walk)] if walk is not None else None

    def go_to(self, order_id: int) -> bool:
        """Stand on this stop; False where it is not on the board."""
        for walk in self.walks:
            if any(one.order_id == order_id for one in walk.stops):
                self._route, self._at[walk.route_id] = walk.route_id, order_id
                self._keep_in_sight()
                self._tell()
                return True
        return False

    def go_on(self) -> None:
        """To the next stop of the walk that waits; where all is done one stays."""
        walk = self.walk
        if walk is None:
            return
        here = self._row(walk)
        around = (*walk.stops[here + 1 :], *walk.stops[:here])
        waiting = next((one for one in around if one.open), None)
        if waiting is not None:
            self.go_to(waiting.order_id)

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        move = _MOVES.get(event.key()) if plain else None
        action = self.keys.get(event.key()) if plain else None
        if move is not None:
            self._step(*move)
        elif action is not None and self.stop is not None:
            # Held down it must not settle one stop after the other.
            if not event.isAutoRepeat():
                self.acted.emit(action)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        found = self._stop_at(event.position().toPoint())
        if found is not None:
            self.go_to(found.order_id)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- geometry

    def sizeHint(self) -> QSize:
        return QSize(3 * board_painter.least_width(), 12 * board_painter.row_height())

    def minimumSizeHint(self) -> QSize:
        high = board_painter.head_height() + 3 * board_painter.row_height()
        return QSize(board_painter.least_width(), high)

    @property
    def fits(self) -> int:
        """How many whole columns find room."""
        gap = theme.current().px(_GAP)
        return max(1, (self.width() + gap) // (board_painter.least_width() + gap))

    @property
    def hidden(self) -> tuple[int, int]:
        """How many columns are out of sight at the left and at the right."""
        seen = min(self.fits, len(self.walks))
        return self._first, max(0, len(self.walks) - self._first - seen)

    def resizeEvent(self, event: object) -> None:
        self._keep_in_sight()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column, walk in self._columns():
            board_painter.frame(painter, column)
            board_painter.head(painter, _head_of(column), self._whole[walk.route_id])
            rows = self._rows(column, walk)
            for place, row in rows:
                self._paint_row(painter, place, walk, row)
            hidden = len(walk.stops) - len(rows)
            words = [f"↑ ↓ 还有 {hidden} 户"] if hidden else []
            board_painter.foot(painter, column, "　".join([*words, *self._beyond(walk)]))

    # -- inside

    def _paint_row(self, painter: QPainter, place: QRect, walk: Walk, row: int) -> None:
        one = walk.stops[row]
        current = walk.route_id == self._route and row == self._row(walk)
        look = RowLook(
            next=one.order_id == self._whole[walk.route_id].next_stop,
            current=current,
            ring=current and self.hasFocus(),
        )
        board_painter.stop(painter, place, one, look)

    def _columns(self) -> list[tuple[QRect, Walk]]:
        gap = theme.current().px(_GAP)
        seen = self.walks[self._first : self._first + self.fits]
        count = max(1, min(self.fits, len(self.walks)))
        wide = min(theme.current().px(_WIDEST), (self.width() - gap * (count - 1)) // count)
        return [
            (QRect(place * (wide + gap), 0, wide, self.height()), walk)
            for place, walk in enumerate(seen)
        ]

    def _rows(self, column: QRect, walk: Walk) -> list[tuple[QRect, int]]:
        """Whole rows only, with room for the words below them where some are out of sight."""
        top, high = board_painter.head_height(), board_painter.row_height()
        space, count = column.height() - top - theme.current().px(4), len(walk.stops)
        room = space // high
        if count > room or self._beyond(walk):
            room = (space - board_painter.foot_height()) // high
        waiting = [row for row, one in enumerate(walk.stops) if one.state is OrderState.NOBODY]
        shown = window(count, max(1, room), self._row(walk), waiting)
        return [
            (QRect(column.left(), top + place * high, column.width(), high), row)
            for place, row in enumerate(shown)
        ]

    def _beyond(self, walk: Walk) -> list[str]:
        """How many walks are out of sight on the side of this one."""
        left, right = self.hidden
        seen = self.walks[self._first : self._first + self.fits]
        words = [f"← 还有 {left} 路"] if left and walk is seen[0] else []
        return [*words, *([f"→ 还有 {right} 路"] if right and walk is seen[-1] else [])]

    def _row(self, walk: Walk) -> int:
        """The row of a walk on which one stands: where one was, else where the walk goes next."""
        ids = [one.order_id for one in walk.stops]
        for wanted in (self._at.get(walk.route_id), self._whole[walk.route_id].next_stop):
            if wanted in ids:
                return ids.index(wanted)
        return 0

    def _step(self, across: int, down: int) -> None:
        walk = self.walk
        if walk is None:
            return
        if across:
            place = [one.route_id for one in self.walks].index(walk.route_id) + across
            if 0 <= place < len(self.walks):
                self._route = self.walks[place].route_id
        else:
            row = max(0, min(self._row(walk) + down, len(walk.stops) - 1))
            self._at[walk.route_id] = walk.stops[row].order_id
        self._keep_in_sight()
        self._tell()

    def _keep_in_sight(self) -> None:
        routes = [one.route_id for one in self.walks]
        place = routes.index(self._route) if self._route in routes else 0
        most = max(0, len(routes) - self.fits)
        self._first = min(max(self._first, place - self.fits + 1), place, most)
        self.update()

    def _stop_at(self, point: QPoint) -> Stop | None:
        for column, walk in self._columns():
            for place, row in self._rows(column, walk):
                if place.contains(point):
                    return walk.stops[row]
        return None

    def _tell(self) -> None:
        walk, one = self.walk, self.stop
        words = ""
        if walk is not None and one is not None:
            words = f"{walk.name} 第 {one.place} 站 {one.name} {one.home} {one.state.label}"
        self.setAccessibleName(f"送餐板 {words}".strip())
        theme.ensure_glyphs("".join(f"{one.name}{one.home}" for w in self.walks for one in w.stops))
        self.update()
        self.current_changed.emit()


_MOVES = {
    Qt.Key.Key_Left.value: (-1, 0),
    Qt.Key.Key_Right.value: (1, 0),
    Qt.Key.Key_Up.value: (0, -1),
    Qt.Key.Key_Down.value: (0, 1),
    Qt.Key.Key_Home.value: (0, -999),
    Qt.Key.Key_End.value: (0, 999),
}


def _only(walk: Walk, state: OrderState | None) -> Walk:
    if state is None:
        return walk
    return replace(walk, stops=tuple(one for one in walk.stops if one.state is state))


def _head_of(column: QRect) -> QRect:
    return QRect(column.left(), column.top(), column.width(), board_painter.head_height())
