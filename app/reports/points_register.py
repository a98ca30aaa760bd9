"""积分登记表: what was given in a period, one line for each matter (columns of domain.md 3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import listing
from app.reports.table import Column

TITLE = "积分登记表"
_COLUMNS = (
    Column("序号", 11, "right"),
    Column("日期", 21),
    Column("姓名", 20),
    Column("户", 26),
    Column("网格", 20),
    Column("事项类别", 22),
    Column("事项说明", 48),
    Column("时长", 13, "right"),
    Column("单价", 20),
    Column("得分", 14, "right"),
    Column("证明人", 18),
    Column("审核人", 18),
    Column("备注", 24),
)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One line; texts as they are printed."""

    on_date: str
    name: str
    home: str
    grid: str
    kind: str
    matter: str
    hours: str
    each: str
    points: str
    witness: str
    reviewed_by: str
    note: str


@dataclass(frozen=True, kw_only=True)
class PointsRegister:
    """The lines of a filter with what they come to."""

    office: str
    filter_words: str
    lines: Sequence[RegisterLine]
    hours: str
    points: str
    printed_on: date
    printed_by: str


def render(data: PointsRegister) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    rows = [_cells(number, line) for number, line in enumerate(data.lines, start=1)]
    blank = ("",) * 5
    return listing.render(
        listing.Listing(
            office=data.office,
            title=TITLE,
            filter_words=data.filter_words,
            columns=_COLUMNS,
            rows=rows,
            count_words=f"共 {len(rows):,} 笔",
            totals=("", "合计", *blank, data.hours, "", data.points, "", "", ""),
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            note=listing.PERSONAL,
            nothing="这段时间没有记积分",
        )
    )


def _cells(number: int, line: RegisterLine) -> tuple[str, ...]:
    return (
        str(number),
        line.on_date,
        line.name,
        line.home,
        line.grid,
        line.kind,
        line.matter,
        line.hours,
        line.each,
        line.points,
        line.witness,
        line.reviewed_by,
        line.note,
    )
