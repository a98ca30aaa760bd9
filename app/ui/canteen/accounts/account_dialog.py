"""All lines of one account, the latest on top; a receipt again, or what was wrong met by a line."""

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication, QWidget

from app.context import Context
from app.models import MealEntry
from app.services import meal_account_views, meal_deposits, meal_statements
from app.services.meal_statements import EntryLine
from app.ui.canteen.accounts import acts, printing
from app.ui.canteen.accounts.words import ENTRIES, ENTRIES_LEAVING, balance_words, state_chip
from app.ui.kit import messages, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.chips import ChipLabel
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import Label, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState
from app.ui.kit.table_foot import TableCard, TableFoot
from app.ui.kit.table_model import PagedTableModel
from app.ui.people.canteen_wish import ShowMeal
from app.ui.people.period_chip import PeriodChip
from app.ui.recent.history import Record, history_button
from app.values.rights import Right


class AccountDialog(Dialog):
    """Enter on a meal goes to the counter, where it can be taken back; on money to its receipt."""

    def __init__(
        self,
        context: Context,
        account_id: int,
        parent: QWidget | None = None,
        *,
        entry_id: int | None = None,
    ) -> None:
        """`entry_id`: the line at which it is opened, the latest one without it."""
        super().__init__("餐费账户流水", parent, width=860)
        self._context, self._account = context, account_id
        self.name, self.place = Label("", "title", bold=True), small()
        self.state, self.balance = ChipLabel(""), Label("", "h2", bold=True, tone="primary")
        self.model = PagedTableModel(ENTRIES, self._fetch)
        self.table = PagedTable(self.model, name="餐费账户流水")
        self.table.paper.columns = ENTRIES_LEAVING
        self.table.paper.people = lambda _: [self.line.resident_id]
        self.table.set_empty(EmptyState("notebook-outline", "这段时间没有流水"))
        self.period = PeriodChip(context.clock.today())
        self._make_buttons()
        self._lay_out()
        self._connect()
        self.read()
        if entry_id is not None:
            self.table.select_id(entry_id)
            self._show_current()
        self.table.setFocus()

    def rest(self) -> None:
        """Nobody is at the desk: the account is closed, unless something is asked over it."""
        if QApplication.activeModalWidget() is self:
            self.reject()

    def read(self) -> None:
        """The account as it is now."""
        today = self._context.clock.today()
        with self._context.database.lookup() as lookup:
            (self.line,) = meal_account_views.rows(lookup, [self._account], today=today)
            years = meal_statements.years(lookup, self._account)
            ids = meal_statements.entry_ids(lookup, self._account, *self.period.span)
        self.period.offer(years)
        current = self.table.current_id()
        self.model.set_ids(ids)
        if not self.table.select_id(current) and ids:
            self.table.select_row(0)
        self.name.setText(self.line.name)
        self.place.setText(f"{self.line.kind_words}　{self.line.place}")
        self.state.set_chip(state_chip(self.line))
        self.balance.setText(f"{balance_words(self.line)} 元")
        self._show_current()

    def open_line(self) -> None:
        """Where the line came from: the meal, or the receipt."""
        line = self._current()
        if line is None:
            return
        if line.meal_id is not None:
            self.accept()
            self._context.signals.page_requested.emit("canteen", ShowMeal(line.meal_id))
        elif line.receipt:
            self.print_receipt()

    def print_receipt(self) -> None:
        """The receipt of the current line again."""
        line = self._current()
        if line is None or not line.receipt or not self._context.may(Right.PRINT):
            return
        with messages.domain_errors_shown(self):
            with self._context.database.lookup() as lookup:
                known = meal_deposits.receipt(lookup, line.id)
            printing.print_receipt(self._context, self, known)

    def print_statement(self) -> None:
        """对账单 of the days that are chosen."""
        with messages.domain_errors_shown(self):
            first, last = self.period.span
            today = self._context.clock.today()
            days = (first or self.line.opened_on, last or today)
            printing.print_statement(self._context, self, self.line, *days)

    def reverse(self) -> None:
        """冲正 of the current line."""
        line = self._current()
        if line is not None and _can_be_reversed(line):
            acts.reverse(self._context, self, self.line.name, line)
            self.read()

    # -- inside

    def _make_buttons(self) -> None:
        self.statement = Button("打印对账单", size="small", action="print_statement")
        self.receipt = Button("补打收据", size="small")
        self.wrong = Button("冲正", size="small", action="reverse_money")
        self.source = Button("看这一餐", size="small", cap="Enter")
        offer(self._context.may(Right.PRINT), self.statement, self.receipt)
        offer(self._context.may(Right.KEEP_DEPOSITS), self.wrong)

    def _lay_out(self) -> None:
        head = row(self.name, self.state, self.place, None, self.balance, spacing=10)
        self.body.addLayout(head)
        card = TableCard(self.table, TableFoot(self.table, unit="笔"))
        card.setMinimumHeight(theme.current().px(300 if theme.current().large else 380))
        self.body.addWidget(card, 1)
        history = history_button(self._context, self, self._record)
        acts_row = (self.source, self.receipt, self.wrong, None, history)
        self.body.addLayout(row(self.period, self.statement, None, *acts_row, spacing=8))
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _connect(self) -> None:
        self.period.changed.connect(lambda _: self.read())
        self.table.opened.connect(lambda _: self.open_line())
        self.table.current_changed.connect(lambda _: self._show_current())
        self.source.clicked.connect(self.open_line)
        self.receipt.clicked.connect(self.print_receipt)
        self.wrong.clicked.connect(self.reverse)
        self.statement.clicked.connect(self.print_statement)
        for button in (self.wrong, self.statement):
            button.bind(self)

    def _show_current(self) -> None:
        line = self._current()
        self.source.setVisible(line is not None and line.meal_id is not None)
        self.receipt.setVisible(line is not None and bool(line.receipt))
        wrong = line is not None and _can_be_reversed(line)
        self.wrong.setVisible(wrong)
        # The key of a hidden button is to be dead too.
        self.wrong.setEnabled(wrong)

    def _current(self) -> EntryLine | None:
        key = self.table.current_id()
        return None if key is None else next(iter(self._fetch([key])), None)

    def _fetch(self, ids: Sequence[int]) -> list[EntryLine]:
        with self._context.database.lookup() as lookup:
            return meal_statements.some(lookup, ids)

    def _record(self) -> Record | None:
        line = self._current()
        return None if line is None else Record(MealEntry, line.id, f"{line.title} {line.words}")


def _can_be_reversed(line: EntryLine) -> bool:
    return bool(line.receipt) and not line.reversed
