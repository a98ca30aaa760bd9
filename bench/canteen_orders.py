"""订餐 for 2,000 people: tomorrow's orders from the standing orders.

The floor inserts the same rows by the bare driver, with the same key, log and safety.
"""

import os
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from app.models.codes import MealPeriod
from app.services import meal_orders
from app.storage import connection
from app.storage.engine import Database
from bench import office
from bench.canteen_office import CANTEEN, STANDING, TOMORROW, canteen_office
from bench.desk import CLOCK, KEY
from bench.harness import Benchmark, seconds

_ROUNDS = 9
_LUNCH = MealPeriod.LUNCH.value
_COLUMNS = (
    "id, canteen_id, on_date, period, resident_id, set_letter, quantity, way, pay_way,"
    " standing_id, by_hand, route_id, stop, state, note, version"
)
_MADE = f"FROM meal_order WHERE on_date = '{TOMORROW}' AND period = '{_LUNCH}'"


def _own(name: str) -> Path:
    """A fresh copy for what writes, on the disk before anybody commits to it."""
    target = office.FOLDER / f"canteen-{name}.linli"
    for old in office.FOLDER.glob(f"{target.name}*"):
        old.unlink()
    copy = office.copy_of(canteen_office(), target)
    os.sync()
    return copy


@cache
def _database() -> Database:
    return office.opened(_own("orders"))


@cache
def _beside() -> sqlite3.Connection:
    """Takes away between the rounds what was made."""
    return connection.connect(_database().file, KEY)


@cache
def _rows() -> list[tuple[Any, ...]]:
    """The rows of one generation, for the floor."""
    _generate()
    found = _beside().execute(f"SELECT {_COLUMNS} {_MADE}").fetchall()
    _beside().execute(f"DELETE {_MADE}")
    return [tuple(one) for one in found]


@cache
def _floor() -> sqlite3.Connection:
    link = connection.connect(_own("orders-floor"), KEY)
    link.execute("PRAGMA journal_mode = WAL")
    return link


def _generate() -> None:
    with _database().transaction("按长期订餐生成明天的订餐") as session:
        done = meal_orders.generate(session, CANTEEN, TOMORROW, now=CLOCK.now())
    assert len(done.new) == STANDING


def generate() -> float:
    """Seconds for tomorrow's orders: plan, stops, what is there, rows, journal, commit."""
    spent = seconds(_generate)
    _beside().execute(f"DELETE {_MADE}")
    return spent


def bare() -> float:
    """Seconds for the same rows by one INSERT, and the commit."""
    rows, link = _rows(), _floor()
    marks = ", ".join("?" * len(rows[0]))

    def insert() -> None:
        link.execute("BEGIN IMMEDIATE")
        link.executemany(f"INSERT INTO meal_order ({_COLUMNS}) VALUES ({marks})", rows)
        link.execute("COMMIT")

    spent = seconds(insert)
    link.execute(f"DELETE {_MADE}")
    return spent


BENCHMARKS = (
    Benchmark("generate_orders_2000", "s", STANDING, generate, bare, at_most=5.0, rounds=_ROUNDS),
)
