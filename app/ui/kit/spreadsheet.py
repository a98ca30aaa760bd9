"""A table of texts as .xlsx, for WPS and Excel: numbers of documents and phones stay text."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.errors import DomainError
from app.ui.kit.files import put_in_place, why_not_written

SHEET = "居民"
# What spreadsheets refuse in the name of a sheet.
_SIGNS_OF_SHEETS = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
WIDEST = 48
EVERY = 500
"""Rows between two reports of progress."""


def write_xlsx(
    file: Path,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    progress: Callable[[int, int], object],
    above: Sequence[str] = (),
    sheet: str = SHEET,
) -> None:
    """Write one sheet. The file appears whole or not at all; DomainError if it cannot be written.

    `above` are lines over the headings (title, filter in words), `sheet` what the sheet is called.
    `progress(done, total)` may raise to stop.
    """
    try:
        # Made beside the file: people's data in the clear goes only where it was asked for.
        with TemporaryDirectory(prefix=".导出-", dir=file.parent) as place:
            draft = Path(place) / file.name
            _write(draft, headings, rows, progress, above, sheet)
            put_in_place(draft, file)
    except OSError as error:
        raise DomainError(why_not_written(error, file)) from error
    except FileCreateError as error:
        # The library hands the system's own error on inside its own.
        inner = error.args[0] if error.args else None
        fault = inner if isinstance(inner, OSError) else OSError()
        raise DomainError(why_not_written(fault, file)) from error


def _write(
    draft: Path,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    progress: Callable[[int, int], object],
    above: Sequence[str],
    name: str,
) -> None:
    options = {
        "constant_memory": True,
        "tmpdir": str(draft.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(str(draft), options)
    try:
        sheet = book.add_worksheet(_SIGNS_OF_SHEETS.sub("", name)[:_LONGEST_NAME] or SHEET)
        text = book.add_format({"num_format": "@", "valign": "vcenter"})
        for column, width in enumerate(_widths(headings, rows)):
            sheet.set_column(column, column, width, text)
        sheet.freeze_panes(len(above) + 1, 1)
        sheet.autofilter(len(above), 0, len(above) + len(rows), len(headings) - 1)
        _write_head(book, sheet, headings, above)
        _write_rows(sheet, rows, progress, text, len(above) + 1)
    finally:
        try:
            book.close()
        finally:
            _let_go(book)


def _write_head(
    book: xlsxwriter.Workbook, sheet: Worksheet, headings: Sequence[str], above: Sequence[str]
) -> None:
    for line, words in enumerate(above):
        sheet.write_string(line, 0, words, book.add_format({"bold": line == 0}))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDF0F3"})
    for column, words in enumerate(headings):
        sheet.write_string(len(above), column, words, head)


def _write_rows(
    sheet: Worksheet,
    rows: Sequence[Sequence[str]],
    progress: Callable[[int, int], object],
    text: Format,
    top: int,
) -> None:
    for number, row in enumerate(rows, start=1):
        if number % EVERY == 0:
            progress(number, len(rows))
        for column, words in enumerate(row):
            if words:
                sheet.write_string(top + number - 1, column, words, text)


def _let_go(book: xlsxwriter.Workbook) -> None:
    """After a fault the library keeps its own draft open, and Windows then keeps the folder."""
    for sheet in book.worksheets():
        draft = getattr(sheet, "row_data_fh", None)
        if draft is not None:
            with suppress(OSError):
                draft.close()


def _widths(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Wide enough for the first thousand rows, in the units of a spreadsheet."""
    widths = [_units(words) for words in headings]
    for row in rows[:1000]:
        widths = [max(width, _units(text)) for width, text in zip(widths, row, strict=True)]
    return [min(width, WIDEST) + 2 for width in widths]


def _units(text: str) -> int:
    """Chinese characters are two digits wide."""
    return sum(1 if ord(character) < 0x2E80 else 2 for character in text)
