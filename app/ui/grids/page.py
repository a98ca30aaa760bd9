"""网格: grids, organisation, diary, visits, requests, and what became of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.ui.grids.tab import GridsTab
from app.ui.kit import keys
from app.ui.kit.labels import h1, row
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import page_layout
from app.ui.kit.tabs import PageTabs
from app.ui.people.grid_wish import (
    NewDiary,
    NewRequest,
    ShowDiary,
    ShowGrid,
    ShowRequest,
    ShowVisits,
)
from app.ui.recent.unsaved import Unsaved


@dataclass(frozen=True)
class TabKind:
    """`build` is called when the tab is first opened; `takes` are the wishes that it answers."""

    title: str
    build: Callable[[Context], GridsTab]
    takes: tuple[type, ...] = ()
    drafts: tuple[str, ...] = ()
    """Kinds of unsaved forms (recent/unsaved.py) that it goes on with"""


# Each tab's widgets are imported when it is first opened: the page opens with one of them only.
def _districts(context: Context) -> GridsTab:
    from app.ui.grids.districts.tab import DistrictsTab

    return DistrictsTab(context)


def _organisation(context: Context) -> GridsTab:
    from app.ui.grids.organisation.tab import OrganisationTab

    return OrganisationTab(context)


def _diary(context: Context) -> GridsTab:
    from app.ui.grids.diary.tab import DiaryTab

    return DiaryTab(context)


def _visits(context: Context) -> GridsTab:
    from app.ui.grids.visits.tab import VisitsTab

    return VisitsTab(context)


def _requests(context: Context) -> GridsTab:
    from app.ui.grids.requests.tab import RequestsTab

    return RequestsTab(context)


def _bill(context: Context) -> GridsTab:
    from app.ui.grids.bill.tab import BillTab

    return BillTab(context)


TABS: tuple[TabKind, ...] = (
    TabKind("网格楼栋", _districts, takes=(ShowGrid,), drafts=("grid", "building")),
    TabKind("组织", _organisation, drafts=("member",)),
    TabKind("平安日记", _diary, takes=(NewDiary, ShowDiary), drafts=("diary",)),
    TabKind("走访", _visits, takes=(ShowVisits,), drafts=("visit_sheet",)),
    TabKind("诉求", _requests, takes=(NewRequest, ShowRequest), drafts=("request",)),
    TabKind("幸福账单", _bill),
)
"""In the order of the page: 网格楼栋 组织 平安日记 走访 诉求 幸福账单."""


class GridsPage(QWidget):
    """Assembles: one line with the tabs and what the open one brings, below it the tab itself."""

    legend_changed = Signal()
    areas = Area.RESIDENTS | Area.GRIDS | Area.REQUESTS | Area.OFFICE

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        kinds: Sequence[TabKind] = TABS,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kinds = kinds
        self._built: dict[int, GridsTab] = {}
        self._stale: set[int] = set()
        self.tabs = PageTabs([kind.title for kind in kinds])
        self.heads = QStackedWidget()
        self.stack = QStackedWidget()
        layout = page_layout(self)
        layout.addLayout(row(h1("网格"), 8, self.tabs, (self.heads, 1), spacing=10))
        layout.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        keys.bind(self, "next_tab", lambda: self._step(1))
        keys.bind(self, "previous_tab", lambda: self._step(-1))
        self.show_tab(0)
        # Whoever opens the page by key stands in its first tab, not on the names of the tabs.
        self.setFocusProxy(self.current)

    @property
    def current(self) -> GridsTab:
        """The tab that is seen."""
        return cast(GridsTab, self.stack.currentWidget())

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        return (*self.current.legend, (keys.cap("next_tab"), "换栏"))

    def show_tab(self, number: int) -> None:
        """Open a tab, unless the present one keeps the user."""
        present = self.stack.currentIndex()
        if (
            present >= 0
            and self.current is not self._built.get(number)
            and not self.current.leave()
        ):
            self.tabs.set_current(self._number_of(self.current))
            return
        tab = self._built.get(number) or self._build(number)
        if number in self._stale:
            self._stale.discard(number)
            tab.refresh()
        self.stack.setCurrentWidget(tab)
        self.heads.setCurrentIndex(self.stack.currentIndex())
        self.tabs.set_current(number)
        self.legend_changed.emit()

    def open(self, title: str) -> GridsTab:
        """The tab of this title, seen."""
        titles = [kind.title for kind in self._kinds]
        self.show_tab(titles.index(title))
        return self.current

    def refresh(self) -> None:
        """Something changed: the open tab reads anew, the others when they are opened."""
        number = self._number_of(self.current)
        self._stale = set(self._built) - {number}
        self.current.refresh()

    def rest(self) -> None:
        """Nobody is at the desk."""
        for tab in self._built.values():
            tab.rest()

    def leave(self) -> bool:
        return all(tab.leave() for tab in self._built.values())

    def show_record(self, wanted: object) -> None:
        """The tab that answers this wish, or that goes on with this form."""
        for kind in self._kinds:
            unsaved = isinstance(wanted, Unsaved) and wanted.kind in kind.drafts
            if unsaved or isinstance(wanted, kind.takes):
                tab = self.open(kind.title)
                if tab is self._built[self._kinds.index(kind)]:
                    tab.show_record(wanted)
                return

    def _build(self, number: int) -> GridsTab:
        tab = self._built[number] = self._kinds[number].build(self._context)
        head = QWidget()
        head.setLayout(row(None, *tab.head, spacing=10))
        # First, as it is above: Tab goes the way in which the parts were added.
        self.heads.addWidget(head)
        self.stack.addWidget(tab)
        tab.legend_changed.connect(self.legend_changed)
        tab.count_changed.connect(lambda count: self.tabs.set_count(number, count))
        tab.told.connect(self._tell)
        tab.refresh()
        return tab

    def _tell(self, title: str, count: int) -> None:
        """A tab that stands knows its count best."""
        number = [kind.title for kind in self._kinds].index(title)
        if number not in self._built:
            self.tabs.set_count(number, count)

    def _number_of(self, tab: GridsTab) -> int:
        return next(number for number, built in self._built.items() if built is tab)

    def _step(self, by: int) -> None:
        self.show_tab((self._number_of(self.current) + by) % len(self._kinds))
        self.current.take_focus()
