"""How long nobody has touched keys or mouse, in whichever window."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

TICK_MS = 2_000
# A pause between two ticks that the clock counted and the machine did not: it was asleep.
ASLEEP_SECONDS = 60

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


class Idle(QObject):
    """Watches the windows that the system gives keys and mouse to, not each widget in them."""

    ticked = Signal(float)
    """Seconds without a sign of life"""
    slept = Signal()
    """The computer was asleep, or the system put the program aside."""

    def __init__(
        self,
        parent: QObject,
        *,
        now: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._now, self._wall = now, wall
        self._last = now()
        self._before = (now(), wall())
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch_all)
            app.applicationStateChanged.connect(self._on_state)
        self._watch_all()

    @property
    def seconds(self) -> float:
        return self._now() - self._last

    def stir(self) -> None:
        """A sign of life."""
        self._last = self._now()

    def tick(self) -> None:
        """Tell how long it is quiet; called by the timer."""
        self._watch_all()
        (ran, passed), now = self._before, (self._now(), self._wall())
        self._before = now
        if (now[1] - passed) - (now[0] - ran) > ASLEEP_SECONDS:
            self.slept.emit()
        self.ticked.emit(self.seconds)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE:
            self.stir()
        return False

    def _watch_all(self, _focus: QWindow | None = None) -> None:
        """Also windows that came meanwhile; a second time does not make it two filters."""
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended:
            self.slept.emit()
