"""Backups: a checked, encrypted copy of the file and its key file, in one folder per moment.

Written under a temporary name and renamed when it has been read back: a folder with a date in its
name is a good backup. What the office sees of it stands in `backup.json`.
"""

import json
import os
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.storage import connection as raw
from app.storage.atomic import patiently, sync_file, sync_folder, write_atomically
from app.storage.check import Counts, require_whole
from app.storage.engine import Database
from app.storage.faults import StorageFault, as_sentences
from app.storage.vault import Vault, keyfile_of

_NAME = "%Y-%m-%d_%H-%M-%S"
_FACTS = "backup.json"
_TEMPORARY = ".unfinished-"
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


@dataclass(frozen=True)
class BackupInfo:
    """One backup. `ok` is False if its file is gone or shorter than when it was written."""

    folder: Path
    file: Path
    at: datetime
    reason: str
    people: int
    households: int
    operations: int
    office_id: bytes
    ok: bool


def backup_now(database: Database, vault: Vault | None, folder: Path, *, reason: str) -> BackupInfo:
    """Copy the open file into `folder`; from any thread, while others go on working.

    `reason` is shown in the list: 退出时, 定时, 导入前, 升级前, 手动. Raises BackupFolderMissing,
    NoRoom, DiskFull, CannotWrite, or Damaged if the file cannot be copied whole.
    """
    # Taken back below: what is saved while the copy is made is not in it.
    changed, database.changed_since_backup = database.changed_since_backup, False
    info = None
    try:
        _make(folder)
        with as_sentences(folder / database.file.name):
            _sweep(folder)
            _require_room(folder, database.file)
            info = _written(database, vault, folder, reason)
    finally:
        if info is None:
            database.changed_since_backup = changed or database.changed_since_backup
    return info


def list_backups(folder: Path, office_id: bytes | None = None) -> list[BackupInfo]:
    """Finished backups in `folder`, the newest first; only those of one office if asked."""
    if not folder.is_dir():
        return []
    read = (_read(path) for path in folder.iterdir() if not path.name.startswith("."))
    found = [info for info in read if info and office_id in (None, info.office_id)]
    return sorted(found, key=lambda info: info.at, reverse=True)


def note_unsaved_changes(database: Database, folder: Path) -> None:
    """After opening: work that no backup has (a crash, a full disk) makes the next one due."""
    newest = next(iter(list_backups(folder, office_id_of(database.file))), None)
    with closing(database.raw_copy_source()) as connection:
        operations = connection.execute("SELECT count(*) FROM operation").fetchone()[0]
    if newest is None or newest.operations != operations:
        database.changed_since_backup = True


def office_id_of(file: Path) -> bytes:
    """The 16 bytes that an office's file and its key file share."""
    with file.open("rb") as stream:
        return stream.read(raw.SALT_BYTES)


def _written(database: Database, vault: Vault | None, folder: Path, reason: str) -> BackupInfo:
    at = database.clock.now()
    final = _free_name(folder, at)
    temporary = folder / f"{_TEMPORARY}{final.name}"
    temporary.mkdir()
    try:
        copy = temporary / database.file.name
        counts = _copy(database, copy)
        if vault is not None:
            vault.copy_to(keyfile_of(copy))
        _write_facts(temporary, copy, at, reason, counts)
        patiently(lambda: os.replace(temporary, final))
    finally:
        # Gone if it has been renamed.
        shutil.rmtree(temporary, ignore_errors=True)
    sync_folder(folder)
    info = _read(final)
    if info is None:
        raise FileNotFoundError(final)
    return info


def _copy(database: Database, copy: Path) -> Counts:
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
        counts = require_whole(copy, target)
    sync_file(copy)
    return counts


def _write_facts(folder: Path, copy: Path, at: datetime, reason: str, counts: Counts) -> None:
    facts = {
        "at": at.isoformat(timespec="seconds"),
        "reason": reason,
        "file": copy.name,
        "bytes": copy.stat().st_size,
        "office": office_id_of(copy).hex(),
        "people": counts.people,
        "households": counts.households,
        "operations": counts.operations,
    }
    write_atomically(folder / _FACTS, json.dumps(facts, ensure_ascii=False, indent=1).encode())


def _read(folder: Path) -> BackupInfo | None:
    try:
        facts: Any = json.loads((folder / _FACTS).read_bytes())
        file = folder / str(facts["file"])
        return BackupInfo(
            folder=folder,
            file=file,
            at=datetime.fromisoformat(facts["at"]),
            reason=str(facts["reason"]),
            people=int(facts["people"]),
            households=int(facts["households"]),
            operations=int(facts["operations"]),
            office_id=bytes.fromhex(facts["office"]),
            ok=file.is_file() and file.stat().st_size == facts["bytes"],
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _free_name(folder: Path, at: datetime) -> Path:
    name = at.strftime(_NAME)
    names = [name, *(f"{name}-{number}" for number in range(2, 100))]
    return next(folder / name for name in names if not (folder / name).exists())


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupFolderMissing(folder) from error


def _sweep(folder: Path) -> None:
    """Take away what a killed backup left."""
    for path in folder.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(path, ignore_errors=True)


def _require_room(folder: Path, file: Path) -> None:
    log = file.with_name(f"{file.name}-wal")
    size = file.stat().st_size + (log.stat().st_size if log.exists() else 0)
    free = _free_bytes(folder)
    if free < size * _ROOM:
        raise NoRoom(folder, size * _ROOM, free)


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
