"""What stands in a key file: JSON with a checksum, so that damage is no 'wrong password'."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.storage.atomic import write_atomically
from app.storage.connection import SALT_BYTES
from app.storage.faults import Lost, StorageFault
from app.storage.slots import KeyPair, SealedKey

FORMAT = "linli-key"
VERSION = 1
RECOVERY = "recovery"
"""The slot of the printed code, beside those of the users."""
MAC_BYTES = 32
# A key file of 200 users has 150 KB.
_MOST_BYTES = 4 * 1024 * 1024
LONGEST_NAME, LONGEST_ROLE, _LONGEST_SLOT = 40, 20, 40


class KeyFileMissing(Lost):
    def __init__(self, keyfile: Path) -> None:
        super().__init__(
            f"找不到密钥文件“{keyfile.name}”，没有它打不开资料。它应与资料文件放在同一个文件夹："
            "请把它放回去，或从备份中取回（每份备份里都有）。"
        )


class KeyFileDamaged(Lost):
    def __init__(self, keyfile: Path) -> None:
        super().__init__(
            f"密钥文件“{keyfile.name}”已损坏，打不开资料。"
            "请从最近的备份中取回同名的文件覆盖它，再打开程序。"
        )


class KeyFileNewer(StorageFault):
    def __init__(self, keyfile: Path, version: int) -> None:
        super().__init__(
            f"密钥文件“{keyfile.name}”由更新的程序写成"
            f"（密钥格式 {version}，本程序认识到 {VERSION}）。请安装新版程序后再打开。"
        )


@dataclass(frozen=True)
class Slot:
    """One way in: whose it is, the key pair, and the data key sealed to it."""

    slot: str
    name: str
    role: str
    pair: KeyPair
    key: SealedKey


@dataclass(frozen=True)
class Coming:
    """The next data key while the file is being encrypted anew: sealed for every slot."""

    keys: Mapping[str, SealedKey]
    mac: bytes


@dataclass(frozen=True)
class KeyFile:
    """`office_id`: the salt of the file that this key file opens."""

    office_id: bytes
    slots: tuple[Slot, ...] = ()
    recovery: Slot | None = None
    sheet_kept: bool = False
    """Whether the recovery code was proved to be on paper."""
    number: int = 0
    """Grows with every change of the slots: tells an older key file from the present one."""
    mac: bytes = bytes(MAC_BYTES)
    """Over the slots' names and public keys, under the data key (key_list.py)."""
    coming: Coming | None = None

    def slot(self, slot: str) -> Slot | None:
        return next((own for own in self.all_slots() if own.slot == slot), None)

    def all_slots(self) -> tuple[Slot, ...]:
        """Those of the users, then that of the recovery code."""
        return (*self.slots, self.recovery) if self.recovery else self.slots

    def with_slot(self, slot: Slot) -> "KeyFile":
        """In the place of the one with the same id, or as the last."""
        if slot.slot == RECOVERY:
            return replace(self, recovery=slot)
        if self.slot(slot.slot) is None:
            return replace(self, slots=(*self.slots, slot))
        slots = (slot if own.slot == slot.slot else own for own in self.slots)
        return replace(self, slots=tuple(slots))

    def without(self, slot: str) -> "KeyFile":
        return replace(self, slots=tuple(own for own in self.slots if own.slot != slot))

    def with_keys(self, keys: Mapping[str, SealedKey]) -> "KeyFile":
        """Every slot with another data key."""
        content = self
        for slot in self.all_slots():
            content = content.with_slot(replace(slot, key=keys[slot.slot]))
        return content


def write_keyfile(file: Path, content: KeyFile) -> None:
    """Write whole or not at all; raises OSError."""
    facts = {
        "format": FORMAT,
        "version": VERSION,
        "office": content.office_id.hex(),
        "number": content.number,
        "slots": [_slot_to_json(slot) for slot in content.slots],
        "recovery": _slot_to_json(content.recovery) if content.recovery else None,
        "sheet_kept": content.sheet_kept,
        "mac": content.mac.hex(),
        "coming": _coming_to_json(content.coming) if content.coming else None,
    }
    facts["checksum"] = _checksum(facts)
    write_atomically(file, json.dumps(facts, ensure_ascii=False, indent=1).encode())


def read_keyfile(file: Path) -> KeyFile:
    """Raises KeyFileMissing, KeyFileDamaged or KeyFileNewer, whatever the file holds."""
    try:
        facts: Any = json.loads(_content(file))
        if facts["format"] == FORMAT and facts["version"] > VERSION:
            raise KeyFileNewer(file, facts["version"])
        if facts["checksum"] != _checksum(facts):
            raise KeyFileDamaged(file)
        return _from_json(facts)
    except FileNotFoundError as error:
        raise KeyFileMissing(file) from error
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise KeyFileDamaged(file) from error


def _content(file: Path) -> bytes:
    with file.open("rb") as stream:
        content = stream.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise ValueError("no key file is that long")
    return content


def _from_json(facts: dict[str, Any]) -> KeyFile:
    slots = tuple(_slot_from_json(slot) for slot in facts["slots"])
    recovery = _slot_from_json(facts["recovery"]) if facts["recovery"] else None
    ids = [slot.slot for slot in slots]
    if len(set(ids)) != len(ids) or RECOVERY in ids:
        raise ValueError("two slots of one id")
    if recovery is not None and recovery.slot != RECOVERY:
        raise ValueError("another slot in the place of the recovery code's")
    content = KeyFile(
        _hex(facts["office"], SALT_BYTES),
        slots,
        recovery,
        facts["sheet_kept"] is True,
        _whole(facts["number"]),
        _hex(facts["mac"], MAC_BYTES),
    )
    return replace(content, coming=_coming_from_json(facts["coming"], content))


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    return {
        "slot": slot.slot,
        "name": slot.name,
        "role": slot.role,
        "pair": slot.pair.to_json(),
        "key": slot.key.to_json(),
    }


def _slot_from_json(facts: Any) -> Slot:
    return Slot(
        _words(facts["slot"], _LONGEST_SLOT),
        _words(facts["name"], LONGEST_NAME),
        _words(facts["role"], LONGEST_ROLE),
        KeyPair.from_json(facts["pair"]),
        SealedKey.from_json(facts["key"]),
    )


def _coming_to_json(coming: Coming) -> dict[str, Any]:
    keys = {slot: key.to_json() for slot, key in coming.keys.items()}
    return {"keys": keys, "mac": coming.mac.hex()}


def _coming_from_json(facts: Any, content: KeyFile) -> Coming | None:
    if facts is None:
        return None
    keys = {
        slot.slot: SealedKey.from_json(facts["keys"][slot.slot]) for slot in content.all_slots()
    }
    return Coming(keys, _hex(facts["mac"], MAC_BYTES))


def _hex(text: Any, length: int) -> bytes:
    found = bytes.fromhex(text)
    if len(found) != length:
        raise ValueError(f"{length} bytes expected")
    return found


def _words(text: Any, longest: int) -> str:
    if not isinstance(text, str) or len(text) > longest:
        raise ValueError("no name of ours")
    # A lone surrogate can neither be shown nor written again.
    text.encode()
    return text


def _whole(number: Any) -> int:
    if type(number) is not int or not 0 <= number < 2**53:
        raise ValueError("no number of ours")
    return number


def _checksum(facts: dict[str, Any]) -> str:
    body = {name: value for name, value in facts.items() if name != "checksum"}
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
