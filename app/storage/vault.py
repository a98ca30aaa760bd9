"""The key file beside the office's file: who may open it, and the data key sealed for each.

A random 256-bit data key encrypts the file. It is sealed to the public key of each user and of the
recovery code; their passwords keep the private ones. So a new password never touches the file, and
a new data key (rekey.py) asks nobody for a password.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.storage import key_list
from app.storage.connection import KEY_BYTES, SALT_BYTES, fits
from app.storage.faults import as_sentences
from app.storage.keyfile import (
    LONGEST_NAME,
    LONGEST_ROLE,
    RECOVERY,
    KeyFile,
    KeyFileDamaged,
    KeyFileMissing,
    Slot,
    read_keyfile,
    write_keyfile,
)
from app.storage.patience import Patience
from app.storage.recovery import RecoveryCode
from app.storage.slots import Cost, new_pair, open_key, open_private, seal_key
from app.storage.vault_faults import (
    SHORTEST_PASSWORD,
    LastSlot,
    ListChanged,
    NameTooLong,
    PasswordTooShort,
    SlotTaken,
    TooEarly,
    UnknownUser,
    WrongPassword,
    WrongRecoveryCode,
)

FILE_SUFFIX = ".linli"
KEYFILE_SUFFIX = ".linli-key"

# What is read, changed and written by one thread must not be written by another in between.
_ALONE = threading.RLock()


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

    def __init__(
        self,
        keyfile: Path,
        content: KeyFile,
        *,
        cost: Cost,
        now: Callable[[], float],
        file: Path | None = None,
    ):
        self.keyfile = keyfile
        self._file = file or keyfile.with_suffix(FILE_SUFFIX)
        self._content = content
        self._cost = cost
        self._patience = Patience(keyfile.with_suffix(".linli-tries"), now)
        self._unfinished: tuple[bytes, bytes] | None = None
        self.recovered = False
        """Whether the printed code was used through this vault: who did so journals it."""

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
        empty = key_list.sealed_list(KeyFile(secrets.token_bytes(SALT_BYTES)), data_key)
        vault = cls(keyfile, empty, cost=cost or Cost(), now=now)
        _check_password(password)
        _check_words(user, role)
        vault._content = vault._with_slot(empty, data_key, _new_slot(), user, role, password)
        return vault, data_key, vault.new_recovery(data_key)

    @classmethod
    def load(
        cls,
        keyfile: Path,
        *,
        cost: Cost | None = None,
        now: Callable[[], float] = time.time,
        file: Path | None = None,
    ) -> "Vault":
        """Open an existing key file; raises KeyFileMissing, KeyFileDamaged, KeyFileNewer.

        `file` is the one it belongs to, where that has another name or lies elsewhere.
        """
        return cls(keyfile, read_keyfile(keyfile), cost=cost or Cost(), now=now, file=file)

    # -- who

    @property
    def office_id(self) -> bytes:
        """16 bytes that the key file shares with its file, whose salt they are."""
        return self._content.office_id

    @property
    def number(self) -> int:
        """Grows with every change of the list; the file remembers it (services/key_pairing.py)."""
        return self._now().number

    def users(self) -> list[SlotInfo]:
        """All who may log in, in the order in which they were added."""
        return [SlotInfo(slot.slot, slot.name, slot.role) for slot in self._now().slots]

    def is_genuine(self, data_key: bytes) -> bool:
        """Whether the list is as a holder of `data_key` left it; False also for another key."""
        return key_list.is_genuine(key_list.settled(self._now(), data_key), data_key)

    # -- entering

    def seconds_to_wait(self, slot: str) -> int:
        """Seconds until a password is tried again; 0 if it may be now."""
        return self._patience.seconds_to_wait(slot)

    def unlock(self, slot: str, password: str) -> bytes:
        """The data key; raises WrongPassword, or TooEarly while the delay runs."""
        key = self._try(slot, self._slot_of_user(slot), password)
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

    def refused_tries(self) -> dict[str, int]:
        """Wrong passwords per slot (RECOVERY: codes) since they were last journaled."""
        return self._patience.untold()

    def note_tries_journaled(self, counts: Mapping[str, int]) -> None:
        self._patience.told(counts)

    # -- changing who may enter

    def change_password(self, slot: str, old: str, new: str) -> None:
        """A new password by who knows the old one; the file itself is not touched."""
        self.set_password(slot, self.unlock(slot, old), new)

    def set_password(self, slot: str, data_key: bytes, new: str) -> None:
        """A new password for a slot whose data key is known (reset, after the recovery code)."""
        with _ALONE:
            self._replace(self._with_password(self._checked(data_key), data_key, slot, new))
        self._patience.succeeded(slot)

    def new_recovery(self, data_key: bytes) -> RecoveryCode:
        """A new code to print; the code printed before stops working."""
        code = RecoveryCode.draw()
        with _ALONE:
            self._replace(self._with_code(self._checked(data_key), data_key, code))
        return code

    def recover(self, slot: str, data_key: bytes, new: str) -> RecoveryCode:
        """A new password by the printed code, and the code to print in its place.

        One write: whatever breaks it off, either the printed code opens and nothing has changed,
        or the new password does and the sheet is known to be missing.
        """
        code = RecoveryCode.draw()
        with _ALONE:
            content = self._with_password(self._checked(data_key), data_key, slot, new)
            self._replace(self._with_code(content, data_key, code))
        self.recovered = True
        self._patience.succeeded(slot)
        return code

    @property
    def sheet_kept(self) -> bool:
        """Whether the present recovery code was proved to be on paper."""
        return self._now().sheet_kept

    def note_sheet_kept(self) -> None:
        """One group was typed back from the printed sheet."""
        with _ALONE:
            self._replace(replace(self._now(), sheet_kept=True))

    def add_user(self, data_key: bytes, *, name: str, role: str, password: str) -> str:
        """Let another person in; the slot's id."""
        _check_password(password)
        _check_words(name, role)
        slot = _new_slot()
        with _ALONE:
            content = self._checked(data_key)
            self._refuse_taken(name)
            self._replace(self._with_slot(content, data_key, slot, name, role, password))
        return slot

    def change_user(self, data_key: bytes, slot: str, *, name: str, role: str) -> None:
        """Another name or role; the password stays."""
        _check_words(name, role)
        with _ALONE:
            content, found = self._checked(data_key), self._slot_of_user(slot)
            if found is None:
                raise UnknownUser
            self._refuse_taken(name, besides=slot)
            self._replace(_grown(content.with_slot(replace(found, name=name, role=role)), data_key))

    def remove_user(self, data_key: bytes, slot: str) -> None:
        """Take a person's way in away; raises LastSlot for the only one."""
        with _ALONE:
            content = self._checked(data_key)
            if len(content.slots) == 1:
                raise LastSlot
            self._replace(_grown(content.without(slot), data_key))

    def copy_to(self, keyfile: Path) -> None:
        """Write the same key file elsewhere, for a backup."""
        write_keyfile(keyfile, self._now())

    # -- another data key (rekey.py)

    @contextmanager
    def changing(self, data_key: bytes, coming: bytes) -> Iterator[None]:
        """The key file holds both data keys inside, and only the one that the file has after it.

        Raises ListChanged. Nobody else changes the key file meanwhile.
        """
        with _ALONE:
            self._replace(key_list.with_coming(self._checked(data_key), coming))
            try:
                yield
            finally:
                # Where the file cannot even be read, both stay: the next start will see.
                for key in (data_key, coming):
                    if fits(self._file, key):
                        self.end_change(key)
                        break

    def end_change(self, data_key: bytes) -> None:
        """Keep `data_key` only, the present or the coming one: the file has it now."""
        with _ALONE:
            self._replace(key_list.settled(self._now(), data_key))

    @property
    def is_unfinished(self) -> bool:
        """Whether a change of the data key was broken off, as whoever entered found."""
        return self._unfinished is not None

    def take_unfinished(self) -> tuple[bytes, bytes] | None:
        """Both data keys of a change that was broken off, once, after somebody entered."""
        unfinished, self._unfinished = self._unfinished, None
        return unfinished

    # -- inside

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

    def _checked(self, data_key: bytes) -> KeyFile:
        """The present content; what is sealed anew must not hide that somebody changed it."""
        content = self._now()
        if content.coming is not None:
            # Of a change whose end could not be written; the file has the coming key by now.
            content = key_list.settled(content, data_key)
        if not key_list.is_genuine(content, data_key):
            raise ListChanged(self.keyfile)
        return content

    def _slot_of_user(self, slot: str) -> Slot | None:
        return next((own for own in self._now().slots if own.slot == slot), None)

    def _try(self, slot: str, found: Slot | None, secret: str) -> bytes | None:
        seconds = self.seconds_to_wait(slot)
        if seconds:
            raise TooEarly(seconds)
        bound = self._bound(slot)
        private = open_private(found.pair, secret, bound_to=bound) if found else None
        if found is None or private is None:
            return None
        self._patience.succeeded(slot)
        return self._opened(found, private)

    def _opened(self, slot: Slot, private: bytes) -> bytes:
        """The data key that the file has, of two if it was being changed."""
        coming, bound = self._content.coming, self._bound(slot.slot)
        sealed = [slot.key, coming.keys[slot.slot]] if coming else [slot.key]
        keys = [open_key(one, private, bound_to=bound) for one in sealed]
        present = keys[0]
        if present is None:
            raise KeyFileDamaged(self.keyfile)
        if len(keys) == 1 or keys[1] is None:
            return present
        self._unfinished = (present, keys[1])
        return keys[1] if not fits(self._file, present) and fits(self._file, keys[1]) else present

    def _with_password(self, content: KeyFile, data_key: bytes, slot: str, new: str) -> KeyFile:
        _check_password(new)
        found = self._slot_of_user(slot)
        if found is None:
            raise UnknownUser
        return self._with_slot(content, data_key, slot, found.name, found.role, new)

    def _with_code(self, content: KeyFile, data_key: bytes, code: RecoveryCode) -> KeyFile:
        """`content` with a code that nobody has on paper yet."""
        unprinted = replace(content, sheet_kept=False)
        return self._with_slot(unprinted, data_key, RECOVERY, "", "", code.secret)

    def _with_slot(
        self, content: KeyFile, data_key: bytes, slot: str, name: str, role: str, secret: str
    ) -> KeyFile:
        """`content` with one slot under a new secret, sealed."""
        bound = self._bound(slot)
        pair = new_pair(secret, bound_to=bound, cost=self._cost)
        key = seal_key(data_key, pair.public, bound_to=bound)
        return _grown(content.with_slot(Slot(slot, name, role, pair, key)), data_key)

    def _refuse_taken(self, name: str, *, besides: str = "") -> None:
        if any(slot.name == name and slot.slot != besides for slot in self._now().slots):
            raise SlotTaken(name)

    def _bound(self, slot: str) -> bytes:
        return key_list.bound_to(self.office_id, slot)

    def _replace(self, content: KeyFile) -> None:
        with as_sentences(self.keyfile):
            write_keyfile(self.keyfile, content)
        self._content = content


def _grown(content: KeyFile, data_key: bytes) -> KeyFile:
    """A changed list has the next number, and its seal."""
    return key_list.sealed_list(replace(content, number=content.number + 1), data_key)


def _new_slot() -> str:
    return secrets.token_hex(8)


def _check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort


def _check_words(name: str, role: str) -> None:
    for words, longest in ((name, LONGEST_NAME), (role, LONGEST_ROLE)):
        if len(words) > longest:
            raise NameTooLong(words, longest)
