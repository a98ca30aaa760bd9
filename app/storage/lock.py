"""One program per file: a lock file beside it says who has it open.

The lock itself is the operating system's and ends with the process, so a kill leaves no lock; the
text in the file is for people, and for a file that travels on a USB stick between computers.
"""

import json
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.storage.faults import StorageFault, as_sentences
from app.storage.long_path import refuse_long_path
from app.storage.network import refuse_network_share

LOCK_SUFFIX = ".linli-lock"
# Windows locks bytes, and a locked byte cannot be read: lock one far behind the text.
_LOCKED_BYTE = 1 << 20


@dataclass(frozen=True)
class Holder:
    """Who has the file open: computer, user, process, since when."""

    computer: str
    user: str
    pid: int
    since: str


class HeldHere(StorageFault):
    """Another window of this program on this computer; bootstrap raises that window instead."""

    def __init__(self, holder: Holder | None) -> None:
        super().__init__("这份资料已经在本机打开了，请切换到已打开的窗口。")
        self.holder = holder


class HeldElsewhere(StorageFault):
    """Opened on another computer and not closed there, as far as the lock file tells."""

    def __init__(self, holder: Holder) -> None:
        by = f"{holder.user}在" if holder.user else ""
        super().__init__(
            f"这份资料正由{by}电脑“{holder.computer}”打开（从 {holder.since} 起），"
            "同时打开会互相覆盖。请先在那台电脑上退出程序；如果确认那边已经退出或关机，可以选择“仍然打开”。"
        )
        self.holder = holder


class OfficeLock:
    """Held while the file is open; `release()` gives it back."""

    def __init__(self, lockfile: Path, handle: int) -> None:
        self.lockfile = lockfile
        self._handle: int | None = handle

    @classmethod
    def acquire(
        cls, file: Path, *, clock: Clock, user: str = "", take_over: bool = False
    ) -> "OfficeLock":
        """Raises HeldHere, HeldElsewhere, NetworkShare, PathTooLong, CannotWrite or DiskFull.

        `take_over` opens a file that another computer seems to hold, after a person agreed.
        """
        refuse_network_share(file)
        refuse_long_path(file)
        lockfile = file.with_suffix(LOCK_SUFFIX)
        with as_sentences(file):
            handle = os.open(lockfile, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _take(handle, take_over=take_over)
                _write_holder(handle, user, clock.now())
            except (OSError, StorageFault):
                os.close(handle)
                raise
        return cls(lockfile, handle)

    def rename(self, user: str, clock: Clock) -> None:
        """Say who has it open, once somebody has logged in; raises DiskFull, CannotWrite."""
        if self._handle is not None:
            with as_sentences(self.lockfile):
                _write_holder(self._handle, user, clock.now())

    def release(self) -> None:
        """Let others open the file; a second call does nothing."""
        if self._handle is None:
            return
        # The file stays, empty: removing it would race with somebody who just opened it.
        # Of a stick that was pulled out, the system has ended it already.
        with suppress(OSError):
            os.ftruncate(self._handle, 0)
        self.abandon()

    def abandon(self) -> None:
        """End the lock and leave the words: work that belongs to the file is still here."""
        if self._handle is not None:
            with suppress(OSError):
                os.close(self._handle)
            self._handle = None


def holder_of(file: Path) -> Holder | None:
    """Who has `file` open, or left it open, according to its lock file."""
    try:
        return _read_holder(file.with_suffix(LOCK_SUFFIX).read_bytes())
    except OSError:
        return None


def _take(handle: int, *, take_over: bool) -> None:
    left = _read_holder(os.read(handle, 4096))
    elsewhere = left is not None and left.computer != platform.node()
    if not _try_lock(handle):
        raise HeldElsewhere(left) if left is not None and elsewhere else HeldHere(left)
    if left is not None and elsewhere and not take_over:
        raise HeldElsewhere(left)


def _write_holder(handle: int, user: str, now: datetime) -> None:
    since = now.strftime("%Y-%m-%d %H:%M")
    facts = {"computer": platform.node(), "user": user, "pid": os.getpid(), "since": since}
    text = json.dumps(facts, ensure_ascii=False).encode()
    # Over the old text: the place it had on the disk is there also when the disk is full.
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text)
    os.ftruncate(handle, len(text))


def _read_holder(content: bytes) -> Holder | None:
    try:
        facts: Any = json.loads(content)
        return Holder(
            str(facts["computer"]), str(facts["user"]), int(facts["pid"]), str(facts["since"])
        )
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError):
        return None


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> bool:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: int) -> bool:
        # flock, not lockf: the latter is lost when anything in this process closes the file.
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
