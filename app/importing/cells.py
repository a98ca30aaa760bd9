"""Cells of a sheet: their type, their text, their letters."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = Sequence[Cell]
EMPTY: Row = ()


@cache
def column_letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA, as WPS shows them."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A -> 0, AA -> 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_text(cell: Cell) -> str:
    """The cell as WPS shows it: whole numbers without a point, dates as 1955-03-15."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and (not cell or cell.isspace())


def at(row: Row, index: int) -> Cell:
    """The cell at an index, '' beyond the end of the row."""
    return row[index] if 0 <= index < len(row) else ""
