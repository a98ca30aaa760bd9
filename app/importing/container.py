"""The container of old Office files, gone through before the library follows its links.

The library follows chains of sectors wherever they lead, and believes every count: a chain that
comes back to itself, or a number with one wrong bit, takes all memory, and then the whole program
ends without a word. [MS-CFB] tells where the links stand.
"""

import struct
from collections.abc import Iterator, Sequence

_END, _LAST_SECTOR = 0xFFFFFFFE, 0xFFFFFFFA
_FREE = 0xFFFFFFFF
_HEADER = struct.Struct("<30xHH6xIIII4xIIII")
_IN_HEADER = 109
_ENTRY, _MINI, _SMALL = 128, 64, 4096
_STREAM, _ROOT = 2, 5
_TABLES = ("workbook", "book")
_MACROS = "_vba_project_cur"


class Broken(ValueError):
    """A link or a count that cannot be right."""


def table_stream(content: bytes) -> bytes:
    """The stream with the sheets, once all that the library follows was found to end.

    Raises Broken; b'' where the container holds no sheets.
    """
    container = _Container(content)
    streams = {name: (start, size) for name, start, size in container.entries()}
    if _MACROS in streams:
        for start, size in streams.values():
            container.read(start, size)
    found = [container.read(*streams[name]) for name in _TABLES if name in streams]
    return found[0] if found else b""


class _Container:
    def __init__(self, content: bytes) -> None:
        if len(content) < 512:
            raise Broken
        self._content = content
        header = _HEADER.unpack_from(content)
        shift, mini_shift, directories, fats, first_entry, _, *others = header
        mini_start, minis, more_start, more = others
        if (shift, mini_shift) not in ((9, 6), (12, 6)):
            raise Broken
        self._size = 1 << shift
        # The header takes the place of one sector; the last one may be cut.
        self._count = -(-len(content) // self._size) - 1
        if max(directories, fats, minis, more) > self._count:
            raise Broken
        self._next = self._table(self._places(more_start))
        self._directory = self._joined(first_entry)
        self._mini_next = _numbers(self._joined(mini_start))
        root = next(iter(self._raw_entries()), None)
        if root is None or root[1] != _ROOT:
            raise Broken
        self._small = self._joined(root[2])
        self._require_size(root[3])

    def entries(self) -> Iterator[tuple[str, int, int]]:
        """Name in lower case, first sector, length of each stream and storage."""
        for name, kind, start, size in self._raw_entries():
            if kind == _STREAM or name == _MACROS:
                yield name, start, size if kind == _STREAM else 0

    def read(self, start: int, size: int) -> bytes:
        self._require_size(size)
        if size == 0:
            return b""
        if size >= _SMALL:
            return self._joined(start)[:size]
        count = -(-len(self._small) // _MINI)
        places = _chain(start, self._mini_next, count)
        return b"".join(self._small[one * _MINI : (one + 1) * _MINI] for one in places)[:size]

    def _require_size(self, size: int) -> None:
        if size > len(self._content):
            raise Broken

    def _raw_entries(self) -> Iterator[tuple[str, int, int, int]]:
        for at in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            entry = self._directory[at : at + _ENTRY]
            length = min(int.from_bytes(entry[64:66], "little"), 64)
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace").lower()
            # Files of 512-byte sectors use the lower half of the length only.
            width = 4 if self._size == 512 else 8
            start = int.from_bytes(entry[116:120], "little")
            yield name, entry[66], start, int.from_bytes(entry[120 : 120 + width], "little")

    def _places(self, more: int) -> list[int]:
        """Where the table of links stands: 109 places in the header, others in a chain."""
        places = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        seen = 0
        while more < _LAST_SECTOR:
            seen += 1
            if seen > self._count:
                raise Broken
            *found, more = _numbers(self._sector(more))
            places += found
        return [place for place in places if place != _FREE]

    def _table(self, places: Sequence[int]) -> list[int]:
        if len(places) > self._count:
            raise Broken
        return [number for place in places for number in _numbers(self._sector(place))]

    def _joined(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._next, self._count)))

    def _sector(self, place: int) -> bytes:
        if place >= self._count:
            raise Broken
        return self._content[(place + 1) * self._size : (place + 2) * self._size]


def _chain(start: int, following: Sequence[int], count: int) -> list[int]:
    found: list[int] = []
    while start != _END:
        if start >= min(count, len(following)) or len(found) > count:
            raise Broken
        found.append(start)
        start = following[start]
    return found


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
