"""What the import wizard knows, and the slow steps between its pages. No widgets here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.importing.cells import column_index
from app.importing.fields import OTHER_PERSON, TAG_TICK, fields
from app.importing.layout import Column, Layout, recognise_all, with_columns
from app.importing.workbook import Sheet, Workbook, read_workbook, without_blank_tail
from app.services.import_layouts import find_layout, remember_layout
from app.storage.engine import Database
from app.ui.kit.background import Progress

UNUSED = "不用这一列"
Rows = list[list[str]]
"""A table as it comes from the clipboard."""


@dataclass(frozen=True)
class Reading:
    """A file that was read, and what was recognised in it."""

    file: Path
    workbook: Workbook
    layouts: tuple[Layout, ...]

    @property
    def used(self) -> tuple[Layout, ...]:
        return tuple(layout for layout in self.layouts if layout.used)

    def layout(self, sheet: str) -> Layout:
        return next(layout for layout in self.layouts if layout.sheet == sheet)

    def rows_of(self, layout: Layout) -> int:
        """How many rows stand under the headings of a sheet, blank ones not counted."""
        sheet = next(one for one in self.workbook.sheets if one.name == layout.sheet)
        seen = {
            number
            for table in layout.tables
            for number in range(table.first, table.last + 1)
            if sheet.rows[number]
        }
        return len(seen)

    @property
    def heading_words(self) -> str:
        """表头在第 2–3 行，共 5 张表."""
        if not self.used:
            return "没有认出居民表"
        rows = sorted({row for layout in self.used for row in layout.heading_rows})
        if not rows:
            return f"没有表头，按内容认列，共 {len(self.used)} 张表"
        where = f"{rows[0]}–{rows[-1]}" if len(rows) > 1 else f"{rows[0]}"
        return f"表头在第 {where} 行，共 {len(self.used)} 张表"

    def with_field(self, sheet: str, letters: str, field: str) -> "Reading":
        """A column gets another meaning, in this sheet and in all with the same headings."""
        mark = self.layout(sheet).fingerprint
        layouts = tuple(
            replace(with_columns(one, {letters: field}), used=one.used)
            if one.sheet == sheet or (mark and one.fingerprint == mark)
            else one
            for one in self.layouts
        )
        return replace(self, layouts=layouts)

    def with_cell(self, sheet: str, number: int, letters: str, text: str) -> "Reading":
        """A cell gets another text: row as WPS counts, column by its letters."""
        sheets = []
        for one in self.workbook.sheets:
            if one.name == sheet:
                row = list(one.rows[number - 1])
                index = column_index(letters)
                row += [""] * (index + 1 - len(row))
                row[index] = text
                one = replace(one, rows=(*one.rows[: number - 1], row, *one.rows[number:]))
            sheets.append(one)
        return replace(self, workbook=replace(self.workbook, sheets=tuple(sheets)))

    def with_used(self, sheet: str, used: bool) -> "Reading":
        """Read a sheet, or leave it out."""
        layouts = (replace(one, used=used) if one.sheet == sheet else one for one in self.layouts)
        return replace(self, layouts=tuple(layouts))

    @property
    def corrected(self) -> dict[str, dict[str, str]]:
        """Fingerprint -> letters -> field, for every layout that a user put right."""
        return {
            layout.fingerprint: {c.letters: c.field for c in columns_of(layout)}
            for layout in self.used
            if layout.fingerprint
            and any(column.source in ("user", "remembered") for column in columns_of(layout))
        }


def columns_of(layout: Layout) -> tuple[Column, ...]:
    """Every column of a sheet once, also where several tables stand in it."""
    found: dict[int, Column] = {}
    for table in layout.tables:
        for column in table.columns:
            found.setdefault(column.index, column)
    return tuple(found[index] for index in sorted(found))


def heading_of(column: Column) -> str:
    """The lowest line of a heading, without the line breaks that narrow cells have."""
    return "".join(column.heading.rsplit("/", 1)[-1].split())


def label_of(field: str) -> str:
    """How a field is called on the screen."""
    if not field:
        return UNUSED
    if field == OTHER_PERSON:
        return "别人的资料，不用"
    if field.startswith(TAG_TICK):
        return f"标签：{field.removeprefix(TAG_TICK)}"
    return fields()[field].label


def field_of_label(label: str) -> str:
    """The field that a label on the screen means."""
    if label in ("", UNUSED):
        return ""
    if label.startswith("标签："):
        return TAG_TICK + label.removeprefix("标签：")
    return next((key for key, field in fields().items() if field.label == label), "")


def read_file(database: Database, file: Path, progress: Progress) -> Reading:
    """Read and recognise a file. Raises DomainError with a sentence when it is no roster."""
    progress(0, 0, "正在读取文件…")
    return _recognised(database, read_workbook(file), progress)


def read_rows(database: Database, rows: Rows, file: Path, progress: Progress) -> Reading:
    """Recognise a table that was copied in WPS; `file` is where it would lie if it had been one."""
    sheet = Sheet(file.stem, without_blank_tail(rows))
    return _recognised(database, Workbook(file, (sheet,)), progress)


def _recognised(database: Database, workbook: Workbook, progress: Progress) -> Reading:
    progress(0, 0, "正在认表头…")
    layouts = recognise_all(workbook)
    with database.reading() as session:
        remembered = {
            mark: dict(found)
            for mark in {layout.fingerprint for layout in layouts if layout.fingerprint}
            if (found := find_layout(session, mark))
        }
    layouts = tuple(_as_remembered(layout, remembered) for layout in layouts)
    progress.check()
    return Reading(workbook.path, workbook, layouts)


def _as_remembered(layout: Layout, remembered: Mapping[str, Mapping[str, str]]) -> Layout:
    mapping = remembered.get(layout.fingerprint)
    return with_columns(layout, mapping, source="remembered") if mapping else layout


def keep_corrections(session: Session, reading: Reading, *, now: datetime) -> None:
    """Remember the columns that were put right, for the next file with these headings."""
    for mark, columns in reading.corrected.items():
        remember_layout(session, mark, columns, now=now)
