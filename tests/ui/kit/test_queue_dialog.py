"""The queue before the eyes: its dialog, the word in the status line, a fault that shows itself."""

import subprocess
import sys

import pytest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.errors import DomainError
from app.ui.kit import printers
from app.ui.kit.print_job import PrintRequest, State
from app.ui.kit.print_light import PrintLight, attend, in_words, watch
from app.ui.kit.print_queue import PrintQueue
from app.ui.kit.print_settings import PrintSettings
from app.ui.kit.queue_dialog import QueueDialog
from app.ui.kit.status_bar import StatusBar
from tests.conftest import Dialogs
from tests.ui.kit.printing_bench import NAME, PaperOutput, numbered_pdf, output, queue

__all__ = ["output", "queue"]
SETTINGS = PrintSettings(printer=NAME)


@pytest.fixture
def dialog(queue: PrintQueue, qtbot: QtBot) -> QueueDialog:
    dialog = QueueDialog(queue)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def request(title: str = "花名册", pages: int = 3, **changes: object) -> PrintRequest:
    return PrintRequest(title=title, pdf=numbered_pdf(pages), **changes)


def shown(dialog: QueueDialog) -> list[str]:
    return [dialog.model.row(number).request.title for number in range(len(dialog.model.ids))]


def test_the_newest_paper_stands_first(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot
) -> None:
    queue.add(request("证明"), SETTINGS)
    queue.add(request("通知"), SETTINGS)

    qtbot.waitUntil(lambda: shown(dialog) == ["通知", "证明"])


def test_a_job_is_held_and_goes_on_by_the_same_button(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot, output: PaperOutput
) -> None:
    job = queue.add(request(), SETTINGS)
    dialog.refresh()

    dialog.hold_button.click()
    qtbot.waitUntil(lambda: dialog.hold_button.text() == "继续")
    assert job.state is State.PAUSED

    dialog.hold_button.click()
    qtbot.waitUntil(lambda: job.state is State.DONE, timeout=20_000)
    assert output.pages[-1][-1] == 3


def test_after_a_jam_the_page_is_typed(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot, output: PaperOutput
) -> None:
    job = queue.add(request(), SETTINGS)
    qtbot.waitUntil(lambda: job.state is State.DONE, timeout=20_000)
    dialog.refresh()
    assert not dialog.hold_button.isEnabled()

    dialog.page.setText("2")
    dialog.repeat_button.click()
    qtbot.waitUntil(lambda: job.state is State.DONE, timeout=20_000)

    assert output.pages == [[1, 2, 3], [2, 3]]


def test_cancelling_asks_first(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot, dialogs: Dialogs
) -> None:
    job = queue.add(request(), SETTINGS)
    queue.pause(job)
    dialog.refresh()

    dialogs.answers += ["取消"]
    dialog.cancel_button.click()
    assert job.state is State.PAUSED
    assert "剩下的不再打印" in dialogs.shown[-1]

    dialogs.answers += ["取消打印"]
    dialog.cancel_button.click()
    assert job.state is State.CANCELLED
    qtbot.waitUntil(lambda: not dialog.cancel_button.isEnabled())
    assert not dialog.repeat_button.isEnabled()


def test_a_finished_paper_is_printed_again(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot, output: PaperOutput
) -> None:
    job = queue.add(request(pages=1), SETTINGS)
    qtbot.waitUntil(lambda: job.state is State.DONE, timeout=20_000)
    dialog.refresh()

    dialog.again_button.click()
    qtbot.waitUntil(lambda: len(queue.jobs) == 2 and not queue.unfinished(), timeout=20_000)

    assert output.pages == [[1], [1]]


def test_the_chosen_job_stays_chosen_while_others_come(
    dialog: QueueDialog, queue: PrintQueue, output: PaperOutput
) -> None:
    output.there = False
    first = queue.add(request("证明"), SETTINGS)
    dialog.refresh()
    queue.add(request("通知"), SETTINGS)
    dialog.refresh()

    assert dialog.current() is first


