"""清单: what units offer, what residents need, and the projects that come of both."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.context import Context
from app.services import list_matching, project_choices, projects
from app.services.project_views import ProjectFilter
from app.services.projects import ProjectInput
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import box, column, row, small
from app.ui.kit.search_box import SearchBox
from app.ui.kit.stacks import show_part
from app.ui.kit.view_switch import ViewSwitch
from app.ui.meetings.lists import going_on, printing
from app.ui.meetings.lists.actions import LineActions, ProjectActions
from app.ui.meetings.lists.cards import NeedCard, ResourceCard
from app.ui.meetings.lists.lines_view import LinesView
from app.ui.meetings.lists.project_card import ProjectCard
from app.ui.meetings.lists.views import KEEPS, NeedsView, ProjectsView, ResourcesView
from app.ui.meetings.lists.words import NEEDS, PROJECTS, RESOURCES
from app.ui.people.meetings_wish import NewProject, ShowNeed, ShowProject, ShowResource
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class ListsTab(PageTab):
    """Three lists, each with its card at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.search = SearchBox("内容" if large else "内容、单位", name="查找清单")
        self.search.setFixedWidth(theme.current().px(120 if large else 170))
        self.more = Button("更多", trail="chevron-down")
        self.new_button = Button("登记", kind="primary", action="new")
        self.head = (self.search, self.more, self.new_button)
        names = (RESOURCES, NEEDS, PROJECTS)
        self.choice = ViewSwitch(
            [(one, one, f"{one}清单") for one in names], action="switch_in_meetings"
        )
        self.rates = small(wrap=True)
        self.resources, self.needs = ResourcesView(context), NeedsView(context)
        self.projects = ProjectsView(context)
        self._views: dict[object, LinesView] = dict(
            zip(names, (self.resources, self.needs, self.projects), strict=True)
        )
        self.resource_card, self.need_card = ResourceCard(context), NeedCard(context)
        self.project_card = ProjectCard(context)
        self._cards = (self.resource_card, self.need_card, self.project_card)
        self.lines, self.acts = LineActions(context, self), ProjectActions(context, self)
        self.stack = QStackedWidget()
        for view, card in zip(self._views.values(), self._cards, strict=True):
            self.stack.addWidget(box(row((view, 1), card, spacing=12)))
        line = row(self.choice, 8, (self.rates, 1))
        self.setLayout(column(line, (self.stack, 1), spacing=8))
        self._connect()
        self.show_view(NEEDS)

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        acts: tuple[tuple[str, str], ...] = ()
        if self._may_write:
            acts = ((keys.cap("new"), self._new_words), ("Enter", "修改"))
        prints = ((keys.cap("print"), "打印清单"),) if self.context.may(Right.PRINT) else ()
        return (*acts, *prints, self.choice.legend)

    def refresh(self) -> None:
        """What is seen is read anew; the others when they are opened."""
        today = self.context.clock.today()
        with self.context.database.lookup() as lookup:
            told = list_matching.progress(lookup, today.year)
            late = len(projects.projects(lookup, ProjectFilter(late_on=today)))
        whose = "" if self.context.sees_all else "您的网格 "
        words = f"{whose}{today.year} 年{told.claimed_words}；{told.finished_words}"
        if theme.current().large:
            words = f"{told.claimed_words.rpartition('，')[2]}，{told.finished_words}"
        self.rates.setText(words)
        self.count_changed.emit(late)
        self._seen.refresh()

    def take_focus(self) -> None:
        self._seen.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_view(self, name: object) -> None:
        """资源, 需求 or 项目."""
        self.choice.show_value(name)
        part = self.stack.widget(list(self._views).index(name))
        show_part(self.stack, part, self.take_focus)
        self.new_button.setText("立项" if name == PROJECTS else "登记")
        self.refresh()
        self.legend_changed.emit()

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowResource):
            self._show(RESOURCES, wanted.resource_id)
        elif isinstance(wanted, ShowNeed):
            self._show(NEEDS, wanted.need_id)
        elif isinstance(wanted, ShowProject):
            self._show(PROJECTS, wanted.project_id)
        elif isinstance(wanted, NewProject):
            self._begin_by(wanted.resolution_id)
        elif isinstance(wanted, Unsaved):
            self._go_on(wanted)

    def new(self) -> None:
        """A new line of the list that is seen; it is then the current one."""
        if not self._may_write:
            return
        with messages.domain_errors_shown(self):
            name = self.choice.value()
            if name == PROJECTS:
                self.begin(ProjectInput())
                return
            made = self.lines.add(need=name == NEEDS)
            if made is not None:
                self._seen.select(made)
                self.take_focus()

    def begin(self, wish: object) -> None:
        """立项 with what is known already; the project is then shown."""
        if isinstance(wish, ProjectInput):
            with messages.domain_errors_shown(self):
                made = self.acts.begin(wish)
                if made is not None:
                    self._show(PROJECTS, made)

    def open_menu(self) -> None:
        """What is wanted more rarely."""
        menu = menu_of(self.more)
        name = self.choice.value()
        if self.context.may(Right.PRINT):
            menu.addAction(f"打印{name}清单…\t{keys.cap('print')}", self.print_list)
        if self.context.may(Right.EXPORT):
            menu.addAction(f"导出{name}清单…\t{keys.cap('export')}", self.export)
        drop(menu, self.more)

    def print_list(self) -> None:
        """The list on paper as it stands."""
        if self.context.may(Right.PRINT):
            view = self._seen
            printing.print_list(self.context, self, view.name, view.lines, view.words)

    def export(self) -> None:
        table_paper.export(self._seen.table)

    # -- inside

    @property
    def _seen(self) -> LinesView:
        return self._views[self.choice.value()]

    @property
    def _may_write(self) -> bool:
        name, may = self.choice.value(), self.context.may
        return any(map(may, KEEPS)) if name == PROJECTS else may(Right.KEEP_JOINT)

    @property
    def _new_words(self) -> str:
        name = self.choice.value()
        return "立项" if name == PROJECTS else f"登记{name}"

    def _connect(self) -> None:
        offer(any(map(self.context.may, KEEPS)), self.new_button)
        offer(any(map(self.context.may, (Right.PRINT, Right.EXPORT))), self.more)
        self.choice.chosen.connect(self.show_view)
        self.choice.bind(self, self.take_focus)
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(self._found)
        self.search.bind(self)
        for view in self._views.values():
            view.table.current_changed.connect(self._show_current)
            view.table.opened.connect(self._open)
            view.clear_asked.connect(self._clear)
            view.new_asked.connect(self.new)
        for card in (self.resource_card, self.need_card):
            card.asked.connect(self._ask_line)
            card.begin_asked.connect(self.begin)
            card.project_asked.connect(self._show_number)
        self.project_card.asked.connect(self._ask_project)
        self.more.clicked.connect(self.open_menu)
        self.new_button.clicked.connect(self.new)
        keys.bind(self, "new", self.new)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "print", self.print_list)
        keys.bind(self, "export", self.export)

    def _show_current(self, _key: object = None) -> None:
        one: Any = self._seen.current
        name = self.choice.value()
        if name == PROJECTS:
            self.project_card.show_project(one)
        elif name == NEEDS:
            self.need_card.show_line(one)
        else:
            self.resource_card.show_line(one)

    def _open(self, _key: object) -> None:
        """Enter: the form."""
        if self._may_write:
            self._ask_project("edit") if self.choice.value() == PROJECTS else self._ask_line("edit")

    def _ask_line(self, what: str) -> None:
        one = self._seen.current
        if one is not None:
            self.lines.do(what, one)

    def _ask_project(self, what: str) -> None:
        one = self.project_card.project
        if one is not None:
            self.acts.do(what, one)

    def _show(self, name: str, wanted: int) -> None:
        self.show_view(name)
        if not self._seen.select(wanted):
            self._clear()
        if self._seen.select(wanted):
            self.take_focus()
        else:
            messages.warn(self.context.signals, "清单里没有这一项，可能已经删除。")

    def _begin_by(self, resolution_id: int) -> None:
        self.show_view(PROJECTS)
        if self._may_write:
            with messages.domain_errors_shown(self):
                with self.context.database.lookup() as lookup:
                    wish = project_choices.begun_by(lookup, resolution_id)
                self.begin(wish)

    def _show_number(self, number: str) -> None:
        """The project of a number that a card names."""
        with self.context.database.lookup() as lookup:
            found = projects.projects(lookup, ProjectFilter(text=number))
        if found:
            self._show(PROJECTS, found[0].id)

    def _search(self, text: str) -> None:
        self._seen.search(text)

    def _found(self, _text: str) -> None:
        self.take_focus()

    def _clear(self) -> None:
        self.search.clear()
        self.search.settle()
        self._seen.clear_filters()
        self.take_focus()

    def _go_on(self, wanted: Unsaved) -> None:
        """A form that was not saved when the program ended."""
        with messages.domain_errors_shown(self):
            going_on.open_form(self, wanted)
