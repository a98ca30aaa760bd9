"""Small files written whole or not at all, and folders whose new names survive a power cut."""

import os
import time
from collections.abc import Callable
from pathlib import Path

_ATTEMPTS = 8
_PAUSE_SECONDS = 0.05


def write_atomically(file: Path, content: bytes) -> None:
    """Replace `file` by `content`: temporary name, fsync, rename. Raises OSError."""
    temporary = file.with_name(f".{file.name}.tmp")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        patiently(lambda: os.replace(temporary, file))
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(file.parent)


def patiently(rename: Callable[[], None]) -> None:
    """Try a rename again while a virus scanner or an office program holds the file (Windows)."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return rename()
        except PermissionError:
            time.sleep(_PAUSE_SECONDS)
    return rename()


def sync_file(file: Path) -> None:
    """Wait until the disk has the content of `file`."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in `folder`; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
