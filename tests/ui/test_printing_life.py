"""Printing in the life of the program: closing, a change of mode, the recovery sheet."""

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.clock import Clock
from app.context import Context
from app.ui.kit.print_dialog import PrintDialog
from app.ui.kit.print_job import PrintRequest, State
from app.ui.kit.print_queue import PrintQueue
from app.ui.kit.print_settings import PrintSettings
from app.ui.kit.queue_dialog import QueueDialog
from app.ui.main_window import MainWindow
from app.ui.office.recovery_steps import RecoverySteps
from tests.conftest import Dialogs
from tests.ui.kit.printing_bench import NAME, PaperOutput, numbered_pdf, output, queue

__all__ = ["output", "queue"]
SETTINGS = PrintSettings(printer=NAME)


@pytest.fixture
def window(context: Context, qtbot: QtBot, queue: PrintQueue) -> MainWindow:
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    return window


def request() -> PrintRequest:
    return PrintRequest(title="花名册", pdf=numbered_pdf(2))


def test_a_program_that_still_prints_asks_before_it_closes(
    window: MainWindow, queue: PrintQueue, output: PaperOutput, dialogs: Dialogs, qtbot: QtBot
) -> None:
    closed: list[bool] = []
    window.close_requested.connect(lambda: closed.append(True))
    output.there = False
    job = queue.add(request(), SETTINGS)
    qtbot.waitUntil(lambda: job.state is State.STOPPED)

    dialogs.answers += ["取消"]
    window.close()
    assert closed == []
    assert "还有 1 份文书没有全部送到打印机" in dialogs.shown[-1]

    dialogs.answers += ["不印了，退出"]
    window.close()
    assert closed == [True]
    assert job.state is State.CANCELLED


def test_a_program_with_an_empty_queue_closes_without_a_word(
    window: MainWindow, dialogs: Dialogs
) -> None:
    closed: list[bool] = []
    window.close_requested.connect(lambda: closed.append(True))

    window.close()

    assert closed == [True]
    assert dialogs.shown == []


def test_the_next_window_shows_what_still_waits(
    window: MainWindow, context: Context, queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    output.there = False
    job = queue.add(request(), SETTINGS)
    qtbot.waitUntil(lambda: job.state is State.STOPPED)
    qtbot.waitUntil(lambda: window.status.printing.text() == "打印停住了")
    window.hide()

    other = MainWindow(context)
    qtbot.addWidget(other)
    other.show()
    qtbot.waitUntil(lambda: other.status.printing.text() == "打印停住了")

    other.status.printing.click()
    assert other.findChild(QueueDialog).current() is job
    queue.cancel(job)


def test_the_recovery_sheet_is_printed_and_then_forgotten(
    queue: PrintQueue,
    output: PaperOutput,
    dialogs: Dialogs,
    clock: Clock,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from app.ui.kit import printers
    from app.ui.kit.printers import Printer

    machine = Printer(NAME, duplex=False, colour=True, trays=())
    monkeypatch.setattr(printers, "printer", lambda _: machine)

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, PrintDialog)
        return 1

    dialogs.on_dialog = answer
    groups = ("K7QM", "2XVD", "9RTA", "H4PE", "W8NC", "6JYB")
    steps = RecoverySteps(groups, lambda: numbered_pdf(2), clock)
    qtbot.addWidget(steps)
    assert steps.hint == "先打印或存为 PDF"

    steps.print_button.click()
    assert steps.hint == "先打印或存为 PDF"
    qtbot.waitUntil(lambda: steps.hint != "先打印或存为 PDF", timeout=20_000)

    assert output.pages == [[1, 2]]
    assert queue.jobs == []
    assert queue.last() is None
