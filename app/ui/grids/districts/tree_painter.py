"""Lines of the tree of grids: arrow or picture, name, and the people at the right edge."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.services.grid_tree import Node, NodeKind
from app.ui.grids.districts.tree_model import NODE, count_words
from app.ui.kit import icons, paint, theme
from app.ui.kit.labels import RIGHT_MIDDLE
from app.ui.kit.tokens import COLORS, RADIUS

Index = QModelIndex | QPersistentModelIndex
INDENT = 18
LINE = 30
_BOLD = (NodeKind.COMMUNITY, NodeKind.GRID, NodeKind.NO_GRID)


class NodeDelegate(QStyledItemDelegate):
    """`target` is the grid over which buildings are being dragged."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.target: object = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme.current().px(LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]  # missing in PySide6's stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # the same
        if rect.bottom() >= self._view.viewport().height():
            return  # Half a line at the foot would look like a fault.
        node: Node = index.data(NODE)
        painter.save()
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on:
            painter.fillRect(rect, QColor(COLORS.primary_soft))
            painter.fillRect(QRect(rect.x(), rect.y(), 3, rect.height()), QColor(COLORS.primary))
        opened = bool(state & QStyle.StateFlag.State_Open)
        _paint_node(painter, rect, node, _depth(index), opened=opened, on=on)
        if index == self._view.currentIndex() and self._view.hasFocus():
            paint.focus_ring(painter, rect)
        if self.target is not None and node.key == self.target:
            _paint_target(painter, rect)
        painter.restore()


def _depth(index: Index) -> int:
    depth, above = 0, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth


def _paint_node(
    painter: QPainter, rect: QRect, node: Node, depth: int, *, opened: bool, on: bool
) -> None:
    px = theme.current().px
    inside = rect.adjusted(px(14 + INDENT * depth), 0, -px(14), 0)
    side = theme.current().icon_small
    x = inside.x()
    for name in _pictures(node, opened=opened):
        icons.draw(
            painter, QRect(x, inside.center().y() - side // 2, side, side), name, COLORS.text2
        )
        x += side + px(2)
    count = count_words(node)
    painter.setFont(theme.font("small"))
    painter.setPen(QColor(COLORS.text2))
    painter.drawText(inside, RIGHT_MIDDLE, count)
    used = theme.text_width(count, "small") + px(8)
    painter.setFont(theme.font(bold=node.kind in _BOLD))
    painter.setPen(QColor(COLORS.sel_text if on else COLORS.text2 if node.guest else COLORS.text))
    room = inside.adjusted(max(x, inside.x() + side) + px(2) - inside.x(), 0, -used, 0)
    words = f"{node.name}（部分）" if node.guest else node.name
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def _paint_target(painter: QPainter, rect: QRect) -> None:
    painter.setPen(QPen(QColor(COLORS.primary), 2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


def _pictures(node: Node, *, opened: bool) -> list[str]:
    arrow = ("chevron-down" if opened else "chevron-right",) if node.children else ()
    building = ("office-building-outline",) if node.kind is NodeKind.BUILDING else ()
    return [*arrow, *building]
