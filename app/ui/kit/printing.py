"""The front door of printing: ask how, hand the paper to the queue, tell who waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.kit import messages
from app.ui.kit.files import save_pdf
from app.ui.kit.print_job import PrintJob, PrintRequest
from app.ui.kit.print_queue import print_queue
from app.ui.kit.print_settings import remember, remember_offset, remember_printer

if TYPE_CHECKING:
    from app.ui.kit.print_dialog import PrintDialog


def print_paper(parent: QWidget, request: PrintRequest, *, page: int = 1) -> PrintJob | None:
    """Let the user choose how, and put the paper into the queue. `page` is the one that is seen.

    None where he changed his mind or stored it as PDF (`request.saved` is told). DomainError
    where it could not be stored or is no PDF. Printers are asked for only now.
    """
    from app.ui.kit.print_dialog import PrintDialog

    dialog = PrintDialog(request, parent.window(), page=page)
    if not dialog.exec():
        return None
    if dialog.save_wanted:
        _save(parent, request)
        return None
    return _send(dialog, request, parent.window())


def reprint_last(parent: QWidget) -> None:
    """补打上一张: the paper that was printed last, once more; says so where there is none."""
    job = print_queue().last()
    if job is None:
        messages.tell(parent, "这次打开程序以后还没有打印过，没有可补打的。", "补打上一张")
        return
    with messages.domain_errors_shown(parent):
        print_queue().print_again(job, parent)


def show_queue(parent: QWidget, job: PrintJob | None = None) -> None:
    """The papers on their way to the printer, in a window of their own beside this one."""
    from app.ui.kit.queue_dialog import QueueDialog

    QueueDialog.show_over(parent.window(), job)


def may_leave(parent: QWidget) -> bool:
    """Whether the program may end: asked where pages still wait for the printer.

    Who leaves all the same cancels them; whoever waits for them is told.
    """
    jobs = print_queue().unfinished()
    words = f"还有 {len(jobs)} 份文书没有全部送到打印机。现在退出，剩下的就不打印了。"
    if jobs and not messages.confirm(parent, "还在打印", words, "不印了，退出", destructive=True):
        return False
    for job in jobs:
        print_queue().cancel(job)
    return True


def _send(dialog: PrintDialog, request: PrintRequest, window: QWidget) -> PrintJob:
    from app.ui.kit.print_light import attend

    attend(window)
    settings = dialog.settings()
    job = print_queue().add(request, settings)
    remember_printer(settings.printer)
    if dialog.keep.isChecked():
        remember(settings)
    else:
        remember_offset(settings.printer, settings.right, settings.down)
    return job


def _save(parent: QWidget, request: PrintRequest) -> None:
    path = save_pdf(parent, request.pdf, f"{request.title}.pdf")
    if path is not None and request.saved is not None and request.has_listener:
        request.saved(path)
