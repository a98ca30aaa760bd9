"""Reading the small CSV tables of facts in resources/data."""

import csv
from collections.abc import Iterator

from app.paths import resources


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Rows of resources/data/<name>.csv; lines starting with # tell the source."""
    path = resources() / "data" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(line for line in file if not line.startswith("#"))
