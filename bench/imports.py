"""Import of 10,000 rows, beside reading the sheet and inserting its values as they are."""

import time
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from app.context import Context, LiveSettings
from app.storage import connection
from app.storage.engine import Database
from app.ui.kit.background import Background, Progress
from app.ui.kit.signals import AppSignals
from app.ui.residents import import_state, import_work
from bench.desk import CLOCK, KEY
from bench.harness import Benchmark
from bench.office import FOLDER, empty_file, opened
from bench.roster import HEADINGS, write_workbook

ROWS = 10_000


@cache
def workbook() -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"roster-{ROWS}.xlsx"
    write_workbook(file, ROWS)
    return file


def read_and_insert() -> float:
    """Seconds for calamine, one executemany into an encrypted file, and the commit."""
    source, target = workbook(), empty_file(FOLDER / "import-floor.linli")
    begin = time.perf_counter()
    rows = CalamineWorkbook.from_path(source).get_sheet_by_index(0).to_python()[1:]
    link = connection.connect(target, KEY)
    link.execute("PRAGMA journal_mode = WAL")
    link.execute("BEGIN IMMEDIATE")
    link.execute(f"CREATE TABLE roster ({','.join(f'c{n} TEXT' for n in range(len(HEADINGS)))})")
    places = ",".join("?" * len(HEADINGS))
    texts = [[str(value) for value in row] for row in rows]
    link.executemany(f"INSERT INTO roster VALUES ({places})", texts)
    link.execute("COMMIT")
    spent = time.perf_counter() - begin
    link.close()
    return spent


def import_roster() -> float:
    """Seconds for what the wizard does: read, recognise, check, compare, write; no backup."""
    spent, database = imported(FOLDER / "import-ours.linli")
    database.close()
    return spent


def imported(file: Path) -> tuple[float, Database]:
    """An office whose last step is an import, and the seconds that it took."""
    source, database = workbook(), opened(empty_file(file))
    signals, silent = AppSignals(), Progress(lambda *_: None)
    settings = LiveSettings(database, signals)
    context = Context(database, signals, Background(), settings, CLOCK)
    begin = time.perf_counter()
    reading = import_state.read_file(database, source, silent)
    prepared = import_work.prepare(database, reading, {}, CLOCK.today(), silent)
    written = import_work.write(context, prepared, silent)
    spent = time.perf_counter() - begin
    assert written.result.new == ROWS, written.result.sentence
    return spent, database


BENCHMARKS = (Benchmark("import_10k", "s", ROWS, import_roster, read_and_insert, at_most=6.0),)
