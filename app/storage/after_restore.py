"""After a restore: the mark that keeps every backup until the office says that all is well.

The mark is a small file among the backups. While it is there nothing is thinned out, even where
it cannot be read: the good copies must not be rotated out by copies of a bad day.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from app.storage.atomic import write_atomically
from app.storage.faults import as_sentences

MARK = "恢复后待确认.json"


@dataclass(frozen=True)
class Restored:
    """What was restored: the moment of the backup and the end of its journal, and when.

    `journaled`: whether the line stands in the journal since.
    """

    moment: datetime | None
    at: datetime | None
    head: str
    journaled: bool

    @property
    def words(self) -> str:
        """11-19 17:42, the time one went back to."""
        return f"{self.moment:%m-%d %H:%M}" if self.moment else "以前"

    @property
    def sentence(self) -> str:
        """The line in the journal."""
        return f"恢复到 {self.words}"


def mark(backups: Path, moment: datetime, at: datetime, head: str) -> None:
    """Begin to keep everything; raises the faults of a disk."""
    _write(backups, Restored(moment, at, head, journaled=False))


def marked(backups: Path) -> Restored | None:
    """The restore that waits for its confirmation."""
    file = backups / MARK
    if not file.exists():
        return None
    try:
        facts: Any = json.loads(file.read_bytes())
        moment, at = (datetime.fromisoformat(facts[name]) for name in ("moment", "at"))
        return Restored(moment, at, str(facts["head"]), facts["journaled"] is True)
    except (OSError, ValueError, TypeError, LookupError):
        return Restored(None, None, "", journaled=True)


def note_journaled(backups: Path) -> None:
    """The line stands in the journal now."""
    restored = marked(backups)
    if restored is not None and restored.moment is not None:
        _write(backups, replace(restored, journaled=True))


def confirm(backups: Path) -> None:
    """All is well: backups are thinned out again from now on."""
    with as_sentences(backups / MARK):
        (backups / MARK).unlink(missing_ok=True)


def _write(backups: Path, restored: Restored) -> None:
    facts = {
        "moment": restored.moment and restored.moment.isoformat(),
        "at": restored.at and restored.at.isoformat(),
        "head": restored.head,
        "journaled": restored.journaled,
    }
    with as_sentences(backups / MARK):
        backups.mkdir(parents=True, exist_ok=True)
        write_atomically(backups / MARK, json.dumps(facts, ensure_ascii=False).encode())
