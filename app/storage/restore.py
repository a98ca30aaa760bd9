"""Put a backup in place of the office's file; what was there is set aside, never deleted."""

import shutil
from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3

from app.clock import Clock
from app.storage import connection as raw
from app.storage import migrations
from app.storage.atomic import sync_file, sync_folder
from app.storage.backup_info import BackupInfo
from app.storage.backup_place import digest_of, require_room
from app.storage.check import require_sound
from app.storage.faults import Damaged, as_sentences
from app.storage.incoming import incoming, take_place
from app.storage.keyfile import KeyFileDamaged, KeyFileMissing
from app.storage.office_file import name_aside
from app.storage.vault import Vault, keyfile_of


def restore_backup(backup: BackupInfo, file: Path, key: bytes, *, clock: Clock) -> Path | None:
    """Replace `file`, which must be closed; the backup is read through before anything changes.

    Gives the name under which the present file was set aside; None where there was none. The
    present key file stays if it opens the backup, so that passwords set since then go on working.
    Raises NotAnOffice for another office's backup, NewerFile, Damaged, NoRoom, DiskFull,
    CannotWrite; the office is then as it was.
    """
    keyfile = keyfile_of(file)
    with as_sentences(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        require_room(file.parent, backup.size)
        try:
            _fetch(backup, incoming(file), key)
            if not _keys_fit(file, backup, key):
                _keep(keyfile, clock)
                _copy(keyfile_of(backup.file), incoming(keyfile))
            aside = _keep(file, clock)
            _keep(_log(file), clock)
            _clear_log(file, key)
            take_place(file)
        finally:
            # Still waiting: nothing has changed yet.
            if incoming(file).exists():
                incoming(keyfile).unlink(missing_ok=True)
                incoming(file).unlink()
            _log(incoming(file)).unlink(missing_ok=True)
        # From here on a start that finds the key file waiting puts it in its place.
        take_place(keyfile)
        sync_folder(file.parent)
    return aside


def _fetch(backup: BackupInfo, draft: Path, key: bytes) -> None:
    _copy(backup.file, draft)
    if backup.digest and digest_of(draft) != backup.digest:
        raise Damaged(backup.file)
    if _log(backup.file).exists():
        # Of a file that was in use when its computer died: what was saved last is in the log.
        _copy(_log(backup.file), _log(draft))
    with closing(raw.connect(draft, key)) as connection:
        schema = migrations.schema_of(connection)
        if schema.number > migrations.LATEST:
            raise migrations.NewerFile(backup.file, schema)
        require_sound(backup.file, connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _keep(present: Path, clock: Clock) -> Path | None:
    """Copied, not renamed: a kill in between must not leave the office without a file."""
    if not present.exists():
        return None
    aside = name_aside(present, clock)
    _copy(present, aside)
    return aside


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    sync_file(target)


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


def _keys_fit(file: Path, backup: BackupInfo, key: bytes) -> bool:
    """Whether the present key file opens the backup; not after the data key was changed."""
    try:
        vault = Vault.load(keyfile_of(file))
        return vault.office_id == backup.office_id and vault.is_genuine(key)
    except (KeyFileMissing, KeyFileDamaged):
        return not keyfile_of(backup.file).exists()
