"""Another data key for the office's file: encrypted anew beside the old one, then exchanged.

Needed when somebody who knew a password has left and may have kept a copy of the key file. The key
file holds both data keys while the file is exchanged, so that a kill at any moment leaves a pair
that opens; `finish_change` completes it at the next start.
"""

import os
import secrets
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlcipher3

from app.errors import DomainError
from app.storage import connection as raw
from app.storage.atomic import patiently, sync_file, sync_folder
from app.storage.check import require_whole
from app.storage.engine import Database
from app.storage.faults import Damaged, FileBusy, as_sentences
from app.storage.vault import Vault

DOING = "更换资料钥匙"
STEPS = 4

Report = Callable[[int, int, str], object]


def change_data_key(
    database: Database, vault: Vault, *, backup: Callable[[], object], report: Report
) -> None:
    """Encrypt the open file under a new random key; nobody's password changes.

    `backup` runs before; `report` gets (done, of, words), for the last time before the files are
    exchanged, and may raise Cancelled. Raises ListChanged, DiskFull, FileBusy and the faults of a
    disk; the file is then as before. Backups of before still open with the passwords of before:
    theirs is the old key.
    """
    report(0, STEPS, "先做一份备份并核验…")
    backup()
    key = secrets.token_bytes(raw.KEY_BYTES)
    new = _new_file_of(database.file)
    with database.kept_still(DOING), as_sentences(database.file):
        try:
            _sweep(database.file)
            report(1, STEPS, "用新钥匙重新加密…")
            _encrypt(database, new, key, vault.office_id)
            report(2, STEPS, "逐页核对新文件…")
            _require_same(database, new, key)
            report(3, STEPS, "换上新文件…")
            _exchange(database, vault, new, key)
        finally:
            _sweep(database.file)


def finish_change(file: Path, vault: Vault, key: bytes) -> bytes:
    """Complete a change that was broken off; the data key that `file` has then.

    Called after somebody entered with `key` and before the file is opened, by whoever holds the
    office's lock. What cannot be written is tried again at the next start.
    """
    unfinished, new = vault.take_unfinished(), _new_file_of(file)
    with suppress(DomainError), as_sentences(file):
        if unfinished is not None:
            old, coming = unfinished
            if key == old and _is_copy(new, coming, file, old):
                _fold_log(file, old)
                patiently(lambda: os.replace(new, file))
                key = coming
            sync_folder(file.parent)
            vault.end_change(key)
        _sweep(file)
    return key


def _new_file_of(file: Path) -> Path:
    """Where the file is encrypted anew."""
    return file.with_name(f".{file.name}.rekey")


def _sweep(file: Path) -> None:
    """Take away what is left of the new file; its journal would be played back into the next."""
    for left in file.parent.glob(f"{_new_file_of(file).name}*"):
        left.unlink(missing_ok=True)


def _encrypt(database: Database, new: Path, key: bytes, salt: bytes) -> None:
    with (
        closing(database.raw_copy_source()) as source,
        closing(raw.connect(new, key, mode="rwc", salt=salt, cache_mib=8)) as target,
    ):
        source.backup(target, pages=-1)
        # One file without a log: it takes the place of another.
        target.execute("PRAGMA journal_mode = DELETE")


def _require_same(database: Database, new: Path, key: bytes) -> None:
    with closing(raw.connect(new, key, cache_mib=8)) as copy:
        require_whole(new, copy)
        with closing(database.raw_copy_source()) as source:
            if _extent(copy) != _extent(source):
                raise Damaged(new)
    sync_file(new)
    sync_folder(new.parent)


def _exchange(database: Database, vault: Vault, new: Path, key: bytes) -> None:
    old = database.key

    def put() -> None:
        _fold_log(database.file, old)
        patiently(lambda: os.replace(new, database.file))

    with vault.changing(old, key):
        database.exchange(put, key)
        # The new name must be on the disk before the old key is gone from the key file.
        sync_folder(database.file.parent)


def _fold_log(file: Path, key: bytes) -> None:
    """A log that stayed behind would be replayed into the file that takes the place of this one."""
    with closing(raw.connect(file, key)) as connection:
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
            raise FileBusy


def _is_copy(new: Path, key: bytes, file: Path, old: bytes) -> bool:
    """Whether the file encrypted anew is whole, and nothing was saved to the old one since."""
    if not new.is_file():
        return False
    try:
        with closing(raw.connect(new, key)) as copy, closing(raw.connect(file, old)) as present:
            require_whole(new, copy)
            return _extent(copy) == _extent(present)
    except (sqlcipher3.DatabaseError, Damaged):
        return False


def _extent(connection: Any) -> tuple[Any, ...]:
    """What differs after anything was saved: pages, operations, forms being filled."""
    pages = connection.execute("PRAGMA page_count").fetchone()
    saved = connection.execute("SELECT max(id), count(*) FROM operation").fetchone()
    drafts = connection.execute("SELECT count(*), max(saved_at) FROM draft").fetchone()
    return (*pages, *saved, *drafts)
