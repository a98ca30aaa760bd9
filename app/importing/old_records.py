"""The records of an .xls, looked at for the counts by which the library takes memory."""

import struct

from app.importing.container import Broken

_RECORD = struct.Struct("<HH")
_PLACE = struct.Struct("<HH")
_BEGIN, _EXTENT, _STRINGS = 0x0809, 0x0200, 0x00FC
# Blank, number, label, error, formula, several numbers, several blanks, shared label, rich label.
_CELLS = {0x0201, 0x0203, 0x0204, 0x0205, 0x0006, 0x00BD, 0x00BE, 0x00FD, 0x00D6, 0x027E}


def farthest_cell(stream: bytes, most: int) -> tuple[int, int] | None:
    """Row and column, from 0, of the corner of a sheet that spans more than `most` places.

    Raises Broken where a count cannot be right.
    """
    row = column = at = 0
    while at + 4 <= len(stream):
        kind, length = _RECORD.unpack_from(stream, at)
        at += 4
        if kind == _BEGIN:
            row = column = 0
        elif kind in _CELLS and length >= 4:
            own_row, own_column = _PLACE.unpack_from(stream[at : at + 4].ljust(4, b"\0"))
            row, column = max(row, own_row), max(column, own_column)
            if (row + 1) * (column + 1) > most:
                return row, column
        elif kind in (_EXTENT, _STRINGS):
            _check_count(kind, stream[at : at + length], len(stream), most)
        at += length
    return None


def _check_count(kind: int, record: bytes, length: int, most: int) -> None:
    if kind == _STRINGS and len(record) >= 8:
        # A string has three bytes at the least.
        if int.from_bytes(record[4:8], "little") > length:
            raise Broken
    elif kind == _EXTENT and len(record) >= 10:
        form = "<IIHH" if len(record) >= 14 else "<HHHH"
        first_row, last_row, first_column, last_column = struct.unpack_from(form, record)
        if (last_row - first_row + 1) * (last_column - first_column + 1) > most:
            raise Broken
