"""台账: every line of the points ledger, what waits for review on top."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.context import Context
from app.services import points_accounts, points_claims
from app.services.points_filter import Book, key_of
from app.services.points_views import LedgerLine
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.labels import column, hide_unless, row
from app.ui.people.points_wish import NewClaim, ShowAccount, ShowEntry
from app.ui.people.tabbed_page import PageTab
from app.ui.people.unsaved_wish import Unsaved
from app.ui.points.ledger import printing, weigh_dialog
from app.ui.points.ledger.list_view import LedgerList
from app.ui.points.ledger.selection_bar import MOST_AT_ONCE, SelectionBar
from app.ui.points.months.cards import MonthCards
from app.values.rights import Right


class LedgerTab(PageTab):
    """Assembles: the list, the bar of what can be done, and the proof that the books agree."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = LedgerList(context)
        self.bar = SelectionBar(context, self)
        # In 大字 the list needs the room; the tab 月结 has the same cards.
        self.month = None if theme.current().large else MonthCards(context, preview=True)
        self._month_seen: int | None = None
        self._make_head()
        self._lay_out()
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        return (
            ("空格", "勾选"),
            ("Shift+↑↓", "连选"),
            ("Enter", "打开"),
            (keys.cap("open_account"), "账户"),
            *(((keys.cap("weigh"), "回收称重"),) if self.context.may(Right.RECORD_POINTS) else ()),
            (keys.cap("search"), "查找"),
        )

    def refresh(self) -> None:
        self.list.filters.refresh()
        self.list.read()
        self._show_month()
        with self.context.database.lookup() as lookup:
            self.count_changed.emit(points_claims.waiting_count(lookup))

    def take_focus(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowAccount):
            self.open_account(wanted.account_id)
        elif isinstance(wanted, ShowEntry):
            book = Book.HOURS if wanted.of_hours else Book.ENTRY
            self.list.select(key_of(book, wanted.entry_id))
            self.take_focus()
        elif isinstance(wanted, Unsaved) and wanted.kind == weigh_dialog.KIND:
            self.weigh()
        elif isinstance(wanted, NewClaim | Unsaved):
            self.write_down(wanted if isinstance(wanted, NewClaim) else None)

    # -- for the buttons, keys and tests

    def write_down(self, wish: NewClaim | None = None) -> None:
        """手工记分, for whoever the wish names."""
        if not self.context.may(Right.RECORD_POINTS):
            return
        from app.ui.points.ledger.claim_dialog import ClaimDialog

        with messages.domain_errors_shown(self):
            ClaimDialog(self.context, wish or NewClaim(), parent=self.window()).exec()

    def weigh(self) -> None:
        """回收称重: the list of a collection point."""
        if not self.context.may(Right.RECORD_POINTS):
            return
        with messages.domain_errors_shown(self):
            weigh_dialog.WeighDialog(self.context, self.window()).exec()

    def enter_again(self) -> None:
        """The form of what was sent back, with everything that stood in it."""
        line = self._current()
        if line is None:
            return
        from app.ui.points.ledger.claim_dialog import ClaimDialog

        with messages.domain_errors_shown(self):
            ClaimDialog(self.context, returned_id=line.row_id, parent=self.window()).exec()

    def open_line(self) -> None:
        """All that is known of the current line: where it came from, what became of it."""
        line = self._current()
        if line is None:
            return
        from app.ui.points.ledger.line_dialog import LineDialog

        with messages.domain_errors_shown(self):
            LineDialog(self.context, line.key, self.window()).exec()

    def open_account(self, account_id: int | None = None) -> None:
        """The account of the current line, or the one that is named."""
        line = self._current()
        wanted = account_id or (line.account_id if line is not None else None)
        if wanted is None:
            return
        from app.ui.points.ledger.account_dialog import AccountDialog

        with messages.domain_errors_shown(self):
            dialog = AccountDialog(self.context, wanted, self.window())
            dialog.exec()
            if dialog.shows_lines:
                with self.context.database.lookup() as lookup:
                    name = points_accounts.holder(lookup, wanted).name
                self.list.filters.show_account(wanted, name)

    def open_appeals(self) -> None:
        """申诉 about the current line."""
        line = self._current()
        if line is None or line.account_id is None:
            return
        from app.ui.points.ledger.appeals_dialog import AppealsDialog

        with messages.domain_errors_shown(self):
            with self.context.database.lookup() as lookup:
                owner = points_accounts.holder(lookup, line.account_id)
            AppealsDialog(self.context, owner, self.window(), line=line).exec()

    def print_vouchers(self) -> None:
        """F9: what is ticked as vouchers; without ticks the registers are offered."""
        few = len(self.list.model.ticked) <= MOST_AT_ONCE
        lines = [one for one in self.list.ticked() if one.book is Book.ENTRY] if few else []
        if lines:
            printing.print_vouchers(self.context, self, lines)
        elif self.context.may(Right.PRINT):
            self.print_button.click()

    # -- inside

    def _lay_out(self) -> None:
        left = column((self.list, 1), self.bar, spacing=10)
        beside = () if self.month is None else (self.month,)
        if self.month is not None:
            self.month.setFixedWidth(theme.current().px(276))
        self.setLayout(row((left, 1), *beside, spacing=12))

    def _make_head(self) -> None:
        large = theme.current().large
        self.export_button = Button("导出表格", icon="table-arrow-down", action="export")
        self.print_button = Button(
            "打印", icon="" if large else "printer-outline", trail="chevron-down"
        )
        self.new_button = Button(
            "手工记分", kind="primary", icon="" if large else "plus", action="new"
        )
        offer(self.context.may(Right.EXPORT), self.export_button)
        offer(self.context.may(Right.PRINT), self.print_button)
        self.weigh_button = Button("回收称重", icon="scale", action="weigh")
        offer(self.context.may(Right.RECORD_POINTS), self.weigh_button, self.new_button)
        # There its key must do: the tabs take the room.
        hide_unless(not large, self.export_button, self.weigh_button)
        self.head = (self.export_button, self.print_button, self.weigh_button, self.new_button)

    def _connect(self) -> None:
        table, filters = self.list.table, self.list.filters
        table.opened.connect(lambda _: self.open_line())
        table.current_changed.connect(lambda _: self._show_current())
        table.ticks_changed.connect(lambda _: self._show_chosen())
        table.escaped.connect(self._clear)
        self.list.shown.connect(self._show_chosen)
        filters.changed.connect(self._follow_month)
        filters.search.left_down.connect(self.take_focus)
        filters.search.submitted.connect(lambda _: self.take_focus())
        filters.search.bind(self)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "print", self.print_vouchers)
        keys.bind(self, "export", lambda: table_paper.export(table))
        self.export_button.clicked.connect(lambda: table_paper.export(table))
        self.print_button.clicked.connect(self._offer_papers)
        self.new_button.clicked.connect(lambda: self.write_down())
        self.new_button.bind(self)
        self.weigh_button.clicked.connect(self.weigh)
        self.weigh_button.bind(self)
        self.bar.again.clicked.connect(self.enter_again)
        self.bar.appeal.clicked.connect(self.open_appeals)
        self.bar.account.clicked.connect(lambda: self.open_account())
        self.bar.voucher.clicked.connect(self.print_vouchers)
        self.bar.clear.clicked.connect(lambda: self.list.model.tick_all(on=False))

    def _clear(self) -> None:
        self.list.filters.clear_all()
        self.take_focus()

    def _offer_papers(self) -> None:
        printing.offer_papers(self.context, self, self.print_button, self.list)

    def _show_month(self) -> None:
        """The steps and the proof of the month that is seen."""
        self._month_seen = self.list.filters.month.number
        if self.month is not None:
            self.month.show_month(self._month_seen)

    def _follow_month(self) -> None:
        """Other filters leave the month as it is: its proof need not be done again."""
        if self.list.filters.month.number != self._month_seen:
            self._show_month()

    def _current(self) -> LedgerLine | None:
        return self.list.current()

    def _show_current(self) -> None:
        """While lines are ticked, those are meant wherever the cursor goes."""
        if not self.list.model.ticked:
            self._show_chosen()

    def _show_chosen(self) -> None:
        count = len(self.list.model.ticked)
        if count > MOST_AT_ONCE:
            self.bar.show_too_many(count)
            return
        ticked, current = self.list.ticked(), self.list.current()
        chosen = ticked or ([current] if current is not None else [])
        self.bar.show_lines(chosen, ticked=bool(ticked))
