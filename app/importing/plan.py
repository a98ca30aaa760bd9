"""Where each field stands in a table, looked up once instead of for every row."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.importing.cells import Cell, Row, at, column_letters
from app.importing.fields import TAG_TICK
from app.importing.layout import Table

Told = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns by field; `ticks` are the columns that name a tag in their heading."""

    where: dict[str, int]
    several: dict[str, tuple[int, ...]]
    ticks: tuple[tuple[int, str], ...]

    def has(self, field: str) -> bool:
        return field in self.where

    def told(self, row: Row) -> Told:
        """The cells of a row by field, of the first column where a field has several."""
        try:
            return {field: row[index] for field, index in self.where.items()}
        except IndexError:
            # Rows of text files end with their last filled cell.
            return {field: at(row, index) for field, index in self.where.items()}

    def cell(self, row: Row, field: str) -> Cell:
        """The cell of a field, '' when the table has no such column."""
        index = self.where.get(field, -1)
        return row[index] if 0 <= index < len(row) else ""

    def cells(self, row: Row, field: str) -> list[Cell]:
        """The cells of a field that may have several columns."""
        columns = self.several.get(field)
        return [at(row, index) for index in columns] if columns else []

    def letters(self, field: str) -> str:
        """The column letters of a field, '' when the table has no such column."""
        return column_letters(self.where[field]) if field in self.where else ""


def plan_of(table: Table) -> Plan:
    where: dict[str, int] = {}
    several: dict[str, list[int]] = {}
    ticks: list[tuple[int, str]] = []
    for column in table.columns:
        if column.field.startswith(TAG_TICK):
            ticks.append((column.index, column.field.removeprefix(TAG_TICK)))
        elif column.field:
            where.setdefault(column.field, column.index)
            several.setdefault(column.field, []).append(column.index)
    return Plan(where, {field: tuple(places) for field, places in several.items()}, tuple(ticks))
