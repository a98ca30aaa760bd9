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
    `former`: the restore that still waited for its confirmation when this one began; it waits
    again if this one comes to nothing.
    """

    moment: datetime | None
    at: datetime | None
    head: str
    journaled: bool
    former: "Restored | None" = None

    @property
    def words(self) -> str:
        """11-19 17:42, the time one went back to."""
        return f"{self.moment:%m-%d %H:%M}" if self.moment else "以前"

    @property
    def sentence(self) -> str:
        """The line in the journal."""
        return f"恢复到 {self.words}"


_UNREADABLE = Restored(None, None, "", journaled=True)


def mark(backups: Path, moment: datetime, at: datetime, head: str) -> None:
    """Begin to keep everything; raises the faults of a disk."""
    _write(backups, Restored(moment, at, head, journaled=False, former=marked(backups)))


def set_back(backups: Path, former: Restored | None) -> None:
    """What was marked since came to nothing: `former` waits again, or nothing does.

    Raises the faults of a disk; the mark that is there goes on keeping everything then.
    """
    if former is None:
        confirm(backups)
    else:
        _write(backups, former)


def marked(backups: Path) -> Restored | None:
    """The restore that waits for its confirmation."""
    file = backups / MARK
    if not file.exists():
        return None
    try:
        return _read(json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError, LookupError):
        return _UNREADABLE


def note_journaled(backups: Path) -> None:
    """The line stands in the journal now."""
    restored = marked(backups)
    if restored is not None and restored.moment is not None:
        _write(backups, replace(restored, journaled=True, former=None))


def confirm(backups: Path) -> None:
    """All is well: backups are thinned out again from now on."""
    with as_sentences(backups / MARK):
        (backups / MARK).unlink(missing_ok=True)


def _write(backups: Path, restored: Restored) -> None:
    facts = json.dumps(_facts(restored), ensure_ascii=False)
    with as_sentences(backups / MARK):
        backups.mkdir(parents=True, exist_ok=True)
        write_atomically(backups / MARK, facts.encode())


def _facts(restored: Restored) -> dict[str, Any]:
    return {
        "moment": restored.moment and restored.moment.isoformat(),
        "at": restored.at and restored.at.isoformat(),
        "head": restored.head,
        "journaled": restored.journaled,
        "former": restored.former and _facts(restored.former),
    }


def _read(facts: Any) -> Restored:
    """Raises ValueError, TypeError, LookupError for anything but what `_facts` gives."""
    moment, at = (datetime.fromisoformat(facts[name]) for name in ("moment", "at"))
    former = _former(facts.get("former"))
    return Restored(moment, at, str(facts["head"]), facts["journaled"] is True, former)


def _former(facts: Any) -> Restored | None:
    """One that cannot be read keeps everything as well."""
    if facts is None:
        return None
    try:
        return _read(facts)
    except (ValueError, TypeError, LookupError):
        return _UNREADABLE
