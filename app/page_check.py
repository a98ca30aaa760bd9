"""Every page of the file is read once, a moment after it was opened: damage is met early.

A page that nobody asks for can lie damaged for weeks, while the backups from before it grow old.
"""

from contextlib import closing

from PySide6.QtCore import QObject, QTimer, Signal

from app.context import Context
from app.errors import DomainError
from app.storage.faults import Damaged
from app.ui.kit.background import Progress

# The first look-ups are over by then; nobody waits for it.
_AFTER_MS = 20_000
_AGAIN_MS = 60_000


class PageCheck(QObject):
    """Belongs to an open file."""

    failed = Signal(object)
    """DomainError: Damaged with the numbers of its pages, or a fault of the disk"""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._timer.start(_AFTER_MS)

    def stop(self) -> None:
        """The file is about to be closed."""
        self._timer.stop()

    def look_later(self) -> None:
        """Once more, when there may be somebody at the desk."""
        self._timer.start(_AGAIN_MS)

    def look(self) -> None:
        """In the background; later, where an import or a backup is under way."""
        background = self._context.background
        if background.busy:
            self.look_later()
        else:
            background.start(self._read, done=_nothing, failed=self._tell, owner=self)

    def _read(self, _progress: Progress) -> None:
        from app.storage.check import damaged_pages

        database = self._context.database
        with closing(database.raw_copy_source()) as connection:
            pages = damaged_pages(connection)
        if pages:
            raise Damaged(database.file, pages)

    def _tell(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        self.failed.emit(error)


def _nothing(_whole: object) -> None:
    """All is well: nobody is told."""
