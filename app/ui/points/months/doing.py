"""The steps of a month as a user takes them: asked, done in one transaction, told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.services import points_months, points_publishing
from app.services.points_filter import month_words
from app.services.points_lines import following
from app.services.points_month_facts import MonthFacts
from app.services.points_publishing import MonthView, Step
from app.ui.kit import messages
from app.ui.kit.signals import Area


def take_step(context: Context, facts: MonthFacts, parent: QWidget) -> None:
    """The step that comes, but 生成公示, which is done by printing the list."""
    if facts.closed is None:
        _close(context, facts, parent)
    elif facts.step is Step.ARCHIVE:
        _archive(context, facts.closed, parent)
    elif facts.step in (Step.SIGN, Step.POST):
        from app.ui.points.months.step_dialogs import PostDialog, SignDialog

        kind = SignDialog if facts.step is Step.SIGN else PostDialog
        kind(context, facts.closed, parent.window()).exec()


def change(
    context: Context, sentence: str, act: Callable[..., Any], month: MonthView, **more: Any
) -> None:
    """One step of a closed month; raises DomainError."""
    with context.database.transaction(sentence) as session:
        act(session, month.month, version=month.version, today=context.clock.today(), **more)
    context.signals.changed.emit(Area.POINTS)
    messages.notify(context.signals, sentence)


def _close(context: Context, facts: MonthFacts, parent: QWidget) -> None:
    """Closing runs in the background: the books of all accounts are gone through."""
    sentence = f"月结 {facts.words}"
    if not messages.confirm(parent, sentence, _question(facts), "月结锁账"):
        return

    def work(_: object) -> points_months.Closed:
        with context.database.transaction(sentence) as session:
            return points_months.close(session, facts.month, now=context.clock.now())

    def done(closed: points_months.Closed) -> None:
        context.signals.changed.emit(Area.POINTS)
        lapsed = f"，到期清零 {closed.expired:,} 分" if closed.expired else ""
        left = f"月末结余 {closed.proof.closing:,} 分"
        messages.notify(context.signals, f"已{sentence}，{left}{lapsed}")

    messages.run_with_progress(
        parent, context.background, f"正在{sentence}", work, done=done, can_cancel=False
    )


def _question(facts: MonthFacts) -> str:
    found, later = facts.proof, month_words(following(facts.month))
    return (
        f"{facts.words}增加 {found.added:,} 分，减少 {found.taken:,} 分，"
        f"月末 {found.accounts:,} 个账户共 {found.closing:,} 分。"
        "到期没有用的积分会先清零。\n"
        f"锁账以后不能再记进这个月，补记的记在{later}并注明“补”；月结不能撤销。"
    )


def _archive(context: Context, month: MonthView, parent: QWidget) -> None:
    with messages.domain_errors_shown(parent):
        sentence = f"归档 {month_words(month.month)}积分公示"
        change(context, sentence, points_publishing.archive, month)
