"""What stands in a key file: JSON with a checksum, so that damage is no 'wrong password'."""

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.storage.atomic import write_atomically
from app.storage.connection import SALT_BYTES
from app.storage.faults import Lost, StorageFault
from app.storage.slots import WrappedKey

FORMAT = "linli-key"
VERSION = 1


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
    slot: str
    name: str
    role: str
    wrapped: WrappedKey


@dataclass(frozen=True)
class KeyFile:
    """`office_id`: the salt of the file that this key file opens."""

    office_id: bytes
    slots: tuple[Slot, ...]
    recovery: WrappedKey | None
    sheet_kept: bool = False
    """Whether the recovery code was proved to be on paper."""

    def slot(self, slot: str) -> Slot | None:
        return next((own for own in self.slots if own.slot == slot), None)

    def with_slot(self, slot: Slot) -> "KeyFile":
        return replace(self, slots=(*self.slots, slot))

    def without(self, slot: str) -> "KeyFile":
        return replace(self, slots=tuple(own for own in self.slots if own.slot != slot))

    def with_wrapped(self, slot: str, wrapped: WrappedKey) -> "KeyFile":
        slots = (replace(own, wrapped=wrapped) if own.slot == slot else own for own in self.slots)
        return replace(self, slots=tuple(slots))

    def with_recovery(self, wrapped: WrappedKey) -> "KeyFile":
        return replace(self, recovery=wrapped, sheet_kept=False)

    def with_sheet_kept(self) -> "KeyFile":
        return replace(self, sheet_kept=True)


def write_keyfile(file: Path, content: KeyFile) -> None:
    """Write whole or not at all; raises OSError."""
    facts = {
        "format": FORMAT,
        "version": VERSION,
        "office": content.office_id.hex(),
        "slots": [_slot_to_json(slot) for slot in content.slots],
        "recovery": content.recovery.to_json() if content.recovery else None,
        "sheet_kept": content.sheet_kept,
    }
    facts["checksum"] = _checksum(facts)
    write_atomically(file, json.dumps(facts, ensure_ascii=False, indent=1).encode())


def read_keyfile(file: Path) -> KeyFile:
    """Raises KeyFileMissing, KeyFileDamaged or KeyFileNewer."""
    try:
        facts: Any = json.loads(file.read_bytes())
        if facts["format"] == FORMAT and facts["version"] > VERSION:
            raise KeyFileNewer(file, facts["version"])
        if facts["checksum"] != _checksum(facts):
            raise KeyFileDamaged(file)
        return _from_json(facts)
    except FileNotFoundError as error:
        raise KeyFileMissing(file) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise KeyFileDamaged(file) from error


def _from_json(facts: dict[str, Any]) -> KeyFile:
    office_id = bytes.fromhex(facts["office"])
    if len(office_id) != SALT_BYTES:
        raise ValueError("an office id has 16 bytes")
    slots = tuple(
        Slot(slot["slot"], slot["name"], slot["role"], WrappedKey.from_json(slot["key"]))
        for slot in facts["slots"]
    )
    recovery = facts["recovery"]
    wrapped = WrappedKey.from_json(recovery) if recovery else None
    return KeyFile(office_id, slots, wrapped, facts.get("sheet_kept") is True)


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    return {
        "slot": slot.slot,
        "name": slot.name,
        "role": slot.role,
        "key": slot.wrapped.to_json(),
    }


def _checksum(facts: dict[str, Any]) -> str:
    body = {name: value for name, value in facts.items() if name != "checksum"}
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
