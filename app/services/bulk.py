"""Many rows at once: ids given beforehand, values straight to the driver, one journal entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, insert
from sqlalchemy.orm import Session

from app.models import Base, table_of
from app.storage import journal


def insert_rows(
    session: Session, model: type[Base], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert complete rows that have an `id`; the journal learns of the ids."""
    if rows:
        cells = zip(*rows, strict=True)
        insert_columns(session, model, dict(zip(columns, cells, strict=True)))


def insert_columns(
    session: Session, model: type[Base], by_column: Mapping[str, Sequence[Any]]
) -> None:
    """The same, given as the values of each column: quicker to make where rows are many."""
    table = table_of(model)
    connection = session.connection()
    # Left out, an empty column is NULL as well: the driver takes ten times as long over a NULL
    # as over a text.
    used = [
        column
        for column in table.columns
        if any(value is not None for value in by_column.get(column.name, ()))
    ]
    values = [_encoded(connection, column, by_column[column.name]) for column in used]
    # Without VALUES of its own the statement takes exactly these columns, in the table's order.
    names = [column.name for column in used]
    statement = insert(table).compile(dialect=connection.dialect, column_keys=names)
    connection.exec_driver_sql(str(statement), list(zip(*values, strict=True)))
    journal.record_created(session, model, by_column["id"])


def _encoded(connection: Connection, column: Column[Any], values: Sequence[Any]) -> Sequence[Any]:
    """The values of a column as the driver takes them: dates as the type of the column writes."""
    dialect = connection.dialect
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    return list(map(process, values)) if process else values
