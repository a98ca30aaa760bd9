"""What is done with one account: pay in, pay back, freeze, close; each asked, done and told."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from app.context import Context
from app.models import AccountState
from app.services import meal_accounts, meal_deposits
from app.services.meal_account_views import AccountRow
from app.services.meal_statements import EntryLine
from app.ui.canteen.accounts import printing
from app.ui.canteen.accounts.money_dialog import DEPOSIT, PAY_BILL, REFUND, Kind, MoneyDialog
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.ui.kit.signals import Area
from app.values.money import yuan

FREEZE = ("餐卡丢了，等本人补卡", "有争议，查清前不扣款", "本人申请")
REVERSE = ("金额收错了", "记错了人", "重复记的")


def pay_in(context: Context, parent: QWidget, line: AccountRow) -> None:
    """存款 into a card, 收月结款 of a bill; then the receipt."""
    if line.is_card:
        _money(context, parent, line, DEPOSIT)
    elif line.balance:
        _money(context, parent, line, PAY_BILL)
    else:
        messages.notify(context.signals, f"{line.name}现在不欠月结款，不用收")


def pay_back(context: Context, parent: QWidget, line: AccountRow) -> None:
    """退款 of a card."""
    if line.is_card and line.balance:
        _money(context, parent, line, REFUND)


def switch_freeze(context: Context, parent: QWidget, line: AccountRow) -> None:
    """冻结 with a reason, or lift it."""
    if line.state is AccountState.FROZEN:
        _do(
            context,
            parent,
            f"解冻账户 {line.name}",
            lambda one: meal_accounts.unfreeze(one, line.id, version=line.version),
        )
        return
    said = f"{line.name}：冻结后不能用它付餐费，可以存款和退款。"
    dialog = ReasonDialog("冻结账户", said, "冻结", usual=FREEZE, parent=parent.window())
    if dialog.exec():
        _do(
            context,
            parent,
            f"冻结账户 {line.name}",
            lambda one: meal_accounts.freeze(
                one, line.id, reason=dialog.reason, version=line.version
            ),
        )


def close_account(context: Context, parent: QWidget, line: AccountRow) -> None:
    """销户 of one that has nothing and owes nothing."""
    said = f"{line.name}的{line.kind_words}账户。流水都留着，以后可以重新开户。"
    if line.balance or messages.confirm(parent, "销户", said, "销户"):
        today = context.clock.today()
        _do(
            context,
            parent,
            f"销户 {line.name} {line.kind_words}",
            lambda one: meal_accounts.close_account(
                one, line.id, version=line.version, today=today
            ),
        )


def reverse(context: Context, parent: QWidget, name: str, line: EntryLine) -> None:
    """冲正 of what was received or paid back by mistake."""
    said = f"{name}　{line.on_date:%m-%d}　{line.title}　{yuan(line.amount)} 元"
    words = f"{said}。原来的一行留着，另记一行相反的。"
    dialog = ReasonDialog("冲正", words, "冲正", usual=REVERSE, parent=parent.window())
    if dialog.exec():
        _do(
            context,
            parent,
            f"冲正 {said}",
            lambda one: meal_deposits.reverse_entry(
                one, line.id, reason=dialog.reason, now=context.clock.now()
            ),
        )


def _money(context: Context, parent: QWidget, line: AccountRow, kind: Kind) -> None:
    dialog = MoneyDialog(context, line, kind, parent.window())
    if dialog.exec() and dialog.receipt is not None and dialog.wants_paper:
        printing.print_receipt(context, parent, dialog.receipt)


def _do(context: Context, parent: QWidget, sentence: str, act: Callable[[Session], object]) -> None:
    with messages.domain_errors_shown(parent):
        with context.database.transaction(sentence) as session:
            act(session)
        context.signals.changed.emit(Area.CANTEEN)
        messages.notify(context.signals, f"已{sentence}")
