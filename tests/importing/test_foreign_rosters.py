"""Rosters of ninety other shapes: every planted fault found, no clean row touched."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.importing.dry_run import dry_run
from tests.importing.foreign import (
    families,
    headings,
    lists,
    offices,
    places,
    records,
    sections,
    strange,
    words,
    writing,
)
from tests.importing.foreign.cells import ROSTERS, Roster
from tests.importing.foreign.judge import findings
from tests.importing.foreign.mixed import mixed
from tests.importing.foreign.people import TODAY

_MODULES = (families, headings, lists, offices, places, records, sections, strange, words, writing)


@pytest.mark.parametrize("build", ROSTERS, ids=lambda build: build.__name__)
def test_a_foreign_roster_is_read_as_a_careful_reader_would(
    build: Callable[[], Roster], tmp_path: Path
) -> None:
    roster = build()
    result = dry_run(roster.write(tmp_path), TODAY)
    assert findings(roster, result) == []


@pytest.mark.parametrize("seed", range(60))
def test_a_roster_drawn_at_random_is_read_as_a_careful_reader_would(
    seed: int, tmp_path: Path
) -> None:
    roster = mixed(seed)
    assert findings(roster, dry_run(roster.write(tmp_path), TODAY)) == []


def test_every_module_of_rosters_is_tried() -> None:
    told = {build.__module__ for build in ROSTERS}
    assert told == {module.__name__ for module in _MODULES}
