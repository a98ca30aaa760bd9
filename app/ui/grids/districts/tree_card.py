"""The card with the tree: how many buildings, the tree, and what can be done with it."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from app.services.grid_tree import Node, NodeKind
from app.ui.grids.districts.tree_view import GridTree
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.labels import box, column, hide_unless, row, rule, small, title


class TreeCard(Card):
    """The buttons open the same commands as the context menu of the tree."""

    def __init__(self, *, allowed: bool) -> None:
        super().__init__(margins=(1, 12, 1, 8), spacing=6)
        self.tree = GridTree()
        self.count = small()
        self.menu_button = Button("操作", size="small", trail="chevron-down")
        self.moves_button = Button("划楼记录", kind="ghost", size="small", icon="history")
        hint = small("拖动楼栋可换网格，住户当天随楼走，历史保留。", wrap=True)
        self.hint = box(column(hint, margins=(14, 0, 14, 0)))
        self.body.addLayout(
            row(title("社区与楼栋"), self.count, None, small("人数"), margins=(14, 0, 14, 0))
        )
        self.body.addWidget(rule())
        self.body.addWidget(self.tree, 1)
        self.body.addWidget(rule())
        self.body.addWidget(self.hint)
        self.body.addLayout(row(self.menu_button, None, self.moves_button, margins=(12, 0, 6, 0)))
        hide_unless(allowed and not theme.current().large, self.hint)
        offer(allowed, self.menu_button)

    def show_tree(self, root: Node) -> None:
        """Read anew; a building that stands in two grids counts once."""
        buildings = {
            one.building_id
            for grid in root.children
            for one in grid.children
            if one.kind is NodeKind.BUILDING
        }
        self.count.setText(f"{len(buildings):,} 栋")
        self.tree.show_tree(root)

    def open_menu(self) -> None:
        """The commands above their button."""
        if self.tree.fill_menu is None:
            return
        menu = QMenu(self.menu_button)
        self.tree.fill_menu(menu)
        corner = QPoint(0, -menu.sizeHint().height() - 2)
        menu.popup(self.menu_button.mapToGlobal(corner))
