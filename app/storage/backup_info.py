"""What is known of a finished backup: `backup.json` in its folder, and the list of all."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.storage import connection as raw
from app.storage.atomic import write_atomically
from app.storage.check import Counts

# A folder that begins so was left by a backup that did not end.
UNFINISHED = ".unfinished-"
_FACTS = "backup.json"


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


def list_backups(folder: Path, office_id: bytes | None = None) -> list[BackupInfo]:
    """Finished backups in `folder`, the newest first; only those of one office if asked."""
    if not folder.is_dir():
        return []
    read = (read_backup(path) for path in folder.iterdir() if not path.name.startswith("."))
    found = [info for info in read if info and office_id in (None, info.office_id)]
    return sorted(found, key=lambda info: info.at, reverse=True)


def read_backup(folder: Path) -> BackupInfo | None:
    """The backup in `folder`, or None if there is none that was finished."""
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


def write_facts(folder: Path, copy: Path, at: datetime, reason: str, counts: Counts) -> None:
    """The last file of a backup; raises OSError."""
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


def office_id_of(file: Path) -> bytes:
    """The 16 bytes that an office's file and its key file share."""
    with file.open("rb") as stream:
        return stream.read(raw.SALT_BYTES)
