"""便携: a program on a USB stick works on a copy of its file on this computer.

SQLite loses files on sticks that are pulled out; a copy that is brought back whole cannot be lost.
The copy stays here until the stick has it, whatever happens in between; the next start goes on
with it. Where the stick was used elsewhere meanwhile, both are kept and a person chooses.
"""

import platform
import shutil
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from app.clock import Clock
from app.storage.atomic import sync_folder
from app.storage.backup import office_id_of
from app.storage.faults import StorageFault, as_sentences
from app.storage.loan import BROUGHT_NOTE, LOAN_NOTE, Loan, read_note, write_note
from app.storage.lock import OfficeLock
from app.storage.stick import (
    belongings,
    copy_verified,
    fingerprint,
    log_of,
    put_aside,
    settle,
    stick_sentences,
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

    loan: Loan
    here: State
    on_stick: State


def is_carried(data: Path, local: Path) -> bool:
    """The rule: a stick is what lies on another file system than this computer's own folder."""
    return _device(data) != _device(local)


def _device(folder: Path) -> int:
    present = next(path for path in (folder, *folder.parents) if path.exists())
    return present.stat().st_dev


def arrive(stick: Path, root: Path, clock: Clock) -> Loan | Fork:
    """The copy to work on: the one left here if it is newer, a fresh one, or a choice to make.

    The stick's lock must be held. Raises StickFault, HeldHere, and the faults of this disk.
    """
    with stick_sentences(stick):
        settle(stick)
        folder = _folder_for(stick, root)
        now = fingerprint(stick)
    loan = _open(stick, folder, clock)
    if not (folder / LOAN_NOTE).exists():
        return _lent(loan, now)
    loan.base = str(read_note(folder / LOAN_NOTE).get("base", ""))
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
    if not stick.exists() or (place / LOAN_NOTE).exists():
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
        (loan.folder / LOAN_NOTE).unlink(missing_ok=True)
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
        write_note(loan.folder / LOAN_NOTE, {"base": now})
        sync_folder(loan.folder.parent)
    return loan


def _parts(stick: Path) -> list[Path]:
    return belongings(stick) if stick.exists() else []


def _state_here(loan: Loan) -> State:
    kept = read_note(loan.folder / LOAN_NOTE)
    return State(_changed(loan.file), str(kept.get("user", "")), platform.node())


def _state_on_stick(stick: Path) -> State:
    brought = read_note(stick.parent / BROUGHT_NOTE)
    try:
        at = datetime.fromisoformat(str(brought.get("at"))).replace(tzinfo=None)
    except ValueError:
        at = _changed(stick)
    by, computer = (str(brought.get(key, ""))[:40] for key in ("user", "computer"))
    return State(at, by, computer)


def _changed(file: Path) -> datetime:
    """When a file was last written to, its log included."""
    parts = [part for part in (file, log_of(file)) if part.exists()]
    newest = max((part.stat().st_mtime for part in parts), default=0.0)
    # As the office's clock has it: local time without a zone.
    return datetime.fromtimestamp(newest).replace(microsecond=0)  # noqa: DTZ006
