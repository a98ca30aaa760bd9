"""Requests as the board, the table and the card show them."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.models import RequestState
from app.services import calendar, request_rows
from app.services.chunks import chunks
from app.services.request_detail import (
    ExtensionView,
    RequestDetail,
    detail,
)
from app.services.request_due import ASKED, DueWords, Words
from app.services.request_filters import ALL, RequestFilter, conditions, on_board, open_states
from app.services.request_rows import LIVE, PLACES, BoardCard, RequestRow, rows
from app.services.request_rules import RequestAction, next_action
from app.storage.lookup import (
    Lookup,
    Source,
    Sql,
    day_of,
    lookup_of,
    one_of,
    query,
)

__all__ = [
    "ALL",
    "BY_BOARD",
    "Board",
    "BoardCard",
    "BoardColumn",
    "DueWords",
    "ExtensionView",
    "RequestAction",
    "RequestDetail",
    "RequestFilter",
    "RequestOrder",
    "RequestOrderKey",
    "RequestRow",
    "board",
    "by_state",
    "detail",
    "list_ids",
    "next_action",
    "open_count",
    "rows",
]

COLUMNS: dict[RequestState, str] = {
    RequestState.REGISTERED: "待受理",
    RequestState.ACCEPTED: "定人",
    RequestState.HANDLING: "在办",
    RequestState.ESCALATED: "街道",
    RequestState.DONE: "待回访",
    RequestState.CALLED_BACK: "满意度",
}
"""The columns of the board, and who or what each waits for."""


class RequestOrderKey(enum.StrEnum):
    """What the table can be sorted by; BOARD is by column, and in it what is most pressing."""

    BOARD = "board"
    NUMBER = "number"
    CAME = "came"
    DUE = "due"
    CATEGORY = "category"
    GRID = "grid"
    PLACE = "place"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RequestOrder:
    key: RequestOrderKey = RequestOrderKey.BOARD
    descending: bool = False


BY_BOARD = RequestOrder()


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column: how many stand in it, and the most pressing of them."""

    state: RequestState
    waits_for: str
    total: int
    cards: tuple[BoardCard, ...]


@dataclass(frozen=True, slots=True)
class Board:
    columns: tuple[BoardColumn, ...]
    closed_this_month: int
    open_total: int
    overdue: int
    due_today: int

    @property
    def sentence(self) -> str:
        """在办 21 件，超期 1 件，今天到期 3 件."""
        said = f"在办 {self.open_total:,} 件"
        said += f"，超期 {self.overdue:,} 件" if self.overdue else ""
        return said + (f"，今天到期 {self.due_today:,} 件" if self.due_today else "")


def board(
    source: Source, chosen: RequestFilter = ALL, *, today: date, per_column: int = 50
) -> Board:
    """The six columns of what is open, and how many were closed this month."""
    lookup = lookup_of(source)
    where = conditions(lookup, chosen, today=today)
    totals = _totals(lookup, where, today)
    words = Words(calendar.work_calendar(lookup), today)
    ids = {
        state: _ids(lookup, [*where, _in(state)], _PRESSING, (today.isoformat(),) * 2, per_column)
        for state in COLUMNS
    }
    cards = request_rows.cards(lookup, [one for some in ids.values() for one in some], words)
    return Board(
        tuple(
            BoardColumn(state, waits_for, totals[state][0], tuple(cards[one] for one in ids[state]))
            for state, waits_for in COLUMNS.items()
        ),
        _closed_since(lookup, chosen, today),
        sum(count for count, _, _ in totals.values()),
        sum(late for _, late, _ in totals.values()),
        sum(due for _, _, due in totals.values()),
    )


def closed_cards(
    source: Source, chosen: RequestFilter = ALL, *, today: date, most: int = 50
) -> tuple[BoardCard, ...]:
    """The cards of what was closed this month, the latest first: read when the strip is opened."""
    lookup = lookup_of(source)
    found = query(
        "request.id, request.closed_on",
        "request",
        _closed(lookup, chosen, today),
        f"ORDER BY request.closed_on DESC, request.number DESC LIMIT {int(most)}",
    )
    days = {key: day_of(closed_on) for key, closed_on in lookup.rows(found)}
    words = Words(calendar.work_calendar(lookup), today)
    known = request_rows.cards(lookup, list(days), words)
    return tuple(
        known[key]._replace(due=words.of(RequestState.CLOSED, None, closed_on=day))
        for key, day in days.items()
    )


def guessed(source: Source, *, today: date) -> bool:
    """Whether the deadline of an open request lies in a year whose holidays are not known."""
    lookup = lookup_of(source)
    last = lookup.value(query("max(request.due_on)", "request", [LIVE, open_states()]))
    days = calendar.work_calendar(lookup)
    return bool(last) and days.guessed(today, max(today, date.fromisoformat(last)))


def people(source: Source, ids: Sequence[int]) -> list[int]:
    """The residents who asked: that their lines were printed or taken out is journaled."""
    lookup = lookup_of(source)
    asked = Sql("request.resident_id IS NOT NULL")
    found = (
        lookup.column(
            query("DISTINCT request.resident_id", "request", [one_of("request.id", part), asked])
        )
        for part in chunks(ids, 500)
    )
    return sorted({one for some in found for one in some})


