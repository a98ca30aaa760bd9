"""What the buttons of the counter do: each asks what it has to, and tells what came of it."""

from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.models import AccountKind
from app.ui.canteen.counter.serving import Serving
from app.ui.kit import messages
from app.ui.kit.reason_dialog import ReasonDialog
from app.values.money import yuan

_MISTAKES = ("重复", "记错了人", "选错了套餐", "付款方式错了", "本人没有吃")
_EXCUSES = ("帮家人带一份", "没有吃饱，再来一份", "前一份退了，还没撤销")


class TakenBack(Protocol):
    """What is asked about a meal before it is taken back."""

    @property
    def words(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def paid(self) -> int: ...


def why_taken_back(parent: QWidget, number: str, meal: TakenBack) -> str:
    """The reason, after what will happen was read; '' where it is not to happen."""
    paid = f"本人付的 {yuan(meal.paid)} 元按原来的方式退回" if meal.paid else "本人没有付钱"
    explanation = (
        f"{number} {meal.name}：{meal.words}。账上记一笔负的，{paid}，补贴也一并冲掉；"
        "原来那一行留着，划去。"
    )
    dialog = ReasonDialog(
        "撤销这一餐", explanation, "撤销这一餐", usual=_MISTAKES, parent=parent.window()
    )
    return dialog.reason if dialog.exec() else ""


def take_back(
    context: Context, parent: QWidget, serving: Serving, meal_id: int, number: str, meal: TakenBack
) -> str:
    """撤销: money, voucher and points return, with a reason; what was done, '' for nothing."""
    reason, told = why_taken_back(parent, number, meal), ""
    if reason:
        with messages.domain_errors_shown(parent):
            serving.take_back(meal_id, number, reason)
            told = f"已撤销 {number} {meal.name}"
            messages.notify(context.signals, told)
    return told


def pay_in(context: Context, parent: QWidget, resident_id: int) -> None:
    """存款 on the card of whoever stands there, with its receipt."""
    from app.services import meal_account_views, meal_entries
    from app.ui.canteen.accounts import acts

    with context.database.lookup() as lookup:
        card = meal_entries.account_of(lookup, resident_id, AccountKind.CARD)
        ids = [card.id] if card is not None else []
        lines = meal_account_views.rows(lookup, ids, today=context.clock.today())
    if lines:
        acts.pay_in(context, parent, lines[0])
    else:
        messages.warn(context.signals, "还没有卡户，请先到“账户”里开户")


def excuse(parent: QWidget, serving: Serving) -> bool:
    """破例: a second meal in the period; whether a reason was given."""
    explanation = "这一餐已经记过。再记一份要写明原因，这一份没有补贴，全由本人付。"
    dialog = ReasonDialog(
        "破例再记一餐", explanation, "破例", usual=_EXCUSES, parent=parent.window()
    )
    if not dialog.exec():
        return False
    serving.excuse(dialog.reason)
    return True
