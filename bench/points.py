"""积分超市 with a million lines: one redemption at the counter, a card, the end of a month.

What writes has a copy of the office to itself. Floors go by the bare driver on a connection of
their own with the same key, log and safety.
"""

import gc
import os
import statistics
import time
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.context import Context, LiveSettings
from app.reports import slip
from app.services import points_months
from app.services.counter_person import Who
from app.storage import connection
from app.storage.engine import Database
from app.ui.kit import theme
from app.ui.kit.background import Background
from app.ui.kit.memory import window_memory
from app.ui.kit.signals import AppSignals
from app.ui.points.counter.slip_panel import NO_PAPER
from app.ui.points.counter.slip_view import ROLL, slip_of
from app.ui.points.counter.tab import CounterTab
from app.ui.points.ledger.account_dialog import AccountDialog
from bench import office
from bench.desk import CLOCK, KEY
from bench.harness import Benchmark, percentile, seconds
from bench.painting import PlainModel, plain_view, until_painted
from bench.papers import Strings, bare, strings_of
from bench.points_office import (
    ACCOUNTS,
    ENTRIES,
    GOODS,
    LAPSING,
    LINES,
    MONTH,
    points_office,
)

# Short rounds, and many: a floor that needs a tenth of the time would find a quiet moment on a
# busy machine, and a redemption with what is opened between would not.
_TIMES, _ROUNDS = 20, 15
_CARDS = 100
_TODAY = CLOCK.today().isoformat()


def _own(name: str) -> Path:
    """A fresh copy for what writes."""
    target = office.FOLDER / f"points-{name}.linli"
    for old in office.FOLDER.glob(f"{target.name}*"):
        old.unlink()
    copy = office.copy_of(points_office(), target)
    # Half a gigabyte is still on its way to the disk: a commit would wait for it.
    os.sync()
    return copy


@cache
def _app() -> QApplication:
    """Dressed as in an office."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app)
    return app


def _context(database: Database) -> Context:
    signals = AppSignals()
    settings = LiveSettings(database, signals)
    return Context(database, signals, Background(_app()), settings, CLOCK)


# -- one redemption


class Counter:
    """The counter on the screen; everybody takes one article by its number and Ctrl+Enter."""

    def __init__(self) -> None:
        window_memory().setValue("积分超市/小票", NO_PAPER)
        self.database = office.opened(_own("counter"))
        self.context = _context(self.database)
        self.tab = CounterTab(self.context)
        self.context.signals.changed.connect(lambda _: self.tab.refresh())
        self.tab.resize(1190, 640)
        until_painted(self.tab, self.tab.show)
        # As the program does when its window stands.
        gc.freeze()
        self.people = count(LAPSING + 1)
        self.last = b""

    def median_ms(self) -> float:
        """From F7 to the slip on paper and in the file; who stands there was opened before."""
        times = []
        for _ in range(_TIMES):
            number = next(self.people)
            self.tab.open(Who(resident_id=number * 5, account_id=number))
            QApplication.processEvents()
            times.append(seconds(lambda number=number: self._redeem(number)))
        return 1000 * statistics.median(times[_TIMES // 4 :])

    def _redeem(self, number: int) -> None:
        before = self.tab.till.last
        field = self.tab.desk.goods.field
        field.setFocus()
        QTest.keyClicks(field, f"{number % GOODS + 1:04d}")
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        made = self.tab.till.last
        assert made is not None
        assert made is not before
        self.last = slip.render(slip_of(made, ROLL))


counter = cache(Counter)


@cache
def _slip_strings() -> Strings:
    """What stands on the slip that came out last."""
    made = counter().tab.till.last
    assert made is not None
    return strings_of(slip, lambda: slip.render(slip_of(made, ROLL)))


@cache
def _till() -> Any:
    return connection.connect(_own("floor"), KEY)


_numbers = count(1)


def _bare_redemption() -> float:
    """The least that a redemption writes, and the same words on a bare canvas."""
    if counter().tab.till.last is None:
        counter().median_ms()
    strings, link = _slip_strings(), _till()
    times = []
    for _ in range(_TIMES):
        number = next(_numbers)
        times.append(seconds(lambda number=number: _bare_one(link, strings, number)))
    return 1000 * statistics.median(times[_TIMES // 4 :])


def _bare_one(link: Any, strings: Strings, account: int) -> None:
    link.execute("BEGIN IMMEDIATE")
    link.execute(
        "INSERT INTO points_entry (account_id, kind, points, balance, on_date, booked_at, month,"
        " quantity, words, entered_by, reviewed_by)"
        " VALUES (?, 'redeemed', -5, 35, ?, ?, 202611, 0, '', '赵敏', '')",
        (account, _TODAY, f"{_TODAY} 09:30:00"),
    )
    link.execute(
        "INSERT INTO stock_entry (goods_id, kind, quantity, on_hand, on_date, booked_at, words,"
        " entered_by) VALUES (?, 'redeemed_goods', -1, 499, ?, ?, '', '赵敏')",
        (account % GOODS + 1, _TODAY, f"{_TODAY} 09:30:00"),
    )
    link.execute("UPDATE points_balance SET balance = balance - 5 WHERE account_id = ?", (account,))
    link.execute(
        "UPDATE stock_level SET on_hand = on_hand - 1 WHERE goods_id = ?", (account % GOODS + 1,)
    )
    link.execute("COMMIT")
    bare(strings)


# -- a card with its last lines


class Cards:
    """An account on the screen, one after the other."""

    def __init__(self) -> None:
        self.context = _context(office.opened(points_office()))
        self.card = AccountDialog(self.context, 1)
        self.card.resize(900, 2300)
        self.table = self.card.table.viewport()
        until_painted(self.table, self.card.show)
        assert self.card.table.visible_rows() >= LINES

    def p95_ms(self) -> float:
        return 1000 * percentile((self._timed(one) for one in _accounts()), 0.95)

    def _timed(self, account: int) -> float:
        begin = time.perf_counter()
        until_painted(self.table, lambda: self._show(account))
        return time.perf_counter() - begin

    def _show(self, account: int) -> None:
        self.card._account = account
        self.card.read()


cards = cache(Cards)


def _accounts() -> Iterator[int]:
    return iter(range(1, ACCOUNTS, ACCOUNTS // _CARDS))


_LAST = """
    SELECT e.id, e.on_date, e.kind, i.name, e.words, e.points, e.balance, t.name, e.entered_by
    FROM points_entry AS e LEFT JOIN points_item AS i ON i.id = e.item_id
    LEFT JOIN team AS t ON t.id = e.team_id
    WHERE e.account_id = ? ORDER BY e.id DESC LIMIT 50
