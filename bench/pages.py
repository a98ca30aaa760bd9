"""The 居民 page with 100,000 people: opened, and asked letter by letter."""

import gc
import time
from collections.abc import Callable, Sequence
from functools import cache

from PySide6.QtWidgets import QApplication, QWidget

from app.context import Context, LiveSettings
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.paged_table import PagedTable
from app.ui.kit.search_box import SearchBox
from app.ui.kit.signals import AppSignals
from app.ui.residents.page import ResidentsPage
from bench.desk import CLOCK
from bench.harness import Benchmark, percentile
from bench.office import office, opened
from bench.painting import PlainModel, plain_view, until_painted
from bench.queries import KINDS, queries

PEOPLE = 100_000
EACH_KIND = 10
IDS = """
    SELECT id FROM resident WHERE deleted_at IS NULL AND departure IS NULL ORDER BY name_order, id
"""
LINES = """
    SELECT name, sex, birth_date, document_number, phone, residence_status, political_status,
           relation, household_id
    FROM resident WHERE id IN ({})
"""


@cache
def context() -> Context:
    """What the page is given, on the big file; the application is dressed as in an office."""
    app = QApplication.instance() or QApplication([])
    theme.apply(app)
    database, signals = opened(office(PEOPLE)), AppSignals()
    settings = LiveSettings(database, signals)
    return Context(database, signals, Background(), settings, CLOCK)


def shown(page: QWidget, table: QWidget) -> None:
    page.resize(1366, 768)
    until_painted(table, page.show)


def open_page() -> float:
    """Seconds until the rows of a new page are on the screen."""
    given = context()
    begin = time.perf_counter()
    page = ResidentsPage(given)
    table = page.findChild(PagedTable)
    shown(page, table.viewport())
    spent = time.perf_counter() - begin
    assert len(table.paged_model.ids) == PEOPLE
    page.deleteLater()
    return spent


def open_plain_table() -> float:
    """Seconds for the ids by SQL and one screen of a table of Qt's own."""
    connection = context().database.raw_copy_source()

    def fetch(ids: Sequence[int]) -> list[tuple]:
        return connection.execute(LINES.format(",".join("?" * len(ids))), ids).fetchall()

    begin = time.perf_counter()
    view = plain_view(PlainModel([row[0] for row in connection.execute(IDS)], fetch))
    until_painted(view.viewport(), view.show)
    spent = time.perf_counter() - begin
    view.deleteLater()
    connection.close()
    return spent


class Asking:
    """A page on the screen, and what to type into it."""

    def __init__(self) -> None:
        self.page = ResidentsPage(context())
        self.box = self.page.findChild(SearchBox)
        self.table = self.page.findChild(PagedTable).viewport()
        self.texts = queries(PEOPLE, EACH_KIND)
        shown(self.page, self.table)
        # As the program does when its window stands.
        gc.freeze()

    def slowest_of_twenty(self, *, typed: bool) -> float:
        """Milliseconds at the 95th percentile: of typing, or of painting the same rows again."""
        times = []
        for text in self.texts:
            asked = self._timed(lambda text=text: self.box.setText(text))
            times.append(asked if typed else self._timed(self.table.update))
        return 1000 * percentile(times, 0.95)

    def _timed(self, work: Callable[[], object]) -> float:
        begin = time.perf_counter()
        until_painted(self.table, work)
        return time.perf_counter() - begin


asking = cache(Asking)


BENCHMARKS = (
    Benchmark("open_residents_100k", "s", PEOPLE, open_page, open_plain_table, at_most=2.0),
    Benchmark(
        "search_keystroke_p95_100k",
        "ms",
        EACH_KIND * len(KINDS),
        lambda: asking().slowest_of_twenty(typed=True),
        lambda: asking().slowest_of_twenty(typed=False),
        at_most=1.5,
        rounds=3,
    ),
)
