"""The copy on this computer of a file that lies on a stick: a loan, until it is brought back."""

import json
import platform
import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.storage import connection as raw
from app.storage.atomic import write_atomically
from app.storage.check import require_whole
from app.storage.counts import Counts
from app.storage.faults import StorageFault, as_sentences
from app.storage.lock import OfficeLock
from app.storage.stick import (
    StickFault,
    belongings,
    fingerprint,
    fingerprinted,
    is_there,
    log_of,
    put,
    settle,
    stick_sentences,
)

# Beside the copy: what it was made from. On the stick: who brought what when.
LOAN_NOTE = ".linli-loan"
BROUGHT_NOTE = ".linli-brought"
_MOST_BYTES = 64 * 1024


class StickChanged(StickFault):
    def __init__(self) -> None:
        super().__init__(
            "U 盘上的资料在别处改过了，所以没有盖掉它；您在这台电脑上做的都还在这台电脑上。"
            "请退出，再从这个 U 盘打开程序，那时选用哪一份，另一份也留着。"
        )


class NotBroughtBack(StickFault):
    def __init__(self) -> None:
        super().__init__(
            "这台电脑上还有没带回 U 盘的资料，一条没丢。请再打开程序，进入以后退出，就会带回。"
        )


class Loan:
    """The copy on this computer of the file on a stick. `base`: the stick's fingerprint then."""

    def __init__(self, stick: Path, folder: Path, base: str, lock: OfficeLock) -> None:
        self.stick = stick
        self.folder = folder
        self.file = folder / stick.name
        self.base = base
        self._lock = lock

    @property
    def has_work(self) -> bool:
        """Whether anything was done that the stick may not have."""
        return fingerprint(self.file) != self.base

    def note(self, user: str, at: datetime) -> None:
        """Who works on it since when: told where the stick was used elsewhere meanwhile."""
        with as_sentences(self.file):
            write_note(self.folder / LOAN_NOTE, {"base": self.base, "user": user, "at": _iso(at)})

    def bring_back(self, key: bytes | None, clock: Clock) -> Counts | None:
        """Put the copy on the stick, checked and counted, and take it away here.

        The file must be closed. None where there was nothing to bring. Raises StickGone,
        StickFull, StickChanged, StickClosed, StickBad, Damaged: the copy is here, as it was.
        `key` is None where nobody logged in; raises NotBroughtBack where there was work to bring.
        """
        if key is None and self.has_work:
            raise NotBroughtBack
        counts = self._folded(key) if key is not None and self.file.exists() else None
        with stick_sentences(self.stick, leaving=True):
            if not is_there(self.stick):
                raise FileNotFoundError(self.stick)
            settle(self.stick)
            counts = counts if self.has_work else None
            if counts is not None:
                self._deliver(counts, clock)
            self._bring_tries()
        self.remove()
        return counts

    def remove(self) -> None:
        """Take the copy away: nothing is in it that the stick has not."""
        # Without this note what remains, should it not all go, is no copy to go on with.
        with as_sentences(self.file):
            (self.folder / LOAN_NOTE).unlink(missing_ok=True)
        self._lock.abandon()
        shutil.rmtree(self.folder, ignore_errors=True)

    def leave(self) -> None:
        """End the program's hold on the copy, which stays."""
        self._lock.abandon()

    def _bring_tries(self) -> None:
        """Wrong passwords count on the stick as well: starting again does not shorten the wait."""
        for part in belongings(self.file):
            there = self.stick.parent / part.name
            small = part not in fingerprinted(self.file)
            if small and not (there.exists() and there.read_bytes() == part.read_bytes()):
                write_atomically(there, part.read_bytes())

    def _deliver(self, counts: Counts, clock: Clock) -> None:
        now = fingerprint(self.stick)
        if now == fingerprint(self.file):
            return
        if now != self.base:
            raise StickChanged
        put(self.file, self.stick, clock.now())
        kept = read_note(self.folder / LOAN_NOTE)
        who = {"user": str(kept.get("user", "")), "computer": platform.node()}
        what = {"at": _iso(clock.now()), "people": f"{counts.people:,}", "head": counts.head}
        write_note(self.stick.parent / BROUGHT_NOTE, {**who, **what})

    def _folded(self, key: bytes) -> Counts:
        """One file without a log, read through from its first page to its last."""
        with as_sentences(self.file):
            with closing(raw.connect(self.file, key)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                counts = require_whole(self.file, connection)
            if log_of(self.file).exists() and log_of(self.file).stat().st_size:
                raise StorageFault("资料还在使用，没有带回 U 盘。请等别的操作完成后再退出。")
            return counts


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def read_note(note: Path) -> dict[str, Any]:
    """What stands in a note; nothing where there is none."""
    try:
        with note.open("rb") as stream:
            found: Any = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write_note(note: Path, facts: dict[str, str]) -> None:
    """Whole or not at all; raises OSError."""
    write_atomically(note, json.dumps(facts, ensure_ascii=False).encode())
