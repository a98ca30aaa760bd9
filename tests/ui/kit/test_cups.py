"""Printing through a real CUPS of our own, where it is installed: what arrives, what is missed."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from app.ui.kit.pdf_pages import PdfPages
from tests.ui.kit.printing_bench import numbers_in

CUPSD = shutil.which("cupsd", path="/usr/sbin:/sbin")
ROOT = Path(__file__).parents[3]
STARTS = 10.0
FILES = """
ServerRoot {0}/etc
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/run
ServerBin /usr/lib/cups
AccessLog {0}/access
ErrorLog {0}/error
PageLog {0}/page
FileDevice Yes
"""
DAEMON = """
Listen {0}/sock
Browsing No
DirtyCleanInterval 0
WebInterface No
DefaultAuthType None
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
  </Limit>
</Policy>
"""
CHILD = """
import json, subprocess, sys, time
from PySide6.QtWidgets import QApplication
from app.ui.kit import print_device, printers
from app.ui.kit.print_job import PrintRequest, State
from app.ui.kit.print_queue import PrintQueue
from app.ui.kit.print_settings import PrintSettings
from tests.ui.kit.printing_bench import numbered_pdf

app, heard, told = QApplication([]), [], []
queue = PrintQueue()
print_device.SHARP_DPI = 100

def wait(job):
    while not job.ended and job.state is not State.STOPPED:
        app.processEvents()
    told.append([job.state.value, job.reason])

def add(name, **changes):
    request = PrintRequest(
        title="名册 𣲗 3/4",
        pdf=numbered_pdf(3),
        started=lambda: heard.append("started"),
        done=lambda: heard.append("done"),
        failed=lambda reason, sent: heard.append("failed"),
    )
    return queue.add(request, PrintSettings(printer=name, **changes))

names = printers.names()
wait(add("二楼", pages="3,1", right=2.0, tray="Tray2"))
held = add("一楼")
subprocess.run(["cupsdisable", "一楼"], check=True)
wait(held)
subprocess.run(["cupsenable", "一楼"], check=True)
queue.go_on(held)
while held.sent < 2:
    app.processEvents()
subprocess.run(["lpadmin", "-x", "一楼"], check=True)
wait(held)
queue.cancel(held)
print(json.dumps({"names": names, "heard": heard, "told": told}))
"""

pytestmark = pytest.mark.skipif(
    CUPSD is None or os.geteuid() != 0, reason="needs cupsd and the right to start it"
)


@pytest.fixture
def cups() -> Iterator[Path]:
    """A daemon in a folder of its own; the way to its socket must be short."""
    place = Path(mkdtemp(prefix="cups"))
    for name in ("etc", "spool", "cache", "run"):
        (place / name).mkdir()
    (place / "etc/cupsd.conf").write_text(DAEMON.format(place))
    (place / "etc/cups-files.conf").write_text(FILES.format(place))
    options = ["-c", place / "etc/cupsd.conf", "-s", place / "etc/cups-files.conf"]
    daemon = subprocess.Popen([CUPSD, "-f", *options])
    deadline = time.monotonic() + STARTS
    while not (place / "sock").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    yield place
    daemon.terminate()
    daemon.wait()
    shutil.rmtree(place)


def test_papers_reach_cups_and_a_printer_that_vanishes_is_noticed(cups: Path) -> None:
    surroundings = os.environ | {
        "CUPS_SERVER": str(cups / "sock"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "LINLI_DATA": str(cups),
    }
    for name in ("一楼", "二楼"):
        command = ["lpadmin", "-p", name, "-E", "-v", "file:/dev/null"]
        subprocess.run(command, env=surroundings, check=True, capture_output=True)

    child = subprocess.run(
        [sys.executable, "-c", CHILD], env=surroundings, capture_output=True, text=True
    )

    assert child.returncode == 0, child.stderr
    answer = json.loads(child.stdout.splitlines()[-1])
    first, stopped, vanished = answer["told"]
    assert sorted(answer["names"]) == ["一楼", "二楼"]
    assert first == ["已送到打印机", ""]
    assert "「一楼」停住了" in stopped[1]
    assert "「一楼」不见了" in vanished[1]
    assert "第 1–3 页可能没有印出来" in vanished[1]
    assert answer["heard"] == ["started", "done", "started", "failed"]
    (paper,) = (cups / "spool").glob("d*-001")
    (control,) = (cups / "spool").glob("c*")
    assert numbers_in(paper) == [3, 1]
    assert PdfPages(paper.read_bytes()).size(0) == pytest.approx((595, 842), abs=1.5)
    assert b"InputSlot" in control.read_bytes()
    assert b"Tray2" in control.read_bytes()
