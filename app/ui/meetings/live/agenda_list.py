"""The items of a meeting, each with its number or a tick and how it stands."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models import ItemState
from app.services.agenda import ItemView
from app.services.vote_views import VoteView
from app.ui.kit import icons, paint, theme
from app.ui.kit.tokens import COLORS
from app.ui.meetings.live.words import item_line

_ROW = 56
_ITEM = Qt.ItemDataRole.UserRole
_TOLD = Qt.ItemDataRole.UserRole + 1


class AgendaList(QListWidget):
    """Arrows and clicks look at an item, Enter and a double click call it."""

    looked = Signal(int)
    called = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("议程")
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerItem)
        self.currentItemChanged.connect(lambda item, _: self._look(item))
        self.itemDoubleClicked.connect(lambda item: self.called.emit(item.data(_ITEM).id))

    def show_items(
        self, items: Sequence[ItemView], votes: Mapping[int, VoteView], current: int | None
    ) -> None:
        """List them, with the last vote on each; nothing is announced."""
        silent = self.blockSignals(True)
        self.clear()
        for one in items:
            told = item_line(one, votes.get(one.id))
            line = QListWidgetItem(f"{one.place}　{one.title}，{told}", self)
            line.setData(_ITEM, one)
            line.setData(_TOLD, told)
            line.setToolTip(one.title)
            if one.id == current:
                self.setCurrentItem(line)
        self.blockSignals(silent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whole items only."""
        super().resizeEvent(event)
        spare = self.height() % theme.current().px(_ROW)
        if self.viewportMargins().bottom() != spare:
            self.setViewportMargins(0, 0, 0, spare)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if item is not None and not event.isAutoRepeat():
                self.called.emit(item.data(_ITEM).id)
            return
        super().keyPressEvent(event)

    def _look(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.looked.emit(item.data(_ITEM).id)


class _Painter(QStyledItemDelegate):
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.current().px(_ROW))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        item: ItemView = index.data(_ITEM)
        area: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave it out
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # likewise
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(area, QColor(COLORS.primary_soft))
            bar = QRect(area.x(), area.y(), 3, area.height())
            painter.fillRect(bar, QColor(COLORS.primary))
        painter.setPen(QColor(COLORS.hair))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        self._paint_mark(painter, area, item)
        self._paint_words(painter, area, item, index.data(_TOLD), chosen=chosen)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, area)
        painter.restore()

    def _paint_mark(self, painter: QPainter, area: QRect, item: ItemView) -> None:
        """A tick where it is done, else the number, filled for the one that is treated."""
        side = theme.current().px(21)
        place = QRect(
            area.x() + theme.current().px(15), area.y() + theme.current().px(9), side, side
        )
        if item.state is ItemState.DONE:
            icons.draw(painter, place, "check-circle-outline", COLORS.ok)
            return
        now = item.state is ItemState.NOW
        painter.setPen(QPen(QColor(COLORS.primary if now else COLORS.input_border), 1))
        painter.setBrush(QColor(COLORS.primary if now else COLORS.surface))
        painter.drawEllipse(place)
        painter.setPen(QColor(COLORS.surface if now else COLORS.text2))
        painter.setFont(theme.font("small", bold=now))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(item.place))

    def _paint_words(
        self, painter: QPainter, area: QRect, item: ItemView, told: str, *, chosen: bool
    ) -> None:
        px = theme.current().px
        left, right = area.x() + px(45), area.right() - px(10)
        title = QRect(left, area.y() + px(7), right - left, px(23))
        painter.setFont(theme.font("base", bold=chosen or item.state is ItemState.NOW))
        painter.setPen(QColor(COLORS.sel_text if chosen else COLORS.text))
        painter.drawText(title, _LEFT, _fitted(painter, item.title, title.width()))
        line = QRect(left, title.bottom(), right - left, px(20))
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.ok if item.state is ItemState.DONE else COLORS.text2))
        painter.drawText(line, _LEFT, _fitted(painter, told, line.width()))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def _fitted(painter: QPainter, words: str, width: int) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, width)
