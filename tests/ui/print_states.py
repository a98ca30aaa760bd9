"""The dialogs of printing in their states, with a printer that is not there."""

from collections.abc import Callable
from unittest.mock import patch

from PySide6.QtWidgets import QWidget

from app.reports import calibration, recovery_sheet
from app.ui.kit import printers
from app.ui.kit.calibration_dialog import CalibrationDialog
from app.ui.kit.paper_desk import PaperDesk
from app.ui.kit.print_dialog import PrintDialog
from app.ui.kit.print_job import PrintJob, PrintRequest, State
from app.ui.kit.print_queue import PrintQueue
from app.ui.kit.print_settings import PrintSettings
from app.ui.kit.printers import Printer, trays_of_options
from app.ui.kit.queue_dialog import QueueDialog
from tests.ui.people_office import TODAY

NAME = "二楼打印机 HP LaserJet M1136"
TRAYS = "InputSlot/Media Source: *Default Tray1 Tray2 Manual"
PAPER = recovery_sheet.render(
    recovery_sheet.RecoverySheet(
        office="海湾街道望海社区居民委员会",
        issued_on=TODAY,
        groups=("K7QM", "2XVD", "9RTA", "H4PE", "W8NC", "6JYB"),
        program="邻里 · 社区工作台",
        file_number="3F2A",
        copies=3,
    )
)
REQUEST = PrintRequest(title="关于 3、4 号楼临时停水的通知", pdf=PAPER)


def dialog(names: tuple[str, ...] = (NAME,), pages: str = "") -> QWidget:
    """The print dialog of a paper, with these printers."""
    machine = Printer(NAME, duplex=True, colour=True, trays=trays_of_options(TRAYS))
    window = QWidget()
    PaperDesk(
        window,
        print_table=print,
        export_table=print,
        copy_table=print,
        may_print=lambda: True,
        may_export=lambda: True,
        calibration_page=draw,
    )
    with (
        patch.object(printers, "names", lambda: list(names)),
        patch.object(printers, "printer", lambda _: machine),
    ):
        shown = PrintDialog(REQUEST, window)
    if pages:
        shown.pages.setText(pages)
        shown.confirm()
    return _kept(shown, window)


def draw(*, printer: str, right: float, down: float, cross: float) -> bytes:
    page = calibration.Calibration(
        office="海湾街道望海社区居民委员会", printer=printer, right=right, down=down, cross=cross
    )
    return calibration.render(page)


def calibrating() -> QWidget:
    """Two distances were measured."""
    shown = CalibrationDialog(draw, PrintSettings(printer=NAME, right=0.5))
    shown.left.setValue(29.0)
    shown.top.setValue(31.5)
    return shown


def queue() -> QWidget:
    """A job in every state; the one that stopped is chosen."""
    jobs = PrintQueue()
    for number, state in enumerate(State):
        job = PrintJob(REQUEST, PrintSettings(printer=NAME), range(3))
        job.state, job.sent = state, number % 4
        jobs.jobs.append(job)
        if state is State.STOPPED:
            job.reason = f"{printers.gone(NAME)}第 2–3 页可能没有印出来，点「继续」会重印。"
    shown = QueueDialog(jobs)
    shown.table.select_row(2)
    return _kept(shown, jobs)


def _kept(window: QWidget, *needed: object) -> QWidget:
    """What Qt does not keep alive for a window that has no parent."""
    window.needed = needed
    return window


DIALOGS: dict[str, Callable[[], QWidget]] = {
    "打印": dialog,
    "打印 页码不对": lambda: dialog(pages="9-12"),
    "打印 没有打印机": lambda: dialog(names=()),
    "打印 校准": calibrating,
    "打印队列": queue,
    "打印队列 空": lambda: QueueDialog(PrintQueue()),
}
