"""兑换登记表: what went over the counter, with room for whoever received it (domain.md 3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column

TITLE = "兑换登记表"
_COLUMNS = (
    Column("序号", 11, "center"),
    Column("日期", 22),
    Column("单号", 35),
    Column("姓名", 24),
    Column("兑换物品", 58),
    Column("数量", 13, "right"),
    Column("单价（分）", 20, "right"),
    Column("扣分", 16, "right"),
    Column("余分", 16, "right"),
    Column("领取人签字", 32),
    Column("经办人", 22),
)
_ROW = 9.0


@dataclass(frozen=True, slots=True)
class RedemptionLine:
    """One article; number, name and what is left stand with the first of a redemption."""

    on_date: str
    number: str
    name: str
    goods: str
    quantity: str
    each: str
    points: str
    left: str
    entered_by: str


@dataclass(frozen=True, kw_only=True)
class RedemptionRegister:
    """The redemptions of a period."""

    office: str
    filter_words: str
    lines: Sequence[RedemptionLine]
    count: int
    points: str
    printed_on: date
    printed_by: str


def render(data: RedemptionRegister) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    rows = [_cells(line) for line in data.lines]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(),
            filter_words=data.filter_words,
            count_words=f"共 {data.count:,} 次",
            columns=_COLUMNS,
            rows=name_table.numbered(rows, len(_COLUMNS), 0),
            row_height=_ROW,
            totals=("", "合计", *("",) * 5, data.points, "", "", ""),
            signers=("制表人", "监督人", "审核人"),
            note=f"{PERSONAL}代领的，代领人签自己的名字。撤销了的兑换不计入合计。",
            landscape=True,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _cells(line: RedemptionLine) -> tuple[str, ...]:
    return (
        line.on_date,
        line.number,
        line.name,
        line.goods,
        line.quantity,
        line.each,
        line.points,
        line.left,
        "",
        line.entered_by,
    )
