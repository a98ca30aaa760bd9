"""A meal at the counter of 食堂 with a million meals in the book: Enter to saved and field ready.

Who stands there was found before, as at a real counter; the floor is the least row of the book by
the bare driver, committed, and a plain list of the day's meals painted anew.
"""

import gc
import os
import statistics
from collections.abc import Sequence
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.context import Context, LiveSettings
from app.storage import connection
from app.storage.engine import Database
from app.ui.canteen.counter.tab import CounterTab
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.signals import AppSignals
from bench import office
from bench.canteen_office import CANTEEN, DINERS, MEALS, canteen_office
from bench.desk import CLOCK, KEY
from bench.harness import Benchmark, seconds
from bench.painting import PlainModel, plain_view, until_painted

_TIMES = 40
_TODAY = CLOCK.today().isoformat()
_MONTH = CLOCK.today().year * 100 + CLOCK.today().month


def _own(name: str) -> Path:
    """A fresh copy for what writes, on the disk before anybody commits to it."""
    target = office.FOLDER / f"canteen-{name}.linli"
    for old in office.FOLDER.glob(f"{target.name}*"):
        old.unlink()
    copy = office.copy_of(canteen_office(), target)
    os.sync()
    return copy


@cache
def _app() -> QApplication:
    """Dressed as in an office."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app)
    return app


def _diners(link: Any) -> list[int]:
    """Who has a card and no order: they come themselves."""
    rows = link.execute(
        "SELECT resident_id FROM meal_account WHERE NOT EXISTS (SELECT 1 FROM standing_order AS s"
        " WHERE s.resident_id = meal_account.resident_id) ORDER BY id LIMIT ?",
        (DINERS,),
    )
    return [one for (one,) in rows]


class Counter:
    """The counter on the screen; one after the other pays the usual meal from the card."""

    def __init__(self) -> None:
        app, file = _app(), _own("counter")
        self.database: Database = office.opened(file)
        signals = AppSignals()
        settings = LiveSettings(self.database, signals)
        context = Context(self.database, signals, Background(app), settings, CLOCK)
        self.tab = CounterTab(context)
        context.signals.changed.connect(lambda _: self.tab.refresh())
        self.tab.resize(1190, 640)
        until_painted(self.tab, self.tab.show)
        self.tab.refresh()
        # As the program does when its window stands.
        gc.freeze()
        self.people = iter(_diners(connection.connect(file, KEY)))

    def median_ms(self) -> float:
        """From Enter to the meal in the file and the empty field; lists are drawn in between."""
        times = []
        for _ in range(_TIMES):
            self.tab.open(next(self.people))
            QApplication.processEvents()
            self.tab.eater.field._entered = 0.0
            times.append(seconds(self._enter))
            QApplication.processEvents()
        return 1000 * statistics.median(times[_TIMES // 4 :])

    def _enter(self) -> None:
        before = self.tab.serving.last
        field = self.tab.eater.field
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert self.tab.serving.last is not before
        assert not field.text()
        assert self.tab.serving.person is None


counter = cache(Counter)


# -- the floor


@cache
def _bare() -> Any:
    return connection.connect(_own("counter-floor"), KEY)


_numbers = count(1)
_INSERT = """
INSERT INTO meal (canteen_id, on_date, period, number, at, month, resident_id, quantity, way,
    set_meal_id, words, age, rule_id, reason, price, fee, paid, by_city, by_district, by_street,
    by_operator, by_donor, pay_way, entered_by, request_key)
VALUES (?, ?, 'lunch', ?, ?, ?, ?, 1, 'eaten_here', 1, 'A 餐', 81, 3, '80–89 岁每餐补 3.00 元',
    1200, 0, 900, 100, 100, 100, 0, 0, 'card', '赵敏', ?)
"""
_LISTED = """
SELECT m.at, r.name, m.reason, m.words, m.price, m.price - m.paid, m.paid, m.pay_way, m.number
FROM meal AS m JOIN resident AS r ON r.id = m.resident_id WHERE m.id IN ({})
ORDER BY m.number DESC
"""


def _fetch(ids: Sequence[int]) -> list[tuple[Any, ...]]:
    marks = ", ".join("?" * len(ids))
    rows = _bare().execute(_LISTED.format(marks), list(ids)).fetchall()
    return [tuple(str(one) for one in row) for row in rows]


@cache
def _view() -> Any:
    view = plain_view(PlainModel([], _fetch))
    view.resize(898, 332)
    until_painted(view.viewport(), view.show)
    return view


def _floor_ms() -> float:
    """One INSERT and COMMIT, and the list painted with the new line on top."""
    _app()
    people, times = _diners(_bare()), []
    _view()
    for _ in range(_TIMES):
        number = next(_numbers)
        resident = people[number % len(people)]
        times.append(seconds(lambda number=number, who=resident: _bare_meal(number, who)))
    return 1000 * statistics.median(times[_TIMES // 4 :])


def _bare_meal(number: int, resident: int) -> None:
    link = _bare()
    link.execute("BEGIN IMMEDIATE")
    at = f"{_TODAY} 11:40:00"
    link.execute(_INSERT, (CANTEEN, _TODAY, number, at, _MONTH, resident, f"bench {number}"))
    link.execute("COMMIT")
    ids = link.execute(
        "SELECT id FROM meal WHERE canteen_id = ? AND on_date = ? ORDER BY number DESC",
        (CANTEEN, _TODAY),
    )
    view = _view()
    model = PlainModel([one for (one,) in ids], _fetch)
    until_painted(view.viewport(), lambda: view.setModel(model))


BENCHMARKS = [
    Benchmark("meal_counter", "ms", MEALS, lambda: counter().median_ms(), _floor_ms, 4.0),
]
