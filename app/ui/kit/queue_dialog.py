"""The papers on their way to the printer: hold, go on, repeat after a jam, cancel, print again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.kit import messages, printers, theme
from app.ui.kit.buttons import Button
from app.ui.kit.chips import Chip
from app.ui.kit.dialogs import Dialog
from app.ui.kit.forms import line_edit
from app.ui.kit.labels import Label, row, small
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.print_job import PrintJob, State
from app.ui.kit.print_queue import PrintQueue, print_queue
from app.ui.kit.states import EmptyState
from app.ui.kit.table_columns import Column
from app.ui.kit.table_model import PagedTableModel

REFRESH_MS = 80
LINES = 5
_TONES = {
    State.WAITING: "grey",
    State.PRINTING: "info",
    State.PAUSED: "warn",
    State.STOPPED: "danger",
    State.DONE: "ok",
    State.CANCELLED: "grey",
}


class QueueDialog(Dialog):
    """Stands beside the window and lets it live; one for each window."""

    def __init__(self, queue: PrintQueue, parent: QWidget | None = None) -> None:
        super().__init__("打印队列", parent, width=760)
        self.setModal(False)
        self._queue = queue
        self._jobs: list[PrintJob] = []
        self._followed: PrintJob | None = None
        self._make_table()
        self._make_buttons()
        self._lay_out()
        # A burst of pages draws the list once.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._queue.changed.connect(self._timer.start)
        self.table.current_changed.connect(lambda _: self._follow())
        self.refresh()
        self.table.setFocus()

    @staticmethod
    def show_over(window: QWidget, job: PrintJob | None = None) -> "QueueDialog":
        """The dialog of this window, brought to the front; `job` is chosen in it."""
        shown = window.findChild(QueueDialog)
        if not isinstance(shown, QueueDialog):
            shown = QueueDialog(print_queue(), window)
            shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.refresh()
        if job in shown._jobs:
            shown.table.select_row(shown._jobs.index(job))
        shown.show()
        shown.raise_()
        return shown

    def refresh(self) -> None:
        """Newest first; the chosen job stays chosen."""
        chosen = self.current()
        self._jobs = list(reversed(self._queue.jobs))
        self.model.set_ids(range(len(self._jobs)))
        if self._jobs:
            self.table.select_row(self._jobs.index(chosen) if chosen in self._jobs else 0)
        self._follow()

    def current(self) -> PrintJob | None:
        """The chosen job."""
        number = self.table.current_id()
        return None if number is None or number >= len(self._jobs) else self._jobs[number]

    # -- what can be done

    def hold_or_go_on(self) -> None:
        job = self.current()
        if job is None:
            return
        if job.state in (State.PAUSED, State.STOPPED):
            self._queue.go_on(job)
        else:
            self._queue.pause(job)

    def fill_printers(self, menu: QMenu) -> None:
        """The other printers, for a job that waits."""
        job = self.current()
        own = job.settings.printer if job is not None else ""
        for name in printers.names():
            if job is not None and name != own:
                menu.addAction(name, lambda name=name: self._send_to(job, name))
        if menu.isEmpty():
            menu.addAction("没有别的打印机").setEnabled(False)

    def cancel(self) -> None:
        """Asks first: pages that are out stay out."""
        job = self.current()
        if job is None or job.ended:
            return
        words = f"「{job.request.title}」已送出 {job.progress}，剩下的不再打印。"
        if messages.confirm(self, "取消打印？", words, "取消打印", destructive=True):
            self._queue.cancel(job)

    def repeat(self) -> None:
        """From the page that stands in the field."""
        job = self.current()
        if job is not None and self.page.hasAcceptableInput():
            self._queue.repeat_from(job, int(self.page.text()))

    def print_again(self) -> None:
        """补打: the whole paper once more."""
        job = self.current()
        if job is not None:
            with messages.domain_errors_shown(self):
                self._queue.print_again(job, self)

    # -- inside

    def _make_table(self) -> None:
        self.model = PagedTableModel(_columns(), self._rows, parent=self)
        self.table = PagedTable(self.model, name="打印队列")
        self.table.paper.offered = False
        self.table.set_empty(EmptyState("printer-outline", "没有在打印的文书"))
        self.table.setFixedHeight(theme.current().head + LINES * theme.current().row)

    def _make_buttons(self) -> None:
        self.detail = Label(wrap=True)
        self.page = line_edit(name="从第几页重印", limit=5)
        self.page.setValidator(QIntValidator(1, 99_999, self.page))
        self.page.setFixedWidth(theme.current().px(56))
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.repeat_button = Button("重印", size="small")
        self.repeat_button.clicked.connect(self.repeat)
        self.page.returnPressed.connect(self.repeat)
        self.other_button = Button("换打印机", size="small", trail="chevron-down")
        self.other_button.clicked.connect(self._open_printers)
        self.again_button = Button("补打一份")
        self.again_button.clicked.connect(self.print_again)
        self.cancel_button = Button("取消打印", kind="danger")
        self.cancel_button.clicked.connect(self.cancel)
        self.hold_button = Button("暂停")
        self.hold_button.clicked.connect(self.hold_or_go_on)

    def _lay_out(self) -> None:
        self.body.addWidget(self.table)
        self.body.addWidget(self.detail)
        self._jam = small("卡纸了？从第")
        self._after = small("页起")
        jam = (self._jam, self.page, self._after, self.repeat_button)
        self.body.addLayout(row(*jam, None, self.other_button))
        for button in (self.again_button, self.cancel_button, self.hold_button):
            self.add_button(button)
        self.add_button(Button("关闭", cap="Esc"), closes=False)

    def _follow(self) -> None:
        """What can be done with the chosen job, and what is to be said of it."""
        job = self.current()
        state = job.state if job else None
        held = state in (State.PAUSED, State.STOPPED)
        self.hold_button.setText("继续" if held else "暂停")
        self.hold_button.setEnabled(held or state in (State.WAITING, State.PRINTING))
        self.other_button.setEnabled(held)
        self.cancel_button.setEnabled(job is not None and not job.ended)
        self.again_button.setEnabled(state is State.DONE)
        may_repeat = job is not None and state is not State.CANCELLED and job.sent > 0
        for widget in (self.page, self.repeat_button):
            widget.setEnabled(may_repeat)
        self._propose_page(job)
        self.detail.setText(_words(job))
        self.detail.set_tone("danger" if state is State.STOPPED else "text2")

    def _send_to(self, job: PrintJob, printer: str) -> None:
        # The button goes to sleep with this: the keys must not fall on 取消打印 beside it.
        self.table.setFocus()
        self._queue.go_on(job, printer)

    def _open_printers(self) -> None:
        menu = QMenu(self)
        self.fill_printers(menu)
        menu.popup(self.other_button.mapToGlobal(self.other_button.rect().bottomLeft()))

    def _propose_page(self, job: PrintJob | None) -> None:
        """The page that comes next; one that was typed for this job stays."""
        new = job is not self._followed
        self._followed = job
        if job is not None and (new or not self.page.isModified()):
            self.page.setText(str(job.next_page))

    def _rows(self, numbers: Sequence[int]) -> list[PrintJob]:
        return [self._jobs[number] for number in numbers]


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", "文书", lambda job: job.request.title, 220, weight=2, bold=True),
        Column("printer", "打印机", lambda job: job.settings.printer, 190, weight=1, tone="text2"),
        Column("pages", "页", lambda job: job.progress, 90, align="right"),
        Column("state", "状态", lambda job: [Chip(job.state.value, _TONES[job.state])], 120),
    )


def _words(job: PrintJob | None) -> str:
    if job is None:
        return ""
    if job.reason:
        return job.reason
    copies = f"，{job.settings.copies} 份" if job.settings.copies > 1 else ""
    return f"「{job.request.title}」{job.state.value}{copies}，已送出 {job.progress}。"
