"""The table of the program: whole rows only, ticks, sorting by request, copy and paste."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QDialog, QFrame, QMenu, QTableView, QWidget

from app.ui.kit import keys, table_clipboard, table_paper, theme
from app.ui.kit.search_box import BURST_GAP
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_header import HeadNote, TableHeader
from app.ui.kit.table_layout import ColumnLayout
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.table_painter import RowPainter
from app.ui.kit.tokens import COLORS

Index = QModelIndex | QPersistentModelIndex


class PagedTable(QTableView):
    """Shows a PagedTableModel. The current row is chosen, ticked rows are collected: two things."""

    opened = Signal(object)
    """id of a row: Enter or double click"""
    current_changed = Signal(object)
    """id of the current row, None without rows"""
    ticks_changed = Signal(int)
    sort_requested = Signal(str, bool)
    """column key, ascending"""
    note_clicked = Signal(str, QPoint)
    pasted = Signal(object)
    """list of rows of texts, only after `accept_paste()`"""
    range_changed = Signal(int, int, int)
    """first and last row that are seen, counted from 1, and the number of all"""
    escaped = Signal()
    """Esc without ticks"""

    def __init__(self, model: PagedTableModel, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painter = RowPainter()
        self._data = model
        self._sorted: tuple[str, bool] | None = None
        self._menu_filler: Callable[[QMenu, Any], None] | None = None
        self._empty: EmptyState | None = None
        self._tick_anchor = 0
        self._takes_paste = False
        self._last_letter = 0.0
        self.paper = table_paper.PaperFacts(name)
        """What stands at the head of the table when it is printed or exported."""
        self._head = TableHeader(model, self)
        self.setHorizontalHeader(self._head)
        self.setModel(model)
        self._columns = ColumnLayout(self, model, name)
        self._dress(name)
        self._connect()

    def _dress(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        side = self.verticalHeader()
        side.hide()
        side.setMinimumSectionSize(1)
        side.setDefaultSectionSize(theme.current().row)
        strip = QFrame(self)
        strip.setFixedHeight(self._head.sizeHint().height())
        strip.setStyleSheet(f"background:{COLORS.bg}; border-bottom:1px solid {COLORS.border};")
        self._strip = strip
        self.addScrollBarWidget(strip, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self._head.sort_clicked.connect(self._sort_by)
        self._head.tick_clicked.connect(self._tick_heading)
        self._head.note_clicked.connect(self.note_clicked)
        self._data.ticks_changed.connect(self._ticks_changed)
        self._data.modelReset.connect(self._after_reset)
        self.verticalScrollBar().valueChanged.connect(self._announce_range)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        keys.bind(self, "copy", self.copy)
        keys.bind(self, "tick_all", self._tick_group)
        keys.bind(self, "paste", self._paste)

    # -- for the page

    @property
    def paged_model(self) -> PagedTableModel:
        return self._data

    def current_id(self) -> Any:
        """id of the current row or None."""
        index = self.currentIndex()
        return self._data.id_at(index.row()) if index.isValid() else None

    def select_id(self, wanted: Any) -> bool:
        """Make the row of an id current and show it; False where it is not in the list."""
        try:
            number = self._data.ids.index(wanted)
        except ValueError:
            return False
        self.select_row(number)
        return True

    def select_row(self, number: int) -> None:
        """Of a band the row below it."""
        number += self._data.band_at(number) is not None
        self.setCurrentIndex(self._data.index(number, int(self._data.tickable)))

    def let_go(self) -> None:
        """No row is current, until one is chosen again."""
        self.setCurrentIndex(QModelIndex())

    def show_sort(self, key: str, *, ascending: bool) -> None:
        self._sorted = (key, ascending)
        self._head.show_sort(key, ascending=ascending)

    def set_notes(self, notes: dict[str, HeadNote]) -> None:
        """Second lines in the heading (import: which column of the file)."""
        self._head.set_notes(notes)
        self._strip.setFixedHeight(self._head.sizeHint().height())
        self.updateGeometries()

    def set_column_present(self, key: str, *, present: bool) -> None:
        """Take a column out of the table while it says nothing; not remembered."""
        self._columns.set_present(key, present=present)

    def set_context_menu(self, fill: Callable[[QMenu, Any], None]) -> None:
        """`fill(menu, id)` adds entries above the standard ones (复制, 列)."""
        self._menu_filler = fill

    def accept_paste(self) -> None:
        self._takes_paste = True

    def set_empty(self, state: EmptyState | None) -> None:
        """What to show while there are no rows; the one before is gone for good."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = state
        if state is not None:
            state.setParent(self.viewport())
        self._place_empty()

    def shown_columns(self) -> list[tuple[Column, int]]:
        """The columns on the screen, in its order, with their widths in pixels."""
        return self._columns.visible_widths()

    def visible_rows(self) -> int:
        """How many whole rows fit."""
        return max(1, self.viewport().height() // theme.current().row)

    def copy(self) -> None:
        """The ticked rows, or the current one, with headings as they stand on the screen."""
        chosen = self._chosen_ids()
        if chosen:
            table_paper.copy(self, chosen)

    # -- geometry: the spare pixels go to the rows, so that no half row is ever painted

    def _row_rect(self, number: int) -> QRect:
        first = self.verticalScrollBar().value()
        height, spare = self._row_height()
        place = number - first
        y = place * height + max(0, min(place, spare))
        return QRect(0, y, self.viewport().width(), height + int(0 <= place < spare))

    def _row_height(self) -> tuple[int, int]:
        return divmod(self.viewport().height(), self.visible_rows())

    def _row_at(self, y: int) -> int:
        height, spare = self._row_height()
        edge = spare * (height + 1)
        place = y // (height + 1) if y < edge else spare + (y - edge) // max(1, height)
        number = self.verticalScrollBar().value() + place
        return number if 0 <= number < self._data.rowCount() else -1

    def indexAt(self, place: QPoint) -> QModelIndex:
        number, section = self._row_at(place.y()), self.columnAt(place.x())
        return self._data.index(number, section) if min(number, section) >= 0 else QModelIndex()

    def visualRect(self, index: Index) -> QRect:
        row = self._row_rect(index.row())
        x = self.columnViewportPosition(index.column())
        return QRect(x, row.y(), self.columnWidth(index.column()), row.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        height, _ = self._row_height()
        if self.verticalHeader().defaultSectionSize() != height:
            self._set_row_height(height)
        super().resizeEvent(event)
        self._columns.spread(self.viewport().width())
        self._place_empty()
        self._announce_range()

    def _set_row_height(self, height: int) -> None:
        """Without telling of every row: rows are placed by this class, and there may be many."""
        side = self.verticalHeader()
        told = side.blockSignals(True)
        side.setDefaultSectionSize(height)
        side.blockSignals(told)

    def _place_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(self._data.rowCount() == 0)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        sections = self._sections()
        current = self.currentIndex().row()
        first = self.verticalScrollBar().value()
        last = min(first + self.visible_rows(), self._data.rowCount())
        for number in range(first, last):
            rect = self._row_rect(number)
            if rect.intersects(event.rect()):
                self._paint_row(painter, number, rect, sections, number == current)
        if first <= current < last and self.hasFocus():
            self._painter.ring(painter, self._row_rect(current))

    def _paint_row(
        self,
        painter: QPainter,
        number: int,
        rect: QRect,
        sections: list[tuple[int, int, int, bool]],
        selected: bool,
    ) -> None:
        band = self._data.band_at(number)
        if band is not None:
            self._painter.band(painter, rect, band)
            return
        self._painter.ground(painter, rect, selected=selected, odd=number % 2 == 1)
        cells = self._data.cells(number)
        for column, x, width, right in sections:
            place = QRect(x, rect.y(), width, rect.height())
            if column < 0:
                self._painter.tick(painter, place, on=self._data.is_ticked(number))
            else:
                self._painter.cell(painter, place, cells[column], right=right, selected=selected)

    def _sections(self) -> list[tuple[int, int, int, bool]]:
        """(number of the column, -1 for ticks; x; width; aligned right) of the shown columns."""
        shift = int(self._data.tickable)
        found = []
        for section in range(self._data.columnCount()):
            if not self.isColumnHidden(section):
                column = self._data.column_of(section)
                right = column is not None and column.align == "right"
                x, width = self.columnViewportPosition(section), self.columnWidth(section)
                found.append((section - shift, x, width, right))
        return found

    # -- keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            # Ctrl+Enter is the dialog's: it takes what is ticked.
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()
            elif not event.isAutoRepeat() and time.monotonic() - self._last_letter > BURST_GAP:
                # So soon behind a letter it is a scanner's, which means another field.
                self._open(index.row())
        elif event.key() == Qt.Key.Key_Space and self._data.tickable and index.isValid():
            self._toggle(index.row())
        elif event.key() == Qt.Key.Key_Escape:
            self._escape(event)
        elif self._extends(event) and index.isValid():
            self._data.tick([index.row()], on=True)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.select_row(min(max(0, index.row() + step), self._data.rowCount() - 1))
            self._data.tick([self.currentIndex().row()], on=True)
        else:
            letter = event.text() and event.text().isprintable()
            self._last_letter = time.monotonic() if letter else 0.0
            super().keyPressEvent(event)

    def _extends(self, event: QKeyEvent) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return shift and self._data.tickable and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and self._data.tickable and self._is_left(event):
            self._tick_by_mouse(index, event.modifiers())

    def _is_left(self, event: QMouseEvent) -> bool:
        return event.button() is Qt.MouseButton.LeftButton

    def _tick_by_mouse(self, index: QModelIndex, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            low, high = sorted((self._tick_anchor, index.row()))
            self._data.tick(range(low, high + 1), on=True)
        elif modifiers & Qt.KeyboardModifier.ControlModifier or index.column() == 0:
            self._toggle(index.row())

    def _toggle(self, number: int) -> None:
        self._tick_anchor = number
        self._data.tick([number], on=not self._data.is_ticked(number))

    def _tick_all(self, *, on: bool) -> None:
        if self._data.tickable:
            self._data.tick_all(on=on)

    def _tick_group(self) -> None:
        """The group in which the cursor stands; once more, the whole list."""
        group = self._data.group(self.currentIndex().row())
        if all(map(self._data.is_ticked, group)):
            self._tick_all(on=True)
        else:
            self._data.tick(group, on=True)

    def _tick_heading(self) -> None:
        self._tick_all(on=self._data.tick_state() is Qt.CheckState.Unchecked)

    def _escape(self, event: QKeyEvent) -> None:
        """Takes the ticks back; without any, and always in a dialog, whoever is around leaves."""
        if isinstance(self.window(), QDialog):
            event.ignore()
        elif self._data.ticked:
            self._data.tick_all(on=False)
        else:
            self.escaped.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        index = self.currentIndex()
        if self._menu_filler and index.isValid():
            self._menu_filler(menu, self._data.id_at(index.row()))
            menu.addSeparator()
        if index.isValid() and table_paper.may_copy(self):
            menu.addAction(f"复制\t{keys.cap('copy')}", self.copy)
        table_paper.fill_menu(menu, self)
        self._columns.fill_menu(menu.addMenu("列"))
        menu.popup(event.globalPos())

    # -- reactions

    def _open(self, number: int) -> None:
        self.opened.emit(self._data.id_at(number))

    def _paste(self) -> None:
        rows = table_clipboard.pasted() if self._takes_paste else []
        if rows:
            self.pasted.emit(rows)

    def _chosen_ids(self) -> Sequence[Any]:
        ticked = self._data.ticked_in_order()
        current = self.current_id()
        return ticked or ([] if current is None else [current])

    def _sort_by(self, key: str) -> None:
        ascending = self._sorted != (key, True)
        self.show_sort(key, ascending=ascending)
        self.sort_requested.emit(key, ascending)

    def _ticks_changed(self) -> None:
        self._head.viewport().update()
        self.ticks_changed.emit(len(self._data.ticked))

    def _after_reset(self) -> None:
        self._tick_anchor = 0
        self._place_empty()
        self._announce_range()
        if self._data.rowCount() == 0:
            self.current_changed.emit(None)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid() and current.row() != previous.row():
            self.current_changed.emit(self._data.id_at(current.row()))

    def _announce_range(self) -> None:
        count = self._data.rowCount()
        top = self.verticalScrollBar().value()
        bottom = min(top + self.visible_rows(), count)
        first, last, lines = map(self._data.lines_before, (top, bottom, count))
        self.range_changed.emit(first + 1 if lines else 0, last, lines)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._data.rowCount():
            self.select_row(self.verticalScrollBar().value())
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self.viewport().update()
