"""What a backup does in its thread: the copy on this computer, the one in the second place."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from app import paths
from app.errors import DomainError
from app.storage.after_restore import marked
from app.storage.backup import BackupInfo, backup_now, office_id_of
from app.storage.backup_info import latest
from app.storage.backup_place import copy_backup
from app.storage.drives import kind_of
from app.storage.engine import Database
from app.storage.second_place import is_there, read_note, write_note
from app.storage.thinning import thin_out
from app.storage.vault import Vault


@dataclass(frozen=True)
class Made:
    """What came of it; `fault` tells why the second place has no copy, empty if all is well."""

    info: BackupInfo
    fault: str = ""


def back_up(
    database: Database, vault: Vault, second: Path | None, reason: str, *, asked: bool = False
) -> Made:
    """Here and, where there is one, in the second place. Raises DomainError if not even here.

    A second place that is not plugged in is a fault only where somebody `asked` for a backup.
    """
    info = backup_now(database, vault, paths.backup_dir(), reason=reason)
    now = database.clock.now()
    _thin(paths.backup_dir(), now, info.office_id)
    if second is None:
        return Made(info)
    if not is_there(second):
        words = (
            f"本机已备份；第二备份位置“{second}”现在找不到，可能 U 盘没有插上。"
            "插上以后会自动补一份。"
        )
        return Made(info, words if asked else "")
    return Made(info, copy_there(info, second, now))


def catch_up(database: Database, vault: Vault, second: Path) -> Made:
    """The second place has come back, or has no copy of today yet."""
    now = database.clock.now()
    office = office_id_of(database.file)
    newest = latest(paths.backup_dir(), office, now)
    if newest is None or database.changed_since_backup:
        return back_up(database, vault, second, "插上第二处")
    return Made(newest, copy_there(newest, second, now))


def copy_there(info: BackupInfo, second: Path, now: datetime) -> str:
    """Carry a backup to the second place and note it; the fault in words, '' if all is well."""
    note = read_note(paths.backup_dir(), now)
    try:
        copy_backup(info, second)
        _thin(second, now, info.office_id)
    except DomainError as error:
        write_note(paths.backup_dir(), replace(note, fault=str(error)))
        return str(error)
    kind = kind_of(second)
    write_note(paths.backup_dir(), replace(note, good_at=now, kind=kind, fault=""))
    return ""


def _thin(folder: Path, now: datetime, office: bytes) -> None:
    # After a restore nothing goes before the office has said that all is well.
    if marked(paths.backup_dir()) is None:
        thin_out(folder, now, office)
