"""物资出入库登记表 and 物资收发存汇总表: the book of the shop's goods (domain.md 3.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import listing
from app.reports.table import Column

TITLE = "物资出入库登记表"
TURNOVER_TITLE = "物资收发存汇总表"
_ROWS = 28
_LINES = (
    Column("序号", 11, "right"),
    Column("日期", 21),
    Column("货号", 14),
    Column("品名规格", 44),
    Column("种类", 18),
    Column("入库", 14, "right"),
    Column("出库", 14, "right"),
    Column("结存", 14, "right"),
    Column("单位", 11),
    Column("单号", 34),
    Column("说明", 40),
    Column("经手", 18),
)
_TURNOVER = (
    Column("序号", 11, "right"),
    Column("货号", 15),
    Column("品名规格", 52),
    Column("单位", 12),
    Column("期初", 17, "right"),
    Column("入库", 17, "right"),
    Column("兑换", 17, "right"),
    Column("报损", 17, "right"),
    Column("盘点差异", 18, "right"),
    Column("期末", 17, "right"),
)


@dataclass(frozen=True, slots=True)
class StockLine:
    """A movement; `quantity` is negative where goods went out."""

    on_date: str
    number: str
    name: str
    kind: str
    quantity: int
    on_hand: int
    unit: str
    paper: str
    words: str
    entered_by: str


@dataclass(frozen=True, kw_only=True)
class StockRegister:
    """The movements of a filter, the earliest first."""

    office: str
    filter_words: str
    lines: Sequence[StockLine]
    printed_on: date
    printed_by: str


@dataclass(frozen=True, slots=True)
class TurnoverLine:
    """An article in a period, in pieces: opening + received - redeemed - spoiled + counted."""

    number: str
    name: str
    unit: str
    opening: int
    received: int
    redeemed: int
    spoiled: int
    counted: int
    closing: int


@dataclass(frozen=True, kw_only=True)
class StockTurnover:
    """What became of every article in a period."""

    office: str
    period: str
    lines: Sequence[TurnoverLine]
    printed_on: date
    printed_by: str


def render(data: StockRegister) -> bytes:
    """The PDF; MissingGlyph names every line with a character that no font has."""
    came = sum(one.quantity for one in data.lines if one.quantity > 0)
    went = -sum(one.quantity for one in data.lines if one.quantity < 0)
    return listing.render(
        listing.Listing(
            office=data.office,
            title=TITLE,
            filter_words=data.filter_words,
            columns=_LINES,
            rows=[_cells(number, one) for number, one in enumerate(data.lines, start=1)],
            count_words=f"共 {len(data.lines):,} 笔",
            totals=("", "合计", "", "", "", f"{came:,}", f"{went:,}", "", "", "", "", ""),
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            rows_per_page=_ROWS,
            name_column="品名规格",
            nothing="这段时间没有出入库",
        )
    )


def render_turnover(data: StockTurnover) -> bytes:
    """The PDF; MissingGlyph names every article with a character that no font has."""
    figures = [_figures(one) for one in data.lines]
    sums = [f"{sum(column):,}" for column in zip(*figures, strict=True)] or ["0"] * 6
    rows = [
        (str(number), one.number, one.name, one.unit, *(f"{figure:,}" for figure in _figures(one)))
        for number, one in enumerate(data.lines, start=1)
    ]
    return listing.render(
        listing.Listing(
            office=data.office,
            title=TURNOVER_TITLE,
            filter_words=data.period,
            columns=_TURNOVER,
            rows=rows,
            count_words=f"共 {len(rows):,} 种",
            totals=("", "", "合计", "", *sums),
            printed_on=data.printed_on,
            printed_by=data.printed_by,
            rows_per_page=_ROWS,
            name_column="品名规格",
            note="期初＋入库－兑换－报损＋盘点差异＝期末。冲正记在被冲正的那一栏。",
            nothing="这段时间没有出入库，也没有结存",
        )
    )


def _cells(number: int, one: StockLine) -> tuple[str, ...]:
    return (
        str(number),
        one.on_date,
        one.number,
        one.name,
        one.kind,
        f"{one.quantity:,}" if one.quantity > 0 else "",
        f"{-one.quantity:,}" if one.quantity < 0 else "",
        f"{one.on_hand:,}",
        one.unit,
        one.paper,
        one.words,
        one.entered_by,
    )


def _figures(one: TurnoverLine) -> tuple[int, ...]:
    return one.opening, one.received, one.redeemed, one.spoiled, one.counted, one.closing
