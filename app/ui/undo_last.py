"""Ctrl+Z outside a text field: names the last step of the office and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.ui.kit.messages import notify

if TYPE_CHECKING:
    from app.services.steps import Step


def last_step(context: Context) -> Step | None:
    """The step that Ctrl+Z would take back."""
    # Loaded when the window stands: a start does not wait for it.
    from app.services.steps import next_undo

    with context.database.reading() as session:
        return next_undo(session)


def undo_last(parent: QWidget, context: Context) -> None:
    """Ask in the words of the step, then take it back and say what could not be."""
    from app.ui.recent.taking_back import take_back

    if context.background.busy:
        # Also the first of two quick presses, whose question is still to come.
        notify(context.signals, "前一件事还没做完，请稍后再撤销")
        return
    step = last_step(context)
    if step is None:
        notify(context.signals, "没有可以撤销的步骤")
    else:
        take_back(parent, context, [step])
