"""A table of texts as .xlsx, for WPS and Excel: numbers of documents and phones stay text.

The frame of the workbook comes from XlsxWriter; the rows are streamed into it in memory. That is
six times faster than the library's own rows, and nothing of them lies on a disk on the way.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from app.ui.kit.files import write_whole
from app.values.stamp import Stamp

SHEET = "居民"
TOLD = "导出说明"
"""The sheet that says who took whole numbers out."""
# What spreadsheets refuse in the name of a sheet.
_SIGNS_OF_SHEETS = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
WIDEST = 48
MEASURED = 1000
"""So many rows tell how wide the columns are."""
EVERY = 500
"""Rows between two reports of progress."""
_LONGEST_CELL = 32_767
_LONGEST_HEAD = 200
_A4 = 9
# Longer ones are somebody's number, not a count.
_FIGURES = 9
# 1,356.00, -4.00: as money is written.
_MONEY = re.compile(r"-?\d{1,9}\.\d\d")
_SHEET_PART = "xl/worksheets/sheet1.xml"
# XML has no place for these; and spreadsheets read _x0041_ as the sign with that number.
_NO_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_A_SIGN = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
Rows = Iterable[Sequence[str]]
Report = Callable[[int, int], object]


def write_xlsx(
    file: Path,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    progress: Report,
    above: Sequence[str] = (),
    sheet: str = SHEET,
) -> None:
    """Write one sheet. The file appears whole or not at all; DomainError if it cannot be written.

    `above` are lines over the headings (title, filter in words), `sheet` what the sheet is called.
    `progress(done, total)` may raise to stop.
    """
    data = make_xlsx(headings, rows, count=len(rows), progress=progress, above=above, sheet=sheet)
    write_whole(file, data)


def make_xlsx(
    headings: Sequence[str],
    rows: Rows,
    *,
    count: int,
    progress: Report,
    above: Sequence[str] = (),
    sheet: str = SHEET,
    stamp: Stamp | None = None,
) -> bytes:
    """The workbook itself; `rows` may be read while it is written, `count` tells how many.

    With a `stamp` every printed page says who took the numbers out, and a sheet of its own.
    """
    coming = iter(rows)
    first = list(islice(coming, MEASURED))
    frame = _frame(headings, first, count, above, sheet, stamp)
    told = _told(chain(first, coming), count, progress)
    return _filled(frame, told, top=len(above) + 2)


def _told(rows: Rows, count: int, progress: Report) -> Iterator[Sequence[str]]:
    for number, row in enumerate(rows, start=1):
        if number % EVERY == 0:
            progress(number, count)
        yield row


# -- the frame: everything but the rows


def _frame(
    headings: Sequence[str],
    first: Rows,
    count: int,
    above: Sequence[str],
    name: str,
    stamp: Stamp | None,
) -> BytesIO:
    frame = BytesIO()
    with xlsxwriter.Workbook(frame, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_SIGNS_OF_SHEETS.sub("", name)[:_LONGEST_NAME] or SHEET)
        text = book.add_format({"num_format": "@", "valign": "vcenter"})
        for column, width in enumerate(_widths(headings, first)):
            sheet.set_column(column, column, width, text)
        sheet.freeze_panes(len(above) + 1, 1)
        sheet.autofilter(len(above), 0, len(above) + count, len(headings) - 1)
        _write_head(book, sheet, headings, above)
        _set_paper(sheet, len(above))
        if stamp is not None:
            _mark(sheet, stamp)
            _tell(book, stamp)
    return frame


def _write_head(
    book: xlsxwriter.Workbook, sheet: Worksheet, headings: Sequence[str], above: Sequence[str]
) -> None:
    for line, words in enumerate(above):
        sheet.write_string(line, 0, words, book.add_format({"bold": line == 0}))
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EDF0F3"})
    for column, words in enumerate(headings):
        sheet.write_string(len(above), column, words, head)


def _set_paper(sheet: Worksheet, head: int) -> None:
    """Printed in WPS it stands on A4, as wide as the sheet, with its headings on every page."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def _mark(sheet: Worksheet, stamp: Stamp) -> None:
    """Who, when and what for, on every printed page."""
    line = f"{stamp.office}　{stamp.line}"[:_LONGEST_HEAD].replace("&", "&&")
    sheet.set_header(f"&L{line}")
    sheet.set_footer("&L内含个人信息，用后收好&R第 &P 页　共 &N 页")


