"""Many rows at once: ids given beforehand, values straight to the driver, one journal entry."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from app.models import Base
from app.storage import journal


def next_id(session: Session, model: type[Base]) -> int:
    """The first id that a bulk insert may give; the transaction keeps others from taking it."""
    key = Base.metadata.tables[model.__tablename__].c.id
    return (session.scalar(select(func.max(key))) or 0) + 1


def insert_rows(
    session: Session, model: type[Base], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert complete rows whose first column is `id`; the journal learns of the ids."""
    if not rows:
        return
    table = Base.metadata.tables[model.__tablename__]
    connection = session.connection()
    # Without VALUES of its own the statement takes exactly these columns, in the table's order.
    ordered = [column.name for column in table.columns if column.name in columns]
    statement = insert(table).compile(dialect=connection.dialect, column_keys=ordered)
    place = [columns.index(name) for name in ordered]
    lines = _encoded(session, table, ordered, [[row[i] for i in place] for row in rows])
    connection.exec_driver_sql(str(statement), lines)
    journal.record_created(session, model, [row[0] for row in rows])


def _encoded(
    session: Session, table: Table, columns: Sequence[str], rows: Sequence[list[Any]]
) -> list[tuple[Any, ...]]:
    """The rows as the driver takes them: dates as the type of their column writes them."""
    dialect = session.connection().dialect
    processors = [
        table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in columns
    ]
    busy = [(index, process) for index, process in enumerate(processors) if process]
    encoded = []
    for row in rows:
        for index, process in busy:
            row[index] = process(row[index])
        encoded.append(tuple(row))
    return encoded
