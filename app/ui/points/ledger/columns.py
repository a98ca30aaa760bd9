"""The columns of the ledger: on the screen, and all that leaves on paper or in a file."""

from app.services.points_filter import Book
from app.services.points_views import LedgerLine, LineState
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column

TONES = {
    LineState.WAITING: "warn",
    LineState.RETURNED: "danger",
    LineState.REVIEWED: "ok",
    LineState.BOOKED: "ok",
    LineState.REVERSED: "grey",
    LineState.REVERSAL: "grey",
}


def _when(line: LedgerLine, year: int) -> Cell:
    """The day it is about, and the time at which it was written or, if later, the day of that."""
    if line.on_date.year != year:
        return Cell(line.on_date.isoformat())
    same = line.at.date() == line.on_date
    return Cell(f"{line.on_date:%m-%d}", sub=f"{line.at:%H:%M}" if same else f"{line.at:%m-%d} 记")


def _name(line: LedgerLine) -> Cell:
    return Cell(line.name, bold=True)


def _matter(line: LedgerLine) -> Cell:
    return _struck(line, line.title, line.answer or line.detail)


def _struck(line: LedgerLine, text: str, sub: str = "") -> Cell:
    """What a counter-entry took back stays, in grey and struck through."""
    gone = line.state is LineState.REVERSED
    return Cell(text, sub=sub, strike=gone, tone="placeholder" if gone else "")


def _balance(line: LedgerLine) -> Cell:
    """What waits does not count yet; hours are another book."""
    if line.balance is None:
        return Cell("—", tone="placeholder")
    return Cell(f"{line.balance:,}")


def _state(line: LedgerLine) -> Cell:
    return Cell(chips=(Chip(line.state.label, TONES[line.state]),))


COLUMNS = (
    Column("name", "姓名", _name, 82),
    Column("matter", "事项与来源", _matter, 170, weight=1),
    Column("hours", "工时", lambda line: _struck(line, line.hours), 56, align="right"),
    Column("added", "增加", lambda line: _struck(line, line.added), 60, align="right"),
    Column("taken", "减少", lambda line: _struck(line, line.taken), 60, align="right"),
    Column("balance", "余额", _balance, 66, align="right"),
    Column("state", "状态", _state, 78),
    Column("by", "经手", lambda line: Cell(line.by, tone="text2"), 66),
)


def columns(year: int) -> tuple[Column, ...]:
    """Those of the screen; days of another year than this one are told with it."""
    return (Column("at", "时间", lambda line: _when(line, year), 128), *COLUMNS)


LEAVING = (
    Column("number", "流水号", lambda line: _number(line), 40, align="right"),
    Column("date", "日期", lambda line: line.on_date.isoformat(), 60),
    Column("name", "姓名", lambda line: line.name, 50),
    Column("place", "住处", lambda line: line.place, 62),
    Column("grid", "网格", lambda line: line.grid, 48),
    Column("matter", "事项", lambda line: line.title, 60),
    Column("detail", "说明", lambda line: line.detail, 110),
    Column("hours", "工时", lambda line: line.hours, 34, align="right"),
    Column("added", "增加", lambda line: line.added, 38, align="right"),
    Column("taken", "减少", lambda line: line.taken, 38, align="right"),
    Column("balance", "余额", lambda line: _plain_balance(line), 38, align="right"),
    Column("state", "状态", lambda line: line.state.label, 40),
    Column("witness", "证明人", lambda line: line.witness, 44),
    Column("by", "经手", lambda line: line.by, 42),
    Column("reviewed", "复核", lambda line: line.reviewed_by, 42),
    Column("reason", "原因", lambda line: line.reason, 70),
)
"""积分登记表 of domain.md 3.5 and what makes a line traceable."""


def _number(line: LedgerLine) -> str:
    return str(line.row_id) if line.book is Book.ENTRY else ""


def _plain_balance(line: LedgerLine) -> str:
    return "" if line.balance is None else f"{line.balance:,}"
