"""Programs that are killed or run out of disk: forked from one that has imported everything."""

import ctypes
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

from app.errors import DomainError

Say = Callable[[Any], None]
Act = Callable[[Path, Say], None]
"""What a program does in a folder; it says what it has acknowledged to its user."""

_server = get_context("forkserver")
_server.set_forkserver_preload(["tests.faults.warm"])

# The calls after which the disk may look different: a program is killed before the nth of them.
_STEPS = {
    *("execute", "executemany", "commit", "backup", "close"),
    *("open", "write", "ftruncate", "fsync", "sendfile"),
    *("replace", "rename", "unlink", "remove", "mkdir", "rmdir"),
}
# For mount(2) and unshare(2).
_NEW_MOUNTS, _PRIVATE, _ALL_BELOW = 0x00020000, 1 << 18, 1 << 14
_READ_ONLY, _AGAIN = 1, 32


@dataclass
class Ended:
    """`said`: what was acknowledged; `fault`: the sentence the user read instead, if any."""

    said: list[Any] = field(default_factory=list)
    fault: str = ""
    steps: int = 0
    killed: bool = False
    no_disk: bool = False
    """this computer lets nobody mount a small disk"""


@dataclass(frozen=True)
class Trouble:
    """What befalls the program; several things may."""

    step: int | None = None
    """killed before this step"""
    seconds: float | None = None
    """killed after this time"""
    file_bytes: int | None = None
    """no file can be written beyond this length"""
    spare_kib: int | None = None
    """works on a disk that has only this much room left"""
    read_only: bool = False
    """works on a disk that takes nothing"""


def run(act: Act, folder: Path, trouble: Trouble = Trouble()) -> Ended:
    """Let `act` work in a process of its own until it ends or is killed."""
    here, there = _server.Pipe(duplex=False)
    child = _server.Process(target=_live, args=(act, folder, there, trouble))
    child.start()
    there.close()
    if trouble.seconds is not None:
        _kill_after(child.pid or 0, here, trouble.seconds)
    ended = _listen(here)
    child.join()
    ended.killed = child.exitcode == -signal.SIGKILL
    assert ended.killed or child.exitcode == 0, f"{act.__name__} under {trouble}: {ended}"
    return ended


@contextmanager
def meanwhile(act: Act, folder: Path) -> Iterator[None]:
    """While another program does `act`, from the moment it says something; killed at the end."""
    here, there = _server.Pipe(duplex=False)
    child = _server.Process(target=_live, args=(act, folder, there, Trouble()))
    child.start()
    there.close()
    try:
        while here.recv()[0] != "said":
            pass
        yield
    finally:
        child.kill()
        child.join()


def _kill_after(pid: int, link: Connection, seconds: float) -> None:
    assert link.recv() == ("begun", None)
    time.sleep(seconds)
    # It may have come to its end before.
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _listen(link: Connection) -> Ended:
    ended = Ended()
    # A process that is killed ends its sentence in the middle.
    with suppress(EOFError), link:
        while True:
            kind, value = link.recv()
            if kind == "said":
                ended.said.append(value)
            elif kind != "begun":
                setattr(ended, kind, value)
    return ended


def _live(act: Act, folder: Path, link: Connection, trouble: Trouble) -> None:
    if trouble.spare_kib is None and not trouble.read_only:
        _act(act, folder, link, trouble)
        return
    disk = folder.with_name("小盘")
    try:
        _mount(disk, _size(folder) + (trouble.spare_kib or 0) * 1024)
    except OSError:
        link.send(("no_disk", True))
        return
    small = disk / folder.name
    if folder.exists():
        shutil.copytree(folder, small)
        shutil.rmtree(folder)
    if trouble.read_only:
        _call("mount", b"none", bytes(disk), None, _AGAIN | _READ_ONLY, None)
    _act(act, small, link, trouble)
    # The disk is this process's own and goes with it.
    if small.exists():
        shutil.copytree(small, folder)


def _act(act: Act, folder: Path, link: Connection, trouble: Trouble) -> None:
    counter = _Counter(trouble.step)
    if trouble.file_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (trouble.file_bytes, resource.RLIM_INFINITY))
    link.send(("begun", None))
    sys.setprofile(counter if trouble.seconds is None else None)
    try:
        act(folder, lambda value: link.send(("said", value)))
    except DomainError as error:
        link.send(("fault", str(error)))
    finally:
        sys.setprofile(None)
    link.send(("steps", counter.count))


def _size(folder: Path) -> int:
    """As a disk counts it: whole pages."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sum(-(-path.stat().st_size // 4096) * 4096 for path in files)


def _mount(disk: Path, size: int) -> None:
    """A disk of `size` bytes that no other process sees; raises OSError."""
    disk.mkdir()
    _call("unshare", _NEW_MOUNTS)
    _call("mount", b"none", b"/", None, _ALL_BELOW | _PRIVATE, None)
    _call("mount", b"tmpfs", bytes(disk), b"tmpfs", 0, b"size=%d" % size)


def _call(name: str, *arguments: Any) -> None:
    """A call of the system's that Python has no word for."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        raise OSError(ctypes.get_errno(), name)


class _Counter:
    """Counts the steps and ends the process before the one it is told."""

    def __init__(self, last: int | None) -> None:
        self.count = 0
        self._last = last

    def __call__(self, frame: FrameType, event: str, what: Any) -> None:
        if event == "c_call" and what.__name__ in _STEPS:
            if self.count == self._last:
                os.kill(os.getpid(), signal.SIGKILL)
            self.count += 1
