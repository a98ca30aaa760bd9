"""The board: all columns painted by one widget, one current card, keys and dragging."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from app.models import RequestState
from app.services.request_views import BoardCard, BoardColumn
from app.ui.grids.requests import board_painter
from app.ui.grids.requests.board_layout import BoardLayout
from app.ui.kit import paint, theme
from app.ui.kit.labels import tip_of

Spot = tuple[int, int]
"""Number of a column, and of a card in it"""


class Board(QWidget):
    """Columns in the order of the states. What is not open lies beside as a strip."""

    current_changed = Signal(object)
    """id of the current card, None where the current column is empty"""
    opened = Signal(int)
    dropped = Signal(int, object)
    """id of a card, and the state of the column on which it was let go"""
    flag_asked = Signal(int)
    escaped = Signal()
    menu_asked = Signal(QPoint)
    more_wanted = Signal()
    """The last card that was read became current, and there are more."""
    unfolded = Signal(object)
    """State of a column that was a strip and is open now"""

    def __init__(self, *, movable: bool = True, parent: QWidget | None = None) -> None:
        """`movable`: cards can be taken to another column with the mouse."""
        super().__init__(parent)
        self._movable = movable
        self._columns: tuple[BoardColumn, ...] = ()
        self._lane, self._card = 0, 0
        self._first = 0
        self._scrolled: dict[int, int] = {}
        self._pressed: QPoint | None = None
        self._dragged: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setMinimumHeight(theme.current().px(190))
        self._say()

    # -- for the tab

    def show_columns(self, columns: Sequence[BoardColumn]) -> None:
        """Other cards; the current one stays current, else whatever took its place."""
        current = self.current()
        self._columns = tuple(columns)
        for card in (card for column in columns for card in column.cards):
            theme.ensure_glyphs(card.title + card.place_words)
        found = self._find(current.id) if current else None
        if found is None and not self._cards(self._lane):
            found = self._first_card()
        self._lane, self._card = found or (self._lane, self._card)
        self._card = max(0, min(self._card, len(self._cards(self._lane)) - 1))
        self._keep_in_sight()
        self._say()
        self.update()

    def current(self) -> BoardCard | None:
        """The card that the keys mean."""
        cards = self._cards(self._lane)
        return cards[self._card] if self._card < len(cards) else None

    @property
    def current_state(self) -> RequestState | None:
        """Of the current column."""
        return self._columns[self._lane].state if self._columns else None

    @property
    def is_unfolded(self) -> bool:
        """Whether the last column is open: what is closed is read only then."""
        return bool(self._columns) and self.layout_of().is_open(len(self._columns) - 1)

    def select(self, request_id: int) -> bool:
        """Make a card current and show it; False where it is on no column."""
        found = self._find(request_id)
        if found is not None:
            self._go(*found)
        return found is not None

    def go_to(self, state: RequestState) -> None:
        """The first card of a column, which opens if it was folded."""
        states = [column.state for column in self._columns]
        self._go(states.index(state), 0)

    def card_rect(self, request_id: int) -> QRect:
        """Where a card is painted, empty while it is hidden."""
        found = self._find(request_id)
        if found is None or not self.layout_of().is_open(found[0]):
            return QRect()
        position = found[1] - self._scroll(found[0])
        room = self.layout_of().room
        return self.layout_of().card(found[0], position) if 0 <= position < room else QRect()

    def lane_rect(self, state: RequestState) -> QRect:
        """Where a column or strip is painted."""
        states = [column.state for column in self._columns]
        return self.layout_of().lane(states.index(state))

    def layout_of(self) -> BoardLayout:
        """Where everything stands at the present size."""
        return BoardLayout(self.size(), max(1, len(self._columns)), self._first)

    def hidden_words(self, lane: int) -> str:
        """还有 3 件: what the height hides of a column, above and below."""
        above = self._scroll(lane)
        below = max(0, self._columns[lane].total - above - self.layout_of().room)
        if above and below:
            return f"上面 {above:,} 件，下面 {below:,} 件"
        return f"上面还有 {above:,} 件" if above else f"还有 {below:,} 件" if below else ""

    # -- where the current card is

    def _cards(self, lane: int) -> Sequence[BoardCard]:
        return self._columns[lane].cards if lane < len(self._columns) else ()

    def _find(self, request_id: int) -> Spot | None:
        return next(
            (
                (lane, number)
                for lane, column in enumerate(self._columns)
                for number, card in enumerate(column.cards)
                if card.id == request_id
            ),
            None,
        )

    def _first_card(self) -> Spot | None:
        lanes = range(len(self._columns))
        return next(((lane, 0) for lane in lanes if self._cards(lane)), None)

    def _go(self, lane: int, card: int) -> None:
        """Make a place current: the column opens, the card comes into sight, it is announced."""
        if not self._columns:
            return
        before = self.current()
        folded = not self.layout_of().is_open(lane)
        self._lane = lane
        self._card = max(0, min(card, len(self._cards(lane)) - 1))
        self._keep_in_sight()
        if folded:
            self.unfolded.emit(self._columns[lane].state)
        after = self.current()
        if after is not before:
            self.current_changed.emit(after.id if after else None)
        self._say()
        self.update()
        self._ask_for_more()

    def _ask_for_more(self) -> None:
        cards = self._cards(self._lane)
        if cards and self._card == len(cards) - 1 and self._columns[self._lane].total > len(cards):
            self.more_wanted.emit()

    def _keep_in_sight(self) -> None:
        if not self._columns:
            return
        self._first = self.layout_of().following(self._lane)
        room, start = self.layout_of().room, self._scroll(self._lane)
        self._scrolled[self._lane] = min(max(start, self._card - room + 1), self._card)

    def _scroll(self, lane: int) -> int:
        """The first card that is seen of a column."""
        most = max(0, len(self._cards(lane)) - self.layout_of().room)
        return min(self._scrolled.get(lane, 0), most)

    def _say(self) -> None:
        """For screen readers: the board is one control, its name the current card."""
        words = "诉求看板"
        if self._columns:
            column = self._columns[self._lane]
            words += f"，{column.state.label} {column.total} 件"
        if card := self.current():
            flag = "，督办" if card.flagged else ""
            facts = (board_painter.place_and_kind(card), card.due.text)
            words += f"，{card.number} {card.title}{flag}，{'，'.join(filter(None, facts))}"
        self.setAccessibleName(words)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        card = self.current()
        if plain and (spot := self._spot_of(key)) is not None:
            self._go(*spot)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card:
            self.opened.emit(card.id)
        elif plain and key == Qt.Key.Key_Space and card:
            self.flag_asked.emit(card.id)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _spot_of(self, key: int) -> Spot | None:
        """Where an arrow or page key leads."""
        last = len(self._columns) - 1
        page = self.layout_of().room
        match key:
            case Qt.Key.Key_Left:
                return max(0, self._lane - 1), self._beside(max(0, self._lane - 1))
            case Qt.Key.Key_Right:
                return min(last, self._lane + 1), self._beside(min(last, self._lane + 1))
            case Qt.Key.Key_Up | Qt.Key.Key_PageUp:
                return self._lane, self._card - (1 if key == Qt.Key.Key_Up else page)
            case Qt.Key.Key_Down | Qt.Key.Key_PageDown:
                return self._lane, self._card + (1 if key == Qt.Key.Key_Down else page)
            case Qt.Key.Key_Home:
                return self._lane, 0
            case Qt.Key.Key_End:
                return self._lane, len(self._cards(self._lane)) - 1
        return None

    def _beside(self, lane: int) -> int:
        """The card at the height of the current one, in another column."""
        return self._card - self._scroll(self._lane) + self._scroll(lane)

    def _escape(self) -> None:
        if self._dragged is not None:
            self._pressed = self._dragged = None
            self.update()
        else:
            self.escaped.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        lane = self.layout_of().lane_at(place)
        if lane < 0 or not self._columns:
            return
        if not self.layout_of().is_open(lane):
            self._go(lane, 0)
        elif self.layout_of().foot_of(lane).contains(place):
            self._go(lane, self._scroll(lane) + self.layout_of().room)
        elif (position := self.layout_of().position_at(lane, place)) >= 0:
            number = self._scroll(lane) + position
            if number < len(self._cards(lane)):
                self._go(lane, number)
                # Only a card that is shown where it was pressed can be taken along.
                left = event.button() is Qt.MouseButton.LeftButton
                self._pressed = place if left and self._movable else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._pressed is None:
            return
        far = (place - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if far or self._dragged is not None:
            self._dragged = place
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        card, dragged = self.current(), self._dragged is not None
        self._pressed = self._dragged = None
        self.update()
        lane = self.layout_of().lane_at(event.position().toPoint())
        if dragged and card is not None and lane not in (-1, self._lane):
            self.dropped.emit(card.id, self._columns[lane].state)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        card = self.current()
        if card is not None and self.card_rect(card.id).contains(event.position().toPoint()):
            self._pressed = None
            self.opened.emit(card.id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        card = self.current()
        if card is not None:
            place = event.pos()
            if event.reason() is QContextMenuEvent.Reason.Keyboard:
                place = self.card_rect(card.id).center()
            self.menu_asked.emit(self.mapToGlobal(place))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One card a notch, in the column under the mouse."""
        lane = self.layout_of().lane_at(event.position().toPoint())
        if lane >= 0 and self.layout_of().is_open(lane) and event.angleDelta().y():
            step = -1 if event.angleDelta().y() > 0 else 1
            most = max(0, len(self._cards(lane)) - self.layout_of().room)
            self._scrolled[lane] = min(max(0, self._scroll(lane) + step), most)
            self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            words = self._tip(event.pos())
            QToolTip.showText(event.globalPos(), tip_of(words), self)
            return True
        return super().event(event)

    def _tip(self, place: QPoint) -> str:
        """The whole card under the mouse, whose lines may have been too long."""
        lane = self.layout_of().lane_at(place)
        if lane < 0 or not self.layout_of().is_open(lane):
            return ""
        position = self.layout_of().position_at(lane, place)
        number = self._scroll(lane) + position
        if position < 0 or number >= len(self._cards(lane)):
            return ""
        card = self._cards(lane)[number]
        return f"{card.title}\n{board_painter.place_and_kind(card)}\n{card.due.text}"

    # -- painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_in_sight()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout = self.layout_of()
        for number, column in enumerate(self._columns):
            frame = layout.lane(number)
            if not frame.intersects(event.rect()):
                continue
            if layout.is_open(number):
                self._paint_column(painter, layout, number)
            else:
                points = "right" if number < layout.first else "left"
                board_painter.strip(painter, frame, column, points=points)
        if self._dragged is not None:
            self._paint_drag(painter, layout, self._dragged)

    def _paint_column(self, painter: QPainter, layout: BoardLayout, number: int) -> None:
        frame, column = layout.lane(number), self._columns[number]
        board_painter.column(painter, frame, column, layout.heading)
        start = self._scroll(number)
        for position, card in enumerate(column.cards[start : start + layout.room]):
            current = (number, start + position) == (self._lane, self._card)
            place = layout.card(number, position)
            ring = current and self.hasFocus()
            board_painter.card(painter, place, card, current=current, ring=ring)
        if not column.cards:
            self._paint_empty(painter, layout.card(number, 0), number)
        board_painter.foot(painter, layout.foot_of(number), self.hidden_words(number))

    def _paint_empty(self, painter: QPainter, place: QRect, number: int) -> None:
        board_painter.empty(painter, place, "没有")
        if number == self._lane and self.hasFocus():
            paint.focus_ring(painter, place)

    def _paint_drag(self, painter: QPainter, layout: BoardLayout, place: QPoint) -> None:
        card, lane = self.current(), layout.lane_at(place)
        if card is None:
            return
        if lane not in (-1, self._lane):
            board_painter.target(painter, layout.lane(lane))
        frame = layout.card(self._lane, 0)
        frame.moveCenter(place)
        painter.setOpacity(0.85)
        board_painter.card(painter, frame, card, current=True)
        painter.setOpacity(1)
