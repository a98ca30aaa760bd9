"""商品盘点表: to count by, and afterwards what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.table import Column

TITLE = "商品盘点表"
_COLUMNS = (
    Column("序号", 11, "right"),
    Column("货架", 14),
    Column("货号", 15),
    Column("品名规格", 46),
    Column("单位", 11),
    Column("账面数", 16, "right"),
    Column("实盘数", 18, "right"),
    Column("差异", 15, "right"),
    Column("差异原因", 36),
)
_ROW = 8.5


@dataclass(frozen=True, slots=True)
class CountLine:
    """Texts as they are printed; '' is written by hand."""

    shelf: str
    number: str
    name: str
    unit: str
    book: str
    counted: str
    difference: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StocktakeSheet:
    """`by` and `witness` are '' where they sign by hand."""

    office: str
    on_date: str
    by: str
    witness: str
    lines: Sequence[CountLine]
    result: str
    """共盘 40 种，3 种不符; '' before it was counted"""
    printed_on: date
    printed_by: str


def render(data: StocktakeSheet) -> bytes:
    """The PDF; MissingGlyph names every article with a character that no font has."""
    return name_table.render(
        name_table.NameTable(
            office=data.office,
            title=TITLE,
            facts=(("盘点日期", data.on_date), ("盘点人", data.by), ("监盘人", data.witness)),
            filter_words=data.result,
            count_words=f"共 {len(data.lines):,} 种商品",
            columns=_COLUMNS,
            rows=[_cells(number, one) for number, one in enumerate(data.lines, start=1)],
            row_height=_ROW,
            signers=("盘点人", "监盘人", "负责人"),
            note="盘的时候柜台照常兑换的，录入时程序按当时的账面数比较。",
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _cells(number: int, one: CountLine) -> tuple[str, ...]:
    return (
        str(number),
        one.shelf,
        one.number,
        one.name,
        one.unit,
        one.book,
        one.counted,
        one.difference,
        one.reason,
    )
