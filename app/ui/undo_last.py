"""Ctrl+Z outside a text field: names the last step of the office and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit.background import Progress
from app.ui.kit.messages import confirm, notify, run_with_progress, tell
from app.ui.kit.signals import Area

if TYPE_CHECKING:
    from app.services.steps import Step
    from app.services.undo import Undone

EVERYTHING = Area.RESIDENTS | Area.PAPERS | Area.OFFICE
KEPT_SHOWN = 8


def last_step(context: Context) -> Step | None:
    """The step that Ctrl+Z would take back."""
    # Loaded when the window stands: a start does not wait for it.
    from app.services import history

    with context.database.reading() as session:
        return history.last_undoable(session)


def undo_last(parent: QWidget, context: Context) -> None:
    """Ask in the words of the step, then take it back and say what could not be."""
    step = last_step(context)
    if step is None:
        notify(context.signals, "没有可以撤销的步骤")
        return
    words = f"{step.at:%m-%d %H:%M}，{step.who}：{step.sentence}（{step.rows:,} 条记录）"
    if not confirm(parent, "撤销这一步？", words, "撤销"):
        return

    from app.services.undo import undo

    def work(_progress: Progress) -> Undone:
        with context.database.transaction(f"撤销：{step.sentence}") as session:
            return undo(session, step.id)

    def done(undone: Undone) -> None:
        context.signals.changed.emit(EVERYTHING)
        notify(context.signals, undone.sentence)
        if undone.kept:
            tell(parent, _kept_words(undone), "有些没有撤销")

    run_with_progress(parent, context.background, "正在撤销", work, done=done, can_cancel=False)


def _kept_words(undone: Undone) -> str:
    lines = [f"{one.table_label} {one.name}：{one.reason}" for one in undone.kept[:KEPT_SHOWN]]
    more = len(undone.kept) - KEPT_SHOWN
    return "\n".join([undone.sentence, *lines, *([f"还有 {more} 条"] if more > 0 else [])])
