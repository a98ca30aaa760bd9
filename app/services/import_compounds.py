"""Estates (小区) with the same building numbers: 海棠苑 3 and 望海花园 3 are two buildings."""

from collections import defaultdict
from collections.abc import Sequence

from app.importing.rows import ParsedRow


def distinguished(parsed: Sequence[ParsedRow]) -> list[ParsedRow]:
    """Rows whose building number stands for several estates get the estate into the number."""
    estates: defaultdict[str, set[str]] = defaultdict(set)
    for row in parsed:
        if row.values.building:
            estates[row.values.building].add(row.values.compound)
    shared = {number for number, names in estates.items() if len(names - {""}) > 1}
    return [_told_apart(row) if row.values.building in shared else row for row in parsed]


def _told_apart(row: ParsedRow) -> ParsedRow:
    number = f"{row.values.compound}{row.values.building}"[-20:]
    return row._replace(values=row.values._replace(building=number, compound=""))
