"""Rows that were not imported, as a sheet that can be corrected in WPS and imported again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, FileSizeError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from app.errors import DomainError
from app.importing.cells import Cell, at, cell_text
from app.importing.fields import OTHER_PERSON, TAG_TICK, field_of_heading, fields
from app.importing.households import HOUSE_FIELDS
from app.importing.layout import Column, Layout, Table
from app.importing.places import named_in
from app.importing.rows import ParsedRow
from app.importing.workbook import Sheet, Workbook

REASON_HEADING = "原因"
ROW_HEADING = "原表行号"
_WIDEST, _NARROWEST = 40, 6
_REASON_WIDTH = 60


def write_leftovers(
    path: Path, workbook: Workbook, layouts: Sequence[Layout], rows: Sequence[ParsedRow]
) -> None:
    """Write `rows` with their own headings, one sheet per sheet they came from, and the reasons.

    Every cell is text, so that numbers of documents and phones survive; household cells that were
    merged or left blank are written out, since the rest of the household is not in this file.
    Raises DomainError when the file cannot be written.
    """
    # In memory: people's data in the clear must not lie about in a folder for temporary files.
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "in_memory": True})
    styles = _Styles(book)
    for sheet, layout in zip(workbook.sheets, layouts, strict=True):
        for number, table in enumerate(layout.tables):
            chosen = [row for row in rows if (row.sheet, row.table) == (sheet.name, number)]
            if chosen:
                _write_table(book, sheet, table, chosen, styles)
    if not book.worksheets():
        book.add_worksheet("没有剩余")
    try:
        book.close()
    except (FileCreateError, FileSizeError) as error:
        raise DomainError(
            f"写不出“{path.name}”：可能正被 WPS 打开，或文件夹不能写。请关闭后再试，或换个位置。"
        ) from error


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        edge = {"border": 1, "valign": "vcenter", "num_format": "@"}
        self.heading: Format = book.add_format({**edge, "bold": True, "bg_color": "#E8EEF4"})
        self.cell: Format = book.add_format(edge)
        self.faulty: Format = book.add_format({**edge, "bg_color": "#FFE3E0"})
        self.reason: Format = book.add_format({**edge, "text_wrap": True, "font_color": "#B3261E"})


@dataclass(frozen=True, slots=True)
class _Shown:
    """One column of the copy: its heading, where its cells come from, its field."""

    heading: str
    source: Column | None
    field: str

    def text(self, row: ParsedRow) -> str:
        own = _shown(at(row.cells, self.source.index)) if self.source else ""
        return own or (str(getattr(row.values, self.field)) if self.field in HOUSE_FIELDS else "")


def _write_table(
    book: xlsxwriter.Workbook,
    sheet: Sheet,
    table: Table,
    rows: Sequence[ParsedRow],
    styles: _Styles,
) -> None:
    page = book.add_worksheet(_free_name(book, sheet.name))
    columns = [*map(_as_shown, table.columns), *_told_elsewhere(sheet, table, rows)]
    headings = [*(column.heading for column in columns), ROW_HEADING, REASON_HEADING]
    for index, heading in enumerate(headings):
        page.write_string(0, index, heading, styles.heading)
    for line, row in enumerate(rows, 1):
        _write_row(page, line, row, columns, styles)
    _set_widths(page, columns, rows)
    page.freeze_panes(1, 0)


def _as_shown(column: Column) -> _Shown:
    """The sheet's own heading where it still says what the column was read as."""
    plain = column.heading.replace("\n", "")
    if field_of_heading(plain) == column.field:
        return _Shown(plain, column, column.field)
    known = fields().get(column.field)
    label = known.label if known else column.field.removeprefix(TAG_TICK)
    return _Shown(plain if column.field in ("", OTHER_PERSON) else label, column, column.field)


def _told_elsewhere(sheet: Sheet, table: Table, rows: Sequence[ParsedRow]) -> list[_Shown]:
    """Grid and home that titles or section rows told: the copy has none of those rows."""
    told = {column.field for column in table.columns}
    named = named_in(sheet.name)
    places = () if told & {"building", "address"} else ("building", "unit", "room")
    return [
        _Shown(fields()[field].label, None, field)
        for field in ("grid", *places)
        if field not in told
        and not getattr(named, field)
        and any(getattr(row.values, field) for row in rows)
    ]


def _free_name(book: xlsxwriter.Workbook, name: str) -> str:
    taken = {page.get_name().lower() for page in book.worksheets()}
    candidate, number = name[:31], 2
    while candidate.lower() in taken:
        suffix = f"({number})"
        candidate, number = name[: 31 - len(suffix)] + suffix, number + 1
    return candidate


def _write_row(
    page: Worksheet, line: int, row: ParsedRow, columns: Sequence[_Shown], styles: _Styles
) -> None:
    faulty = {fault.column for fault in row.faults if fault.column}
    for index, column in enumerate(columns):
        is_faulty = column.source is not None and column.source.letters in faulty
        page.write_string(
            line, index, column.text(row), styles.faulty if is_faulty else styles.cell
        )
    page.write_string(line, len(columns), str(row.row), styles.cell)
    page.write_string(line, len(columns) + 1, "\n".join(row.reasons), styles.reason)


def _shown(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return cell_text(cell)


def _set_widths(page: Worksheet, columns: Sequence[_Shown], rows: Sequence[ParsedRow]) -> None:
    for index, column in enumerate(columns):
        texts = [column.heading, *(column.text(row) for row in rows[:100])]
        widest = max(sum(2 if ord(sign) > 255 else 1 for sign in text) for text in texts)
        page.set_column(index, index, min(max(widest + 2, _NARROWEST), _WIDEST))
    page.set_column(len(columns) + 1, len(columns) + 1, _REASON_WIDTH)
