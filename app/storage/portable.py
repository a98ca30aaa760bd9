"""便携: a program on a USB stick works on a copy of its file on this computer.

SQLite loses files on sticks that are pulled out; a copy that is brought back whole cannot be lost.
The copy stays here until the stick has it, whatever happens in between; the next start goes on
with it. Where the stick was used elsewhere meanwhile, both are kept and a person chooses.
"""

import json
import platform
import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.clock import Clock
from app.storage import connection as raw
from app.storage.atomic import sync_folder, write_atomically
from app.storage.backup import office_id_of
from app.storage.check import require_whole
from app.storage.counts import Counts
from app.storage.faults import StorageFault, as_sentences
from app.storage.lock import OfficeLock
from app.storage.stick import (
    StickFault,
    belongings,
    copy_verified,
    fingerprint,
    fingerprinted,
    is_there,
    log_of,
    put,
    put_aside,
    settle,
    stick_sentences,
)

_LOAN = ".linli-loan"
_BROUGHT = ".linli-brought"


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


@dataclass(frozen=True)
class State:
    """What is known of one of two states of an office without opening it."""

    at: datetime
    by: str
    computer: str


@dataclass(frozen=True)
class Fork:
    """The copy here and the file on the stick were both changed since they were the same."""

    loan: "Loan"
    here: State
    on_stick: State


def is_carried(data: Path, local: Path) -> bool:
    """The rule: a stick is what lies on another file system than this computer's own folder."""
    return _device(data) != _device(local)


def _device(folder: Path) -> int:
    present = next(path for path in (folder, *folder.parents) if path.exists())
    return present.stat().st_dev


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
            _write(self.folder / _LOAN, {"base": self.base, "user": user, "at": _iso(at)})

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
            (self.folder / _LOAN).unlink(missing_ok=True)
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
        kept = _read(self.folder / _LOAN)
        who = {"user": str(kept.get("user", "")), "computer": platform.node()}
        what = {"at": _iso(clock.now()), "people": f"{counts.people:,}", "head": counts.head}
        _write(self.stick.parent / _BROUGHT, {**who, **what})

    def _folded(self, key: bytes) -> Counts:
        """One file without a log, read through from its first page to its last."""
        with as_sentences(self.file):
            with closing(raw.connect(self.file, key)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                counts = require_whole(self.file, connection)
            if log_of(self.file).exists() and log_of(self.file).stat().st_size:
                raise StorageFault("资料还在使用，没有带回 U 盘。请等别的操作完成后再退出。")
            return counts


def arrive(stick: Path, root: Path, clock: Clock) -> Loan | Fork:
    """The copy to work on: the one left here if it is newer, a fresh one, or a choice to make.

    The stick's lock must be held. Raises StickFault, HeldHere, and the faults of this disk.
    """
    with stick_sentences(stick):
        settle(stick)
        folder = _folder_for(stick, root)
        now = fingerprint(stick)
    loan = _open(stick, folder, clock)
    if not (folder / _LOAN).exists():
        return _lent(loan, now)
    loan.base = str(_read(folder / _LOAN).get("base", ""))
    here = fingerprint(loan.file)
    if here and now == loan.base:
        return loan
    if here in ("", loan.base, now):
        return _lent(loan, now)
    return Fork(loan, _state_here(loan), _state_on_stick(stick))


def use_here(fork: Fork, clock: Clock) -> Loan:
    """Go on with the copy on this computer; the stick's is kept beside it, for good."""
    loan = fork.loan
    with stick_sentences(loan.stick):
        put_aside(loan.stick, loan.stick, f"U盘 {fork.on_stick.computer}".strip(), clock.now())
        loan.base = fingerprint(loan.stick)
    loan.note(fork.here.by, fork.here.at)
    return loan


def use_stick(fork: Fork, clock: Clock) -> Loan:
    """Go on with the stick's; the copy of this computer is kept on the stick, for good."""
    loan = fork.loan
    with stick_sentences(loan.stick):
        put_aside(loan.file, loan.stick, f"本机 {platform.node()}".strip(), clock.now())
        now = fingerprint(loan.stick)
    return _lent(loan, now)


def _folder_for(stick: Path, root: Path) -> Path:
    """One folder per office, whatever the letter of the drive; per place while there is none."""
    place = root / f"新建-{sha256(str(stick).encode()).hexdigest()[:12]}"
    if not stick.exists() or (place / _LOAN).exists():
        return place
    return root / office_id_of(stick).hex()


def _open(stick: Path, folder: Path, clock: Clock) -> Loan:
    with as_sentences(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        lock = OfficeLock.acquire(folder / stick.name, clock=clock, take_over=True)
    return Loan(stick, folder, "", lock)


def _lent(loan: Loan, now: str) -> Loan:
    """A fresh copy of the stick's file; the note that makes it one is written last."""
    with as_sentences(loan.file):
        (loan.folder / _LOAN).unlink(missing_ok=True)
        for old in belongings(loan.file, aside=True):
            old.unlink()
        needed = sum(part.stat().st_size for part in _parts(loan.stick))
        if shutil.disk_usage(loan.folder).free < 2 * needed:
            raise StorageFault(
                "本机磁盘快满了，放不下 U 盘上的资料，所以没有打开。请清理磁盘后再打开。"
            )
    with stick_sentences(loan.stick):
        copy_verified(_parts(loan.stick), loan.folder)
    loan.base = now
    with as_sentences(loan.file):
        _write(loan.folder / _LOAN, {"base": now})
        sync_folder(loan.folder.parent)
    return loan


def _parts(stick: Path) -> list[Path]:
    return belongings(stick) if stick.exists() else []


def _state_here(loan: Loan) -> State:
    kept = _read(loan.folder / _LOAN)
    return State(_changed(loan.file), str(kept.get("user", "")), platform.node())


def _state_on_stick(stick: Path) -> State:
    brought = _read(stick.parent / _BROUGHT)
    at = brought.get("at")
    try:
        moment = datetime.fromisoformat(str(at))
    except ValueError:
        moment = _changed(stick)
    return State(moment, str(brought.get("user", "")), str(brought.get("computer", "")))


def _changed(file: Path) -> datetime:
    """When a file was last written to, its log included."""
    parts = [part for part in (file, log_of(file)) if part.exists()]
    newest = max((part.stat().st_mtime for part in parts), default=0.0)
    # As the office's clock has it: local time without a zone.
    return datetime.fromtimestamp(newest).replace(microsecond=0)  # noqa: DTZ006


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _read(note: Path) -> dict[str, Any]:
    try:
        found: Any = json.loads(note.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(note: Path, facts: dict[str, str]) -> None:
    write_atomically(note, json.dumps(facts, ensure_ascii=False).encode())
