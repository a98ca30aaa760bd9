"""The 居民 page with 100,000 people: opened, and asked letter by letter."""

import time
from collections.abc import Sequence
from functools import cache

from PySide6.QtWidgets import QApplication, QTableView

from app.storage.engine import Database
from bench.harness import Benchmark, percentile, seconds
from bench.office import office, opened
from bench.painting import PlainModel, plain_view, until_painted

PEOPLE = 100_000
IDS = """
    SELECT id FROM resident WHERE deleted_at IS NULL AND departure IS NULL ORDER BY name_order, id
"""
LINES = """
    SELECT name, sex, birth_date, document_number, phone, residence_status, political_status,
           relation, household_id
    FROM resident WHERE id IN ({})
"""


@cache
def database() -> Database:
    return opened(office(PEOPLE))


def _plain_page() -> QTableView:
    """Ids by SQL, and a table of Qt's own that fetches the rows it shows."""
    connection = database().raw_copy_source()

    def fetch(ids: Sequence[int]) -> list[tuple]:
        return connection.execute(LINES.format(",".join("?" * len(ids))), ids).fetchall()

    ids = [row[0] for row in connection.execute(IDS)]
    view = plain_view(PlainModel(ids, fetch))
    view.show()
    return view
