"""The office's file on a USB stick: read whole, replaced whole, the last copies kept.

What is put there lies in a folder of its own until every byte has been read back. The rename of
that folder is the moment from which the stick has it: whatever stops the program afterwards,
`settle` at the next start on any computer finishes the move (docs/decisions/portable.md).
"""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.storage.atomic import patiently, sync_file, sync_folder
from app.storage.backup_place import digest_of
from app.storage.faults import StorageFault
from app.storage.lock import LOCK_SUFFIX
from app.storage.vault import keyfile_of

KEPT, KEPT_COPIES, _DIGITS = "上几次的资料", 3, 6
OTHERS = "另一份资料"
_PARTIAL, _INCOMING = ".partial-", ".incoming-"
_ODD, _LONGEST = re.compile(r"[^\w -]+"), 40
_ROOM_LEFT = 4 * 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
_SAFE = "资料都在这台电脑上，一条没丢"
_LATER = "也可以先退出，下次在这台电脑上从这个 U 盘打开程序，会接着带回"


class StickFault(StorageFault):
    """The stick cannot give or take the file; what was worked on stays on this computer."""


class StickGone(StickFault):
    def __init__(self) -> None:
        super().__init__(
            f"U 盘不在了，资料没有带回去；{_SAFE}。请插回这个 U 盘，再试一次；{_LATER}。"
        )


class StickFull(StickFault):
    def __init__(self, needed: int) -> None:
        room = needed // (1024 * 1024) + 1
        super().__init__(
            f"U 盘快满了，放不下资料（要空出 {room} MB）；{_SAFE}。"
            f"请删掉 U 盘上不用的文件，再试一次；{_LATER}。"
        )


class StickClosed(StickFault):
    def __init__(self) -> None:
        super().__init__(
            "U 盘是只读的，写不进去；资料没有动过。"
            "请拨开 U 盘侧面的写保护开关，或请管理员开放权限，再试一次。"
        )


class StickTooFull(StickFault):
    def __init__(self) -> None:
        super().__init__(
            "U 盘满了，连“正在使用”的记号都写不下，所以没有打开；资料没有动过。"
            "请删掉 U 盘上不用的文件，再打开程序。"
        )


class StickBad(StickFault):
    def __init__(self) -> None:
        super().__init__(
            "U 盘读写出错，可能接触不良或已经坏了；资料没有动过。请拔下重插，再试一次；"
            "还不行，请换一个 U 盘，从最近的备份接着工作。"
        )


@contextmanager
def stick_sentences(stick: Path, *, leaving: bool = False) -> Iterator[None]:
    """Turn errors of the operating system into sentences about the stick that holds `stick`."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StickFull(0) from error
        if leaving and not is_there(stick):
            raise StickGone from error
        raise (StickClosed if error.errno in _CLOSED else StickBad)() from error


def is_there(stick: Path) -> bool:
    """Whether the stick is plugged in: the lock that this program holds lies on it."""
    return os.path.exists(stick.with_suffix(LOCK_SUFFIX))


def log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def fingerprint(file: Path) -> str:
    """What a file, its log and its key file hold, as the disk has them; '' where there is none."""
    if not file.exists():
        return ""
    held = (
        digest_of(part) if part.exists() and part.stat().st_size else ""
        for part in fingerprinted(file)
    )
    return hashlib.sha256("|".join(held).encode()).hexdigest()


def fingerprinted(file: Path) -> tuple[Path, ...]:
    """What makes up the office: file, log and key file."""
    return file, log_of(file), keyfile_of(file)


def belongings(file: Path, *, aside: bool = False) -> list[Path]:
    """The file and all that carries its name: key file, log. `aside`: what was set aside, too."""
    names = file.stem if aside else f"{file.stem}.linli"
    left_out = (LOCK_SUFFIX, "-shm", ".tmp")
    found = (path for path in file.parent.iterdir() if path.name.startswith(names))
    return sorted(
        path
        for path in found
        if path.is_file() and path.stat().st_size and not path.name.endswith(left_out)
    )


def copy_verified(parts: Sequence[Path], folder: Path) -> None:
    """Copy into `folder`, which must exist, and read back; raises OSError and StickBad."""
    for part in parts:
        copy = folder / part.name
        shutil.copyfile(part, copy)
        copy.chmod(0o600)
        sync_file(copy)
        if digest_of(copy) != digest_of(part):
            raise StickBad
    sync_folder(folder)


def put(work: Path, stick: Path, at: datetime) -> None:
    """Let the file at `work` take the place of the one on the stick; raises OSError, StickBad.

    The one before is kept, the last three of them in all. A log must have been folded in.
    """
    folder = stick.parent
    kept = _numbered(folder / KEPT)
    for oldest in kept[: max(0, len(kept) - KEPT_COPIES + 1)]:
        shutil.rmtree(oldest)
    number = int(kept[-1].name[:_DIGITS]) + 1 if kept else 1
    name = f"{number:0{_DIGITS}} {at:%Y-%m-%d_%H-%M-%S}"
    _deliver(belongings(work, aside=True), folder, folder / f"{_INCOMING}{name}")
    settle(stick)


def put_aside(file: Path, stick: Path, words: str, at: datetime) -> Path:
    """Keep a copy of another state of the office on the stick for good; the folder of it."""
    others = stick.parent / OTHERS
    others.mkdir(exist_ok=True)
    # Names of computers come from a note that anybody may have written.
    name = f"{at:%Y-%m-%d_%H-%M-%S} {_ODD.sub('_', words)[:_LONGEST]}".strip()
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    final = next(others / one for one in names if not (others / one).exists())
    _deliver(belongings(file, aside=True), stick.parent, final)
    return final


def _deliver(parts: Sequence[Path], folder: Path, final: Path) -> None:
    partial = folder / f"{_PARTIAL}{final.name.removeprefix(_INCOMING)}"
    shutil.rmtree(partial, ignore_errors=True)
    try:
        needed = sum(part.stat().st_size for part in parts) + _ROOM_LEFT
        if shutil.disk_usage(folder).free < needed:
            raise StickFull(needed)
        partial.mkdir()
        copy_verified(parts, partial)
        patiently(lambda: os.replace(partial, final))
    finally:
        # Gone if it has been renamed.
        shutil.rmtree(partial, ignore_errors=True)
    sync_folder(final.parent)


def settle(stick: Path) -> None:
    """Finish what was being put in place, take away what never came so far; raises OSError."""
    folder = stick.parent
    for partial in folder.glob(f"{_PARTIAL}*"):
        shutil.rmtree(partial)
    for incoming in sorted(folder.glob(f"{_INCOMING}*")):
        kept = folder / KEPT / incoming.name.removeprefix(_INCOMING)
        if (incoming / stick.name).exists():
            # First: it would be replayed into the file that takes the place of its own.
            _give_way(log_of(stick), kept)
        for part in sorted(incoming.iterdir()):
            _move_in(part, folder / part.name, kept)
        sync_folder(folder)
        incoming.rmdir()


def _move_in(part: Path, place: Path, kept: Path) -> None:
    _give_way(place, kept)
    patiently(lambda: os.replace(part, place))


def _give_way(old: Path, kept: Path) -> None:
    if old.exists():
        kept.mkdir(parents=True, exist_ok=True)
        patiently(lambda: os.replace(old, kept / old.name))


def _numbered(folder: Path) -> list[Path]:
    """The copies kept, the oldest first: by number, for the clock of some computer is wrong."""
    return sorted(path for path in folder.glob("[0-9]" * _DIGITS + " *") if path.is_dir())
