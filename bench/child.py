"""A process of its own that says when its window was first painted and what memory it took.

python -m bench.child empty           an empty QMainWindow: the least a Qt program can be
python -m bench.child residents FILE  the program on that file, showing 居民
python -m bench.child scrolled FILE   the same, scrolled from end to end
python -m bench.child login FILE      the program at its login, a password typed and entered
python -m bench.child derived FILE    one derivation of that password, then the window on the file
"""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.bootstrap import Desk
    from app.ui.kit.paged_table import PagedTable

SCREENS = 300
# Where the program remembers its windows: nothing of what somebody did on this machine before.
DATA = Path(__file__).parents[1] / "build" / "bench" / "data"


def run(*arguments: str) -> dict[str, float]:
    """Start such a process; `seconds` from before its start to after the first paint, `peak_mb`."""
    environment = nothing_remembered()
    begin = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-m", "bench.child", *arguments],
        cwd=Path(__file__).parents[1],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    report = json.loads(said.splitlines()[-1])
    # The monotonic clock counts from the start of the machine: all processes share it.
    return {"seconds": report["painted"] - begin, "peak_mb": report["peak_mb"]}


def nothing_remembered() -> dict[str, str]:
    """The environment of such a process: it opens with the first page, as large as it is made."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    return {**os.environ, "LINLI_DATA": str(DATA)}


def _report(painted: float) -> None:
    """Print the figures and leave at once: what closing costs is not measured."""
    status = Path("/proc/self/status").read_text("ascii")
    peak = int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])
    print(json.dumps({"painted": painted, "peak_mb": peak / 1024}), flush=True)
    os._exit(0)


def _empty() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1366, 768)
    _when_painted(window, lambda: _report(time.monotonic()))
    window.show()
    app.exec()


def _residents(file: str) -> None:
    """As `python -m app` starts, with the key at hand in place of the login."""
    _start(file, lambda _: _report(time.monotonic()))


def _scrolled(file: str) -> None:
    _start(file, _scroll)


def _login(file: str) -> None:
    """From Enter in the password field to the painted list."""
    from app.ui.login import LoginView
    from bench.login import PASSWORD

    app, desk = _program(file)
    desk.start()
    login = desk.window.findChild(LoginView)
    login.password.setText(PASSWORD)
    _when_warm(desk, lambda: _enter(desk, login.enter))
    app.exec()


def _derived(file: str) -> None:
    """The least that can stand between the two: the derivation, the file, the window."""
    from PySide6.QtWidgets import QWidget

    from app.storage.office_file import open_office
    from app.storage.slots import Cost, new_pair
    from app.ui.frame import Frame
    from bench.desk import CLOCK, KEY
    from bench.login import PASSWORD, derive

    app, desk = _program(file)
    desk._show(Frame(QWidget()))
    # The library is there; what is timed is the work.
    new_pair(PASSWORD, bound_to=b"", cost=Cost(1, 8, 1))

    def enter() -> None:
        derive(PASSWORD)
        database = open_office(Path(file), KEY, clock=CLOCK, backup=lambda: None)
        desk._open_window(database)

    _when_warm(desk, lambda: _enter(desk, enter))
    app.exec()


def _program(file: str) -> tuple[QApplication, Desk]:
    from app import logs
    from app.application import make_app
    from app.bootstrap import Desk
    from bench.desk import CLOCK

    logs.start()
    app = make_app(sys.argv[:1])
    return app, Desk(app, CLOCK, Path(file))


def _when_warm(desk: Desk, then: Callable[[], object]) -> None:
    """Nobody types a password before the sessions are loaded; a moment after that."""
    from PySide6.QtCore import QTimer

    if desk._warm_up.done:
        QTimer.singleShot(300, then)
    else:
        QTimer.singleShot(50, lambda: _when_warm(desk, then))


def _enter(desk: Desk, enter: Callable[[], object]) -> None:
    from app.ui.kit.paged_table import PagedTable

    begin = time.monotonic()
    enter()
    table = desk.window.findChild(PagedTable)
    _when_painted(table.viewport(), lambda: _tell_took(time.monotonic() - begin))


def _tell_took(seconds: float) -> None:
    print(json.dumps({"took": seconds}), flush=True)
    os._exit(0)


def _start(file: str, then: Callable[[PagedTable], None]) -> None:
    """The same steps as in app/__main__.py."""
    gc.disable()
    from app import logs
    from app.application import make_app
    from app.bootstrap import Desk
    from app.storage.office_file import open_office
    from app.ui import crash_dialog
    from app.ui.kit.paged_table import PagedTable
    from bench.desk import CLOCK, KEY

    logs.start()
    app = make_app(sys.argv[:1])
    crash_dialog.install()
    desk = Desk(app, CLOCK, Path(file))
    database = open_office(Path(file), KEY, clock=CLOCK, backup=lambda: None, user_name="测量")
    desk._open_window(database)
    table = desk.window.findChild(PagedTable)
    _when_painted(table.viewport(), lambda: then(table))
    gc.freeze()
    gc.enable()
    app.exec()


def _scroll(table: PagedTable) -> None:
    """From the first row to the last and back, painting on the way."""
    from PySide6.QtWidgets import QApplication

    painted = time.monotonic()
    bar = table.verticalScrollBar()
    steps = [bar.maximum() * step // SCREENS for step in range(SCREENS + 1)]
    for place in steps + steps[::-1]:
        bar.setValue(place)
        QApplication.processEvents()
    _report(painted)


def _when_painted(widget: object, then: Callable[[], None]) -> None:
    from bench.painting import PaintWatch

    PaintWatch(widget, then)


if __name__ == "__main__":
    {
        "empty": _empty,
        "residents": _residents,
        "scrolled": _scrolled,
        "login": _login,
        "derived": _derived,
    }[sys.argv[1]](*sys.argv[2:])
