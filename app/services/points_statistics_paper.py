"""统计 in words: the same tables on the screen, as a workbook and on paper."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from app.reports.charts import Bar, Point
from app.reports.points_statistics import PointsStatistics, Section
from app.services import papers
from app.services.papers import Printing
from app.services.points_statistics import Part, Statistics

Line = tuple[str, ...]
FIGURES = ("人数", "笔数", "工时", "增加", "减少")
NOTES = (
    "按账月统计：补记的算在记账的月份。",
    "人数是有账目或工时的人和户，同一个人在一行里只算一次，所以各行人数相加会多于合计。",
    "工时另记一本账，和积分互不影响；兑换次数不含撤销的。",
)


def statistics_paper(session: Session, found: Statistics, printing: Printing) -> PointsStatistics:
    """The paper of the same figures that are on the screen."""
    return PointsStatistics(
        office=papers.committee(session),
        period=found.period.words,
        proof=proof_words(found),
        bars=tuple(map(_bar, found.by_type)),
        months=tuple(Point(_short(one.name), one.added, one.taken) for one in found.by_month),
        sections=sections(found),
        notes=NOTES,
        printed_on=printing.at.date(),
        printed_by=printing.by,
    )


def sections(found: Statistics) -> tuple[Section, ...]:
    """The four breakdowns; each ends with the total that it sums to."""
    total = part_line(found.total)
    parts = (
        ("按类型", "类型", found.by_type),
        ("按队伍", "队伍", found.by_team),
        ("按年龄", "年龄", found.by_age),
        ("按月份", "月份", found.by_month),
    )
    return tuple(
        Section(title, (heading, *FIGURES), tuple(map(part_line, lines)), total)
        for title, heading, lines in parts
    )


def part_line(part: Part) -> Line:
    """楼道清扫 12 31 62.0 124 0."""
    hours = f"{part.half_hours / 2:,.1f}"
    counts = (part.people, part.lines)
    points = (part.added, part.taken)
    return (part.name, *(f"{n:,}" for n in counts), hours, *(f"{n:,}" for n in points))


def proof_words(found: Statistics) -> tuple[str, ...]:
    """The equation, and what the balances say to it."""
    equation = (
        f"期初结余 {found.opening:,} ＋ 增加 {found.total.added:,} － "
        f"减少 {found.total.taken:,} ＝ 期末结余 {found.closing:,}"
    )
    gap = abs(found.closing - found.balances)
    verdict = "相符" if found.agrees else f"不符，差 {gap:,}"
    return equation, f"{found.accounts:,} 个账户余额合计 {found.balances:,}，{verdict}"


def summary(found: Statistics) -> Sequence[Line]:
    """Every figure with what it means."""
    total = found.total
    agrees = "和期末结余相符" if found.agrees else "和期末结余不符，请看月结"
    return (
        ("期初结余", f"{found.opening:,} 分", "这段时间以前，所有账户"),
        ("增加", f"{total.added:,} 分", "得到的和冲正退回的"),
        ("减少", f"{total.taken:,} 分", f"其中到期清零 {found.expired:,} 分"),
        ("期末结余", f"{found.closing:,} 分", "期初 ＋ 增加 － 减少"),
        ("余额合计", f"{found.balances:,} 分", f"{found.accounts:,} 个账户，{agrees}"),
        ("兑换", f"{found.redemptions:,} 次", "撤销的不算"),
        ("服务工时", f"{total.half_hours / 2:,.1f} 小时", f"{found.served:,} 位志愿者"),
        ("参与", f"{total.people:,} 人", "有账目或工时的，共用账户算一个"),
    )


def _bar(part: Part) -> Bar:
    """Dark is what came, pale what went."""
    words = "，".join(
        f"{name} {points:,}"
        for name, points in (("增加", part.added), ("减少", part.taken))
        if points
    )
    return Bar(part.name, part.added, max(part.added, part.taken), words or "—")


def _short(month: str) -> str:
    """11月 of 2026年11月."""
    return month.partition("年")[2]
