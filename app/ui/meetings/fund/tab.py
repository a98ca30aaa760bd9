"""经费: the year's money by source and project, the book of it, and the notice for the board."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.context import Context
from app.services import fund_papers, fund_views
from app.services.fund_views import SourceView
from app.services.project_views import ProjectView
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.forms import choice
from app.ui.kit.labels import column, row
from app.ui.kit.signals import Area
from app.ui.meetings.fund import printing
from app.ui.meetings.fund.book_card import BookCard
from app.ui.meetings.fund.entry_dialog import GIVE_BACK, GRANT, SPEND, EntryDialog, Kind
from app.ui.meetings.fund.side import ProjectsCard, SourcesCard, side_width
from app.ui.people.meetings_wish import ShowFundEntry
from app.ui.people.paper_wish import MadeNotice
from app.ui.people.tabbed_page import PageTab
from app.values.rights import Right


def _no_projects(context: Context) -> str:
    """What stands where no project is listed."""
    if not context.sees_all:
        return "您的网格里没有用专项经费的项目。"
    if context.may(Right.KEEP_FUND) or context.may(Right.KEEP_JOINT):
        return "在“清单”里立项，写明用专项经费，就列在这里。"
    return "还没有用专项经费的项目。"


class FundTab(PageTab):
    """Assembles: the book of a year, its sources and projects, the buttons."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._may = context.may(Right.KEEP_FUND)
        self.year = context.clock.today().year
        self._sources: list[SourceView] = []
        self._projects: list[ProjectView] = []
        self.book = BookCard(context, may_write=self._may)
        self.sources = SourcesCard(may_write=self._may)
        self.projects = ProjectsCard(_no_projects(context))
        self.year_box = choice([str(self.year)], str(self.year), name="年度")
        self.year_box.setFixedWidth(theme.current().px(84))
        self.grant_button = Button("拨入", action="fund_grant")
        self.more = Button("更多", trail="chevron-down")
        self.spend_button = Button("支出", kind="primary", action="new")
        offer(self._may, self.grant_button, self.spend_button)
        leaves = context.may(Right.PRINT) or context.may(Right.EXPORT)
        offer(self._may or leaves, self.more)
        self.head = (self.year_box, self.grant_button, self.more, self.spend_button)
        side = column(self.sources, (self.projects, 1), spacing=12)
        for card in (self.sources, self.projects):
            card.setFixedWidth(side_width())
        self.setLayout(row((self.book, 1), side, spacing=12))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        writes = ((keys.cap("new"), "支出"), (keys.cap("fund_grant"), "拨入"))
        prints = ((keys.cap("print"), "台账"),) if self.context.may(Right.PRINT) else ()
        return (("Enter", "这一笔"), *(writes if self._may else ()), *prints)

    def refresh(self) -> None:
        with self.context.database.lookup() as lookup:
            years = fund_views.years(lookup, today=self.context.clock.today())
            self._sources = fund_views.sources(lookup, self.year)
            self._projects = fund_views.projects(lookup, self.year)
        self._offer_years(years)
        self.book.read(self.year, self._sources, self._projects)
        self.sources.show_sources(self._sources, self.book.chosen_source)
        self.projects.show_projects(self._projects, self.book.chosen_project)

    def take_focus(self) -> None:
        self.book.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowFundEntry):
            with messages.domain_errors_shown(self):
                with self.context.database.lookup() as lookup:
                    line = fund_views.entry(lookup, wanted.entry_id)
                    source = fund_views.source_of(lookup, line.source_id)
                self.show_year(source.year)
                self.book.table.select_id(wanted.entry_id)
                self.take_focus()

    # -- for the buttons, keys and tests

    def show_year(self, year: int) -> None:
        """Another year, with all of its lines."""
        self.year = year
        self.book.chosen_source = self.book.chosen_project = None
        self.refresh()

    def enter(self, kind: Kind) -> None:
        """The form of a line; without a source one is registered first."""
        if not self._may:
            return
        if not self._sources:
            self.edit_source(None)
            return
        if kind is SPEND and not self._projects:
            messages.warn(
                self.context.signals,
                f"{self.year} 年还没有用专项经费的项目，请先在“清单”里立项。",
            )
            return
        dialog = EntryDialog(self.context, kind, self._sources, self._projects, self.window())
        if dialog.exec() and dialog.entry_id is not None:
            self._filter(source=None, project=None)
            self.book.table.select_id(dialog.entry_id)
            self.take_focus()

    def edit_source(self, known: SourceView | None) -> None:
        """A new source of the year, or one that is changed."""
        if not self._may:
            return
        from app.ui.meetings.fund.source_dialog import SourceDialog

        SourceDialog(self.context, self.year, known, self.window()).exec()

    def open_line(self) -> None:
        """All that proves the current line."""
        line = self.book.current
        if line is None:
            return
        from app.ui.meetings.fund.line_dialog import LineDialog

        with messages.domain_errors_shown(self):
            LineDialog(self.context, line.id, self.window()).exec()

    def print_book(self) -> None:
        """台账 of the year, or of the source that is chosen."""
        if self.context.may(Right.PRINT):
            printing.print_book(self.context, self, self.year, self.book.chosen_source)

    def publish(self) -> None:
        """The 公示 of how the money was used, opened in 文书."""
        with messages.domain_errors_shown(self):
            with self.context.database.transaction(f"拟 {self.year} 年经费使用公示") as session:
                now = self.context.clock.now()
                notice_id = fund_papers.publish(session, self.year, now=now)
            self.context.signals.changed.emit(Area.MEETINGS | Area.PAPERS)
            self.context.signals.page_requested.emit("papers", MadeNotice(notice_id))

    def open_menu(self) -> None:
        """What is wanted more rarely."""
        menu = menu_of(self.more)
        if self._may:
            menu.addAction(f"登记来源…\t{keys.cap('fund_source')}", lambda: self.edit_source(None))
            menu.addAction("登记退回…", lambda: self.enter(GIVE_BACK))
            menu.addAction("拟经费使用公示…", self.publish)
            menu.addSeparator()
        if self.context.may(Right.PRINT):
            menu.addAction(f"打印台账…\t{keys.cap('print')}", self.print_book)
        if self.context.may(Right.EXPORT):
            export = f"导出本表…\t{keys.cap('export')}"
            menu.addAction(export, lambda: table_paper.export(self.book.table))
        drop(menu, self.more)

    # -- inside

    def _connect(self) -> None:
        table = self.book.table
        table.opened.connect(lambda _: self.open_line())
        table.escaped.connect(lambda: self._filter(source=None, project=None))
        self.book.asked.connect(self._start)
        self.sources.chosen.connect(lambda one: self._filter(source=one, project=None))
        self.sources.edit_asked.connect(self.edit_source)
        self.sources.new_asked.connect(lambda: self.edit_source(None))
        self.projects.chosen.connect(lambda one: self._filter(source=None, project=one))
        self.year_box.currentTextChanged.connect(self._year_chosen)
        self.grant_button.clicked.connect(lambda: self.enter(GRANT))
        self.spend_button.clicked.connect(lambda: self.enter(SPEND))
        self.more.clicked.connect(self.open_menu)
        self.grant_button.bind(self)
        self.spend_button.bind(self)
        keys.bind(self, "print", self.print_book)
        keys.bind(self, "export", lambda: table_paper.export(table))

    def _start(self, what: str) -> None:
        """What an empty year offers."""
        if what == "source":
            self.edit_source(None)
        else:
            self.enter(GRANT)

    def _filter(self, *, source: int | None, project: int | None) -> None:
        self.book.chosen_source, self.book.chosen_project = source, project
        self.refresh()

    def _year_chosen(self, words: str) -> None:
        if words.isdecimal() and int(words) != self.year:
            self.show_year(int(words))

    def _offer_years(self, years: Sequence[int]) -> None:
        offered = [str(one) for one in sorted({*years, self.year}, reverse=True)]
        self.year_box.blockSignals(True)
        self.year_box.clear()
        self.year_box.addItems(offered)
        self.year_box.setCurrentText(str(self.year))
        self.year_box.blockSignals(False)
