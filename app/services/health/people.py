"""Whom the checks look at, in SQL."""

# ruff: noqa: S608 - statements are put together from the program's own words alone

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.services.filters import PRESENT
from app.storage.lookup import Sql, lookup_of

KEPT = "resident.deleted_at IS NULL AND resident.erased_on IS NULL"
"""Everybody of whom the office keeps data, also those who left."""
COUNTED = f"{PRESENT} AND resident.erased_on IS NULL"
"""Who counts."""
BORN = "replace(resident.birth_date || '', '-', '')"
"""19560118."""


def select_people(
    session: Session, columns: str, where: str, values: Sequence[Any] = ()
) -> Iterator[tuple[Any, ...]]:
    """Rows of residents by id; `columns` and `where` are the program's own words."""
    sql = f"SELECT {columns} FROM resident WHERE {where} ORDER BY resident.id"
    return lookup_of(session).rows(Sql(sql, tuple(values)))
