"""The key file beside the office's file: who may open it, and the wrapped data key of each.

A random 256-bit data key encrypts the file. It is wrapped once per user under their password and
once under the recovery code; changing a password wraps it anew and never touches the file itself.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.storage.connection import KEY_BYTES, SALT_BYTES
from app.storage.faults import as_sentences
from app.storage.keyfile import (
    KeyFile,
    KeyFileDamaged,
    KeyFileMissing,
    Slot,
    read_keyfile,
    write_keyfile,
)
from app.storage.patience import Patience
from app.storage.recovery import RecoveryCode
from app.storage.slots import Cost, WrappedKey, unwrap, wrap
from app.storage.vault_faults import (
    SHORTEST_PASSWORD,
    LastSlot,
    PasswordTooShort,
    SlotTaken,
    TooEarly,
    WrongPassword,
    WrongRecoveryCode,
)

KEYFILE_SUFFIX = ".linli-key"
RECOVERY = "recovery"


@dataclass(frozen=True)
class SlotInfo:
    """Somebody who may log in."""

    slot: str
    name: str
    role: str


def keyfile_of(file: Path) -> Path:
    """The key file that belongs to an office's file."""
    return file.with_suffix(KEYFILE_SUFFIX)


class Vault:
    """An open key file. Passwords and the data key are never kept here."""

    def __init__(self, keyfile: Path, content: KeyFile, *, cost: Cost, now: Callable[[], float]):
        self.keyfile = keyfile
        self._content = content
        self._cost = cost
        self._patience = Patience(keyfile.with_suffix(".linli-tries"), now)

    @classmethod
    def create(
        cls,
        keyfile: Path,
        *,
        user: str,
        role: str,
        password: str,
        cost: Cost | None = None,
        now: Callable[[], float] = time.time,
    ) -> tuple["Vault", bytes, RecoveryCode]:
        """A new key file with one user; the data key and the code to print are not kept."""
        data_key = secrets.token_bytes(KEY_BYTES)
        content = KeyFile(secrets.token_bytes(SALT_BYTES), (), None)
        vault = cls(keyfile, content, cost=cost or Cost(), now=now)
        vault._content = vault._with_slot(data_key, user, role, password)
        return vault, data_key, vault.new_recovery(data_key)

    @classmethod
    def load(
        cls, keyfile: Path, *, cost: Cost | None = None, now: Callable[[], float] = time.time
    ) -> "Vault":
        """Open an existing key file; raises KeyFileMissing, KeyFileDamaged."""
        return cls(keyfile, read_keyfile(keyfile), cost=cost or Cost(), now=now)

    @property
    def office_id(self) -> bytes:
        """16 bytes that the key file shares with its file, whose salt they are."""
        return self._content.office_id

    def users(self) -> list[SlotInfo]:
        """All who may log in, in the order in which they were added."""
        return [SlotInfo(slot.slot, slot.name, slot.role) for slot in self._now().slots]

    def seconds_to_wait(self, slot: str) -> int:
        """Seconds until a password is tried again; 0 if it may be now."""
        return self._patience.seconds_to_wait(slot)

    def unlock(self, slot: str, password: str) -> bytes:
        """The data key; raises WrongPassword, or TooEarly while the delay runs."""
        found = self._now().slot(slot)
        key = self._try(slot, found.wrapped if found else None, password)
        if key is None:
            raise WrongPassword(self._patience.failed(slot))
        return key

    def unlock_with_recovery(self, code: RecoveryCode | str) -> bytes:
        """The data key by the printed code; raises WrongRecoveryCode or TooEarly."""
        read = RecoveryCode.read(str(code))
        key = self._try(
            RECOVERY, self._now().recovery if read else None, read.secret if read else ""
        )
        if key is None:
            raise WrongRecoveryCode(self._patience.failed(RECOVERY))
        return key

    def change_password(self, slot: str, old: str, new: str) -> None:
        """Wrap the data key under a new password; the file itself is not touched."""
        self.set_password(slot, self.unlock(slot, old), new)

    def set_password(self, slot: str, data_key: bytes, new: str) -> None:
        """A new password for a slot whose data key is known (after the recovery code)."""
        _check_password(new)
        wrapped = self._wrap(data_key, slot, new)
        self._replace(self._now().with_wrapped(slot, wrapped))
        self._patience.succeeded(slot)

    def new_recovery(self, data_key: bytes) -> RecoveryCode:
        """A new code to print; the code printed before stops working."""
        code = RecoveryCode.draw()
        wrapped = self._wrap(data_key, RECOVERY, code.secret)
        self._replace(self._now().with_recovery(wrapped))
        return code

    @property
    def sheet_kept(self) -> bool:
        """Whether the present recovery code was proved to be on paper."""
        return self._now().sheet_kept

    def note_sheet_kept(self) -> None:
        """One group was typed back from the printed sheet."""
        self._replace(self._now().with_sheet_kept())

    def add_user(self, data_key: bytes, *, name: str, role: str, password: str) -> str:
        """Let another person in; the slot's id."""
        self._replace(self._with_slot(data_key, name, role, password))
        return self._now().slots[-1].slot

    def remove_user(self, slot: str) -> None:
        """Take a person's way in away; raises LastSlot for the only one."""
        if len(self._now().slots) == 1:
            raise LastSlot
        self._replace(self._now().without(slot))

    def copy_to(self, keyfile: Path) -> None:
        """Write the same key file elsewhere, for a backup."""
        write_keyfile(keyfile, self._now())

    def _now(self) -> KeyFile:
        """As the disk has it, for another vault of this file may have changed it meanwhile."""
        try:
            content = read_keyfile(self.keyfile)
        except (KeyFileMissing, KeyFileDamaged):
            # Lost while the program runs: what was read at its start still opens the file.
            return self._content
        if content.office_id == self.office_id:
            self._content = content
        return self._content

    def _try(self, slot: str, wrapped: WrappedKey | None, secret: str) -> bytes | None:
        seconds = self.seconds_to_wait(slot)
        if seconds:
            raise TooEarly(seconds)
        key = unwrap(wrapped, secret, bound_to=self._bound(slot)) if wrapped else None
        if key is not None:
            self._patience.succeeded(slot)
        return key

    def _with_slot(self, data_key: bytes, name: str, role: str, password: str) -> KeyFile:
        _check_password(password)
        self._refuse_taken(name)
        slot = secrets.token_hex(8)
        return self._now().with_slot(Slot(slot, name, role, self._wrap(data_key, slot, password)))

    def _refuse_taken(self, name: str) -> None:
        if any(slot.name == name for slot in self._now().slots):
            raise SlotTaken(name)

    def _wrap(self, data_key: bytes, slot: str, secret: str) -> WrappedKey:
        return wrap(data_key, secret, bound_to=self._bound(slot), cost=self._cost)

    def _bound(self, slot: str) -> bytes:
        return self.office_id + slot.encode()

    def _replace(self, content: KeyFile) -> None:
        with as_sentences(self.keyfile):
            write_keyfile(self.keyfile, content)
        self._content = content


def _check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort
