"""The queue: pages in order, hold, go on, jam, a printer that vanishes, who is told how often."""

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.errors import DomainError
from app.ui.kit import print_run, printers
from app.ui.kit.print_job import PrintJob, PrintRequest, State
from app.ui.kit.print_queue import PrintQueue
from app.ui.kit.print_settings import Duplex, PrintSettings, remember_offset
from tests.ui.kit.printing_bench import NAME, PaperOutput, numbered_pdf, output

__all__ = ["output"]


@pytest.fixture
def queue(qtbot: QtBot, output: PaperOutput) -> Iterator[PrintQueue]:
    queue = PrintQueue()
    yield queue
    for job in queue.unfinished():
        queue.cancel(job)


def settings(**changes: object) -> PrintSettings:
    return PrintSettings(**({"printer": NAME} | changes))


class Listener:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def request(self, pages: int, **changes: object) -> PrintRequest:
        told = {
            "started": lambda: self.heard.append("started"),
            "done": lambda: self.heard.append("done"),
            "failed": lambda reason, sent: self.heard.append(("failed", reason, sent)),
        }
        return PrintRequest(title="证明 王秀兰", pdf=numbered_pdf(pages), **{**told, **changes})


def wait_for(qtbot: QtBot, job: PrintJob, *states: State) -> None:
    qtbot.waitUntil(lambda: job.state in states, timeout=20_000)


def pages_sent(qtbot: QtBot, job: PrintJob, count: int) -> None:
    qtbot.waitUntil(lambda: job.sent >= count, timeout=20_000)


