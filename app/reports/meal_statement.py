"""对账单 of a meal account for a time, and 月结单 for who pays after the month: one paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.table import Column
from app.values.money import in_capitals, yuan

TITLE, BILL_TITLE = "餐费对账单", "餐费月结单"
_COLUMNS = (
    Column("日期", 24),
    Column("事项", 72),
    Column("收入", 27, "right"),
    Column("支出", 27, "right"),
    Column("余额", 28, "right"),
)
_ROW = 7.4
_NOTE = "金额单位：元。有不符的，请十日内到社区核对。"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line; amounts in 分, what goes is negative."""

    on_date: str
    words: str
    amount: int
    balance: int


@dataclass(frozen=True, kw_only=True)
class Statement:
    """The lines of an account in a time; amounts in 分."""

    office: str
    title: str
    name: str
    place: str
    account: str
    period: str
    opening: int
    closing: int
    lines: Sequence[StatementLine]
    printed_on: date
    printed_by: str


def render(data: Statement) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    return render_all([data])


def render_all(several: Sequence[Statement]) -> bytes:
    """One after the other, each on pages of its own."""
    return name_table.render_all([_table(one) for one in several])


def _table(data: Statement) -> name_table.NameTable:
    came = sum(one.amount for one in data.lines if one.amount > 0)
    went = -sum(one.amount for one in data.lines if one.amount < 0)
    return name_table.NameTable(
        office=data.office,
        title=data.title,
        facts=(
            ("姓名", data.name),
            ("账户", data.account),
            ("住址", data.place or "—"),
            ("期初", _left(data.opening)),
            ("期间", data.period),
            ("期末", _left(data.closing)),
            *(
                (("应交", f"{yuan(-data.closing)}（{in_capitals(-data.closing)}）"),)
                if _owes(data)
                else ()
            ),
        ),
        filter_words="",
        count_words=f"共 {len(data.lines):,} 笔",
        columns=_COLUMNS,
        rows=[_cells(one) for one in data.lines],
        row_height=_ROW,
        totals=("合计", "", yuan(came), yuan(went), yuan(data.closing)),
        signers=("本人签字", "经办人", "日期"),
        note=_NOTE,
        nothing="这段时间没有流水",
        printed_on=data.printed_on,
        printed_by=data.printed_by,
    )


def _owes(data: Statement) -> bool:
    return data.title == BILL_TITLE and data.closing < 0


def _left(balance: int) -> str:
    return f"欠 {yuan(-balance)} 元" if balance < 0 else f"{yuan(balance)} 元"


def _cells(line: StatementLine) -> tuple[str, ...]:
    came = yuan(line.amount) if line.amount > 0 else ""
    went = yuan(-line.amount) if line.amount < 0 else ""
    return line.on_date, line.words, came, went, yuan(line.balance)
