"""就餐登记表: the single meals of a day or a month, with room for the signature (domain.md 4.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column

TITLE = "就餐登记表"
_COLUMNS = (
    Column("序号", 12, "center"),
    Column("日期", 17, "center"),
    Column("餐次", 13, "center"),
    Column("单号", 26),
    Column("姓名", 26),
    Column("类别", 36),
    Column("方式", 14, "center"),
    Column("内容", 34),
    Column("餐费", 21, "right"),
    Column("补贴", 20, "right"),
    Column("实付", 21, "right"),
    Column("付款", 14, "center"),
    Column("签字", 24),
)
_ROW = 8.0
_SIZE = 9.5


@dataclass(frozen=True, slots=True)
class MealLine:
    """One meal, in words as they stand in the book."""

    on_date: str
    period: str
    number: str
    name: str
    kind: str
    way: str
    words: str
    price: str
    given: str
    paid: str
    pays: str


@dataclass(frozen=True, kw_only=True)
class MealRegister:
    """The meals of a period that count, and their sums."""

    office: str
    canteen: str
    filter_words: str
    lines: Sequence[MealLine]
    count: int
    price: str
    given: str
    paid: str
    printed_on: date
    printed_by: str


def render(data: MealRegister) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    rows = [_cells(line) for line in data.lines]
    sums = (data.price, data.given, data.paid)
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(),
            filter_words=f"{data.canteen}　{data.filter_words}",
            count_words=f"共 {data.count:,} 餐次",
            columns=_COLUMNS,
            rows=name_table.numbered(rows, len(_COLUMNS), 0),
            row_height=_ROW,
            totals=("", "合计", *("",) * 6, *sums, "", ""),
            signers=("制表人", "审核人", "负责人"),
            note=f"{PERSONAL}撤销了的用餐不列入；就餐时已在签到表上签名的，附签到表。",
            nothing="这段时间没有用餐",
            landscape=True,
            size=_SIZE,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _cells(line: MealLine) -> tuple[str, ...]:
    return (
        line.on_date,
        line.period,
        line.number,
        line.name,
        line.kind,
        line.way,
        line.words,
        line.price,
        line.given,
        line.paid,
        line.pays,
        "",
    )
