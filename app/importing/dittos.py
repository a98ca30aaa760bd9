"""Ditto marks: 同上 and its signs say what the cell above says."""

from collections.abc import Sequence
from dataclasses import replace

from app.importing.cells import Cell, Row, at
from app.importing.workbook import Sheet

_MARKS = frozenset(("同上", "同 上", "〃", "″", '"', "”", "“", "''", "〞", "々", "ˮ"))


def without_dittos(sheet: Sheet) -> Sheet:
    """The sheet with every ditto mark replaced by the nearest cell above that is none."""
    rows = list(sheet.rows)
    marked = [index for index, row in enumerate(rows) if not _MARKS.isdisjoint(row)]
    for index in marked:
        rows[index] = [_told(rows, index, column) for column in range(len(rows[index]))]
    return replace(sheet, rows=tuple(rows)) if marked else sheet


def _told(rows: Sequence[Row], index: int, column: int) -> Cell:
    """Rows above are replaced already, so one step up is enough."""
    cell = rows[index][column]
    is_ditto = isinstance(cell, str) and cell in _MARKS
    return at(rows[index - 1], column) if is_ditto and index else cell
