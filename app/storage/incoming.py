"""Two files that change together: each waits under a draft's name until both are proved.

A pair cannot be renamed in one step. The file goes first; a key file that still waits without its
file tells the next start that it is its turn.
"""

import os
from pathlib import Path

from app.storage.atomic import patiently, sync_folder


def incoming(path: Path) -> Path:
    """Where what will take the place of `path` is made and proved."""
    return path.with_name(f".{path.name}.incoming")


def take_place(path: Path) -> None:
    """Rename what waits for `path`, if anything does."""
    draft = incoming(path)
    if draft.exists():
        patiently(lambda: os.replace(draft, path))


def settle(file: Path, keyfile: Path) -> None:
    """Finish a change that was broken off between its two renames; forget one before them.

    Raises OSError.
    """
    if not incoming(keyfile).exists():
        return
    if incoming(file).exists():
        incoming(keyfile).unlink()
    else:
        take_place(keyfile)
    sync_folder(file.parent)
