"""网格楼栋: the tree at the left, what is chosen in it in the middle, who is due at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.services import (
    grid_facts,
    grid_finder,
    grid_people,
    grid_tree,
    grid_workload,
    request_views,
)
from app.services.grid_facts import GridFacts
from app.services.grid_finder import Hit
from app.services.grid_tree import Node, NodeKind
from app.services.grid_workload import Workload
from app.services.settings import COMMUNITY_NAME
from app.ui.grids.districts.commands import PlaceCommands, allowed
from app.ui.grids.districts.facts_card import FactsCard
from app.ui.grids.districts.head import DistrictsHead
from app.ui.grids.districts.tree_card import TreeCard
from app.ui.grids.districts.workload_card import AdviceBar, WorkloadCard
from app.ui.grids.visits.due_panel import DuePanel
from app.ui.kit import keys, theme
from app.ui.kit.labels import box, column, row
from app.ui.kit.states import EmptyState
from app.ui.people.grid_wish import ShowGrid
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved

WALK_MS = 120
"""Somebody who walks down the tree with the arrow key is not held up by every line."""


class DistrictsTab(PageTab):
    """Assembles. Whoever sees own grids only is shown no comparison."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._compares = context.user.grids is None
        self._root: Node | None = None
        self._facts: GridFacts | None = None
        self._tells = False
        self.work = Workload((), ())
        self.card = TreeCard(allowed=allowed(context))
        self.tree = self.card.tree
        self.commands = PlaceCommands(context, self.tree, self._go_to)
        self.facts = FactsCard(context, open_groups=self.show_groups)
        self.workload = WorkloadCard()
        self.advice = AdviceBar(allowed=self.commands.allowed)
        self.due = DuePanel(context, wide=not self._compares)
        self._head = DistrictsHead(context, self._find)
        self.head = self._head.parts
        self._walk = QTimer(self)
        self._walk.setSingleShot(True)
        self._walk.setInterval(WALK_MS)
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.tree)

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        edits = ((keys.cap("move_building"), "划到别的网格"),) if self.commands.allowed else ()
        return (
            ("← →", "收起、展开"),
            ("Enter", "看这一格"),
            (keys.cap("who_is_due"), "到期的人"),
            *edits,
        )

    def refresh(self) -> None:
        """Read the tree, the comparison and who is due anew."""
        today = self.context.clock.today()
        with self.context.database.lookup() as lookup:
            name = self.context.settings[COMMUNITY_NAME] or "本社区"
            self._root = grid_tree.tree(lookup, name if self._compares else "我的网格")
            if self._compares:
                self.work = grid_workload.workload(lookup, today=today)
            waiting = request_views.open_count(lookup)
        self.told.emit("诉求", waiting)
        self.card.show_tree(self._root)
        self._show_empty(any(one.kind is NodeKind.GRID for one in self._root.children))
        self.workload.show_work(self.work)
        self.advice.show_work(self.work)
        for part in (self.workload, self.advice):
            part.setVisible(self._compares and bool(self.work.grids))
        self.show_place()

    def take_focus(self) -> None:
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self) -> None:
        """What is chosen in the tree, in figures, with who is due there."""
        self._walk.stop()
        node = self.tree.current
        if node is None:
            return
        today = self.context.clock.today()
        with self.context.database.lookup() as lookup:
            self._facts = grid_facts.facts(lookup, node, today=today)
            staff = grid_people.serving(lookup, node, today=today)
        self.facts.show_place(node, self._facts, staff)
        self.workload.list.mark(node.grid_id)
        self._tells = node.kind is NodeKind.COMMUNITY
        self.due.show_grid(node.grid_id)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowGrid):
            self._go_to((NodeKind.GRID.value, wanted.grid_id, None, ""))
        elif isinstance(wanted, Unsaved):
            self.commands.go_on(wanted)

    # -- what the buttons open

    def show_groups(self) -> None:
        """All special groups of the place."""
        from app.ui.grids.districts.groups_dialog import GroupsDialog

        node = self.tree.current
        if node is not None and self._facts is not None:
            GroupsDialog(node.name, self._facts, self.window()).exec()

    def show_data(self) -> None:
        """查看数据."""
        from app.ui.grids.districts.data_dialog import WorkloadDialog

        if self._compares:
            day = f"{self.context.clock.today():%Y-%m-%d}"
            WorkloadDialog(self.work, day, self.window()).exec()

    def try_moves(self) -> None:
        """试着划一划."""
        from app.ui.grids.districts.trial_dialog import TrialDialog

        if self._compares and self.commands.allowed and self.work.grids:
            TrialDialog(self.context, self.work, self.advice.proposed, self.window()).exec()

    def print_sheet(self) -> None:
        """F9: of the line where the tree stands, also where its figures are not read yet."""
        if self._walk.isActive():
            self.show_place()
        self.due.print_sheet()

    def type_visits(self) -> None:
        """录入走访."""
        from app.ui.grids.visits.type_back import TypeBackDialog

        TypeBackDialog(self.context, parent=self.window()).exec()

    def print_boards(self) -> None:
        """公示牌 of the chosen grid, or of all."""
        from app.ui.grids.organisation.boards import print_boards

        grid = self.tree.current_grid
        chosen = (grid.grid_id,) if grid is not None and grid.grid_id is not None else ()
        print_boards(self.context, self, chosen)

    # -- assembling

    def _lay_out(self) -> None:
        metrics = theme.current()
        self.card.setFixedWidth(244 if metrics.large else 226)
        if self._compares:
            middle = column(self.facts, (self.workload, 1), self.advice, spacing=12)
            self.due.setFixedWidth(364 if metrics.large else 356)
            whole = row(self.card, (box(middle), 1), self.due, spacing=12)
        else:
            middle = column(self.facts, (self.due, 1), spacing=12)
            whole = row(self.card, (box(middle), 1), spacing=12)
        self.empty = self._empty_state()
        self.stack.addWidget(box(whole))
        self.stack.addWidget(self.empty)
        outer = column((self.stack, 1), spacing=0)
        self.setLayout(outer)
        for child in (self.workload, self.advice):
            if not self._compares:
                child.setParent(self)
                child.hide()

    def _empty_state(self) -> QWidget:
        if not self._compares:
            return EmptyState(
                "map-outline", "您还没有负责的网格", "请书记在设置的“使用人”里给您指定网格。"
            )
        act = (("新增网格", self.commands.new_grid),) if self.commands.allowed else ()
        return EmptyState(
            "map-outline", "还没有网格", "先建第一个网格，再把楼划进去，住户随楼走。", act
        )

    def _connect(self) -> None:
        self.tree.walked.connect(lambda _: self._walk.start())
        self.tree.taken.connect(self._take)
        self._walk.timeout.connect(self.show_place)
        self.card.menu_button.clicked.connect(self.card.open_menu)
        self.card.moves_button.clicked.connect(self.commands.show_moves)
        self.workload.list.chosen.connect(
            lambda grid_id: self.tree.choose((NodeKind.GRID.value, grid_id, None, ""))
        )
        self.workload.data_button.clicked.connect(self.show_data)
        self.advice.try_button.clicked.connect(self.try_moves)
        self._head.finder.found.connect(self._show_hit)
        self._head.finder.left_down.connect(self.tree.setFocus)
        self._head.boards_asked.connect(self.print_boards)
        self._head.sheet_asked.connect(self.print_sheet)
        self.due.counted.connect(self._tell_due)
        self._head.typing_asked.connect(self.type_visits)
        self._head.bind(self)
        self.commands.bind(self)
        keys.bind(self, "who_is_due", self._change_side)
        keys.bind(self, "details", self.show_data)
        keys.bind(self, "try_moves", self.try_moves)

    def _change_side(self) -> None:
        """From the tree to who is due there, and back: eight parts lie between them."""
        there = self.due.table if self.tree.hasFocus() else self.tree
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, node: Node) -> None:
        """Enter: the line unfolded, its figures and visits at once."""
        self.tree.setExpanded(self.tree.currentIndex(), True)
        self.show_place()

    def _go_to(self, key: object) -> None:
        if self._root is None:
            self.refresh()
        if self.tree.choose(key):
            self.show_place()

    def _show_hit(self, hit: Hit) -> None:
        self._go_to(hit.key)
        self.tree.setFocus()

    def _tell_due(self, count: int) -> None:
        """The tab 走访 shows how many wait in all grids, not in the one that is chosen."""
        if self._tells:
            self.told.emit("走访", count)

    def _find(self, text: str) -> Sequence[Hit]:
        if self._root is None:
            return ()
        with self.context.database.lookup() as lookup:
            return grid_finder.find(lookup, self._root, text, today=self.context.clock.today())

    def _show_empty(self, there: bool) -> None:
        self.stack.setCurrentIndex(0 if there else 1)
