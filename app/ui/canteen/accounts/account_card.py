"""One account: what it has, its last lines, and what can be done with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from app.context import Context
from app.models import AccountState, MealAccount
from app.services import meal_statements, settings
from app.services.meal_account_views import AccountRow
from app.ui.canteen.accounts.entry_lines import EntryLines
from app.ui.canteen.accounts.words import balance_words, state_chip
from app.ui.kit import theme
from app.ui.kit.buttons import Button, offer
from app.ui.kit.card import Card
from app.ui.kit.chips import Chip, ChipLabel
from app.ui.kit.drop_menu import drop, menu_of
from app.ui.kit.labels import Label, row, rule, small
from app.ui.recent.history import Record, history_button
from app.values.money import yuan
from app.values.rights import Right

_LINES, _LINES_LARGE = 7, 8
_HUNDRED = 100


class AccountCard(Card):
    """`asked` carries what is to be done: pay_in, pay_back, lines, statement, freeze, ..."""

    asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(margins=(14, 12, 14, 12), spacing=7)
        self._context = context
        self.line: AccountRow | None = None
        self.name, self.place = Label("", "title", bold=True), small()
        self.kind, self.state = ChipLabel("", "grey"), ChipLabel("")
        self.balance = Label("", "h2", bold=True, tone="primary")
        self.said = small(wrap=True)
        self.pay_in = Button("存款", kind="primary", action="pay_in")
        self.pay_back = Button("退款", action="pay_back")
        self.all_lines = Button("全部流水", kind="link", size="small", cap="Enter")
        self.more = Button("更多", size="small", trail="chevron-down")
        self.history = history_button(context, self, self._record)
        self.entries = EntryLines()
        offer(context.may(Right.KEEP_DEPOSITS), self.pay_in, self.pay_back)
        self._lay_out()
        self._connect()
        self.show_line(None)

    def show_line(self, line: AccountRow | None) -> None:
        """Another account, or None for none."""
        self.line = line
        self.setVisible(line is not None)
        if line is None:
            return
        self.name.setText(line.name)
        self.place.setText(line.place)
        self.kind.set_chip(Chip(line.kind_words, "grey"))
        self.state.set_chip(state_chip(line))
        self.balance.setText(f"{balance_words(line)} 元")
        self.balance.set_tone("warn" if line.low or line.balance < 0 else "primary")
        self._show_said(line)
        self._show_buttons(line)
        count = _LINES_LARGE if theme.current().large else _LINES
        with self._context.database.lookup() as lookup:
            self.entries.show_lines(meal_statements.entries(lookup, line.id, limit=count))

    def _show_buttons(self, line: AccountRow) -> None:
        """Where nothing is owed nothing is received, from an empty card nothing paid back."""
        there = line.state is not AccountState.CLOSED
        self.pay_in.setText("存款" if line.is_card else "收月结款")
        self.pay_in.setVisible(there and (line.is_card or line.balance < 0))
        self.pay_back.setVisible(there and line.is_card and line.balance > 0)

    def open_menu(self) -> None:
        """What is done more rarely."""
        if self.line is None:
            return
        menu = menu_of(self.more)
        menu.addAction("全部流水…", lambda: self.asked.emit("lines"))
        if self._context.may(Right.PRINT):
            menu.addAction("对账单…", lambda: self.asked.emit("statement"))
        if self._context.may(Right.KEEP_DEPOSITS):
            self._add_acts(menu, self.line)
        drop(menu, self.more)

    def _add_acts(self, menu: QMenu, line: AccountRow) -> None:
        menu.addSeparator()
        other = "月结账户" if line.is_card else "餐卡"
        menu.addAction(f"给{line.name}开{other}…", lambda: self.asked.emit("open_other"))
        if line.state is AccountState.CLOSED:
            menu.addAction("重新开户", lambda: self.asked.emit("open_again"))
            return
        if not line.is_card:
            menu.addAction("赊账限额…", lambda: self.asked.emit("limit"))
        verb = "解冻" if line.state is AccountState.FROZEN else "冻结…"
        menu.addAction(verb, lambda: self.asked.emit("freeze"))
        menu.addAction("销户", lambda: self.asked.emit("close"))

    def _show_said(self, line: AccountRow) -> None:
        """What has to be known of it, in one line."""
        with self._context.database.lookup() as lookup:
            known = settings.load(lookup)
        if line.left:
            words = f"{line.left}，{'请收清欠款' if line.balance < 0 else '请退款'}后销户"
        elif line.frozen_reason:
            words = f"冻结：{line.frozen_reason}"
        elif line.low:
            words = f"不足 {known[settings.LOW_BALANCE]:,} 元，请提醒存款"
        elif not line.is_card:
            limit = known[settings.BILL_LIMIT] * _HUNDRED if line.limit is None else line.limit
            owes = "" if line.balance else "现在不欠款，"
            words = f"{owes}最多可欠 {yuan(limit)} 元"
        else:
            words = f"本月用餐 {yuan(line.eaten)} 元"
        self.said.setText(words)

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.name, self.kind, self.state, None, spacing=8))
        self.body.addWidget(self.place)
        self.body.addWidget(self.balance)
        self.body.addWidget(self.said)
        self.body.addLayout(row(self.pay_in, self.pay_back, None, spacing=8))
        self.body.addWidget(rule())
        self.body.addLayout(row(self.all_lines, None, self.more, self.history, spacing=6))
        self.body.addWidget(self.entries)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.pay_in.clicked.connect(lambda: self.asked.emit("pay_in"))
        self.pay_back.clicked.connect(lambda: self.asked.emit("pay_back"))
        self.all_lines.clicked.connect(lambda: self.asked.emit("lines"))
        self.more.clicked.connect(self.open_menu)

    def _record(self) -> Record | None:
        line = self.line
        if line is None:
            return None
        return Record(MealAccount, line.id, f"{line.name} {line.kind_words}账户")
