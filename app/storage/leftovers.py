"""What a killed program left beside the office's file, taken away at the next start."""

import shutil
from pathlib import Path

# Where a copy is made and checked before it goes to a stick or a share: SQLite itself works on
# local disks only.
STAGING = ".backup-"


def sweep(file: Path) -> None:
    """Remove drafts and copies that nobody will finish; called while nobody else has `file` open.

    Every draft is named after what it was to become: `.社区资料.linli.incoming`.
    """
    for path in file.parent.glob(f"{STAGING}*"):
        shutil.rmtree(path, ignore_errors=True)
    for path in file.parent.glob(f".{file.stem}.*"):
        path.unlink(missing_ok=True)
