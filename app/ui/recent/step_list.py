"""The list of steps: ↑↓ choose how far back, Enter or a click does what a line offers."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from app.services.steps import Step
from app.ui.recent.step_model import StepModel
from app.ui.recent.step_painter import StepPainter

Index = QModelIndex | QPersistentModelIndex


class StepList(QListView):
    """Lines above the current one are chosen with it: what goes back together has no gap."""

    verb_wanted = Signal(object)
    """the Step whose button was pressed"""
    chosen_changed = Signal()

    def __init__(self, model: StepModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = model
        self.painter = StepPainter(self)
        self._pressed = -1
        self.together = True
        """False while a search leaves lines out: then a line stands alone."""
        self.setModel(model)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("刚才做了什么")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def chosen(self) -> list[Step]:
        """The lines from the newest down to the current one; the current one alone in a search."""
        row = self.currentIndex().row()
        if row < 0:
            return []
        return self._steps.steps[0 if self.together else row : row + 1]

    def current(self) -> Step | None:
        row = self.currentIndex().row()
        return self._steps.steps[row] if row >= 0 else None

    def choose(self, row: int) -> None:
        """Make a line the last of the chosen ones."""
        if 0 <= row < len(self._steps.steps):
            self.setCurrentIndex(self._steps.index(row))
        self._mark()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and step is not None:
            if step.verb:
                self.verb_wanted.emit(step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._verb_row(event.position().toPoint())
        if self._pressed < 0:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row, self._pressed = self._pressed, -1
        if row >= 0 and row == self._verb_row(event.position().toPoint()):
            self.verb_wanted.emit(self._steps.steps[row])
        else:
            super().mouseReleaseEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._verb_row(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.painter.hovered:
            self.painter.hovered = row
            hand = Qt.CursorShape.PointingHandCursor if row >= 0 else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(hand)
            self.viewport().update()

    def _verb_row(self, place: QPoint) -> int:
        index = self.indexAt(place)
        if index.isValid() and self.painter.verb_rect(self.visualRect(index), index).contains(
            place
        ):
            return index.row()
        return -1

    def _mark(self) -> None:
        row = self.currentIndex().row()
        self.painter.chosen_from = 0 if self.together else row
        self.painter.chosen_to = row
        self.viewport().update()
        self.chosen_changed.emit()
