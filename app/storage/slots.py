"""One key slot: a key pair whose private half a password or a recovery code opens.

The data key is sealed to the public half, so that it can be changed without anybody's password.
Argon2id (RFC 9106) and AES-256-GCM keep the private half; X25519, HKDF-SHA256 and AES-256-GCM seal
the data key. The heavy libraries are imported when a password is used, not at the start.
"""

import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from typing import Any

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
SEALED_BYTES = KEY_BYTES + 16
"""A key and the tag of GCM."""

# The key of a sealed data key is used once, for nothing else: its nonce need not differ.
_ONCE = bytes(NONCE_BYTES)
# What a key file may ask for: one that asks for more is damaged, or made to stop the program.
_MOST_PASSES, _MOST_KIB, _MOST_LANES = 20, 1024 * 1024, 16


@dataclass(frozen=True)
class Cost:
    """What one try at a password costs: Argon2id passes, KiB of memory, lanes."""

    passes: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


# For tests only: a real office uses Cost().
WEAK_COST = Cost(passes=1, memory_kib=8, lanes=1)


@dataclass(frozen=True)
class SealedKey:
    """A data key that only the private half of one pair opens."""

    ephemeral: bytes
    sealed: bytes

    def to_json(self) -> dict[str, str]:
        return {"ephemeral": _text(self.ephemeral), "sealed": _text(self.sealed)}

    @classmethod
    def from_json(cls, facts: Any) -> "SealedKey":
        """Raises KeyError, TypeError or ValueError if the facts are not those of a sealed key."""
        return cls(
            read_bytes(facts["ephemeral"], KEY_BYTES), read_bytes(facts["sealed"], SEALED_BYTES)
        )


@dataclass(frozen=True)
class KeyPair:
    """The public half in clear, the private one under a secret."""

    cost: Cost
    salt: bytes
    nonce: bytes
    private: bytes
    """sealed"""
    public: bytes

    def to_json(self) -> dict[str, Any]:
        return {
            "argon2id": asdict(self.cost),
            "salt": _text(self.salt),
            "nonce": _text(self.nonce),
            "private": _text(self.private),
            "public": _text(self.public),
        }

    @classmethod
    def from_json(cls, facts: Any) -> "KeyPair":
        """Raises KeyError, TypeError or ValueError if the facts are not those of a pair."""
        return cls(
            _read_cost(facts["argon2id"]),
            read_bytes(facts["salt"], SALT_BYTES),
            read_bytes(facts["nonce"], NONCE_BYTES),
            read_bytes(facts["private"], SEALED_BYTES),
            read_bytes(facts["public"], KEY_BYTES),
        )


def new_pair(secret: str, *, bound_to: bytes, cost: Cost) -> KeyPair:
    """A pair for `secret`; `bound_to` (office and slot) keeps it from being moved elsewhere."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    own = X25519PrivateKey.generate()
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_derive(secret, salt, cost)).encrypt(nonce, own.private_bytes_raw(), bound_to)
    return KeyPair(cost, salt, nonce, sealed, own.public_key().public_bytes_raw())


def open_private(pair: KeyPair, secret: str, *, bound_to: bytes) -> bytes | None:
    """The private half, or None if the secret is not the right one."""
    return _opened(_derive(secret, pair.salt, pair.cost), pair.nonce, pair.private, bound_to)


def seal_key(data_key: bytes, public: bytes, *, bound_to: bytes) -> SealedKey:
    """Seal `data_key` to the public half of a pair; raises ValueError for a weak one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (
        X25519PrivateKey,
        X25519PublicKey,
    )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    key = _shared_key(shared, ephemeral + public)
    return SealedKey(ephemeral, AESGCM(key).encrypt(_ONCE, data_key, bound_to))


def open_key(sealed: SealedKey, private: bytes, *, bound_to: bytes) -> bytes | None:
    """The data key, or None if it was sealed to another pair."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import (
        X25519PrivateKey,
        X25519PublicKey,
    )

    own = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(sealed.ephemeral))
    except ValueError:
        # A point of low order: nobody sealed anything with it.
        return None
    public = own.public_key().public_bytes_raw()
    return _opened(_shared_key(shared, sealed.ephemeral + public), _ONCE, sealed.sealed, bound_to)


def read_bytes(text: Any, length: int) -> bytes:
    """`length` bytes from base64; raises ValueError or TypeError."""
    if not isinstance(text, str):
        raise TypeError("base64 is text")
    found = b64decode(text, validate=True)
    if len(found) != length:
        raise ValueError(f"{length} bytes expected")
    return found


def _text(content: bytes) -> str:
    return b64encode(content).decode()


def _read_cost(facts: Any) -> Cost:
    names = ("passes", "memory_kib", "lanes")
    passes, memory, lanes = numbers = [facts[name] for name in names]
    if any(type(number) is not int for number in numbers):
        raise TypeError("costs are whole numbers")
    fits = 1 <= passes <= _MOST_PASSES and 1 <= lanes <= _MOST_LANES
    if not (fits and 8 * lanes <= memory <= _MOST_KIB):
        raise ValueError("no key file of ours costs that")
    return Cost(passes, memory, lanes)


def _opened(key: bytes, nonce: bytes, sealed: bytes, bound_to: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(nonce, sealed, bound_to)
    except InvalidTag:
        return None


def _shared_key(shared: bytes, halves: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt=None, info=b"linli data key" + halves).derive(shared)


def _derive(secret: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    # NFKC: digits typed full-width with a Chinese input method are the same digits.
    return hash_secret_raw(
        unicodedata.normalize("NFKC", secret).encode(errors="surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
