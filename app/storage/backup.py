"""Backups: a checked, encrypted copy of the file and its key file, in one folder per moment.

Made and proved beside the file, then carried to its place (backup_place.py). What the office sees
of it stands in `backup.json`.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app import paths
from app.storage import connection as raw
from app.storage import migrations
from app.storage.backup_info import (
    BackupInfo,
    Held,
    latest,
    list_backups,
    office_id_of,
    recent,
    write_facts,
)
from app.storage.backup_place import (
    ONE_AT_A_TIME,
    BackupFolderMissing,
    BadBackupDisk,
    NoRoom,
    arrived,
    arriving,
    digest_of,
    make_place,
    name_of,
    put,
    require_room,
    sweep_unfinished,
)
from app.storage.check import require_indexes, require_structure
from app.storage.counts import count, journal_end
from app.storage.engine import Database
from app.storage.faults import Damaged, as_sentences
from app.storage.leftovers import STAGING
from app.storage.vault import Vault, keyfile_of

__all__ = [
    "BackupFolderMissing",
    "BackupInfo",
    "BadBackupDisk",
    "NoRoom",
    "back_up_before",
    "backup_now",
    "list_backups",
    "note_unsaved_changes",
    "office_id_of",
    "sweep_unfinished",
]

MANY, FRESH = 20, timedelta(minutes=30)
_MIB = 1024 * 1024
# A copy is compared with its indexes from memory; what does not fit is decrypted again and again.
_MOST_CACHE_MIB = 128
_OFFICE_NAME = "SELECT value FROM setting WHERE key = 'community_name'"


def backup_now(database: Database, vault: Vault | None, folder: Path, *, reason: str) -> BackupInfo:
    """Copy the open file into `folder`; from any thread, while others go on working.

    `reason` is shown in the list: 退出时, 定时, 导入前, 升级前, 手动. Raises BackupFolderMissing,
    NoRoom, BadBackupDisk, DiskFull, CannotWrite, or Damaged if the file cannot be copied whole.
    """
    # Taken back below: what is saved while the copy is made is not in it.
    changed, database.changed_since_backup = database.changed_since_backup, False
    info = None
    try:
        with ONE_AT_A_TIME, as_sentences(database.file):
            size = _size(database.file)
            make_place(folder, size)
            require_room(database.file.parent, size)
            info = _made(database, vault, folder, reason)
    finally:
        if info is None:
            database.changed_since_backup = changed or database.changed_since_backup
    return info


def back_up_before(
    database: Database, reason: str, *, rows: int | None = None
) -> BackupInfo | None:
    """Before a step that changes much: import, merge, many at once, taking an import back.

    `rows` that change: a few need none, and for any number one of the last half hour will do; None
    always makes one. It takes a second or two with a large office. None for the demo, whose copies
    have no place among the office's. Raises as `backup_now`.
    """
    keyfile = keyfile_of(database.file)
    if not keyfile.is_file() or (rows is not None and rows < MANY):
        return None
    if rows is not None:
        now = database.clock.now()
        newest = latest(paths.backup_dir(), office_id_of(database.file), now)
        if newest is not None and now - newest.at < FRESH:
            return newest
    return backup_now(database, Vault.load(keyfile), paths.backup_dir(), reason=reason)


def note_unsaved_changes(database: Database, folder: Path) -> None:
    """After opening: work that no backup has (a crash, a full disk) makes the next one due."""
    with closing(database.raw_copy_source()) as connection:
        end = journal_end(connection)
    backups = recent(folder, office_id_of(database.file))
    if not any((info.operations, info.counts.head) == end for info in backups):
        database.changed_since_backup = True


def _made(database: Database, vault: Vault | None, folder: Path, reason: str) -> BackupInfo:
    at = database.clock.now()
    with TemporaryDirectory(prefix=STAGING, dir=database.file.parent) as staging:
        copy = Path(staging) / database.file.name
        _stage(database, copy)
        with arriving(folder, name_of(at)) as there, ThreadPoolExecutor(1) as pool:
            # Two readers at once: each has the pages that it needs in its own memory.
            proof = pool.submit(_prove_indexes, copy, database.key)
            held = _prove_structure(copy, database.key)
            digest = digest_of(copy)
            target = put(copy, there, digest)
            proof.result()
            if vault is not None:
                _keep_keys(vault, target)
            write_facts(
                target, at=at.replace(microsecond=0), reason=reason, digest=digest, held=held
            )
    return arrived(there)


def _stage(database: Database, copy: Path) -> None:
    with (
        closing(database.raw_copy_source()) as source,
        closing(
            raw.connect(
                copy, database.key, mode="rwc", salt=office_id_of(database.file), cache_mib=8
            )
        ) as target,
    ):
        # It is temporary until it is proved, and what is carried away is synced there.
        target.execute("PRAGMA synchronous = OFF")
        # All pages in one step: one moment of the file, and writers are not held up (WAL).
        source.backup(target, pages=-1)
        # A copy that is carried about must be one file.
        target.execute("PRAGMA journal_mode = DELETE")


def _prove_structure(copy: Path, key: bytes) -> Held:
    """Open the copy again: every page belongs somewhere, every row can be read; what it holds."""
    with closing(_reopened(copy, key)) as connection:
        require_structure(copy, connection)
        found = connection.execute(_OFFICE_NAME).fetchone()
        name = str(json.loads(found[0])) if found else ""
        return Held(count(connection), name, migrations.schema_of(connection).number)


def _prove_indexes(copy: Path, key: bytes) -> None:
    """Open it once more: every index in step with its table."""
    with closing(_reopened(copy, key)) as connection:
        require_indexes(copy, connection)


def _reopened(copy: Path, key: bytes) -> Any:
    cache = min(_MOST_CACHE_MIB, copy.stat().st_size // _MIB + 8)
    return raw.connect(copy, key, mode="ro", cache_mib=cache)


def _keep_keys(vault: Vault, copy: Path) -> None:
    """The key file beside the copy, opened again; raises the fault of a key file."""
    vault.copy_to(keyfile_of(copy))
    kept = Vault.load(keyfile_of(copy))
    if kept.office_id != office_id_of(copy) or not kept.users():
        raise Damaged(keyfile_of(copy))


def _size(file: Path) -> int:
    log = file.with_name(f"{file.name}-wal")
    return file.stat().st_size + (log.stat().st_size if log.exists() else 0)
