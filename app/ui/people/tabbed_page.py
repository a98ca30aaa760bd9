"""A page of several tabs: each is built when it is first opened, and answers its own wishes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.context import Context
from app.ui.kit import keys, theme
from app.ui.kit.labels import box, h1, row
from app.ui.kit.signals import Area
from app.ui.kit.table_foot import page_layout
from app.ui.kit.tabs import PageTabs
from app.ui.people.unsaved_wish import Unsaved
from app.values.rights import Right


class PageTab(QWidget):
    """A tab brings its own search and buttons (`head`); the page puts them beside the tabs."""

    legend_changed = Signal()
    count_changed = Signal(int)
    """What the tab's title shows beside its name; 0 shows nothing."""
    told = Signal(str, int)
    """What the title of another tab shows while nobody has opened it: its title and the count"""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.head: Sequence[QWidget] = ()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        """The keys that work now, for the status line."""
        return ()

    def refresh(self) -> None:
        """Read everything anew; what is chosen stays chosen."""

    def take_focus(self) -> None:
        """By Ctrl+Tab somebody came to work here: arrows are to move in the tab, not the tabs."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The page was opened: the first scan and the first letter are to land somewhere."""
        super().focusInEvent(event)
        self.take_focus()

    @property
    def undo_words(self) -> str:
        """What Ctrl+Z means here; '' where it means the last step of the office."""
        return ""

    def undo(self) -> bool:
        """Ctrl+Z; False where the last step of the office is meant."""
        return False

    @property
    def person_at_hand(self) -> int | None:
        """The resident whom F7 takes along to the counter."""
        return None

    def find_person(self) -> bool:
        """F12; False where the people of the page 居民 are looked through, as from everywhere."""
        return False

    def rest(self) -> None:
        """Nobody is at the desk: numbers in clear are masked, forms stay."""

    def leave(self) -> bool:
        """Whether nothing unsaved keeps the user here."""
        return True

    def show_record(self, wanted: object) -> None:
        """Something of this tab that another page asks for."""


@dataclass(frozen=True)
class TabKind:
    """`build` is called when the tab is first opened; `takes` are the wishes that it answers.

    Of `rights` one is enough; without any the tab is for everybody who sees the page.
    """

    title: str
    build: Callable[[Context], PageTab]
    takes: tuple[type, ...] = ()
    drafts: tuple[str, ...] = ()
    """Kinds of unsaved forms (recent/unsaved.py) that it goes on with"""
    rights: tuple[Right, ...] = ()
    short: str = ""
    """The title in 大字, where the whole one would take the room of the others"""

    @property
    def shown(self) -> str:
        return self.short if self.short and theme.current().large else self.title

    def offered(self, context: Context) -> bool:
        """Whether there is anything on it that the user may do."""
        return not self.rights or any(map(context.may, self.rights))


