"""Jobs, messages, dialogs: what the user is told, and when."""

import gc
import sqlite3
import threading
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import DomainError
from app.ui.kit import messages
from app.ui.kit.background import Background, Progress
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog, ProgressDialog, Question
from tests.conftest import Dialogs


@pytest.fixture
def background(qtbot: QtBot) -> Background:
    background = Background()
    yield background
    background.finish()


def refuse(_: object) -> None:
    pytest.fail("the wrong callback")


def test_a_result_comes_back_in_the_main_thread(background: Background, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    results: list[int] = []

    def work(_: Progress) -> int:
        threads.append(threading.current_thread())
        return 42

    def done(result: int) -> None:
        threads.append(threading.current_thread())
        results.append(result)

    background.start(work, done=done, failed=refuse)
    qtbot.waitUntil(lambda: results == [42])

    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_what_is_left_of_windows_is_not_deleted_beside_the_main_thread(
    background: Background, qtbot: QtBot
) -> None:
    """The collector would do so in the thread of a job that makes many objects."""
    collects: list[bool] = []

    for work in (lambda _: gc.isenabled(), lambda _: collects.append(gc.isenabled())):
        background.start(work, done=collects.append, failed=refuse)
    qtbot.waitUntil(lambda: not background.busy)

    assert collects == [False, False, None]
    assert gc.isenabled()


def test_an_error_is_handed_over(background: Background, qtbot: QtBot) -> None:
    errors: list[Exception] = []

    def work(_: Progress) -> None:
        raise sqlite3.OperationalError("disk full")

    background.start(work, done=refuse, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))

    assert isinstance(errors[0], sqlite3.OperationalError)


def test_jobs_run_one_after_the_other(background: Background, qtbot: QtBot) -> None:
    running: list[int] = []
    most: list[int] = []

    def work(_: Progress) -> None:
        running.append(1)
        most.append(len(running))
        time.sleep(0.01)
        running.pop()

    for _ in range(4):
        background.start(work, done=lambda _: None, failed=refuse)
    assert background.busy
    qtbot.waitUntil(lambda: not background.busy)

    assert most == [1, 1, 1, 1]


def test_cancel_stops_at_the_next_report(background: Background, qtbot: QtBot) -> None:
    seen: list[int] = []
    cancelled: list[bool] = []
    started = threading.Event()

    def work(progress: Progress) -> None:
        for number in range(10_000):
            progress(number, 10_000)
            started.set()
            time.sleep(0.001)

    job = background.start(
        work,
        done=refuse,
        failed=refuse,
        cancelled=lambda: cancelled.append(True),
        progress=lambda done, total, text: seen.append(done),
    )
    started.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: cancelled == [True])

    assert len(seen) < 10_000
    qtbot.waitUntil(lambda: not background.busy)


def test_a_job_cancelled_before_its_turn_never_starts(background: Background, qtbot: QtBot) -> None:
    gate = threading.Event()
    cancelled: list[bool] = []
    background.start(lambda _: gate.wait(5), done=lambda _: None, failed=refuse)

    job = background.start(
        refuse, done=refuse, failed=refuse, cancelled=lambda: cancelled.append(True)
    )
    job.cancel()
    gate.set()

    qtbot.waitUntil(lambda: cancelled == [True])


def test_the_progress_dialog_closes_with_its_job(background: Background, qtbot: QtBot) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> None:
        progress(3, 10, "第 3 行")
        gate.wait(5)

    job = background.start(work, done=lambda _: None, failed=refuse)
    dialog = ProgressDialog("正在导入", job)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.words.text() == "第 3 行")
    assert (dialog.bar.value(), dialog.bar.maximum()) == (3, 10)

    gate.set()

    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_the_dialog_of_work_that_was_quicker_closes_too(
    background: Background, qtbot: QtBot
) -> None:
    job = background.start(lambda _: None, done=lambda _: None, failed=refuse)
    assert background.finish()

    dialog = ProgressDialog("正在写", job)
    qtbot.addWidget(dialog)
    dialog.open()

    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_cancel_in_the_dialog_waits_until_all_is_taken_back(
    background: Background, qtbot: QtBot
) -> None:
    gate = threading.Event()

    def work(progress: Progress) -> None:
        gate.wait(5)
        progress.check()

    job = background.start(work, done=refuse, failed=refuse)
    dialog = ProgressDialog("正在导入", job)
    qtbot.addWidget(dialog)
    dialog.open()

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "收回" in dialog.words.text()
    gate.set()

    qtbot.waitUntil(lambda: not dialog.isVisible())


def test_a_broken_rule_is_shown_in_its_own_words(qtbot: QtBot, dialogs: Dialogs) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    with messages.domain_errors_shown(window):
        raise DomainError("余额不足，差 12 分。")

    assert dialogs.shown == ["余额不足，差 12 分。"]


def test_a_bug_is_not_swallowed(qtbot: QtBot, dialogs: Dialogs) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    with pytest.raises(ZeroDivisionError), messages.domain_errors_shown(window):
        raise ZeroDivisionError

    assert dialogs.shown == []


def test_a_question_names_the_action(qtbot: QtBot, dialogs: Dialogs) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialogs.answers += ["删除", "取消"]

    answers = [
        messages.confirm(window, "删除 王秀兰", "可以找回。", "删除", destructive=True)
        for _ in range(2)
    ]

    assert answers == [True, False]


def test_enter_never_destroys(qtbot: QtBot) -> None:
    question = Question("删除 王秀兰", "可以找回。", "删除", destructive=True)
    qtbot.addWidget(question)
    with qtbot.waitActive(question):
        question.show()

    qtbot.keyClick(question, Qt.Key.Key_Return)

    assert question.result() == Question.DialogCode.Rejected
    assert not question.isVisible()


def test_enter_in_a_field_of_a_dialog_presses_no_button(qtbot: QtBot) -> None:
    from app.ui.kit.forms import line_edit

    dialog = Dialog("试一试")
    edit = line_edit(name="姓名")
    dialog.body.addWidget(edit)
    pressed: list[bool] = []
    button = dialog.add_button(Button("删除", kind="danger"))
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    edit.setFocus()

    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert pressed == []
    assert dialog.isVisible()


def test_work_behind_a_bar_shows_a_broken_rule(
    background: Background, qtbot: QtBot, dialogs: Dialogs
) -> None:
    window = QWidget()
    qtbot.addWidget(window)

    def work(_: Progress) -> None:
        raise DomainError("磁盘满了，没有写入。")

    messages.run_with_progress(window, background, "正在写", work, done=refuse)
    qtbot.waitUntil(lambda: dialogs.shown == ["磁盘满了，没有写入。"])
