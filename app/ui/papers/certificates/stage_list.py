"""The middle of the page 文书: what is waiting, what went out, under one heading strip."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.kit import paint, theme
from app.ui.kit.card import Card
from app.ui.kit.labels import rule
from app.ui.kit.states import EmptyState
from app.ui.kit.tokens import COLORS
from app.ui.papers.certificates.stage_head import StageHead, columns
from app.ui.papers.certificates.stage_model import ITEM, Band, Line, StageModel, number_words

HOW = "点左边的一种证明，就开始填"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class StageList(Card):
    """Lines by stage. Announces the paper that is current, and Enter or double click on it."""

    current_changed = Signal(object)
    """id of a paper, None without one"""
    opened = Signal(int)
    menu_asked = Signal(QPoint)
    copy_asked = Signal()
    """The right mouse button on the current paper, in global coordinates"""

    def __init__(self, fetch: Callable[[Sequence[int]], Sequence[Line]]) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self.model = StageModel(fetch, self)
        self.view = _View(self.model)
        self._shown: int | None = None
        self.head = StageHead(self.view)
        self.body.addWidget(self.head)
        self.body.addWidget(rule())
        self._empty = EmptyState("file-certificate-outline", "", HOW)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self.body.addWidget(self._stack, 1)
        self.setFocusProxy(self.view)
        self.view.selectionModel().currentChanged.connect(self._announce)
        self.view.entered_line.connect(self.opened)
        self.view.menu_asked.connect(self.menu_asked)
        self.view.copied_line.connect(self.copy_asked)

    def show_bands(self, bands: Sequence[Band]) -> None:
        """Show other papers; the current one stays, or the nearest one below takes its place."""
        kept, row = self.current_id(), self.view.currentIndex().row()
        top = self.view.verticalScrollBar().value()
        self.model.set_bands(bands)
        self.head.set_usable(bool(self.model.ids))
        self.view.verticalScrollBar().setValue(top)
        if kept is None or not self.select(kept):
            self._select_near(max(row, 0))
        self._announce()

    def show_empty(self, words: str, filled: bool) -> None:
        """Why there is nothing, where there is nothing."""
        self._empty.set_sentence(words)
        self._stack.setCurrentIndex(0 if filled else 1)

    def current_id(self) -> int | None:
        return self.model.id_at(self.view.currentIndex().row())

    def select(self, paper_id: int) -> bool:
        """Make a paper current; False where it is not in the list."""
        row = self.model.row_of(paper_id)
        if row is None:
            return False
        self.view.setCurrentIndex(self.model.index(row))
        return True

    def _select_near(self, row: int) -> None:
        count = self.model.rowCount()
        order = [*range(min(row, count), count), *range(min(row, count) - 1, -1, -1)]
        for place in order:
            if self.model.id_at(place) is not None:
                self.view.setCurrentIndex(self.model.index(place))
                return

    def _announce(self) -> None:
        current = self.current_id()
        if current != self._shown:
            self._shown = current
            self.current_changed.emit(current)


class _View(QTableView):
    """Whole lines only; Ctrl+C copies the current one."""

    entered_line = Signal(int)
    copied_line = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, model: StageModel) -> None:
        super().__init__()
        self._lines = model
        self.setAccessibleName("办过的证明")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setModel(model)
        self.setItemDelegate(_LineDelegate(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        # Lines of one height: thousands of them are laid out without being asked.
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(theme.current().px(31))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self._open(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied_line.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """For the paper under the mouse, which becomes the current one, or for that one."""
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self.setCurrentIndex(index)
        if self._lines.id_at(self.currentIndex().row()) is not None:
            self.menu_asked.emit(event.globalPos())

    def _open(self, index: QModelIndex) -> None:
        paper = self._lines.id_at(index.row())
        if paper is not None:
            self.entered_line.emit(paper)


class _LineDelegate(QStyledItemDelegate):
    """Bands quiet with their count, papers in four columns, void ones struck through."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the same
        view = self.parent()
        if isinstance(view, QTableView) and not _is_whole(rect, view):
            return  # Half a line at the foot, or at the head of the last page, looks like a fault.
        item: Band | Line | None = index.data(ITEM)
        painter.save()
        if isinstance(item, Band):
            _paint_band(painter, rect, item)
        elif item is not None:
            _paint_line(painter, rect, item, state)
        painter.restore()


def _is_whole(rect: QRect, view: QTableView) -> bool:
    return rect.top() >= 0 and rect.bottom() < view.viewport().height()


def _paint_band(painter: QPainter, rect: QRect, band: Band) -> None:
    px = theme.current().px
    painter.fillRect(rect, QColor(COLORS.bg))
    _hairline(painter, rect)
    painter.setFont(theme.font("small", bold=True))
    painter.setPen(QColor(COLORS.text2))
    inside = rect.adjusted(px(11), 0, -px(10), 0)
    painter.drawText(inside, _MIDDLE, band.title)
    painter.setFont(theme.font("small"))
    painter.drawText(inside, _RIGHT, f"{len(band.ids):,}")


def _paint_line(painter: QPainter, rect: QRect, line: Line, state: QStyle.StateFlag) -> None:
    on = bool(state & QStyle.StateFlag.State_Selected)
    if on:
        painter.fillRect(rect, QColor(COLORS.primary_soft))
        painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
    _hairline(painter, rect)
    number, title, holder, chip = columns(rect)
    painter.setPen(QColor(COLORS.sel_text if on else COLORS.text))
    painter.setFont(theme.font())
    painter.drawText(number, _RIGHT, number_words(line.serial))
    painter.setFont(theme.font(bold=on))
    _draw_short(painter, title, line.title)
    painter.setFont(theme.font())
    _draw_short(painter, holder, line.holder)
    _paint_chip(painter, chip, line, on)
    if on and state & QStyle.StateFlag.State_HasFocus:
        paint.focus_ring(painter, rect)


def _draw_short(painter: QPainter, place: QRect, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, _MIDDLE, shown)


def _paint_chip(painter: QPainter, place: QRect, line: Line, on: bool) -> None:
    height = theme.current().chip
    width = min(paint.chip_width(line.stage_label), place.width())
    chip = QRect(place.x(), place.center().y() - height // 2 + 1, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.chip(painter, chip, line.stage_label, line.tone, on_selection=on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def _hairline(painter: QPainter, rect: QRect) -> None:
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), QColor(COLORS.hair))
