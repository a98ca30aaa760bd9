"""Trying an import without an office's file: what `python -m app import FILE --dry-run` prints."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from app.importing.layout import Layout, recognise_all
from app.importing.parse import parse_rows
from app.importing.rows import ParsedRow, RowValues
from app.importing.workbook import read_workbook


def dry_run(path: Path, today: date) -> dict[str, object]:
    """One JSON object: sheets, rows with state, kinds, reasons and values, and counts.

    Raises DomainError when the file cannot be read.
    """
    workbook = read_workbook(path)
    layouts = recognise_all(workbook)
    rows = parse_rows(workbook, layouts, today=today)
    return {
        "file": path.name,
        "sheets": [_sheet(layout) for layout in layouts],
        "rows": [_row(row) for row in rows],
        "counts": _counts(rows),
    }


def _sheet(layout: Layout) -> dict[str, object]:
    return {
        "name": layout.sheet,
        "heading_rows": list(layout.heading_rows),
        "columns": layout.columns,
        "used": layout.used,
        "hidden": layout.hidden,
    }


def _row(row: ParsedRow) -> dict[str, object]:
    return {
        "sheet": row.sheet,
        "row": row.row,
        "state": "new" if row.state == "good" else row.state,
        "kinds": list(row.kinds),
        "reasons": list(row.reasons),
        "values": _values(row.values),
    }


def _values(values: RowValues) -> dict[str, object]:
    told: dict[str, object] = values._asdict()
    told["birth_date"] = values.birth_date.isoformat() if values.birth_date else ""
    if values.consent_on is None:
        del told["consent_on"]
    else:
        told["consent_on"] = values.consent_on.isoformat()
    told["phones"] = list(values.phones)
    told["tags"] = list(values.tags)
    told["grid"] = int(values.grid) if values.grid.isdigit() else values.grid
    return told


def _counts(rows: Sequence[ParsedRow]) -> dict[str, object]:
    states = Counter("new" if row.state == "good" else row.state for row in rows)
    kinds = Counter(kind for row in rows for kind in row.kinds)
    names = ("new", "update", "unchanged", "question", "fault")
    households = {row.values.household_key for row in rows if row.values.household_key}
    return {
        "rows": len(rows),
        **{name: states[name] for name in names},
        "households": len(households),
        "kinds": dict(sorted(kinds.items())),
    }
