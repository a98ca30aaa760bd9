"""Writing the pages of a foreign roster as the files that offices keep."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import xlwt

from tests.importing.foreign.people import Page


def write_xlsx(path: Path, pages: Sequence[Page]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for page in pages:
        sheet = book.create_sheet(page.name)
        for number, row in enumerate(page.cells, 1):
            for column, cell in enumerate(row, 1):
                if cell is None:
                    continue
                written = sheet.cell(number, column, cell)
                if isinstance(cell, date | datetime):
                    written.number_format = "yyyy/m/d"
                elif isinstance(cell, str):
                    written.number_format = "@"
        for merge in page.merges:
            sheet.merge_cells(merge)
        if page.hidden:
            sheet.sheet_state = "hidden"
    book.save(path)


def write_xls(path: Path, pages: Sequence[Page]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    days = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for page in pages:
        sheet = book.add_sheet(page.name)
        merged = {merge: _corners(merge) for merge in page.merges}
        starts = {(top, left): area for area in merged.values() for top, _, left, _ in [area]}
        for number, row in enumerate(page.cells):
            for column, cell in enumerate(row):
                if cell is None:
                    continue
                if isinstance(cell, date):
                    sheet.write(number, column, cell, days)
                elif (number, column) in starts:
                    sheet.write_merge(*starts[number, column], cell)
                else:
                    sheet.write(number, column, cell)
    book.save(str(path))


def _corners(merge: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = openpyxl.utils.range_boundaries(merge)
    return top - 1, bottom - 1, left - 1, right - 1


def write_text(path: Path, page: Page, encoding: str, delimiter: str) -> None:
    text = io.StringIO(newline="")
    rows = [["" if cell is None else _as_text(cell) for cell in row] for row in page.cells]
    csv.writer(text, delimiter=delimiter).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


def _as_text(cell: object) -> str:
    """As Excel shows a cell when it saves text."""
    if isinstance(cell, float) and cell > 1e11:
        return f"{cell:.5E}".replace("E+", "E+")
    if isinstance(cell, date):
        return f"{cell.year}/{cell.month}/{cell.day}"
    return str(cell)
