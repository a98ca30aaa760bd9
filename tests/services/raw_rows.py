"""Rows as SQL, past all services: what a file would hold that something has spoilt."""

from typing import Any


def row_of(table: str, **values: Any) -> str:
    """An INSERT; a text that begins with a bracket or NULL stands as it is."""
    shown = ", ".join(
        str(one) if not isinstance(one, str) or one[0] in "(N'" else f"'{one}'"
        for one in values.values()
    )
    return f"INSERT INTO {table} ({', '.join(values)}) VALUES ({shown})"
