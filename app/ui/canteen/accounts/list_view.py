"""The list of accounts: words to choose by, the table, what all of them come to."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.context import Context
from app.services import meal_account_views
from app.services.meal_account_views import AccountFilter, AccountRow, AccountView
from app.ui.canteen.accounts.view_bar import ViewBar
from app.ui.canteen.accounts.words import COLUMNS, LEAVING
from app.ui.kit.card import Card
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.states import EmptyState, not_found
from app.ui.kit.table_model import PagedTableModel
from app.ui.kit.totals_line import TotalsLine
from app.values.money import yuan

_ADVICE = "老人先存钱、用餐时扣，或者先记账、月底交。按 Ctrl+N 开第一个账户。"


class AccountList(Card):
    """Edge to edge; a view that empties says so with what to do."""

    shown = Signal()
    clear_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(1, 1, 1, 1), spacing=0)
        self._context = context
        self.text = ""
        self.bar = ViewBar()
        self.model = PagedTableModel(COLUMNS, self._fetch)
        self.table = PagedTable(self.model, name="餐费账户")
        self.totals = TotalsLine(self.table)
        paper = self.table.paper
        paper.unit, paper.columns, paper.people = "户", LEAVING, self._people
        paper.filter_words = self._words
        self.body.addWidget(self.bar)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.totals)
        self.bar.changed.connect(self.read)

    @property
    def current(self) -> AccountRow | None:
        """The line under the cursor."""
        key = self.table.current_id()
        return None if key is None else next(iter(self._fetch([key])), None)

    def read(self) -> None:
        """The accounts as they are now; the current one stays current, else the first is."""
        current, chosen = self.table.current_id(), AccountFilter(self.bar.chosen, self.text)
        with self._context.database.lookup() as lookup:
            ids = meal_account_views.account_ids(lookup, chosen)
            sums = meal_account_views.sums(lookup)
        self.bar.show_sums(sums)
        if not ids:
            self.table.set_empty(self._nothing(any(sums.counts.values())))
        self.model.set_ids(ids)
        words = f"餐卡共存 {yuan(sums.paid_in)} 元"
        owed = f"，月结共欠 {yuan(sums.owed)} 元" if sums.owed else ""
        self.totals.show_sums(words + owed, {})
        if not (current is not None and self.table.select_id(current)) and ids:
            self.table.select_row(0)
        self.shown.emit()

    def show_view(self, view: AccountView) -> None:
        """As if the word had been chosen."""
        self.bar.show_view(view)
        self.read()

    def select(self, account_id: int) -> bool:
        """Make an account current, with what hides it taken back; False where there is none."""
        if not self.table.select_id(account_id):
            self.text = ""
            self.bar.show_view(AccountView.ALL)
            self.read()
        if not self.table.select_id(account_id):
            self.bar.show_view(AccountView.CLOSED)
            self.read()
        return self.table.select_id(account_id)

    def _nothing(self, there_are_some: bool) -> EmptyState:
        if not there_are_some:
            return EmptyState("wallet-outline", "还没有餐费账户", _ADVICE)
        if self.text.strip() or self.bar.chosen is AccountView.ALL:
            return not_found("没有这样的账户", self.clear_asked.emit)
        return EmptyState("check-circle-outline", f"没有“{self.bar.chosen.label}”的账户")

    def _words(self) -> str:
        typed = self.text.strip()
        parts = [self.bar.chosen.label] if self.bar.chosen is not AccountView.ALL else []
        return "，".join([*parts, *([f"查找“{typed}”"] if typed else [])])

    def _fetch(self, ids: Sequence[int]) -> list[AccountRow]:
        with self._context.database.lookup() as lookup:
            return meal_account_views.rows(lookup, ids, today=self._context.clock.today())

    def _people(self, ids: Sequence[int]) -> list[int]:
        with self._context.database.lookup() as lookup:
            return meal_account_views.people_of(lookup, ids)