def _tell(book: xlsxwriter.Workbook, stamp: Stamp) -> None:
    """The same in a sheet behind the others."""
    told = book.add_worksheet(TOLD)
    told.set_column(0, 0, 12, book.add_format({"bold": True, "valign": "top"}))
    told.set_column(1, 1, 70, book.add_format({"num_format": "@", "text_wrap": True}))
    for line_number, (label, words) in enumerate(stamp.facts):
        told.write_string(line_number, 0, label)
        told.write_string(line_number, 1, words)


def _widths(headings: Sequence[str], rows: Rows) -> list[int]:
    """Wide enough for these rows, in the units of a spreadsheet."""
    widths = [_units(words) for words in headings]
    for row in rows:
        widths = [max(width, _units(text)) for width, text in zip(widths, row, strict=True)]
    return [min(width, WIDEST) + 2 for width in widths]


def _units(text: str) -> int:
    """Chinese characters are two digits wide."""
    return sum(1 if ord(character) < 0x2E80 else 2 for character in text)


# -- the rows


def _filled(frame: BytesIO, rows: Iterator[Sequence[str]], *, top: int) -> bytes:
    """The frame with its rows, the first of them in line `top`."""
    full = BytesIO()
    with ZipFile(frame) as parts, ZipFile(full, "w", ZIP_DEFLATED) as book:
        for part in parts.infolist():
            if part.filename == _SHEET_PART:
                _fill(book, parts.read(part), rows, top)
            else:
                book.writestr(part, parts.read(part), ZIP_DEFLATED)
    return full.getvalue()


def _fill(book: ZipFile, frame: bytes, rows: Iterator[Sequence[str]], top: int) -> None:
    head, end, tail = frame.partition(b"</sheetData>")
    style = re.search(rb'<col [^>]*style="(\d+)"', head)
    mark = f's="{style[1].decode()}" ' if style else ""
    with book.open(_SHEET_PART, "w", force_zip64=True) as part:
        # What the frame takes for its size is without the rows.
        part.write(re.sub(rb'<dimension ref="[^"]*"/>', b"", head))
        for number, row in enumerate(rows, start=top):
            part.write(_line(number, row, mark).encode())
        part.write(end + tail)


def _line(number: int, row: Sequence[str], mark: str) -> str:
    cells = (
        f'<c r="{_column(place)}{number}" {mark}t="inlineStr">'
        f'<is><t xml:space="preserve">{_safe(text)}</t></is></c>'
        for place, text in enumerate(row)
        if text
    )
    return f'<row r="{number}">{"".join(cells)}</row>'


@cache
def _column(place: int) -> str:
    """A, B ... AA"""
    name: str = xl_col_to_name(place)
    return name


def _safe(text: str) -> str:
    text = _NO_SIGNS.sub("", text[:_LONGEST_CELL])
    return escape(_LIKE_A_SIGN.sub(r"_x005F_\1", text) if "_x" in text else text)


# -- several small sheets


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One sheet of a workbook: its name, the lines over the headings, headings, rows."""

    name: str
    above: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def make_book(sheets: Sequence[BookSheet], stamp: Stamp | None = None) -> bytes:
    """A workbook of several sheets: plain figures and money are numbers there, all else is text.

    With a `stamp` every printed page says who took the numbers out, and a sheet of its own.
    """
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        for one in sheets:
            sheet = book.add_worksheet(one.name[:_LONGEST_NAME])
            _write_sheet(book, sheet, one)
            if stamp is not None:
                _mark(sheet, stamp)
        if stamp is not None:
            _tell(book, stamp)
    return made.getvalue()


def _write_sheet(book: xlsxwriter.Workbook, sheet: Worksheet, told: BookSheet) -> None:
    head = len(told.above)
    text = book.add_format({"num_format": "@", "valign": "vcenter"})
    money = book.add_format({"num_format": "#,##0.00", "valign": "vcenter"})
    for column, width in enumerate(_widths(told.headings, told.rows[:MEASURED])):
        sheet.set_column(column, column, width)
    _write_head(book, sheet, told.headings, told.above)
    for line, row in enumerate(told.rows, start=head + 1):
        for column, words in enumerate(row):
            figure = words.replace(",", "")
            if figure.isdecimal() and len(figure) <= _FIGURES:
                sheet.write_number(line, column, int(figure))
            elif _MONEY.fullmatch(figure):
                sheet.write_number(line, column, float(figure), money)
            else:
                sheet.write_string(line, column, _NO_SIGNS.sub("", words)[:_LONGEST_CELL], text)
    sheet.freeze_panes(head + 1, 1)
    _set_paper(sheet, head)
