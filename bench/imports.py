"""Import of 10,000 rows, beside reading the sheet and inserting its values as they are."""

import time
from functools import cache
from pathlib import Path

from python_calamine import CalamineWorkbook

from app.storage import connection
from bench.desk import KEY
from bench.office import FOLDER, empty_file
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
