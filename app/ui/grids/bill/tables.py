"""The figures of a bill as tables: the same on the screen, as paper and in the file."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.happiness import Bill, Part, Tally
from app.services.happiness_list import SolvedLine
from app.services.happiness_paper import days_words, percent_words
from app.ui.kit.table_columns import Cell, Column

Line = tuple[str, ...]
TOTAL = "合计"
SUM_HEADINGS = ("项目", "数", "说明")
PART_HEADINGS = ("提出", "办结", "在办", "销号", "超期", "按期", "满意率", "工作日")
GRID_HEADINGS = ("网格", *PART_HEADINGS, "隐患")
KIND_HEADINGS = ("类别", *PART_HEADINGS)
LIST_HEADINGS = ("编号", "类别", "网格", "地点", "提的事", "办法", "结果", "满意度", "办结")
_QUIET = ("超期", "销号")
"""A nought says nothing here: they are there to be noticed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, headings and lines."""

    title: str
    headings: Line
    lines: Sequence[Line]


def sheets(bill: Bill) -> tuple[Sheet, ...]:
    """汇总, 按网格, 按类别; grids and kinds end with the total that they sum to."""
    found = f"{bill.settled:,}/{bill.found:,}"
    grids = [(*_part(part), f"{part.settled:,}/{part.found:,}") for part in bill.by_grid]
    kinds = [_part(part) for part in bill.by_category]
    total = _figures(TOTAL, bill.total, days_words(bill.spans.working_mean))
    return (
        Sheet("汇总", SUM_HEADINGS, list(_sum(bill))),
        Sheet("按网格", GRID_HEADINGS, [*grids, (*total, found)] if grids else []),
        Sheet("按类别", KIND_HEADINGS, [*kinds, total] if kinds else []),
    )


def listed(line: SolvedLine) -> Line:
    """A line of 问题清单."""
    return (
        str(line.number),
        line.category,
        line.grid,
        line.place,
        line.matter,
        line.way,
        line.result,
        line.satisfaction,
        line.done_on.isoformat(),
    )


def columns(sheet_headings: Sequence[str], *, wide: str) -> tuple[Column, ...]:
    """Columns for lines of text: `wide` takes what is left, figures stand at the right."""
    return tuple(
        _column(place, heading, wide=heading == wide)
        for place, heading in enumerate(sheet_headings)
    )


LIST_COLUMNS = (
    Column("matter", "提的事", lambda line: line.matter, 130, weight=2, bold=True),
    Column("category", "类别", lambda line: line.category, 88, large_mode=False),
    Column("place", "地点", lambda line: line.place, 76),
    Column("result", "结果", lambda line: line.result, 110, weight=2),
    Column("done", "办结", lambda line: f"{line.done_on:%m-%d}", 66),
)
SUM_COLUMNS = (
    Column("what", "项目", lambda line: Cell(line[0], bold=True), 118),
    Column("count", "数", lambda line: line[1], 124, align="right"),
    Column("words", "说明", lambda line: line[2], 200, weight=1),
)
_NARROW = 47
_WIDE = {"按期": 66, "满意率": 66, "工作日": 60, "隐患": 62}
"""66.7%, 3,120.5 and 12/350 are longer than their headings"""
_NOT_IN_LARGE = frozenset(("在办", "销号", "按期", "工作日", "隐患"))


def _column(place: int, heading: str, *, wide: bool) -> Column:
    quiet = heading in _QUIET

    def value(line: Line) -> Cell:
        text = line[place]
        tone = "danger" if heading == "超期" and text != "0" else ""
        return Cell("" if quiet and text == "0" else text, bold=line[0] == TOTAL, tone=tone)

    return Column(
        heading,
        heading,
        value,
        92 if wide else _WIDE.get(heading, _NARROW),
        weight=1 if wide else 0,
        align="left" if wide else "right",
        large_mode=heading not in _NOT_IN_LARGE,
    )


def _part(part: Part) -> Line:
    return _figures(part.name, part.tally, days_words(part.working_mean))


def _figures(name: str, tally: Tally, days: str) -> Line:
    return (
        name,
        f"{tally.raised:,}",
        f"{tally.solved:,}",
        f"{tally.open:,}",
        f"{tally.dropped:,}",
        f"{tally.overdue:,}",
        percent_words(tally.in_time_share),
        percent_words(tally.content_share),
        days,
    )


def _sum(bill: Bill) -> Sequence[Line]:
    """Every figure with what it means."""
    total, spans = bill.total, bill.spans
    said = f"满意 {total.content:,}，基本满意 {total.fair:,}，不满意 {total.discontent:,}"
    levels = [
        (f"{level.label}办结", f"{count:,} 件", "在这一级解决的") for level, count in bill.by_level
    ]
    return [
        ("提出", f"{total.raised:,} 件", "按来件日期算，并案的也各算一件"),
        ("办结", f"{total.solved:,} 件", f"占提出的 {percent_words(total.solved_share)}"),
        ("还在办", f"{total.open:,} 件", f"其中超期 {total.overdue:,} 件"),
        ("销号", f"{total.dropped:,} 件", "没有办结，写明原因销的号"),
        _span("平均用时", spans.working_mean, spans.calendar_mean, "当天办结算 0"),
        _span("用时中位数", spans.working_median, spans.calendar_median, "一半比它快"),
        ("按期办结率", percent_words(total.in_time_share), f"有期限的 {total.timed:,} 件里"),
        ("满意率", percent_words(total.content_share), f"回访到 {total.reached:,} 件：{said}"),
        ("重办过", f"{total.reopened:,} 件", "居民不满意，或者事情又回来了"),
        *levels,
        ("发现隐患", f"{bill.found:,} 处", f"平安日记记的，已整改 {bill.settled:,} 处"),
        ("商量着办", f"{bill.talked.done:,} 项", bill.talked.words or "议事会上定的，办成的"),
        *_months(bill),
    ]


def _span(name: str, working: float | None, calendar: float | None, meaning: str) -> Line:
    """How long something took, in working days and in days."""
    if working is None:
        return name, days_words(None), "还没有办结的"
    return name, f"{days_words(working)} 个工作日", f"合 {days_words(calendar)} 天；{meaning}"


def _months(bill: Bill) -> Sequence[Line]:
    """Month by month, where the period has several that have begun."""
    begun = [month for month in bill.by_month if month.first <= bill.today]
    if len(begun) < 2:
        return ()
    return [
        (
            f"{month.first.year}年{month.first.month}月",
            f"{month.raised:,} 件",
            f"这个月提的，办结 {month.solved:,} 件",
        )
        for month in begun
    ]
