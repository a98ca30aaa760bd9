"""组织: both trees with the card of a body, everybody who serves, and the drawn plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.ui.grids.organisation.member_dialog import DRAFT, MemberDialog
from app.ui.grids.organisation.people_view import PeopleView
from app.ui.grids.organisation.trees_view import TreesView
from app.ui.kit import keys, messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.forms import set_state
from app.ui.kit.labels import hide_unless, row
from app.ui.kit.search_box import SearchBox
from app.ui.kit.segments import Segments
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right

if TYPE_CHECKING:
    from app.ui.grids.organisation.plan_view import PlanView

TREES, PEOPLE, PLAN = "组织树", "人员", "组织图"


class OrganisationTab(PageTab):
    """Three views of the same; the search finds a line in the trees, or narrows the people."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.choice = Segments([(name, name, name) for name in (TREES, PEOPLE, PLAN)])
        self.search = SearchBox("", name="查找组织")
        # What gives way first in 大字: the icon and half of the words, then the boards' button,
        # which stays beside the plan.
        large = self._large = theme.current().large
        self.add_button = (
            Button("添加", kind="primary")
            if large
            else Button("添加人员", kind="primary", icon="account-plus-outline")
        )
        self.boards_button = Button("公示牌", icon="printer-outline")
        offer(context.may(Right.EDIT_GRIDS), self.add_button)
        offer(context.may(Right.PRINT), self.boards_button)
        self.trees = TreesView(context)
        self.people = PeopleView(context)
        self._plan: PlanView | None = None
        self._seen = TREES
        self.stack = QStackedWidget()
        self.stack.addWidget(self.trees)
        self.stack.addWidget(self.people)
        self.search.setPlaceholderText("网格、人" if large else "网格、楼、人")
        self.search.setFixedWidth(202 if large else 170)
        self.head = (self.choice, self.search, self.boards_button, self.add_button)
        self._lay_out()
        self._connect()
        # Not `show_view`: what has no parent yet would be shown as a window of its own.
        self.choice.show_value(TREES)
        self.add_button.hide()
        hide_unless(not large, self.boards_button)

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        if self.stack.currentWidget() is self.trees:
            return (("← →", "收起、展开"), ("Enter", "到卡片"), (keys.cap("new"), "任职"))
        if self.stack.currentWidget() is self.people:
            return (("Enter", "修改"), (keys.cap("new"), "任职"))
        return ((keys.cap("zoom_in"), "放大"), (keys.cap("print"), "打印"))

    def refresh(self) -> None:
        """What is seen is read anew; the others when they are opened."""
        self._view(self._seen).refresh()

    def take_focus(self) -> None:
        if self.stack.currentWidget() in (self.trees, self.people):
            self._into_list()
        else:
            self.choice.setFocus()

    def show_view(self, name: object) -> None:
        """组织树, 人员 or 组织图."""
        self.choice.show_value(name)
        self._seen = str(name)
        self.stack.setCurrentWidget(self._view(self._seen))
        self.search.setVisible(name != PLAN)
        self.add_button.setVisible(name == PEOPLE)
        self.boards_button.setVisible(name == PLAN or (name == TREES and not self._large))
        self.refresh()
        self.legend_changed.emit()

    @property
    def plan(self) -> PlanView:
        """The drawn plan, built when it is first seen."""
        if self._plan is None:
            # What draws papers and shows them is loaded with the first one.
            from app.ui.grids.organisation.plan_view import PlanView

            self._plan = PlanView(self.context)
            self.stack.addWidget(self._plan)
        return self._plan

    def _view(self, name: str) -> TreesView | PeopleView | PlanView:
        return self.trees if name == TREES else self.people if name == PEOPLE else self.plan

    def show_person(self, member_id: int) -> None:
        """Somebody in the list of people."""
        self.show_view(PEOPLE)
        self.search.clear()
        self.people.show_member(member_id)

    def show_record(self, wanted: object) -> None:
        """Go on with a form that was not saved."""
        if isinstance(wanted, Unsaved) and wanted.kind == DRAFT:
            self.show_view(PEOPLE)
            MemberDialog(self.context, wanted.record_id, self.window()).exec()

    def print_boards(self) -> None:
        """The notice boards of all grids, or of the one that is chosen in the trees."""
        # Papers are loaded with the first one.
        from app.ui.grids.organisation.boards import print_boards

        print_boards(self.context, self, self._chosen_grids())

    # -- assembling

    def _lay_out(self) -> None:
        self.setLayout(row((self.stack, 1)))

    def _connect(self) -> None:
        self.choice.chosen.connect(self.show_view)
        self.search.searched.connect(self._searched)
        self.search.submitted.connect(lambda text: self._searched(text, again=True))
        self.search.left_down.connect(self._into_list)
        self.trees.person_asked.connect(self.show_person)
        self.people.clear_asked.connect(self._clear)
        self.add_button.clicked.connect(self._add)
        self.boards_button.clicked.connect(self.print_boards)
        # Not of the plan: there Ctrl+F looks into the paper.
        for view in (self.trees, self.people):
            self.search.bind(view)
            keys.bind(view, "clear_filters", self._clear)
        keys.bind(self, "new", self._new)

    def _searched(self, text: str, *, again: bool = False) -> None:
        if self.stack.currentWidget() is self.people:
            self.people.search(text)
        else:
            found = self.trees.go_to(text, again=again)
            set_state(self.search, "" if found or not text.strip() else "warn")
            if again and not found and text.strip():
                messages.warn(self.context.signals, f"组织里没有“{text.strip()}”。")

    def _clear(self) -> None:
        self.search.clear()
        self._into_list()

    def _into_list(self) -> None:
        if self.stack.currentWidget() is self.people:
            self.people.table.setFocus()
        else:
            tree = self.trees.party if self.trees.party.active else self.trees.community
            tree.setFocus()

    def _new(self) -> None:
        if self.stack.currentWidget() is self.people:
            self.people.card.press_new()
        elif self.stack.currentWidget() is self.trees:
            self.trees.card.press_new()

    def _add(self) -> None:
        self.show_view(PEOPLE)
        self.people.add_member()

    def _chosen_grids(self) -> list[int]:
        """The grid of the line that is chosen, or none for all."""
        tree = self.trees.party if self.trees.party.active else self.trees.community
        node = tree.current if self.stack.currentWidget() is self.trees else None
        grid_id = node.place.grid_id if node is not None else None
        return [grid_id] if grid_id is not None else []
