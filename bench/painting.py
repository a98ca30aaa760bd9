"""Waits until Qt has really painted, and a plain table to compare with."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QDeadlineTimer,
    QEvent,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.ui.kit import theme

PLAIN = QModelIndex()


class PaintWatch(QObject):
    """Counts the paints of one widget and calls `painted` after the first one is done."""

    def __init__(self, widget: QWidget, painted: Callable[[], None] = lambda: None) -> None:
        super().__init__(widget)
        self.count = 0
        self._painted = painted
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.count += 1
            if self.count == 1:
                # The filter runs before the painting; this runs after it.
                QTimer.singleShot(0, self._painted)
        return False


def until_painted(widget: QWidget, work: Callable[[], object]) -> None:
    """Does the work and processes events until `widget` has been painted after it, dressed."""
    window = widget.window()
    if not window.styleSheet():
        theme.dress(window)
    watch = PaintWatch(widget)
    work()
    patience = QDeadlineTimer(10_000)
    while not watch.count:
        QApplication.processEvents()
        if patience.hasExpired():
            raise TimeoutError(f"{widget} was not painted")
    widget.removeEventFilter(watch)
    watch.deleteLater()


class PlainModel(QAbstractTableModel):
    """The least a table can be: ids, and a function that fetches the texts of a range of them."""

    def __init__(self, ids: Sequence[int], fetch: Callable[[Sequence[int]], list[tuple]]) -> None:
        super().__init__()
        self._ids = ids
        self._fetch = fetch
        self._first, self._rows = 0, []

    def rowCount(self, parent: QModelIndex = PLAIN) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex = PLAIN) -> int:
        return 9

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if not self._first <= index.row() < self._first + len(self._rows):
            self._first = index.row()
            self._rows = self._fetch(self._ids[self._first : self._first + 200])
        return self._rows[index.row() - self._first][index.column()]


def plain_view(model: QAbstractTableModel) -> QTableView:
    """Of the size of the program's window, so that both paint the same number of rows."""
    view = QTableView()
    view.setModel(model)
    view.resize(1366, 768)
    return view
