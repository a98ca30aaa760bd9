"""The recovery code: the office's spare key, printed on paper and kept in the safe."""

import secrets
from dataclasses import dataclass

# Without 0, 1, O and I, which look alike in handwriting and print: 24 of 32 signs are 120 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS = 6
GROUP_LENGTH = 4


@dataclass(frozen=True)
class RecoveryCode:
    """Six groups of four signs."""

    groups: tuple[str, ...]

    @property
    def secret(self) -> str:
        return "".join(self.groups)

    def __str__(self) -> str:
        return "-".join(self.groups)

    @classmethod
    def draw(cls) -> "RecoveryCode":
        """A new random code."""
        signs = [secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP_LENGTH)]
        return cls._of("".join(signs))

    @classmethod
    def read(cls, typed: str) -> "RecoveryCode | None":
        """The code as somebody typed it, in any case and spacing; None if it cannot be one."""
        signs = "".join(sign for sign in typed.upper() if sign.isalnum())
        fits = len(signs) == GROUPS * GROUP_LENGTH and set(signs) <= set(ALPHABET)
        return cls._of(signs) if fits else None

    @classmethod
    def _of(cls, signs: str) -> "RecoveryCode":
        starts = range(0, len(signs), GROUP_LENGTH)
        return cls(tuple(signs[start : start + GROUP_LENGTH] for start in starts))
