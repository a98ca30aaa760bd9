"""Saving a resident as the form does, beside one bare UPDATE with its COMMIT."""

import statistics
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from app.services import resident_forms
from app.storage.engine import Database
from bench.desk import CLOCK
from bench.harness import Benchmark
from bench.office import FOLDER, copy_of, office, opened

PEOPLE = 2_600
SAVES = 120
_numbers, _saved = count(1), count(1)


@cache
def file() -> Path:
    """A copy of an office: saving must not change the one that other figures read."""
    target = FOLDER / "saving.linli"
    for old in FOLDER.glob("saving.linli*"):
        old.unlink()
    return copy_of(office(PEOPLE), target)


def phone() -> str:
    """One that nobody had before, so that keys and journal have something to do."""
    return f"138{next(_numbers):08}"


def people() -> list[int]:
    """Residents of whom none was saved before in any round: the number of one who was stands
    beside the next new one in the index, on a page that is written anyway."""
    return [1 + next(_saved) * 17 % PEOPLE for _ in range(SAVES)]


def median_ms(save: Callable[[int], object], residents: list[int]) -> float:
    """Of many saves, each of another resident; the first ones warm the caches."""
    times = []
    for resident_id in residents:
        begin = time.perf_counter()
        save(resident_id)
        times.append(time.perf_counter() - begin)
    return 1000 * statistics.median(times[SAVES // 4 :])


def by_the_service() -> float:
    """The record is read as the form opens it, and typed in; what is timed is the saving alone."""
    with closing(opened(file())) as database:
        pending = {}
        for resident_id in people():
            with database.reading() as session:
                stored, version = resident_forms.input_of(session, resident_id)
            pending[resident_id] = stored, replace(stored, phone=phone()), version
        return median_ms(lambda one: save(database, one, *pending[one]), list(pending))


def save(database: Database, resident_id: int, stored: Any, changed: Any, version: int) -> None:
    """What FormSaver does when 保存 is pressed (app/ui/residents/form_saving.py)."""
    sentence = resident_forms.changes_in_words(stored, changed)
    with database.transaction(sentence) as session:
        resident_forms.update(session, resident_id, changed, version=version, now=CLOCK.now())


def bare() -> float:
    """One column of one row, by key; the same file, key, log and safety."""
    with closing(opened(file())) as database, closing(database.raw_copy_source()) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"

        def update(resident_id: int) -> None:
            connection.execute("UPDATE resident SET phone = ? WHERE id = ?", (phone(), resident_id))
            connection.commit()

        return median_ms(update, people())


BENCHMARKS = (Benchmark("save_one", "ms", PEOPLE, by_the_service, bare, at_most=6.0),)
