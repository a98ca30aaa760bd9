"""What the program puts in order by itself some time after it was opened: the recycle bin."""

from PySide6.QtCore import QTimer

from app.context import Context
from app.errors import DomainError
from app.ui.kit.background import Progress
from app.ui.kit.messages import notify
from app.ui.kit.signals import Area
from app.ui.main_window import MainWindow

# The first work of the morning comes first.
_DELAY_MS = 60_000


def tidy_later(context: Context, window: MainWindow) -> None:
    """Let go what has lain in the bin for its days; nothing where no window is left by then."""
    QTimer.singleShot(_DELAY_MS, window, lambda: tidy(context, window))


def tidy(context: Context, window: MainWindow) -> None:
    """In the background, after a backup, in one transaction; by whoever may do all of it."""
    # Loaded a minute after the start, which does not wait for it.
    from app.services import recycle_bin
    from app.services.recycle_bin import Purged
    from app.storage.backup import back_up_before
    from app.storage.guard import WRITES

    now = context.clock.now()
    try:
        with context.database.reading() as session:
            due = recycle_bin.due(session, now=now)
    except DomainError:
        # A file that cannot be read is told by whatever the user does next.
        return
    if context.user.grids is not None or not all(context.may(WRITES[table]) for table in due):
        return
    if not due or context.background.busy:
        return

    def work(_progress: Progress) -> Purged:
        back_up_before(context.database, "清理回收站前")
        with context.database.transaction("清理回收站里满 30 天的") as session:
            return recycle_bin.purge(session, now=now)

    def done(purged: Purged) -> None:
        context.signals.changed.emit(Area.RESIDENTS | Area.PAPERS | Area.OFFICE)
        notify(context.signals, purged.sentence)

    context.background.start(work, done=done, failed=_not_today, owner=window)


def _not_today(error: Exception) -> None:
    """A full disk or somebody who writes: the bin can wait until tomorrow."""
    if not isinstance(error, DomainError):
        raise error
