"""The table of a month in words: one line for each tier, the totals, the differences below them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.models import Payer
from app.services.meal_claims import (
    FEE,
    MEALS,
    PAID,
    PAYER_KEYS,
    PEOPLE,
    PRICE,
    Matrix,
    Sums,
    TierKey,
)
from app.services.points_filter import month_words
from app.values.figures import figure
from app.values.money import yuan

HEADINGS = {
    PEOPLE: "人数",
    MEALS: "餐次",
    PRICE: "餐费",
    FEE: "送餐费",
    PAID: "本人付",
    **{payer.value: payer.label for payer in Payer},
}
SHORT = {
    **HEADINGS,
    "city": "市",
    "district": "区",
    "operator": "运营",
    "donor": "捐赠",
}
FIRST = "档次与规则"
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One figure; what is nothing is quiet, so that real money stands out."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line: what it is of, its two-tone name and its figures in the order of the columns."""

    tier: TierKey | None
    name: str
    sub: str
    cells: tuple[GridCell, ...]
    corrections: bool = False

    @property
    def total(self) -> bool:
        """Below the line: totals, and differences."""
        return self.tier is None


def grid_rows(found: Matrix) -> list[GridRow]:
    """The tiers, 合计, and what corrects the months before where there is such."""
    return list(_rows(found))


def _rows(found: Matrix) -> Iterator[GridRow]:
    for line in found.lines:
        yield GridRow(line.key, line.name, line.gives, _cells(found, line.sums))
    yield GridRow(None, "合计", "", _cells(found, found.total))
    if found.corrects:
        words = "、".join(short_month(one) for one in found.corrected)
        sub = "已提交月份的更正"
        yield GridRow(None, f"{words}差额", sub, _cells(found, found.difference), corrections=True)


def _cells(found: Matrix, sums: Sums) -> tuple[GridCell, ...]:
    return tuple(_cell(column, sums) for column in found.columns)


def _cell(column: str, sums: Sums) -> GridCell:
    number = sums.of(column)
    if column in (PEOPLE, MEALS):
        return GridCell(figure(number)) if number else GridCell(NOTHING, quiet=True)
    if column in PAYER_KEYS and not number:
        return GridCell(NOTHING, quiet=True)
    return GridCell(yuan(number), quiet=not number)


def short_month(month: int) -> str:
    """10 月."""
    return f"{month % 100} 月"


def heading_words(column: str) -> str:
    """区财政, as it stands over the column."""
    return HEADINGS[column]


def title_words(month: int) -> str:
    """2026年11月 补贴结算."""
    return f"{month_words(month)} 补贴结算"
