"""What the program says by itself a moment after it was opened: 公示 that end today."""

from PySide6.QtCore import QTimer

from app.context import Context
from app.errors import DomainError
from app.ui.main_window import MainWindow

# The page is painted first, and the keys of the status line have been seen.
_DELAY_MS = 2500


def remind_later(context: Context, window: MainWindow) -> None:
    """Say it in the window's status line; nothing where there is nothing, or no window any more."""
    QTimer.singleShot(_DELAY_MS, window, lambda: remind(context, window))


def remind(context: Context, window: MainWindow) -> None:
    """Say now what has to be thought of today."""
    from app.services import publicity

    try:
        with context.database.reading() as session:
            words = publicity.reminder(session, today=context.clock.today())
    except DomainError:
        # A file that cannot be read is told by whatever the user does next.
        return
    if words:
        window.status.say(f"{words}，到「文书－公示」处理")
