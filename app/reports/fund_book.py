"""专项经费台账: the book of the fund in a year, of all sources or of one (domain.md 7.4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import listing
from app.reports.table import Column
from app.values.money import yuan

TITLE = "服务群众专项经费台账"
_ROWS = 26
_COLUMNS = (
    Column("序号", 11, "right"),
    Column("日期", 22),
    Column("来源", 20),
    Column("种类", 16),
    Column("项目", 48),
    Column("事由", 40),
    Column("收款方", 28),
    Column("票据号", 22),
    Column("收入", 24, "right"),
    Column("支出", 24, "right"),
    Column("余额", 25, "right"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundLine:
    """A line in 分: `amount` is negative where money went out, `balance` that of its source."""

    on_date: date
    source: str
    kind: str
    project: str
    words: str
    payee: str
    ticket: str
    amount: int
    balance: int


@dataclass(frozen=True, kw_only=True)
class FundBook:
    """The lines of a filter, the earliest first; `note` is how the sums prove each other."""

    office: str
    filter_words: str
    lines: Sequence[FundLine]
    note: str
    printed_on: date
    printed_by: str


def render(data: FundBook) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    came = sum(one.amount for one in data.lines if one.amount > 0)
    went = -sum(one.amount for one in data.lines if one.amount < 0)
    return listing.render(
        listing.Listing(
            office=data.office,
            title=TITLE,
            filter_words=data.filter_words,
            columns=_COLUMNS,
            rows=[_cells(number, one) for number, one in enumerate(data.lines, start=1)],
            count_words=f"共 {len(data.lines):,} 笔",
            totals=("", "合计", *[""] * 6, yuan(came), yuan(went), yuan(came - went)),
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            rows_per_page=_ROWS,
            name_column="事由",
            note=data.note,
            nothing="这一年还没有收支",
        )
    )


def _cells(number: int, one: FundLine) -> tuple[str, ...]:
    came = yuan(one.amount) if one.amount > 0 else ""
    went = yuan(-one.amount) if one.amount < 0 else ""
    facts = (one.source, one.kind, one.project, one.words, one.payee, one.ticket)
    return (str(number), f"{one.on_date:%Y-%m-%d}", *facts, came, went, yuan(one.balance))
