"""助餐补贴公示: what a month's subsidies came to by tier, and who ate how often, names masked.

No amount and no tier stands beside a name: what somebody gets tells what he lives on (domain.md
10.2). Three people abreast, by the pinyin of their names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.name_table import NameTable
from app.reports.table import Column

TITLE = "助餐补贴公示"
_ABREAST = 3
_ROW = 6.6


@dataclass(frozen=True, slots=True)
class NoticeTier:
    """A tier: 62 人 696 餐，补贴 696.00 元."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class NoticePerson:
    """Somebody on the board, masked, and how often he ate."""

    name: str
    meals: str


@dataclass(frozen=True, kw_only=True)
class MealNotice:
    """The list of a month."""

    office: str
    canteen: str
    month: str
    tiers: tuple[NoticeTier, ...]
    people: Sequence[NoticePerson]
    sums: str
    """247 人 4,006 餐，补贴合计 16,275.00 元"""
    public: str
    """公示期 12-02 至 12-09"""
    notes: str
    printed_on: date
    printed_by: str


def render(data: MealNotice) -> bytes:
    """The PDF; MissingGlyph names everybody with a character that no font has."""
    facts = tuple((one.name, one.words) for one in data.tiers)
    return name_table.render(
        NameTable(
            office=data.office,
            title=f"{data.canteen}{data.month}{TITLE}",
            facts=facts,
            filter_words=data.sums,
            count_words=data.public,
            columns=(Column("姓名", 30), Column("餐次", 16, "right")) * _ABREAST,
            rows=_rows(data.people),
            row_height=_ROW,
            signers=("负责人审核", "经办", "居民监督员"),
            note=data.notes,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _rows(people: Sequence[NoticePerson]) -> list[tuple[str, ...]]:
    """Read from left to right; the last row is filled up."""
    cells = [(one.name, one.meals) for one in people]
    cells += [("", "")] * (-len(cells) % _ABREAST)
    groups = range(0, len(cells), _ABREAST)
    return [tuple(text for cell in cells[i : i + _ABREAST] for text in cell) for i in groups]