"""


class Plain:
    """The same lines in a table of Qt's own."""

    def __init__(self) -> None:
        self.link = connection.connect(points_office(), KEY, cache_mib=connection.READER_CACHE_MIB)
        self.rows: list[tuple[Any, ...]] = []
        _app()
        self.view = plain_view(PlainModel((), lambda _: []))
        self.view.resize(900, 1740)
        until_painted(self.view.viewport(), self.view.show)

    def p95_ms(self) -> float:
        return 1000 * percentile((self._timed(one) for one in _accounts()), 0.95)

    def _timed(self, account: int) -> float:
        begin = time.perf_counter()
        until_painted(self.view.viewport(), lambda: self._show(account))
        return time.perf_counter() - begin

    def _show(self, account: int) -> None:
        self.rows = self.link.execute(_LAST, (account,)).fetchall()
        self.view.setModel(PlainModel(range(len(self.rows)), lambda _: self.rows))


plain = cache(Plain)


# -- the end of a month


def _close() -> float:
    """Closing takes lapsed lots with it; each round has an office where the month is open."""
    database = office.opened(_own("month"))
    _warm(database.raw_copy_source())

    def work() -> None:
        with database.transaction("月结") as session:
            points_months.close(session, MONTH, now=CLOCK.now())

    spent = seconds(work)
    database.close()
    return spent


_SUMS = """
    SELECT account_id, sum(points), sum(CASE WHEN month < ? THEN points ELSE 0 END),
        sum(CASE WHEN month = ? AND points > 0 THEN points ELSE 0 END),
        sum(CASE WHEN month = ? AND points < 0 THEN points ELSE 0 END)
    FROM points_entry GROUP BY +account_id
"""
_LOTS = 'SELECT account_id, sum("left") FROM points_lot GROUP BY account_id'
_LAPSED = """
    SELECT account_id, expires_on, sum("left") FROM points_lot
    WHERE expires_on < ? AND "left" > 0 GROUP BY account_id, expires_on
"""
_BALANCES = "SELECT account_id, balance FROM points_balance"


def _bare_sums() -> float:
    link = connection.connect(points_office(), KEY)
    _warm(link)

    def work() -> None:
        link.execute(_SUMS, (MONTH, MONTH, MONTH)).fetchall()
        link.execute(_LAPSED, (_TODAY,)).fetchall()
        for text in (_LOTS, _BALANCES):
            link.execute(text).fetchall()

    spent = seconds(work)
    link.close()
    return spent


def _warm(link: Any) -> None:
    """The lines have been read since the program was started, by the list if by nothing else."""
    link.execute("SELECT sum(points) FROM points_entry WHERE month < ?", (MONTH,)).fetchall()


BENCHMARKS = (
    Benchmark(
        "redeem_counter",
        "ms",
        ENTRIES,
        lambda: counter().median_ms(),
        _bare_redemption,
        at_most=4.0,
        rounds=_ROUNDS,
    ),
    Benchmark(
        "balance_page_p95",
        "ms",
        ENTRIES,
        lambda: cards().p95_ms(),
        lambda: plain().p95_ms(),
        at_most=2.0,
    ),
    Benchmark("month_close_1m", "s", ENTRIES, _close, _bare_sums, at_most=5.0, rounds=3),
)
