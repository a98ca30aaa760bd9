"""One program per office's file: a second start raises the first window and ends."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.clock import Clock
from app.storage.faults import as_sentences
from app.storage.lock import HeldElsewhere, HeldHere, OfficeLock
from app.ui.kit.dialogs import Question

WAIT_MS = 1500
RAISE = b"raise"


def _name(file: Path) -> str:
    """One name per office's file; Chinese and long paths are no valid socket names."""
    return "linli-" + hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:24]


class FirstWindow(QObject):
    """Held by the program that has the file open; `raise_requested` when another one starts."""

    raise_requested = Signal()

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        # Only the same user of the computer may knock.
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        # The file lock is already ours: a socket that still lies there is a dead one's.
        QLocalServer.removeServer(_name(file))
        self._server.newConnection.connect(self._on_connection)
        self._server.listen(_name(file))

    def close(self) -> None:
        self._server.close()

    def _on_connection(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        self.raise_requested.emit()


def raise_first(file: Path) -> bool:
    """Ask the running program to come to the front; False if it does not answer."""
    socket = QLocalSocket()
    socket.connectToServer(_name(file))
    if not socket.waitForConnected(WAIT_MS):
        return False
    socket.write(RAISE)
    socket.waitForBytesWritten(WAIT_MS)
    socket.disconnectFromServer()
    return True


def take_lock(file: Path, clock: Clock) -> OfficeLock | None:
    """The lock of a file; None where the first window was raised or the user gave up.

    Raises DomainError where the file cannot be locked, or its program does not answer.
    """
    with as_sentences(file):
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return OfficeLock.acquire(file, clock=clock)
    except HeldHere:
        if raise_first(file):
            return None
        raise
    except HeldElsewhere as error:
        question = Question("别的电脑正开着", str(error), "仍然打开", destructive=True)
        return OfficeLock.acquire(file, clock=clock, take_over=True) if question.exec() else None
