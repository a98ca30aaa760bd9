"""The main window: sidebar, pages, status line. It assembles and passes on, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from app.context import Context
from app.services.settings import COMMUNITY_NAME
from app.storage.lookup import Sql, query
from app.ui.kit import keys, theme
from app.ui.kit.labels import box, column, row
from app.ui.kit.memory import window_memory
from app.ui.kit.sidebar import PRODUCT, PRODUCT_LINE, Sidebar
from app.ui.kit.signals import Area
from app.ui.kit.status_bar import StatusBar
from app.ui.pages import AT_FOOT, PAGES, Page
from app.ui.people.canteen_wish import LogMeal
from app.ui.people.grid_wish import NewDiary, NewRequest
from app.ui.people.points_wish import Redeem
from app.ui.people.table_printing import paper_desk
from app.ui.undo_last import last_step, undo_last
from app.values.days import weekday
from app.values.rights import Right

if TYPE_CHECKING:
    from app.ui.recent.panel import RecentPanel
    from app.ui.recent.unsaved_bar import UnsavedBar

SMALLEST = (1180, 660)
FIRST = (1366, 728)
UNDO_DELAY_MS = 300
UNSAVED_DELAY_MS = 1500
UNDO_WORDS = 18


class MainWindow(QMainWindow):
    """Pages are built when they are first opened; hidden ones refresh when they are shown."""

    close_requested = Signal()

    def __init__(self, context: Context, pages: Sequence[Page] = PAGES) -> None:
        super().__init__()
        theme.dress(self)
        self._context = context
        offered = [page for page in pages if page.offered(context)]
        self._pages = {page.key: page for page in offered}
        self._built: dict[str, QWidget] = {}
        self._stale: set[str] = set()
        self._undo_words = ""
        self._recent: RecentPanel | None = None
        self.unsaved: UnsavedBar | None = None
        # Read when the window stands: a start does not wait for it, a burst of changes reads once.
        self._undo_timer = QTimer(self)
        self._undo_timer.setSingleShot(True)
        self._undo_timer.timeout.connect(self._show_undo)
        self._undo_timer.start(UNDO_DELAY_MS)
        QTimer.singleShot(UNDO_DELAY_MS, self, self._watch_printing)
        self.sidebar = Sidebar([(p.key, p.title, p.icon) for p in offered], at_foot=AT_FOOT)
        self.stack = QStackedWidget()
        self.status = StatusBar()
        right = column((self.stack, 1), self.status, spacing=0)
        self.setCentralWidget(box(row(self.sidebar, (right, 1), spacing=0)))
        QTimer.singleShot(UNSAVED_DELAY_MS, self, self.offer_unsaved)
        paper_desk(context, self)
        self._connect()
        self.status.show_saved("")
        self._show_facts()
        self._restore()

    @property
    def current_key(self) -> str:
        """Key of the page that is seen."""
        return next(key for key, page in self._built.items() if page is self.stack.currentWidget())

    def open_page(self, key: str, *, take_focus: bool = True) -> bool:
        """Show a page; False where the present one keeps the user (something unsaved), or where
        the user may do nothing on it."""
        if key not in self._pages:
            return False
        present = self.stack.currentWidget()
        if present is not None and present is not self._built.get(key) and not _may_leave(present):
            self.sidebar.show_page(self.current_key)
            return False
        first_time = key not in self._built
        page = self._built.get(key) or self._build(key)
        if key in self._stale:
            self._stale.discard(key)
            _call(page, "refresh")
        self.stack.setCurrentWidget(page)
        self.sidebar.show_page(key)
        # On its own page the key means the next step: a new paper.
        self._to_papers.setEnabled(key != "papers" and "papers" in self._pages)
        self._show_legend()
        if take_focus and first_time and page.focusProxy() is not None:
            page.setFocus()
        elif take_focus:
            _focus_into(page)
        return True

    def toggle_recent(self) -> None:
        """刚才做了什么 over the right side of whatever page is seen, or away again."""
        if self._recent is None:
            # Loaded when it is first asked for: a start does not wait for it.
            from app.ui.recent.panel import RecentPanel

            self._recent = RecentPanel(self._context, self.stack)
            self._recent.closed.connect(lambda: _focus_into(self.stack.currentWidget()))
        if self._recent.isVisible():
            self._recent.close_panel()
        else:
            self._recent.open()

    def rest(self) -> None:
        """Nobody is at the desk: what lies open of people is put away, forms stay."""
        for page in self._built.values():
            _call(page, "rest")

    def may_close(self) -> bool:
        """Ask every page that may hold something unsaved."""
        return all(_may_leave(page) for page in self._built.values())

    def _may_leave_printer(self) -> bool:
        """Pages that still wait for the printer would be lost."""
        from app.ui.kit.printing import may_leave

        return may_leave(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The shell closes the window, after the backup."""
        event.ignore()
        if self.may_close() and self._may_leave_printer():
            self.remember()
            self.close_requested.emit()

    def remember(self) -> None:
        memory = window_memory()
        memory.setValue("窗口/位置", self.saveGeometry())
        memory.setValue("窗口/页", self.current_key)

    def _connect(self) -> None:
        signals = self._context.signals
        signals.changed.connect(self._on_changed)
        signals.notified.connect(self.status.say)
        # A method, not a lambda: the connection is to end with the window.
        signals.warned.connect(self.status.warn)
        self.status.lock.clicked.connect(signals.lock_requested)
        signals.page_requested.connect(self._on_page_requested)
        self.sidebar.chosen.connect(self.open_page)
        self.sidebar.recent_asked.connect(self.toggle_recent)
        self.sidebar.walked.connect(lambda key: self.open_page(key, take_focus=False))
        for number, key in enumerate(self._pages, start=1):
            shortcut = QShortcut(QKeySequence(keys.page_key(number)), self)
            shortcut.activated.connect(lambda key=key: self.open_page(key))
        keys.bind(self, "refresh", lambda: _call(self.stack.currentWidget(), "refresh"))
        keys.bind(self, "find_person", self._find_person)
        self._to_papers = keys.bind(self, "new_paper", lambda: self.open_page("papers"))
        keys.bind(self, "new_request", lambda: self._on_page_requested("grids", NewRequest()))
        keys.bind(self, "new_diary", lambda: self._on_page_requested("grids", NewDiary()))
        keys.bind(self, "redeem", self._redeem)
        keys.bind(self, "log_meal", self._log_meal)
        keys.bind(self, "undo", self._undo)
        keys.bind(self, "recent", self.toggle_recent)
        keys.bind(self, "help", self._show_help)
        keys.bind(self, "backup_now", signals.backup_requested.emit)
        for key in ("lock", "lock_alt"):
            keys.bind(self, key, signals.lock_requested.emit)

    def _build(self, key: str) -> QWidget:
        page = self._pages[key].build(self._context, self.stack)
        self._built[key] = page
        self.stack.addWidget(page)
        announced = getattr(page, "legend_changed", None)
        if announced is not None:
            announced.connect(self._show_legend)
        return page

    def _on_changed(self, areas: Area) -> None:
        now = self._context.clock.now()
        self.status.show_saved(f"{now:%H:%M}")
        for key, page in self._built.items():
            if not areas & getattr(page, "areas", areas):
                continue
            if page is self.stack.currentWidget():
                _call(page, "refresh")
            else:
                self._stale.add(key)
        self._undo_timer.start(UNDO_DELAY_MS)
        if Area.OFFICE in areas:
            self._show_facts()

    def _on_page_requested(self, key: str, payload: object) -> None:
        if self.open_page(key) and payload is not None:
            _call(self._built[key], "show_record", payload)

    def offer_unsaved(self) -> None:
        """A line in the sidebar, where something was not saved when the program ended."""
        name = self._context.user.name
        with self._context.database.lookup() as lookup:
            waits = lookup.value(query("count(*)", "draft", [Sql("user_name = ?", (name,))]))
        if waits:
            # Loaded when there is something to offer, which is seldom.
            from app.ui.recent.unsaved_bar import UnsavedBar

            self.unsaved = UnsavedBar(self._context)
            self.sidebar.add_note(self.unsaved)
            self.unsaved.show_waiting()

    def _show_help(self) -> None:
        from app.ui.help_dialog import HelpDialog

        HelpDialog(self).exec()

    def _watch_printing(self) -> None:
        """What waits for the printer stands in the status line, also after a change of mode."""
        from app.ui.kit.print_light import watch

        watch(self, self.status)

    def _find_person(self) -> None:
        """At a counter among those who come to it, everywhere else in the list of residents."""
        seen = self.stack.currentWidget()
        if seen is not self._built.get("residents") and _call(seen, "find_person"):
            return
        if self.open_page("residents"):
            _call(self._built["residents"], "find_person")

    def _redeem(self) -> None:
        """The counter, with the person whose card is open."""
        if self._context.may(Right.REDEEM):
            self._on_page_requested("points", Redeem(self._person_at_hand))

    def _log_meal(self) -> None:
        """The counter of 食堂, likewise."""
        if self._context.may(Right.LOG_MEALS):
            self._on_page_requested("canteen", LogMeal(self._person_at_hand))

    @property
    def _person_at_hand(self) -> int | None:
        person: int | None = getattr(self.stack.currentWidget(), "person_at_hand", None)
        return person

    def _undo(self) -> None:
        """A counter takes back what it gave out last; everywhere else it is the last step."""
        if not _call(self.stack.currentWidget(), "undo"):
            undo_last(self, self._context)

    def _show_legend(self) -> None:
        legend = list(getattr(self.stack.currentWidget(), "legend", ()))
        words = getattr(self.stack.currentWidget(), "undo_words", "") or self._undo_words
        if words:
            legend.append((keys.cap("undo"), f"撤销：{words}"))
        self.status.set_legend(legend)

    def _show_undo(self) -> None:
        """What Ctrl+Z would take back, as the last of the keys."""
        if not self._context.ready():
            self._undo_timer.start(UNDO_DELAY_MS)
            return
        step = last_step(self._context)
        words = step.sentence if step is not None else ""
        self._undo_words = words if len(words) <= UNDO_WORDS else f"{words[:UNDO_WORDS]}…"
        self._show_legend()

    def _show_facts(self) -> None:
        office = self._context.settings[COMMUNITY_NAME]
        self.setWindowTitle(f"{PRODUCT} · {PRODUCT_LINE}  {office}".rstrip())
        self.sidebar.show_office(f"{office}工作台" if office else PRODUCT_LINE)
        self.status.show_user(self._context.user.name)
        self.status.show_lock(bool(self._context.user.slot))
        today = self._context.clock.today()
        self.status.show_day(f"{today:%Y-%m-%d} 周{weekday(today)}")

    def _restore(self) -> None:
        memory = window_memory()
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        place = memory.value("窗口/位置")
        if isinstance(place, QByteArray):
            self.restoreGeometry(place)
        key = str(memory.value("窗口/页", ""))
        self.open_page(key if key in self._pages else next(iter(self._pages)))


def _call(page: QWidget | None, name: str, *arguments: object) -> object:
    """Pages offer what makes sense for them: refresh, find_person, show_record."""
    offered: Callable[..., object] | None = getattr(page, name, None)
    return offered(*arguments) if offered is not None else None


def _focus_into(page: QWidget) -> None:
    """The first thing in a page that takes keys, unless the page has chosen one itself."""
    chosen = cast("QWidget | None", page.focusWidget())  # None until something had the focus
    if chosen is not None:
        chosen.setFocus()
        return
    widget = cast(QWidget, page.nextInFocusChain())
    while page.isAncestorOf(widget):
        reachable = widget.isEnabled() and widget.isVisibleTo(page)
        if reachable and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus()
            return
        widget = cast(QWidget, widget.nextInFocusChain())


def _may_leave(page: QWidget) -> bool:
    leave: Callable[[], bool] | None = getattr(page, "leave", None)
    return leave is None or leave()
