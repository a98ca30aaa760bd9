"""The tree of grids and buildings: ←→ fold, ↑↓ walk, Enter takes the grid."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
)

from app.services.grid_tree import Node, NodeKind
from app.ui.grids.districts.tree_model import NODE, TreeModel, count_words
from app.ui.kit import icons, paint, theme
from app.ui.kit.labels import RIGHT_MIDDLE
from app.ui.kit.tokens import COLORS

Index = QModelIndex | QPersistentModelIndex
INDENT = 18
LINE = 30


class GridTree(QTreeView):
    """What is unfolded and chosen stays so when the tree is read anew."""

    taken = Signal(object)
    """Enter or a double click: the Node"""
    walked = Signal(object)
    """The current Node changed"""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = TreeModel(self)
        self.setModel(self.nodes)
        self.setItemDelegate(_NodeDelegate(self))
        self.setAccessibleName("社区与楼栋")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(lambda index: self.taken.emit(index.data(NODE)))

    @property
    def current(self) -> Node | None:
        """The line with the cursor."""
        index = self.currentIndex()
        return index.data(NODE) if index.isValid() else None

    def show_tree(self, root: Node) -> None:
        """Another tree; the first time the community lies open."""
        first = not self.nodes.rowCount()
        kept = self.current
        opened = {key for key in self._open_keys()}
        self.nodes.show(root)
        for key in opened:
            self.expand(self.nodes.find(key))
        if first:
            self.expand(self.nodes.index(0, 0))
        self.choose(kept.key if kept is not None else root.key)

    def choose(self, key: object) -> bool:
        """Make a node current, unfolded down to it; False where it is not there."""
        index = self.nodes.find(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.walked.emit(current.data(NODE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _open_keys(self, parent: QModelIndex | None = None) -> list[object]:
        above = parent if parent is not None else QModelIndex()
        found: list[object] = []
        for row in range(self.nodes.rowCount(above)):
            index = self.nodes.index(row, 0, above)
            if self.isExpanded(index):
                found += [index.data(NODE).key, *self._open_keys(index)]
        return found


class _NodeDelegate(QStyledItemDelegate):
    """Arrow or picture, name, and the people at the right edge."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.current().px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the same
        node: Node = index.data(NODE)
        painter.save()
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on:
            painter.fillRect(rect, QColor(COLORS.primary_soft))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
        _paint_node(painter, rect, node, _depth(index), state, on=on)
        if on and state & QStyle.StateFlag.State_HasFocus:
            paint.focus_ring(painter, rect)
        painter.restore()


def _depth(index: Index) -> int:
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth


def _paint_node(
    painter: QPainter, rect: QRect, node: Node, depth: int, state: QStyle.StateFlag, *, on: bool
) -> None:
    px = theme.current().px
    inside = rect.adjusted(px(14 + INDENT * depth), 0, -px(14), 0)
    side = theme.current().icon_small
    name = _picture(node, opened=bool(state & QStyle.StateFlag.State_Open))
    if name:
        place = QRect(inside.x(), inside.center().y() - side // 2, side, side)
        icons.draw(painter, place, name, COLORS.text2)
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text2))
    painter.drawText(inside, RIGHT_MIDDLE, count_words(node))
    used = theme.text_width(count_words(node), "small") + px(8)
    bold = node.kind in (NodeKind.COMMUNITY, NodeKind.GRID, NodeKind.NO_GRID)
    painter.setFont(theme.font(bold=bold))
    painter.setPen(QColor(COLORS.sel_text if on else COLORS.text2 if node.guest else COLORS.text))
    room = inside.adjusted(side + px(4), 0, -used, 0)
    words = painter.fontMetrics().elidedText(node.name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _picture(node: Node, *, opened: bool) -> str:
    if node.children:
        return "chevron-down" if opened else "chevron-right"
    return "office-building-outline" if node.kind is NodeKind.BUILDING else ""