def open_count(source: Source) -> int:
    """How many requests are open: the figure beside the name of the tab."""
    return int(lookup_of(source).value(query("count(*)", "request", on_board())))


def open_by_grid(source: Source) -> dict[int | None, int]:
    """The same, by grid."""
    counted = query("grid_id, count(*)", "request", on_board(), "GROUP BY grid_id")
    return dict(lookup_of(source).rows(counted))


def by_state(source: Source) -> list[tuple[RequestState, int, date | None]]:
    """Of each column with something in it the count, and the deadline that comes first.

    Nobody has to keep one in 回访: what is left there is to be closed.
    """
    lookup = lookup_of(source)
    counted = query(
        "request.state, count(*), min(request.due_on)",
        "request",
        on_board(),
        "GROUP BY request.state",
    )
    found = {
        RequestState.of(name): (count, day_of(due)) for name, count, due in lookup.rows(counted)
    }
    return [
        (state, found[state][0], found[state][1] if state in ASKED else None)
        for state in COLUMNS
        if state in found
    ]


def list_ids(
    source: Source,
    chosen: RequestFilter = ALL,
    *,
    today: date,
    closed: bool = False,
    order: RequestOrder = BY_BOARD,
) -> Sequence[int]:
    """The ids of the table; with `closed` those that are closed as well."""
    lookup = lookup_of(source)
    where = conditions(lookup, chosen, today=today)
    if not closed:
        where.append(open_states())
    by, values, joined = _order(order, today)
    found = query("request.id", f"request {joined}", where, f"ORDER BY {by}")
    return list(lookup.column(Sql(found.text, (*found.values, *values))))


_PRESSING = (
    "request.due_on IS NULL OR request.due_on > ?, "
    "CASE WHEN request.due_on <= ? THEN request.due_on END, "
    "request.flagged_on IS NULL, request.due_on, request.number"
)
"""What is overdue, what is due today, what is flagged, the rest by its deadline."""


def _in(state: RequestState) -> Sql:
    return Sql("request.state = ?", (state.value,))


def _totals(
    lookup: Lookup, where: Sequence[Sql], today: date
) -> dict[RequestState, tuple[int, int, int]]:
    """By column how many there are, how many overdue, how many due today."""
    found = dict.fromkeys(COLUMNS, (0, 0, 0))
    counted = query(
        "request.state, count(*), "
        "sum(CASE WHEN request.due_on < ? THEN 1 ELSE 0 END), "
        "sum(CASE WHEN request.due_on = ? THEN 1 ELSE 0 END)",
        "request",
        [*where, open_states()],
        "GROUP BY request.state",
    )
    day = today.isoformat()
    for name, count, late, due in lookup.rows(Sql(counted.text, (day, day, *counted.values))):
        state = RequestState.of(name)
        found[state] = (count, late or 0, due or 0) if state in ASKED else (count, 0, 0)
    return found


def _closed_since(lookup: Lookup, chosen: RequestFilter, today: date) -> int:
    return int(lookup.value(query("count(*)", "request", _closed(lookup, chosen, today))))


def _closed(lookup: Lookup, chosen: RequestFilter, today: date) -> list[Sql]:
    """Closed this month, in the grids, of the kinds and origins that are chosen."""
    month = Sql("request.closed_on BETWEEN ? AND ?", (f"{today:%Y-%m}-01", today.isoformat()))
    shown = RequestFilter(
        grid_ids=chosen.grid_ids, category_ids=chosen.category_ids, origins=chosen.origins
    )
    return [month, *conditions(lookup, shown, today=today)]


def _ids(
    lookup: Lookup, where: Iterable[Sql], by: str, values: tuple[str, ...], most: int
) -> list[int]:
    found = query("request.id", "request", where, f"ORDER BY {by} LIMIT {int(most)}")
    return list(lookup.column(Sql(found.text, (*found.values, *values))))


_ORDERS = {
    RequestOrderKey.NUMBER: ("request.number", ""),
    RequestOrderKey.CAME: ("request.came_at", ""),
    RequestOrderKey.DUE: ("request.due_on", ""),
    RequestOrderKey.CATEGORY: (
        "category.position",
        "LEFT JOIN category ON category.id = request.category_id",
    ),
    RequestOrderKey.GRID: ("grid.number", "LEFT JOIN grid ON grid.id = request.grid_id"),
    RequestOrderKey.PLACE: ("building.number", PLACES),
    RequestOrderKey.CLOSED: ("request.closed_on", ""),
}
_BY_STATE = (
    "CASE request.state "
    + " ".join(f"WHEN '{state.value}' THEN {place}" for place, state in enumerate(RequestState))
    + " END"
)


def _order(order: RequestOrder, today: date) -> tuple[str, tuple[str, ...], str]:
    """ORDER BY, its values, and the table that it needs."""
    way = "DESC" if order.descending else "ASC"
    if order.key is RequestOrderKey.BOARD:
        return f"{_BY_STATE} {way}, {_PRESSING}", (today.isoformat(),) * 2, ""
    column, joined = _ORDERS[order.key]
    return f"{column} IS NULL, {column} {way}, request.number {way}", (), joined
