"""Backups: a checked, encrypted copy of the file and its key file, in one folder per moment.

Written under a temporary name and renamed when it has been read back: a folder with a date in its
name is a good backup. What the office sees of it stands in `backup.json`.
"""

import hashlib
import os
import shutil
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.storage import connection as raw
from app.storage.atomic import patiently, sync_file, sync_folder
from app.storage.backup_info import (
    UNFINISHED,
    BackupInfo,
    list_backups,
    office_id_of,
    read_backup,
    write_facts,
)
from app.storage.check import Counts, require_whole
from app.storage.engine import Database
from app.storage.faults import StorageFault, as_sentences
from app.storage.leftovers import STAGING
from app.storage.vault import Vault, keyfile_of

__all__ = [
    "BackupFolderMissing",
    "BackupInfo",
    "BadBackupDisk",
    "NoRoom",
    "backup_now",
    "list_backups",
    "note_unsaved_changes",
    "office_id_of",
    "sweep_unfinished",
]

_NAME = "%Y-%m-%d_%H-%M-%S"
# Besides the copy itself: its journal while it is checked, and room for the office to go on.
_ROOM = 2


class NoRoom(StorageFault):
    def __init__(self, folder: Path, needed: int, free: int) -> None:
        mib = 1024 * 1024
        super().__init__(
            f"没有备份：“{folder}”所在的磁盘只剩 {free // mib} MB，"
            f"备份需要 {needed // mib + 1} MB。请清理磁盘，或在设置里换一个备份位置。"
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


def backup_now(database: Database, vault: Vault | None, folder: Path, *, reason: str) -> BackupInfo:
    """Copy the open file into `folder`; from any thread, while others go on working.

    `reason` is shown in the list: 退出时, 定时, 导入前, 升级前, 手动. Raises BackupFolderMissing,
    NoRoom, BadBackupDisk, DiskFull, CannotWrite, or Damaged if the file cannot be copied whole.
    """
    # Taken back below: what is saved while the copy is made is not in it.
    changed, database.changed_since_backup = database.changed_since_backup, False
    info = None
    try:
        _make(folder)
        with as_sentences(folder / database.file.name):
            sweep_unfinished(folder)
            for place in (folder, database.file.parent):
                _require_room(place, database.file)
            info = _written(database, vault, folder, reason)
    finally:
        if info is None:
            database.changed_since_backup = changed or database.changed_since_backup
    return info


def note_unsaved_changes(database: Database, folder: Path) -> None:
    """After opening: work that no backup has (a crash, a full disk) makes the next one due."""
    newest = next(iter(list_backups(folder, office_id_of(database.file))), None)
    with closing(database.raw_copy_source()) as connection:
        operations = connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    if newest is None or newest.operations != operations:
        database.changed_since_backup = True


def _written(database: Database, vault: Vault | None, folder: Path, reason: str) -> BackupInfo:
    at = database.clock.now()
    final = _free_name(folder, at)
    temporary = folder / f"{UNFINISHED}{final.name}"
    temporary.mkdir()
    try:
        copy = temporary / database.file.name
        counts = _copied(database, copy)
        if vault is not None:
            vault.copy_to(keyfile_of(copy))
        write_facts(temporary, copy, at, reason, counts)
        patiently(lambda: os.replace(temporary, final))
    finally:
        # Gone if it has been renamed.
        shutil.rmtree(temporary, ignore_errors=True)
    sync_folder(folder)
    info = read_backup(final)
    if info is None:
        raise FileNotFoundError(final)
    return info


def _copied(database: Database, copy: Path) -> Counts:
    with TemporaryDirectory(prefix=STAGING, dir=database.file.parent) as staging:
        staged = Path(staging) / copy.name
        counts = _staged(database, staged)
        shutil.copyfile(staged, copy)
        sync_file(copy)
        if _digest(copy) != _digest(staged):
            raise BadBackupDisk(copy.parents[1])
    return counts


def _digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        if sys.platform == "linux":
            # From the disk itself, not from memory: sticks lie about what they have kept.
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(stream, "sha256").digest()


def _staged(database: Database, copy: Path) -> Counts:
    with (
        closing(database.raw_copy_source()) as source,
        closing(
            raw.connect(
                copy, database.key, mode="rwc", salt=office_id_of(database.file), cache_mib=8
            )
        ) as target,
    ):
        # All pages in one step: one moment of the file, and writers are not held up (WAL).
        source.backup(target, pages=-1)
        # A copy that is carried about must be one file.
        target.execute("PRAGMA journal_mode = DELETE")
        return require_whole(copy, target)


def _free_name(folder: Path, at: datetime) -> Path:
    name = at.strftime(_NAME)
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    return next(folder / name for name in names if not (folder / name).exists())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupFolderMissing(folder) from error


def sweep_unfinished(folder: Path) -> None:
    """Take away what a killed backup left in `folder`."""
    for path in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(path, ignore_errors=True)


def _require_room(folder: Path, file: Path) -> None:
    log = file.with_name(f"{file.name}-wal")
    size = file.stat().st_size + (log.stat().st_size if log.exists() else 0)
    free = _free_bytes(folder)
    if free < size * _ROOM:
        raise NoRoom(folder, size * _ROOM, free)


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
