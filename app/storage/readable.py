"""Values that the program cannot read: a day that is none, a word outside its list.

SQLite keeps whatever is written into a column. What came past the models would stop the window
that meets it; here it is counted, column by column, in one reading of each table.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Enum, Integer, String, Table
from sqlalchemy.types import TypeEngine

from app.models import all_tables


def unreadable(connection: Any) -> Iterator[tuple[str, str, int]]:
    """Table, column and how many values, through a raw connection to a file of this schema."""
    for table, names, counting in _countings():
        counts = connection.execute(counting).fetchone()
        for name, count in zip(names, counts, strict=True):
            if count:
                yield table, name, count


@cache
def _countings() -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Table, columns and the SELECT that counts, of all tables where something can be wrong."""
    return tuple(
        (table.name, tuple(conditions), _counting(table, conditions))
        for table in all_tables()
        if "module" not in table.info and (conditions := _conditions(table))
    )


def _conditions(table: Table) -> dict[str, str]:
    """By column; not of those where every value can be read."""
    return {column.name: words for column in table.columns if (words := _wrong(column))}


def _counting(table: Table, conditions: dict[str, str]) -> str:
    sums = ", ".join(f"coalesce(sum({words}), 0)" for words in conditions.values())
    return f'SELECT {sums} FROM "{table.name}"'  # noqa: S608 - names of the models


def _wrong(column: Column[Any]) -> str:
    """SQL that is true of a value which cannot be read; '' where every value can be."""
    name = f'"{column.name}"'
    told = _of_kind(column.type, name)
    return f"({name} IS NOT NULL AND {told})" if told else ""


def _of_kind(kind: TypeEngine[Any], name: str) -> str:
    # Only a day that exists comes back from the calendar as it went in.
    if isinstance(kind, DateTime):
        second = f"substr({name}, 1, 19)"
        return f"(datetime({second}) IS NULL OR datetime({second}) <> {second})"
    if isinstance(kind, Date):
        return f"(date({name}) IS NULL OR date({name}) <> {name})"
    if isinstance(kind, Enum):
        return f"{name} NOT IN ({', '.join(map(_quoted, kind.enums))})"
    if isinstance(kind, JSON):
        return f"NOT json_valid({name})"
    if isinstance(kind, Integer | Boolean):
        return f"typeof({name}) <> 'integer'"
    # A number becomes a text by itself, bytes do not.
    return f"typeof({name}) = 'blob'" if isinstance(kind, String) else ""


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
