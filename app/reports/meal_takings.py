"""收款日报: what the till must have at the end of a day, signed by who hands it over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.table import Column
from app.reports.words import long_date
from app.values.money import in_capitals, yuan

TITLE = "食堂收款日报"
_COLUMNS = (
    Column("序号", 14, "right"),
    Column("项目", 60),
    Column("方式", 34),
    Column("笔数", 24, "right"),
    Column("金额", 36, "right"),
)
_ROW = 9.0


@dataclass(frozen=True, slots=True)
class TakingLine:
    """One kind of money; the amount in 分, what went back is negative."""

    words: str
    tender: str
    times: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class MealTakings:
    """A day at the desk; amounts in 分."""

    office: str
    on_date: date
    lines: Sequence[TakingLine]
    cash: int
    other: int
    printed_on: date
    printed_by: str


def render(data: MealTakings) -> bytes:
    """The PDF."""
    rows = [(one.words, one.tender, f"{one.times:,}", yuan(one.amount)) for one in data.lines]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(
                ("日期", long_date(data.on_date)),
                ("非现金", f"{yuan(data.other)} 元"),
                ("现金应交", f"{yuan(data.cash)} 元"),
                ("大写", in_capitals(data.cash)),
            ),
            filter_words="",
            count_words=f"共 {sum(one.times for one in data.lines):,} 笔",
            columns=_COLUMNS,
            rows=name_table.numbered(rows, len(_COLUMNS), 0),
            row_height=_ROW,
            totals=("", "合计", "", "", yuan(data.cash + data.other)),
            signers=("交款人", "收款人", "复核人"),
            note="金额单位：元。",
            nothing="这一天没有收付款",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )
