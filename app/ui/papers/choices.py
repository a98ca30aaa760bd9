"""The list of papers that can be made, by group."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.kit import paint, theme
from app.ui.kit.tokens import COLORS

_KEY = Qt.ItemDataRole.UserRole


class PaperChoices(QListWidget):
    """`groups`: (heading, ((key, title), ...)). Announces the key of the chosen paper."""

    chosen = Signal(str)

    def __init__(self, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> None:
        super().__init__()
        self.setAccessibleName("能做的文书")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_PaperDelegate(self))
        for heading, papers in groups:
            band = QListWidgetItem(heading)
            band.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(band)
            for key, title in papers:
                item = QListWidgetItem(title)
                item.setData(_KEY, key)
                self.addItem(item)
        self.currentItemChanged.connect(self._announce)

    def choose(self, key: str) -> None:
        """Make a paper current."""
        for number in range(self.count()):
            if self.item(number).data(_KEY) == key:
                self.setCurrentRow(number)

    def _announce(self, item: QListWidgetItem | None) -> None:
        key = item.data(_KEY) if item is not None else None
        if key:
            self.chosen.emit(str(key))


class _PaperDelegate(QStyledItemDelegate):
    """Headings of groups quiet and small, papers in rows, the chosen one with its bar."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        metrics = theme.current()
        return QSize(0, metrics.control if index.data(_KEY) else metrics.control_small)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the same
        on, paper = bool(state & QStyle.StateFlag.State_Selected), bool(index.data(_KEY))
        painter.save()
        if on:
            painter.fillRect(rect, QColor(COLORS.primary_soft))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
        painter.setFont(theme.font("base" if paper else "small", bold=on or not paper))
        painter.setPen(QColor(COLORS.sel_text if on else COLORS.text if paper else COLORS.text2))
        words = rect.adjusted(theme.current().px(15), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        if on and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, rect)
        painter.restore()
