"""Asking how to print: what a printer can do, what is kept, and what happens without one."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.kit import printers, printing
from app.ui.kit.calibration_dialog import CalibrationDialog, in_words
from app.ui.kit.files import save_pdf
from app.ui.kit.paper_desk import PaperDesk, desk_of
from app.ui.kit.print_dialog import OWN_TRAY, PrintDialog
from app.ui.kit.print_job import PrintRequest, State
from app.ui.kit.print_queue import PrintQueue, print_queue
from app.ui.kit.print_settings import Duplex, PrintSettings, remember, remember_printer, remembered
from app.ui.kit.printers import Printer, Tray, trays_of_options
from tests.conftest import Dialogs
from tests.ui.kit.printing_bench import PaperOutput, numbered_pdf, output
from tests.ui.print_states import draw

__all__ = ["output"]
MACHINES = {
    "一楼": Printer("一楼", duplex=False, colour=False, trays=()),
    "二楼": Printer(
        "二楼", duplex=True, colour=True, trays=(Tray("Tray1", "第 1 纸盒"), Tray("7", "后部进纸"))
    ),
}
REQUEST = PrintRequest(title="花名册", pdf=numbered_pdf(5))


@pytest.fixture
def machines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers, "names", lambda: list(MACHINES))
    monkeypatch.setattr(printers, "printer", MACHINES.__getitem__)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def dialog(machines: None, window: QWidget) -> PrintDialog:
    return PrintDialog(REQUEST, window, page=3)


@pytest.fixture
def queue(qapp: QApplication) -> PrintQueue:
    queue = print_queue()
    return queue


def test_a_printer_offers_only_what_it_can(dialog: PrintDialog) -> None:
    assert dialog.printer.currentText() == "一楼"
    assert not dialog.duplex.isEnabled()
    assert not dialog.tray.isEnabled()
    assert dialog.grey.isChecked()
    assert not dialog.grey.isEnabled()

    dialog.printer.setCurrentText("二楼")

    assert dialog.duplex.isEnabled()
    assert [dialog.tray.itemText(i) for i in range(3)] == [OWN_TRAY, "第 1 纸盒", "后部进纸"]
    assert not dialog.grey.isChecked()


def test_what_was_chosen_is_what_is_printed(dialog: PrintDialog) -> None:
    dialog.printer.setCurrentText("二楼")
    dialog.copies.setValue(2)
    dialog.this_page.click()
    dialog.duplex.setCurrentText(Duplex.SHORT.value)
    dialog.tray.setCurrentIndex(2)
    dialog.grey.setChecked(True)
    dialog.right.setValue(0.5)
    dialog.down.setValue(-1.5)

    assert dialog.settings() == PrintSettings(
        printer="二楼",
        copies=2,
        pages="3",
        duplex=Duplex.SHORT,
        tray="7",
        tray_words="后部进纸",
        grey=True,
        right=0.5,
        down=-1.5,
    )


def test_the_last_printer_comes_back_as_it_was_kept(machines: None, window: QWidget) -> None:
    kept = PrintSettings(
        printer="二楼", duplex=Duplex.LONG, tray="Tray1", tray_words="第 1 纸盒", right=1.0
    )
    remember(kept)
    remember_printer("二楼")

    assert PrintDialog(REQUEST, window).settings() == kept


def test_a_printer_that_was_taken_away_is_forgotten(machines: None, window: QWidget) -> None:
    remember_printer("三楼")

    assert PrintDialog(REQUEST, window).printer.currentText() == "一楼"


def test_pages_that_do_not_exist_keep_the_dialog_open(dialog: PrintDialog) -> None:
    dialog.pages.setText("8-9")
    dialog.confirm()

    assert dialog.result() == QDialog.DialogCode.Rejected
    assert any("一共 5 页" in label.text() for label in dialog.findChildren(QLabel))

    dialog.pages.setText("4-")
    dialog.confirm()

    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_paper_goes_the_whole_way(
    machines: None,
    window: QWidget,
    output: PaperOutput,
    queue: PrintQueue,
    dialogs: Dialogs,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(printers, "names", lambda: list(MACHINES))

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, PrintDialog)
        dialog.printer.setCurrentText("二楼")
        dialog.pages.setText("2,4")
        dialog.tray.setCurrentIndex(1)
        return 1

    dialogs.on_dialog = answer
    heard: list[str] = []
    request = PrintRequest(title="花名册", pdf=numbered_pdf(5), done=lambda: heard.append("done"))

    job = printing.print_paper(window, request)
    qtbot.waitUntil(lambda: job.state is State.DONE, timeout=20_000)

    assert output.pages == [[2, 4]]
    assert heard == ["done"]
    assert remembered("二楼").tray_words == "第 1 纸盒"
    assert PrintDialog(REQUEST, window).printer.currentText() == "二楼"


def test_changing_one_s_mind_prints_nothing(
    machines: None, window: QWidget, queue: PrintQueue, dialogs: Dialogs
) -> None:
    dialogs.on_dialog = lambda _: 0

    assert printing.print_paper(window, REQUEST) is None
    assert queue.jobs == []


def test_without_a_printer_the_paper_can_be_stored(
    window: QWidget, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printers, "names", list)
    dialogs.files += [tmp_path / "证明.pdf"]
    shown: list[str] = []

    def answer(dialog: QDialog) -> int:
        assert isinstance(dialog, PrintDialog)
        shown.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.save.click()
        return dialog.result()

    dialogs.on_dialog = answer
    saved: list[Path] = []

    job = printing.print_paper(
        window, PrintRequest(title="证明", pdf=numbered_pdf(1), saved=saved.append)
    )

    assert job is None
    assert printers.NO_PRINTER in shown
    assert saved == [tmp_path / "证明.pdf"]
    assert saved[0].read_bytes() == numbered_pdf(1)


def test_the_last_paper_again_and_a_sentence_where_there_is_none(
    window: QWidget, output: PaperOutput, queue: PrintQueue, dialogs: Dialogs, qtbot: QtBot
) -> None:
    printing.reprint_last(window)
    assert "没有可补打的" in dialogs.shown[0]

    job = queue.add(REQUEST, PrintSettings(printer="二楼打印机", pages="1"))
    qtbot.waitUntil(lambda: job.state is State.DONE, timeout=20_000)
    printing.reprint_last(window)
    qtbot.waitUntil(lambda: queue.jobs[-1].state is State.DONE, timeout=20_000)

    assert output.pages == [[1], [1]]


def test_leaving_asks_while_pages_wait(
    window: QWidget, output: PaperOutput, queue: PrintQueue, dialogs: Dialogs
) -> None:
    assert printing.may_leave(window)

    output.there = False
    job = queue.add(REQUEST, PrintSettings(printer="二楼打印机"))
    dialogs.answers += ["取消"]
    assert not printing.may_leave(window)
    assert not job.ended

    dialogs.answers += ["不印了，退出"]
    assert printing.may_leave(window)
    assert job.state is State.CANCELLED


def test_calibrating_is_offered_where_the_page_can_be_drawn(
    machines: None, window: QWidget
) -> None:
    assert PrintDialog(REQUEST, window).calibration.isHidden()

    PaperDesk(
        window,
        print_table=print,
        export_table=print,
        copy_table=print,
        may_print=lambda: True,
        may_export=lambda: True,
        calibration_page=draw,
    )

    assert desk_of(window) is not None
    assert not PrintDialog(REQUEST, window).calibration.isHidden()


def test_two_measures_become_the_offset_of_the_dialog(
    machines: None,
    window: QWidget,
    dialogs: Dialogs,
    output: PaperOutput,
    queue: PrintQueue,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(printers, "names", lambda: list(MACHINES))
    PaperDesk(
        window,
        print_table=print,
        export_table=print,
        copy_table=print,
        may_print=lambda: True,
        may_export=lambda: True,
        calibration_page=draw,
    )
    dialog = PrintDialog(REQUEST, window)
    dialog.right.setValue(0.5)

    def measure(shown: QDialog) -> int:
        assert isinstance(shown, CalibrationDialog)
        shown.print_page()
        shown.left.setValue(29.0)
        shown.top.setValue(31.5)
        shown.go.click()
        return shown.result()

    dialogs.on_dialog = measure
    dialog.calibration.click()

    assert (dialog.right.value(), dialog.down.value()) == (1.5, -1.5)
    qtbot.waitUntil(lambda: queue.jobs[0].state is State.DONE, timeout=20_000)
    assert len(output.documents) == 1


def test_a_measure_that_cannot_be_keeps_the_dialog(window: QWidget, dialogs: Dialogs) -> None:
    shown = CalibrationDialog(draw, PrintSettings(printer="一楼"), window)
    shown.left.setValue(90.0)

    shown.go.click()

    assert shown.result() == QDialog.DialogCode.Rejected
    assert "多半是量错了" in dialogs.shown[0]


def test_an_offset_in_words() -> None:
    assert in_words(0.5, -1.0) == "往右移 0.5 毫米，往上移 1 毫米"
    assert in_words(-2.0, 0.0) == "往左移 2 毫米"
    assert in_words(0.0, 0.0) == "正好，不用移"


def test_trays_are_read_from_what_cups_answers() -> None:
    answer = (
        "PageSize/Media Size: *A4 Letter\n"
        "InputSlot/Media Source: *Default Tray1 Cassette-2 Manual Hinten\n"
        "Duplex/2-Sided Printing: *None DuplexNoTumble\n"
    )

    assert trays_of_options(answer) == (
        Tray("Tray1", "第 1 纸盒"),
        Tray("Cassette-2", "第 2 纸盒"),
        Tray("Manual", "手动进纸"),
        Tray("Hinten", "Hinten"),
    )
    assert trays_of_options("") == ()


def test_a_pdf_is_saved_under_a_name_that_every_system_takes(
    window: QWidget, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from PySide6.QtWidgets import QFileDialog

    asked: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a: (asked.append(a[2]), ("", ""))[1]
    )

    assert save_pdf(window, b"", "3/4 号楼.pdf") is None
    assert asked[0].endswith("3_4 号楼.pdf")
