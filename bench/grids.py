"""The page 网格 with three years of work in it: who is due, the board, 幸福账单.

Each floor is SQL by the bare driver on a connection of its own, opened before: the same rows as
plain tuples, without names for states, days in words or dates. For the bill the floor also puts
the same strings on a bare canvas.
"""

from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from app.reports import happiness_bill
from app.services import happiness_paper, periods, request_views, visit_due, visit_rules
from app.services.happiness_paper import BillWish
from app.services.papers import Printing
from app.storage import connection
from app.storage.engine import Database
from bench import office
from bench.desk import KEY
from bench.grid_office import REQUESTS, TODAY, VISITS, grid_office
from bench.harness import Benchmark, seconds
from bench.papers import Strings, bare, strings_of

PERIOD = periods.year_of(TODAY)
PRINTING = Printing(by="赵敏", at=datetime.combine(TODAY, time(9, 30)))
_DAY = TODAY.isoformat()


@cache
def _database() -> Database:
    return office.opened(grid_office())


@cache
def _driver() -> Any:
    return connection.connect(grid_office(), KEY, cache_mib=connection.READER_CACHE_MIB)


def _ask(text: str, values: tuple[Any, ...] = ()) -> list[Any]:
    rows: list[Any] = _driver().execute(text, values).fetchall()
    return rows


# -- who is due


def _due() -> None:
    with _database().lookup() as lookup:
        visit_due.due(lookup, today=TODAY)


@cache
def _due_sql() -> tuple[str, tuple[Any, ...]]:
    """The statement of the list with the rules of today: what is least lies in its execution."""
    with _database().lookup() as lookup:
        last_day = TODAY + timedelta(days=visit_due.HORIZON)
        return visit_due.statement(visit_rules.rules(lookup, TODAY), TODAY, last_day=last_day)


# -- the board


def _board() -> None:
    with _database().lookup() as lookup:
        request_views.board(lookup, today=TODAY)


_STATES = tuple(state.value for state in request_views.COLUMNS)
_CARDS = """
    SELECT request.id, request.number, request.title, building.number, request.unit,
        request.place, category.name, grid.name, request.state, request.due_on, request.extended,
        request.flagged_on, request.reopened, request.level, request.satisfaction, request.version
    FROM request
    LEFT JOIN building ON building.id = request.building_id
    LEFT JOIN category ON category.id = request.category_id
    LEFT JOIN grid ON grid.id = request.grid_id
    WHERE request.state = ? AND request.deleted_at IS NULL
    AND (request.merged_into_id IS NULL OR request.state IN ('done', 'called_back'))
    ORDER BY request.due_on IS NULL OR request.due_on > ?,
        CASE WHEN request.due_on <= ? THEN request.due_on END,
        request.flagged_on IS NULL, request.due_on, request.number
    LIMIT 50
"""
_COUNTS = """
    SELECT state, count(*), sum(due_on < ?), sum(due_on = ?) FROM request
    WHERE state IN ('registered', 'accepted', 'handling', 'escalated', 'done', 'called_back')
    AND deleted_at IS NULL GROUP BY state
"""
_CLOSED = "SELECT count(*) FROM request WHERE closed_on BETWEEN ? AND ? AND deleted_at IS NULL"


def _bare_board() -> None:
    for state in _STATES:
        _ask(_CARDS, (state, _DAY, _DAY))
    _ask(_COUNTS, (_DAY, _DAY))
    _ask(_CLOSED, (f"{TODAY:%Y-%m}-01", _DAY))


# -- the bill of a year


def _bill() -> bytes:
    with _database().reading() as session:
        data = happiness_paper.bill_paper(session, BillWish(period=PERIOD), PRINTING)
    return happiness_bill.render(data)


@cache
def _bill_strings() -> Strings:
    return strings_of(happiness_bill, _bill)


_OF_PERIOD = "deleted_at IS NULL AND came_on BETWEEN ? AND ?"
_CELLS = f"""
    SELECT grid_id, category_id, request.level, count(*), count(request.done_on),
        sum(request.done_on IS NULL AND request.state <> 'closed' AND request.due_on < ?),
        sum(request.done_on <= step.due_on), count(step.due_on), sum(satisfaction = 'content'),
        sum(satisfaction = 'fair'), sum(satisfaction = 'discontent'), sum(reopened > 0)
    FROM request LEFT JOIN request_step AS step
        ON step.request_id = request.id AND step.kind = 'done_step'
    WHERE {_OF_PERIOD} GROUP BY grid_id, category_id, request.level
"""
_SPANS = f"""
    SELECT grid_id, category_id, came_on, done_on, count(*) FROM request
    WHERE {_OF_PERIOD} AND done_on IS NOT NULL
    GROUP BY grid_id, category_id, came_on, done_on
"""
_MONTHS = f"""
    SELECT substr(came_on, 1, 7), count(*), count(done_on) FROM request
    WHERE {_OF_PERIOD} GROUP BY 1
"""
_DANGERS = """
    SELECT grid_id, count(*), count(settled_on) FROM diary_entry
    WHERE deleted_at IS NULL AND hazard_id IS NOT NULL AND on_date BETWEEN ? AND ? GROUP BY grid_id
"""
_SOLVED = f"""
    SELECT request.id, title, answer, level, building_id FROM request
    WHERE {_OF_PERIOD} AND done_on IS NOT NULL AND merged_into_id IS NULL
    ORDER BY done_on DESC, number DESC LIMIT 30
"""


def _bare_bill() -> bytes:
    days = PERIOD.first.isoformat(), PERIOD.last.isoformat()
    _ask(_CELLS, (_DAY, *days))
    for text in (_SPANS, _MONTHS, _DANGERS, _SOLVED):
        _ask(text, days)
    return bare(_bill_strings())


def _floor_of_bill() -> float:
    _bill_strings()
    return seconds(_bare_bill)


def _floor_of_due() -> float:
    statement = _due_sql()
    return seconds(lambda: _ask(*statement))


BENCHMARKS = (
    Benchmark("visits_due_list", "s", VISITS, lambda: seconds(_due), _floor_of_due, at_most=3.0),
    Benchmark(
        "requests_board",
        "s",
        REQUESTS,
        lambda: seconds(_board),
        lambda: seconds(_bare_board),
        at_most=3.0,
    ),
    Benchmark(
        "happiness_bill_pdf", "s", REQUESTS, lambda: seconds(_bill), _floor_of_bill, at_most=3.0
    ),
)
