"""便携 in the program: fetch the file of a stick before the login, bring it back at the end."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app import paths
from app.clock import Clock
from app.errors import DomainError
from app.storage.faults import CannotWrite, DiskFull
from app.storage.loan import Loan, NotBroughtBack, StickChanged
from app.storage.lock import OfficeLock
from app.storage.portable import Fork, arrive, is_carried, use_here, use_stick
from app.storage.stick import StickClosed, StickTooFull, is_there
from app.ui.fork_dialog import Choice, ForkDialog
from app.ui.kit.background import Background, Progress
from app.ui.kit.dialogs import Message, ProgressDialog, Question

_LOOK_MS = 5000
FETCHING = ("正在从 U 盘取资料…", "用完先退出程序，带回 U 盘的窗口关了再拔 U 盘")
_PULLED = (
    "U 盘拔出来了。可以接着做：资料都在这台电脑上，一条没丢。"
    "退出程序以前请把这个 U 盘插回来，好把资料带回去。"
)
_BRINGING = "正在写回 U 盘并核对，请不要拔。这个窗口关了再拔。"


def stick_of(file: Path) -> Path | None:
    """`file` where it lies on a stick and must be worked on here; None for every other start."""
    carried = paths.is_portable() and file == paths.database_file()
    return file if carried and is_carried(file.parent, paths.loan_dir()) else None


def told_of_stick(error: DomainError, file: Path) -> DomainError:
    """What keeps `file` from being opened, said of the stick where it lies on one."""
    if stick_of(file) is None:
        return error
    if isinstance(error, CannotWrite):
        return StickClosed()
    return StickTooFull() if isinstance(error, DiskFull) else error


class StickKeeper(QObject):
    """The way of one office's file from its stick to this computer and back."""

    fetched = Signal(object)
    """Path of the copy to work on"""
    refused = Signal()
    """The program must end; why was told."""

    def __init__(self, stick: Path, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._stick = stick
        self._clock = clock
        self._background = Background(self)
        self._loan: Loan | None = None
        self._pulled = self._ended = False
        self._eye = QTimer(self)
        self._eye.setInterval(_LOOK_MS)
        self._eye.timeout.connect(self.look)

    # -- fetching

    def fetch(self) -> None:
        """Copy the file here, or find the copy of before; `fetched` or `refused` follows."""
        stick, root, clock = self._stick, paths.loan_dir(), self._clock
        self._run(lambda: arrive(stick, root, clock), self._arrived)

    def _arrived(self, found: Loan | Fork) -> None:
        if self._ended:
            # The window was closed while the file was being fetched.
            (found if isinstance(found, Loan) else found.loan).leave()
            return
        if isinstance(found, Loan):
            self._loan = found
            self._eye.start()
            self.fetched.emit(found.file)
            return
        self._loan = found.loan
        dialog = ForkDialog(found.here, found.on_stick, QApplication.activeWindow())
        dialog.exec()
        if dialog.choice is Choice.NEITHER:
            self.refused.emit()
            return
        use = use_here if dialog.choice is Choice.HERE else use_stick
        self._run(lambda: use(found, self._clock), self._arrived)

    def _run(self, work: Callable[[], object], done: Callable[[Loan | Fork], None]) -> None:
        self._background.start(lambda _: work(), done=done, failed=self._not_fetched)

    def _not_fetched(self, error: Exception) -> None:
        if not isinstance(error, DomainError):
            raise error
        Message("没有打开", str(error), QApplication.activeWindow()).exec()
        self.refused.emit()

    # -- while one works

    @property
    def is_there(self) -> bool:
        return is_there(self._stick)

    def note_user(self, name: str) -> None:
        """Somebody has logged in: he is named where the stick was used elsewhere meanwhile."""
        if self._loan is not None:
            self._loan.note(name, self._clock.now())

    def look(self) -> None:
        """Say once that the stick was pulled out, whenever it is."""
        gone, before = not self.is_there, self._pulled
        self._pulled = gone
        if gone and not before:
            Message("U 盘拔出来了", _PULLED, QApplication.activeWindow()).exec()

    # -- bringing back

    def bring_back(self, key: bytes | None, then: Callable[[], object]) -> None:
        """Put the copy on the stick and take it away here, behind a bar; `then` always follows.

        The file must be closed. `key` is None where nobody logged in.
        """
        self._ended = True
        self._eye.stop()
        self._background.finish()
        loan = self._loan
        if loan is None:
            then()
            return

        def work(progress: Progress) -> None:
            progress(0, 0, _BRINGING)
            loan.bring_back(key, self._clock)

        def done(_: object) -> None:
            # First: a window that cannot be closed would keep the program from ending.
            self._bar.accept()
            self._loan = None
            then()

        def failed(error: Exception) -> None:
            self._bar.accept()
            self._not_brought(error, key, then)

        job = self._background.start(work, done=done, failed=failed)
        # Kept: with the job that knows it, it would go while that job is being taken apart.
        self._bar = ProgressDialog("带回 U 盘", job, can_cancel=False)
        self._bar.open()

    def _not_brought(self, error: Exception, key: bytes | None, then: Callable[[], object]) -> None:
        if not isinstance(error, DomainError):
            raise error
        if isinstance(error, NotBroughtBack | StickChanged):
            Message("没有带回 U 盘", str(error)).exec()
        elif Question("没有带回 U 盘", str(error), "再试一次", cancel_label="先退出").exec():
            self.bring_back(key, then)
            return
        then()

    def release(self, lock: OfficeLock) -> None:
        """End the program's hold on the stick; with work still here, its lock goes on saying so."""
        if self._loan is None:
            lock.release()
        else:
            self._loan.leave()
            lock.abandon()
