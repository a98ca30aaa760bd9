"""The list of people at the login: initial in a circle, name, role."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.kit import theme
from app.ui.kit.tokens import COLORS

ROLE = Qt.ItemDataRole.UserRole
KEY = Qt.ItemDataRole.UserRole + 1


class UserList(QListWidget):
    """`people`: (key, name, role). Emits the key of whoever is chosen."""

    chosen = Signal(str)

    def __init__(self, people: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setAccessibleName("谁来用")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_PersonDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_people(people)
        self.currentRowChanged.connect(lambda _: self.chosen.emit(self.current_key()))

    def set_people(self, people: Sequence[tuple[str, str, str]]) -> None:
        """Others in the place of those who were listed."""
        self.clear()
        for key, name, role in people:
            item = QListWidgetItem(name)
            item.setData(ROLE, role)
            item.setData(KEY, key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name} {role}")
            self.addItem(item)

    def current_key(self) -> str:
        item = self.currentItem()
        return str(item.data(KEY)) if item is not None else ""

    def choose(self, key: str) -> None:
        """Make somebody current; the first one where the key is not known."""
        keys = [str(self.item(row).data(KEY)) for row in range(self.count())]
        self.setCurrentRow(keys.index(key) if key in keys else 0)

    def step(self, rows: int) -> None:
        """Up or down, also while the focus is in the password field."""
        self.setCurrentRow(min(max(0, self.currentRow() + rows), self.count() - 1))


class _PersonDelegate(QStyledItemDelegate):
    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.current().px(48))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the same
        selected = bool(state & QStyle.StateFlag.State_Selected)
        name = str(index.data())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(rect, QColor(COLORS.primary_soft))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
        painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), QColor(COLORS.hair))
        self._circle(painter, rect, name[:1], selected)
        self._words(painter, rect, name, str(index.data(ROLE)), selected)
        painter.restore()

    def _circle(self, painter: QPainter, rect: QRect, initial: str, selected: bool) -> None:
        px = theme.current().px
        side = px(30)
        place = QRectF(rect.x() + px(20), rect.center().y() - side / 2 + 1, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(COLORS.primary if selected else COLORS.neutral_soft))
        painter.drawEllipse(place)
        painter.setPen(QColor(COLORS.surface if selected else COLORS.text2))
        painter.setFont(theme.font(bold=True))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, initial)

    def _words(self, painter: QPainter, rect: QRect, name: str, role: str, selected: bool) -> None:
        px = theme.current().px
        inner = rect.adjusted(px(61), 0, -px(16), 0)
        painter.setFont(theme.font("small"))
        painter.setPen(QColor(COLORS.text2))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        half = inner.width() * 2 // 3
        role = painter.fontMetrics().elidedText(role, Qt.TextElideMode.ElideRight, half)
        painter.drawText(inner, right, role)
        room = inner.width() - theme.text_width(role, "small") - px(10)
        painter.setFont(theme.font(bold=selected))
        painter.setPen(QColor(COLORS.sel_text if selected else COLORS.text))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)
