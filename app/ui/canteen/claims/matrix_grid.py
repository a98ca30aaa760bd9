"""The table of a month, walked by arrows from figure to figure; every figure is a door.

The tiers scroll, the totals below them stay; where the columns need more room than there is, those
right of the tier's name are moved along. Rows and columns are painted whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.canteen.claims import matrix_paint as paint
from app.ui.canteen.claims.matrix_rows import FIRST, GridRow
from app.ui.kit import keys, table_clipboard, theme

_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixGrid(QWidget):
    """`moved` when another figure is chosen, `opened` when it is asked for what is behind it."""

    moved = Signal()
    opened = Signal()
    copy_asked = Signal()
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._headings: Sequence[str] = ()
        self._rows: Sequence[GridRow] = ()
        self._row = self._column = 0
        self._top = self._left = 0
        keys.bind(self, "copy", self.copy_asked.emit)

    # -- contents

    def show_rows(self, headings: Sequence[str], rows: Sequence[GridRow]) -> None:
        """Another month or other figures; the place stays where it is."""
        self._headings, self._rows = tuple(headings), tuple(rows)
        theme.ensure_glyphs("".join(f"{row.name}{row.sub}" for row in rows))
        self._row = min(self._row, max(0, len(rows) - 1))
        self._column = min(self._column, max(0, len(headings) - 1))
        self.updateGeometry()
        self._arrived()

    @property
    def rows(self) -> Sequence[GridRow]:
        return self._rows

    @property
    def headings(self) -> Sequence[str]:
        return self._headings

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the figure that is chosen."""
        return self._row, self._column

    @property
    def current(self) -> GridRow | None:
        return self._rows[self._row] if self._rows else None

    def go_to(self, row: int, column: int) -> None:
        """Choose a figure."""
        row = min(max(row, 0), len(self._rows) - 1)
        column = min(max(column, 0), len(self._headings) - 1)
        if self._rows and (row, column) != (self._row, self._column):
            self._row, self._column = row, column
            self._arrived()
            self.moved.emit()

    def copy(self) -> None:
        """All of it, for WPS."""
        texts = [(row.name, row.sub, *(cell.text for cell in row.cells)) for row in self._rows]
        table_clipboard.copy((FIRST, "规则", *self._headings), texts)

    # -- geometry

    def sizeHint(self) -> QSize:
        body = len(self._tiers()) * paint.row_height() + len(self._foot()) * paint.total_height()
        return QSize(600, paint.head_height() + body)

    def minimumSizeHint(self) -> QSize:
        least = 3 * paint.row_height() + len(self._foot()) * paint.total_height()
        return QSize(300, paint.head_height() + least)

    def _tiers(self) -> list[GridRow]:
        return [row for row in self._rows if not row.total]

    def _foot(self) -> list[GridRow]:
        return [row for row in self._rows if row.total]

    def _room(self) -> int:
        """How many tiers fit."""
        left = self.height() - paint.head_height() - len(self._foot()) * paint.total_height()
        return max(1, left // paint.row_height())

    def _row_rect(self, number: int) -> QRect:
        """Where a line stands; null for a tier that is out of sight."""
        tiers = len(self._tiers())
        shown = min(tiers, self._room())
        if number < tiers:
            place = number - self._top
            if not 0 <= place < shown:
                return QRect()
            y = paint.head_height() + place * paint.row_height()
            return QRect(0, y, self.width(), paint.row_height())
        y = paint.head_height() + shown * paint.row_height()
        y += (number - tiers) * paint.total_height()
        return QRect(0, y, self.width(), paint.total_height())

    def _spans(self) -> list[tuple[int, int, int]]:
        """(number, x, width) of the columns that are seen; spare room goes to all of them."""
        widths = paint.widths(self._headings, self._rows)
        first = paint.first_width(self._rows, short=sum(widths) > self.width() // 2)
        seen: list[int] = []
        room = self.width() - first - paint.edge()
        for number in range(self._left, len(widths)):
            if room < widths[number] and seen:
                break
            room -= widths[number]
            seen.append(number)
        more = max(0, room) * 2 // (3 * max(1, len(seen)))
        x = self.width() - paint.edge() - sum(widths[number] + more for number in seen)
        spans = []
        for number in seen:
            spans.append((number, x, widths[number] + more))
            x += widths[number] + more
        return spans

    @property
    def hidden_columns(self) -> int:
        """How many do not fit: they come when one walks there."""
        return len(self._headings) - len(self._spans())

    def _arrived(self) -> None:
        """The chosen figure is in sight, and is read out."""
        self._keep_in_sight()
        row = self.current
        if row is not None:
            words = f"{row.name} {self._headings[self._column]} {row.cells[self._column].text}"
            self.setAccessibleName(f"补贴结算 {words}")
        self.update()

    def _keep_in_sight(self) -> None:
        tiers, room = len(self._tiers()), self._room()
        if self._row < tiers:
            self._top = min(self._top, self._row)
            self._top = max(self._top, self._row - room + 1)
        self._top = max(0, min(self._top, tiers - room))
        self._left = min(self._left, self._column)
        while self._left and self._fits(self._left - 1):
            self._left -= 1
        while not self._fits(self._left) and self._left < self._column:
            self._left += 1

    def _fits(self, left: int) -> bool:
        """Whether the chosen column is seen when the first one is `left`."""
        before, self._left = self._left, left
        seen = any(number == self._column for number, _, _ in self._spans())
        self._left = before
        return seen

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        rows = (n for n in range(len(self._rows)) if self._row_rect(n).contains(point))
        row = next(rows, None)
        if row is None:
            return None
        spans = self._spans()
        hit = (number for number, x, width in spans if x <= point.x() < x + width)
        return row, next(hit, self._column)

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None:
            self.go_to(self._row + step[0], self._column + step[1])
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(self._row, 0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(self._row, len(self._headings) - 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().toPoint())
        if found is not None:
            self.go_to(*found)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._at(event.position().toPoint()) is not None:
            self.opened.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = -1 if event.angleDelta().y() > 0 else 1
        self._top = max(0, min(self._top + step, len(self._tiers()) - self._room()))
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._keep_in_sight()

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spans = self._spans()
        paint.head(painter, self.width(), FIRST, self._headings, spans)
        more = (self._left > 0, bool(spans) and spans[-1][0] < len(self._headings) - 1)
        paint.more_columns(painter, self.width(), spans, *more)
        for number, row in enumerate(self._rows):
            rect = self._row_rect(number)
            if not rect.isNull():
                self._paint_row(painter, number, row, rect, spans)

    def _paint_row(
        self,
        painter: QPainter,
        number: int,
        row: GridRow,
        rect: QRect,
        spans: list[tuple[int, int, int]],
    ) -> None:
        chosen = number == self._row
        paint.ground(painter, rect, chosen=chosen, odd=number % 2 == 1 and not row.total)
        if row.total and not row.corrections:
            paint.line_above(painter, rect)
        right = spans[0][1] if spans else rect.right()
        paint.name(painter, rect, row, right, chosen=chosen)
        for column, x, width in spans:
            place = QRect(x, rect.y(), width, rect.height())
            focus = chosen and column == self._column
            paint.figure(painter, place, row, row.cells[column], chosen=chosen, focus=focus)
            if focus:
                paint.ring(painter, place, strong=self.hasFocus())