class TabbedPage(QWidget):
    """Assembles: one line with the tabs and what the open one brings, below it the tab itself."""

    legend_changed = Signal()
    title = ""
    areas = Area(0)
    kinds: tuple[TabKind, ...] = ()

    def __init__(
        self,
        context: Context,
        parent: QWidget | None = None,
        *,
        kinds: Sequence[TabKind] | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._kinds = [one for one in kinds or self.kinds if one.offered(context)]
        self._built: dict[int, PageTab] = {}
        self._stale: set[int] = set()
        self._shown = 0
        self._cover: PageTab | None = None
        self.tabs = PageTabs([kind.shown for kind in self._kinds])
        self.heads = QStackedWidget()
        self.stack = QStackedWidget()
        layout = page_layout(self)
        self._line = box(row(h1(self.title), 8, self.tabs, (self.heads, 1), spacing=10))
        layout.addWidget(self._line)
        layout.addWidget(self.stack, 1)
        self.tabs.chosen.connect(self.show_tab)
        keys.bind(self, "next_tab", lambda: self._step(1))
        keys.bind(self, "previous_tab", lambda: self._step(-1))
        self.show_tab(0)
        # Whoever opens the page by key stands in its first tab, not on the names of the tabs.
        self.setFocusProxy(self.current)

    @property
    def current(self) -> PageTab:
        """The tab that is seen."""
        return cast(PageTab, self.stack.currentWidget())

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        if self._cover is not None:
            return self.current.legend
        return (*self.current.legend, (keys.cap("next_tab"), "换栏"))

    def show_tab(self, number: int) -> None:
        """Open a tab, unless the present one keeps the user."""
        present = self.stack.currentIndex()
        if (
            present >= 0
            and self.current is not self._built.get(number)
            and not self.current.leave()
        ):
            self.tabs.set_current(self._shown)
            return
        self._uncover()
        tab = self._built.get(number) or self._build(number)
        focus = self.window().focusWidget()
        if number in self._stale:
            self._stale.discard(number)
            tab.refresh()
        worked = self.stack.isAncestorOf(focus) or self.heads.isAncestorOf(focus)
        self.stack.setCurrentWidget(tab)
        self.heads.setCurrentIndex(self.stack.currentIndex())
        self.tabs.set_current(number)
        # Left to itself the focus goes to the first thing of the tab, which is mostly a filter.
        if worked:
            tab.take_focus()
        self._shown = number
        self.legend_changed.emit()

    def cover(self, tab: PageTab) -> None:
        """Show one thing on the whole page, in place of the tabs and their line."""
        self._uncover()
        self._cover = tab
        self._line.hide()
        self.stack.addWidget(tab)
        self.stack.setCurrentWidget(tab)
        tab.refresh()
        tab.legend_changed.connect(self.legend_changed)
        tab.take_focus()
        self.legend_changed.emit()

    def uncover(self) -> None:
        """Back to work in the tab that was seen before; what it shows is read anew."""
        self._stale.add(self._shown)
        self.show_tab(self._shown)
        self.current.take_focus()

    def open(self, title: str) -> PageTab:
        """The tab of this title, seen."""
        titles = [kind.title for kind in self._kinds]
        self.show_tab(titles.index(title))
        return self.current

    def refresh(self) -> None:
        """Something changed: the open tab reads anew, the others when they are opened."""
        self._stale = {number for number, tab in self._built.items() if tab is not self.current}
        self.current.refresh()

    @property
    def undo_words(self) -> str:
        return self.current.undo_words

    def undo(self) -> bool:
        return self.current.undo()

    @property
    def person_at_hand(self) -> int | None:
        """Of the open tab: who comes along to the counter by F7."""
        return self.current.person_at_hand

    def find_person(self) -> bool:
        """Whether the open tab has people of its own to look through."""
        return self.current.find_person()

    def rest(self) -> None:
        """Nobody is at the desk."""
        for tab in self._all:
            tab.rest()

    def leave(self) -> bool:
        return all(tab.leave() for tab in self._all)

    def show_record(self, wanted: object) -> None:
        """The tab that answers this wish, or that goes on with this form."""
        for kind in self._kinds:
            unsaved = isinstance(wanted, Unsaved) and wanted.kind in kind.drafts
            if unsaved or isinstance(wanted, kind.takes):
                tab = self.open(kind.title)
                if tab is self._built[self._kinds.index(kind)]:
                    tab.show_record(wanted)
                return

    def _build(self, number: int) -> PageTab:
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

    @property
    def _all(self) -> list[PageTab]:
        """The tabs that stand, and what covers them."""
        return [*self._built.values(), *([self._cover] if self._cover is not None else ())]

    def _uncover(self) -> None:
        if self._cover is not None:
            self.stack.removeWidget(self._cover)
            self._cover.deleteLater()
            self._cover = None
            self._line.show()

    def _step(self, by: int) -> None:
        self.show_tab((self._shown + by) % len(self._kinds))
        self.current.take_focus()
