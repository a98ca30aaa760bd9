"""The office of 100,000 with five years of 积分超市 in it, made once, in a file of its own.

20,000 accounts with 50 lines each: four times somebody earns, then spends what he earned; the last
ten lines are of the latest year and unspent but for one redemption. 2,000 goods. Filled by bare
SQL: a million lines through the services would take an hour.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from app.services import points_items
from app.storage import connection
from bench import office
from bench.desk import CLOCK, KEY

PEOPLE, ACCOUNTS, LINES, GOODS = 100_000, 20_000, 50, 2_000
ENTRIES = ACCOUNTS * LINES
TODAY = CLOCK.today()
MONTH = 202610
"""The month that is closed; the one before is."""
LAPSING = 2_000
"""So many accounts have a lot that ended in the month and is not booked out."""
_DAYS = (TODAY - date(2021, 11, 1)).days
_ENDED = date(2026, 10, 10)
_LASTS = date(2027, 3, 31)
_UNSPENT = 40
"""From this line on an account keeps what it earns"""


@cache
def points_office() -> Path:
    """The file; made anew when the file below it, or this recipe, has changed."""
    below = office.office(PEOPLE)
    digest = hashlib.sha256(below.name.encode() + Path(__file__).read_bytes()).hexdigest()[:12]
    file = office.FOLDER / f"points-office-{digest}.linli"
    if not file.exists():
        for old in office.FOLDER.glob("points-office-*"):
            old.unlink()
        half_made = office.copy_of(below, file.with_suffix(".part"))
        _seed(half_made)
        _fill(half_made)
        half_made.rename(file)
    return file


def _seed(file: Path) -> None:
    database = office.opened(file)
    with database.transaction("积分事项") as session:
        points_items.seed(session, today=date(2021, 1, 1))
    database.close()


def _fill(file: Path) -> None:
    link = connection.connect(file, KEY, mode="rw")
    link.execute("BEGIN")
    _insert(link, "points_account", "id, resident_id, state, opened_on, version", _accounts())
    _insert(link, "points_entry", _ENTRY, _entries())
    _insert(link, "points_lot", "entry_id, account_id, points, left, expires_on", _lots())
    _insert(link, "lot_use", "entry_id, lot_id, points", _uses())
    _insert(link, "points_balance", "account_id, balance, printed", _balances())
    _insert(link, "goods", _ARTICLE, _goods())
    _insert(link, "stock_entry", _STOCK, _stock())
    _insert(link, "stock_level", "goods_id, on_hand", ((one, 500) for one in _numbers(GOODS)))
    link.execute(
        "INSERT INTO points_month (month, opening, earned, spent, closing, accounts, closed_at,"
        " closed_by, version) VALUES (?, 0, 0, 0, 0, 0, ?, '', 1)",
        (MONTH - 1, datetime.combine(TODAY, time(8)).isoformat(" ")),
    )
    link.execute("COMMIT")
    link.close()


def _insert(link: sqlite3.Connection, table: str, columns: str, rows: Iterable[Any]) -> None:
    marks = ", ".join("?" * len(columns.split(",")))
    link.executemany(f"INSERT INTO {table} ({_quoted(columns)}) VALUES ({marks})", rows)


def _quoted(columns: str) -> str:
    """`left` is a word of SQL."""
    return ", ".join(f'"{one.strip()}"' for one in columns.split(","))


def _numbers(count: int) -> Iterator[int]:
    return iter(range(1, count + 1))


def _accounts() -> Iterator[tuple[Any, ...]]:
    return ((one, one * 5, "open", "2021-11-01", 1) for one in _numbers(ACCOUNTS))


# -- the ledger: line after line of all accounts, as the years brought them


def _id(account: int, line: int) -> int:
    return line * ACCOUNTS + account


def _points(account: int, line: int) -> int:
    """2 to 6 points earned; every fifth line spends what the four before it earned."""
    if line < _UNSPENT and line % 5 == 4:
        return -sum(_points(account, line - back) for back in range(1, 5))
    return 2 + (account + line) % 5


def _day(line: int) -> date:
    return date(2021, 11, 1) + timedelta(days=line * _DAYS // LINES)


_ENTRY = (
    "account_id, kind, points, balance, on_date, booked_at, month, item_id, quantity, words,"
    " expires_on, grid_id, entered_by, reviewed_by"
)


def _entries() -> Iterator[tuple[Any, ...]]:
    balances = [0] * (ACCOUNTS + 1)
    for line in range(LINES):
        day = _day(line)
        at = datetime.combine(day, time(10)).isoformat(" ")
        month = day.year * 100 + day.month
        for account in range(1, ACCOUNTS + 1):
            points = _points(account, line)
            balances[account] += points
            yield (
                *(account, "earned" if points > 0 else "redeemed", points, balances[account]),
                *(day.isoformat(), at, month, 1 + account % 8 if points > 0 else None, 100),
                *("楼道清扫", _expiry(account, line) if points > 0 else None),
                *(account % office.GRIDS + 1, "孙丽", "赵敏"),
            )


def _expiry(account: int, line: int) -> str:
    """Of the last lines; that of all before is spent, whenever it would have ended."""
    lapses = line == _UNSPENT and account <= LAPSING
    return (_ENDED if lapses else _LASTS).isoformat()


def _lots() -> Iterator[tuple[Any, ...]]:
    for line in range(LINES):
        for account in range(1, ACCOUNTS + 1):
            points = _points(account, line)
            if points > 0:
                left = points if line >= _UNSPENT else 0
                yield _id(account, line), account, points, left, _expiry(account, line)


def _uses() -> Iterator[tuple[int, int, int]]:
    for line in range(4, _UNSPENT, 5):
        for account in range(1, ACCOUNTS + 1):
            for back in range(1, 5):
                earned = line - back
                yield _id(account, line), _id(account, earned), _points(account, earned)


def _balances() -> Iterator[tuple[int, int, int]]:
    for account in range(1, ACCOUNTS + 1):
        yield account, sum(_points(account, line) for line in range(_UNSPENT, LINES)), 0


# -- the shop

_ARTICLE = (
    'number, barcode, name, unit, kind, points, shelf, low_at, "limit", limit_period, on_shelf,'
    " version"
).replace('"', "")
_STOCK = "goods_id, kind, quantity, on_hand, on_date, booked_at, words, entered_by"
_NAMES = ("洗衣液", "香皂", "抽纸", "大米", "食用油", "牙膏", "毛巾", "垃圾袋")


def _goods() -> Iterator[tuple[Any, ...]]:
    for one in _numbers(GOODS):
        name = f"{_NAMES[one % len(_NAMES)]}{one}号"
        number, barcode = f"{one:04d}", f"69{one:011d}"
        yield number, barcode, name, "件", "日用", 5 + one % 20, "A1", 5, None, "month", 1, 1


def _stock() -> Iterator[tuple[Any, ...]]:
    day = date(2026, 9, 1)
    at = datetime.combine(day, time(9)).isoformat(" ")
    for one in _numbers(GOODS):
        yield one, "received", 500, 500, day.isoformat(), at, "", "孙丽"
