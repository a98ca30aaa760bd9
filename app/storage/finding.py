"""Backups wherever they may be: on sticks that are plugged in, in a folder that somebody chose."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from app.storage.backup_info import BackupInfo, list_backups, loose_file, read_backup
from app.storage.drives import drives

# A stick with a thousand folders is not searched for minutes.
_MOST_FOLDERS = 200


def backups_in(folder: Path) -> list[BackupInfo]:
    """Good backups in a folder, in its folders, or the one that it is itself; newest first.

    An office's file that lies there with its key file counts as one.
    """
    own = read_backup(folder)
    if own is not None:
        return newest_first([own] if own.ok else [])
    places = [folder, *_folders(folder)]
    found = [info for place in places for info in list_backups(place)]
    loose = [info for place in places if (info := loose_file(place)) is not None]
    return newest_first([*(info for info in found if info.ok), *loose])


def backups_on_drives() -> list[BackupInfo]:
    """Good backups of any office on everything that is plugged in, newest first."""
    return newest_first(info for drive in drives() for info in backups_in(drive.root))


def newest_first(found: Iterable[BackupInfo]) -> list[BackupInfo]:
    """By time, each folder once."""
    once = {info.folder: info for info in found}
    return sorted(once.values(), key=lambda info: info.at, reverse=True)


def _folders(folder: Path) -> Iterator[Path]:
    try:
        inner = [path for path in folder.iterdir() if not path.name.startswith(".")]
        yield from islice((path for path in inner if path.is_dir()), _MOST_FOLDERS)
    except OSError:
        # Pulled out while it was looked at.
        return
