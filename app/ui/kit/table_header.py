"""The heading strip: aligned like its cells, sort arrow, tick box, second line."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QHeaderView, QWidget

from app.ui.kit import icons, paint, theme
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.tokens import COLORS

KEPT_PICTURES = 200


@dataclass(frozen=True)
class HeadNote:
    """A second line under a title, e.g. the column of the file; clickable where `menu` is set."""

    text: str
    tone: str = "text2"
    menu: bool = True


class TableHeader(QHeaderView):
    """Knows the columns of a PagedTableModel; asks for sorting, never sorts."""

    sort_clicked = Signal(str)
    note_clicked = Signal(str, QPoint)
    tick_clicked = Signal()

    def __init__(self, model: PagedTableModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = model
        self._sorted: tuple[str, bool] | None = None
        self._notes: dict[str, HeadNote] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self.setMinimumSectionSize(theme.current().px(24))
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(not model.tickable)
        self.setHighlightSections(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_sort(self, key: str, *, ascending: bool) -> None:
        """An arrow at the column `key`; '' for a list that no column sorts."""
        if self._sorted != (key, ascending):
            self._sorted = (key, ascending)
            self.viewport().update()

    def set_notes(self, notes: dict[str, HeadNote]) -> None:
        self._notes = dict(notes)
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        metrics = theme.current()
        return QSize(0, metrics.head + (metrics.px(14) if self._notes else 0))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Each section is painted once and kept: every new list repaints the heading."""
        ratio = painter.device().devicePixelRatioF()
        key = (*self._look(section), rect.width(), rect.height(), ratio)
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) > KEPT_PICTURES:
                self._pictures.clear()
            picture = self._pictures[key] = self._picture(rect, section, ratio)
        painter.drawPixmap(rect.topLeft(), picture)

    def _look(self, section: int) -> tuple[object, ...]:
        """Everything that a section's picture depends on, besides its size."""
        column = self._columns.column_of(section)
        if column is None:
            return (None, self._columns.tick_state())
        order = self._sorted if self._sorted and self._sorted[0] == column.key else None
        return (column.key, order, bool(self._notes), self._notes.get(column.key))

    def _picture(self, rect: QRect, section: int, ratio: float) -> QPixmap:
        picture = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        self._paint_section(painter, QRect(0, 0, rect.width(), rect.height()), section)
        painter.end()
        return picture

    def _paint_section(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, QColor(COLORS.bg))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), QColor(COLORS.border))
        column = self._columns.column_of(section)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if column is None:
            paint.check_box(painter, self._tick_box(rect), self._columns.tick_state())
        else:
            pad = theme.current().pad
            inner = rect.adjusted(pad, 0, -pad, -1)
            self._paint_title(painter, inner, column.key, column.title, column.align == "right")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        moved = self._pressed_at - event.position().toPoint()
        super().mouseReleaseEvent(event)
        resizing = self.cursor().shape() is Qt.CursorShape.SplitHCursor
        left = event.button() is Qt.MouseButton.LeftButton
        if left and not resizing and moved.manhattanLength() < 4:
            self._clicked(event.position().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    _pressed_at = QPoint()

    def _clicked(self, place: QPoint) -> None:
        section = self.logicalIndexAt(place)
        column = self._columns.column_of(section) if section >= 0 else None
        if section >= 0 and column is None:
            self.tick_clicked.emit()
        elif column is not None and column.key in self._notes and place.y() > self.height() // 2:
            corner = QPoint(self.sectionViewportPosition(section), self.height())
            self.note_clicked.emit(column.key, self.mapToGlobal(corner))
        elif column is not None and column.sortable:
            self.sort_clicked.emit(column.key)

    def _tick_box(self, rect: QRect) -> QRect:
        side = theme.current().box
        x = rect.x() + theme.current().pad + 1
        return QRect(x, rect.center().y() - side // 2 + 1, side, side)

    def _paint_title(
        self, painter: QPainter, inner: QRect, key: str, words: str, right: bool
    ) -> None:
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        note = self._notes.get(key)
        place = inner.adjusted(0, 0, 0, -inner.height() // 2 + 2) if self._notes else inner
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(QColor(COLORS.text2))
        shown = words
        if theme.text_width(words, "small", bold=True) > place.width() + 2:
            room = place.width() + 2
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if self._sorted and self._sorted[0] == key:
            self._paint_arrow(painter, place, theme.text_width(shown, "small", bold=True), right)
        if note:
            self._paint_note(painter, inner, note, side)

    def _paint_arrow(self, painter: QPainter, place: QRect, words: int, right: bool) -> None:
        size = theme.current().px(14)
        x = place.right() - words - size - 2 if right else place.x() + words + 3
        ascending = self._sorted is not None and self._sorted[1]
        name = "arrow-up" if ascending else "arrow-down"
        square = QRect(x, place.center().y() - size // 2 + 1, size, size)
        icons.draw(painter, square, name, COLORS.primary)

    def _paint_note(
        self, painter: QPainter, inner: QRect, note: HeadNote, side: Qt.AlignmentFlag
    ) -> None:
        place = inner.adjusted(0, inner.height() // 2 - 2, 0, 0)
        color = {"warn": COLORS.warn, "danger": COLORS.danger}.get(note.tone, COLORS.placeholder)
        arrow = theme.current().px(14) if note.menu else 0
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(color))
        shown = painter.fontMetrics().elidedText(
            note.text, Qt.TextElideMode.ElideRight, place.width() - arrow
        )
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
        if arrow:
            x = place.x() + painter.fontMetrics().horizontalAdvance(shown) + 3
            square = QRect(x, place.center().y() - arrow // 2 + 1, arrow, arrow)
            icons.draw(painter, square, "chevron-down", color)
