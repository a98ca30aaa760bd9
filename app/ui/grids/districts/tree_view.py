"""The tree of grids: ←→ fold, ↑↓ walk, Enter takes; buildings are dragged to other grids."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu, QTreeView

from app.services.grid_tree import Node, NodeKind
from app.ui.grids.districts.tree_model import CARRIED, NODE, TreeModel
from app.ui.grids.districts.tree_painter import NodeDelegate

Index = QModelIndex | QPersistentModelIndex
_UNFOLD_MS = 600


class GridTree(QTreeView):
    """What is unfolded and chosen stays so when the tree is read anew."""

    taken = Signal(object)
    """Enter or a double click: the Node"""
    walked = Signal(object)
    """The current Node changed"""
    dropped = Signal(object, object)
    """Building Nodes, and the Node of the grid they were dropped on"""
    removal_asked = Signal()
    """Del was pressed"""

    def __init__(self) -> None:
        super().__init__()
        self.nodes = TreeModel(self)
        self.fill_menu: Callable[[QMenu], None] | None = None
        self.painter = NodeDelegate(self)
        self.setModel(self.nodes)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("社区与楼栋")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoExpandDelay(_UNFOLD_MS)
        self.doubleClicked.connect(lambda index: self.taken.emit(index.data(NODE)))

    def allow_dragging(self) -> None:
        """Buildings can be taken to another grid."""
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(False)

    @property
    def current(self) -> Node | None:
        """The line with the cursor."""
        index = self.currentIndex()
        return index.data(NODE) if index.isValid() else None

    @property
    def current_grid(self) -> Node | None:
        """The grid that the line with the cursor is or belongs to."""
        return self.nodes.grid_of(self.currentIndex())

    def chosen_buildings(self) -> list[Node]:
        """The buildings that are chosen, in the order of the tree."""
        found = {index.data(NODE).key: index.data(NODE) for index in self.selectedIndexes()}
        nodes = [node for node in found.values() if node.kind is NodeKind.BUILDING]
        return sorted(nodes, key=lambda node: self.visualRect(self.nodes.find(node.key)).y())

    def show_tree(self, root: Node) -> None:
        """Another tree; the first time the community lies open."""
        first = not self.nodes.rowCount()
        kept = self.current
        opened = self._open_keys(QModelIndex())
        self.nodes.show(root)
        for key in opened:
            self.expand(self.nodes.find(key))
        if first:
            self.expand(self.nodes.index(0, 0))
        if kept is None or not self.choose(kept.key):
            self.choose(root.key)

    def choose(self, key: object) -> bool:
        """Make a node current, unfolded down to it; False where it is not there."""
        index = self.nodes.find(key)
        if index.isValid():
            above = index.parent()
            while above.isValid():
                self.expand(above)
                above = above.parent()
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    # -- keys and mouse

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.walked.emit(current.data(NODE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.taken.emit(self.current)
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.fill_menu is None:
            return
        menu = QMenu(self)
        self.fill_menu(menu)
        if menu.actions():
            by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            place = self.visualRect(self.currentIndex()).bottomLeft()
            here = event.globalPos() if by_mouse else self.viewport().mapToGlobal(place)
            menu.popup(here)

    # -- dragging

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CARRIED) and event.source() is self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        # Qt scrolls near the edges and unfolds what is hovered.
        super().dragMoveEvent(event)
        target = self._target(event.position().toPoint())
        self._mark(target)
        event.setAccepted(target is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self._mark(None)

    def dropEvent(self, event: QDropEvent) -> None:
        target = self._target(event.position().toPoint())
        self._mark(None)
        # The tree itself changes when the move has been confirmed and saved.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target is not None:
            # The system waits for the end of the drop: what asks the user comes after it.
            nodes = self.chosen_buildings()
            QTimer.singleShot(0, self, lambda: self.dropped.emit(nodes, target))

    def _target(self, place: QPoint) -> Node | None:
        """The grid under the mouse, unless everything that is carried is there already."""
        grid = self.nodes.grid_of(self.indexAt(place))
        if grid is None or all(one.grid_id == grid.grid_id for one in self.chosen_buildings()):
            return None
        return grid

    def _mark(self, target: Node | None) -> None:
        self.painter.target = target.key if target is not None else None
        self.viewport().update()

    def _open_keys(self, above: QModelIndex) -> list[object]:
        found: list[object] = []
        for row in range(self.nodes.rowCount(above)):
            index = self.nodes.index(row, 0, above)
            if self.isExpanded(index):
                found += [index.data(NODE).key, *self._open_keys(index)]
        return found
