"""A process of its own that says when its window was first painted and what memory it took.

python -m bench.child empty           an empty QMainWindow: the least a Qt program can be
python -m bench.child residents FILE  the program on that file, showing 居民
python -m bench.child scrolled FILE   the same, scrolled from end to end
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def run(*arguments: str) -> dict[str, float]:
    """Start such a process; `seconds` from before its start to after the first paint, `peak_mb`."""
    begin = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-m", "bench.child", *arguments],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    report = json.loads(said.splitlines()[-1])
    # The monotonic clock counts from the start of the machine: all processes share it.
    return {"seconds": report["painted"] - begin, "peak_mb": report["peak_mb"]}


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


def _when_painted(widget: object, then: Callable[[], None]) -> None:
    from bench.painting import PaintWatch

    PaintWatch(widget, then)


if __name__ == "__main__":
    {"empty": _empty}[sys.argv[1]](*sys.argv[2:])
