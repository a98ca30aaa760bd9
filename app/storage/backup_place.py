"""A place for backups, here or on a stick: a finished one is carried there and read back.

Under a temporary name first, renamed when it is proved: a folder with a date in its name is a good
backup. Whatever goes wrong is told of the place, never of the office's file.
"""

import errno
import hashlib
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from app.storage.atomic import patiently, sync_file, sync_folder
from app.storage.backup_info import (
    UNFINISHED,
    BackupInfo,
    parts_of,
    read_backup,
)
from app.storage.faults import CannotWrite, Damaged, DiskFull, StorageFault

_NAME = "%Y-%m-%d_%H-%M-%S"
# Besides the copy itself: its journal while it is checked, and room for the office to go on.
ROOM = 2
_MIB = 1024 * 1024
ONE_AT_A_TIME = threading.Lock()
"""What a backup clears away before it begins could be another one that is being made."""
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}


class NoRoom(StorageFault):
    def __init__(self, folder: Path, needed: int, free: int) -> None:
        super().__init__(
            f"没有备份：“{folder}”所在的磁盘只剩 {free // _MIB} MB，"
            f"备份需要 {needed // _MIB + 1} MB。请清理磁盘，或在设置里换一个备份位置。"
        )


class BackupFolderMissing(StorageFault):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"没有备份：备份位置“{folder}”现在用不了，可能是 U 盘没有插上，或没有写入权限。"
            "请接上磁盘后再备份，或在设置里换一个备份位置。"
        )


class BadBackupDisk(StorageFault):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"没有备份：写到“{folder}”的内容读回来不一样，这个磁盘或 U 盘可能已经坏了。"
            "请换一个备份位置；现有资料没有改动。"
        )


class PlaceFull(DiskFull):
    def __init__(self, folder: Path) -> None:
        StorageFault.__init__(
            self,
            f"没有备份：“{folder}”所在的磁盘写满了。请删掉上面不用的文件，或换一个备份位置；"
            "现有资料没有改动。",
        )


class PlaceReadOnly(CannotWrite):
    def __init__(self, folder: Path) -> None:
        StorageFault.__init__(
            self,
            f"没有备份：“{folder}”只能读，不能写。U 盘侧面有写保护开关的请拨开，"
            "或换一个备份位置；现有资料没有改动。",
        )


@contextmanager
def place_faults(folder: Path) -> Iterator[None]:
    """Turn errors of the operating system into sentences about the place `folder`."""
    try:
        yield
    except OSError as error:
        raise _fault(error, folder) from error


def _fault(error: OSError, folder: Path) -> StorageFault:
    if error.errno in _FULL:
        return PlaceFull(folder)
    if error.errno in _NO_RIGHT:
        return PlaceReadOnly(folder)
    return BadBackupDisk(folder) if folder.is_dir() else BackupFolderMissing(folder)


def make_place(folder: Path, size: int) -> None:
    """Make the folder, clear what a killed backup left, see that `size` bytes have room there.

    Raises BackupFolderMissing or NoRoom.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupFolderMissing(folder) from error
    with place_faults(folder):
        sweep_unfinished(folder)
        require_room(folder, size)


def sweep_unfinished(folder: Path) -> None:
    """Take away what a killed backup left in a place."""
    for path in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def require_room(folder: Path, size: int) -> None:
    """Raise NoRoom unless `size` bytes fit and leave as much again."""
    free = free_bytes(folder)
    if free < size * ROOM:
        raise NoRoom(folder, size * ROOM, free)


def free_bytes(folder: Path) -> int:
    """Raises OSError."""
    return shutil.disk_usage(folder).free


def name_of(at: datetime) -> str:
    """The folder of a backup made at this moment; sorts by time."""
    return at.strftime(_NAME)


@contextmanager
def arriving(folder: Path, name: str) -> Iterator[Path]:
    """A folder to fill; at the end of the block it is a backup called `name`, or was never there.

    Raises PlaceFull, PlaceReadOnly, BackupFolderMissing or BadBackupDisk.
    """
    with place_faults(folder):
        final = _free_name(folder, name)
        temporary = folder / f"{UNFINISHED}{final.name}"
        temporary.mkdir()
        try:
            yield temporary
            patiently(lambda: os.replace(temporary, final))
        finally:
            # Gone if it has been renamed.
            shutil.rmtree(temporary, ignore_errors=True)
        sync_folder(folder)


def put(part: Path, there: Path, digest: str) -> Path:
    """Copy one file into a folder that fills and read it back; raises BadBackupDisk, OSError."""
    target = there / part.name
    shutil.copyfile(part, target)
    sync_file(target)
    if digest_of(target) != digest:
        raise BadBackupDisk(there.parent)
    return target


def arrived(temporary: Path) -> BackupInfo:
    """The backup that was written in this folder and has its name now."""
    info = read_backup(temporary.with_name(temporary.name.removeprefix(UNFINISHED)))
    if info is None or not info.ok:
        raise BadBackupDisk(temporary.parent)
    return info


def copy_backup(info: BackupInfo, folder: Path) -> BackupInfo:
    """The same backup in another place, if it is not there yet.

    Raises the faults of `arriving`, NoRoom, and Damaged where the source is not what it was.
    """
    if not folder.is_dir():
        # Not made here: where a stick was pulled out, its place is one on the system's disk.
        raise BackupFolderMissing(folder)
    there = read_backup(folder / info.folder.name)
    if there is not None and there.ok and there.same == info.same:
        return there
    with ONE_AT_A_TIME:
        return _copied(info, folder)


def _copied(info: BackupInfo, folder: Path) -> BackupInfo:
    make_place(folder, info.size)
    try:
        with arriving(folder, info.folder.name) as temporary:
            for number, part in enumerate(parts_of(info.file)):
                put(part, temporary, info.digest if number == 0 else digest_of(part))
    except BadBackupDisk:
        if info.file.exists() and digest_of(info.file) != info.digest:
            raise Damaged(info.file) from None
        raise
    return arrived(temporary)


def digest_of(file: Path) -> str:
    """sha256 of what the disk holds. Raises OSError."""
    with file.open("rb") as stream:
        if sys.platform == "linux":
            # From the disk itself, not from memory: sticks lie about what they have kept.
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _free_name(folder: Path, name: str) -> Path:
    names = [name, *(f"{name}-{number}" for number in range(2, 1000))]
    return next(folder / one for one in names if not (folder / one).exists())
