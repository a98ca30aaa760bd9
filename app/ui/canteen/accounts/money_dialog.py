"""存款, 收月结款, 退款: how much, how it was handed over, and the receipt for it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import EntryOfAccount, Tender
from app.services import meal_deposits
from app.services.meal_account_views import AccountRow
from app.services.meal_deposits import Receipt
from app.ui.canteen.accounts.words import balance_words
from app.ui.kit import messages
from app.ui.kit.buttons import Button
from app.ui.kit.chips import SwitchChip
from app.ui.kit.dialogs import CONFIRM_CAP, Dialog
from app.ui.kit.forms import Form, choice, line_edit
from app.ui.kit.labels import Label, box, row, small
from app.ui.kit.memory import window_memory
from app.ui.kit.segments import Segments
from app.ui.kit.signals import Area
from app.values.money import read_yuan, yuan
from app.values.rights import Right

_PRINTS = "食堂账户/打收据"
_USUAL = ("50", "100", "200", "500")


@dataclass(frozen=True)
class Kind:
    verb: str
    entry: EntryOfAccount
    sign: int
    asked: str
    usual: tuple[str, ...]


DEPOSIT = Kind("存款", EntryOfAccount.DEPOSIT, 1, "说明", ("家属代存", "单位资助"))
PAY_BILL = Kind("收月结款", EntryOfAccount.BILL_PAID, 1, "说明", ("家属代交", "先交一部分"))
REFUND = Kind(
    "退款",
    EntryOfAccount.REFUND,
    -1,
    "原因",
    ("本人不来用餐了", "搬走了", "家属代领", "多存了"),
)


class MoneyDialog(Dialog):
    """`receipt` is what was booked; what is left after it is shown while one types."""

    def __init__(
        self, context: Context, line: AccountRow, kind: Kind, parent: QWidget | None = None
    ) -> None:
        super().__init__(kind.verb, parent, width=520)
        self._context, self._line, self._kind = context, line, kind
        self.receipt: Receipt | None = None
        self.amount = line_edit(self._first_amount(), hint="如 100", limit=14)
        self.tender = Segments([(one, one.label, one.label) for one in Tender])
        self.tender.show_value(Tender.CASH)
        self.words = choice(list(kind.usual), name=kind.asked, editable=True)
        self.words.setCurrentText("")
        self.after = Label("", bold=True)
        self.prints = SwitchChip("打印收据", "打印收据")
        self.prints.show_on(window_memory().value(_PRINTS, "1") == "1")
        self._lay_out()
        self._connect()
        self._show_after()
        self.amount.setFocus()
        self.amount.selectAll()

    @property
    def wants_paper(self) -> bool:
        """Whether the receipt is to be printed."""
        return self.prints.on and self._context.may(Right.PRINT)

    def save(self) -> None:
        """Book it and close; a fault is said and everything typed stays."""
        with messages.domain_errors_shown(self):
            fen = read_yuan(self.amount.text())
            sentence = f"{self._kind.verb} {self._line.name} {yuan(fen)} 元"
            with self._context.database.transaction(sentence) as session:
                self.receipt = _ACTS[self._kind.entry](
                    session,
                    self._line.id,
                    fen,
                    tender=Tender.of(str(self.tender.value())),
                    words=self.words.currentText(),
                    now=self._context.clock.now(),
                )
            window_memory().setValue(_PRINTS, "1" if self.prints.on else "0")
            self._context.signals.changed.emit(Area.CANTEEN)
            messages.notify(self._context.signals, f"已{sentence}，收据 {self.receipt.number}")
            self.accept()

    def _first_amount(self) -> str:
        """A bill is paid as a whole, a card paid back as a whole; a deposit is asked for."""
        if self._kind is DEPOSIT:
            return ""
        return yuan(abs(self._line.balance))

    def _lay_out(self) -> None:
        line = self._line
        place = small(f"{line.place}　{line.kind_words}")
        has = "现有 " if line.is_card and line.balance >= 0 else ""
        now = Label(f"{has}{balance_words(line)} 元")
        self.body.addLayout(row(Label(line.name, "title", bold=True), place, None, now, spacing=10))
        self.form = Form(label=52)
        self.form.add("金额", self.amount, required=True)
        if self._kind is DEPOSIT:
            self.form.add("", box(row(*map(self._quick, _USUAL), None, spacing=6)))
        self.form.add("方式", self.tender)
        self.form.add(self._kind.asked, self.words, required=self._kind is REFUND)
        self.form.finish()
        self.body.addWidget(self.form)
        self.body.addLayout(row(self.prints, None, self.after))
        self.prints.setVisible(self._context.may(Right.PRINT))
        self.add_button(Button("取消", cap="Esc"), closes=False)
        self.confirm = self.add_button(Button(self._kind.verb, kind="primary", cap=CONFIRM_CAP))

    def _quick(self, amount: str) -> Button:
        button = Button(f"{amount} 元", size="small")
        button.clicked.connect(lambda: self.amount.setText(amount))
        return button

    def _connect(self) -> None:
        self.form.save_requested.connect(self.save)
        self.form.leave_requested.connect(self.reject)
        self.confirm.clicked.connect(self.save)
        self.amount.textChanged.connect(lambda _: self._show_after())

    def _show_after(self) -> None:
        """What the account would have; nothing while no figure is typed."""
        try:
            after = self._line.balance + self._kind.sign * read_yuan(self.amount.text())
        except DomainError:
            self.after.setText("")
            return
        owed = f"还欠 {yuan(-after)} 元" if after < 0 else f"{self._kind.verb}后 {yuan(after)} 元"
        wrong = after < 0 if self._line.is_card else after > 0
        self.after.set_tone("danger" if wrong else "text")
        self.after.setText("超过了现有的钱" if wrong else owed)


_ACTS = {
    EntryOfAccount.DEPOSIT: meal_deposits.deposit,
    EntryOfAccount.BILL_PAID: meal_deposits.pay_bill,
    EntryOfAccount.REFUND: meal_deposits.refund,
}
