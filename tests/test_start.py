"""What a start waits for: the first screens stand before SQLAlchemy is loaded, and then it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app import paths
from app.clock import FixedClock
from app.models import Resident
from app.services import search_keys
from app.storage.engine import Database
from app.storage.office_file import create_office
from app.storage.slots import WEAK_COST

ROOT = Path(__file__).parents[1]


def started(file: Path, screen: str) -> dict[str, Any]:
    """Which heavy libraries a program that shows this screen first had loaded, and when."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.start_child", str(file), screen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(json.loads(child.stdout.splitlines()[-1]))


@pytest.fixture
def office(database: Database) -> Path:
    with database.transaction("新增居民") as session:
        people = [Resident(name="王秀兰", name_order="w"), Resident(name="单志强", name_order="s")]
        session.add_all(people)
        session.flush()
        search_keys.reindex(session, [one.id for one in people])
    database.close()
    return database.file


def test_the_list_stands_and_is_searched_without_sqlalchemy(office: Path) -> None:
    start = started(office, "residents")

    assert start["listed"] == ["单志强", "王秀兰"]
    assert start["found"] == ["王秀兰"]
    assert (start["at_paint"], start["after_typing"]) == ([], [])
    assert start["card"] == "王秀兰"


def test_the_tables_of_other_pages_wait_until_those_are_opened(office: Path) -> None:
    start = started(office, "residents")

    assert set(start["tables"]) <= {
        *("base", "calendar", "codes", "grids", "journal", "office", "residents", "search")
    }


def test_what_the_cards_need_is_loaded_when_the_window_stands(clock: FixedClock) -> None:
    new = create_office(
        paths.database_file(),
        user="周",
        role="书记",
        password="three words",
        clock=clock,
        cost=WEAK_COST,
    )
    new.database.close()
    start = started(paths.database_file(), "login")

    assert start["at_paint"] == []
    assert {"sqlalchemy", "app.models"} <= set(start["afterwards"])


@pytest.mark.parametrize(
    "module", ["app.services.due_today", "app.services.cards", "app.reminders"]
)
def test_what_every_start_or_card_reads_loads_no_tables_of_other_pages(module: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; print([*sys.modules])"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    late = (
        "activities",
        "certificates",
        "diary",
        "papers",
        "points",
        "shop",
        "visits",
        "volunteers",
    )
    assert [name for name in late if f"'app.models.{name}'" in told] == []
