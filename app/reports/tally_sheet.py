"""计票单: strokes are drawn while ballots are read out; afterwards it says what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.reports import name_table
from app.reports.name_table import Fact, NameTable
from app.reports.table import Column

TITLE = "计票单"
_COLUMNS = (Column("意见", 28), Column("唱一票画一笔“正”字", 94), Column("票数", 24, "right"))
_AREA = (
    Column("意见", 26),
    Column("唱一票画一笔“正”字", 74),
    Column("票数", 22, "right"),
    Column("专有面积（㎡）", 30, "right"),
)
_ROW = 24.0


@dataclass(frozen=True, slots=True)
class CountedLine:
    """赞成 with its votes and area as they are printed; '' is written by hand."""

    choice: str
    votes: str = ""
    area: str = ""


@dataclass(frozen=True, kw_only=True)
class TallySheet:
    """`facts` name the meeting, how many ballots went out, and the result once it is known."""

    office: str
    facts: tuple[Fact, ...]
    lines: Sequence[CountedLine]
    by_area: bool
    rule: str
    """By what is counted, with its article"""
    printed_on: date
    printed_by: str


def render(data: TallySheet) -> bytes:
    """The PDF; MissingGlyph names a character that no font has."""
    return name_table.render(
        NameTable(
            office=data.office,
            title=TITLE,
            facts=data.facts,
            filter_words="",
            count_words="",
            columns=_AREA if data.by_area else _COLUMNS,
            rows=[_cells(one, by_area=data.by_area) for one in data.lines],
            row_height=_ROW,
            size=13.0,
            signers=("唱票人", "计票人", "监票人"),
            note=data.rule,
            printed_on=data.printed_on,
            printed_by=data.printed_by,
        )
    )


def _cells(one: CountedLine, *, by_area: bool) -> tuple[str, ...]:
    return (one.choice, "", one.votes, one.area) if by_area else (one.choice, "", one.votes)
