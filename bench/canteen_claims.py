"""The settlement of a month of 50,000 meals, from the file to the PDF with every meal on it.

The floor adds the same lines up, reads them, and writes the same strings on a bare canvas.
"""

from datetime import datetime
from functools import cache
from typing import Any

from app.reports import meal_settlement
from app.services import meal_claim_papers
from app.services.papers import Printing
from app.storage import connection
from app.storage.engine import Database
from bench import office
from bench.canteen_office import CANTEEN, MEALS_A_MONTH, MONTH, canteen_office
from bench.desk import KEY
from bench.harness import Benchmark, seconds
from bench.papers import Strings, bare, strings_of

_PRINTING = Printing(by="赵敏", at=datetime(2026, 11, 21, 9, 30))
_AMOUNTS = "price, fee, paid, by_city, by_district, by_street, by_operator, by_donor"
_SUMS = (
    "SELECT rule_id, sum(quantity), count(DISTINCT resident_id), "
    + ", ".join(f"sum({one})" for one in _AMOUNTS.split(", "))
    + " FROM meal WHERE month = ? AND canteen_id = ? GROUP BY rule_id"
)
_LINES = (
    f"SELECT m.on_date, m.period, m.number, r.name, m.age, m.rule_id, {_AMOUNTS}"
    " FROM meal AS m LEFT JOIN resident AS r ON r.id = m.resident_id"
    " WHERE m.month = ? AND m.canteen_id = ? ORDER BY m.on_date, m.id"
)


@cache
def _database() -> Database:
    return office.opened(canteen_office())


@cache
def _link() -> Any:
    return connection.connect(canteen_office(), KEY, cache_mib=connection.READER_CACHE_MIB)


def _made() -> bytes:
    with _database().reading() as session:
        data, _ = meal_claim_papers.settlement(session, CANTEEN, MONTH, _PRINTING)
    assert len(data.details) == MEALS_A_MONTH
    return meal_settlement.render(data)


@cache
def _strings() -> Strings:
    return strings_of(meal_settlement, _made)


def _bare() -> float:
    strings, link = _strings(), _link()

    def work() -> None:
        link.execute(_SUMS, (MONTH, CANTEEN)).fetchall()
        link.execute(_LINES, (MONTH, CANTEEN)).fetchall()
        bare(strings)

    return seconds(work)


BENCHMARKS = (
    Benchmark(
        "settlement_month_50k",
        "s",
        MEALS_A_MONTH,
        lambda: seconds(_made),
        _bare,
        at_most=3.0,
        rounds=3,
    ),
)