def test_a_job_prints_its_pages_and_tells_once(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    listener = Listener()

    job = queue.add(listener.request(3), settings())
    wait_for(qtbot, job, State.DONE)

    assert output.pages == [[1, 2, 3]]
    assert listener.heard == ["started", "done"]
    assert job.progress == "3 / 3 页"


def test_only_the_pages_of_the_range_are_printed_in_their_order(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    job = queue.add(Listener().request(6), settings(pages="5-6，2"))
    wait_for(qtbot, job, State.DONE)

    assert output.pages == [[5, 6, 2]]


def test_each_copy_is_a_document_of_its_own(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    job = queue.add(Listener().request(2), settings(copies=3, duplex=Duplex.LONG))
    wait_for(qtbot, job, State.DONE)

    assert output.pages == [[1, 2], [1, 2], [1, 2]]


def test_jobs_come_out_one_after_the_other(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    first, second = Listener(), Listener()
    queue.add(first.request(2), settings())
    last = queue.add(
        second.request(1, started=lambda: second.heard.append(list(first.heard))), settings()
    )
    wait_for(qtbot, last, State.DONE)

    assert output.pages == [[1, 2], [1]]
    assert second.heard == [["started", "done"], "done"]


def test_the_window_lives_while_pages_are_painted(queue: PrintQueue, qtbot: QtBot) -> None:
    ticks: list[int] = []
    job = queue.add(Listener().request(2), settings())
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(lambda: ticks.append(job.sent))
    timer.start()
    wait_for(qtbot, job, State.DONE)

    assert ticks.count(0) > 10
    assert ticks.count(1) > 10


def test_long_papers_go_in_several_documents(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_run, "CHUNK", 2)
    job = queue.add(Listener().request(5), settings())
    wait_for(qtbot, job, State.DONE)

    assert output.pages == [[1, 2], [3, 4], [5]]


def test_a_held_job_goes_on_where_it_stood(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    listener = Listener()
    job = queue.add(listener.request(4), settings())
    pages_sent(qtbot, job, 1)

    queue.pause(job)
    held = job.sent
    qtbot.wait(50)

    assert job.state is State.PAUSED
    assert job.sent == held < 4
    assert output.pages == [list(range(1, held + 1))]

    queue.go_on(job)
    wait_for(qtbot, job, State.DONE)

    assert list(chain(*output.pages)) == [1, 2, 3, 4]
    assert listener.heard == ["started", "done"]


def test_a_held_job_lets_the_next_one_pass(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    held = queue.add(Listener().request(3), settings())
    queue.pause(held)
    other = queue.add(Listener().request(1), settings())
    wait_for(qtbot, other, State.DONE)

    assert held.state is State.PAUSED
    assert output.pages == [[1]]


def test_after_a_jam_it_is_printed_again_from_a_page(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    listener = Listener()
    job = queue.add(listener.request(5), settings())
    wait_for(qtbot, job, State.DONE)

    queue.repeat_from(job, 4)
    wait_for(qtbot, job, State.DONE)

    assert output.pages == [[1, 2, 3, 4, 5], [4, 5]]
    assert listener.heard == ["started", "done"]


def test_a_jam_in_the_second_copy_repeats_the_second_copy(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    job = queue.add(Listener().request(3), settings(copies=2))
    wait_for(qtbot, job, State.DONE)

    queue.repeat_from(job, 2)
    wait_for(qtbot, job, State.DONE)

    assert output.pages == [[1, 2, 3], [1, 2, 3], [2, 3]]


def test_a_job_under_way_can_be_sent_back_to_a_page(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    job = queue.add(Listener().request(4), settings())
    pages_sent(qtbot, job, 2)

    queue.repeat_from(job, 1)
    wait_for(qtbot, job, State.DONE)

    first, second = output.pages
    assert first in ([1, 2], [1, 2, 3])
    assert second == [1, 2, 3, 4]


def test_a_cancelled_job_tells_how_much_went_out(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    listener = Listener()
    job = queue.add(listener.request(5), settings())
    pages_sent(qtbot, job, 1)

    queue.cancel(job)
    queue.cancel(job)
    queue.repeat_from(job, 1)
    qtbot.wait(50)

    assert job.state is State.CANCELLED
    assert output.pages == [list(range(1, job.sent + 1))]
    assert listener.heard == ["started", ("failed", "已取消打印。", job.sent)]


def test_a_job_that_was_never_begun_tells_nobody(queue: PrintQueue, qtbot: QtBot) -> None:
    listener = Listener()
    job = queue.add(listener.request(1), settings())

    queue.cancel(job)
    qtbot.wait(30)

    assert job.state is State.CANCELLED
    assert listener.heard == []


def test_a_printer_that_is_gone_at_the_beginning_lets_the_job_wait(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    output.there = False
    listener, said = Listener(), []
    queue.stopped.connect(lambda job: said.append(job.reason))
    job = queue.add(listener.request(2), settings())
    wait_for(qtbot, job, State.STOPPED)

    assert "「二楼打印机」不见了" in said[0]
    assert listener.heard == ["started"]

    output.there = True
    queue.go_on(job)
    wait_for(qtbot, job, State.DONE)

    assert output.pages == [[1, 2]]
    assert listener.heard == ["started", "done"]


def test_a_printer_that_vanishes_in_the_middle_repeats_what_may_be_lost(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(print_run, "CHUNK", 2)
    listener = Listener()
    job = queue.add(listener.request(5), settings())
    pages_sent(qtbot, job, 3)
    output.there = False
    wait_for(qtbot, job, State.STOPPED)

    assert "第 3–4 页可能没有印出来" in job.reason
    assert job.sent == 2
    assert listener.heard == ["started"]

    output.there = True
    queue.go_on(job)
    wait_for(qtbot, job, State.DONE)

    assert output.pages[-2:] == [[3, 4], [5]]
    assert listener.heard == ["started", "done"]


def test_a_printer_that_takes_no_more_pages_stops_the_job_and_the_program_lives_on(
    queue: PrintQueue, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinter, "newPage", lambda _: False)
    listener = Listener()
    job = queue.add(listener.request(3), settings())
    wait_for(qtbot, job, State.STOPPED)

    assert "打印机没有接收" in job.reason
    assert "可能没有印出来" in job.reason
    queue.cancel(job)
    assert [one if isinstance(one, str) else one[0] for one in listener.heard] == [
        "started",
        "failed",
    ]


def test_a_stopped_job_that_is_given_up_fails_once(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    output.there = False
    listener = Listener()
    job = queue.add(listener.request(2), settings())
    wait_for(qtbot, job, State.STOPPED)

    queue.cancel(job)

    assert listener.heard == ["started", ("failed", "已取消打印。", 0)]


def test_a_stopped_job_goes_on_with_another_printer_and_its_own_offset(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_offset("一楼打印机", 1.0, 0.0)
    job = queue.add(Listener().request(2), settings(copies=2))
    qtbot.waitUntil(lambda: len(output.documents) == 2 and job.sent == 2)
    output.there = False
    wait_for(qtbot, job, State.STOPPED)
    output.there = True
    monkeypatch.setattr(printers, "names", lambda: ["一楼打印机"])

    queue.go_on(job, "一楼打印机")
    wait_for(qtbot, job, State.DONE)

    assert output.pages[0] == [1, 2]
    assert output.pages[-1] == [1, 2]
    assert len(output.documents) == 3
    assert job.settings == settings(printer="一楼打印机", copies=2, right=1.0)


def test_who_may_not_start_stops_the_paper_before_the_printer(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise DomainError("这份证明刚被作废。")

    listener, said = Listener(), []
    queue.complained.connect(said.append)
    job = queue.add(listener.request(1, started=refuse), settings())
    other = queue.add(Listener().request(2), settings())
    wait_for(qtbot, other, State.DONE)

    assert job.state is State.CANCELLED
    assert said == ["这份证明刚被作废。"]
    assert output.pages == [[1, 2]]


def test_who_fails_to_note_the_end_is_heard_and_the_queue_goes_on(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    def refuse() -> None:
        raise DomainError("磁盘满了。")

    said: list[str] = []
    queue.complained.connect(said.append)
    queue.add(Listener().request(1, done=refuse), settings())
    other = queue.add(Listener().request(1), settings())
    wait_for(qtbot, other, State.DONE)

    assert said == ["磁盘满了。"]
    assert len(output.pages) == 2


def test_what_is_no_pdf_is_refused_at_the_door(queue: PrintQueue) -> None:
    with pytest.raises(DomainError, match="PDF"):
        queue.add(PrintRequest(title="坏", pdf=b"nothing"), settings())

    assert queue.jobs == []


def test_pages_that_do_not_exist_are_refused_at_the_door(queue: PrintQueue) -> None:
    with pytest.raises(DomainError, match="一共 2 页"):
        queue.add(Listener().request(2), settings(pages="7"))

    assert queue.jobs == []


def test_the_last_paper_is_printed_once_more_as_it_was(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    listener = Listener()
    job = queue.add(listener.request(2), settings(copies=1, grey=True))
    wait_for(qtbot, job, State.DONE)

    queue.print_again(queue.last(), QWidget())
    wait_for(qtbot, queue.jobs[-1], State.DONE)

    assert output.pages == [[1, 2], [1, 2]]
    # What left the house a second time is noted a second time.
    assert listener.heard == ["started", "done", "done"]


def test_a_numbered_paper_is_printed_again_by_its_own_service(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    asked: list[QWidget] = []
    job = queue.add(Listener().request(1, again=asked.append), settings())
    wait_for(qtbot, job, State.DONE)
    window = QWidget()

    queue.print_again(job, window)

    assert asked == [window]
    assert len(queue.jobs) == 1


def test_a_secret_paper_is_forgotten_when_it_is_printed(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    listener = Listener()
    job = queue.add(listener.request(1, secret=True), settings())
    wait_for(qtbot, job, State.DONE)

    assert listener.heard == ["started", "done"]
    assert queue.jobs == []
    assert queue.last() is None


def test_nobody_is_told_whose_window_is_gone(
    queue: PrintQueue, output: PaperOutput, qtbot: QtBot
) -> None:
    from shiboken6 import delete

    owner, listener = QWidget(), Listener()
    job = queue.add(listener.request(1, owner=owner), settings())
    delete(owner)
    wait_for(qtbot, job, State.DONE)

    assert listener.heard == []
    assert output.pages == [[1]]


def test_only_the_last_jobs_are_kept(queue: PrintQueue, qtbot: QtBot) -> None:
    jobs = [queue.add(Listener().request(1), settings()) for _ in range(3)]
    for job in jobs:
        queue.cancel(job)
    for _ in range(10):
        queue.cancel(queue.add(Listener().request(1), settings()))

    assert len(queue.jobs) <= 9
    assert jobs[0] not in queue.jobs
