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
from app.ui.grids.requests.board_cursor import BoardCursor
from app.ui.grids.requests.board_layout import BoardLayout
from app.ui.kit import paint, theme
from app.ui.kit.labels import tip_of


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
        self._cursor = BoardCursor()
        self._first = 0
        self._pressed: QPoint | None = None
        self._dragged: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setMinimumHeight(theme.current().px(190))
        self._say()

    # -- for the tab

    @property
    def columns(self) -> Sequence[BoardColumn]:
        """What is shown."""
        return self._cursor.columns

    def show_columns(self, columns: Sequence[BoardColumn]) -> None:
        """Other cards; the current one stays current, else whatever took its place."""
        for card in (card for column in columns for card in column.cards):
            theme.ensure_glyphs(card.title + card.place_words)
        self._cursor.show(columns)
        self._keep_in_sight()
        self._say()
        self.update()

    def current(self) -> BoardCard | None:
        """The card that the keys mean."""
        return self._cursor.current

    @property
    def current_state(self) -> RequestState | None:
        """Of the current column."""
        return self.columns[self._cursor.lane].state if self.columns else None

    @property
    def is_unfolded(self) -> bool:
        """Whether the last column is open: what is closed is read only then."""
        return bool(self.columns) and self.layout_of().is_open(len(self.columns) - 1)

    def select(self, request_id: int) -> bool:
        """Make a card current and show it; False where it is on no column."""
        found = self._cursor.find(request_id)
        if found is not None:
            self._go(*found)
        return found is not None

    def go_to(self, state: RequestState) -> None:
        """The first card of a column, which opens if it was folded."""
        self._go(self._cursor.number_of(state), 0)

    def card_rect(self, request_id: int) -> QRect:
        """Where a card is painted, empty while it is hidden."""
        layout, found = self.layout_of(), self._cursor.find(request_id)
        if found is None or not layout.is_open(found[0]):
            return QRect()
        position = found[1] - self._scroll(found[0])
        return layout.card(found[0], position) if 0 <= position < layout.room else QRect()

    def lane_rect(self, state: RequestState) -> QRect:
        """Where a column or strip is painted."""
        return self.layout_of().lane(self._cursor.number_of(state))

    def layout_of(self) -> BoardLayout:
        """Where everything stands at the present size."""
        return BoardLayout(self.size(), max(1, len(self.columns)), self._first)

    def hidden_words(self, lane: int) -> str:
        """还有 3 件: what the height hides of a column, above and below."""
        return self._cursor.hidden_words(lane, self.layout_of().room)

    # -- where the current card is

    def _go(self, lane: int, card: int) -> None:
        """Make a place current: the column opens, the card comes into sight, it is announced."""
        if not self.columns:
            return
        before, folded = self.current(), not self.layout_of().is_open(lane)
        self._cursor.move(lane, card)
        self._keep_in_sight()
        if folded:
            self.unfolded.emit(self.columns[lane].state)
        after = self.current()
        if after is not before:
            self.current_changed.emit(after.id if after else None)
        self._say()
        self.update()
        if self._cursor.wants_more:
            self.more_wanted.emit()

    def _keep_in_sight(self) -> None:
        if self.columns:
            self._first = self.layout_of().following(self._cursor.lane)
            self._cursor.keep_in_sight(self.layout_of().room)

    def _scroll(self, lane: int) -> int:
        """The first card that is seen of a column."""
        return self._cursor.scroll(lane, self.layout_of().room)

    def _say(self) -> None:
        """For screen readers: the board is one control, its name the current card."""
        words = "诉求看板"
        if self.columns:
            column = self.columns[self._cursor.lane]
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
        if plain and (spot := self._cursor.led_to_by(key, self.layout_of().room)) is not None:
            self._go(*spot)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card:
            self.opened.emit(card.id)
        elif plain and key == Qt.Key.Key_Space and card:
            self.flag_asked.emit(card.id)
        elif key == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

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
        if lane < 0 or not self.columns:
            return
        if not self.layout_of().is_open(lane):
            self._go(lane, 0)
        elif self.layout_of().foot_of(lane).contains(place):
            self._go(lane, self._scroll(lane) + self.layout_of().room)
        elif (position := self.layout_of().position_at(lane, place)) >= 0:
            number = self._scroll(lane) + position
            if number < len(self._cursor.cards(lane)):
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
        if dragged and card is not None and lane not in (-1, self._cursor.lane):
            self.dropped.emit(card.id, self.columns[lane].state)

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
            self._cursor.scroll_by(lane, step, self.layout_of().room)
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
        if position < 0 or number >= len(self._cursor.cards(lane)):
            return ""
        card = self._cursor.cards(lane)[number]
        return f"{card.title}\n{board_painter.place_and_kind(card)}\n{card.due.text}"

    # -- painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns stand anew from the left: 销号 folds unless it is current."""
        super().resizeEvent(event)
        self._first = 0
        self._keep_in_sight()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        layout = self.layout_of()
        for number, column in enumerate(self.columns):
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
        frame, column = layout.lane(number), self.columns[number]
        board_painter.column(painter, frame, column, layout.heading)
        start = self._scroll(number)
        for position, card in enumerate(column.cards[start : start + layout.room]):
            current = (number, start + position) == (self._cursor.lane, self._cursor.card)
            place = layout.card(number, position)
            ring = current and self.hasFocus()
            board_painter.card(painter, place, card, current=current, ring=ring)
        if not column.cards:
            self._paint_empty(painter, layout.card(number, 0), number)
        board_painter.foot(painter, layout.foot_of(number), self.hidden_words(number))

    def _paint_empty(self, painter: QPainter, place: QRect, number: int) -> None:
        board_painter.empty(painter, place, "没有")
        if number == self._cursor.lane and self.hasFocus():
            paint.focus_ring(painter, place)

    def _paint_drag(self, painter: QPainter, layout: BoardLayout, place: QPoint) -> None:
        card, lane = self.current(), layout.lane_at(place)
        if card is None:
            return
        if lane not in (-1, self._cursor.lane):
            board_painter.target(painter, layout.lane(lane))
        frame = layout.card(self._cursor.lane, 0)
        frame.moveCenter(place)
        painter.setOpacity(0.85)
        board_painter.card(painter, frame, card, current=True)
        painter.setOpacity(1)
