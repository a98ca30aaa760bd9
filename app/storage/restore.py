"""Put a backup in place of the office's file; what was there is set aside, never deleted."""

import os
import shutil
from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3

from app.clock import Clock
from app.storage import connection as raw
from app.storage.atomic import patiently, sync_file, sync_folder
from app.storage.backup_info import BackupInfo
from app.storage.check import require_whole
from app.storage.faults import as_sentences
from app.storage.keyfile import KeyFileDamaged, KeyFileMissing
from app.storage.office_file import name_aside, set_aside
from app.storage.vault import Vault, keyfile_of


def restore_backup(backup: BackupInfo, file: Path, key: bytes, *, clock: Clock) -> None:
    """Replace `file`, which must be closed; the backup is read through before anything changes.

    The present key file stays if it belongs to the backup, so that passwords set since then go on
    working. Raises NotAnOffice for another office's backup, Damaged, DiskFull, CannotWrite.
    """
    incoming = file.with_name(f".{file.name}.incoming")
    with as_sentences(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            _fetch(backup, incoming, key)
            _keep_present(file, clock)
            _clear_log(file, key)
            patiently(lambda: os.replace(incoming, file))
        finally:
            incoming.unlink(missing_ok=True)
        if not _keys_fit(file, backup):
            set_aside(keyfile_of(file), clock)
            shutil.copyfile(keyfile_of(backup.file), keyfile_of(file))
            sync_file(keyfile_of(file))
        sync_folder(file.parent)


def _fetch(backup: BackupInfo, incoming: Path, key: bytes) -> None:
    shutil.copyfile(backup.file, incoming)
    sync_file(incoming)
    with closing(raw.connect(incoming, key)) as connection:
        require_whole(backup.file, connection)


def _keep_present(file: Path, clock: Clock) -> None:
    """Copied, not renamed: a kill in between must not leave the office without a file."""
    for present in (file, _log(file)):
        if present.exists():
            aside = name_aside(present, clock)
            shutil.copyfile(present, aside)
            sync_file(aside)


def _clear_log(file: Path, key: bytes) -> None:
    """The log of the present file must not be replayed into the backup that takes its place.

    Folded into the present file first, so that this one is whole until the moment it is replaced.
    """
    # One that is too damaged to be opened was copied as it is.
    with suppress(sqlcipher3.DatabaseError):
        if file.exists():
            raw.connect(file, key).close()
    for leftover in (_log(file), file.with_name(f"{file.name}-shm")):
        leftover.unlink(missing_ok=True)


def _log(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def _keys_fit(file: Path, backup: BackupInfo) -> bool:
    try:
        return Vault.load(keyfile_of(file)).office_id == backup.office_id
    except (KeyFileMissing, KeyFileDamaged):
        return not keyfile_of(backup.file).exists()
