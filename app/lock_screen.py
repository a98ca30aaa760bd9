"""Nobody at the desk: when to lock, and what stands behind the lock screen meanwhile."""

from typing import cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.context import Context
from app.services.settings import CARD_SECONDS, LOCK_MINUTES
from app.ui.kit import theme
from app.ui.kit.curtain import CURTAIN, forget_copied
from app.ui.kit.idle import Idle
from app.ui.kit.tokens import Mode
from app.ui.main_window import MainWindow


class LockScreen(QObject):
    """Of one open office. The windows are hidden whole, dialogs and all, and come back so."""

    lock_wanted = Signal()
    rest_wanted = Signal()
    """Time to put cards away that lie open"""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._behind: MainWindow | None = None
        self._mode = Mode.STANDARD
        self.actor = context.user
        """Who left the desk"""
        self.idle = Idle(self)
        self.idle.ticked.connect(self._on_idle)
        self.idle.slept.connect(self.lock_wanted)
        context.signals.lock_requested.connect(self.lock_wanted)
        CURTAIN.lock_requested.connect(self.lock_wanted)

    @property
    def is_down(self) -> bool:
        return self._behind is not None

    def fall(self, window: MainWindow) -> None:
        """Take everything off the screen; numbers that were copied are forgotten.

        Another user may enter next: what was typed by this one is kept before.
        """
        self._context.signals.keep_requested.emit()
        window.remember()
        forget_copied(cast(QApplication, QApplication.instance()))
        self._behind, self._mode = window, theme.current().mode
        self.actor = self._context.user
        CURTAIN.fall()

    def lift(self) -> tuple[MainWindow, Mode]:
        """Bring it back: the main window, and the mode that it was built in."""
        window, self._behind = cast(MainWindow, self._behind), None
        CURTAIN.lift()
        self.idle.stir()
        return window, self._mode

    def drop(self) -> None:
        """Another user does not get what the one before had open; unsaved forms left a draft."""
        self._behind = None
        for window in CURTAIN.drop():
            window.deleteLater()
        self.idle.stir()

    def keeps(self, window: QObject) -> bool:
        """Whether `window` is to come back."""
        return window is self._behind

    def _on_idle(self, seconds: float) -> None:
        if self.is_down:
            return
        settings = self._context.settings
        if seconds >= settings[CARD_SECONDS]:
            self.rest_wanted.emit()
        if seconds >= settings[LOCK_MINUTES] * 60:
            self.lock_wanted.emit()
