"""积分记账凭证: some lines of the ledger on one sheet, signed by who entered and who reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.listing import PERSONAL
from app.reports.table import Column

TITLE = "积分记账凭证"
_COLUMNS = (
    Column("流水号", 16, "right"),
    Column("日期", 22),
    Column("姓名", 22),
    Column("事项和来源", 62),
    Column("工时", 13, "right"),
    Column("增加", 14, "right"),
    Column("减少", 14, "right"),
    Column("余额", 15, "right"),
    Column("经手", 19),
    Column("复核", 19),
)
_ROW = 9.0


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """A line as the book has it."""

    number: str
    on_date: str
    name: str
    matter: str
    hours: str
    added: str
    taken: str
    balance: str
    entered_by: str
    reviewed_by: str


@dataclass(frozen=True, kw_only=True)
class Voucher:
    """What the sheet is about, and its lines."""

    office: str
    about: str
    lines: Sequence[VoucherLine]
    hours: str
    added: str
    taken: str
    printed_on: date
    printed_by: str


def render(data: Voucher) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(("事由", data.about), ("附件", "")),
            filter_words="",
            count_words=f"共 {len(data.lines):,} 笔",
            columns=_COLUMNS,
            rows=[_cells(line) for line in data.lines],
            row_height=_ROW,
            totals=("", "合计", "", "", data.hours, data.added, data.taken, "", "", ""),
            signers=("经手人", "复核人", "负责人"),
            note=f"{PERSONAL}积分和工时是两本账，兑换积分不减少工时。",
            landscape=True,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _cells(line: VoucherLine) -> tuple[str, ...]:
    return (
        line.number,
        line.on_date,
        line.name,
        line.matter,
        line.hours,
        line.added,
        line.taken,
        line.balance,
        line.entered_by,
        line.reviewed_by,
    )
