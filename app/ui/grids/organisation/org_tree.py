"""A tree of the organisation: what a body is called, and who is in it or that nobody is."""

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.services.organisation import Node
from app.ui.kit import icons, paint, theme
from app.ui.kit.labels import RIGHT_MIDDLE
from app.ui.kit.tokens import COLORS

NODE = Qt.ItemDataRole.UserRole
INDENT, LINE = 16, 30
OPEN_DEPTH = 2
"""So many levels lie open at first: with all buildings the grids would not fit the screen."""
_SHARE = 0.45


def people_of(node: Node) -> str:
    """周立群、孙丽: who is in it; a 中心户 has his name in the title."""
    if node.key.startswith("hub:"):
        return ""
    held = (seat for seat in node.seats if seat.exclusive or len(node.seats) == 1)
    return "、".join(one.name for seat in held for one in seat.holders)


def vacancy_words(node: Node) -> str:
    """空缺, or 空缺 2 where more than one post of this line is empty."""
    count = sum(1 for seat in node.seats if seat.vacant)
    return "" if not count else "空缺" if count == 1 else f"空缺 {count}"


class OrgTree(QTreeWidget):
    """What is unfolded and chosen stays so when the tree is read anew."""

    walked = Signal(object)
    """The current Node changed, or the tree got the focus"""
    taken = Signal(object)
    """Enter or a double click"""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.active = False
        self._items: dict[str, QTreeWidgetItem] = {}
        self._quiet = False
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_LineDelegate(self))
        self.itemDoubleClicked.connect(lambda item, _: self.taken.emit(item.data(0, NODE)))

    @property
    def current(self) -> Node | None:
        item = self.currentItem()
        return cast(Node, item.data(0, NODE)) if item is not None else None

    def show_tree(self, root: Node) -> None:
        """Another tree in the place of the one that is shown."""
        first = not self._items
        opened = {key for key, item in self._items.items() if item.isExpanded()}
        kept = self.current
        self._quiet = True
        self.clear()
        self._items = {}
        self.addTopLevelItem(self._item(root))
        for key, depth in _depths(root):
            self._items[key].setExpanded(depth < OPEN_DEPTH if first else key in opened)
        self._quiet = False
        self.choose(kept.key if kept is not None and kept.key in self._items else root.key)

    def choose(self, key: str, *, quiet: bool = True) -> bool:
        """Make a line current, unfolded down to it; False where it is not there."""
        item = self._items.get(key)
        if item is None:
            return False
        self._quiet = quiet
        self.setCurrentItem(item)
        self.scrollToItem(item)
        self._quiet = False
        return True

    def set_active(self, on: bool) -> None:
        """The tree whose line the card shows; the other shows the counterpart, more quietly."""
        self.active = on
        self.viewport().update()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self.walked.emit(current.data(NODE))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current is not None:
            self.walked.emit(self.current)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the arrow folds; elsewhere it chooses."""
        item = self.itemAt(event.position().toPoint())
        if item is not None and item.childCount() and self._on_arrow(item, event):
            item.setExpanded(not item.isExpanded())
        else:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _item(self, node: Node) -> QTreeWidgetItem:
        item = QTreeWidgetItem([node.title])
        item.setData(0, NODE, node)
        told = " ".join(part for part in (node.title, people_of(node), vacancy_words(node)) if part)
        theme.ensure_glyphs(told)
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
        item.setToolTip(0, told)
        self._items[node.key] = item
        item.addChildren([self._item(child) for child in node.children])
        return item

    def _on_arrow(self, item: QTreeWidgetItem, event: QMouseEvent) -> bool:
        left = theme.current().px(10 + INDENT * _depth(self.indexFromItem(item)))
        return bool(left <= event.position().x() <= left + theme.current().icon_small)


def _depths(node: Node, depth: int = 0) -> Iterator[tuple[str, int]]:
    yield node.key, depth
    for child in node.children:
        yield from _depths(child, depth + 1)


def _depth(index: QModelIndex | QPersistentModelIndex) -> int:
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth


class _LineDelegate(QStyledItemDelegate):
    """Arrow, title, and at the right edge the people or the word 空缺."""

    def __init__(self, tree: OrgTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(0, theme.current().px(LINE))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the same
        node: Node = index.data(NODE)
        painter.save()
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on:
            painter.fillRect(rect, QColor(COLORS.primary_soft))
        if on and self._tree.active:
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
        opened = bool(state & QStyle.StateFlag.State_Open)
        _paint_line(painter, rect, node, _depth(index), on=on, opened=opened)
        if on and self._tree.hasFocus():
            paint.focus_ring(painter, rect)
        painter.restore()


def _paint_line(
    painter: QPainter, rect: QRect, node: Node, depth: int, *, on: bool, opened: bool
) -> None:
    metrics = theme.current()
    inside = rect.adjusted(metrics.px(10 + INDENT * depth), 0, -metrics.px(12), 0)
    side = metrics.icon_small
    if node.children:
        place = QRect(inside.x(), inside.center().y() - side // 2, side, side)
        icons.draw(painter, place, "chevron-down" if opened else "chevron-right", COLORS.text2)
    inside.setLeft(inside.x() + side + metrics.px(4))
    used = _paint_people(painter, inside, node)
    bold = depth < OPEN_DEPTH + 1 and bool(node.children or node.seats)
    painter.setFont(theme.font(bold=bold))
    painter.setPen(QColor(COLORS.sel_text if on else COLORS.text))
    room = inside.adjusted(0, 0, -used, 0)
    words = painter.fontMetrics().elidedText(node.title, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _paint_people(painter: QPainter, inside: QRect, node: Node) -> int:
    """From the right edge; returns the width that they take."""
    gap, used = theme.current().px(8), 0
    painter.setFont(theme.font("small"))
    most = int(inside.width() * _SHARE)
    for words, color in ((vacancy_words(node), COLORS.warn), (people_of(node), COLORS.text2)):
        if not words:
            continue
        room = most - used
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(color))
        painter.drawText(inside.adjusted(0, 0, -used, 0), RIGHT_MIDDLE, shown)
        used += painter.fontMetrics().horizontalAdvance(shown) + gap
    return used
