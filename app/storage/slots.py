"""One key slot: the data key, wrapped under a password or a recovery code.

AES-256-GCM with a key from Argon2id (RFC 9106). The heavy libraries are imported when a password
is used, not when the program starts.
"""

import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from typing import Any

NONCE_BYTES = 12
SALT_BYTES = 16


@dataclass(frozen=True)
class Cost:
    """What one try at a password costs: Argon2id passes, KiB of memory, lanes."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


# For tests only: a real office uses Cost().
WEAK_COST = Cost(passes=1, memory_kib=8, lanes=1)


@dataclass(frozen=True)
class WrappedKey:
    """A data key that only the right secret opens."""

    cost: Cost
    salt: bytes
    nonce: bytes
    sealed: bytes

    def to_json(self) -> dict[str, Any]:
        return {
            "argon2id": asdict(self.cost),
            "salt": b64encode(self.salt).decode(),
            "nonce": b64encode(self.nonce).decode(),
            "sealed": b64encode(self.sealed).decode(),
        }

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> "WrappedKey":
        """Raises KeyError, TypeError or ValueError if the facts are not those of a slot."""
        return cls(
            Cost(**facts["argon2id"]),
            *(b64decode(facts[name], validate=True) for name in ("salt", "nonce", "sealed")),
        )


def wrap(data_key: bytes, secret: str, *, bound_to: bytes, cost: Cost) -> WrappedKey:
    """Seal `data_key`; `bound_to` (office and slot) keeps it from being moved elsewhere."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_derive(secret, salt, cost)).encrypt(nonce, data_key, bound_to)
    return WrappedKey(cost, salt, nonce, sealed)


def unwrap(wrapped: WrappedKey, secret: str, *, bound_to: bytes) -> bytes | None:
    """The data key, or None if the secret is not the right one."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = _derive(secret, wrapped.salt, wrapped.cost)
    try:
        return AESGCM(key).decrypt(wrapped.nonce, wrapped.sealed, bound_to)
    except InvalidTag:
        return None


def _derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # NFKC: digits typed full-width with a Chinese input method are the same digits.
    return hash_secret_raw(
        unicodedata.normalize("NFKC", secret).encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )
