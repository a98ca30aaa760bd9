"""Columns of the tables of 统计: figures, cards, who stays away."""

from collections.abc import Sequence

from app.services.meal_absence import Absence
from app.services.meal_opinions import ASKED, OpinionView
from app.services.meal_statistics_paper import Line
from app.ui.kit.chips import Chip
from app.ui.kit.table_columns import Cell, Column

TOTAL = "合计"
_QUIET = ("0", "0.00", "")
_NOT_IN_LARGE = ("人均", "本人付")
_BAD = 2
SUMS = (
    Column("what", "项目", lambda line: Cell(line[0], bold=True), 80),
    Column("count", "数", lambda line: line[1], 136, align="right"),
    Column("words", "说明", lambda line: Cell(line[2], tone="text2"), 200, weight=1),
)


def figures(headings: Sequence[str]) -> tuple[Column, ...]:
    """Of a breakdown: its name, then its figures."""
    name, *rest = headings
    first = Column("name", name, lambda line: Cell(line[0], bold=line[0] == TOTAL), 92, weight=1)
    return (first, *(_figure(place, one) for place, one in enumerate(rest, start=1)))


def _figure(place: int, heading: str) -> Column:
    """A nought is quiet: real figures stand out."""

    def value(line: Line) -> Cell:
        tone = "placeholder" if line[place] in _QUIET else ""
        return Cell(line[place], bold=line[0] == TOTAL, tone=tone)

    large = heading not in _NOT_IN_LARGE
    width = 56 if heading in ("人数", "份数", "人均") else 106
    return Column(heading, heading, value, width, align="right", large_mode=large)


def _mark(place: int) -> Column:
    def value(line: OpinionView) -> Cell:
        mark = line.marks[place]
        if mark is None:
            return Cell("—", tone="placeholder")
        bad = mark <= _BAD
        return Cell(str(mark), tone="danger" if bad else "", bold=bad)

    return Column(ASKED[place], ASKED[place], value, 52, align="right")


CARDS = (
    Column("day", "日期", lambda line: Cell(f"{line.on_date:%m-%d}", tone="text2"), 64),
    *(_mark(place) for place in range(len(ASKED))),
    Column("words", "意见", lambda line: line.words, 160, weight=1),
    Column("by", "填写人", lambda line: line.given_by, 70, large_mode=False),
)


def _case(line: Absence) -> Cell:
    if line.case_id is not None:
        return Cell(chips=(Chip("在关怀", "info"),))
    return Cell(chips=(Chip("还没问", "warn"),))


ABSENT = (
    Column("name", "姓名", lambda line: Cell(line.name, bold=True), 84),
    Column("last", "最后来", lambda line: f"{line.last_on:%m-%d}", 64),
    Column("days", "没来", lambda line: f"{line.days} 天", 60, align="right"),
    Column("words", "平时", lambda line: Cell(_usual(line), tone="text2"), 150, weight=1),
    Column("case", "关怀", _case, 84),
)


def _usual(line: Absence) -> str:
    return f"{line.usual} 个用餐日来 {line.came} 天"
