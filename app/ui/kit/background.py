"""Slow work off the main thread, one job at a time, with progress and cancel."""

import gc
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from app.errors import Cancelled

Work = Callable[["Progress"], Any]


class Progress:
    """What a job gets: it reports here and asks here whether to go on. Thread-safe."""

    def __init__(self, report: Callable[[int, int, str], None]) -> None:
        self._report = report
        self._cancelled = threading.Event()

    def __call__(self, done: int, total: int, text: str = "") -> None:
        """Report and stop with `Cancelled` if the user asked for it."""
        self.check()
        self._report(done, total, text)

    def check(self) -> None:
        if self._cancelled.is_set():
            raise Cancelled

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()


def unforeseen(error: Exception) -> None:
    """`failed` of a job that cannot fail: to the crash dialog, like every surprise."""
    raise error


class Job(QObject):
    """A piece of work under way. Lives in the main thread, so its slots may touch widgets."""

    progress = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _reported = Signal(int, int, str)
    _over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Passed on by the main thread, so that whoever connects in the slot that started the job
        # misses nothing, however fast the work is.
        self._reported.connect(self.progress)
        self._over.connect(self.ended)
        self.report = Progress(self._reported.emit)

    def finish(self) -> None:
        """Called by the worker when one of the other signals has told the result."""
        self._over.emit()

    def cancel(self) -> None:
        """Ask the work to stop; `cancelled` follows when it has taken everything back."""
        self.report.cancel()


class _Run(QRunnable):
    def __init__(self, work: Work, job: Job) -> None:
        super().__init__()
        self._work = work
        self._job = job

    def run(self) -> None:
        job = self._job
        try:
            job.report.check()
            result = self._work(job.report)
        except Cancelled:
            job.cancelled.emit()
        except Exception as error:
            job.failed.emit(error)
        else:
            job.done.emit(result)
        job.finish()


class Background(QObject):
    """Starts jobs. Database jobs queue instead of colliding."""

    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[Job] = []
        self._collector_waits = False

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def start(
        self,
        work: Work,
        *,
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        cancelled: Callable[[], object] | None = None,
        progress: Callable[[int, int, str], object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Run `work(progress)` in a thread; one of the other callbacks follows in this thread.

        Read widgets before calling; `work` must touch none and opens its own session. Where the
        `owner` is gone by then (a change of mode builds the window anew), nobody is called.
        """
        job = Job(self)
        job.done.connect(lambda result: done(result) if _lives(owner) else None)
        job.failed.connect(lambda error: failed(error) if _lives(owner) else None)
        if cancelled is not None:
            job.cancelled.connect(cancelled)
        if progress is not None:
            job.progress.connect(progress)
        job.ended.connect(lambda: self._forget(job))
        self._jobs.append(job)
        self._hold_collector()
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
        self._pool.start(_Run(work, job))
        return job

    def finish(self, milliseconds: int = 30_000) -> bool:
        """Wait for the jobs under way, at the end of the program."""
        done = self._pool.waitForDone(milliseconds)
        if done:
            self._release_collector()
        return done

    def _forget(self, job: Job) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        if not self._jobs:
            self._release_collector()
            self.busy_changed.emit(False)

    def _hold_collector(self) -> None:
        """Python collects in whichever thread asks for memory. What it finds may be the parts of
        a window that is gone, and deleting those beside the main thread crashes, or waits for it
        while it waits for Python."""
        if gc.isenabled():
            gc.disable()
            self._collector_waits = True

    def _release_collector(self) -> None:
        if self._collector_waits:
            self._collector_waits = False
            gc.enable()


def _lives(owner: QObject | None) -> bool:
    return owner is None or isValid(owner)
