"""账户: what people have paid in or owe for meals."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.context import Context
from app.models import AccountKind, AccountState
from app.services import meal_months, meal_statements
from app.services.meal_account_views import AccountRow, AccountView
from app.services.points_lines import month_number
from app.ui.canteen.accounts import acts, printing
from app.ui.canteen.accounts.account_card import AccountCard
from app.ui.canteen.accounts.list_view import AccountList
from app.ui.canteen.accounts.proof_card import ProofCard
from app.ui.kit import keys, messages, table_paper, theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import column, hide_unless, row
from app.ui.kit.search_box import SearchBox
from app.ui.people.canteen_wish import ShowMealAccount, ShowMealEntry
from app.ui.people.tabbed_page import PageTab
from app.values.rights import Right

_SIDE = 316


class AccountsTab(PageTab):
    """Assembles: the list, the card of the current account, the proof of the month."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        large = theme.current().large
        self.list = AccountList(context)
        self.card = AccountCard(context)
        self.proof = ProofCard()
        self.search = SearchBox("姓名" if large else "姓名 / 收据号", name="查找账户")
        self.search.setFixedWidth(theme.current().px(110 if large else 176))
        self.vouchers_button = Button("餐券", action="meal_vouchers")
        self.more = Button("更多", trail="chevron-down")
        self.new_button = Button("开户", kind="primary", action="new")
        offer(context.may(Right.KEEP_DEPOSITS), self.new_button)
        self.head = (self.search, self.vouchers_button, self.more, self.new_button)
        # There its key, and the menu 更多, must do: the tabs take the room.
        hide_unless(not large, self.vouchers_button, self.proof)
        self.card.setFixedWidth(theme.current().px(_SIDE))
        self.proof.setFixedWidth(theme.current().px(_SIDE))
        side = column((self.card, 1), self.proof, spacing=12)
        # Without an account it stands above, not over the whole side.
        side.setAlignment(self.proof, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row((self.list, 1), side, spacing=12))
        self._connect()

    @property
    def legend(self) -> Sequence[tuple[str, str]]:
        pays = ((keys.cap("pay_in"), "存款"), (keys.cap("pay_back"), "退款"))
        return (
            ("Enter", "流水"),
            *(pays if self.context.may(Right.KEEP_DEPOSITS) else ()),
            (keys.cap("meal_vouchers"), "餐券"),
            (keys.cap("meal_months"), "月结"),
        )

    def refresh(self) -> None:
        self.list.read()
        month = month_number(self.context.clock.today())
        with self.context.database.lookup() as lookup:
            self.proof.show_proof(meal_months.proof(lookup, month))

    def take_focus(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def person_at_hand(self) -> int | None:
        """Whose account it is: F7 takes him along, F8 too."""
        line = self.card.line
        return line.resident_id if line is not None else None

    def rest(self) -> None:
        """Nobody is at the desk: the card is put away."""
        if self.list.table.hasFocus():
            self.search.setFocus()
        self.list.table.let_go()
        self.card.show_line(None)

    def show_record(self, wanted: object) -> None:
        if isinstance(wanted, ShowMealAccount):
            self._show_account(wanted.account_id)
        elif isinstance(wanted, ShowMealEntry):
            with self.context.database.lookup() as lookup:
                found = meal_statements.some(lookup, [wanted.entry_id])
            if self._show_account(found[0].account_id if found else None):
                self.show_lines(entry_id=wanted.entry_id)

    def _show_account(self, account_id: int | None) -> bool:
        self.search.clear()
        self.search.settle()
        there = account_id is not None and self.list.select(account_id)
        if not there:
            messages.warn(self.context.signals, "没有这个账户，或者不在您的网格里。")
        self.take_focus()
        return there

    # -- for the buttons, keys and tests

    def open_account(
        self, resident_id: int | None = None, kind: AccountKind = AccountKind.CARD
    ) -> None:
        """开户; the new account is then the current one."""
        if not self.context.may(Right.KEEP_DEPOSITS):
            return
        from app.ui.canteen.accounts.open_dialog import OpenDialog

        dialog = OpenDialog(self.context, self.window(), resident_id=resident_id, kind=kind)
        if dialog.exec() and dialog.account_id is not None:
            self.list.select(dialog.account_id)
            self.take_focus()

    def do(self, what: str) -> None:
        """What the card offers, or a key asks for, with the current account."""
        line = self.card.line
        act = _ACTS.get(what)
        if line is None:
            return
        if act is not None:
            if self.context.may(Right.KEEP_DEPOSITS):
                act(self.context, self, line)
        elif what == "lines":
            self.show_lines()
        elif what == "statement":
            today = self.context.clock.today()
            printing.print_statement(self.context, self, line, line.opened_on, today)
        elif what == "limit":
            self._change_limit(line)
        else:
            again = what == "open_again"
            kind = AccountKind.CARD if line.is_card is again else AccountKind.BILL
            self.open_account(line.resident_id, kind)

    def show_lines(self, *, entry_id: int | None = None) -> None:
        """All lines of the current account, opened at one of them."""
        line = self.card.line
        if line is None:
            return
        from app.ui.canteen.accounts.account_dialog import AccountDialog

        with messages.domain_errors_shown(self):
            AccountDialog(self.context, line.id, self.window(), entry_id=entry_id).exec()

    def show_vouchers(self) -> None:
        """餐券."""
        from app.ui.canteen.accounts.vouchers_dialog import VouchersDialog

        VouchersDialog(self.context, self.window()).exec()

    def show_months(self) -> None:
        """账户月结."""
        from app.ui.canteen.accounts.months_dialog import MonthsDialog

        MonthsDialog(self.context, self.window()).exec()

    def show_takings(self) -> None:
        """收款日报."""
        from app.ui.canteen.accounts.takings_dialog import TakingsDialog

        TakingsDialog(self.context, self.window()).exec()

    def open_menu(self) -> None:
        """What is wanted more rarely."""
        menu = menu_of(self.more)
        menu.addAction(f"餐券…\t{keys.cap('meal_vouchers')}", self.show_vouchers)
        menu.addAction(f"账户月结…\t{keys.cap('meal_months')}", self.show_months)
        if self._sees_all:
            menu.addAction(f"收款日报…\t{keys.cap('day_takings')}", self.show_takings)
        menu.addSeparator()
        low = AccountView.LOW
        if self.context.may(Right.PRINT):
            month = month_number(self.context.clock.today())
            menu.addAction(
                "打印本月月结单…", lambda: printing.print_bills(self.context, self, month)
            )
            menu.addAction("打印余额不足名单…", lambda: self._print_view(low))
            menu.addAction("打印本表…", lambda: table_paper.print_out(self.list.table))
        if self.context.may(Right.EXPORT):
            menu.addAction("导出本表…", lambda: table_paper.export(self.list.table))
        drop(menu, self.more)

    # -- inside

    @property
    def _sees_all(self) -> bool:
        """The till holds everybody's money: whoever sees some grids only cannot count it."""
        return self.context.user.grids is None

    def _connect(self) -> None:
        table = self.list.table
        table.opened.connect(lambda _: self.show_lines())
        table.current_changed.connect(lambda _: self.card.show_line(self.list.current))
        table.escaped.connect(self._clear)
        self.list.shown.connect(lambda: self.card.show_line(self.list.current))
        self.list.clear_asked.connect(self._clear)
        self.card.asked.connect(self.do)
        self.proof.asked.connect(self.show_months)
        self.search.paused.connect(self._look_for)
        self.search.left_down.connect(self.take_focus)
        self.search.submitted.connect(lambda _: self.take_focus())
        self.search.bind(self)
        self.more.clicked.connect(self.open_menu)
        self.vouchers_button.clicked.connect(self.show_vouchers)
        self.new_button.clicked.connect(lambda: self.open_account())
        self.new_button.bind(self)
        keys.bind(self, "pay_in", lambda: self.do("pay_in"))
        keys.bind(self, "pay_back", lambda: self.do("pay_back"))
        keys.bind(self, "freeze_account", self._freeze)
        keys.bind(self, "print_statement", lambda: self.do("statement"))
        keys.bind(self, "meal_vouchers", self.show_vouchers)
        keys.bind(self, "meal_months", self.show_months)
        if self._sees_all:
            keys.bind(self, "day_takings", self.show_takings)
        keys.bind(self, "clear_filters", self._clear)
        keys.bind(self, "print", lambda: table_paper.print_out(table))
        keys.bind(self, "export", lambda: table_paper.export(table))

    def _look_for(self, text: str) -> None:
        self.list.text = text
        self.list.read()

    def _clear(self) -> None:
        self.search.clear()
        self.search.settle()
        self.list.text = ""
        self.list.show_view(AccountView.ALL)
        self.take_focus()

    def _print_view(self, view: AccountView) -> None:
        self.list.show_view(view)
        table_paper.print_out(self.list.table)

    def _freeze(self) -> None:
        line = self.card.line
        if line is not None and line.state is not AccountState.CLOSED:
            self.do("freeze")

    def _change_limit(self, line: AccountRow) -> None:
        from app.ui.canteen.accounts.limit_dialog import LimitDialog

        LimitDialog(self.context, line, self.window()).exec()


_ACTS = {
    "pay_in": acts.pay_in,
    "pay_back": acts.pay_back,
    "freeze": acts.switch_freeze,
    "close": acts.close_account,
}
