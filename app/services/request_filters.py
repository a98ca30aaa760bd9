"""Which requests: one WHERE for the board, the table, its file and the counts.

Open requests that were merged into another are not shown: they go on with it and come back to
the board when it is done, because everybody who asked is called back.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.models import Origin
from app.services import calendar, search
from app.services.request_due import ASKED, BEFORE_CLOSED
from app.services.request_rows import LIVE
from app.storage.lookup import Lookup, Sql, all_of, any_of, contains, one_of
from app.values.addresses import parse_address
from app.values.text import tidy


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestFilter:
    """What is shown; empty tuples and False let everything through.

    `due_soon`: due today or on the next working day; with `overdue` either of both.
    """

    grid_ids: tuple[int, ...] = ()
    category_ids: tuple[int, ...] = ()
    origins: tuple[Origin, ...] = ()
    flagged: bool = False
    due_soon: bool = False
    overdue: bool = False
    text: str = ""


ALL = RequestFilter()
_SHOWN = Sql("request.merged_into_id IS NULL OR request.state IN ('done', 'called_back', 'closed')")


def conditions(lookup: Lookup, chosen: RequestFilter, *, today: date) -> list[Sql]:
    """What a filter asks, without the state."""
    where = [LIVE, _SHOWN]
    if chosen.grid_ids:
        where.append(one_of("request.grid_id", chosen.grid_ids))
    if chosen.category_ids:
        where.append(one_of("request.category_id", chosen.category_ids))
    if chosen.origins:
        where.append(one_of("request.origin", [origin.value for origin in chosen.origins]))
    if chosen.flagged:
        where.append(Sql("request.flagged_on IS NOT NULL"))
    if chosen.due_soon or chosen.overdue:
        where.append(any_of(_due(lookup, chosen, today)))
    if chosen.text.strip():
        where.append(_with_text(lookup, tidy(chosen.text)))
    return where


def open_states() -> Sql:
    """The request is not closed."""
    return one_of("request.state", [state.value for state in BEFORE_CLOSED])


def on_board() -> list[Sql]:
    """The requests that stand on the board, whatever the filter."""
    return [LIVE, _SHOWN, open_states()]


def _due(lookup: Lookup, chosen: RequestFilter, today: date) -> list[Sql]:
    asked = one_of("request.state", [state.value for state in ASKED])
    found: list[Sql] = []
    if chosen.overdue:
        late = Sql("request.due_on < ?", (today.isoformat(),))
        found.append(all_of([asked, late]))
    if chosen.due_soon:
        last = calendar.work_calendar(lookup).working_day(today, 1)
        soon = Sql(
            "request.due_on >= ? AND request.due_on < ?",
            (today.isoformat(), (last + timedelta(days=1)).isoformat()),
        )
        found.append(all_of([asked, soon]))
    return found


def _with_text(lookup: Lookup, text: str) -> Sql:
    """Number, order, name, place or content; people as the search box finds them."""
    found = [
        contains(f"request.{column}", text)
        for column in ("title", "body", "place", "person", "handler", "order_number")
    ]
    if text.isascii() and text.isdigit():
        found.append(Sql("request.number = ?", (int(text),)))
    found.append(one_of("request.resident_id", search.find_ids(lookup, text).ids))
    address = parse_address(text)
    if address.building:
        found.append(_at(address.building, address.unit))
    return any_of(found)


def _at(building: str, unit: str) -> Sql:
    here = Sql("request.building_id IN (SELECT id FROM building WHERE number = ?)", (building,))
    return all_of([here, Sql("request.unit = ?", (unit,))]) if unit else here
