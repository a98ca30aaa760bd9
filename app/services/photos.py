"""Photographs of diary lines and requests: how many are kept, and how large they may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.errors import DomainError

MOST_PHOTOS = 6
LARGEST_PHOTO = 300_000
"""Bytes; windows scale pictures down to it."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph with the moment at which it was kept, as JPEG."""

    id: int
    taken_at: datetime
    jpeg: bytes


def check(what: str, count: int, added: Sequence[bytes]) -> None:
    """Raise DomainError where `what` (一条日记) would have too many, or one is too large."""
    if count > MOST_PHOTOS:
        raise DomainError(f"{what}最多放 {MOST_PHOTOS} 张照片，请先去掉几张。")
    if any(len(jpeg) > LARGEST_PHOTO for jpeg in added):
        raise DomainError("照片太大，没有保存。请换一张小一些的。")
