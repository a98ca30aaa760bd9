"""The number of the list of users that the file knows; the key file has the same (vault.py).

It stands in the header of the file: it is part of each transaction and of each backup.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.storage.lookup import Lookup, Sql

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def list_number(lookup: Lookup) -> int:
    """0 in a file that never had one."""
    return int(lookup.value(Sql("PRAGMA user_version")))


def set_list_number(session: Session, number: int) -> None:
    """Saved with the transaction."""
    session.connection().exec_driver_sql(f"PRAGMA user_version = {number}")
