"""Taking back an import of 10,000 people, beside deleting the same rows by bare statements."""

import time
from functools import cache
from pathlib import Path

from app.services.steps import next_undo
from app.services.undo import undo
from app.storage import connection
from app.storage.lookup import Sql
from bench.desk import KEY
from bench.harness import Benchmark
from bench.imports import ROWS, imported
from bench.office import FOLDER, copy_of, opened

# What an import of the roster makes, children first.
TABLES = ("resident_tag", "resident", "household", "dwelling", "building", "grid")
COUNT = "SELECT count(*) FROM resident"


@cache
def office() -> Path:
    """A file whose last step is the import; folded into one file, so that it can be copied."""
    file = FOLDER / "undo-base.linli"
    _, database = imported(file)
    database.close()
    return file


def bare_delete() -> float:
    """Seconds for the DELETEs that empty the same tables and the search index, and the commit.

    Ranges of ids; whom a row points at is checked at the commit, as nothing is left by then.
    """
    link = connection.connect(copy_of(office(), FOLDER / "undo-floor.linli"), KEY)
    link.execute("PRAGMA journal_mode = WAL")
    begin = time.perf_counter()
    link.execute("BEGIN IMMEDIATE")
    link.execute("PRAGMA defer_foreign_keys = ON")
    link.execute("DELETE FROM search_text WHERE rowid BETWEEN 1 AND ?", (ROWS,))
    for table in TABLES:
        link.execute(f"DELETE FROM {table} WHERE id BETWEEN 1 AND ?", (2 * ROWS,))
    link.execute("COMMIT")
    spent = time.perf_counter() - begin
    assert link.execute(COUNT).fetchone() == (0,)
    link.close()
    return spent


def undo_import() -> float:
    """Seconds for 撤销整次 of the last step: what was changed since, rows, search, journal."""
    database = opened(copy_of(office(), FOLDER / "undo-ours.linli"))
    with database.reading() as session:
        last = next_undo(session)
    assert last is not None
    begin = time.perf_counter()
    with database.transaction(f"撤销：{last.sentence}") as session:
        undone = undo(session, last.target)
    spent = time.perf_counter() - begin
    assert undone.restored > ROWS
    assert not undone.kept
    with database.lookup() as lookup:
        assert lookup.value(Sql(COUNT)) == 0
    database.close()
    return spent


BENCHMARKS = (Benchmark("undo_import_10k", "s", ROWS, undo_import, bare_delete, at_most=4.0),)
