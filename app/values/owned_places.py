"""Parts of a building that somebody owns (专有部分): flats, and shops or garages by their names."""

import re

from app.values.addresses import Address
from app.values.text import tidy

_NOT_FLATS = re.compile("商|铺|门市|网点|车库|车位|仓|储藏|地下室|写字间|办公")
_LONGEST = 20


def owned_place(read: Address, written: str) -> Address | None:
    """A flat as it was read, a shop as it is written (3号楼商铺2); None for neither."""
    if read.room:
        return read
    words = tidy(written)
    if _NOT_FLATS.search(words) and len(words) <= _LONGEST:
        return Address(room=words)
    return None
