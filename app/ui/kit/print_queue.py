"""The papers that wait for a printer, one after the other, painted between the window's events.

What reads and paints a PDF is loaded with the first paper: the queue is there from the start.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.errors import DomainError
from app.ui.kit.print_job import PrintJob, PrintRequest, State
from app.ui.kit.print_settings import PrintSettings, page_numbers, remembered

if TYPE_CHECKING:
    from app.ui.kit.print_run import PrintRun

KEPT = 8
"""Jobs that are over and can still be repeated."""


class PrintQueue(QObject):
    """Belongs to the program, not to a window: it goes on while the screen is locked."""

    changed = Signal()
    stopped = Signal(object)
    """A job that waits for somebody: its `reason` says what happened."""
    ended = Signal(object)
    """A job that was printed to the end or cancelled."""
    complained = Signal(str)
    """Somebody who was told of a job could not do his part; in his own words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs: list[PrintJob] = []
        self._run: PrintRun | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._step)

    # -- what can be asked

    def unfinished(self) -> list[PrintJob]:
        """Jobs with pages still to come."""
        return [job for job in self.jobs if not job.ended]

    def last(self) -> PrintJob | None:
        """The job that was printed to the end last."""
        done = [job for job in self.jobs if job.state is State.DONE]
        return done[-1] if done else None

    # -- what can be done

    def add(self, request: PrintRequest, settings: PrintSettings) -> PrintJob:
        """Put a paper at the end; DomainError where it is no PDF or has no such pages."""
        from app.ui.kit.pdf_pages import PdfPages

        numbers = page_numbers(settings.pages, len(PdfPages(request.pdf)))
        job = PrintJob(request, settings, numbers)
        self.jobs.append(job)
        self._forget_old()
        self._set(job, State.WAITING)
        return job

    def pause(self, job: PrintJob) -> None:
        """Hold a job back; the page that is being painted goes out."""
        if job.state in (State.WAITING, State.PRINTING) and self._settle(job):
            self._set(job, State.PAUSED)

    def go_on(self, job: PrintJob, printer: str = "") -> None:
        """Let a held or stopped job run again from where it stands, perhaps on another printer."""
        if job.state in (State.PAUSED, State.STOPPED):
            if printer:
                kept = job.settings
                job.settings = replace(remembered(printer), copies=kept.copies, pages=kept.pages)
            self._set(job, State.WAITING)

    def cancel(self, job: PrintJob) -> None:
        """Nothing more of it is printed; who was told that it started is told that it failed."""
        if not job.ended:
            self._settle(job)
        if not job.ended:
            self._cancel(job, "已取消打印。")

    def repeat_from(self, job: PrintJob, page: int) -> None:
        """After a jam: once more from this page, counted from 1.

        A cancelled job stays as it is: somebody was told that it was not printed.
        """
        if job.state is State.CANCELLED:
            return
        self._settle(job)
        job.go_back_to(page)
        self._set(job, State.WAITING)

    def print_again(self, job: PrintJob, parent: QWidget) -> None:
        """补打: the same bytes once more, or the way of the paper's own service."""
        if job.request.again is not None:
            job.request.again(parent)
        else:
            # Whoever notes what leaves the house notes the second sheet too.
            old = job.request
            again = PrintRequest(title=old.title, pdf=old.pdf, done=old.done, owner=old.owner)
            self.add(again, job.settings)

    # -- one step after the other

    def _wake(self) -> None:
        if self._run is None and any(job.state is State.WAITING for job in self.jobs):
            self._timer.start()
        self.changed.emit()

    def _step(self) -> None:
        run = self._run or self._begin()
        if run is None:
            self._timer.stop()
            return
        sent = run.job.sent
        try:
            run.step()
        except DomainError as error:
            self._stop(run.job, str(error))
            return
        if run.over:
            self._done(run.job)
        elif run.job.sent != sent:
            self.changed.emit()

    def _begin(self) -> PrintRun | None:
        """The next job; who waits for it is told before the printer is touched."""
        from app.ui.kit.print_run import PrintRun

        job = next((job for job in self.jobs if job.state is State.WAITING), None)
        if job is None:
            return None
        try:
            job.tell_started()
        except DomainError as error:
            self._cancel(job, str(error))
            self.complained.emit(str(error))
            return self._begin()
        self._run = PrintRun(job)
        self._set(job, State.PRINTING)
        return self._run

    def _settle(self, job: PrintJob) -> bool:
        """Take a job from the printer at the end of its page; False where that failed or was all
        of it."""
        run = self._run
        if run is None or run.job is not job:
            return True
        try:
            run.settle()
        except DomainError as error:
            self._stop(job, str(error))
            return False
        if run.over:
            self._done(job)
            return False
        self._run = None
        return True

    def _stop(self, job: PrintJob, sentence: str) -> None:
        """The printer failed: the job waits, the others go on."""
        self._run = None
        self._set(job, State.STOPPED, sentence)
        self.stopped.emit(job)

    def _done(self, job: PrintJob) -> None:
        self._run = None
        if job.request.secret:
            self.jobs.remove(job)
        self._set(job, State.DONE)
        try:
            job.tell_done()
        except DomainError as error:
            self.complained.emit(str(error))
        self.ended.emit(job)

    def _cancel(self, job: PrintJob, reason: str) -> None:
        if job.request.secret:
            self.jobs.remove(job)
        self._set(job, State.CANCELLED, reason)
        try:
            job.tell_failed(reason)
        except DomainError as error:
            self.complained.emit(str(error))
        self.ended.emit(job)

    def _set(self, job: PrintJob, state: State, reason: str = "") -> None:
        job.state, job.reason = state, reason
        self._wake()

    def _forget_old(self) -> None:
        over = [job for job in self.jobs if job.ended]
        for job in over[: max(0, len(over) - KEPT)]:
            self.jobs.remove(job)


def print_queue() -> PrintQueue:
    """The one queue of the program; made when it is first asked for."""
    app = QApplication.instance()
    found = app.findChild(PrintQueue) if app is not None else None
    return found if isinstance(found, PrintQueue) else PrintQueue(app)
