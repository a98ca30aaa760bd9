"""What a user does with a settlement: asked, done in one transaction, told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services.meal_claim_checks import Gone
from app.services.meal_claim_facts import ClaimFacts
from app.services.meal_claim_views import Step
from app.services.points_filter import month_words
from app.services.points_lines import following
from app.ui.kit import messages
from app.ui.kit.signals import Area
from app.values.money import yuan
from app.values.rights import Right

# What writes, draws and asks is loaded with the first click.
if TYPE_CHECKING:
    from app.ui.canteen.claims.matrix_card import MatrixCard
    from app.ui.canteen.claims.tab import ClaimsTab


def do(
    context: Context, parent: QWidget, sentence: str, act: Callable[..., Any], **more: Any
) -> None:
    """One action in a transaction of its own; a broken rule is shown."""
    with messages.domain_errors_shown(parent):
        with context.database.transaction(sentence) as session:
            act(session, **more)
        context.signals.changed.emit(Area.CANTEEN)
        messages.notify(context.signals, f"已{sentence}")


def name_of(facts: ClaimFacts) -> str:
    """2026年11月补贴结算, as sentences name it."""
    return f"{month_words(facts.month)}补贴结算"


# -- steps


def take_step(context: Context, facts: ClaimFacts | None, parent: QWidget) -> None:
    """The step that comes, asked for in a dialog or once in words."""
    if facts is None or facts.refusal:
        return
    from app.ui.canteen.claims import step_dialogs

    window = parent.window()
    if facts.step is Step.PREPARE:
        step_dialogs.PrepareDialog(context, facts, window).exec()
    elif facts.step is Step.SIGN:
        step_dialogs.SignDialog(context, facts, window).exec()
    elif facts.step is Step.SUBMIT:
        _submit(context, facts, parent)
    elif facts.step is Step.RECEIVE:
        from app.ui.canteen.claims.receive_dialog import ReceiveDialog

        ReceiveDialog(context, facts, window).exec()


def sign_again(context: Context, facts: ClaimFacts | None, parent: QWidget) -> None:
    """The last signature is taken back."""
    from app.services import meal_claim_steps

    if facts is None or facts.claim is None:
        return
    do(
        context,
        parent,
        f"退回 {name_of(facts)} 重新签字",
        meal_claim_steps.take_back,
        canteen_id=facts.matrix.canteen_id,
        month=facts.month,
        version=facts.claim.version,
    )


def _submit(context: Context, facts: ClaimFacts, parent: QWidget) -> None:
    from app.services import meal_claim_steps

    if facts.claim is None or not messages.confirm(
        parent, f"提交 {name_of(facts)}", _question(facts), "提交并锁定"
    ):
        return
    do(
        context,
        parent,
        f"提交并锁定 {name_of(facts)}",
        meal_claim_steps.submit,
        canteen_id=facts.matrix.canteen_id,
        month=facts.month,
        version=facts.claim.version,
        now=context.clock.now(),
    )


def _question(facts: ClaimFacts) -> str:
    found = facts.matrix
    asked = "，".join(f"{one.label} {yuan(found.claimed(one))}" for one in found.payers)
    return (
        f"{month_words(facts.month)}共 {found.total.meals:,} 餐，"
        f"餐费 {yuan(found.total.price)} 元。申报（元）：{asked}。\n"
        f"锁定以后这个月不能再改，也不能撤销；以后的更正记在{month_words(following(facts.month))}"
        "或以后，作为差额申报。"
    )


# -- putting right


@dataclass(frozen=True, slots=True)
class Wrong:
    """A meal to be put right: its number and name, what is wrong, the day that is proposed."""

    meal_id: int
    number: str
    name: str
    words: str
    day: date


def wrong_of(gone: Gone) -> Wrong:
    """A meal after somebody left; it may have been on the last day."""
    return Wrong(gone.meal_id, gone.number, gone.name, gone.words, gone.departed_on)


PutRight = Callable[[Context, Wrong, QWidget], bool]
"""What puts a meal right; whether it was gone through with"""


def own_money(context: Context, wrong: Wrong, parent: QWidget) -> bool:
    """The meal is booked anew without a subsidy; whether that was asked for."""
    from app.services import meal_taking_back
    from app.ui.kit.reason_dialog import ReasonDialog

    dialog = ReasonDialog(
        "改由本人付",
        f"{wrong.words}（{wrong.number}）。原来的一笔冲掉，重新记一笔没有补贴的，差的钱由本人付。",
        "改由本人付",
        usual=("迁出后就餐，不享受补贴", "不符合补贴条件"),
        parent=parent.window(),
    )
    if not dialog.exec():
        return False
    do(
        context,
        parent,
        f"{wrong.name} {wrong.number} 改由本人付：{dialog.reason}",
        meal_taking_back.put_right,
        meal_id=wrong.meal_id,
        unsubsidised=True,
        reason=dialog.reason,
        now=context.clock.now(),
    )
    return True


def other_day(context: Context, wrong: Wrong, parent: QWidget) -> bool:
    """The meal was on another day; whether it was put right."""
    from app.ui.canteen.claims.step_dialogs import OtherDayDialog

    return bool(OtherDayDialog(context, wrong, parent.window()).exec())


# -- ways out


def copy_matrix(context: Context, card: MatrixCard, facts: ClaimFacts | None) -> None:
    """All figures for WPS; nobody's name stands among them."""
    from app.services import table_log

    if facts is None or not context.may(Right.EXPORT):
        return
    what = f"复制 {name_of(facts)}"
    with messages.domain_errors_shown(card):
        with context.database.transaction(what) as session:
            table_log.note_exported(session, (), by=context.user.name)
        card.grid.copy()
        messages.notify(context.signals, f"已{what}")


def print_settlement(context: Context, tab: ClaimsTab) -> None:
    """补贴结算表 with every meal behind it, shown before it is printed."""
    from app.ui.canteen.claims import paper_job

    if tab.facts is not None:
        paper_job.settlement(context, tab.facts, tab)


def show_forms(context: Context, tab: ClaimsTab) -> None:
    """Each payer's own form: on paper or as a workbook."""
    from app.ui.canteen.claims.forms_dialog import FormsDialog

    if tab.facts is not None:
        FormsDialog(context, tab.facts, tab).exec()


def show_notice(context: Context, tab: ClaimsTab) -> None:
    """The list for the board, names masked."""
    from app.ui.canteen.claims.notice_dialog import NoticeDialog

    if tab.facts is not None:
        NoticeDialog(context, tab.facts, tab.window()).exec()
