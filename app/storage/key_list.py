"""The list of who may open the file, sealed under the data key.

Without the seal, whoever can write the key file could add a public key of his own and wait until
the data key is changed and sealed for him too.
"""

import hashlib
import hmac
import json
from dataclasses import replace

from app.storage.keyfile import Coming, KeyFile
from app.storage.slots import seal_key


def sealed_list(content: KeyFile, data_key: bytes) -> KeyFile:
    """`content` with the seal of its present slots."""
    return replace(content, mac=_mac(content, data_key))


def is_genuine(content: KeyFile, data_key: bytes) -> bool:
    """Whether nobody without the data key changed the list; False under another data key."""
    return hmac.compare_digest(content.mac, _mac(content, data_key))


def with_coming(content: KeyFile, data_key: bytes) -> KeyFile:
    """`content` with `data_key` as the next one, sealed for everybody on the list."""
    keys = {
        slot.slot: seal_key(
            data_key, slot.pair.public, bound_to=bound_to(content.office_id, slot.slot)
        )
        for slot in content.all_slots()
    }
    return replace(content, coming=Coming(keys, _mac(content, data_key)))


def settled(content: KeyFile, data_key: bytes) -> KeyFile:
    """`content` with one data key only: `data_key`, the coming or the present one."""
    coming = content.coming
    if coming is not None and hmac.compare_digest(coming.mac, _mac(content, data_key)):
        return replace(content.with_keys(coming.keys), mac=coming.mac, coming=None)
    return replace(content, coming=None)


def bound_to(office_id: bytes, slot: str) -> bytes:
    """What keeps a slot's seals from being moved to another slot or office."""
    return office_id + slot.encode()


def _mac(content: KeyFile, data_key: bytes) -> bytes:
    # A key of its own: what encrypts the file seals nothing else.
    key = hmac.digest(data_key, b"linli key list" + content.office_id, hashlib.sha256)
    people = [
        [slot.slot, slot.name, slot.role, slot.pair.public.hex()] for slot in content.all_slots()
    ]
    listed = json.dumps([content.number, people], ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, listed.encode(), hashlib.sha256)
