"""What a window shows of the queue: a word in the status line, and a fault at once."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app.ui.kit import messages
from app.ui.kit.print_job import PrintJob, State
from app.ui.kit.print_queue import PrintQueue, print_queue
from app.ui.kit.printing import show_queue
from app.ui.kit.status_bar import StatusBar


class PrintLight(QObject):
    """A child of its window, so that another one takes over after a change of mode."""

    def __init__(self, window: QWidget, status: StatusBar | None, queue: PrintQueue) -> None:
        super().__init__(window)
        self._window = window
        self._status = status
        self._queue = queue
        queue.stopped.connect(self.show_stopped)
        queue.complained.connect(self.complain)
        if status is not None:
            queue.changed.connect(self.show)
            status.printing.clicked.connect(lambda: show_queue(window))
            self.show()

    def show(self) -> None:
        """The job that matters most now, in few words."""
        if self._status is not None:
            self._status.show_printing(in_words(self._queue.unfinished()))

    def show_stopped(self, job: PrintJob) -> None:
        """A job that waits for somebody brings the queue before his eyes."""
        show_queue(self._window, job)

    def complain(self, sentence: str) -> None:
        """What somebody who was told of a job could not do."""
        messages.tell(self._window, sentence)


def watch(window: QWidget, status: StatusBar) -> PrintLight:
    """Let a window show what becomes of printing, as long as it lives."""
    return PrintLight(window, status, print_queue())


def attend(window: QWidget) -> None:
    """Before the main window stands (first start, login) a fault is shown over this window."""
    place: QWidget | None = window
    while place is not None:
        if place.findChildren(PrintLight, options=Qt.FindChildOption.FindDirectChildrenOnly):
            return
        place = place.parentWidget()
    PrintLight(window, None, print_queue())


def in_words(jobs: list[PrintJob]) -> str:
    """正在打印 3 / 10 页; what stopped comes first."""
    if not jobs:
        return ""
    order = (State.STOPPED, State.PRINTING, State.WAITING, State.PAUSED)
    job = min(jobs, key=lambda one: order.index(one.state))
    more = f"，还有 {len(jobs) - 1} 份" if len(jobs) > 1 else ""
    if job.state is State.STOPPED:
        return f"打印停住了{more}"
    return f"{job.state.value} {job.progress}{more}"
