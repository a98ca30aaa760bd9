"""The nodes of the community for a tree view; buildings can be taken up and dropped on a grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from app.services.grid_tree import Node, NodeKind

Index = QModelIndex | QPersistentModelIndex
NODE = Qt.ItemDataRole.UserRole
CARRIED = "application/x-linli-buildings"
_ROOT = QModelIndex()
_GRIDS = (NodeKind.GRID, NodeKind.NO_GRID)


class TreeModel(QAbstractItemModel):
    """Read whole at once: an office has hundreds of buildings, not hundreds of thousands."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._top: tuple[Node, ...] = ()
        self._parents: dict[int, tuple[Node, int] | None] = {}
        self._by_key: dict[object, tuple[Node, int]] = {}

    def show(self, root: Node) -> None:
        """Another tree in the place of the one that is shown."""
        self.beginResetModel()
        self._top = (root,)
        self._parents = {id(root): None}
        self._by_key = {root.key: (root, 0)}
        self._enter(root, 0)
        self.endResetModel()

    def find(self, key: object) -> QModelIndex:
        """The line of a node; an invalid index where it is gone."""
        found = self._by_key.get(key)
        return self.createIndex(found[1], 0, found[0]) if found else QModelIndex()

    def grid_of(self, index: Index) -> Node | None:
        """The grid, or 未划网格, that a line is or belongs to."""
        while index.isValid():
            node: Node = index.data(NODE)
            if node.kind in _GRIDS:
                return node
            index = index.parent()
        return None

    # -- what Qt asks

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        nodes = self._children(parent)
        if column == 0 and 0 <= row < len(nodes):
            return self.createIndex(row, column, nodes[row])
        return QModelIndex()

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() has the same name
        above = self._parents.get(id(index.internalPointer())) if index.isValid() else None
        return self.createIndex(above[1], 0, above[0]) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return len(self._children(parent))

    def columnCount(self, _parent: Index = _ROOT) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node: Node = index.internalPointer()
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{node.name} {count_words(node)}"
        return node if role == NODE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and index.data(NODE).kind is NodeKind.BUILDING:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [CARRIED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        carried = QMimeData()
        words = "\n".join(str(index.data()) for index in indexes)
        carried.setData(CARRIED, words.encode())
        return carried

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def _children(self, parent: Index) -> tuple[Node, ...]:
        if not parent.isValid():
            return self._top
        children: tuple[Node, ...] = parent.internalPointer().children
        return children

    def _enter(self, node: Node, row: int) -> None:
        for number, child in enumerate(node.children):
            self._parents[id(child)] = (node, row)
            self._by_key[child.key] = (child, number)
            self._enter(child, number)


def count_words(node: Node) -> str:
    """The people of a line: `—` where nobody is expected to live."""
    if node.special and not node.people:
        return "—"
    unit = " 人" if node.kind is NodeKind.COMMUNITY else ""
    return f"{node.people:,}{unit}"
