"""What is known of a finished backup: `backup.json` in its folder, and the list of all.

Whatever stands in a folder that is carried about may have been written by anybody: a file that is
not plainly one of ours is no backup, and no name in it leads out of its folder.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.storage import connection as raw
from app.storage.atomic import write_atomically
from app.storage.counts import COUNTED, Counts

# A folder that begins so was left by a backup that did not end.
UNFINISHED = ".unfinished-"
_FACTS = "backup.json"
_MOST_BYTES = 64 * 1024
_MARKS = set('/\\:*?"<>|\0')
KEYFILE_SUFFIX = ".linli-key"
# What reading a description may end in that another program wrote, or nobody.
_NOT_OURS = (
    *(OSError, ValueError, TypeError, LookupError),
    *(AttributeError, OverflowError, RecursionError),
)


@dataclass(frozen=True)
class BackupInfo:
    """One backup. `ok` is False if a file of it is gone or shorter than when it was written."""

    folder: Path
    file: Path
    at: datetime
    reason: str
    counts: Counts
    office_id: bytes
    office_name: str
    digest: str
    """sha256 of the file, as it was read back when it was written"""
    size: int
    schema: int
    """Steps of its format (migrations.STEPS)"""
    ok: bool

    @property
    def people(self) -> int:
        return self.counts.people

    @property
    def households(self) -> int:
        return self.counts.households

    @property
    def operations(self) -> int:
        """Length of the journal: how far the work had come."""
        return self.counts.operations

    @property
    def same(self) -> tuple[datetime, str]:
        """Equal for the copies of one backup in several places."""
        return self.at, self.digest


@dataclass(frozen=True)
class Held:
    """What a file was found to hold: figures, the community's name, steps of its format."""

    counts: Counts
    office_name: str
    schema: int


def list_backups(folder: Path, office_id: bytes | None = None) -> list[BackupInfo]:
    """Finished backups in `folder`, the newest first; only those of one office if asked.

    A folder that cannot be read (a stick just pulled) holds none.
    """
    try:
        paths = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError:
        return []
    found = [info for path in paths if (info := read_backup(path)) is not None]
    own = [info for info in found if office_id in (None, info.office_id)]
    return sorted(own, key=lambda info: (info.at, info.folder.name), reverse=True)


def recent(folder: Path, office_id: bytes) -> Iterator[BackupInfo]:
    """Good backups of one office, the newest first by their names; each is read when asked for.

    A login looks at one or two of the hundred and more that lie there.
    """
    try:
        names = [path.name for path in folder.iterdir() if path.name[:1].isdigit()]
    except OSError:
        return
    for name in sorted(names, reverse=True):
        info = read_backup(folder / name)
        if info is not None and info.ok and info.office_id == office_id:
            yield info


def latest(folder: Path, office_id: bytes, now: datetime) -> BackupInfo | None:
    """The newest good one; those dated after `now` (a clock was wrong) tell nothing of its age."""
    found = recent(folder, office_id)
    return next((info for info in found if not from_future(info, now)), None)


def from_future(info: BackupInfo, now: datetime) -> bool:
    """Made while the computer's clock was ahead, or the clock is behind now."""
    return info.at > now + timedelta(minutes=5)


def read_backup(folder: Path) -> BackupInfo | None:
    """The backup in `folder`, or None if there is none that was finished."""
    try:
        facts = _facts(folder / _FACTS)
        file = folder / _plain_name(facts["file"])
        at = datetime.fromisoformat(facts["at"])
        values = {one.key: int(facts[one.key]) for one in COUNTED if one.key in facts}
        return BackupInfo(
            folder=folder,
            file=file,
            at=at.replace(tzinfo=None),
            reason=str(facts["reason"])[:40],
            counts=Counts(values, int(facts["operations"]), str(facts["head"])),
            office_id=bytes.fromhex(facts["office"]),
            office_name=str(facts["office_name"])[:60],
            digest=str(facts["sha256"]),
            size=int(facts["bytes"]),
            schema=int(facts["schema"]),
            ok=_is_there(file, facts),
        )
    except _NOT_OURS:
        return None


def loose_file(folder: Path) -> BackupInfo | None:
    """An office's file with its key file and no description: a data folder off an old disk."""
    try:
        files = [
            path for path in folder.glob("*.linli") if path.with_suffix(KEYFILE_SUFFIX).exists()
        ]
        if len(files) != 1 or (folder / _FACTS).exists():
            return None
        [file] = files
        stat = file.stat()
        return BackupInfo(
            folder=folder,
            file=file,
            at=datetime.fromtimestamp(stat.st_mtime).replace(microsecond=0),  # noqa: DTZ006 - local
            reason="资料文件",
            counts=Counts({}, 0),
            office_id=office_id_of(file),
            office_name="",
            digest="",
            size=stat.st_size,
            schema=0,
            ok=True,
        )
    except OSError:
        return None


def write_facts(file: Path, *, at: datetime, reason: str, digest: str, held: Held) -> None:
    """The description beside `file`, the last part of a backup; raises OSError."""
    facts = {
        "at": at.isoformat(timespec="seconds"),
        "reason": reason,
        "file": file.name,
        "bytes": file.stat().st_size,
        "sha256": digest,
        "keys": file.with_suffix(KEYFILE_SUFFIX).exists(),
        "office": office_id_of(file).hex(),
        "office_name": held.office_name,
        "schema": held.schema,
        **held.counts.values,
        "operations": held.counts.operations,
        "head": held.counts.head,
    }
    words = json.dumps(facts, ensure_ascii=False, indent=1)
    write_atomically(file.parent / _FACTS, words.encode())


def office_id_of(file: Path) -> bytes:
    """The 16 bytes that an office's file and its key file share."""
    with file.open("rb") as stream:
        return stream.read(raw.SALT_BYTES)


def parts_of(file: Path) -> Sequence[Path]:
    """The files that make the backup of which `file` is the first: keys, description."""
    keys = file.with_suffix(KEYFILE_SUFFIX)
    return [file, *([keys] if keys.exists() else []), file.parent / _FACTS]


def _facts(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError("no description of a backup is that long")
    facts: dict[str, Any] = json.loads(content)
    return facts


def _plain_name(name: object) -> str:
    """A name within the folder; ValueError for one that leads elsewhere."""
    if not isinstance(name, str) or name.strip(". ") == "" or set(name) & _MARKS:
        raise ValueError("not the name of a file")
    return name


def _is_there(file: Path, facts: dict[str, Any]) -> bool:
    keys = file.with_suffix(KEYFILE_SUFFIX)
    whole = file.is_file() and file.stat().st_size == facts["bytes"]
    return whole and not file.is_symlink() and (not facts["keys"] or keys.is_file())
