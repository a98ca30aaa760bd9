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
_numbers = count(1)


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


def median_ms(save: Callable[[int], object]) -> float:
    """Of many saves, each of another resident; the first ones warm the caches."""
    times = []
    for number in range(1, SAVES + 1):
        begin = time.perf_counter()
        save(1 + number * 17 % PEOPLE)
        times.append(time.perf_counter() - begin)
    return 1000 * statistics.median(times[SAVES // 4 :])


def by_the_service() -> float:
    """The record is read as the form opens it; what is timed is the saving alone."""
    with closing(opened(file())) as database:
        pending = {}
        for number in range(1, SAVES + 1):
            resident_id = 1 + number * 17 % PEOPLE
            with database.reading() as session:
                pending[resident_id] = resident_forms.input_of(session, resident_id)
        return median_ms(lambda one: save(database, one, *pending[one]))


def save(database: Database, resident_id: int, entered: Any, version: int) -> None:
    """What FormSaver does when 保存 is pressed (app/ui/residents/form_saving.py)."""
    changed = replace(entered, phone=phone())
    sentence = resident_forms.changes_in_words(entered, changed)
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

        return median_ms(update)


BENCHMARKS = (Benchmark("save_one", "ms", PEOPLE, by_the_service, bare, at_most=6.0),)
