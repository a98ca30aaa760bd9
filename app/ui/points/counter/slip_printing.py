"""兑换小票 on its way to the printer: the counter never waits for it, and asks once which one."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.context import Context
from app.errors import DomainError
from app.models import Action, Redemption
from app.services.redemption_slips import SlipData
from app.storage import journal
from app.ui.kit import messages, printers
from app.ui.kit.memory import window_memory
from app.ui.kit.print_job import PrintRequest
from app.ui.kit.print_light import attend
from app.ui.kit.print_queue import print_queue
from app.ui.kit.print_settings import remembered
from app.ui.kit.printing import print_paper
from app.ui.points.counter.slip_view import slip_of

_PRINTER = "积分超市/小票打印机 {}"


def print_slip(context: Context, parent: QWidget, data: SlipData, paper: str) -> bool:
    """Send a slip to the printer of its paper; the first one asks which that is.

    False where somebody wanted none. What cannot be printed is told in the status line: the
    redemption stands all the same.
    """
    saved: list[Path] = []
    try:
        request = _request(context, data, paper, saved)
        printer = str(window_memory().value(_PRINTER.format(paper), ""))
        if printer and printers.is_there(printer):
            attend(parent.window())
            print_queue().add(request, remembered(printer))
            return True
        job = print_paper(parent, request)
    except DomainError as error:
        messages.warn(context.signals, f"{data.number} 的小票没有打印：{error}")
        return True
    if job is not None:
        window_memory().setValue(_PRINTER.format(paper), job.settings.printer)
    return job is not None or bool(saved)


def forget_printer(paper: str) -> None:
    """The next slip asks again."""
    window_memory().remove(_PRINTER.format(paper))


def _request(context: Context, data: SlipData, paper: str, saved: list[Path]) -> PrintRequest:
    from app.reports import slip

    def note() -> None:
        with context.database.transaction(f"打印兑换小票 {data.number}") as session:
            journal.record_look(session, Action.PRINTED, Redemption, [data.id])

    def note_saved(path: Path) -> None:
        saved.append(path)
        note()

    return PrintRequest(
        title=f"兑换小票 {data.number}",
        pdf=slip.render(slip_of(data, paper)),
        started=note,
        saved=note_saved,
        subject=("redemption", data.id),
    )
