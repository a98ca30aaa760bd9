"""The tab 网格楼栋 and its dialogs in their states."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import building_moves, grid_advice, grid_facts, grid_tree, grid_workload, grids
from app.services.building_moves import Part
from app.services.grid_tree import Node, NodeKind
from app.services.grid_workload import Workload
from app.ui.grids.districts.building_form import BuildingDialog
from app.ui.grids.districts.data_dialog import WorkloadDialog
from app.ui.grids.districts.grid_form import GridDialog
from app.ui.grids.districts.groups_dialog import GroupsDialog
from app.ui.grids.districts.moves_dialog import MovesDialog
from app.ui.grids.districts.moving import MoveDialog
from app.ui.grids.districts.tab import DistrictsTab
from app.ui.grids.districts.tree_model import NODE
from app.ui.grids.districts.trial_dialog import TrialDialog
from app.ui.grids.page import GridsPage
from app.ui.main_window import MainWindow
from app.values.rights import DEFAULTS, GRID_MEMBER, Actor


class _Stage(Protocol):
    def context(self) -> Context: ...


def a_grid(page: QWidget) -> None:
    """The third grid unfolded, one of its buildings chosen."""
    tab = _tab(page)
    tab.tree.choose(_grid(tab.tree.nodes.index(0, 0).data(NODE)).key)
    tab.tree.expand(tab.tree.currentIndex())
    tab.show_place()


def a_building(page: QWidget) -> None:
    """A building with its units, the list of them open."""
    tab = _tab(page)
    tab.tree.choose(_building(tab.tree.nodes.index(0, 0).data(NODE)).key)
    tab.tree.expand(tab.tree.currentIndex())
    tab.show_place()


def _tab(page: QWidget) -> DistrictsTab:
    assert isinstance(page, GridsPage)
    tab = page.open("网格楼栋")
    assert isinstance(tab, DistrictsTab)
    return tab


def _grid(root: Node) -> Node:
    """A grid with a building, not the first where there are more."""
    found = [one for one in root.children if _buildings(one) and one.grid_id is not None]
    return found[min(1, len(found) - 1)]


def _building(root: Node) -> Node:
    return _buildings(_grid(root))[0]


def _buildings(grid: Node) -> list[Node]:
    return [one for one in grid.children if one.kind is NodeKind.BUILDING]


def _root(context: Context) -> Node:
    with context.database.lookup() as lookup:
        return grid_tree.tree(lookup, "望海社区")


def _work(context: Context) -> Workload:
    with context.database.lookup() as lookup:
        return grid_workload.workload(lookup, today=context.clock.today())


def _names(context: Context) -> dict[int | None, str]:
    with context.database.lookup() as lookup:
        found = grids.names(lookup)
    names: dict[int | None, str] = dict(found.items())
    return names | {None: building_moves.NO_GRID}


def _new_building(stage: _Stage) -> QWidget:
    context = stage.context()
    names = _names(context)
    return BuildingDialog(context, grids=names, grid_id=next(iter(names)))


def _move(stage: _Stage) -> QWidget:
    context = stage.context()
    return MoveDialog(context, [_building(_root(context))], _names(context))


def _moves(stage: _Stage) -> QWidget:
    """Of the community; there is one at least."""
    context = stage.context()
    with context.database.transaction("划楼") as session:
        if not building_moves.moves(session):
            here = _building(_root(context))
            there = next(one for one in _root(context).children if one.grid_id != here.grid_id)
            part = Part(here.building_id or 0, here.grid_id)
            building_moves.move(
                session, part, there.grid_id, today=context.clock.today(), reason="网格员调整"
            )
    return MovesDialog(context, "望海社区")


def _data(stage: _Stage) -> QWidget:
    return WorkloadDialog(_work(stage.context()), "2026-11-20")


def _trial(stage: _Stage) -> QWidget:
    context = stage.context()
    work = _work(context)
    return TrialDialog(context, work, grid_advice.suggestion(work))


def _groups(stage: _Stage) -> QWidget:
    context = stage.context()
    root = _root(context)
    with context.database.lookup() as lookup:
        facts = grid_facts.facts(lookup, root, today=context.clock.today())
    return GroupsDialog(root.name, facts)


def _of_a_member(stage: _Stage) -> QWidget:
    """The same for whoever sees own grids only."""
    context = stage.context()
    own = frozenset({_root(context).children[0].grid_id or 0})
    rights = DEFAULTS[GRID_MEMBER]
    context.database.act_as(Actor("孙丽", GRID_MEMBER, rights, own, context.user.slot, 4))
    window = MainWindow(context)
    window.open_page("grids")
    return window


PAGES: dict[str, Callable[[QWidget], None]] = {
    "网格楼栋 一个网格": a_grid,
    "网格楼栋 一栋楼": a_building,
}
DIALOGS: dict[str, Callable[[_Stage], QWidget]] = {
    "新增网格": lambda stage: GridDialog(stage.context()),
    "新增楼栋": _new_building,
    "划到别的网格": _move,
    "划楼记录": _moves,
    "各网格的工作量": _data,
    "试着划一划": _trial,
    "各类人数": _groups,
    "网格楼栋 网格员": _of_a_member,
}
