"""How the program speaks to the user. No other module opens a message box."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtWidgets import QWidget

from app.errors import DomainError
from app.ui.kit.background import Background, Work
from app.ui.kit.dialogs import Message, ProgressDialog, Question
from app.ui.kit.signals import AppSignals


@contextmanager
def domain_errors_shown(parent: QWidget) -> Iterator[None]:
    """Show a broken rule or a fault in its own words; everything else reaches the crash dialog."""
    try:
        yield
    except DomainError as error:
        tell(parent, str(error))


def tell(parent: QWidget, text: str, title: str = "没有完成") -> None:
    """A sentence that must be read before going on."""
    Message(title, text, parent.window()).exec()


def confirm(
    parent: QWidget, title: str, text: str, action_label: str, *, destructive: bool = False
) -> bool:
    """Ask once. A destructive action is a red outline and never has the focus."""
    question = Question(title, text, action_label, destructive=destructive, parent=parent.window())
    return bool(question.exec())


def notify(signals: AppSignals, sentence: str) -> None:
    """Say what was done, in the status line; it disappears by itself."""
    signals.notified.emit(sentence)


def warn(signals: AppSignals, sentence: str) -> None:
    """Say in the status line what was not done, and why; it disappears by itself."""
    signals.warned.emit(sentence)


def run_with_progress(
    parent: QWidget,
    background: Background,
    title: str,
    work: Work,
    *,
    done: Callable[[Any], object],
    cancelled: Callable[[], object] | None = None,
    can_cancel: bool = True,
    refused: Callable[[DomainError], bool] | None = None,
) -> None:
    """Run slow work behind a bar with 取消. A DomainError is shown, any other error is raised.

    `refused` is asked first what to do about a DomainError; True says that nothing is to be told.
    """

    def failed(error: Exception) -> None:
        if isinstance(error, DomainError) and refused is not None and refused(error):
            return
        with domain_errors_shown(parent):
            raise error

    job = background.start(work, done=done, failed=failed, cancelled=cancelled)
    dialog = ProgressDialog(title, job, parent.window(), can_cancel=can_cancel)
    dialog.open()
