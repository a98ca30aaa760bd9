"""物资入库单: what came in by one receipt, to be signed and kept with the invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.table import Column

TITLE = "物资入库单"
_COLUMNS = (
    Column("序号", 12, "right"),
    Column("货号", 18),
    Column("品名规格", 66),
    Column("单位", 14),
    Column("数量", 20, "right"),
    Column("进价", 22, "right"),
    Column("金额", 26, "right"),
)
_ROW = 9.0


@dataclass(frozen=True, slots=True)
class SheetLine:
    """An article; price and sum in 元 as they are printed, '' where it was given."""

    number: str
    name: str
    unit: str
    quantity: str
    cost: str
    total: str


@dataclass(frozen=True, kw_only=True)
class ReceiptSheet:
    """A receipt as it stands: what was reversed is not on it."""

    office: str
    number: str
    on_date: str
    kind: str
    giver: str
    voucher: str
    note: str
    lines: Sequence[SheetLine]
    pieces: str
    total: str
    printed_on: date
    printed_by: str


def render(data: ReceiptSheet) -> bytes:
    """The PDF; MissingGlyph names every article with a character that no font has."""
    facts = [
        ("入库单号", data.number),
        ("日期", data.on_date),
        ("来源", f"{data.kind}　{data.giver}"),
        ("票据号", data.voucher),
    ]
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(*facts, *((("备注", data.note),) if data.note else ())),
            filter_words="",
            count_words=f"共 {len(data.lines):,} 种",
            columns=_COLUMNS,
            rows=[_cells(number, one) for number, one in enumerate(data.lines, start=1)],
            row_height=_ROW,
            totals=("", "", "合计（金额单位：元）", "", data.pieces, "", data.total),
            signers=("经手人", "验收人", "负责人"),
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _cells(number: int, one: SheetLine) -> tuple[str, ...]:
    return str(number), one.number, one.name, one.unit, one.quantity, one.cost, one.total
