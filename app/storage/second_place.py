"""The second place for backups: what is known of it while its stick is not plugged in."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from app.storage.atomic import write_atomically
from app.storage.faults import as_sentences

NOTE = "第二处备份.json"
LATE_DAYS, OVERDUE_DAYS = 3, 7
"""Amber in the status line; a question once a day"""
FOLDER_NAME = "邻里备份"


@dataclass(frozen=True)
class SecondNote:
    """`since`: from when a copy has been waited for; `good_at`: when the last one was proved."""

    since: datetime
    good_at: datetime | None = None
    kind: str = ""
    """U 盘, 网络位置, 另一处"""
    fault: str = ""
    asked_on: date | None = None

    def days_without(self, now: datetime) -> int:
        """Whole days since the last good copy."""
        return max(0, (now.date() - (self.good_at or self.since).date()).days)


def is_there(folder: Path) -> bool:
    """Only the folder itself counts: another stick under the same letter does not have it."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def read_note(backups: Path, now: datetime) -> SecondNote:
    """What is known; the waiting begins now where nothing is, or where its clock was wrong."""
    try:
        facts: Any = json.loads((backups / NOTE).read_bytes())
        good, asked = facts["good_at"], facts["asked_on"]
        note = SecondNote(
            datetime.fromisoformat(facts["since"]),
            datetime.fromisoformat(good) if good else None,
            str(facts["kind"]),
            str(facts["fault"]),
            date.fromisoformat(asked) if asked else None,
        )
        ahead = max(note.since, note.good_at or note.since) > now + timedelta(days=1)
    except (OSError, ValueError, TypeError, LookupError):
        return SecondNote(now)
    return replace(note, since=now, good_at=None) if ahead else note


def write_note(backups: Path, note: SecondNote) -> None:
    """Raises the faults of a disk."""
    facts = {
        "since": note.since.isoformat(),
        "good_at": note.good_at and note.good_at.isoformat(),
        "kind": note.kind,
        "fault": note.fault,
        "asked_on": note.asked_on and note.asked_on.isoformat(),
    }
    with as_sentences(backups / NOTE):
        backups.mkdir(parents=True, exist_ok=True)
        write_atomically(backups / NOTE, json.dumps(facts, ensure_ascii=False).encode())
