"""How money, states and lines of an account are said on the screen."""

from app.models import AccountState
from app.services.meal_account_views import AccountRow
from app.services.meal_statements import EntryLine
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column
from app.values.money import yuan

_TONES = {AccountState.OPEN: "ok", AccountState.FROZEN: "warn", AccountState.CLOSED: "grey"}


def state_chip(line: AccountRow) -> Chip:
    """余额不足, 人已离开 stand in place of 正常: they are what somebody has to know."""
    tone = "warn" if line.low or line.left else _TONES[line.state]
    return Chip(line.state_words, "grey" if line.state is AccountState.CLOSED else tone)


def balance_words(line: AccountRow) -> str:
    """63.50, or 欠 10.00."""
    return f"欠 {yuan(-line.balance)}" if line.balance < 0 else yuan(line.balance)


def _name(line: AccountRow) -> Cell:
    return Cell(line.name, sub="" if line.age is None else f"{line.age} 岁", bold=True)


def _balance(line: AccountRow) -> Cell:
    quiet = not line.balance
    tone = "warn" if line.low or line.balance < 0 else "placeholder" if quiet else ""
    return Cell(balance_words(line), tone=tone, bold=not quiet)


def _eaten(line: AccountRow) -> Cell:
    return Cell(yuan(line.eaten), tone="" if line.eaten else "placeholder")


def _last(line: AccountRow) -> str:
    return f"{line.last_on:%m-%d}" if line.last_on else "—"


COLUMNS = (
    Column("name", "姓名", _name, 116, weight=1),
    Column("place", "住址", lambda line: Cell(line.place, tone="text2"), 110, weight=1),
    Column("kind", "账户", lambda line: line.kind_words, 52),
    Column("balance", "余额", _balance, 96, align="right"),
    Column("eaten", "本月用餐", _eaten, 84, align="right", large_mode=False),
    Column("last", "最近一笔", _last, 72, large_mode=False),
    Column("state", "状态", lambda line: Cell(chips=(state_chip(line),)), 86),
)
LEAVING = (
    Column("name", "姓名", lambda line: line.name, 60),
    Column("place", "住址", lambda line: line.place, 90),
    Column("grid", "网格", lambda line: line.grid, 60),
    Column("kind", "账户", lambda line: line.kind_words, 40),
    Column("balance", "余额", lambda line: yuan(line.balance), 56, align="right"),
    Column("eaten", "本月用餐", lambda line: yuan(line.eaten), 56, align="right"),
    Column("last", "最近一笔", _last, 50),
    Column("opened", "开户日期", lambda line: line.opened_on.isoformat(), 64),
    Column("state", "状态", lambda line: line.state_words, 50),
)
"""The list as it leaves the program."""


def signed_yuan(fen: int) -> str:
    """+50.00, −3.00."""
    return f"+{yuan(fen)}" if fen > 0 else yuan(fen)


def _struck(line: EntryLine, text: str, sub: str = "") -> Cell:
    """What a counter-line took back stays, in grey and struck through."""
    gone = line.reversed
    return Cell(text, sub=sub, strike=gone, tone="placeholder" if gone else "")


def _matter(line: EntryLine) -> Cell:
    return _struck(line, line.title, line.words)


def _entry_state(line: EntryLine) -> Cell:
    if line.reversed:
        return Cell(chips=(Chip("已冲正", "grey"),))
    return Cell(line.receipt, tone="text2")


ENTRIES = (
    Column("at", "时间", lambda line: Cell(f"{line.at:%m-%d}", sub=f"{line.at:%H:%M}"), 104),
    Column("matter", "事项", _matter, 190, weight=1),
    Column(
        "amount", "金额", lambda line: _struck(line, signed_yuan(line.amount)), 82, align="right"
    ),
    Column("balance", "余额", lambda line: yuan(line.balance), 82, align="right"),
    Column("receipt", "收据", _entry_state, 146, large_mode=False),
    Column("by", "经手", lambda line: Cell(line.entered_by, tone="text2"), 66),
)
ENTRIES_LEAVING = (
    Column("date", "日期", lambda line: line.on_date.isoformat(), 56),
    Column("at", "记账时间", lambda line: f"{line.at:%Y-%m-%d %H:%M}", 76),
    Column("kind", "种类", lambda line: line.title, 60),
    Column("words", "说明", lambda line: line.words, 130),
    Column("amount", "金额", lambda line: yuan(line.amount), 46, align="right"),
    Column("balance", "余额", lambda line: yuan(line.balance), 46, align="right"),
    Column("receipt", "收据号", lambda line: line.receipt, 76),
    Column("by", "经手", lambda line: line.entered_by, 42),
)
