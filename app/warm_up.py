"""Loads what the first window does without, as soon as that window has been painted.

SQLAlchemy and the mapped classes cost as long as the rest of a start. Nobody has to wait for this
module: what needs them earlier imports them itself.
"""

import gc
import threading
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_MODULES = ("app.storage.sessions", "app.services.cards", "app.services.history")
# What came in while the window was built (a key, the size that the screen allows) goes first.
_BREATH_MS = 10


class WarmUp(QObject):
    """Waits for the first paint of `window`, and loads in a thread: keys are answered meanwhile."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # The filter is asked before the painting begins; this runs after it has ended.
            QTimer.singleShot(0, lambda: QTimer.singleShot(_BREATH_MS, _start))
        return False


def _start() -> None:
    threading.Thread(target=_load, name="warm-up").start()


def _load() -> None:
    for name in _MODULES:
        import_module(name)
    from sqlalchemy.orm import configure_mappers

    configure_mappers()
    if gc.get_freeze_count():
        # As the start did with all that it loaded itself: none of it will ever be garbage.
        gc.freeze()
