"""Holds what the program read of a foreign roster against what is true of it."""

from typing import Any

from tests.importing.foreign.cells import Roster
from tests.importing.foreign.people import PAIRS, Truth

_STATED = {
    "name": "name",
    "sex": "sex",
    "birth": "birth_date",
    "number": "document_number",
    "phones": "phones",
    "building": "building",
    "unit": "unit",
    "room": "room",
    "grid": "grid",
    "ethnic": "ethnic_group",
    "party": "political_status",
    "relation": "relation",
    "tags": "tags",
    "residence": "residence_status",
}
_REFUSED = ("fault", "question")
Row = dict[str, Any]


def findings(roster: Roster, result: dict[str, Any]) -> list[str]:
    """Everything that is wrong, one line each: nothing missing, altered, refused or invented."""
    sheets = {sheet["name"]: sheet for sheet in result["sheets"]}
    wrong = [f"no sheet {page.name}" for page in roster.pages if page.name not in sheets]
    for page in roster.pages:
        found = sheets.get(page.name, {}).get("heading_rows", [])
        if page.is_roster and not set(page.heading_rows[:1]) <= set(found):
            wrong.append(f"{page.name}: headings in {found}, not in {page.heading_rows}")
    return wrong + _rows_wrong(roster, result["rows"])


def _rows_wrong(roster: Roster, rows: list[Row]) -> list[str]:
    truths = [truth for page in roster.pages for truth in page.truths]
    matched, left = _match(truths, rows)
    wrong = [f"invented {_where(row)} {row['values']['name']}" for row in left]
    partners = {
        truth.person.serial: matched.get(position)
        for position, truth in enumerate(truths)
        if not truth.person.fault
    }
    excused = []
    for position, truth in enumerate(truths):
        row, fault = matched.get(position), truth.person.fault
        if row is None:
            wrong.append(f"missing {truth.page} {truth.row} {truth.person.name}")
        elif fault in PAIRS:
            pair = [one for one in (row, partners.get(truth.person.partner)) if one]
            excused += [one for one in pair if fault in one["kinds"]]
            if not any(_is_refused_for(one, fault) for one in pair):
                wrong.append(f"not found: {fault} at {_where(row)}")
        elif fault and not _is_refused_for(row, fault):
            wrong.append(f"not found: {fault} at {_where(row)}, but {row['kinds']}")
    for position, truth in enumerate(truths):
        row = matched.get(position)
        if row is not None and not truth.person.fault:
            wrong += _altered(truth, row, is_excused=any(row is one for one in excused))
    return wrong


def _match(truths: list[Truth], rows: list[Row]) -> tuple[dict[int, Row], list[Row]]:
    """Rows of the result for the lines that were written; those of one line are told by name."""
    places: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        places.setdefault((row["sheet"], row["row"]), []).append(row)
    matched = {}
    for position, truth in enumerate(truths):
        here = places.get((truth.page, truth.row), [])
        named = [row for row in here if row["values"]["name"] == truth.person.name]
        if chosen := (named or here)[:1]:
            matched[position] = chosen[0]
            here[:] = [row for row in here if row is not chosen[0]]
    return matched, [row for here in places.values() for row in here]


def _is_refused_for(row: Row, fault: str) -> bool:
    return fault in row["kinds"] and row["state"] in _REFUSED


def _where(row: Row) -> str:
    return f"{row['sheet']} {row['row']}"


def _altered(truth: Truth, row: Row, *, is_excused: bool) -> list[str]:
    wrong = []
    if row["kinds"] and not is_excused:
        wrong.append(f"refused {_where(row)}: {row['kinds']} {row['reasons']}")
    for stated, key in _STATED.items():
        value = getattr(truth.person, stated) if stated in truth.states else ""
        if _plain(value) != _plain(row["values"][key]):
            wrong.append(f"altered {_where(row)}: {key} {row['values'][key]!r}, not {value!r}")
    return wrong


def _plain(value: object) -> object:
    """Dates and grids as text; a list in any order; nothing is nothing, however it is written."""
    if isinstance(value, list | tuple):
        return sorted(map(str, value))
    return [] if value in (None, "") else [str(value)]