def test_the_status_line_names_what_matters_most(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    assert in_words([]) == ""
    output.there = False
    waiting = queue.add(request("证明"), SETTINGS)
    queue.pause(waiting)
    assert in_words(queue.unfinished()) == "已暂停 0 / 3 页"

    stopped = queue.add(request("通知"), SETTINGS)
    qtbot.waitUntil(lambda: stopped.state is State.STOPPED)

    assert in_words(queue.unfinished()) == "打印停住了，还有 1 份"


def test_a_printer_that_vanishes_brings_the_queue_with_its_sentence(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    window, status = QWidget(), StatusBar()
    qtbot.addWidget(window)
    qtbot.addWidget(status)
    window.show()
    watch(window, status)
    assert status.printing.isHidden()
    output.there = False

    job = queue.add(request("证明"), SETTINGS)
    assert not status.printing.isHidden()
    qtbot.waitUntil(lambda: window.findChild(QueueDialog) is not None)

    dialog = window.findChild(QueueDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.current() is job
    assert "不见了" in dialog.detail.text()
    assert QueueDialog.show_over(window) is dialog

    queue.cancel(job)
    assert status.printing.isHidden()


def test_who_cannot_note_the_end_says_so(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot, dialogs: Dialogs
) -> None:
    def refuse() -> None:
        raise DomainError("磁盘满了，没有登记。")

    window, status = QWidget(), StatusBar()
    qtbot.addWidget(window)
    qtbot.addWidget(status)
    watch(window, status)

    queue.add(request(pages=1, done=refuse), SETTINGS)
    qtbot.waitUntil(lambda: bool(dialogs.shown), timeout=20_000)

    assert dialogs.shown == ["磁盘满了，没有登记。"]


def test_a_window_that_is_gone_is_not_asked_any_more(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    from shiboken6 import delete

    window, status = QWidget(), StatusBar()
    qtbot.addWidget(status)
    light = watch(window, status)
    assert isinstance(light, PrintLight)
    delete(window)
    output.there = False

    job = queue.add(request(), SETTINGS)
    qtbot.waitUntil(lambda: job.state is State.STOPPED)

    assert "不见了" in job.reason


def test_a_fault_before_the_main_window_stands_is_shown_too(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    window = QWidget()
    inner = QWidget(window)
    qtbot.addWidget(window)
    window.show()
    attend(window)
    attend(inner)
    assert len(window.findChildren(PrintLight)) == 1
    output.there = False

    queue.add(request("恢复单", secret=True), SETTINGS)

    qtbot.waitUntil(lambda: window.findChild(QueueDialog) is not None)
    assert "不见了" in window.findChild(QueueDialog).detail.text()


def test_the_start_of_the_program_loads_nothing_of_printing() -> None:
    code = (
        "import sys, app.ui.main_window\n"
        "heavy = {'PySide6.QtPrintSupport', 'pypdfium2', 'xlsxwriter', 'app.ui.kit.pdf_pages',"
        " 'app.ui.kit.print_queue', 'app.ui.kit.printers', 'app.ui.kit.spreadsheet'}\n"
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert child.returncode == 0, child.stderr


def test_the_page_that_is_typed_stays_while_pages_go_out(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot
) -> None:
    job = queue.add(request(pages=6), SETTINGS)
    qtbot.waitUntil(lambda: job.sent > 2)
    queue.pause(job)
    dialog.refresh()
    dialog.page.selectAll()
    qtbot.keyClicks(dialog.page, "2")

    queue.go_on(job)
    qtbot.waitUntil(lambda: job.state is State.DONE)
    dialog.refresh()

    assert dialog.page.text() == "2"


def test_the_page_follows_the_job_that_is_chosen(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot
) -> None:
    first, second = queue.add(request("证明"), SETTINGS), queue.add(request("通知"), SETTINGS)
    qtbot.waitUntil(lambda: first.ended and second.ended)
    dialog.refresh()
    dialog.page.selectAll()
    qtbot.keyClicks(dialog.page, "2")

    dialog.table.select_row(1)

    assert dialog.current() is first
    assert dialog.page.text() == "3"


def test_a_held_job_is_offered_the_other_printers(
    dialog: QueueDialog, queue: PrintQueue, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = queue.add(request(pages=6), SETTINGS)
    assert not dialog.other_button.isEnabled()
    queue.pause(job)
    dialog.refresh()
    monkeypatch.setattr(printers, "names", lambda: [NAME, "一楼打印机"])
    menu = QMenu()
    dialog.fill_printers(menu)

    assert dialog.other_button.isEnabled()
    assert [action.text() for action in menu.actions()] == ["一楼打印机"]
    dialog.other_button.setFocus()
    menu.actions()[0].trigger()
    assert dialog.focusWidget() is dialog.table
    qtbot.waitUntil(lambda: job.state is State.DONE)
    assert job.settings.printer == "一楼打印机"


def test_where_there_is_one_printer_it_is_said(dialog: QueueDialog, queue: PrintQueue) -> None:
    queue.pause(queue.add(request(), SETTINGS))
    dialog.refresh()
    menu = QMenu()
    dialog.fill_printers(menu)

    assert [action.text() for action in menu.actions()] == ["没有别的打印机"]
    assert not menu.actions()[0].isEnabled()
