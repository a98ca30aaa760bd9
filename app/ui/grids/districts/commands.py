"""What can be done with grids and buildings: the same by key, by button and in the context menu."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from app.context import Context
from app.services import buildings, grids
from app.services.building_moves import NO_GRID
from app.services.grid_tree import Node, NodeKind
from app.ui.grids.districts.tree_view import GridTree
from app.ui.kit import keys, messages
from app.ui.kit.signals import Area
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


def allowed(context: Context) -> bool:
    """Whether the user may order the grids.

    Grids and buildings are also rows of the register of residents (storage/guard.py).
    """
    return context.may(Right.EDIT_GRIDS) and context.may(Right.EDIT_PEOPLE)


class PlaceCommands(QObject):
    """Acts on what is chosen in the tree; `shown` reads the tab anew and goes to a line of it."""

    def __init__(self, context: Context, tree: GridTree, shown: Callable[[object], object]) -> None:
        super().__init__(tree)
        self._context = context
        self._tree = tree
        self._shown = shown
        self.allowed = allowed(context)
        if self.allowed:
            tree.allow_dragging()
            tree.dropped.connect(lambda nodes, grid: self.move(nodes, grid.grid_id))
            tree.removal_asked.connect(self.remove)
        tree.fill_menu = self.fill_menu

    def bind(self, owner: QWidget) -> None:
        """The keys of the tab."""
        if not self.allowed:
            return
        keys.bind(owner, "new", self.new_grid)
        keys.bind(owner, "new_building", self.new_building)
        keys.bind(owner, "edit_place", self.edit)
        keys.bind(owner, "move_building", self.move)

    def fill_menu(self, menu: QMenu) -> None:
        """Everything that fits what is chosen, with its key."""
        node = self._tree.current
        if self.allowed:
            menu.addAction(f"新增网格…\t{keys.cap('new')}", self.new_grid)
            menu.addAction(f"新增楼栋…\t{keys.cap('new_building')}", self.new_building)
            menu.addSeparator()
            edits = node is not None and node.kind in (NodeKind.GRID, NodeKind.BUILDING)
            menu.addAction(f"修改…\t{keys.cap('edit_place')}", self.edit).setEnabled(edits)
            moving = menu.addAction(f"划到别的网格…\t{keys.cap('move_building')}", self.move)
            moving.setEnabled(bool(self._tree.chosen_buildings()))
            menu.addAction("删除…\tDel", self.remove).setEnabled(edits)
            menu.addSeparator()
        menu.addAction("划楼记录…", self.show_moves)

    # -- one by one

    def new_grid(self) -> None:
        """The form of a new grid; it is the current line then."""
        from app.ui.grids.districts.grid_form import GridDialog

        dialog = GridDialog(self._context, None, self._window())
        if dialog.exec():
            self._shown((NodeKind.GRID.value, dialog.grid_id, None, ""))

    def new_building(self) -> None:
        """The form of a new building in the current grid."""
        from app.ui.grids.districts.building_form import BuildingDialog

        grid = self._tree.current_grid
        here = grid.grid_id if grid is not None else None
        dialog = BuildingDialog(
            self._context, grids=self.grids(), grid_id=here, parent=self._window()
        )
        if dialog.exec():
            self._show_building(dialog.building_id)

    def edit(self) -> None:
        """The form of the current grid or building."""
        node = self._tree.current
        with messages.domain_errors_shown(self._tree):
            if node is not None and node.kind is NodeKind.GRID:
                from app.ui.grids.districts.grid_form import GridDialog

                GridDialog(self._context, node.grid_id, self._window()).exec()
            elif node is not None and node.building_id is not None:
                from app.ui.grids.districts.building_form import BuildingDialog

                BuildingDialog(
                    self._context, node.building_id, grids=self.grids(), parent=self._window()
                ).exec()

    def move(self, nodes: Sequence[Node] = (), target: int | None = None) -> None:
        """Chosen buildings, or those that were dropped, to another grid."""
        from app.ui.grids.districts.moving import MoveDialog

        going = list(nodes) or self._tree.chosen_buildings()
        if not going:
            messages.tell(
                self._tree, "请先在左边选中要划的楼；按住 Shift 用 ↑↓ 可以选几栋。", "没有选楼"
            )
            return
        if len(self.grids()) < 2:
            messages.tell(self._tree, "还没有别的网格。请先新增网格，再划楼。", "没有网格可划")
            return
        with messages.domain_errors_shown(self._tree):
            dialog = MoveDialog(self._context, going, self.grids(), target, self._window())
            if dialog.exec():
                self._show_building(going[0].building_id)

    def remove(self) -> None:
        """The current grid or building into the bin, where nothing belongs to it any more."""
        node = self._tree.current
        if node is None or node.kind not in (NodeKind.GRID, NodeKind.BUILDING):
            return
        words = f"{node.name}会放进回收站，30 天内可以放回，也可以撤销。"
        if not messages.confirm(self._tree, f"删除{node.name}", words, "删除", destructive=True):
            return
        now = self._context.clock.now()
        with messages.domain_errors_shown(self._tree):
            with self._context.database.transaction(f"删除 {node.name}") as session:
                if node.kind is NodeKind.GRID:
                    grids.remove(session, node.grid_id or 0, now=now)
                else:
                    buildings.remove(session, node.building_id or 0, now=now)
            self._context.signals.changed.emit(Area.GRIDS | Area.RESIDENTS)
            messages.notify(self._context.signals, f"已删除 {node.name}")

    def show_moves(self) -> None:
        """划楼记录 of the current grid or building, or of the community."""
        from app.ui.grids.districts.moves_dialog import MovesDialog

        node = self._tree.current
        if node is None:
            return
        MovesDialog(
            self._context,
            node.name,
            building_id=node.building_id,
            grid_id=node.grid_id if node.building_id is None else None,
            parent=self._window(),
        ).exec()

    def go_on(self, unsaved: Unsaved) -> None:
        """The form that was open when the program ended, with what stood in it."""
        node_of = {"grid": NodeKind.GRID, "building": NodeKind.BUILDING}
        if unsaved.record_id is None:
            (self.new_grid if unsaved.kind == "grid" else self.new_building)()
            return
        kind, wanted = node_of[unsaved.kind], unsaved.record_id
        if kind is NodeKind.GRID:
            self._shown((kind.value, wanted, None, ""))
        else:
            self._show_building(wanted)
        self.edit()

    def grids(self) -> Mapping[int | None, str]:
        """Where a building can be, by id; no grid comes last."""
        with self._context.database.lookup() as lookup:
            names = grids.names(lookup).items()
        found: dict[int | None, str] = {key: name for key, name in names}
        found[None] = NO_GRID
        return found

    def _show_building(self, building_id: int | None) -> None:
        with self._context.database.reading() as session:
            grid_id = buildings.get(session, building_id or 0).grid_id
        self._shown((NodeKind.BUILDING.value, grid_id, building_id, ""))

    def _window(self) -> QWidget:
        return self._tree.window()
