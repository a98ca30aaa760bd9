"""爱心捐赠公示 for the wall: who gave what to the shop; who wants no name stands without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.table import Column

TITLE = "爱心捐赠公示"
UNNAMED = "爱心人士"
_COLUMNS = (
    Column("序号", 12, "right"),
    Column("捐赠日期", 28),
    Column("捐赠单位、个人", 52),
    Column("捐赠物资", 74),
    Column("件数", 16, "right"),
)
_ROW = 11.0
_NOTE = "捐赠物资全部用于居民积分兑换，每一件的去向都有账可查。感谢您的爱心！"


@dataclass(frozen=True, slots=True)
class Donation:
    """One gift, as it is printed."""

    on_date: str
    giver: str
    goods: str
    pieces: int


@dataclass(frozen=True, kw_only=True)
class Donations:
    """The gifts of a period, the earliest first."""

    office: str
    shop: str
    period: str
    public: str
    """How long it hangs"""
    objections: str
    """Where to say what is wrong with it"""
    lines: Sequence[Donation]
    printed_on: date
    printed_by: str


def render(data: Donations) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    pieces = sum(one.pieces for one in data.lines)
    rows = [
        (str(number), one.on_date, one.giver, one.goods, f"{one.pieces:,}")
        for number, one in enumerate(data.lines, start=1)
    ]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=f"{data.shop}{TITLE}",
            facts=(("捐赠日期", data.period), ("公示期", data.public)),
            filter_words="",
            count_words=f"共 {len(rows):,} 笔",
            columns=_COLUMNS,
            rows=rows,
            row_height=_ROW,
            totals=("", "合计", "", "", f"{pieces:,}"),
            note=f"{_NOTE}{data.objections}",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )
